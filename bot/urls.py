"""URLs as identities: what makes two addresses the same page."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|yclid|msclkid|mc_cid|mc_eid|igshid|_ga|cmpid|at_(medium|campaign|custom\d)|ns_\w+|xtor|__twitter_impression)$",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """Return the form of a URL by which two links to one page are recognized.

    Scheme and host in lower case, no default port, no fragment, no tracking parameters; the rest is untouched.
    """
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    try:
        port = parts.port
    except ValueError:
        port = None
    netloc = host if port in {None, _DEFAULT_PORTS.get(scheme)} else f"{host}:{port}"
    query = urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])])
    return urlunsplit((scheme, netloc, parts.path or "/", query, ""))
