"""What an article is about, as its page says: several statements weighed against each other, junk left out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from urllib.parse import unquote, urlsplit

from bot.reading.evidence import Thing, clean, name_of, values, words
from bot.reading.page import Page
from bot.reading.selectors import select, text_of
from bot.reading.sites import SiteRule
from bot.reading.tag_lists import visible_tags, without_count

MAX_TAGS = 40
"""Tags of one article. Ours: the longest honest list of the corpus has 20; the rest of a longer one is codes."""

_MAX_LENGTH = 80
_SENTENCE_WORDS = 4
_FULLER = 3
_SEVERAL = 3  # topics of the list that readers see
# How much each statement counts, for itself and for what agrees with it. Measured on the corpus; only the order
# matters: what readers see beats search engines' keywords where the two share nothing.
_TRUST = {"news_keywords": 0.30, "keywords": 0.28, "visible": 0.29, "article:tag": 0.26, "json-ld": 0.25}
_TRUST_OTHER = 0.10
_ONLY_SECTIONS = 0.2  # of a list that names nothing but the section
# Editing systems list where an article is sent to under names of one pattern: "Maine State Wire", "Ohio State Wire".
_CHANNELS = frozenset({"news", "wire", "feed", "homepage", "newsletter"})
# What search engines' keywords say of every page of a site, and what stands beside these.
_LATEST = re.compile(
    r"^(?:(?:latest|breaking) news|news today|aktuelle nachrichten|neueste nachrichten|últimas not[ií]cias"
    r"|noticias de hoy|ultime notizie|laatste nieuws|senaste nytt|siste nytt|najnovije v(?:ij)?esti|последние новости"
    r"|новости дня|останні новини|новини дня|son dakika(?: haber(?:ler)?i?)?|friss hírek|ultimele (?:știri|stiri)"
    r"|aktuální zprávy|τελευταία νέα|tin mới(?: nhất)?|berita ter(?:kini|baru)|najnowsze wiadomości"
    r"|最新ニュース|即時新聞|最新新闻)$"
)
_NEWS = re.compile(
    r"^(?:news|nachrichten|actualités?|not[ií]cias|notizie|nieuws|nyheter|nyheder|vesti|vijesti|новости|новини"
    r"|haber(?:ler)?|hírek|știri|stiri|zprávy|ειδήσεις|νέα|tin tức|berita|wiadomości|ニュース|新聞|新闻|記事"
    r"|newspaper|tageszeitung|article|artikel|articles)$"
)
_MANY_CHANNELS = 3
_MANY_ALIKE = 4
_OTHER_META = re.compile(r"(?:^|[:._-])(?:keywords?|tags?|taglist|topics?|dc\.subject|dcterms\.subject)$")
_SPLIT = re.compile(r"[,;|、，；]\s*")
_CODE = re.compile(r"^(?:[A-Z]{2,6}\d{0,3}|[A-Z]+:[A-Z0-9-]+|[0-9a-f]{8}-[0-9a-f-]{20,}|[\w.-]+=.*|\d+)$")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{20,}$|_|[\w-]+=|\d{5,}$|[\w-]+\.(?:com|org|net|co\.\w\w)$")
_KIND = re.compile(r"^(?P<kind>[A-Za-z][\w .-]{1,24})(?::\s+|:(?=\w)|/)(?P<value>.+)$")
_TOPIC_KINDS = re.compile(
    r"subject|topic|tag|person|people|place|location|region|country|organi[sz]ation|entity|section", re.I
)
_CMS_KIND = re.compile(
    r"^(?:(?:sub-?)?(?:category|section|channel)|nlp [\w ]+|(?:page|article|content|post) type|type|format"
    r"|template|day|time|wc|word ?count|language|partner|source|author|status|access|layout):\s",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class _Context:
    """What a list is checked against: the site's names and sections, the article's words in order."""

    site: str
    host: str
    address: list[str]
    text: list[str]
    shown: str


def tags(
    page: Page, rule: SiteRule | None, things: Sequence[Thing], site: str | None = None, authors: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the article's topics, each once, as the page writes them.

    Args:
        page: the page.
        rule: its site's rule, whose tag selectors are believed.
        things: the article's JSON-LD objects, best first.
        site: the publication's name, which is no topic.
        authors: names that are no topics where a page lists them beside its topics.
    """
    if rule and (found := [clean(text_of(element)) for element in select(page.tree, rule.tags)]):
        return _unique(found)
    topics = cache(partial(_topics, context=_context(page, things, site)))  # many pages state the same list twice
    sections = _sections(page, things)
    lists = [
        (
            trust * _ONLY_SECTIONS if trust != _TRUST["visible"] and sections.issuperset(map(words, kept)) else trust,
            kept,
        )
        for trust, raw in _statements(page, things, authors)
        if raw and (kept := topics(tuple(raw)))
    ]
    if not lists:
        return ()
    plain = [frozenset(item.casefold().removeprefix("#") for item in items) for _, items in lists]
    support = [
        sum(trust * _support(one, other) for (trust, _), other in zip(lists, plain, strict=True)) for one in plain
    ]
    seen = _only_seen(lists, plain)
    _, chosen = lists[support.index(max(support)) if seen is None else seen]
    return _without_signs(chosen, lists)[:MAX_TAGS]


