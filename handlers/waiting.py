"""Work that takes a while: a word that it is being done, which becomes what came of it, whatever that is."""

import logging
from collections.abc import Awaitable, Callable

from telegram import Message as TelegramMessage

from bot.errors import DatabaseAway, QuotewireError
from bot.messages.catalogue import Words
from bot.messages.errors import render_failure
from bot.models import Message
from handlers.failures import as_known
from handlers.replies import edit, plain, reply

log = logging.getLogger(__name__)

Work = Callable[[], Awaitable[Message]]
Explained = Callable[[QuotewireError, Words], Message]


async def answer_after(to: TelegramMessage, doing: str, work: Work, words: Words) -> None:
    """Answer a message with what is being done, then in its place with what came of it.

    Args:
        to: the message.
        doing: the word that something is being done.
        work: brings the answer; begun when the word stands there.
        words: the reader's language, for what went wrong.
    """
    shown = await reply(to, plain(f"⏳ {doing}"))
    await edit(shown, await outcome(work, words))


async def outcome(work: Work, words: Words, explained: Explained | None = None) -> Message:
    """Return what some work brings, or the message that says why it brings nothing: "reading" must not stand for ever.

    Args:
        work: brings a message.
        words: the reader's language.
        explained: makes the message of an error; a sentence with the ways on where it is not given.
    """
    explained = explained or render_failure
    try:
        return await work()
    except QuotewireError as error:
        return explained(error, words)
    except Exception as error:
        known = as_known(error)
        if isinstance(known, DatabaseAway):
            log.warning("a message could not be answered, the database is away")
        else:
            log.exception("a message could not be answered")
        return explained(known, words)
