"""Who is there: people, groups, channels and topics come into the world."""

from typing import Any

from bot.playground.standing import Standing
from bot.playground.world.chats import Chat, Status, Topic, User
from bot.playground.world.messages import Content
from bot.playground.world.sight import bot_sees

_FIRST_USER = 1001


class Arrivals(Standing):
    """Brings people and chats into a world; every arrival is done at once and wakes who waits.

    Args:
        world: where it happens.
    """

    def add_user(
        self,
        first_name: str = "Olena",
        *,
        last_name: str | None = None,
        username: str | None = None,
        language: str | None = "en",
        started: bool = True,
        user_id: int | None = None,
    ) -> User:
        """Add a person, with a private chat if they have `started` the bot (otherwise it may not write to them)."""
        number = user_id or _FIRST_USER + len(self.world.users)
        user = User(number, first_name, last_name, username, language, started=started)
        self.world.users[user.id] = user
        self.world.chats[user.id] = Chat(user.id, "private", user=user)
        return user

    def add_group(
        self,
        title: str = "Newsroom",
        *members: User,
        supergroup: bool = False,
        forum: bool = False,
        bot: Status = "member",
        username: str | None = None,
        announce: bool = False,
    ) -> Chat:
        """Add a group; its first member is its creator. A forum is a supergroup with topics.

        Args:
            title: the group's name.
            members: people in it.
            supergroup: whether it is one.
            forum: whether it has topics.
            bot: what the bot is there.
            username: the public name without @.
            announce: whether the bot gets the updates that tell it that it was added.
        """
        large = supergroup or forum
        chat = Chat(self.new_chat_id(large=large), "supergroup" if large else "group", title, username, is_forum=forum)
        return self._enter(chat, members, bot, announce=announce)

    def add_channel(
        self,
        title: str = "Channel",
        *members: User,
        username: str | None = None,
        bot: Status = "administrator",
        announce: bool = False,
    ) -> Chat:
        """Add a channel; its first member is its creator."""
        chat = Chat(self.new_chat_id(large=True), "channel", title, username)
        return self._enter(chat, members, bot, announce=announce)

    def add_topic(self, forum: Chat, name: str) -> Topic:
        """Open a topic in a forum."""
        message = self.world.store(forum, None, Content(), service={"forum_topic_created": {"name": name}})
        topic = Topic(message.id, name)
        forum.topics[topic.id] = topic
        return topic

    def close_topic(self, forum: Chat, topic: Topic | None, *, by: User | None = None, closed: bool = True) -> None:
        """Close a topic of a forum, or open it again; None is its General topic.

        Args:
            forum: where.
            topic: which.
            by: who does it; the forum's first person if None.
            closed: False to open it again.
        """
        if topic is None:
            forum.general_closed = closed
        else:
            topic.closed = closed
        service: dict[str, Any] = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
        thread_id, person = topic.id if topic else None, by or self.first_person(forum)
        message = self.world.store(forum, person, Content(), service=service, thread_id=thread_id)
        if bot_sees(self.world, message):
            self.world.queue_message(message)

    def private_chat(self, user: User) -> Chat:
        """Return a person's chat with the bot."""
        return self.world.chats[user.id]

    def _enter(self, chat: Chat, members: tuple[User, ...], bot: Status, *, announce: bool) -> Chat:
        chat.members = {user.id: "member" for user in members}
        if members:
            chat.members[members[0].id] = "creator"
        chat.members[self.world.bot.id] = bot
        self.world.chats[chat.id] = chat
        if announce:
            chat.members[self.world.bot.id] = "left"
            self.set_bot_status(chat, bot)
        return chat
