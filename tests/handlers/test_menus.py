"""The commands that people find in the menu, in each kind of chat and each language."""

from collections.abc import Mapping

import pytest

from bot.messages.catalogue import words_in
from bot.playground.bot_api import Chat, User
from handlers import menu
from tests.handlers.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHOOSING = {"subscribe", "unsubscribe", "sources", "add", "settings", "language", "import", "export", "delete_me"}
READING = {"help", "read", "recent", "subscriptions", "search", "saved"}
OF_OPERATORS = {"admin", "broadcast"}


def found(world: World, user: User, chat: Chat) -> Mapping[str, str]:
    """Return the menu that a person finds in a chat: commands with their descriptions."""
    seen = world.telegram.world.profile.commands_for(world.telegram.world.viewer(user, chat))
    return {each["command"]: each["description"] for each in seen}


@pytest.mark.parametrize("language", ["en", "uk", "ru", "de"])
async def test_each_kind_of_chat_has_its_menu(world: World, language: str) -> None:
    """In private everything; in a group members find what reads, admins what chooses too; each in their language."""
    owner, member = world.telegram.add_user(language=language), world.telegram.add_user(language=language)
    group = world.telegram.add_group("Newsroom", owner, member)
    alone = found(world, owner, world.telegram.private_chat(owner))
    assert alone.keys() >= CHOOSING | READING | {"invite"}
    assert not alone.keys() & OF_OPERATORS
    assert found(world, member, group).keys() >= READING
    assert not found(world, member, group).keys() & (CHOOSING | OF_OPERATORS | {"invite"})
    assert found(world, owner, group).keys() >= READING | CHOOSING
    assert not found(world, owner, group).keys() & (OF_OPERATORS | {"invite"})
    words, described = words_in(language), menu()
    for shown in (alone, found(world, member, group), found(world, owner, group)):
        assert dict(shown) == {name: words.say(described[name]) for name in shown}


async def test_what_is_done_most_stands_first(world: World) -> None:
    """Nobody looks for /subscribe below /import."""
    user = world.telegram.add_user()
    assert next(iter(found(world, user, world.telegram.private_chat(user)))) == "subscribe"
