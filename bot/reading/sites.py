"""Site rules: what a TOML file in config/sites/ says about one family of sites, and which rule a URL falls under."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from config.data import tables

Selectors = tuple[str, ...]
"""CSS selectors; all their elements count, in document order."""


@dataclass(frozen=True, slots=True)
class HeadlineRule:
    """Where a plain headline list has its parts ("19:02 Zelenskyy: …"). All are CSS selectors.

    Attributes:
        item: one headline with its time.
        time: the clock time, inside an item.
        link: the link with the headline as its text, inside an item.
        day: a day heading ("28 December") that holds for the items after it; "" where the list has none.
    """

    item: str
    time: str
    link: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One language edition, or one sister site, of a site.

    Attributes:
        host: the domain that it lives on, "" for each domain of the rule.
        path: the prefix of its pages' paths.
        language: ISO 639-1.
        site: the publication's name as this edition writes it.
    """

    path: str = "/"
    host: str = ""
    language: str | None = None
    site: str | None = None

    def holds(self, place: SplitResult) -> bool:
        """Tell whether a split URL belongs to this edition."""
        return (not self.host or _within(place.hostname or "", self.host)) and place.path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What is known of a family of sites that share their markup.

    Attributes:
        slug: the TOML file's name without its ending.
        domains: domains whose subdomains belong too; "host/path/" limits one to a path prefix.
        time_zone: the IANA name of the clock that dates without a zone are on.
        title, authors, date, tags: where the parts of an article's head stand; see docs/add-a-site.md.
        body: the element or elements that hold the article's text.
        lead: the standfirst.
        captions: visible picture captions.
        remove: what is no part of the text even where it stands inside the body.
        editions: languages and sister sites; the longest matching path wins.
        headlines: the plain headline list, or None.
    """

    slug: str
    domains: tuple[str, ...]
    time_zone: str = "UTC"
    title: Selectors = ()
    authors: Selectors = ()
    date: Selectors = ()
    tags: Selectors = ()
    body: Selectors = ()
    lead: Selectors = ()
    captions: Selectors = ()
    remove: Selectors = ()
    editions: tuple[Edition, ...] = ()
    headlines: HeadlineRule | None = field(default=None)

    @property
    def zone(self) -> ZoneInfo:
        """The clock that dates without a zone are on."""
        return ZoneInfo(self.time_zone)

    def edition(self, url: str) -> Edition:
        """Return the edition that a URL belongs to; an edition without any statement where none matches."""
        place = urlsplit(url)
        fitting = [edition for edition in self.editions if edition.holds(place)]
        return max(fitting, key=lambda edition: (len(edition.host), len(edition.path)), default=Edition())


def rule_for(url: str) -> SiteRule | None:
    """Return the rule that a URL falls under: the longest matching domain, then path prefix; any port.

    Args:
        url: absolute; subdomains ("www.", "m.") belong to their domain.
    """
    place = urlsplit(url)
    claims = ((claim, rule) for rule in all_rules() for claim in rule.domains if _claims(claim, place))
    return max(claims, key=lambda pair: len(pair[0]), default=(None, None))[1]


@cache
def all_rules() -> tuple[SiteRule, ...]:
    """Return every rule of config/sites/, by file name."""
    return tuple(parse_rule(slug, table) for slug, table in tables("sites"))


def parse_rule(slug: str, table: Mapping[str, Any]) -> SiteRule:
    """Turn the content of a TOML file into a rule.

    Args:
        slug: the file's name without its ending.
        table: the file's content; see docs/add-a-site.md for the keys.

    Raises:
        KeyError: `domains` is missing.
        TypeError: a key is unknown.
    """
    rest = dict(table)
    editions = tuple(Edition(**edition) for edition in rest.pop("editions", ()))
    headlines = HeadlineRule(**rest.pop("headlines")) if "headlines" in rest else None
    selectors: dict[str, Any] = {name: _strings(value) for name, value in rest.pop("selectors", {}).items()}
    domains = _strings(rest.pop("domains"))
    return SiteRule(slug=slug, domains=domains, editions=editions, headlines=headlines, **selectors, **rest)


def _strings(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _claims(claim: str, place: SplitResult) -> bool:
    host, slash, path = claim.partition("/")
    return _within(place.hostname or "", host) and (place.path or "/").startswith(slash + path)


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
