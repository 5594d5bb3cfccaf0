"""Plain headline lists become feeds: every time gets its day."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FeedError
from bot.feeds.headlines import read_headline_page, read_headlines
from bot.reading.sites import HeadlineRule, SiteRule, rule_for

KYIV = ZoneInfo("Europe/Kyiv")
NEWS = "https://www.pravda.com.ua/eng/news/"
RULE = SiteRule(
    slug="example",
    domains=("example.org",),
    time_zone="Europe/Kyiv",
    headlines=HeadlineRule(item=".row", time=".at", link="a", day=".day"),
)


def page(*rows: str) -> str:
    """Return a list of times ("19:02") and day headings ("# 28 December")."""
    parts = []
    for number, row in enumerate(rows):
        if row.startswith("# "):
            parts.append(f'<h2 class="day">{row[2:]}</h2>')
        else:
            parts.append(f'<div class="row"><b class="at">{row}</b><a href="/story/{number}">Story {number}</a></div>')
    return f"<html><body><ul>{''.join(parts)}</ul></body></html>"


def moments(now: str, *rows: str, url: str = "https://example.org/news") -> list[str]:
    """Return the local moments read from such a list at a local moment."""
    feed = read_headlines(page(*rows), url, RULE, datetime.fromisoformat(now))
    return [entry.published.astimezone(KYIV).isoformat()[:16] for entry in feed.entries if entry.published]


@pytest.mark.parametrize("name", ["recent.html", "news-2024.html", "news-2026.html"])
def test_recent_news_of_ukrainska_pravda(shared: Path, name: str) -> None:
    """The news page and the block inside articles give the expected headlines with their moments."""
    folder = shared / "sites" / "ukrainska-pravda"
    rule = rule_for(NEWS)
    assert rule is not None
    feed = read_headlines((folder / name).read_bytes(), NEWS, rule, datetime.fromisoformat("2024-12-28T19:10:00+02:00"))
    read = [{"time": e.published.isoformat(), "title": e.title} for e in feed.entries if e.published]
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["recent"]
    assert read[:10] == expected
    assert [row["time"][:10] for row in read[10:]] == (["2024-12-27"] * 3 if name == "recent.html" else [])
    assert (feed.title, feed.language) == ("Ukrainska Pravda", "en")


@pytest.mark.parametrize(
    ("now", "rows", "expected"),
    [
        ("2024-12-28T19:10:00+02:00", ("19:02", "00:40", "23:50"), ("12-28T19:02", "12-28T00:40", "12-27T23:50")),
        ("2024-12-28T00:05:00+02:00", ("23:58", "23:10"), ("12-27T23:58", "12-27T23:10")),
        ("2024-12-28T23:58:00+02:00", ("00:03", "23:50"), ("12-29T00:03", "12-28T23:50")),
        ("2024-12-28T19:10:00+02:00", ("18:04", "18:20", "17:00"), ("12-28T18:04", "12-28T18:20", "12-28T17:00")),
        ("2024-12-28T10:00:00+02:00", ("09:00", "08:00", "09:30"), ("12-28T09:00", "12-28T08:00", "12-27T09:30")),
    ],
    ids=["past midnight", "just after midnight", "the site's clock is ahead", "one out of order", "two mornings"],
)
def test_a_list_without_days(now: str, rows: tuple[str, ...], expected: tuple[str, ...]) -> None:
    """Without headings and dated addresses the order says which day a time belongs to."""
    assert moments(now, *rows) == [f"2024-{moment}" for moment in expected]


@pytest.mark.parametrize("heading", ["28 December", "28 грудня", "28 декабря", "Saturday, 28 December 2024"])
def test_a_day_heading_decides(heading: str) -> None:
    """A heading above the items gives them its day, whatever the present; in three languages."""
    now = datetime.fromisoformat("2025-01-02T12:00:00+02:00")
    feed = read_headlines(page(f"# {heading}", "19:02"), "https://example.org/news", RULE, now)
    assert [str(entry.published) for entry in feed.entries] == ["2024-12-28 19:02:00+02:00"]


def test_a_heading_without_a_day_leaves_it_to_the_order() -> None:
    """Under "Earlier" the list goes on backwards."""
    assert moments("2024-12-28T10:00:00+02:00", "09:00", "# Earlier", "22:00") == [
        "2024-12-28T09:00",
        "2024-12-27T22:00",
    ]


def test_a_date_in_the_address_decides_without_a_heading() -> None:
    """An old page in a cache is not taken for today's."""
    html = '<body><div class="row"><b class="at">19:02</b><a href="/news/2024/12/20/1/">Story</a></div></body>'
    feed = read_headlines(html, "https://example.org/", RULE, datetime(2024, 12, 28, tzinfo=UTC))
    assert str(feed.entries[0].published) == "2024-12-20 19:02:00+02:00"


