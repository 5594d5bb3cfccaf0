"""Who wrote an article: what the page states for machines, corrected by what it shows to readers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from bot.reading.bylines import heading_of, visible_authors
from bot.reading.contact_names import contact_name
from bot.reading.dated_names import dated_name
from bot.reading.evidence import Thing, clean, name_of, resolve, types_of, values, words
from bot.reading.lone_names import is_subject, lone_name
from bot.reading.name_words import ADMINISTRATOR, AGENCY_NAMES, AGENCY_SERVICE, WITH
from bot.reading.names import has_no_capitals, is_generic, is_name, split_names
from bot.reading.page import Page
from bot.reading.selectors import select, text_of
from bot.reading.signatures import agency_in_dateline, agency_signature, signature, text_paragraphs
from bot.reading.sites import SiteRule

MAX_AUTHORS = 20
_SHORT = 4  # letters of an abbreviation

_METAS = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "citation_author", "cxenseparse:author", "article:author_name", "og:author",
    "og:article:author", "content_author", "article_author",
)  # fmt: skip
_CARD_LABEL = re.compile(
    r"written by|von\b|verfasst|geschrieben|par\b|[ée]crit|escrito|scritto|skriv|skrevet|napisan|napsal|autor|author"
    r"|автор|написан|door|kirjoitt|scris|yazan|szerző|συντ[αά]|執筆者|作者|撰文|글쓴이",
    re.IGNORECASE,
)

_NUMBERED = re.compile(
    r"(?:\d{1,2} )?[^\W\d_][\w-]{0,20}(?: [^\W\d_][\w-]{0,20}| \d{1,2}){0,3}$"
)  # "24 Heures avec AFP", "News12"


def authors(page: Page, rule: SiteRule | None, things: Sequence[Thing], sites: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the authors' names, one each, in the page's order.

    JSON-LD is believed where it names people. Where it names only the site or an account, the by-line that readers
    see decides, then meta tags; only where nobody is named is the organisation the author.

    Args:
        page: the page.
        rule: its site's rule, whose author selectors are believed.
        things: the article's JSON-LD objects, best first.
        sites: what the site is called.
    """
    if rule and (
        found := [name for element in select(page.tree, rule.authors) for name in split_names(text_of(element))]
    ):
        return _unique(found)
    own = tuple(sites)
    stated, organisation = _in_json_ld(page, things, own)
    people = [_without_site(name, own) for name in stated if not (is_generic(name, own) or _is_abbreviation(name))]
    if people and AGENCY_NAMES.issuperset(people) and not organisation:
        return _unique(stated)
    if people and not organisation:
        return _unique([*people, *_contributors(page, things, people)])
    text = cache(lambda: text_paragraphs(page))
    by_lines = visible_authors(page)
    shown, written = next(by_lines), _in_metas(page, own)
    agencies = () if shown else agency_signature(text())
    if not (shown or agencies):
        shown = next(by_lines)
    shown = tuple(_without_site(name, own) for name in shown)
    for names in (shown, written, agencies):
        if named := [name for name in names if not is_generic(name, own) and _is_told(name, organisation)]:
            return _unique(stated if _are_part_of(named, stated) else named)
    signed = signature(text(), own) or ([] if organisation else people)
    signed = signed or _unlabelled(page, known=bool(stated or written), sites=own)
    signed = signed or (() if people else agency_in_dateline(text()))
    people = stated if AGENCY_NAMES.issuperset(people) else people
    far = () if signed or stated else next(by_lines, ())
    told = signed or people or stated or [name for name in far if not is_generic(name, own)] or shown or written
    return _unique(name for name in told if not ADMINISTRATOR.match(name))


def _without_site(name: str, sites: Sequence[str]) -> str:
    """Return "Ann Lee" for "Ann Lee Example Herald": what the site is called may stand behind a name in a link."""
    bare = next((name.removesuffix(f" {site}") for site in sites if name.endswith(f" {site}")), name)
    before, _, last = bare.rpartition(" ")
    short = last.isupper() and not before.isupper() and last in map(_initials, sites)  # "Ann Lee EH"
    bare = before if short else bare
    return bare if " " in bare else name


def _is_abbreviation(name: str) -> bool:
    """Tell whether a name is a news service's in short, of which nobody is known: "TNN"."""
    return name.isupper() and name.isascii() and name.isalpha() and len(name) <= _SHORT and name not in AGENCY_NAMES