def _only_seen(lists: Sequence[tuple[float, Sequence[str]]], plain: Sequence[frozenset[str]]) -> int | None:
    """Return which list is the visible one, where it names several topics and no other list any of them.

    Copies of search engines' keywords in the head and in JSON-LD agree with each other however wrong they are.
    """
    for place, ((trust, _), one) in enumerate(zip(lists, plain, strict=True)):
        others = (other for (trusted, _), other in zip(lists, plain, strict=True) if trusted and other is not one)
        if trust == _TRUST["visible"] and len(one) >= _SEVERAL and all(map(one.isdisjoint, others)):
            return place
    return None


def _without_signs(chosen: Sequence[str], lists: Iterable[tuple[float, Sequence[str]]]) -> tuple[str, ...]:
    """Take "#" off topics that another list of the page names without it."""
    bare = {item.casefold() for _, items in lists for item in items}
    return _unique(item[1:] if item[0] == "#" and item[1:].casefold() in bare else item for item in chosen)


def _sections(page: Page, things: Sequence[Thing]) -> frozenset[str]:
    """Return what the page calls the section that the article is in."""
    stated = [name_of(value) for thing in things for value in values(thing, "articleSection")]
    return frozenset(words(clean(name)) for name in (*stated, *page.meta.get("article:section", ())))


def _statements(page: Page, things: Sequence[Thing], authors: Iterable[str]) -> Iterator[tuple[float, list[str]]]:
    for name in ("news_keywords", "keywords", "article:tag"):
        yield _TRUST[name], _split(page.meta.get(name, ()))
    for thing in things[:3]:
        yield _TRUST["json-ld"], _split([name_of(value) for value in values(thing, "keywords")])
    written = {words(author) for author in authors}
    yield _TRUST["visible"], [tag for tag in visible_tags(page) if words(tag) not in written]
    for name in page.meta:
        if name not in _TRUST and _OTHER_META.search(name):
            yield _TRUST_OTHER, _split(page.meta[name])
    for thing in things[:1]:
        for key in ("about", "mentions"):
            yield 0.0, [name_of(value) for value in values(thing, key) if not isinstance(value, str)]


def _split(contents: Sequence[str]) -> list[str]:
    """Split one joined string; several contents are one tag each."""
    texts = list(dict.fromkeys(filter(None, map(clean, contents))))
    if len(texts) != 1:
        return texts
    parts = _SPLIT.split(texts[0])
    if len(parts) == 1 and len(_CJK.findall(texts[0])) > len(texts[0]) / 2:
        return texts[0].split()
    return parts


def _context(page: Page, things: Sequence[Thing], site: str | None) -> _Context:
    title = clean(page.first_meta("og:title")) or page.title
    text = f"{title} {clean(page.first_meta('description', 'og:description'))}"
    path = _plain(unquote(urlsplit(page.url).path))
    headline = next((clean(value) for thing in things for value in values(thing, "headline")), "")
    return _Context(
        words(site or ""),
        words(_label((urlsplit(page.url).hostname or "").split("."))),
        re.findall(r"\w+", path.replace("_", " ")),
        words(text).split(),
        f"{text} {headline}".casefold(),
    )


def _label(parts: Sequence[str]) -> str:
    """Return what a host is called without "www" and the endings: "dailymail" of www.dailymail.co.uk."""
    return max((part for part in parts[:-1] if part != "www"), key=len, default="")


