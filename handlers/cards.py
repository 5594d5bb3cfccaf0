"""Digest cards in a chat."""

from bot.models import Message
from bot.options import Picture, effective
from bot.rendering import card_message, pictured
from bot.services import Services
from bot.store import Chat, StoredDigest
from handlers.visits import reader_of


async def digest_message(services: Services, chat: Chat, stored: StoredDigest) -> Message:
    """Return a stored digest's message as this chat is to see it: its picture, other sources, tags that it follows."""
    options, reader = effective(chat.choices), await reader_of(chat, services)
    shown = await services.store.shown.to_chat(stored, chat.id)
    message = card_message(shown, reader, captioned=options.picture is Picture.PHOTO)
    return pictured(message, stored.digest.article, options)
