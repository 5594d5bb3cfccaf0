"""The operator's screens: feeds that are slow, that fail, that are blocked; one feed; what went wrong lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from bot.incidents import Incident
from bot.messages import callbacks, times
from bot.messages.catalogue import Words, sentence
from bot.messages.markup import MESSAGE_LIMIT, cut, escape, visible
from bot.messages.paging import Block, fitting, joined, room_after
from bot.messages.reader import Reader
from bot.models import Button, Message

_NAME_LIMIT = 60
_ROW = 5


class Section(IntEnum):
    """The operator's screens; the numbers stand in buttons of old messages and must keep their meaning."""

    OVERVIEW = 0
    SLOWEST = 1
    FAILING = 2
    BLOCKED = 3
    ERRORS = 4
    FEED = 5  # with its number
    SWITCH = 6  # block it or let it in again; with its number
    FOUND = 7  # feeds that were searched for


@dataclass(frozen=True)
class WatchedFeed:
    """A feed as the operator sees it.

    Attributes:
        feed_id: the store's.
        name: as people see it.
        url: where it is asked for.
        seconds: how long its server takes; None where unknown.
        failures: polls that failed in a row.
        failing_since: since when.
        error: why the last one failed.
        polled: when it was asked last.
        blocked: whether it is blocked.
    """

    feed_id: int
    name: str
    url: str
    seconds: float | None
    failures: int
    failing_since: datetime | None
    error: str
    polled: datetime | None
    blocked: bool


_TITLES = {
    Section.SLOWEST: sentence("The slowest feeds"),
    Section.FAILING: sentence("Feeds that fail, with the number of failures:"),
    Section.BLOCKED: sentence("Blocked sources"),
    Section.FOUND: sentence("Which of these?"),
}


_STATES = {
    "active": sentence("active"),
    "blocked": sentence("blocked"),
    "deactivated": sentence("deactivated"),
    "kicked": sentence("kicked"),
    "muted": sentence("where I may not write"),
    "banned": sentence("banned"),
    "closed": sentence("closed topics"),
    "well": sentence("well"),
    "failing": sentence("failing"),
    "ended": sentence("ended"),
    "quiet": sentence("not pushed (read when somebody asks)"),
    "unread": sentence("waiting to be read"),
    "read": sentence("read"),
    "failed": sentence("failed"),
    "pending": sentence("pending"),
    "claimed": sentence("being sent"),
    "sent": sentence("sent"),
    "unsettled": sentence("without Telegram's answer"),
    "cancelled": sentence("cancelled"),
    "held": sentence("held for later"),
    "folding": sentence("being gathered into a digest"),
    "skipped": sentence("not wanted by their chats"),
}
"""What chats, feeds, stories and deliveries are counted by (bot.store.census)."""


def counted(counts: Mapping[str, int], words: Words) -> str:
    """Return numbers with what they count: "active 2, blocked 1"."""
    named = [f"{words.say(_STATES.get(state, state))} {number}" for state, number in sorted(counts.items())]
    return ", ".join(named) or "0"


