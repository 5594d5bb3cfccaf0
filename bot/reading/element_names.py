"""What a page calls its elements: the words of their names, and which of them keep an element from the reader's eye."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bot.reading.phrase_search import leaping

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_WORDS = frozenset(("hidden", "invisible", "offscreen"))
_MAY_HIDE = leaping(("hid", "screen", "sr-only", "invisible"))  # which every one of them has, and few other names
_HIDDEN_NAMES = ("visually-hidden", "visuallyhidden", "sr-only", "screen-reader", "screenreader", "u-hidden",
    "hide-visually", "hidden-visually", "hide-visual")  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS = re.compile(r"[^\W_]+")
_HASH = re.compile(r"\d[^\W\d_]")
# After these, a name says what its element goes without or beside: "has-sidebar", "no-ads".
_MODIFIERS = frozenset(
    (
        "has", "no", "non", "not", "with", "without", "hide", "hides", "hidden", "show", "shows", "enable",
        "enabled", "disable",
    )
)  # fmt: skip
_NAMING = frozenset(("class", "id", "role", "itemprop", "data-testid", "data-component", "data-type", "data-qa"))
_HIDING = frozenset(("hidden", "aria-hidden", "style"))


@lru_cache(maxsize=20_000)
def words_in(names: str) -> tuple[str, ...]:
    """Split class and id names into words: "c-articleBody__text--lead" gives c, article, body, text, lead.

    Left out are states ("md:flex", "has-sidebar") and the parts of generated names ("id-N8auAD9jl").
    """
    return tuple([word for name in names.split() for word in _words_of_name(name)])


@lru_cache(maxsize=50_000)
def _words_of_name(name: str) -> tuple[str, ...]:
    if name.isalpha() and name.islower():
        return (name,)
    return tuple(_split_name(name)) if ":" not in name else ()


def _split_name(name: str) -> Iterator[str]:
    modified = False
    for part in _PARTS.findall(name):
        if not part.isalpha() and _HASH.search(part):
            continue
        pieces = [part] if part.islower() else _CAMEL.sub(" ", part).split()
        for piece in pieces:
            word = piece.lower().rstrip("0123456789")
            if word and not modified and (len(word) > 2 or len(pieces) == 1):  # noqa: PLR2004 - "AD" inside "nXauADjl"
                yield word
            modified = word in _MODIFIERS


def read_attributes(element: Any) -> tuple[str, bool]:
    """Return an element's names, and whether its own attributes keep it from the reader's eye.

    Names are its class, id, role and test names; an element is hidden by `hidden`, `aria-hidden`, an inline style or
    one of the usual class names.
    """
    names, hidden = "", False
    for key, value in element.items():
        if key in _NAMING:
            names = f"{names} {value}" if names else value
            hidden = hidden or (key == "class" and _names_hidden(value))
        elif key in _HIDING:
            hidden = hidden or _hides(key, value)
    return names, hidden


def _hides(key: str, value: str) -> bool:
    if key == "style":
        return bool(_HIDDEN_STYLE.search(value))
    return key == "hidden" or value == "true"


@lru_cache(maxsize=20_000)
def _names_hidden(names: str) -> bool:
    if _MAY_HIDE.search(names) is None:
        return False
    return any(name in names for name in _HIDDEN_NAMES) or not _HIDDEN_WORDS.isdisjoint(names.split())
