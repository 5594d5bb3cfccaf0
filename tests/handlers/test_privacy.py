"""What is held on a chat is shown to it, and forgotten when it asks for that."""

import pytest

from tests.handlers.conftest import World

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
