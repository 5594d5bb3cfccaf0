"""A chat's feeds from and to a list that other readers understand (OPML).

A folder is no topic that the chat would follow without being asked: "Tech" would bring the news of every source about
it. The folders are kept with the subscriptions, so that an export groups the feeds as the import did, and their names
are given back to be offered as topics.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.feeds import opml
from bot.feeds.opml import Outline, OutlineFeed
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        added: feeds that the chat follows from now on.
        known: feeds of the list that it followed before.
        folders: the names of the list's folders, each once, in order.
    """

    added: int
    known: int
    folders: tuple[str, ...] = ()


async def import_feeds(
    store: Store, chat_id: int, outline: Outline, show: Callable[[int, int], object] = lambda _done, _all: None
) -> Imported:
    """Let a chat follow all feeds of a list.

    The feeds are not asked for here; one that does not exist tells its followers as any that has failed for a day.

    Args:
        store: the database.
        chat_id: our number of the chat.
        outline: the list; a feed that is there twice counts once, in its first folder.
        show: called with the feeds added so far and how many there are.
    """
    wanted: dict[str, OutlineFeed] = {}
    for feed in outline.feeds:
        wanted.setdefault(feed.url, feed)
    added: list[bool] = []
    for feed in wanted.values():
        added.append(await _follow(store, chat_id, feed))
        show(len(added), len(wanted))
    folders = dict.fromkeys(name for feed in outline.feeds for name in feed.folders)
    return Imported(added.count(True), added.count(False), tuple(folders))


async def export_feeds(store: Store, chat_id: int, title: str, now: datetime) -> tuple[bytes, int]:
    """Return the feeds that a chat follows as an OPML file, and how many they are.

    Args:
        store: the database.
        chat_id: our number of the chat.
        title: the list's name.
        now: an aware moment.
    """
    followed = await store.feeds.followed(chat_id)
    feeds: Sequence[OutlineFeed] = [
        OutlineFeed(one.feed.url, one.feed.name, one.folders, one.feed.site_url) for one in followed
    ]
    return opml.write(title, feeds, now), len(feeds)


async def _follow(store: Store, chat_id: int, wanted: OutlineFeed) -> bool:
    # What the list says about the feed is one person's word; others who follow the feed would see it too.
    feed = await store.feeds.get(await store.feeds.ensure(wanted.url))
    return feed is not None and await store.subscriptions.add(chat_id, feed.topic, folders=wanted.folders)
