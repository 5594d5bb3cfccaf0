"""Messages of ours handed to Telegram's client: sending, editing, answering buttons."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from telegram import (
    CallbackQuery,
    InputMediaPhoto,
    LinkPreviewOptions,
    MaybeInaccessibleMessage,
    ReplyParameters,
)
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.delivery.sender import keyboard, preview
from bot.messages.markup import escape, label
from bot.models import Message

log = logging.getLogger(__name__)

_TOAST_LIMIT = 200  # Bot API, answerCallbackQuery


def plain(text: str) -> Message:
    """Return a plain sentence as a message."""
    return Message(escape(text))


async def reply(to: TelegramMessage, message: Message) -> TelegramMessage:
    """Answer a message, in its own forum topic; works even if it was deleted meanwhile.

    A photo that Telegram does not take is left out, and the text comes whole.
    """
    parameters = ReplyParameters(to.message_id, allow_sending_without_reply=True)
    if message.photo is not None:
        try:
            return await to.reply_photo(
                message.photo,
                caption=message.caption,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(message.buttons),
                reply_parameters=parameters,
            )
        except BadRequest as error:
            log.info("a photo is left out: %s", error.message)
    return await to.reply_text(
        message.html,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(message.buttons),
        link_preview_options=preview(message.preview_url, large=message.picture),
        reply_parameters=parameters,
    )


async def reply_picture(to: TelegramMessage, picture: bytes, message: Message) -> None:
    """Answer with a picture of ours and the message's caption under it; where photos are not taken, with its text."""
    try:
        await to.reply_photo(
            picture,
            caption=message.caption,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message.buttons),
            reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True),
        )
    except BadRequest as error:
        log.info("a picture is left out: %s", error.message)
        await reply(to, message)


async def edit(shown: TelegramMessage, message: Message, *, keep_preview: bool = False) -> None:
    """Change a message of ours; a change to what is already there is no error.

    A text becomes a photo where the message is to have one and Telegram takes it. A photo stays one, since Telegram
    makes no text of it; what does not fit under it comes as an answer to it.

    Args:
        shown: the message as Telegram last told it.
        message: what it is to show.
        keep_preview: leave the link preview as it is.
    """
    if shown.photo:
        await _edit_photo(shown, message)
    elif message.photo is None or not await _became_photo(shown, message):
        await _edit_text(shown, message, shown.link_preview_options if keep_preview else None)


async def _edit_photo(shown: TelegramMessage, message: Message) -> None:
    if message.caption is None:
        await reply(shown, message)
        return
    with _unmodified():
        await shown.edit_caption(message.caption, parse_mode=ParseMode.HTML, reply_markup=keyboard(message.buttons))


async def _became_photo(shown: TelegramMessage, message: Message) -> bool:
    """Make a text a photo, and say whether Telegram took it."""
    media = InputMediaPhoto(message.photo or "", message.caption, parse_mode=ParseMode.HTML)
    try:
        await shown.edit_media(media, reply_markup=keyboard(message.buttons))
    except BadRequest as error:
        log.info("a photo is left out: %s", error.message)
        return False
    return True


async def _edit_text(shown: TelegramMessage, message: Message, kept: LinkPreviewOptions | None) -> None:
    with _unmodified():
        await shown.edit_text(
            message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message.buttons),
            link_preview_options=kept or preview(message.preview_url, large=message.picture),
        )


@contextmanager
def _unmodified() -> Iterator[None]:
    """Let a change pass that changes nothing."""
    with _passing("not modified"):
        yield


@contextmanager
def _passing(words: str) -> Iterator[None]:
    """Let a refusal pass that has these words of Telegram's."""
    try:
        yield
    except BadRequest as error:
        if words not in error.message.lower():
            raise


async def edit_buttons(shown: TelegramMessage, message: Message) -> None:
    """Change only the buttons of a message of ours."""
    with _unmodified():
        await shown.edit_reply_markup(keyboard(message.buttons))


async def toast(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """Answer a pressed button, so that its spinner stops; a query that grew too old is let go."""
    with unless_too_old():
        await query.answer(label(text, _TOAST_LIMIT), show_alert=alert)


@contextmanager
def unless_too_old() -> Iterator[None]:
    """Let an answer go that comes too late for its query."""
    with _passing("query is too old"):
        yield


def shown_message(message: MaybeInaccessibleMessage | None) -> TelegramMessage | None:
    """Return the message that a button stands under, or None where Telegram no longer gives it.

    Of such a one only the chat and the number are told, with the date 0 (Bot API, InaccessibleMessage), which
    python-telegram-bot takes for a message all the same.
    """
    return message if isinstance(message, TelegramMessage) and message.date.timestamp() else None
