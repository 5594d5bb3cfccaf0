"""What is held on a chat is shown to it, and forgotten when it asks for that."""

import pytest

from tests.handlers.conftest import World
from tests.handlers.test_opml import sent_file

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_everything_is_deleted_after_a_question(world: World) -> None:
    """Subscriptions, settings, what was saved: all is gone after the second tap, and nothing of it before."""
    user, other = world.telegram.add_user(language="ru"), world.telegram.add_user()
    await world.ask(user, "/subscribe Harbours of Lviv")
    await world.ask(other, "/subscribe Harbours of Lviv")
    (preview,) = await world.ask(user, "/subscribe my secret -query")
    await world.press(preview, "Подписаться")
    await world.telegram.wait_for(lambda: preview.text.startswith("✓"))
    privacy = world.services.store.privacy
    assert len((await privacy.held(user.id))["subscriptions"]) == 2
    (question,) = await world.ask(user, "/delete_me")
    assert question.text.startswith("Удалить всё")
    assert len((await privacy.held(user.id))["subscriptions"]) == 2
    await world.press(question, "Удалить всё")
    await world.telegram.wait_for(lambda: question.text.startswith("Всё удалено."))
    assert not any((await privacy.held(user.id)).values())
    assert len((await privacy.held(other.id))["subscriptions"]) == 1


async def test_only_admins_delete_what_a_group_has(world: World) -> None:
    """A member can neither ask nor confirm."""
    admin, member = world.telegram.add_user("Admin"), world.telegram.add_user("Member")
    group = world.telegram.add_group("Keepers", admin, member)
    await world.ask(admin, "/subscribe war", group)
    assert (await world.ask(member, "/delete_me", group))[
        0
    ].text == "In a group only its admins choose what it follows."
    (question,) = await world.ask(admin, "/delete_me", group)
    assert await world.press(question, "Delete everything", member) == (
        "In a group only its admins choose what it follows."
    )
    assert len((await world.services.store.privacy.held(group.id))["subscriptions"]) == 1


async def test_cancel_deletes_nothing(world: World) -> None:
    """Cancel under the question changes nothing and says so."""
    user = world.telegram.add_user()
    await world.ask(user, "/subscribe war")
    (question,) = await world.ask(user, "/delete_me")
    await world.press(question, "Cancel")
    await world.telegram.wait_for(lambda: question.text.startswith("Nothing was changed."))
    assert len((await world.services.store.privacy.held(user.id))["subscriptions"]) == 1


async def test_an_export_holds_nothing_of_another_chat(world: World) -> None:
    """A person gets what is held on that person alone; in a group only who answers for it gets more than its feeds."""
    telegram = world.telegram
    other, asking = telegram.add_user("Other", user_id=7_394_550_118), telegram.add_user("Asking")
    await world.ask(other, "/subscribe Lighthouses of Odesa")
    await world.ask(asking, "/subscribe Harbours of Lviv")
    *_, everything = await world.ask(asking, "/export", count=2)
    held = sent_file(world, everything).decode()
    assert "Harbours of Lviv" in held
    assert "Lighthouses" not in held
    assert str(other.id) not in held
    admin, member = telegram.add_user("Admin"), telegram.add_user("Member")
    group = telegram.add_group("Sailors", admin, member)
    await world.ask(admin, "/subscribe Lighthouses of Odesa", group)
    before = len(telegram.bot_messages(group))
    await world.ask(member, "/export", group)
    await world.ask(admin, "/help", group)
    assert not any(message.content.media for message in telegram.bot_messages(group)[before:])
