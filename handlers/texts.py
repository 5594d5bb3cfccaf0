"""Texts without a link: a forwarded post or a long text is summarized itself."""

from html import escape as html_escape

from telegram import Message as TelegramMessage
from telegram import MessageOriginChannel

from bot.errors import QuotewireError
from bot.messages.digests import render_text_digest
from bot.models import Message
from bot.reading import read_in_worker
from bot.services import Services
from handlers.visits import Visit, reader_of

LONG = 700
"""Characters from which a text is summarized. Ours: what is shorter is read faster than its summary."""

_NOWHERE = "https://text.invalid/message"  # never asked for (RFC 2606); a front page would be no article


def long_text(message: TelegramMessage) -> str:
    """Return a message's text or caption where it is long enough to be summarized, else ""."""
    text = message.text or message.caption or ""
    return text if len(text) >= LONG else ""


def is_footer(link: str, message: TelegramMessage) -> bool:
    """Tell whether a link of a forwarded post only leads to Telegram itself, as the footers of channels do."""
    host = link.partition("://")[2].partition("/")[0].lower()
    return message.forward_origin is not None and host in {"t.me", "telegram.me"}


async def summarized(services: Services, here: Visit, message: TelegramMessage, text: str) -> Message | None:
    """Return the short form of a text, which is kept nowhere; None where nothing of it can be left out.

    Args:
        services: the house.
        here: who asks.
        message: where the text comes from.
        text: the words.
    """
    address = _address(message)
    try:
        digest = await services.pool.run(read_in_worker, _as_page(text), address, "utf-8", url=address)
    except QuotewireError:
        return None
    return render_text_digest(digest, await reader_of(here.chat, services)) if digest.summary else None


def _address(message: TelegramMessage) -> str:
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel) and origin.chat.username:
        return f"https://t.me/{origin.chat.username}/{origin.message_id}"
    return _NOWHERE


def _as_page(text: str) -> bytes:
    """Return the text as the plainest of pages, so that it is read by the same rules as news."""
    head, *rest = [line.strip() for line in text.splitlines() if line.strip()]
    paragraphs = "".join(f"<p>{html_escape(line)}</p>" for line in ([head, *rest] if len(head) > LONG else rest))
    title = html_escape(head[:300])
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()
