"""OPML (https://opml.org/spec2.opml): lists of feeds that readers exchange, with folders. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

from lxml import etree

from bot.feeds.assemble import MAX_TITLE, web_url
from bot.feeds.prepare import as_utf8, without_surrogates
from bot.feeds.text import tidy
from bot.urls import can_be_feed_url

MAX_FEEDS = 2_000
"""Feeds read from one file. Ours: the largest lists people share have some hundreds."""
MAX_FOLDER = 100
"""Characters of a folder's name, as of a topic's."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FaultKind(StrEnum):
    """What is wrong with a line of a file."""

    BROKEN = "broken"  # not well-formed from here on
    NOT_OPML = "not_opml"
    NO_ADDRESS = "no_address"  # an entry without xmlUrl
    BAD_ADDRESS = "bad_address"  # its xmlUrl is no http or https URL
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be read.

    Attributes:
        line: where, counted from 1.
        kind: what is wrong.
        text: what stands there, shortened; for a broken file the parser's own words.
    """

    line: int
    kind: FaultKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class OutlineFeed:
    """A feed of a list.

    Attributes:
        url: its address.
        title: its name, "" where the list gives none.
        folders: the names of the folders it is in, the outermost first; topics for us.
        site_url: the page it belongs to.
    """

    url: str
    title: str = ""
    folders: tuple[str, ...] = ()
    site_url: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A list of feeds.

    Attributes:
        title: the list's name.
        feeds: in document order; a feed in two folders is there twice.
        faults: what could not be read, in document order.
    """

    title: str = ""
    feeds: tuple[OutlineFeed, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(body: bytes) -> Outline:
    """Read an OPML file; a broken one as far as it goes.

    Nothing is fetched for it, and its entities are not resolved.

    Args:
        body: the file.

    Returns:
        The feeds, and every fault with its line; a file that is no OPML has no feeds and one fault.
    """
    document = without_surrogates(as_utf8(body))
    skipped = body.count(b"\n") - document.count(b"\n")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, encoding="utf-8")
    try:
        root = etree.fromstring(document, parser)
    except (etree.LxmlError, ValueError):
        root = None
    broken = [Fault(error.line + skipped, FaultKind.BROKEN, tidy(error.message, 200)) for error in parser.error_log[:1]]
    if root is None or not isinstance(root.tag, str) or root.tag.lower() != "opml":
        return Outline(faults=tuple(broken or [Fault(1, FaultKind.NOT_OPML)]))
    found = list(_outlines(root.find("body"), (), skipped))
    feeds = [item for item in found if isinstance(item, OutlineFeed)]
    faults = [item for item in found if isinstance(item, Fault)]
    if len(feeds) > MAX_FEEDS:
        faults.append(Fault(1, FaultKind.TOO_MANY, str(len(feeds))))
    ordered = sorted(faults + broken, key=lambda fault: fault.line)
    return Outline(tidy(root.findtext("head/title") or "", MAX_TITLE), tuple(feeds[:MAX_FEEDS]), tuple(ordered))


def write(title: str, feeds: Iterable[OutlineFeed], created: datetime) -> bytes:
    """Return an OPML 2.0 file.

    Args:
        title: the list's name.
        feeds: in the order in which they are to stand there; those of one folder come together.
        created: an aware moment.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _storable(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(created)
    folders: dict[tuple[str, ...], Any] = {(): etree.SubElement(root, "body")}
    for feed in feeds:
        place = _folder(folders, feed.folders)
        name = _storable(feed.title or feed.url)
        item = etree.SubElement(place, "outline", type="rss", text=name, title=name, xmlUrl=_storable(feed.url))
        if feed.site_url:
            item.set("htmlUrl", _storable(feed.site_url))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _outlines(parent: Any, folders: tuple[str, ...], skipped: int) -> Iterator[OutlineFeed | Fault]:
    """Yield the feeds and faults below an element."""
    for element in () if parent is None else parent:
        if not isinstance(element.tag, str) or element.tag.lower() != "outline":
            continue
        known = {name.lower(): value for name, value in element.attrib.items()}
        name = known.get("title") or known.get("text") or ""
        if "xmlurl" in known:
            yield _feed(known, tidy(name, MAX_TITLE), folders, element.sourceline + skipped)
            yield from _outlines(element, folders, skipped)
        elif len(element):
            folder = tidy(name, MAX_FOLDER)
            yield from _outlines(element, (*folders, folder) if folder else folders, skipped)
        elif (known.get("type") or "rss").lower() == "rss" and not _is_empty_folder(known):
            yield Fault(element.sourceline + skipped, FaultKind.NO_ADDRESS, tidy(name, MAX_FOLDER))


def _is_empty_folder(known: dict[str, str]) -> bool:
    return not known.keys() - {"text", "title"}


def _feed(known: dict[str, str], title: str, folders: tuple[str, ...], line: int) -> OutlineFeed | Fault:
    url = web_url(known["xmlurl"], "")
    if not url or not can_be_feed_url(url):
        return Fault(line, FaultKind.BAD_ADDRESS, tidy(known["xmlurl"], MAX_FOLDER))
    return OutlineFeed(url, title, folders, web_url(known.get("htmlurl") or "", "") or None)


def _folder(folders: dict[tuple[str, ...], Any], path: tuple[str, ...]) -> Any:
    if path not in folders:
        name = _storable(path[-1])
        folders[path] = etree.SubElement(_folder(folders, path[:-1]), "outline", text=name, title=name)
    return folders[path]


def _storable(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NOT_XML.sub("", text)
