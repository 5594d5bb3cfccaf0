"""What is new is pushed once; what is old, never."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.feed_values import KnownFeed, NewReason
from bot.feeds.decide import decide
from bot.models import Entry
from tests.feeds.memory import FeedMemory

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def story(number: int, **changes: object) -> Entry:
    """Return a made-up entry; a higher number is newer by ten minutes."""
    entry = Entry(
        guid=f"https://example.org/?p={number}",
        url=f"https://example.org/news/{number}/",
        title=f"Minister number {number} says something new",
        published=NOW + timedelta(minutes=10 * number),
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def followed(*entries: Entry) -> FeedMemory:
    """Return the memory of a feed that showed these entries when it was first read."""
    memory = FeedMemory()
    memory.read(entries, NOW)
    return memory


def titles(memory: FeedMemory) -> list[str]:
    """Return the titles pushed."""
    return [entry.title for entry in memory.pushed]


def test_the_first_document_is_backlog() -> None:
    """A new follower is not flooded: nothing of what a feed shows at first is pushed, all of it is known."""
    decision = decide(KnownFeed(), [story(2), story(1)], NOW, cap=10)
    assert [(new.entry.title, new.reason) for new in decision.new] == [
        (story(1).title, NewReason.BACKLOG),
        (story(2).title, NewReason.BACKLOG),
    ]


def test_news_come_oldest_first() -> None:
    """Pushes follow the order of events, though feeds are newest first."""
    memory = followed(story(1))
    memory.read([story(3), story(2), story(1)], NOW)
    assert titles(memory) == [story(2).title, story(3).title]


@pytest.mark.parametrize(
    "change",
    [
        {"guid": "other"},
        {"guid": ""},
        {"url": "http://example.org/news/1/"},
        {"url": "https://example.org/news/1/?utm_source=rss&fbclid=x"},
        {"url": "https://example.org/news/1"},
        {"url": "https://example.org/moved/1/"},
        {"title": "Another headline altogether now"},
        {"title": "MINISTER  number 1 says: «something new»!"},
        {"published": NOW + timedelta(days=1)},
        {"guid": "other", "title": "Another headline altogether now"},
        {"guid": "other", "url": "https://mirror.example/a/b"},
        {"guid": "other", "url": "https://example.org/news/1/?utm_campaign=a", "published": None},
        {"url": "https://example.org/another-slug", "title": "Another headline altogether now"},
    ],
    ids=str,
)
def test_a_known_entry_in_another_coat(change: dict[str, object]) -> None:
    """Guid, URL or text: one that stayed is enough to know an entry again."""
    memory = followed(story(2), story(1))
    memory.read([story(2), story(1, **change)], NOW)
    assert titles(memory) == []


def test_a_changed_text_is_stored_not_pushed() -> None:
    """An edited headline updates its entry."""
    memory = followed(story(1))
    decision = memory.read([story(1, title="Corrected")], NOW)
    assert [changed.entry.title for changed in decision.changed] == ["Corrected"]
    assert not decision.new
    assert memory.read([story(1, title="Corrected")], NOW).is_empty


def test_punctuation_is_no_change() -> None:
    """A comma more is no reason to write."""
    assert followed(story(1)).read([story(1, title="Minister number 1, says something new.")], NOW).is_empty


def test_an_empty_hour() -> None:
    """A document without entries forgets nothing and pushes nothing, then or later."""
    memory = followed(story(1))
    assert memory.read([], NOW).is_empty
    memory.read([story(2), story(1)], NOW)
    assert titles(memory) == [story(2).title]


def test_a_feed_that_was_empty_when_it_was_added() -> None:
    """What is older than the first reading is backlog even if it shows later; what is newer is news."""
    memory = followed()
    memory.read([story(1), story(-1), story(5, published=None)], NOW)
    assert titles(memory) == [story(1).title]


def test_archives_shown_again() -> None:
    """A site that republishes its archives floods nobody, whether they are from before or after the feed was added."""
    memory = followed(story(1))
    month = 30 * 24 * 6
    memory.read([story(month), story(1)], NOW + timedelta(days=30))
    decision = memory.read(
        [story(number, url=f"https://example.org/a/{number}") for number in range(-500, 500, 100)],
        NOW + timedelta(days=30),
    )
    assert {new.reason for new in decision.new} == {NewReason.BACKLOG, NewReason.ARCHIVE}
    assert titles(memory) == [story(month).title]


def test_a_longer_document() -> None:
    """A feed that shows more of its past than at first pushes none of it."""
    memory = followed(story(5), story(4))
    memory.known = replace(memory.known, first_read=NOW + timedelta(hours=2))
    memory.read([story(5), story(4), story(3), story(2)], NOW)
    assert titles(memory) == []


def test_an_hour_late_is_not_an_archive() -> None:
    """A story that its site dates back by some hours is pushed."""
    memory = followed(story(10), story(0))
    memory.read([story(10), story(5), story(0)], NOW)
    assert titles(memory) == [story(5).title]


def test_a_date_in_the_far_future_hides_no_news() -> None:
    """One entry dated 2099 does not make all others archives."""
    memory = followed(story(1, published=datetime(2099, 1, 1, tzinfo=UTC)))
    memory.read([story(2)], NOW)
    assert titles(memory) == [story(2).title]


def test_after_an_outage() -> None:
    """Of many new entries the newest are pushed; how many were left out is said."""
    memory = followed(story(0))
    decision = memory.read([story(number) for number in range(50, -1, -1)], NOW + timedelta(days=3), cap=10)
    assert titles(memory) == [story(number).title for number in range(41, 51)]
    assert decision.left_out == 40
    assert memory.read([story(number) for number in range(50, -1, -1)], NOW + timedelta(days=3), cap=10).left_out == 0


def test_one_guid_for_all() -> None:
    """A feed whose entries all have the same guid is read by its links."""
    memory = followed(story(1, guid="1"), story(0, guid="1"))
    memory.read([story(2, guid="1"), story(1, guid="1"), story(0, guid="1")], NOW)
    assert titles(memory) == [story(2).title]


def test_guids_that_are_positions() -> None:
    """A feed that numbers its entries anew each time is read by its links; even when all of them are new."""
    memory = followed(story(2, guid="1"), story(1, guid="2"))
    memory.read([story(3, guid="1"), story(2, guid="2")], NOW)
    memory.read([story(5, guid="1"), story(4, guid="2")], NOW)
    assert titles(memory) == [story(number).title for number in (3, 4, 5)]


def test_one_link_for_all() -> None:
    """A feed whose entries all lead to one page is read by its guids."""
    memory = followed(story(1, url="https://example.org/live"), story(0, url="https://example.org/live"))
    for newest in (2, 3):
        memory.read([story(number, url="https://example.org/live") for number in range(newest, -1, -1)], NOW)
    assert titles(memory) == [story(2).title, story(3).title]


def test_one_entry_linked_to_the_front_page() -> None:
    """A front page is nobody's own address."""
    memory = followed(story(1, url="https://example.org/"))
    memory.read([story(2, url="https://example.org/")], NOW)
    assert titles(memory) == [story(2).title]


