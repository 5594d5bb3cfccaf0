"""Lists of feeds go in and out, and a broken file says where."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds import opml
from bot.feeds.opml import Fault, FaultKind, OutlineFeed
from bot.feeds.text import tidy

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FILE = """<?xml version="1.0" encoding="windows-1251"?>
<opml version="1.0">
  <head><title>Моя подборка</title></head>
  <body>
    <outline text="Новости" title="Новости">
      <outline type="rss" text="УП" xmlUrl="https://www.pravda.com.ua/rss/view_news/" htmlUrl="https://www.pravda.com.ua/"/>
      <outline text="Мир">
        <outline TEXT="BBC" XMLURL="http://feeds.bbci.co.uk/news/world/rss.xml"/>
      </outline>
    </outline>
    <outline type="rss" text="No address" description="x"/>
    <outline type="rss" text="Inside" xmlUrl="file:///etc/passwd"/>
    <outline text="Empty folder"/>
    <outline type="rss" xmlUrl="https://example.org/rss"/>
    <outline type="rss" text="Half a host" xmlUrl="https://[half"/>
  </body>
</opml>
"""


def test_folders_become_topics_and_faults_have_lines() -> None:
    """Feeds come with their folders; what is no feed is named with its line, in any encoding."""
    outline = opml.read(FILE.encode("windows-1251"))
    assert outline.title == "Моя подборка"
    assert outline.feeds == (
        OutlineFeed("https://www.pravda.com.ua/rss/view_news/", "УП", ("Новости",), "https://www.pravda.com.ua/"),
        OutlineFeed("http://feeds.bbci.co.uk/news/world/rss.xml", "BBC", ("Новости", "Мир")),
        OutlineFeed("https://example.org/rss"),
    )
    assert outline.faults == (
        Fault(11, FaultKind.NO_ADDRESS, "No address"),
        Fault(12, FaultKind.BAD_ADDRESS, "file:///etc/passwd"),
        Fault(15, FaultKind.BAD_ADDRESS, "https://[half"),
    )


def test_a_broken_file_is_read_as_far_as_it_goes() -> None:
    """The first fault of the XML is given with its line; feeds before it are there."""
    broken = FILE.replace('<outline text="Empty folder"/>', '<outline text="Empty & folder/>').encode("windows-1251")
    outline = opml.read(broken)
    assert [feed.title for feed in outline.feeds][:2] == ["УП", "BBC"]
    assert (FaultKind.BROKEN, 13) in [(fault.kind, fault.line) for fault in outline.faults]


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<rss/>", b"<html><body>x</body></html>", b"\x00\xff", b"<opml" * 9_999, b"<a>" * 9_999]
)
def test_what_is_no_list(body: bytes) -> None:
    """Another file has no feeds and a fault."""
    outline = opml.read(body)
    assert outline.feeds == ()
    assert outline.faults


def test_a_list_without_end() -> None:
    """Of more feeds than anybody reads the first are taken, and that is said."""
    body = (
        "<opml><body>"
        + "".join(f"<outline xmlUrl='https://example.org/{n}'/>" for n in range(3_000))
        + "</body></opml>"
    )
    outline = opml.read(body.encode())
    assert len(outline.feeds) == opml.MAX_FEEDS
    assert outline.faults == (Fault(1, FaultKind.TOO_MANY, "3000"),)


def test_entities_neither_explode_nor_read_files(tmp_path: Path) -> None:
    """A hostile file is read without its entities."""
    secret = tmp_path / "secret"
    secret.write_text("classified")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for doctype, entity in ((f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "&x;"), (f'<!ENTITY l0 "ha">{laughs}', "&l9;")):
        list_of_it = f"<opml><head><title>{entity}</title></head><body>{entity}</body></opml>"
        outline = opml.read(f"<!DOCTYPE opml [{doctype}]>{list_of_it}".encode())
        assert "classified" not in repr(outline)
        assert len(repr(outline)) < 1_000


NAMES = st.text(min_size=1, max_size=30).map(lambda text: tidy(opml._storable(text), 100)).filter(bool)
FEEDS = st.builds(
    OutlineFeed,
    url=st.integers(0, 99).map(lambda number: f"https://example.org/{number}?a=1&b=<2>"),
    title=NAMES,
    folders=st.lists(NAMES, max_size=3).map(tuple),
    site_url=st.none() | st.just("https://example.org/"),
)


@given(NAMES, st.lists(FEEDS, max_size=12))
def test_what_is_written_is_read(title: str, feeds: list[OutlineFeed]) -> None:
    """Every name survives, markup, quotes and far scripts included; folders keep together what is in them."""
    outline = opml.read(opml.write(title, feeds, NOW))
    assert outline.title == title
    assert not outline.faults
    assert sorted(outline.feeds, key=repr) == sorted(feeds, key=repr)


def test_what_xml_cannot_hold_is_left_out() -> None:
    """A control character in a feed's title does not break the file."""
    outline = opml.read(opml.write("List\x00", [OutlineFeed("https://example.org/", "a\x0bb\ud800c\uffff")], NOW))
    assert [feed.title for feed in outline.feeds] == ["abc"]


def test_half_a_character() -> None:
    """Found by fuzzing: a reference to a surrogate is dropped; lxml makes names and texts of it that it cannot give."""
    entry = '<outline text="a&#xdfff;" xmlUrl="https://a.example/"/>'
    assert opml.read(f"<opml><body>{entry}</body></opml>".encode()).feeds == (OutlineFeed("https://a.example/", "a"),)
    assert opml.read(f'<opml xmlns="&#xD800;x"><body>{entry}</body></opml>'.encode()).feeds == ()
