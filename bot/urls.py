"""URLs as identities: what an http URL is, and what makes two addresses the same page.

The grammar here is stricter than urllib's and the same on every Python: what is read here is what is connected to
(bot.web), so there is no second parser that could see another host. Sources: RFC 3986 (generic syntax), the WHATWG
URL standard (a host that ends in a number is an IPv4 address), UTS #46 (international names).
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urlsplit

import idna

# Longer URLs are refused by most servers; 8,000 octets is what RFC 9110 section 4.1 asks to be supported.
MAX_URL_LENGTH = 8_000

LONGEST_FEED_URL = 2_000
"""Bytes of a feed's URL, which is in a unique index as it is; PostgreSQL refuses rows there of more than 2,704."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:@\\%\s]+)(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
# What browsers leave alone in paths and queries, besides letters and digits.
_KEPT = "%/?:@!$&'()*+,;=~[]|-._"

# Parameters that say where a reader came from, never which page: Google Analytics and Ads, Meta, Yandex, Microsoft,
# Mailchimp, Matomo, AT Internet, HubSpot, X, LinkedIn, TikTok. "ref" and "source" are left alone: some sites route by
# them.
_TRACKING = re.compile(
    r"utm_\w+|utm|fbclid|fb_(action_ids|action_types|source|ref)|gclid|gclsrc|dclid|gbraid|wbraid|gad_source"
    r"|srsltid|yclid|ysclid|_openstat|msclkid|mc_cid|mc_eid|igshid|igsh|twclid|ttclid|li_fat_id|_ga|_gl|cmpid"
    r"|at_(medium|campaign|custom\d)|ns_\w+|xtor|(mtm|pk|piwik|matomo)_\w+|_hs(enc|mi)|hsctatracking"
    r"|__twitter_impression|oly_(anon|enc)_id|vero_(conv|id)|wickedid|ncid|rss_?campaign",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class HttpUrl:
    """An http or https URL, taken apart; its fragment is dropped.

    Attributes:
        scheme: "http" or "https".
        host: the name in ASCII and lower case without a trailing dot, or an address literal without brackets.
        port: the port, the scheme's own where the URL names none.
        path: the path, percent-encoded, with a leading slash.
        query: the query without its question mark, percent-encoded.
    """

    scheme: str
    host: str
    port: int
    path: str
    query: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them: brackets where needed, no default port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def target(self) -> str:
        """Path and query, as the request line has them."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def origin(self) -> str:
        """Scheme, host and port (RFC 6454)."""
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.origin + self.target


def parse_url(text: str) -> HttpUrl:
    """Take an http or https URL apart.

    Raises:
        ValueError: it has another scheme, user information, a port that is none, control characters, an address in
            any notation but the plain one (RFC 3986 section 7.4), or is longer than MAX_URL_LENGTH.
    """
    text = text.strip()
    if len(text) > MAX_URL_LENGTH or _CONTROL.search(text):
        raise ValueError("too long, or control characters")
    parts = urlsplit(text)
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise ValueError(f"not http or https: {scheme[:20]!r}")
    host, port = _read_authority(parts.netloc)
    path = _without_dot_segments(_escaped(parts.path) or "/")
    return HttpUrl(scheme, host, port or _DEFAULT_PORTS[scheme], path, _escaped(parts.query))


def _read_authority(netloc: str) -> tuple[str, int | None]:
    match = _AUTHORITY.fullmatch(netloc)
    if match is None:
        raise ValueError("no host, user information, or stray characters in the host")
    port = int(match["port"]) if match["port"] else None
    if port is not None and not 0 < port < 65_536:  # noqa: PLR2004 - the port numbers there are
        raise ValueError("no such port")
    host = match["host"]
    if host.startswith("["):
        return str(IPv6Address(host[1:-1])), port
    return _read_host(host), port


def _read_host(text: str) -> str:
    """Return a host's ASCII form; one that ends in a number must be a plain dotted quad (WHATWG, 4.3)."""
    host = text.lower() if text.isascii() else _to_ascii(text)
    labels = host.removesuffix(".").split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or len(host) > 253:  # noqa: PLR2004 - RFC 1035
        raise ValueError("no host name")
    if _NUMBER.fullmatch(labels[-1]):
        return str(IPv4Address(".".join(labels)))
    return ".".join(labels)


def _to_ascii(text: str) -> str:
    """Map and encode an international name as browsers do (UTS #46), full-width digits and dots included."""
    try:
        mapped = idna.uts46_remap(text, std3_rules=False, transitional=False)
        return ".".join(
            label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
            for label in mapped.split(".")
        )
    except (idna.IDNAError, UnicodeError) as error:
        raise ValueError("no host name") from error


def _escaped(text: str) -> str:
    """Percent-encode what may not stand in a URL, and write present escapes in upper case."""
    upper = _ESCAPE.sub(lambda match: match.group().upper(), text)
    return quote(upper, safe=_KEPT)


def _without_dot_segments(path: str) -> str:
    """Resolve "." and ".." in a path (RFC 3986 section 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def canonical_url(url: str) -> str:
    """Return the form of a URL by which two links to one page are recognized.

    Scheme and host in lower case and ASCII, no default port, no user information, no fragment, no tracking
    parameters, dot segments resolved, escapes in upper case; the order of what remains is untouched. Text that is no
    http URL is returned as it is, without surrounding space: never an error.
    """
    try:
        parsed = parse_url(url)
    except ValueError:
        return url.strip()
    query = "&".join(pair for pair in parsed.query.split("&") if pair and not _is_tracking(pair))
    return parsed.origin + parsed.path + (f"?{query}" if query else "")


def _is_tracking(pair: str) -> bool:
    return _TRACKING.fullmatch(pair.partition("=")[0]) is not None


def same_site(one: str, other: str) -> bool:
    """Tell whether two URLs belong to one site: the same host, whatever its "www.", or one host inside the other.

    Two subdomains side by side are two sites, as are a name and another that merely ends like it.
    """
    try:
        hosts = [parse_url(url).host.removeprefix("www.") for url in (one, other)]
    except ValueError:
        return False
    inner, outer = sorted(hosts, key=len, reverse=True)
    return inner == outer or (inner.endswith("." + outer) and "." in outer)


def origin_of(url: str) -> str:
    """Return what all URLs of one server begin with: scheme, host and port, with the slash behind them.

    Text that is no URL is returned as it is: it has no server, and shares it with nothing.
    """
    return urlsplit(url)._replace(path="/", query="", fragment="").geturl() if is_splittable(url) else url


def can_be_feed_url(url: str) -> bool:
    """Tell whether a URL is short enough to be a feed's."""
    return len(url.encode("utf-8", "replace")) <= LONGEST_FEED_URL


def is_splittable(url: str) -> bool:
    """Tell whether urllib can take a URL apart; it raises where brackets or full-width signs make no host."""
    if url.isascii() and "[" not in url and "]" not in url:  # nearly all; what it never objects to costs nothing
        return True
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True
