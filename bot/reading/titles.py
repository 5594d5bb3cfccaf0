"""The headline, without the site's name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from bot.reading.evidence import Thing, clean, values, words
from bot.reading.page import Page
from bot.reading.selectors import Element, names_of, select_first, text_of
from bot.reading.sites import SiteRule

# What stands between a headline and a site's name or section.
_SEPARATOR = re.compile(
    r"\s+(?:[|\-–—―·•*»«›<>/~]|::?)+\s+|\s*[|｜‖]+\s*|\s*[：]\s*|\s*(?<!-)--(?!-)\s*|\s+by\s+(?=[A-Z])"
)
# Sites that write "Headline :: Section :: Site" use these between all parts; a dash may be the headline's own.
_LISTING = frozenset("|｜‖:»«›•")
_SECTION_WORDS = 3
_DATE = re.compile(r"^(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|[^\W\d]+\.? \d{1,2},? \d{4}|\d{1,2}\.? [^\W\d]+\.? \d{4})$")
_DOMAIN = re.compile(r"^[\w-]{2,}\.(?:com|net|org|info|news|tv|[a-z]{2}|co\.[a-z]{2})$", re.IGNORECASE)
_BRACKETED = re.compile(r"^[\[【]([^\]】]{2,40})[\]】]\s*(?=\S)")
# What newsrooms mark articles for subscribers with: "S+", "PLUS", "(RP+)".
_PAID = re.compile(
    r"^[\[(]?(?:[A-Z]{1,4}\+|PLUS|Plus|PREMIUM|Premium|ABO|Abo|Abo\+|Exklusiv für Abonnenten)[\])]?[:|]?$"
)
# What sites put behind a headline to tell which of its pages this is.
_PAGE = re.compile(
    r"[\s(\[–—|-]+(?:page|seite|página|pagina|halaman|strona|strana|sida|side|oldal|sayfa|страница|сторінка|trang)\s(?:\d+|all)[)\]]?.*",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*(?:…|\.\.\.)$")
_MIN_WORDS = 2
_EAST_ASIAN, _MIN_CHARACTERS = "\u3040", 8  # the first of the scripts that are counted by characters
_MAX_HEADINGS = 20
_MAX_LINE = 200  # characters of a headline
_MAX_FRAME = 4  # words of what frames a known headline, separators included
_METAS = ("dc.title", "dcterms.title", "parsely-title", "sailthru.title", "citation_title", "title", "headline")
_HEADLINE_CLASS = re.compile(r"(?<![a-z])(?:head-?line|title)(?![a-z])|[a-z](?:Headline|Title)(?![a-z])")
# What sections are called, as `_squash` leaves it; no countries: "… – US" tells who says so.
_SECTIONS = frozenset(
    (
        "news", "world", "worldnews", "national", "politics", "business", "sport", "sports", "opinion", "culture",
        "science", "technology", "tech", "health", "entertainment", "lifestyle", "economy", "finance", "education",
        "environment",
        "новини", "політика", "економіка", "спорт", "світ", "культура", "суспільство", "війна", "наука", "технології",
        "події", "здоровя",
        "новости", "политика", "экономика", "мир", "общество", "война", "технологии", "происшествия", "здоровье",
        "бизнес",
        "nachrichten", "politik", "wirtschaft", "kultur", "panorama", "meinung", "wissen", "inland", "ausland",
        "international", "gesellschaft", "wissenschaft", "gesundheit", "lokales", "regional", "digital",
        "actualités", "actualité", "monde", "politique", "économie", "société", "sciences", "santé",
        "noticias", "política", "internacional", "economía", "mundo", "sociedad", "deportes", "cultura", "ciencia",
        "esteri", "politica", "cronaca", "mondo", "economia", "attualità", "spettacoli", "scienza",
        "notícias", "esporte", "esportes", "desporto", "sociedade",
        "wiadomości", "polityka", "gospodarka", "świat", "kraj",
        "nieuws", "buitenland", "binnenland", "politiek", "economie",
        "nyheter", "utrikes", "inrikes", "ekonomi", "utenriks", "innenriks", "økonomi", "nyheder", "udland", "indland",
        "uutiset", "ulkomaat", "kotimaa", "talous", "politiikka", "urheilu", "kulttuuri",
        "zprávy", "domácí", "zahraničí", "zahraniční", "ekonomika", "kultura", "správy",
        "știri", "stiri", "actualitate", "externe", "hírek", "belföld", "külföld", "gazdaság",
        "haberler", "gündem", "dünya", "siyaset", "spor",
    )
)  # fmt: skip


def headline(
    page: Page, rule: SiteRule | None, things: Sequence[Thing], names: Sequence[str], shown: Sequence[str]
) -> str:
    """Return the article's headline.

    Pages carry several: JSON-LD's, the one for shares (og:title), the visible one. JSON-LD's is the newsroom's own
    and clean of the site's name; where the page shows it too and the one for shares says more, that one is it.

    Args:
        page: the page.
        rule: its site's rule, whose title selectors come first.
        things: the article's JSON-LD objects, best first.
        names: what the site is called, to be stripped.
        shown: the headlines that readers see: `shown_headlines`.
    """
    if rule and (found := select_first(page.tree, rule.title)):
        return clean(text_of(found[0]))
    raw = [clean(value) for thing in things for value in values(thing, "headline")][:1]
    card_title = _unpaid(clean(page.first_meta("og:title")), [*raw, *shown])
    stated, shared = (
        _clean_one(raw, [], names, shown),
        _clean_one([card_title], [] if shown[:1] == [card_title] else raw, names, shown),
    )
    if stated and shared:
        return _as_titled(page, stated, shared, names, shown) or _better(stated, shared, shown, page.title)
    if stated or shared:
        return stated or shared
    full = _clean_one([page.title], [], names, shown or list(_repeated_headings(page)))
    card = _clean_one([clean(page.first_meta("twitter:title"))], shown, names, shown)
    seen = (_without_kicker(_clean_one([text], shown, names, shown), full) for text in shown)
    begun = "" if card else _begun(page, shown, full)
    best = next((text for text in (card, begun, *seen, full) if text), "")
    return best or _clean_one([clean(page.first_meta(*_METAS)), *_headings(page)], [], names, [])


def _as_titled(page: Page, stated: str, shared: str, names: Sequence[str], shown: Sequence[str]) -> str:
    """Return the visible headline where <title> repeats it and all that is stated for machines is one other headline.

    Such a one is cut for lists; "" where it is not so.
    """
    full = _clean_one([page.title], [], names, shown)
    seen = _without_kicker(shown[0], full) if shown else ""
    said, title = words(stated), words(page.title)
    other = said == words(shared) and (said not in title or words(seen).startswith(f"{said} "))
    return seen if other and _is_long(seen) and words(seen) in title else ""


def _without_kicker(shown: str, title: str) -> str:
    """Return what <title> says where the visible headline is that with a kicker before it."""
    return title if _is_kicked(shown, title) else shown


def _is_kicked(shown: str, title: str) -> bool:
    """Tell whether a visible headline is a title with a kicker before it, which may lack a space between the two."""
    said, both = _squash(title), _squash(shown)
    return len(title.split()) > _MIN_WORDS and both != said and both.endswith(said) and 2 * len(said) > len(both)


def _headings(page: Page) -> Iterator[str]:
    """Yield the lower headings that are named as headlines, for pages without any other."""
    for element in islice(page.tree.iter("h2", "h3"), _MAX_HEADINGS):
        if _HEADLINE_CLASS.search(names_of(element, "class", "id", "itemprop")):
            yield clean(text_of(element, 400))


def _repeated_headings(page: Page) -> Iterator[str]:
    """Yield the lower headings, then the lines in bold, that <title> repeats, for pages without a first one."""
    for element in islice(page.tree.iter("h2", "h3"), _MAX_HEADINGS):
        if (text := clean(text_of(element, 400))) and text in page.title:
            yield text
    for element in islice(page.tree.iter("b", "strong", "font"), 2 * _MAX_HEADINGS):
        text = clean(text_of(element, 400))
        if len(text.split()) > _MIN_WORDS and 2 * len(text) > len(page.title) and page.title.endswith(text):
            yield text


def _begun(page: Page, shown: Sequence[str], full: str) -> str:
    """Return the lower heading or bold line that goes on where <title> ends ("Site : News : Chapel Organ"), else "".

    Only where no first heading is the page's own: there is none, or it is the site's name that <title> begins with.
    """
    last = page.title.removeprefix(f"{shown[0]}: ") if shown else _SEPARATOR.split(full)[-1]
    if last == page.title or not page.title.endswith(last) or len(last.split()) < _MIN_WORDS:
        return ""
    lines = (clean(text_of(one, 400)) for one in islice(page.tree.iter("h2", "h3", "b", "font"), 2 * _MAX_HEADINGS))
    return next((line for line in lines if words(line).startswith(words(last)) and len(line) <= _MAX_LINE), "")


def shown_headlines(page: Page) -> list[str]:
    """Return the texts of the page's <h1> elements that have any, the one that <title> repeats first.

    Those of one or two words come last: sites put their own name into an <h1>.
    """
    texts = [text for element in list(page.tree.iter("h1"))[:8] if (text := _unmarked(element))]
    title = words(page.title)
    return sorted(texts, key=lambda text: (words(text) not in title, len(words(text).split()) <= _MIN_WORDS))


def _unmarked(element: Element) -> str:
    """Return a headline's text without a first part that marks it as for subscribers only."""
    text = clean(text_of(element, 400))
    first = next((own for part in islice(element.iter(), _MAX_FRAME) if (own := clean(part.text))), "")
    return text.removeprefix(first).lstrip() if first != text and _PAID.match(first) else text


