"""The headline, without the site's name."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.reading.evidence import Thing, clean, values, words
from bot.reading.page import Page
from bot.reading.selectors import select_first, text_of
from bot.reading.sites import SiteRule

# What stands between a headline and a site's name or section.
_SEPARATOR = re.compile(
    r"\s+(?:[|\-–—―·•*»«›<>/~]|::?)+\s+|\s*[|｜‖]+\s*|\s*[：]\s*|\s*(?<!-)--(?!-)\s*|\s+by\s+(?=[A-Z])"
)
_DATE = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$")
_CUT = re.compile(r"\s*(?:…|\.\.\.)$")
_MIN_WORDS = 2
_MAX_FRAME = 4  # words of what frames a known headline, separators included
_SECTIONS = frozenset(
    {
        "news",
        "world",
        "worldnews",
        "national",
        "politics",
        "business",
        "sport",
        "sports",
        "opinion",
        "culture",
        "science",
    }
    | {
        "nachrichten",
        "politik",
        "wirtschaft",
        "kultur",
        "panorama",
        "meinung",
        "wissen",
        "inland",
        "ausland",
        "international",
    }
    | {"новини", "новости", "політика", "политика", "економіка", "экономика", "спорт", "світ", "мир", "культура"}
    | {"actualités", "monde", "noticias", "política", "internacional", "economía", "esteri", "politica", "cronaca"}
)


def headline(page: Page, rule: SiteRule | None, things: Sequence[Thing], names: Sequence[str]) -> str:
    """Return the article's headline.

    Pages carry several: JSON-LD's, the one for shares (og:title), the visible one. JSON-LD's is the newsroom's own
    and clean of the site's name; where the page shows it too and the one for shares says more, that one is it.

    Args:
        page: the page.
        rule: its site's rule, whose title selectors come first.
        things: the article's JSON-LD objects, best first.
        names: what the site is called, to be stripped.
    """
    if rule and (found := select_first(page.tree, rule.title)):
        return clean(text_of(found[0]))
    shown = shown_headlines(page)
    raw = [clean(value) for thing in things for value in values(thing, "headline")][:1]
    stated, shared = (
        _clean_one(raw, [], names, shown),
        _clean_one([clean(page.first_meta("og:title"))], raw, names, shown),
    )
    if stated and shared:
        return _better(stated, shared, shown)
    card = clean(page.first_meta("twitter:title"))
    others = (_clean_one([text], [*raw, *shown], names, shown) for text in (card, *shown, page.title))
    return stated or shared or next(filter(None, others), "")


def shown_headlines(page: Page) -> list[str]:
    """Return the texts of the page's <h1> elements that have any, the one that <title> repeats first."""
    texts = [text for element in list(page.tree.iter("h1"))[:8] if (text := clean(text_of(element, 400)))]
    title = words(page.title)
    return sorted(texts, key=lambda text: words(text) not in title)


def strip_site(title: str, names: Iterable[str], known: Iterable[str] = ()) -> str:
    """Take a site's name, behind or before a separator, off a title, with a section's name beside it.

    Args:
        title: such as "Storm hits coast - World - Example News".
        names: what the site is called.
        known: other forms of the headline; a title that goes on behind one of them is cut there.
    """
    squashed = {_squash(name) for name in names if name} - {""}
    for other in known:
        if len(other.split()) > _MIN_WORDS and _frames(title, other, squashed):
            return other
    return _without_site(title, squashed).strip(" |-–—·•*")


def _frames(title: str, headline: str, squashed: set[str]) -> bool:
    """Tell whether a title is a known headline with a section's name, a site's or a topic before or behind it."""
    if title.endswith(headline):
        before = title[: -len(headline)]
        return bool(before) and bool(_SEPARATOR.search(before)) and len(before.split()) <= _MAX_FRAME
    rest = title[len(headline) :] if title.startswith(headline) else ""
    if not _SEPARATOR.match(rest):
        return False
    return len(rest.split()) <= _MAX_FRAME or any(name in _squash(rest) for name in squashed)


def _clean_one(texts: Sequence[str], known: Sequence[str], names: Sequence[str], shown: Sequence[str]) -> str:
    """Return the first text without the site's name; "" where nothing else is in it."""
    for text in texts:
        stripped = strip_site(text, names, [*known, *shown])
        if stripped and _squash(stripped) not in {_squash(name) for name in names}:
            return stripped
    return ""


def _better(stated: str, shared: str, shown: Sequence[str]) -> str:
    """Choose between JSON-LD's headline and the one for shares.

    Where the visible headline is JSON-LD's, the longer of the two: newsrooms cut headlines for search engines, not
    for readers. Where JSON-LD's is cut off ("…"), the one that goes on.
    """
    if _CUT.search(stated) and words(shared).startswith(words(_CUT.sub("", stated))):
        return shared if not _CUT.search(shared) else stated
    seen = any(words(stated) == words(text) for text in shown[:1])
    return shared if seen and len(words(shared)) > len(words(stated)) else stated


def _without_site(title: str, squashed: set[str]) -> str:
    """Cut at the separators around a site's name, as often as there is one at an end."""
    while parts := list(_SEPARATOR.finditer(title)):
        if _is_site(title[parts[-1].end() :], squashed) or _DATE.match(title[parts[-1].end() :]):
            title = _without_section(title[: parts[-1].start()])
        elif _is_site(title[: parts[0].start()], squashed):
            title = title[parts[0].end() :]
        else:
            break
    return title


def _without_section(title: str) -> str:
    """Cut a section's name that stood before the site's ("… - News"); "… - Kremlin" says who says so and stays."""
    parts = list(_SEPARATOR.finditer(title))
    last = title[parts[-1].end() :] if parts else ""
    return title[: parts[-1].start()] if _squash(last) in _SECTIONS else title


def _is_site(text: str, squashed: set[str]) -> bool:
    plain = _squash(text)
    return bool(plain) and any(plain == name or (len(plain) > 3 and _akin(plain, name)) for name in squashed)  # noqa: PLR2004


def _akin(plain: str, name: str) -> bool:
    """Tell whether a part is a form of a site's name: "WELT" of "DIE WELT", "Corriere.it" of "corriere"."""
    short, long = sorted((plain, name), key=len)
    return short in long and len(short) > 3 and 3 * len(short) > len(long)  # noqa: PLR2004 - "news" is in many names


def _squash(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def variants(page: Page) -> Iterator[str]:
    """Yield every form of the headline that the page carries, site's name and all."""
    yield from filter(None, (clean(page.first_meta("og:title")), *shown_headlines(page), page.title))
