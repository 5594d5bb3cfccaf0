"""The last net: an error that no handler expected becomes a log line for the operator and a sentence for the person."""

import logging

from telegram import Update
from telegram.error import Conflict, Forbidden, NetworkError, TelegramError

from bot.errors import DatabaseAway, QuotewireError
from bot.hashed_ids import HashedId, chat_id
from bot.messages.catalogue import words_in
from bot.messages.errors import explain, render_failure
from bot.models import Message
from bot.patience import is_away
from handlers.replies import plain, reply, toast
from handlers.requests import GivenUp, NotSent, TokenRefused
from handlers.visits import Context, Refused

log = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """Log an unexpected error and tell the person, in a sentence, that it happened."""
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
    if isinstance(error, NotSent | GivenUp):
        log.warning("an update of chat %s was not answered to its end: %s", _chat_of(update), error)
        return
    if isinstance(error, Refused):
        if isinstance(update, Update):
            await _say(update, plain(error.said), error.said)
        return
    known = as_known(error)
    if isinstance(known, DatabaseAway):
        log.warning("an update could not be answered, the database is away")
    else:
        log.error("an update of chat %s failed", _chat_of(update), exc_info=error)
    if isinstance(update, Update):
        words = words_in((update.effective_user and update.effective_user.language_code) or "en")
        await _say(update, render_failure(known, words), explain(known, words))


def as_known(error: Exception | None) -> QuotewireError:
    """Return what a person is told of an error that no handler expected."""
    return DatabaseAway() if error and is_away(error) else QuotewireError()


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
