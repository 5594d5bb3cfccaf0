"""Notes on the author at an article's end, which name nobody else: "Jane Doe is a professor of history at …"."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from bot.reading.bearers import bears_given_name
from bot.reading.by_words import any_of
from bot.reading.evidence import words
from bot.reading.name_words import PRESS_ROLE
from bot.reading.names import is_proper, split_names
from bot.reading.selectors import Element, names_of, text_of
from config.data import table

_MAX_LENGTH = 700
_NAMED = re.compile(
    r"(?<![a-z])(?:bio|biography|tag-?line|shirt-?tail|sign-?off|about-?(?:the-?)?author|author-?(?:bio|note|info)|semblanza|vita|autoreninfo)(?![a-z])",
    re.IGNORECASE,
)
_CAPITAL = r"(?-i:[^\W\d_a-zß-ÿа-яіїєґ][\w.'’-]*)"
_NAME = rf"{_CAPITAL}(?:\s(?:{_CAPITAL}|van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ter|zu|y)){{1,5}}"
_MAX_NAME = 60
_MOST = 0.9  # of a note's characters: a full stop or a link may stand outside
_SIGNED = re.compile(r"\([^()]{3,120}\)\.?$")  # who wrote and when, behind the last sentence
_QUESTIONS = 2  # of somebody who asks


def biography(ends: Sequence[Element], text: Sequence[Element], sites: Iterable[str] = ()) -> tuple[str, ...]:
    """Return who wrote an article by the note that ends it, () where none says so.

    Whom the text speaks of, and whom it asks, is told about in such notes too, and is not its author.

    Args:
        ends: the last elements, in the page's order.
        text: the article's paragraphs.
        sites: what the site is called: a note that names it needs no other mark.
    """
    own = tuple(filter(None, map(words, sites)))
    for element in reversed(ends):
        names = _told(element, own)
        if names:
            rest = [one for one in text if one is not element]
            return () if _is_interview(rest) or are_spoken_of(names, rest) else names
    return ()


def _told(element: Element, sites: Sequence[str]) -> tuple[str, ...]:
    line = text_of(element, _MAX_LENGTH + 1).lstrip("*–—• ")
    if not 0 < len(line) <= _MAX_LENGTH:
        return ()
    labelled = _labels().match(line)
    if not (labelled or _is_marked(element, line) or any(site in words(line) for site in sites)):
        return ()
    if labelled and (named := _named_by(line[labelled.end() :])):
        return named
    told = [name for part in _sentences(line[labelled.end() :] if labelled else line) for name in _subject(part)]
    return tuple(dict.fromkeys(told))


def _is_marked(element: Element, line: str) -> bool:
    """Tell whether a note is in italics, or is called one, or begins with a name in bold."""
    named = bool(_NAMED.search(names_of(element, "class", "id")))
    return named or _is_italic(element, line) or _begins_with_bold_name(element)


def _named_by(rest: str) -> tuple[str, ...]:
    """Return whom a sentence names last that begins with "The author is": "… the planner Ann Lee."."""
    if split_names(rest) == [rest] and " " in rest and is_proper(rest) and bears_given_name(rest):
        return (rest,)
    told = _is_named().match(rest)
    name = told["name"].rstrip(".") if told else ""
    return (name,) if name and split_names(name) == [name] else ()


def _sentences(line: str) -> list[str]:
    return re.split(r"(?<=[^\W\d_]{2}[.!?])\s+(?=\S)", line)


def _subject(sentence: str) -> list[str]:
    """Return whom a sentence tells about, where it says what a writer is or does."""
    told = _pattern().match(sentence)
    names = split_names(told["names"]) if told else []
    return names if all(" " in name and is_proper(name) for name in names) else []


def _is_italic(element: Element, line: str) -> bool:
    marked = [element] if element.tag in {"em", "i"} else element.iter("em", "i")
    return sum(len(text_of(one, _MAX_LENGTH)) for one in marked) >= len(line) * _MOST


def _begins_with_bold_name(element: Element) -> bool:
    """Tell whether a note begins with a name in bold and no colon: "**Jane Doe** is a professor"."""
    bold = element[0] if len(element) and not (element.text or "").strip() else None
    name = text_of(bold, _MAX_NAME) if bold is not None and bold.tag in {"b", "strong"} else ""
    return " " in name and split_names(name) == [name]


def _is_interview(paragraphs: Iterable[Element]) -> bool:
    """Tell whether somebody asks questions in bold."""
    asked = (one.find(tag) for one in paragraphs for tag in ("b", "strong"))
    return sum(one is not None and text_of(one, _MAX_LENGTH).endswith("?") for one in asked) >= _QUESTIONS


def are_spoken_of(names: Iterable[str], paragraphs: Iterable[Element]) -> bool:
    """Tell whether a text names one of these people, and not as a reporter: it is about them, and not by them."""
    surnames = "|".join(re.escape(name.rsplit(maxsplit=1)[-1]) for name in names)
    spoken = re.compile(rf"\b(?:{surnames})\b")
    texts = (_SIGNED.sub("", text_of(one)) for one in paragraphs)
    return any(spoken.search(text) and not PRESS_ROLE.search(text) for text in texts)


@cache
def _labels() -> re.Pattern[str]:
    lists = table("by_words")["biography"]
    labels, being = any_of(lists["labels"]), any_of(lists["being"])
    return re.compile(rf"^(?:{labels})\s?[:–—-]?\s+(?={_NAME}|(?:{being})\s)", re.IGNORECASE)


@cache
def _is_named() -> re.Pattern[str]:
    being = any_of(table("by_words")["biography"]["being"])
    return re.compile(
        rf"^(?:{being})\s(?:(?-i:[^A-ZÀ-ÞА-ЯІЇЄҐ.!?]{{1,60}})\s)?(?P<name>{_NAME})(?:[.,]|$)", re.IGNORECASE
    )


@cache
def _pattern() -> re.Pattern[str]:
    lists = table("by_words")["biography"]
    being, doing, roles = (any_of(lists[key]) for key in ("being", "doing", "roles"))
    return re.compile(
        rf"^(?:[^\W\d_]+in\s|[^\W\d_]+or\s)?(?P<names>{_NAME}(?:(?:,\s|\s(?:and|und|et|y|e|og|och|i|и|та|en|&)\s){_NAME}){{0,3}})"
        rf"(?:\s\([^)]{{1,30}}\))?(?:,\s[^.!?]{{3,90}}?,)?\s(?:(?:{being})\s(?:[^.!?]{{0,120}}?\W)??(?:{roles}|(?:{doing})\b)|(?:{doing})\b)",
        re.IGNORECASE,
    )