def test_clocks_set_back() -> None:
    """The hour that comes twice is told apart by the order: 03:55 below 03:20 is the earlier hour's."""
    feed = read_headlines(
        page("04:10", "03:50", "03:20", "03:55", "03:10", "02:59"),
        "https://example.org/",
        RULE,
        datetime.fromisoformat("2024-10-27T09:00:00+02:00"),
    )
    read = [entry.published.astimezone(UTC).strftime("%d %H:%M") for entry in feed.entries if entry.published]
    assert read == ["27 02:10", "27 01:50", "27 01:20", "27 00:55", "27 00:10", "26 23:59"]


def test_clocks_set_forward() -> None:
    """The day with 23 hours loses none of its headlines."""
    feed = read_headlines(
        page("04:10", "02:59"), "https://example.org/", RULE, datetime.fromisoformat("2025-03-30T09:00:00+03:00")
    )
    read = [entry.published.astimezone(UTC).strftime("%d %H:%M") for entry in feed.entries if entry.published]
    assert read == ["30 01:10", "30 00:59"]


@given(
    st.integers(1_672_531_200 // 60, 1_798_761_600 // 60),  # the minutes of the years 2023 to 2026
    st.lists(st.integers(31, 11 * 60), min_size=1, max_size=30),
)
def test_any_list_with_a_headline_every_half_day(start: int, gaps: list[int]) -> None:
    """Whatever midnights and changes of the clock lie in it, a list that runs backwards gets its true moments."""
    now = datetime.fromtimestamp(start * 60, UTC)
    truth, moment = [], now
    for gap in gaps:
        moment -= timedelta(minutes=gap)
        truth.append(moment)
    rows = [moment.astimezone(KYIV).strftime("%H:%M") for moment in truth]
    feed = read_headlines(page(*rows), "https://example.org/", RULE, now)
    assert [entry.published.astimezone(UTC) for entry in feed.entries if entry.published] == truth


def test_what_is_no_list() -> None:
    """A page without its list, a site without a rule, and a document that is no page are no feeds."""
    now = datetime(2024, 12, 28, tzinfo=UTC)
    for body, url in ((b"<html><body><p>Nothing</p></body></html>", NEWS), (b"%PDF-1.7", NEWS), (b"", NEWS)):
        with pytest.raises(FeedError):
            read_headline_page(body, url, now)
    with pytest.raises(FeedError):
        read_headline_page(page("19:02").encode(), "https://no-rule.example/", now)


def test_rows_without_time_or_link_are_left_out() -> None:
    """Advertisements between the headlines are none; a headline shown twice is one."""
    html = (
        page("19:02")
        + '<div class="row"><a href="/ad">Buy</a></div><div class="row"><b class="at">18:00</b></div>'
        + page("19:02")
    )
    feed = read_headlines(html, "https://example.org/", RULE, datetime(2024, 12, 28, 20, tzinfo=UTC))
    assert [entry.title for entry in feed.entries] == ["Story 0"]