def _unpaid(title: str, known: Iterable[str]) -> str:
    """Take a mark for subscribers off a title that another form of the headline is without."""
    mark, _, rest = title.partition(" ")
    plain = _squash(rest)
    bare = _PAID.match(mark) and any(plain.startswith(own) for text in known if (own := _squash(text)))
    return rest.lstrip() if bare else title


def strip_site(title: str, names: Iterable[str], known: Iterable[str] = ()) -> str:
    """Take a site's name, behind or before a separator, off a title, with a section's name beside it.

    Args:
        title: such as "Storm hits coast - World - Example News".
        names: what the site is called.
        known: other forms of the headline; a title that goes on behind one of them is cut there.
    """
    squashed = {_squash(name) for name in names if name} - {""}
    for other in known:
        if _is_long(other) and _PAGE.fullmatch(title.removeprefix(other)):
            return other
        if _is_long(other) and _frames(title, other, squashed):
            return other
        if headline := _kicked_off(title, other):
            return headline
    return _without_site(title, squashed).strip(" |-–—·•*")


def _is_long(headline: str) -> bool:
    """Tell whether a headline is too long for a name; Chinese and Japanese have no spaces between words."""
    return len(headline.split()) > _MIN_WORDS or sum(char >= _EAST_ASIAN for char in headline) >= _MIN_CHARACTERS


