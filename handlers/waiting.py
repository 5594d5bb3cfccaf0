"""Work that takes a while: a word that it is being done, which becomes what came of it, whatever that is."""

from collections.abc import Awaitable, Callable

from telegram import Message as TelegramMessage

from bot.errors import QuotewireError
from bot.hashed_ids import chat_id
from bot.messages.catalogue import Words
from bot.messages.errors import render_failure
from bot.models import Message
from handlers.failures import logged
from handlers.replies import edit, plain, reply

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
    await edit(shown, await outcome(shown, work, words))


async def outcome(shown: TelegramMessage, work: Work, words: Words, explained: Explained | None = None) -> Message:
    """Return what some work brings, or the message that says why it brings nothing: "reading" must not stand for ever.

    Args:
        shown: where the word stands that it is being done.
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
        return explained(logged(error, chat_id(shown.chat.id)), words)
