"""Users, chats, topics and membership as the Bot API shows them."""

from dataclasses import dataclass, field
from typing import Any, Literal

ChatType = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
Right = Literal["messages", "photos", "documents"]
_KIND_NAMES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}
_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
_MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(slots=True)
class User:
    """A person or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    started: bool = True
    blocked_bot: bool = False
    deactivated: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the User object."""
        body: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return body | {name: value for name, value in optional.items() if value is not None}

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


ANONYMOUS_ADMIN = User(1087968824, "Group", username="GroupAnonymousBot", is_bot=True)
"""Who writes where an administrator writes in the group's name (Bot API, Message, "from")."""


@dataclass(slots=True)
class Topic:
    """A forum topic; `id` is its message_thread_id."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """A conversation, with all that decides whether the bot may write there.

    Attributes:
        lacking: the rights that administrators do not have, by their numbers.
        anonymous: administrators who write in the chat's name.
        general_closed: of a forum: whether its General topic is closed.
        interface: the reply keyboard or "force_reply" that is shown under a private chat, as the bot sent it.
    """

    id: int
    type: ChatType
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    user: User | None = None
    members: dict[int, Status] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    forbidden: set[Right] = field(default_factory=set)
    migrated_to: int | None = None
    deleted: bool = False
    next_message_id: int = 1
    pinned: list[int] = field(default_factory=list)
    lacking: dict[int, frozenset[str]] = field(default_factory=dict)
    anonymous: set[int] = field(default_factory=set)
    general_closed: bool = False
    interface: dict[str, Any] | None = None

    def grants(self, user_id: int, right: str) -> bool:
        """Return whether an administrator has a right; creators have all."""
        status = self.members.get(user_id)
        return status == "creator" or (status == "administrator" and right not in self.lacking.get(user_id, ()))

    @property
    def private(self) -> bool:
        """Whether it is a person's chat with the bot."""
        return self.type == "private"

    @property
    def kind_name(self) -> str:
        """How Telegram's errors call this kind of chat."""
        return _KIND_NAMES.get(self.type, "private chat")

    @property
    def name(self) -> str:
        """The title, or the person's name."""
        return self.title or (self.user.name if self.user else str(self.id))

    def to_json(self) -> dict[str, Any]:
        """Return the Chat object."""
        if self.user is not None:
            return {"id": self.id, "type": self.type} | _names(self.user)
        body: dict[str, Any] = {"id": self.id, "type": self.type, "title": self.title}
        if self.username:
            body["username"] = self.username
        return body | ({"is_forum": True} if self.is_forum else {})


def _names(user: User) -> dict[str, Any]:
    return {name: value for name, value in user.to_json().items() if name in {"first_name", "last_name", "username"}}


def member_json(chat: Chat, user: User, status: Status) -> dict[str, Any]:
    """Return the ChatMember object of `user` with `status`."""
    body: dict[str, Any] = {"user": user.to_json(), "status": status}
    if status in {"creator", "administrator"}:
        body["is_anonymous"] = user.id in chat.anonymous
    if status == "administrator":
        rights, lacking = admin_rights(chat), chat.lacking.get(user.id, frozenset())
        body |= {"can_be_edited": False} | {right: right not in lacking for right in rights}
    if status == "restricted":
        body |= {"is_member": True, "until_date": 0} | {right: _may(chat, right) for right in _MEMBER_RIGHTS}
    if status == "kicked":
        body["until_date"] = 0
    return body


def admin_rights(chat: Chat) -> tuple[str, ...]:
    """Return the names of the rights that an administrator of a chat can have."""
    return _ADMIN_RIGHTS + (_CHANNEL_RIGHTS if chat.type == "channel" else ("can_pin_messages",))


def _may(chat: Chat, right: str) -> bool:
    return right.removeprefix("can_send_") not in chat.forbidden