def _frames(title: str, headline: str, squashed: set[str]) -> bool:
    """Tell whether a title is a known headline with a section's name, a site's or a topic before or behind it."""
    if title.endswith(headline):
        before = title[: -len(headline)]
        if _PAID.match(before.strip()):
            return True
        parts = _separators(before)
        listed = bool(parts) and set(parts[-1][0].strip()) <= _LISTING
        return bool(parts) and (listed or len(before.split()) <= _MAX_FRAME)
    rest = title[len(headline) :] if title.startswith(headline) else ""
    if not _SEPARATOR.match(rest):
        return False
    return len(rest.split()) <= _MAX_FRAME or any(name in _squash(rest) for name in squashed)


def _kicked_off(title: str, shown: str) -> str:
    """Return what stands before a separator where the visible headline is that with a kicker before it, else ""."""
    for part in reversed(_separators(title)):
        if len(title[part.end() :].split()) < _MAX_FRAME and _is_kicked(shown, title[: part.start()]):
            return title[: part.start()]
    return ""


def _clean_one(texts: Sequence[str], known: Sequence[str], names: Sequence[str], shown: Sequence[str]) -> str:
    """Return the first text without the site's name; "" where nothing else is in it."""
    for text in texts:
        stripped = strip_site(text, names, [*known, *shown])
        if stripped and _squash(stripped) not in {_squash(name) for name in names}:
            return stripped
    return ""


