"""What may be followed: understanding what a person asks for, and the stories that it would have brought."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from urllib.parse import urlsplit

from bot.following import Wish, read_wish
from bot.messages.catalogue import Words
from bot.messages.lists import Headline
from bot.messages.previews import render_preview
from bot.models import Message, Topic, TopicKind
from bot.queries import MAX_QUERY_LENGTH, parse_query
from bot.services import Services
from bot.store import Chat, FeedRow
from bot.store import Headline as StoredHeadline
from bot.topics import MAX_TOPIC_LENGTH, topic_key
from bot.urls import same_site
from handlers.visits import Visit, reader_of

PREVIEWED = 3
"""Stories of a preview. Source: the product's plan; three show whether a topic is the one that was meant."""

_ADDRESS = re.compile(r"^(?:https?://\S+|[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?)$", re.IGNORECASE)
_NAMED_LIKE = 3  # letters of a source's name at least, where a part of it is to find it
_SIMILAR = 0.7


def wish_of(text: str) -> Wish:
    """Return what a person wants to follow; an address that stands alone means its source."""
    wish = read_wish(text)
    if not wish.named and _ADDRESS.match(wish.text):
        return Wish(TopicKind.SOURCE, wish.text)
    return wish


def full_address(text: str) -> str:
    """Return a web address with its scheme, "" for a text that is none."""
    if not _ADDRESS.match(text):
        return ""
    return text if "://" in text else f"https://{text}"


def unfit(wish: Wish, topic: Topic, words: Words) -> str:
    """Return the sentence that says why a topic cannot be followed, "" where it can."""
    if not topic.key:
        if wish.kind is TopicKind.QUERY:
            return words.say('Name at least one word to look for: /subscribe drone -football "North Korea"')
        return words.say("Which topic? For example: /subscribe North Korea")
    limit = MAX_QUERY_LENGTH if topic.kind is TopicKind.QUERY else MAX_TOPIC_LENGTH
    if topic.kind is not TopicKind.SOURCE and len(topic.key) > limit:
        return words.say("That is too long for a topic: it has {limit} characters at most.", limit=limit)
    return ""


async def stories_of(
    services: Services, chat: Chat, topic: Topic, *, limit: int, offset: int = 0
) -> Sequence[Headline]:
    """Return the stories that a topic has, or would have brought to a chat, newest first."""
    if topic.kind is TopicKind.QUERY:
        query = parse_query(topic.key)
        found = await services.store.search.stories(query, chat_id=chat.id, limit=limit, offset=offset)
    else:
        found = await services.store.stories.recent(topic, chat_id=chat.id, limit=limit, offset=offset)
    return headlines(found)


def headlines(found: Sequence[StoredHeadline]) -> list[Headline]:
    """Return stored stories as a list shows them."""
    return [
        Headline(item.story_id, item.title, item.url, item.source, item.published or item.seen_at) for item in found
    ]


async def preview(services: Services, here: Visit, topic: Topic, meant: Sequence[tuple[int, Topic]] = ()) -> Message:
    """Return the message that shows what a topic would bring, with the buttons to follow it or not."""
    topic_id = await services.store.topics.ensure(topic)
    stories = await stories_of(services, here.chat, topic, limit=PREVIEWED)
    return render_preview(topic, topic_id, stories, meant, await reader_of(here.chat, services))


async def near_misses(services: Services, topic: Topic) -> list[tuple[int, Topic]]:
    """Return what may have been meant by a topic that no story has; none where one has it."""
    if topic.kind in {TopicKind.QUERY, TopicKind.SOURCE} or await services.store.topics.is_known(topic):
        return []
    return await services.store.topics.near(topic)


async def sources_like(services: Services, chat: Chat, name: str) -> tuple[list[FeedRow], list[FeedRow]]:
    """Find sources by a name, a slug or an address.

    Args:
        services: the house.
        chat: who asks; feeds that other chats added are not shown to it.
        name: as typed.

    Returns:
        The feeds that the name fits, and those whose names look like it.
    """
    followed = await services.store.subscriptions.topic_ids(chat.id)
    feeds = [feed for feed in await services.store.feeds.list() if feed.slug or feed.topic_id in followed]
    wanted, address = topic_key(name), full_address(name)
    exact = [feed for feed in feeds if _fits(feed, wanted, address)]
    if exact or address:
        return exact, []
    part = [feed for feed in feeds if len(wanted) >= _NAMED_LIKE and wanted in topic_key(feed.name)]
    names = {topic_key(feed.name): feed for feed in feeds}
    close = [names[key] for key in get_close_matches(wanted, list(names), n=PREVIEWED, cutoff=_SIMILAR)]
    return [], list({feed.id: feed for feed in [*close, *part]}.values())[:PREVIEWED]


def _fits(feed: FeedRow, wanted: str, address: str) -> bool:
    if address == feed.url or wanted in {topic_key(feed.name), topic_key(feed.slug or "")}:
        return True
    # A path names one of a site's feeds; only the site's own address means all of it.
    whole_site = bool(address) and urlsplit(address).path in {"", "/"}
    return whole_site and same_site(address, feed.site_url or feed.url)
