"""What a page says of its article in machine-readable form: the right JSON-LD objects, and readers for their values."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any
from urllib.parse import urlsplit

from bot.reading.page import Page

Thing = Mapping[str, Any]
"""One JSON-LD object."""

_ARTICLE_TYPE = re.compile(r"(article|posting|report|review|^recipe|^howto)$", re.IGNORECASE)
_PAGE_TYPE = re.compile(r"^(web|item|collection)page$", re.IGNORECASE)
_NESTING = ("mainEntity", "mainEntityOfPage")
MAX_LENGTH = 10_000
"""Characters of one statement that are read. Ours: the longest honest one of the corpus, a description, has 900."""

_WORDS = re.compile(r"\w+")
_MAX_THINGS = 300
_MAX_DEPTH = 4
_MAX_NESTED = 3  # deeper nesting is other pages' articles
_MAX_ITEMS = 200  # of one list; the longest honest one of the corpus has 53
_MARKUP = re.compile(r"<[a-zA-Z/][^>]{0,200}>")
# Between Arabic and Indic letters a zero-width non-joiner is spelling: "می‌شود".
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff](?<![\u0600-\u0dff]\u200c)")


def clean(text: object) -> str:
    """Return a value as one line of plain text: entities (escaped twice or not) and markup gone, "" for non-text."""
    if not isinstance(text, str):
        return ""
    text = text[:MAX_LENGTH]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


@lru_cache(maxsize=256)  # the title, authors and blocks of one page are each asked for several times
def words(text: str) -> str:
    """Return a text's words in lower case with single spaces, for comparison."""
    return " ".join(_WORDS.findall(text.casefold()))


def types_of(thing: Any) -> tuple[str, ...]:
    """Return the short names of an object's types ("NewsArticle"); () for what is no object."""
    stated = _listed(thing.get("@type")) if isinstance(thing, Mapping) else []
    return tuple(name.rpartition("/")[2] for name in stated if isinstance(name, str))


def all_things(page: Page) -> Iterator[Thing]:
    """Yield the objects of a page's JSON-LD and those that they name as their main entity."""
    return (thing for top in page.json_ld[:_MAX_THINGS] for thing in _nested(top))


def is_article_type(thing: Thing) -> bool:
    """Say whether an object is an article by its type: Article and its kinds in schema.org, and Recipe."""
    return any(map(_ARTICLE_TYPE.search, types_of(thing)))


def article_things(page: Page, headlines: Iterable[str]) -> tuple[Thing, ...]:
    """Return the JSON-LD objects about the page's own article, best first.

    Pages also describe other articles (related links, live-blog posts); an article whose headline or address is
    this page's comes first, and where one is found, articles with another headline and address are left out.

    Args:
        page: the page.
        headlines: what the page shows as its headline, in any of its forms.
    """
    shown = {words(clean(headline)) for headline in headlines} - {""}
    things = list(all_things(page))
    articles = [thing for thing in things if is_article_type(thing)]
    pages = [thing for thing in things if any(map(_PAGE_TYPE.match, types_of(thing)))]
    fitness = [_fitness(thing, page, shown) for thing in articles]
    ranked = sorted(zip(fitness, articles, strict=True), key=itemgetter(0), reverse=True)
    fitting = [thing for fit, thing in ranked if fit > 1] or [thing for _, thing in ranked]
    return (*fitting[:5], *pages[:2])


def values(thing: Thing, *keys: str) -> Iterator[Any]:
    """Yield the values of the first of these keys that has any, lists flattened."""
    for key in keys:
        found = [value for value in _listed(thing.get(key)) if value not in (None, "", {})]
        if found:
            yield from found
            return


def resolve(page: Page, value: Any) -> Any:
    """Return the object that a bare {"@id": …} refers to, or the value itself."""
    if isinstance(value, Mapping) and "@id" in value and not value.get("name"):
        for thing in page.json_ld[:_MAX_THINGS]:
            if thing.get("@id") == value["@id"] and thing is not value and len(thing) > len(value):
                return thing
    return value


def name_of(value: Any) -> str:
    """Return the name that a JSON-LD value states: a text, or an object with name, or given and family name."""
    if isinstance(value, Mapping):
        parts = [clean(value.get("givenName")), clean(value.get("familyName"))]
        name = value.get("name")
        return clean(name[0] if isinstance(name, list) and name else name) or " ".join(filter(None, parts))
    return clean(value)


def _is_same_page(url: str, other: str) -> bool:
    """Tell whether two addresses differ at most in scheme, "www.", query, fragment and the last slash."""
    return _place(url) == _place(other)


def _place(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ("", url)
    return ((parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"))


def _listed(value: Any, depth: int = 0) -> list[Any]:
    if isinstance(value, (list, tuple)):
        return (
            [item for member in value[:_MAX_ITEMS] for item in _listed(member, depth + 1)] if depth < _MAX_DEPTH else []
        )
    return [] if value is None else [value]


def _nested(thing: Any, depth: int = 0) -> Iterator[Thing]:
    if not isinstance(thing, Mapping) or depth > _MAX_NESTED:
        return
    yield thing
    for key in _NESTING:
        for value in _listed(thing.get(key)):
            yield from _nested(value, depth + 1)


def _fitness(thing: Thing, page: Page, shown: set[str]) -> int:
    headline = words(clean(thing.get("headline") or thing.get("name")))
    addresses = [thing.get("url"), thing.get("@id"), thing.get("mainEntityOfPage")]
    places = [place.get("@id") or place.get("url") if isinstance(place, Mapping) else place for place in addresses]
    here = any(isinstance(place, str) and _is_same_page(place.partition("#")[0], page.url) for place in places)
    alike = any(headline == one or (len(headline) > 20 and headline in one) for one in shown)  # noqa: PLR2004 - not one word
    return 4 * alike + 2 * here + bool(headline)