def _better(stated: str, shared: str, shown: Sequence[str], title: str) -> str:
    """Choose between JSON-LD's headline and the one for shares.

    Where the visible headline and <title> are JSON-LD's too, the longer of the two: newsrooms cut headlines for search
    engines, not for readers. Where <title> is another, that one is for search engines and JSON-LD's the newsroom's own.
    Where JSON-LD's is cut off ("…"), the one that goes on, and so where all others go on. What the one for shares has
    before JSON-LD's and a colon is a kicker.
    """
    if _CUT.search(stated) and words(shared).startswith(words(_CUT.sub("", stated))):
        return shared if not _CUT.search(shared) else stated
    short, long = words(stated), words(shared)
    if shown and long != short and words(shown[0]) == long and words(title) == short:
        return shared  # <title> and JSON-LD are for search engines
    shown_whole = bool(shown) and words(shown[0]) == long and long in words(title)
    if shown_whole and long != short and long.startswith(short):
        return shared
    if _is_kicked(shared, stated) and shared.endswith(f": {stated}"):
        return stated
    seen = any(short == words(text) for text in shown[:1]) and short in words(title or stated)
    return shared if seen and len(long) > len(short) else stated


def _without_site(title: str, squashed: set[str]) -> str:
    """Cut at the separators around a site's name, as often as there is one at an end."""
    if (framed := _BRACKETED.match(title)) and _is_site(framed[1], squashed):
        title = title[framed.end() :]
    while parts := _separators(title):
        if _is_site(title[parts[-1].end() :], squashed) or _DATE.match(title[parts[-1].end() :]):
            title = _without_section(title[: parts[-1].start()], parts[-1][0].strip())
        elif _is_site(title[: parts[0].start()], squashed):
            title = title[parts[0].end() :]
        else:
            break
    before, _, after = title.rpartition(": ")
    if before and _squash(after) in squashed:
        return before
    before, _, after = title.partition(": ")
    return after if after and _squash(before) in squashed else title


def _without_section(title: str, separator: str) -> str:
    """Cut a section's name that stood before the site's ("… - News"); "… - Kremlin" says who says so and stays."""
    parts = _separators(title)
    last = title[parts[-1].end() :] if parts else ""
    listed = bool(parts) and parts[-1][0].strip() == separator and set(separator) <= _LISTING
    short = len(last.split()) <= _SECTION_WORDS < len(title.split()) - len(last.split())
    return title[: parts[-1].start()] if _squash(last) in _SECTIONS or (listed and short) else title


def _is_site(text: str, squashed: set[str]) -> bool:
    plain = _squash(text)
    if _DOMAIN.match(text.strip()):
        return True
    return bool(plain) and any(plain == name or (len(plain) > 3 and _akin(plain, name)) for name in squashed)  # noqa: PLR2004


def _akin(plain: str, name: str) -> bool:
    """Tell whether a part is a form of a site's name: "WELT" of "DIE WELT", "Corriere.it" of "corriere"."""
    short, long = sorted((plain, name), key=len)
    return short in long and len(short) > 3 and 3 * len(short) > len(long)  # noqa: PLR2004 - "news" is in many names


@lru_cache(maxsize=64)  # of one page, whose titles are compared with each other
def _separators(title: str) -> tuple[re.Match[str], ...]:
    return tuple(_SEPARATOR.finditer(title))


@lru_cache(maxsize=64)  # as are its names
def _squash(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def variants(page: Page, shown: Iterable[str]) -> Iterator[str]:
    """Yield every form of the headline that the page carries, site's name and all.

    Args:
        page: the page.
        shown: those that readers see: `shown_headlines`.
    """
    yield from filter(None, (clean(page.first_meta("og:title")), *shown, page.title))
