"""The text, links and attributes of one element as feedparser gives them, or the word that it is not sure."""

import re
from typing import Any

from feedparser.api import StrictFeedParser
from feedparser.urls import _urljoin
from feedparser.util import FeedParserDict

_BEYOND_LATIN_1 = re.compile(r"[^\x00-\xff]")
# What urllib's urljoin returns as it is.
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*/[A-Za-z0-9/_.~%+-]*(?:\?[A-Za-z0-9/_.~%+=&-]+)?")
TEXT_KINDS = {"": False, "text": False, "text/plain": False, "plain": False, "html": True, "text/html": True}
"""Types of a text by which it is markup, or is none."""


class Unsure(Exception):
    """What feedparser would make of this is not repeated here."""


def leaf_text(element: Any) -> str:
    """Return the text of an element that holds nothing else, as feedparser's `pop` gives it.

    Raises:
        Unsure: it holds elements, or text that feedparser would take for UTF-8 encoded twice.
    """
    if len(element):
        raise Unsure
    text: str = (element.text or "").strip()
    if not text.isascii():
        _check_encoding(text)
    return text


def _check_encoding(text: str) -> None:
    if _BEYOND_LATIN_1.search(text):  # cannot be UTF-8 taken for Latin-1; asking is cheaper than an exception
        return
    try:
        text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return
    raise Unsure


def author_name(text: str) -> str:
    """Return the name in an author's text; feedparser's own code takes addresses out of it."""
    if "@" not in text:
        return text
    parser = StrictFeedParser("", None, "utf-8")
    parser.feeddata = FeedParserDict(author=text, authors=[FeedParserDict()])
    parser._sync_author_detail()
    return str(parser.feeddata["authors"][-1].get("name") or "")


def join(base: str, link: str) -> str:
    """Return a link joined to a URL as feedparser joins it; whole plain links need no work."""
    return link if _PLAIN_URL.fullmatch(link) else str(_urljoin(base, link))


def attributes(element: Any) -> dict[str, str]:
    """Return an element's attributes with names in lower case, and `rel` and `type` in lower case altogether.

    Raises:
        Unsure: one has a namespace, or two have one name.
    """
    found: dict[str, str] = {}
    for name, value in element.attrib.items():
        key = name.lower()
        if key[0] == "{" or key in found:
            raise Unsure
        found[key] = value.lower() if key in {"rel", "type"} else value
    return found


def typed_text(element: Any) -> tuple[str, bool]:
    """Return a text and whether it is markup.

    Raises:
        Unsure: its type is none of those, or it states more than a type and a language.
    """
    found = attributes(element)
    if found.keys() - {"type", "lang"} or found.get("type", "") not in TEXT_KINDS:
        raise Unsure
    return leaf_text(element), TEXT_KINDS[found.get("type", "")]
