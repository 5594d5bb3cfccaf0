"""What people do in the world, for tests, the demo and benchmarks: they write, press and ask."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from bot.playground.arrivals import Arrivals
from bot.playground.formatting.html import parse_html
from bot.playground.formatting.links import with_automatic_entities
from bot.playground.formatting.text import Entity, FormattedText, ordered, utf16_length
from bot.playground.methods.words import CAPTION_LIMIT, TEXT_LIMIT
from bot.playground.world.chats import Chat, User
from bot.playground.world.messages import ApiButton, Content, Media, StoredMessage
from bot.playground.world.queries import InlineQuery, Press
from bot.playground.world.sight import bot_sees

T = TypeVar("T")
Place = Chat | User | int
Origin = User | Chat | StoredMessage | str


class Controls(Arrivals):
    """The people's side of a world; every action is done at once and wakes who waits.

    Args:
        world: where it happens.
    """

    # What people write

    def send_text(
        self,
        user: User,
        chat: Place,
        text: str,
        *,
        entities: tuple[Entity, ...] = (),
        html: bool = False,
        reply_to: StoredMessage | int | None = None,
        forward_from: Origin | None = None,
        thread_id: int | None = None,
        anonymous: bool = False,
    ) -> StoredMessage:
        """Let a person write; the bot gets an update if it sees the message (see `bot_sees`).

        Args:
            user: who writes.
            chat: where; a person stands for their chat with the bot.
            text: the words; addresses, mentions, commands become entities by themselves.
            entities: further entities.
            html: whether `text` is Telegram HTML, a short way to write entities.
            reply_to: the message answered.
            forward_from: whom the message is forwarded from; a text stands for a person who hides their account.
            thread_id: the forum topic.
            anonymous: whether an administrator writes in the group's name.

        Raises:
            ValueError: the text is longer than a client sends.
        """
        body = _body(text, entities, html, TEXT_LIMIT)
        return self._write(
            user,
            chat,
            Content(body),
            reply_to=reply_to,
            forward_from=forward_from,
            thread_id=thread_id,
            anonymous=anonymous,
        )

    def send_photo(
        self,
        user: User,
        chat: Place,
        caption: str = "",
        *,
        data: bytes = b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\x00\x00\x01\x40\x00\x00\x00\xc8",
        entities: tuple[Entity, ...] = (),
        html: bool = False,
        reply_to: StoredMessage | int | None = None,
        forward_from: Origin | None = None,
        thread_id: int | None = None,
        album: str | None = None,
    ) -> StoredMessage:
        """Let a person send a picture with a caption, alone or in an album; see `send_text` for the arguments."""
        body = _body(caption, entities, html, CAPTION_LIMIT)
        content = Content(body, replace(self.world.files.photo(data), album=album))
        return self._write(user, chat, content, reply_to=reply_to, forward_from=forward_from, thread_id=thread_id)

    def send_document(
        self,
        user: User,
        chat: Place,
        name: str,
        data: bytes,
        *,
        content_type: str = "application/xml",
        caption: str = "",
    ) -> StoredMessage:
        """Let a person send a file, which the bot can download."""
        media: Media = self.world.files.document(data, name=name, content_type=content_type)
        return self._write(user, chat, Content(_body(caption, (), False, CAPTION_LIMIT), media))

    def edit_text(self, message: StoredMessage, text: str, *, html: bool = False) -> None:
        """Let a person change their message."""
        self.world.replace_content(message, Content(_body(text, (), html, TEXT_LIMIT), message.content.media))
        if bot_sees(self.world, message):
            self.world.queue_message(message, edited=True)

    # What people press and ask

    def press(self, message: StoredMessage, button: ApiButton | str, user: User | None = None) -> Press:
        """Press a callback button; wait for `Press.answered` to see the bot's answer.

        Args:
            message: the message with the button, deleted or old ones too.
            button: the button, its label or its callback data.
            user: who presses; the chat's first person if None.

        Raises:
            LookupError: the message has no such button.
            ValueError: the button opens a link and tells the bot nothing.
        """
        pressed = message.button(button) if isinstance(button, str) else button
        if pressed.data is None:
            raise ValueError(f"{pressed.text!r} opens {pressed.url}")
        person = user or self.first_person(message.chat)
        press = self.world.queries.press(person, message, pressed, self.world.clock())
        self.world.updates.add("callback_query", self._press_json(press))
        return press

    def inline_query(self, user: User, query: str, *, offset: str = "") -> InlineQuery:
        """Type "@bot query" into a message box; wait for `InlineQuery.answered`."""
        inline = self.world.queries.inline(user, query, offset, self.world.clock())
        json = {"id": inline.id, "from": user.to_json(), "query": query, "offset": offset, "chat_type": "sender"}
        self.world.updates.add("inline_query", json)
        return inline

    # What can be seen

    def messages(self, chat: Place) -> list[StoredMessage]:
        """Return the messages of a chat in order, with what each held before its edits."""
        return self.world.messages(chat if isinstance(chat, int) else chat.id)

    def bot_messages(self, chat: Place) -> list[StoredMessage]:
        """Return the bot's messages of a chat in order."""
        return [message for message in self.messages(chat) if message.from_bot]

    async def wait_for(self, predicate: Callable[[], T], seconds: float = 60.0) -> T:
        """Wait until `predicate()` is true, looking at each change of the world, and return what it gave.

        Raises:
            TimeoutError: it was not within `seconds`.
        """
        return await self.world.changes.until(predicate, seconds)

    async def wait_for_messages(self, chat: Place, count: int = 1, seconds: float = 60.0) -> list[StoredMessage]:
        """Wait until the bot has at least `count` messages in a chat, and return them."""

        def enough() -> list[StoredMessage]:
            found = self.bot_messages(chat)
            return found if len(found) >= count else []

        return await self.wait_for(enough, seconds)

    def _write(
        self,
        user: User,
        place: Place,
        content: Content,
        *,
        reply_to: StoredMessage | int | None = None,
        forward_from: Origin | None = None,
        thread_id: int | None = None,
        anonymous: bool = False,
    ) -> StoredMessage:
        chat = self.world.chats[place if isinstance(place, int) else place.id]
        if chat.private:
            user.started = True
        message = self.world.store(
            chat,
            None if chat.type == "channel" else user,
            content,
            reply_to=reply_to.id if isinstance(reply_to, StoredMessage) else reply_to,
            thread_id=thread_id,
            origin=self._origin(forward_from),
            anonymous=anonymous,
        )
        self.used_interface(chat)
        if bot_sees(self.world, message):
            self.world.queue_message(message)
        return message

    def _origin(self, origin: Origin | None) -> dict[str, Any] | None:
        date = self.world.now()
        match origin:
            case None:
                return None
            case User():
                return {"type": "user", "date": date, "sender_user": origin.to_json()}
            case Chat(type="channel"):
                return {"type": "channel", "date": date, "chat": origin.to_json(), "message_id": 1}
            case Chat():
                return {"type": "chat", "date": date, "sender_chat": origin.to_json()}
            case StoredMessage(sender=User() as sender):
                return {"type": "user", "date": origin.date, "sender_user": sender.to_json()}
            case StoredMessage():
                return {"type": "channel", "date": origin.date, "chat": origin.chat.to_json(), "message_id": origin.id}
            case str():
                return {"type": "hidden_user", "date": date, "sender_user_name": origin}

    def _press_json(self, press: Press) -> dict[str, Any]:
        message = press.message
        shown = self.world.json(message)
        if message.deleted:
            shown = {"chat": message.chat.to_json(), "message_id": message.id, "date": 0}
        json = {"id": press.id, "from": press.user.to_json(), "message": shown, "data": press.button.data}
        return json | {"chat_instance": str(abs(message.chat.id) * 7919)}


def _body(text: str, entities: tuple[Entity, ...], html: bool, limit: int) -> FormattedText:
    body = parse_html(text) if html else FormattedText(text)
    if utf16_length(body.text) > limit:
        raise ValueError(f"a client sends at most {limit} UTF-16 units, not {utf16_length(body.text)}")
    return with_automatic_entities(FormattedText(body.text, ordered((*body.entities, *entities))))