def sections(words: Words) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons that lead to the screens."""
    return (
        (
            _to("🐢 " + words.say("Slow"), Section.SLOWEST),
            _to("⚠ " + words.say("Failing"), Section.FAILING),
        ),
        (
            _to("🧾 " + words.say("Last errors"), Section.ERRORS),
            _to("⛔ " + words.say("Blocked"), Section.BLOCKED),
        ),
        (_to("↻ " + words.say("Refresh"), Section.OVERVIEW),),
    )


def render_feeds(section: Section, feeds: Sequence[WatchedFeed], reader: Reader) -> Message:
    """Return a list of feeds, each of which opens.

    Args:
        section: which list it is.
        feeds: in their order.
        reader: the operator.
    """
    words = reader.words
    lines = [f"{number}. {_line(section, feed, words)}" for number, feed in enumerate(feeds, 1)]
    if not lines:
        lines = [escape(words.say("None."))]
    if section is Section.BLOCKED:
        hint = words.say("To block a source: /admin block <name or address>")
        lines.append("\n" + escape(hint))
    numbers = [_to(str(number), Section.FEED, feed.feed_id) for number, feed in enumerate(feeds, 1)]
    rows = [tuple(numbers[start : start + _ROW]) for start in range(0, len(numbers), _ROW)]
    heading = f"<b>{escape(words.say(_TITLES[section]))}</b>"
    return Message("\n".join([heading, *lines]), buttons=(*rows, _back(words)))


def render_feed(feed: WatchedFeed, followers: int, reader: Reader) -> Message:
    """Return all about one feed, and the button that blocks it or lets it in again."""
    words = reader.words
    lines = [
        f'<b><a href="{escape(feed.url)}">{escape(_name(feed))}</a></b>',
        escape(words.plural("{number} chat follows it.", "{number} chats follow it.", followers)),
    ]
    if feed.polled:
        when = times.moment(feed.polled, words, reader.zone, reader.now)
        lines.append(escape(words.say("Last asked: {time}", time=when)))
    if feed.seconds is not None:
        lines.append(escape(words.say("Answers within {seconds} s", seconds=f"{feed.seconds:.2f}")))
    if feed.failures and feed.failing_since:
        since = times.moment(feed.failing_since, words, reader.zone, reader.now)
        said = words.plural(
            "⚠ {number} failure since {time}: {error}",
            "⚠ {number} failures since {time}: {error}",
            feed.failures,
            time=since,
            error=feed.error or "?",
        )
        lines.append(escape(said))
    if feed.blocked:
        lines.append("⛔ " + escape(words.say("Blocked: it is no longer asked, and its links are not read.")))
    switch = "✓ " + words.say("Unblock") if feed.blocked else "⛔ " + words.say("Block")
    return Message("\n".join(lines), buttons=((_to(switch, Section.SWITCH, feed.feed_id),), _back(words)))


def render_incidents(incidents: Sequence[Incident], reader: Reader) -> Message:
    """Return what went wrong lately, the newest first."""
    words = reader.words
    title = words.say("Last errors")
    head: list[Block] = [(title, f"<b>{escape(title)}</b>")]
    blocks = [_incident(one, reader) for one in incidents]
    if not blocks:
        said = words.say("None.")
        blocks = [(said, escape(said))]
    shown = [*head, *fitting(blocks, room_after(head, MESSAGE_LIMIT), in_order=True)]
    again = _to("↻ " + words.say("Refresh"), Section.ERRORS)
    return Message(joined(shown), buttons=((again,), _back(words)))


def _incident(one: Incident, reader: Reader) -> Block:
    sign = "⚠" if one.level == "WARNING" else "✖"
    when = times.moment(one.at, reader.words, reader.zone, reader.now)
    often = f" ×{one.times}" if one.times > 1 else ""
    head, words = f"{sign} {when}{often} · {one.part}", visible(one.words)
    return f"{head}\n{words}", f"{sign} <b>{escape(when)}</b>{often} · {escape(one.part)}\n{escape(words)}"


def _line(section: Section, feed: WatchedFeed, words: Words) -> str:
    name = f'<a href="{escape(feed.url)}">{escape(_name(feed))}</a>'
    match section:
        case Section.SLOWEST:
            return f"{name} — " + escape(words.say("{seconds} s", seconds=f"{feed.seconds or 0:.2f}"))
        case Section.FAILING:
            return f"{name} — {feed.failures}, {escape(feed.error or '?')}"
    return name


def _name(feed: WatchedFeed) -> str:
    return cut(visible(feed.name) or feed.url, _NAME_LIMIT)


def _to(text: str, section: Section, *numbers: int) -> Button:
    return Button(text, data=callbacks.pack(callbacks.ADMIN, section, *numbers))


def _back(words: Words) -> tuple[Button, ...]:
    return (_to("‹ " + words.say("Back"), Section.OVERVIEW),)
