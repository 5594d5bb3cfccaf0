"""Whom the bot may write to: blocks, bans, upgrades, topics, and what it sees in groups."""

from bot.playground.bot_api import BotApiServer, User
from tests.playground.conftest import Client


async def test_people_who_may_not_be_written_to(client: Client, server: BotApiServer, user: User) -> None:
    """Blocked, deactivated and never met are each told apart by Telegram's 403."""
    server.block(user)
    assert await client.refusal("sendMessage", chat_id=user.id, text="x") == "Forbidden: bot was blocked by the user"
    server.unblock(user)
    await client.result("sendMessage", chat_id=user.id, text="x")
    user.deactivated = True
    assert await client.refusal("sendMessage", chat_id=user.id, text="x") == "Forbidden: user is deactivated"
    stranger = server.add_user("Stranger", started=False)
    words = await client.refusal("sendMessage", chat_id=stranger.id, text="x")
    assert words == "Forbidden: bot can't initiate conversation with a user"


async def test_groups_that_may_not_be_written_to(client: Client, server: BotApiServer, user: User) -> None:
    """Kicked, left, silenced and unprivileged each get Telegram's own answer."""
    group = server.add_group("Newsroom", user)
    group.forbidden.add("messages")
    silenced = await client.refusal("sendMessage", chat_id=group.id, text="x")
    assert silenced == "Bad Request: not enough rights to send text messages to the chat"
    server.set_bot_status(group, "kicked")
    assert await client.refusal("sendMessage", chat_id=group.id, text="x") == (
        "Forbidden: bot was kicked from the group chat"
    )
    channel = server.add_channel("News", user, bot="left")
    assert await client.refusal("sendMessage", chat_id=channel.id, text="x") == (
        "Forbidden: bot is not a member of the channel chat"
    )
    server.set_bot_status(channel, "member")
    assert await client.refusal("sendMessage", chat_id=channel.id, text="x") == (
        "Bad Request: need administrator rights in the channel chat"
    )


async def test_an_upgraded_group_names_its_successor(client: Client, server: BotApiServer, user: User) -> None:
    """The old group refuses with migrate_to_chat_id; both chats tell of the upgrade."""
    group = server.add_group("Newsroom", user)
    successor = server.migrate(group)
    body = await client.call("sendMessage", chat_id=group.id, text="x")
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": successor.id}
    await client.result("sendMessage", chat_id=successor.id, text="x")
    told = [update["message"] for update in await client.result("getUpdates")]
    assert told[0]["migrate_to_chat_id"] == successor.id
    assert told[1]["migrate_from_chat_id"] == group.id


async def test_topics_are_there_and_open(client: Client, server: BotApiServer, user: User) -> None:
    """A message to a forum goes to a topic that is there and open."""
    forum = server.add_group("Forum", user, forum=True)
    topic = server.add_topic(forum, "News")
    sent = await client.result("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="x")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic.id, True)
    words = await client.refusal("sendMessage", chat_id=forum.id, message_thread_id=999, text="x")
    assert words == "Bad Request: message thread not found"
    topic.closed = True
    words = await client.refusal("sendMessage", chat_id=forum.id, message_thread_id=topic.id, text="x")
    assert words == "Bad Request: TOPIC_CLOSED"


async def test_privacy_mode_hides_what_is_not_meant_for_the_bot(
    client: Client, server: BotApiServer, user: User
) -> None:
    """In a group the bot gets commands, mentions and replies to it, not small talk nor other bots' commands."""
    group = server.add_group("Newsroom", user)
    answer = await client.result("sendMessage", chat_id=group.id, text="hello")
    for text in ("small talk", "/help", "/read@other_bot x", "@Quotewire_Demo_Bot look", "https://example.com/a"):
        server.send_text(user, group, text)
    server.send_text(user, group, "to you", reply_to=answer["message_id"])
    seen = [update["message"]["text"] for update in await client.result("getUpdates")]
    assert seen == ["/help", "@Quotewire_Demo_Bot look", "to you"]


async def test_a_blocked_bot_is_told(client: Client, server: BotApiServer, user: User) -> None:
    """Blocking makes a my_chat_member update from member to kicked, and silences the person."""
    server.block(user)
    server.send_text(user, user, "still there?")
    [update] = await client.result("getUpdates")
    change = update["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")


async def test_members_and_administrators(client: Client, server: BotApiServer, user: User) -> None:
    """The first member is the creator; administrators are listed; a leaver is gone."""
    group = server.add_group("Newsroom", user, server.add_user("Petro"), supergroup=True, username="newsroom")
    [creator] = await client.result("getChatAdministrators", chat_id=group.id)
    assert (creator["status"], creator["user"]["id"]) == ("creator", user.id)
    assert await client.result("getChatMemberCount", chat_id="@newsroom") == 3
    member = await client.result("getChatMember", chat_id=group.id, user_id=server.world.bot.id)
    assert member["status"] == "member"
    await client.result("leaveChat", chat_id=group.id)
    assert await client.refusal("getChat", chat_id=group.id) == "Forbidden: bot is not a member of the supergroup chat"
