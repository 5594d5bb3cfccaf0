"""`quotewire who`: from a number to what logs show, and back."""

import re
from pathlib import Path

from bot.hashed_ids import hashed, use_key
from bot.store import Store
from tests.commands.run import quotewire
from tests.store.news import article, follower, publish, tag


async def test_a_chats_hash_leads_back_to_it(tmp_path: Path) -> None:
    """The operator asks for a chat's number, finds its hash, and from the hash the chat; every run says the same."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    async with Store(url) as store:
        await store.migrate()
        await follower(store, 7391845206, tag("war"))
    asked = quotewire("who", "7391845206", database_url=url)
    (name,) = re.findall(r"\b[0-9a-f]{12}\b", asked.stdout)
    assert f"{name} is the chat or person 7391845206." in quotewire("who", name, database_url=url).stdout
    assert "not met" in quotewire("who", "5", database_url=url).stdout


async def test_another_instance_has_other_hashes(tmp_path: Path) -> None:
    """Whoever runs an instance of their own cannot look up what another's log means."""
    said = []
    for name in ("one.db", "two.db"):
        url = f"sqlite+aiosqlite:///{tmp_path / name}"
        async with Store(url) as store:
            await store.migrate()
        said.append(quotewire("who", "7391845206", database_url=url).stdout)
    assert said[0] != said[1]


async def test_a_storys_hash_leads_to_it(tmp_path: Path) -> None:
    """A story is found by the hash that a log shows; what is no hash of anything ends with status 1."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    async with Store(url) as store:
        await store.migrate()
        await publish(store, article(1, tags=["war"]))
        use_key(await store.keys.get("log"))
        (number,) = await store.stories.numbers()
    found = quotewire("who", hashed("story", number), database_url=url)
    assert f"the story {number}: " in found.stdout
    nothing = quotewire("who", "0123456789ab", database_url=url)
    assert (nothing.returncode, "Nothing is known" in nothing.stdout) == (1, True)
