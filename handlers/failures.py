"""The last net: an error that no handler expected becomes a log line for the operator and a sentence for the person."""

import logging
from contextlib import suppress
from http import HTTPStatus

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.delivery.failures import Verdict, failure_of_answer
from bot.errors import DatabaseAway, QuotewireError
from bot.hashed_ids import HashedId, chat_id
from bot.messages.catalogue import Words, words_in
from bot.messages.errors import explain, render_failure
from bot.models import Message
from bot.patience import is_away
from bot.services import Services
from handlers.elsewhere import say_alone, say_where_it_moved
from handlers.replies import plain, reply, toast
from handlers.requests import GivenUp, NotSent, TokenRefused
from handlers.visits import Context, Refused

log = logging.getLogger(__name__)


async def on_error(services: Services, update: object, context: Context) -> None:
    """Log an unexpected error and tell the person, in a sentence, that it happened.

    Raises:
        ApplicationHandlerStop: always for an update: what the gate could not look at goes no further.
    """
    await _see_to(services, update, context)
    if isinstance(update, Update):
        raise ApplicationHandlerStop


async def _see_to(services: Services, update: object, context: Context) -> None:
    error = context.error
    if isinstance(error, Conflict):
        log.error("another instance is polling with this token; waiting for it to stop")
        return
    if isinstance(error, TokenRefused):
        log.error("Telegram gives no updates: %s", error)
        return
    if isinstance(error, NetworkError) and not isinstance(update, Update):
        log.warning("Telegram is not reachable: %s", error)
        return
    if isinstance(error, Forbidden):
        log.info("chat %s does not let us write: %s", _chat_of(update), error.message)
        return
    if isinstance(error, RetryAfter):
        log.warning("chat %s asks for more than may be sent there", _chat_of(update))
        return
    if isinstance(error, NotSent | GivenUp):
        log.warning("an update of chat %s was not answered to its end: %s", _chat_of(update), error)
        return
    if isinstance(update, Update) and await _is_no_fault(services, update, context):
        return
    known = logged(error, _chat_of(update))
    if isinstance(update, Update):
        words = await _words_of(services, update, known)
        await _say(update, render_failure(known, words), explain(known, words))


async def _is_no_fault(services: Services, update: Update, context: Context) -> bool:
    """See to what is a person's or a group's doing, and say whether it was that."""
    match context.error:
        case Refused() as refused:
            await _say(update, plain(refused.said), refused.said)
        case ChatMigrated() as moved if update.effective_chat:
            await say_where_it_moved(services, update.effective_chat.id, moved.new_chat_id, context)
        case BadRequest() as refusal if _may_not_write(refusal):
            log.info("chat %s does not let us write: %s", _chat_of(update), refusal.message)
            await say_alone(services, update, context)
        case _:
            return False
    return True


def _may_not_write(refusal: BadRequest) -> bool:
    """Tell whether nothing can be written where somebody asked: no right to, or a closed topic."""
    failure = failure_of_answer(HTTPStatus.BAD_REQUEST, {"description": refusal.message})
    return failure.verdict is Verdict.GONE


async def _words_of(services: Services, update: Update, error: QuotewireError) -> Words:
    """Return the language that is spoken where something failed; the person's own where it cannot be looked up."""
    user, chat = update.effective_user, update.effective_chat
    spoken = (user and user.language_code) or services.settings.default_language
    if chat is None or isinstance(error, DatabaseAway):
        return words_in(spoken)
    with suppress(Exception):
        known = await services.store.chats.find(chat.id)
        return words_in((known and known.language) or spoken)
    return words_in(spoken)


def logged(error: Exception | None, chat: HashedId) -> QuotewireError:
    """Log an error that no handler expected, and return what a person is told of it.

    Args:
        error: what went wrong. A database that is away is no error of ours, and its traceback tells nothing.
        chat: who is not answered.
    """
    if error and is_away(error):
        log.warning("an update of chat %s could not be answered, the database is away", chat)
        return DatabaseAway()
    log.error("an update of chat %s failed", chat, exc_info=error)
    return QuotewireError()


def _chat_of(update: object) -> HashedId:
    chat = update.effective_chat if isinstance(update, Update) else None
    return chat_id(chat.id if chat else None)


async def _say(update: Update, message: Message, sentence: str) -> None:
    """Say something as an answer to what was written, or as a sentence over a pressed button."""
    try:
        if update.callback_query:
            await toast(update.callback_query, sentence, alert=True)
        elif update.effective_message and update.effective_message.chat.type != "channel":
            await reply(update.effective_message, message)
    except TelegramError as failure:
        log.warning("saying to chat %s that something failed has failed too: %s", _chat_of(update), failure)
