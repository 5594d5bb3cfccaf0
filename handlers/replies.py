"""Messages of ours handed to Telegram's client: sending, editing, answering buttons."""

from collections.abc import Sequence

from telegram import CallbackQuery, MaybeInaccessibleMessage, ReplyParameters
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.delivery.sender import keyboard, preview
from bot.messages.markup import escape
from bot.models import Message


def plain(text: str) -> Message:
    """Return a plain sentence as a message."""
    return Message(escape(text))


async def reply(to: TelegramMessage, message: Message) -> TelegramMessage:
    """Answer a message, in its own forum topic; works even if it was deleted meanwhile."""
    return await to.reply_text(
        message.html,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(message.buttons),
        link_preview_options=preview(message.preview_url),
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True),
    )


async def reply_all(to: TelegramMessage, messages: Sequence[Message]) -> None:
    """Answer with several messages, in order."""
    for message in messages:
        await reply(to, message)


async def edit(shown: TelegramMessage, message: Message) -> None:
    """Change a message of ours; a change to what is already there is no error."""
    try:
        await shown.edit_text(
            message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message.buttons),
            link_preview_options=preview(message.preview_url),
        )
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise


async def edit_buttons(shown: TelegramMessage, message: Message) -> None:
    """Change only the buttons of a message of ours."""
    try:
        await shown.edit_reply_markup(keyboard(message.buttons))
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise


async def toast(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """Answer a pressed button, so that its spinner stops; a query that grew too old is let go."""
    try:
        await query.answer(text[:200], show_alert=alert)  # 200 characters: Bot API, answerCallbackQuery
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise


def shown_message(message: MaybeInaccessibleMessage | None) -> TelegramMessage | None:
    """Return the message that a button stands under, or None where Telegram no longer gives it."""
    return message if isinstance(message, TelegramMessage) else None
