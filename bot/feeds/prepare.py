"""Before a feed document is parsed: its text as UTF-8, its size bounded."""

import re

from bot.feeds.assemble import MAX_ENTRIES
from bot.feeds.moments import parse_moment
from bot.reading.charset import decode

_DECLARATION = re.compile(rb"^<\?xml[^>]*>\s*")
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_ENTRY_END = re.compile(rb"</(?:[A-Za-z0-9_.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENTRY_DATE = re.compile(rb"<(?:[A-Za-z0-9_.-]+:)?(?:pubDate|published|updated|date)>\s*([^<]{8,64})<", re.IGNORECASE)
_WIDE_STARTS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_BARE_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);)", re.DOTALL
)
_SURROGATE = re.compile(rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*(5[5-7][0-9]{3}));")
_SURROGATES = range(0xD800, 0xE000)
_UTF8_BOM = b"\xef\xbb\xbf"
# A superset that holds what is really sent under the narrower name.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}
_ASCII_SAFE = ("iso-2022", "hz", "utf-7", "utf7")


def as_utf8(body: bytes, charset: str | None = None) -> bytes:
    """Return a feed document in UTF-8, without byte order mark, XML declaration and white space before its first tag.

    Bytes beyond ASCII that are valid UTF-8 are UTF-8, whatever header and declaration say: text in another encoding
    has no chance to look like it. Otherwise the document's own declaration goes before the header, which servers
    often add without looking; where neither fits, the content decides.

    Args:
        body: as fetched, decompressed.
        charset: the Content-Type header's, or None.
    """
    body = body.removeprefix(_UTF8_BOM).lstrip()
    for start, encoding in _WIDE_STARTS:
        if body.startswith(start):
            return _DECLARATION.sub(b"", body.decode(encoding, "replace").lstrip("\ufeff \t\r\n").encode())
    declared = _declared(body)
    if not _is_utf8(body) or (body.isascii() and declared.startswith(_ASCII_SAFE)):
        body = _recoded(body, declared, (charset or "").lower())
    return _DECLARATION.sub(b"", body)


def escape_ampersands(body: bytes) -> bytes:
    """Write "&" as "&amp;" where it begins no reference: the commonest fault of hand-made feeds ("AT&T").

    A well-formed document comes back as it is; feedparser makes "AT&T;" of it otherwise.
    """
    return _BARE_AMPERSAND.sub(lambda match: b"&amp;" if match[0] == b"&" else match[0], body)


def without_surrogates(body: bytes) -> bytes:
    """Drop references to half a character ("&#xD800;"): lxml makes texts of them that it cannot give back."""
    return _SURROGATE.sub(lambda match: match[0] if match[1] and int(match[1]) not in _SURROGATES else b"", body)


def bound(body: bytes, limit: int = MAX_ENTRIES) -> bytes:
    """Return the document with its newest entries alone where it has more than the limit.

    Feeds are newest first, so the first ones are kept; where dates say that the feed runs the other way, the last ones
    are. Cut between two end tags, so that what was well-formed stays so.
    """
    if body.count(b"</") <= limit:
        return body
    ends = [match.end() for match in _ENTRY_END.finditer(body)]
    if len(ends) <= limit:
        return body
    start = _first_start(body, ends[0])
    if _runs_forward(body, start, ends):
        return body[:start] + body[ends[-limit - 1] :]
    return body[: ends[limit - 1]] + body[ends[-1] :]


def _recoded(body: bytes, *encodings: str) -> bytes:
    for encoding in encodings:
        try:
            return body.decode(_SUPERSETS.get(encoding, encoding)).encode("utf-8", "replace")
        except (LookupError, UnicodeError):  # "undefined" is a codec that refuses everything
            continue
    return decode(body).encode("utf-8", "replace")


def _declared(body: bytes) -> str:
    match = _DECLARED.match(body)
    return match[1].decode("ascii").lower() if match else ""


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_start(body: bytes, end: int) -> int:
    """Return where the first entry begins, which ends at `end`."""
    name = body[body.rfind(b"</", 0, end) + 2 : end - 1].strip()
    start = re.search(rb"<" + re.escape(name) + rb"[\s>]", body[:end])
    return start.start() if start else 0


def _runs_forward(body: bytes, start: int, ends: list[int]) -> bool:
    first, last = _ENTRY_DATE.search(body, start, ends[0]), _ENTRY_DATE.search(body, ends[-2], ends[-1])
    moments = [parse_moment(match[1].decode("utf-8", "replace")) if match else None for match in (first, last)]
    return moments[0] is not None and moments[1] is not None and moments[0] < moments[1]
