"""What people do to each other's and the bot's standing: block, promote, demote, upgrade a group, share a chat."""

from collections.abc import Iterable
from typing import Any

from bot.playground.methods.reply_keyboard import buttons_of, granted_by
from bot.playground.world.chats import Chat, Status, User, member_json
from bot.playground.world.messages import Content, StoredMessage
from bot.playground.world.state import World

_GROUP_BASE = -4_000_000_000
_SUPERGROUP_BASE = -1_002_000_000_000
_GONE = frozenset({"left", "kicked"})


class Standing:
    """Who is what in which chat, and what follows from a change of it.

    Args:
        world: where it happens.
    """

    def __init__(self, world: World) -> None:
        self.world = world

    def block(self, user: User) -> None:
        """Let a person stop the bot."""
        user.blocked_bot = True
        self._tell_of_block(user, "member", "kicked")

    def unblock(self, user: User) -> None:
        """Let a person restart the bot."""
        user.blocked_bot = False
        self._tell_of_block(user, "kicked", "member")

    def set_bot_status(
        self, chat: Chat, status: Status, *, by: User | None = None, without: Iterable[str] = ()
    ) -> None:
        """Kick, add, promote or restrict the bot in a group or channel.

        Args:
            chat: where.
            status: what it is from now on.
            by: who does it; the chat's first person if None.
            without: rights of an administrator that it does not have.
        """
        before, after = self._change(chat, self.world.bot, status, without)
        self._tell_bot(chat, by or self.first_person(chat), before, after)

    def set_status(
        self, chat: Chat, user: User, status: Status, *, without: Iterable[str] = (), anonymous: bool = False
    ) -> None:
        """Add, promote, demote or remove a person in a group or channel; the bot is told where it leads.

        Args:
            chat: where.
            user: whom.
            status: what they are from now on.
            without: rights of an administrator that they do not have.
            anonymous: whether they write in the group's name.
        """
        (chat.anonymous.add if anonymous else chat.anonymous.discard)(user.id)
        before, after = self._change(chat, user, status, without)
        if self.world.status_of(chat, self.world.bot) == "administrator":
            self.world.updates.add("chat_member", self._change_json(chat, self.first_person(chat), before, after))
        self.world.changes.tell({"kind": "member", "chat_id": chat.id})

    def migrate(self, group: Chat) -> Chat:
        """Upgrade a basic group: the bot is told in both chats, the old one refuses with migrate_to_chat_id."""
        chat = Chat(self.new_chat_id(large=True), "supergroup", group.title, members=dict(group.members))
        self.world.chats[chat.id] = chat
        person = self.first_person(group)
        gone = self.world.store(group, person, Content(), service={"migrate_to_chat_id": chat.id})
        group.migrated_to = chat.id
        came = self.world.store(chat, person, Content(), service={"migrate_from_chat_id": group.id})
        for message in (gone, came):
            self.world.queue_message(message)
        return chat

    def share_chat(self, user: User, button: str, shared: Chat) -> StoredMessage:
        """Press a button that asks for a chat and choose one, as Telegram's clients let a person do.

        The client offers only chats that fit. A bot without the rights that the button names gets them from a person
        who may give them.

        Args:
            user: who presses, in their chat with the bot.
            button: the button's text.
            shared: the chosen chat.

        Raises:
            LookupError: no such button is shown.
            ValueError: the client would not offer this chat.
        """
        chat = self.world.chats[user.id]
        shown = (each for each in buttons_of(chat.interface) if each["text"] == button and "request_chat" in each)
        request = next((each["request_chat"] for each in shown), None)
        if request is None:
            raise LookupError(f"no button {button!r} asks for a chat")
        if not self.fits(user, shared, request):
            raise ValueError(f"{shared.name} does not fit what the button asks for")
        self._let_in(user, shared, request)
        told = {"request_id": request["request_id"], "chat_id": shared.id}
        if request.get("request_title"):
            told["title"] = shared.title
        if request.get("request_username") and shared.username:
            told["username"] = shared.username
        message = self.world.store(chat, user, Content(), service={"chat_shared": told})
        self.used_interface(chat)
        self.world.queue_message(message)
        return message

    def fits(self, user: User, shared: Chat, request: dict[str, Any]) -> bool:
        """Return whether a client offers a chat for a request: its kind, the person's rights, what the bot is there."""
        if (shared.type == "channel") is not request["chat_is_channel"] or shared.private:
            return False
        if self.world.status_of(shared, user) in _GONE:
            return False
        if not all(shared.grants(user.id, right) for right in granted_by(request.get("user_administrator_rights"))):
            return False
        bot = self.world.bot
        if request.get("bot_is_member") and self.world.status_of(shared, bot) in _GONE:
            return False
        missing = self._missing(shared, request)
        return not missing or shared.grants(user.id, "can_promote_members")

    def used_interface(self, chat: Chat) -> None:
        """Put away a keyboard that is for one use, and the reply that was forced."""
        shown = chat.interface or {}
        if shown.get("one_time_keyboard") or "force_reply" in shown:
            chat.interface = None
            self.world.changes.tell({"kind": "interface", "chat_id": chat.id, "interface": None})

    def first_person(self, chat: Chat) -> User:
        """Return the first person of a chat who is still there.

        Raises:
            LookupError: nobody is.
        """
        if chat.user is not None:
            return chat.user
        people = (self.world.users[number] for number, status in chat.members.items() if status not in _GONE)
        found = next((user for user in people if not user.is_bot), None)
        if found is None:
            raise LookupError(f"nobody is in {chat.name}")
        return found

    def new_chat_id(self, *, large: bool) -> int:
        """Return a number that no chat has, of a basic group or of a supergroup or channel."""
        return (_SUPERGROUP_BASE if large else _GROUP_BASE) - len(self.world.chats)

    def _let_in(self, user: User, shared: Chat, request: dict[str, Any]) -> None:
        if missing := self._missing(shared, request):
            bot = self.world.bot
            granted = granted_by(request.get("bot_administrator_rights"))
            leads = self.world.status_of(shared, bot) == "administrator"
            lacking = shared.lacking.get(bot.id, frozenset()) if leads else _other_rights(shared, bot, granted)
            self.set_bot_status(shared, "administrator", by=user, without=lacking - missing)

    def _missing(self, shared: Chat, request: dict[str, Any]) -> set[str]:
        wanted = granted_by(request.get("bot_administrator_rights"))
        return {right for right in wanted if not shared.grants(self.world.bot.id, right)}

    def _change(
        self, chat: Chat, user: User, status: Status, without: Iterable[str]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        before = member_json(chat, user, self.world.status_of(chat, user))
        chat.members[user.id] = status
        chat.lacking[user.id] = frozenset(without)
        return before, member_json(chat, user, status)

    def _tell_of_block(self, user: User, before: Status, after: Status) -> None:
        chat, bot = self.world.chats[user.id], self.world.bot
        self._tell_bot(chat, user, member_json(chat, bot, before), member_json(chat, bot, after))

    def _tell_bot(self, chat: Chat, by: User, before: dict[str, Any], after: dict[str, Any]) -> None:
        self.world.updates.add("my_chat_member", self._change_json(chat, by, before, after))
        self.world.changes.tell({"kind": "member", "chat_id": chat.id})

    def _change_json(self, chat: Chat, by: User, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
        json = {"chat": chat.to_json(), "from": by.to_json(), "date": self.world.now()}
        return json | {"old_chat_member": before, "new_chat_member": after}


def _other_rights(chat: Chat, bot: User, granted: set[str]) -> frozenset[str]:
    """Return the rights that a bot does not have when it is made an administrator with some."""
    every = member_json(chat, bot, "administrator")
    return frozenset(name for name in every if name.startswith("can_") and name not in {"can_be_edited", *granted})
