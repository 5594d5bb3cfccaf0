"""`quotewire reindex`: stories that the full-text index does not have are found again."""

from sqlalchemy import text

from bot.feed_values import NewReason
from bot.queries import parse_query
from bot.store import Store
from tests.commands.run import quotewire
from tests.store.news import add_feed, article, new, poll, publish


async def _found(store: Store, words: str) -> list[str]:
    return [story.url.rsplit("/", 1)[1] for story in await store.search.stories(parse_query(words))]


async def test_what_the_index_does_not_have_is_found_again(database_url: str) -> None:
    """By what its page says where that was read, else by its feed's words; what is there already stays as it is."""
    async with Store(database_url) as store:
        feed_id = await add_feed(store)
        await publish(store, article(1), article(2))
        await poll(store, feed_id, *(new(number, NewReason.BACKLOG, title="Otters") for number in range(3, 123)))
        both = await _found(store, "story"), await _found(store, "otters")
        assert both[0] == ["2", "1"]
        number = "rowid" if database_url.startswith("sqlite") else "story_id"
        async with store._database.write() as connection:
            await connection.execute(text(f"DELETE FROM story_words_fts WHERE {number} <> 2"))  # noqa: S608  ours
        assert await _found(store, "otters") == []
        done = quotewire("reindex", database_url=database_url)
        assert done.returncode == 0, done.stderr
        assert "121 stories were missing in the index." in done.stdout
        assert (await _found(store, "story"), await _found(store, "otters")) == both
        again = quotewire("reindex", database_url=database_url)
        assert "No story was missing in the index." in again.stdout
