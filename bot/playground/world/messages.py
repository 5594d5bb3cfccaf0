"""Messages with what they held before each edit."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.formatting.text import Entity, FormattedText
from bot.playground.world.chats import ANONYMOUS_ADMIN, Chat, User


@dataclass(frozen=True, slots=True)
class ApiButton:
    """An inline keyboard's button as a person sees it."""

    text: str
    data: str | None = None
    url: str | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Media:
    """A photo or a document.

    Attributes:
        field: its name in the Message object.
        value: what stands there.
        file_id: Telegram's name of the file.
        url: where it was fetched from.
        album: the number of the album that it was sent in.
    """

    field: str
    value: Any
    file_id: str
    url: str | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What an edit may change."""

    body: FormattedText = field(default_factory=FormattedText)
    media: Media | None = None
    markup: dict[str, Any] | None = None
    preview: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the content's part of the Message object."""
        json: dict[str, Any] = {}
        if self.media is not None:
            json[self.media.field] = self.media.value
            if self.media.album:
                json["media_group_id"] = self.media.album
        if self.body.text:
            json["caption" if self.media else "text"] = self.body.text
        if self.body.entities:
            json["caption_entities" if self.media else "entities"] = [each.to_json() for each in self.body.entities]
        if self.preview:
            json["link_preview_options"] = self.preview
        if self.markup and "inline_keyboard" in self.markup:
            json["reply_markup"] = self.markup
        return json


@dataclass(slots=True, repr=False)
class StoredMessage:
    """A message of a chat.

    Attributes:
        history: what it held before each edit, the oldest first.
        service: fields of a service message (new_chat_members, migrate_to_chat_id, pinned_message…).
        origin: the MessageOrigin of a forwarded message.
        anonymous: written by an administrator in the chat's name.
    """

    chat: Chat
    id: int
    date: int
    sender: User | None
    content: Content
    from_bot: bool = False
    reply_to: int | None = None
    thread_id: int | None = None
    origin: dict[str, Any] | None = None
    service: dict[str, Any] = field(default_factory=dict)
    via_bot: User | None = None
    edit_date: int | None = None
    history: list[Content] = field(default_factory=list)
    deleted: bool = False
    silent: bool = False
    anonymous: bool = False

    def __repr__(self) -> str:
        """Say what a failed test needs to know, in one line."""
        who = "the bot" if self.from_bot else self.sender.name if self.sender else "the chat"
        labels = "".join(f" [{button.text}]" for button in self.buttons)
        return f"<message {self.id} of {who} in {self.chat.name}: {self.text!r}{labels}>"

    @property
    def text(self) -> str:
        """The text or the caption, "" where there is none."""
        return self.content.body.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities of the text or the caption."""
        return self.content.body.entities

    @property
    def edited(self) -> bool:
        """Whether it was changed after it was sent."""
        return bool(self.history)

    @property
    def buttons(self) -> tuple[ApiButton, ...]:
        """The inline keyboard's buttons in reading order."""
        rows = (self.content.markup or {}).get("inline_keyboard", [])
        return tuple(_button(button, number) for number, row in enumerate(rows) for button in row)

    def button(self, label: str) -> ApiButton:
        """Return the button whose text or callback data is `label`, or whose text contains it.

        Raises:
            LookupError: there is none.
        """
        exact = [each for each in self.buttons if label in {each.text, each.data}]
        for each in exact or [each for each in self.buttons if label in each.text]:
            return each
        raise LookupError(f"no button {label!r} among {[each.text for each in self.buttons]}")

    def to_json(self, reply: "StoredMessage | None" = None) -> dict[str, Any]:
        """Return the Message object, with the message that it replies to."""
        json: dict[str, Any] = {"message_id": self.id, "date": self.date, "chat": self.chat.to_json()}
        json |= self._sender_json()
        if self.thread_id is not None:
            json |= {"message_thread_id": self.thread_id, "is_topic_message": True}
        if self.origin is not None:
            json["forward_origin"] = self.origin
        if reply is not None:
            json["reply_to_message"] = reply.to_json()
        if self.via_bot is not None:
            json["via_bot"] = self.via_bot.to_json()
        if self.edit_date is not None:
            json["edit_date"] = self.edit_date
        return json | self.service | self.content.to_json()

    def _sender_json(self) -> dict[str, Any]:
        if self.chat.type == "channel":
            return {"sender_chat": self.chat.to_json()}
        if self.anonymous:
            return {"from": ANONYMOUS_ADMIN.to_json(), "sender_chat": self.chat.to_json()}
        return {"from": self.sender.to_json()} if self.sender else {}


def _button(button: dict[str, Any], row: int) -> ApiButton:
    return ApiButton(button["text"], button.get("callback_data"), button.get("url"), row)
