"""The world that a bot sees: who is there, what was said, what the bot has not fetched yet."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.limits import FloodGate, Limits
from bot.playground.world.changes import Changes
from bot.playground.world.chats import Chat, Status, User
from bot.playground.world.files import FileStore
from bot.playground.world.messages import Content, StoredMessage
from bot.playground.world.profile import Profile, Viewer
from bot.playground.world.queries import Queries
from bot.playground.world.updates import UpdateQueue

BOT_ID = 7_000_000_001


@dataclass(frozen=True, slots=True)
class WorldOptions:
    """What can be set of a world.

    Attributes:
        username: the bot's.
        bot_name: the bot's first name.
        privacy_mode: in groups the bot gets only commands, mentions and replies to it, as Telegram's default is.
        answer_within: seconds in which a pressed button can be answered.
        delete_within: seconds in which the bot may delete a message (48 hours at Telegram).
    """

    username: str = "quotewire_demo_bot"
    bot_name: str = "Quotewire"
    privacy_mode: bool = True
    answer_within: float = 15.0
    delete_within: float = 48 * 3600.0


class World:
    """Users, chats and messages, with the updates that follow from them.

    Args:
        limits: Telegram's limits or NO_LIMITS.
        clock: seconds since the epoch, for dates, limits and ages.
        options: what else can be set.
    """

    def __init__(
        self, *, limits: Limits, clock: Callable[[], float] = time.time, options: WorldOptions | None = None
    ) -> None:
        self.options = options or WorldOptions()
        self.clock = clock
        self.gate = FloodGate(limits, clock)
        self.bot = User(BOT_ID, self.options.bot_name, username=self.options.username, is_bot=True)
        self.users: dict[int, User] = {BOT_ID: self.bot}
        self.chats: dict[int, Chat] = {}
        self.updates = UpdateQueue()
        self.changes = Changes()
        self.updates.on_poll = self.changes.tell
        self.files = FileStore()
        self.profile = Profile()
        self.queries = Queries()
        self._messages: dict[int, dict[int, StoredMessage]] = {}
        self._next_private_id = 1
        self.sent = 0

    def now(self) -> int:
        """The date as Telegram counts it."""
        return int(self.clock())

    def messages(self, chat_id: int) -> list[StoredMessage]:
        """All messages of a chat that are not deleted, in order."""
        return [message for message in self._messages.get(chat_id, {}).values() if not message.deleted]

    def message(self, chat_id: int, message_id: int | None) -> StoredMessage | None:
        """The message with this id, None where there is none or it is deleted."""
        found = self._messages.get(chat_id, {}).get(message_id or 0)
        return None if found is None or found.deleted else found

    def find_chat(self, chat_id: int | str) -> Chat | None:
        """The chat with this id or @username."""
        if isinstance(chat_id, int):
            return self.chats.get(chat_id)
        name = chat_id.removeprefix("@").lower()
        public = (chat for chat in self.chats.values() if chat.username and not chat.private)
        return next((chat for chat in public if (chat.username or "").lower() == name), None)

    def json(self, message: StoredMessage) -> dict[str, Any]:
        """The Message object, with what it replies to."""
        return message.to_json(self.message(message.chat.id, message.reply_to))

    def store(
        self,
        chat: Chat,
        sender: User | None,
        content: Content,
        *,
        reply_to: int | None = None,
        thread_id: int | None = None,
        origin: dict[str, Any] | None = None,
        service: dict[str, Any] | None = None,
        silent: bool = False,
        anonymous: bool = False,
    ) -> StoredMessage:
        """Put a new message into a chat and tell who watches."""
        message = StoredMessage(
            chat=chat,
            id=self._message_id(chat),
            date=self.now(),
            sender=sender,
            content=content,
            from_bot=sender is self.bot,
            reply_to=reply_to,
            thread_id=thread_id,
            origin=origin,
            service=service or {},
            silent=silent,
            anonymous=anonymous,
        )
        self._messages.setdefault(chat.id, {})[message.id] = message
        self.sent += message.from_bot
        self.tell("message", message)
        if message.from_bot:
            self._show_interface(chat, content.markup or {})
        return message

    def replace_content(self, message: StoredMessage, content: Content) -> None:
        """Edit a message, keeping what it held."""
        shown = message.content.body != content.body or message.content.media != content.media
        message.history.append(message.content)
        message.content = content
        # A changed keyboard alone leaves no "edited" mark, but Telegram dates it all the same.
        message.edit_date = self.now()
        self.tell("edit", message, marked=shown)

    def delete(self, message: StoredMessage) -> None:
        """Take a message out of its chat."""
        message.deleted = True
        self.tell("delete", message)

    def tell(self, kind: str, message: StoredMessage, **more: Any) -> None:
        """Wake all who wait, and describe the change to who watches."""
        change = {"kind": kind, "chat_id": message.chat.id, "message": self.json(message)} | more
        self.changes.tell(change if self.changes.watched else None)

    def queue_message(self, message: StoredMessage, *, edited: bool = False) -> None:
        """Queue the update that a person's message makes."""
        kind = "channel_post" if message.chat.type == "channel" else "message"
        self.updates.add(f"edited_{kind}" if edited else kind, self.json(message))

    def status_of(self, chat: Chat, user: User) -> Status:
        """The membership of `user` in `chat`."""
        if chat.private:
            return "member" if user in (chat.user, self.bot) else "left"
        return chat.members.get(user.id, "left")

    def viewer(self, user: User, chat: Chat) -> Viewer:
        """Who sees a chat's command menu when `user` opens it."""
        leads = self.status_of(chat, user) in {"creator", "administrator"}
        return Viewer(user.id, chat.id, chat.type, leads, user.language_code or "")

    def _show_interface(self, chat: Chat, markup: dict[str, Any]) -> None:
        """Keep the reply keyboard that a message brings, or take away the one before; others leave it as it is."""
        if markup.keys() & {"keyboard", "force_reply", "remove_keyboard"}:
            chat.interface = None if "remove_keyboard" in markup else markup
            self.changes.tell({"kind": "interface", "chat_id": chat.id, "interface": chat.interface})

    def _message_id(self, chat: Chat) -> int:
        # Private chats and basic groups share one counter in a bot's account; supergroups and channels have their own.
        if chat.type in {"private", "group"}:
            self._next_private_id += 1
            return self._next_private_id - 1
        chat.next_message_id += 1
        return chat.next_message_id - 1