def _topics(raw: Iterable[str], context: _Context) -> tuple[str, ...]:
    """Return the topics of a list, () where the list as a whole is none."""
    items = [
        item
        for text in raw
        if 1 < len(item := without_count(text.strip(" \xa0\"'."))) <= _MAX_LENGTH or _CJK.search(item)
    ]
    items = _without_kinds(items)
    own = {"", context.site, context.host}
    kept = [item for item in items if not _is_internal(item) and words(item) not in own]
    kept = _without_news(_without_channels(kept), named=any(words(item) in own for item in items))
    if _is_codes(kept) or _is_made_of(kept, context.address) or _is_made_of(kept, context.text):
        return ()
    named = any(_is_site(words(item), context.site) for item in items)
    if named and len(kept) > 4 and sum(item.casefold() in context.shown for item in kept) * 5 < len(kept):  # noqa: PLR2004
        return ()  # the site's own keywords, the same on each of its pages
    return _unique(kept)


def _without_news(items: list[str], *, named: bool) -> list[str]:
    """Leave out "latest news" and its like, and "news" beside it or the site's name; alone, it may be a topic."""
    if not named and not any(_LATEST.match(item.casefold()) for item in items):
        return items
    return [item for item in items if not (_LATEST.match(item.casefold()) or _NEWS.match(item.casefold()))]


def _without_channels(items: list[str]) -> list[str]:
    """Leave out names of one pattern, of which an article's topics are not: their ends are the same."""
    if len(items) < min(_MANY_CHANNELS, _MANY_ALIKE):
        return items
    said = [words(item).split() for item in items]
    ends = Counter(" ".join(parts[-2:]) for parts in said if len(parts) > 2)  # noqa: PLR2004 - a name before the end
    channels = Counter(parts[-1] for parts in said if parts and parts[-1] in _CHANNELS)
    return [
        item
        for item, parts in zip(items, said, strict=True)
        if ends[" ".join(parts[-2:])] < _MANY_ALIKE and channels[parts[-1] if parts else ""] < _MANY_CHANNELS
    ]


def _is_internal(item: str) -> bool:
    """Tell whether an item is an editing system's note to itself: an identifier, a domain, "Section: Sport"."""
    return bool("http:" in item or "https:" in item or _IDENTIFIER.match(item) or _CMS_KIND.match(item))


def _is_site(item: str, site: str) -> bool:
    telling = 2 * len(item) >= len(site) or (len(item) > 1 and bool(_CJK.search(item)))
    return bool(item and site) and (site in item or (item in site and telling))


def _without_kinds(items: list[str]) -> list[str]:
    """Turn "Subject: War", "topic/war" into "War" where most items name their kind; leave out other kinds."""
    kinds = [_KIND.match(item) for item in items]
    if sum(map(bool, kinds)) * 2 <= len(items):
        return items
    named = [(item, kind) for item, kind in zip(items, kinds, strict=True) if kind]
    return [kind["value"].strip() for _, kind in named if _TOPIC_KINDS.search(kind["kind"])]


def _is_codes(items: Sequence[str]) -> bool:
    return len(items) > 7 and sum(bool(_CODE.match(item)) for item in items) * 2 > len(items)  # noqa: PLR2004 - EU, NATO, US


def _is_made_of(items: Sequence[str], text: Sequence[str]) -> bool:
    """Tell whether a list is a sentence cut into words: single words in the text's order that are most of it."""
    if len(items) < _SENTENCE_WORDS:
        return False
    singles = [item for item in items if " " not in item]
    if len(singles) < 0.8 * len(items):
        return False
    plain, at, hits = [_plain(word) for word in text], 0, 0
    for word in singles:
        last = re.findall(r"\w+", _plain(word))[-1:]
        if last and last[0] in plain[at:]:
            at += plain[at:].index(last[0]) + 1
            hits += 1
    content = sum(len(word) > 3 for word in plain)  # noqa: PLR2004 - shorter ones are mostly "the" and "of"
    return hits >= 0.7 * len(items) and 2 * hits >= content


def _plain(text: str) -> str:
    """Return lower case without accents, as addresses write words."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _support(left: frozenset[str], right: frozenset[str]) -> float:
    """Return how far a second list supports a first: 1 where they are the same, 0 where they share nothing.

    Half of it is their likeness (F1), half the share of the other list that is in this one, so that of a list and
    its shortened copy the full one wins; a list of more than three times the size is no fuller copy but all names in
    the text.
    """
    both = len(left & right)
    copied = both / (2 * len(right)) if len(left) <= _FULLER * len(right) else 0.0
    return both / (len(left) + len(right)) + copied


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        if name:
            seen.setdefault(name.casefold(), name)
    return tuple(seen.values())