def test_a_headline_that_comes_back() -> None:
    """The same words on another day are another piece of news; at the same moment under another name, the same."""
    alert = story(1, title="Air raid alert in Kyiv")
    memory = followed(alert)
    again = story(2, title="Air raid alert in Kyiv", published=NOW + timedelta(days=1))
    memory.read([again, alert], NOW + timedelta(days=1))
    memory.read([replace(again, guid="x", url="https://example.org/x"), alert], NOW + timedelta(days=1))
    assert len(memory.pushed) == 1


def test_one_entry_shown_twice() -> None:
    """An entry listed under two rubrics is pushed once."""
    memory = followed(story(1))
    memory.read(
        [story(2), story(2), story(2, guid="again"), story(2, guid="x", url="https://example.org/y"), story(1)], NOW
    )
    assert titles(memory) == [story(2).title]


def test_keys_do_not_pile_up() -> None:
    """A feed that flips its guids at every poll and counts comments in its texts does not fill the database."""
    memory = followed(story(1))
    for number in range(100):
        memory.read([story(1, guid=f"flip {number}", summary=f"{number} comments")], NOW)
    assert len(memory.known.entries) == 1
    assert len(memory.known.entries[0].keys) <= 12


class RestlessFeed(RuleBasedStateMachine):
    """A feed that does all that feeds do, and one follower who must get each piece of news once.

    Of guid, URL and text at least one stays the same between two readings that show the entry; with fewer nobody could
    know it again.
    """

    def __init__(self) -> None:
        super().__init__()
        self.memory = FeedMemory()
        self.now = NOW
        self.items: dict[int, dict[str, int]] = {}  # number → the version of its guid, URL and text
        self.changed: dict[int, set[str]] = {}  # since it was last shown to the poller
        self.shown = 10
        self.scheme, self.tracking, self.turned, self.empty = "https", "", False, False
        self.due: set[int] = set()  # numbers that must have been pushed
        self.old: set[int] = set()
        for _ in range(5):
            self.publish(1)

    @rule(count=st.integers(1, 6))
    def publish(self, count: int) -> None:
        """Publish some stories, seven minutes apart."""
        for _ in range(count):
            self.now += timedelta(minutes=7)
            number = len(self.items)
            self.items[number] = {"guid": 0, "url": 0, "text": 0, "minute": int(self.now.timestamp()) // 60}
            self.changed[number] = set()

    def _can_change(self, kind: str) -> bool:
        return all(len(kinds | {kind}) < 3 for kinds in self.changed.values())

    def _change_all(self, kind: str) -> None:
        for number, item in self.items.items():
            item[kind] += 1
            self.changed[number].add(kind)

    @precondition(lambda self: self._can_change("guid"))
    @rule()
    def flip_guids(self) -> None:
        """Give every entry another guid."""
        self._change_all("guid")

    @precondition(lambda self: self._can_change("url"))
    @rule()
    def move_all_pages(self) -> None:
        """Give every page another address."""
        self._change_all("url")

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        """Rewrite one headline."""
        number = data.draw(st.sampled_from(sorted(self.items)))
        if len(self.changed[number] | {"text"}) < 3:
            self.items[number]["text"] += 1
            self.changed[number].add("text")

    @rule(
        scheme=st.sampled_from(["http", "https"]),
        tracking=st.sampled_from(["", "?utm_source=rss", "?fbclid=1&utm_id=2"]),
    )
    def rewrite_links(self, scheme: str, tracking: str) -> None:
        """Change the scheme and the tracking parameters of all links."""
        self.scheme, self.tracking = scheme, tracking

    @rule(turned=st.booleans())
    def reorder(self, turned: bool) -> None:
        """Turn the document round."""
        self.turned = turned

    @rule(empty=st.booleans())
    def serve_nothing(self, empty: bool) -> None:
        """Have an empty document for a while."""
        self.empty = empty

    @rule(shown=st.integers(3, 40))
    def show_more_or_fewer(self, shown: int) -> None:
        """Change how many entries the document holds."""
        self.shown = shown

    @rule()
    def read(self) -> None:
        """Let the bot read the document."""
        self.now += timedelta(minutes=5)
        numbers = [] if self.empty else sorted(self.items, reverse=True)[: self.shown]
        first = self.memory.known.first_read is None
        self.memory.read(self._document(numbers), self.now)
        for number in numbers:
            self.changed[number].clear()
        if first:
            self.old |= set(self.items)
        self.due |= set(numbers) - self.old

    def _document(self, numbers: list[int]) -> list[Entry]:
        return [self._entry(number) for number in (numbers[::-1] if self.turned else numbers)]

    def _entry(self, number: int) -> Entry:
        item = self.items[number]
        return Entry(
            guid=f"guid-{number}-{item['guid']}",
            url=f"{self.scheme}://example.org/v{item['url']}/{number}/{self.tracking}",
            title=f"[{number}] A headline of some length in its version {item['text']}",
            published=datetime.fromtimestamp(item["minute"] * 60, UTC),
        )

    @invariant()
    def each_piece_of_news_once_and_no_backlog(self) -> None:
        """Exactly what was published after the first reading, and shown, was pushed; each once."""
        numbers = [int(entry.title[1:].partition("]")[0]) for entry in self.memory.pushed]
        assert sorted(numbers) == sorted(self.due)


RestlessFeed.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestRestlessFeed = RestlessFeed.TestCase