def _initials(site: str) -> str:
    return "".join(word[0] for word in site.split()).upper()


def _unlabelled(page: Page, *, known: bool, sites: Sequence[str]) -> tuple[str, ...]:
    """Return the names near the headline that only a date, an account or their standing alone tells."""
    headline = heading_of(page)
    near = dated_name(page, known=known) or contact_name(headline) or lone_name(page, headline, sites)
    return near if near and not is_subject(page, near) else ()


def _are_part_of(named: Sequence[str], stated: Sequence[str]) -> bool:
    """Tell whether organisations are stated more fully than a by-line has them: "Agencia EFE", not "EFE"."""
    said = {*stated, *(word for name in stated for word in name.split())}
    return AGENCY_NAMES.issuperset(named) and said.issuperset(named)


def _is_told(name: str, organisation: bool) -> bool:
    """Tell whether a name says more than an organisation that is stated: it is a full one, or an agency's."""
    return " " in name or has_no_capitals(name) or name in AGENCY_NAMES or _is_service(name) or not organisation


def _in_json_ld(page: Page, things: Sequence[Thing], sites: Sequence[str]) -> tuple[list[str], bool]:
    """Return the names of the first object that names any author, and whether all are organisations."""
    for thing in things:
        sources = [resolve(page, _in_role(value)) for value in values(thing, "author", "creator")]
        if names := [name for source in sources for text in _names_of(source) for name in _stated(text, sites)]:
            return names, all("Organization" in " ".join(types_of(source)) for source in sources)
    return [], False


def _in_role(value: Any) -> Any:
    """Return who has a role (https://schema.org/Role), or the value itself."""
    held = isinstance(value, Mapping) and "Role" in types_of(value)
    return next(values(value, "author", "creator"), value) if held else value


def _contributors(page: Page, things: Sequence[Thing], authors: Sequence[str]) -> list[str]:
    """Return the people that JSON-LD calls contributors and the by-line authors: some systems state one author only."""
    sources = [resolve(page, value) for thing in things[:1] for value in values(thing, "contributor")]
    stated = [name for source in sources if "Person" in types_of(source) for name in _names_of(source)]
    shown = next(visible_authors(page)) if stated else ()
    return [name for name in stated if name in shown] if set(authors) <= set(shown) else []


def _names_of(source: Any) -> list[str]:
    """Return the names of one author object, which some systems write as a list in it."""
    names = source.get("name") if isinstance(source, Mapping) else None
    return [clean(name) for name in names[:MAX_AUTHORS]] if isinstance(names, list) else [name_of(source)]


def _stated(name: str, sites: Sequence[str]) -> list[str]:
    """Return the names in a statement; a site's own name with an agency ("Exemple Matin avec AFP") stays whole."""
    if name.startswith(("http:", "https:", "@")):
        return []
    own, _, agency = name.rpartition("/")
    if agency in AGENCY_NAMES and words(own) in map(words, sites):
        return [own, agency]
    if words(name) in map(words, sites) or _is_service(name):
        return [name]
    if any(map(str.isdigit, name)) and _NUMBERED.match(name):
        return [name]
    names = split_names(name)
    if "," not in name and is_name(name) and len(names) == 1 and is_generic(names[0], sites):
        return [name]
    if len(names) > 1 and is_generic(names[0], sites) and AGENCY_NAMES.issuperset(names[1:]) and WITH.search(name):
        return [name]
    return names or ([name] if is_name(name) else [])


def _is_service(name: str) -> bool:
    """Tell whether a name is that of an agency's service ("dpa/lrs"), not of two agencies ("dpa/afp")."""
    return bool(AGENCY_SERVICE.match(name)) and name.rpartition("/")[2] not in AGENCY_NAMES


def _in_metas(page: Page, sites: Sequence[str]) -> list[str]:
    for meta in _METAS:
        if names := [name for content in page.meta.get(meta, ()) for name in _stated(clean(content), sites)]:
            return names
    label = clean(page.first_meta("twitter:label1"))
    return split_names(page.first_meta("twitter:data1") or "") if _CARD_LABEL.search(label) else []


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
    return tuple(seen.values())[:MAX_AUTHORS]
