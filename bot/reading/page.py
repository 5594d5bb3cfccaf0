"""A document parsed once: its tree, meta tags and structured data, for all who read it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from lxml import etree

from bot.errors import NotAnArticle, NotHtml
from bot.reading.charset import to_utf8, wide_codec
from bot.reading.json_ld import read_json_ld

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"BM\x00", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"\x7fELF", "application/octet-stream"),
    (b"MZ\x90", "application/octet-stream"),
    (b"{\\rtf", "application/rtf"),
    (b"wOFF", "font/woff"),
)
# Control characters that no text has: tabs, line breaks and escape (of ISO-2022-JP) are left out.
_C0 = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
_META_NAMES = ("name", "property", "itemprop")
_BOM_STARTS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_SNIFFED_BYTES = 1024
_MAX_CONTROL = 0.02
_FEED_ROOT = re.compile(
    r"^\s*(?:<\?xml.*?\?>)?\s*(?:<!--.*?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
_TAG = re.compile(rb"<[a-zA-Z!/]")
# XML cannot hold control characters, and libxml2 stops reading at a zero byte.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\f\r")
_READABLE = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_NONCHARACTERS = re.compile(b"\xef\xbf[\xbe\xbf]")  # U+FFFE and U+FFFF in UTF-8


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One parsed document; nobody changes its tree.

    Attributes:
        url: where the document came from, after redirects.
        tree: the root element.
        json_ld: every object of the page's JSON-LD blocks, @graph and arrays flattened.
        meta: lower-case name, property or itemprop → the contents in document order.
        title: the text of <title>, white space evened out; "" where there is none.
        language: the document's `lang` attribute as written, or None.
    """

    url: str
    tree: Any
    json_ld: tuple[dict[str, Any], ...]
    meta: Mapping[str, tuple[str, ...]]
    title: str
    language: str | None = None

    @classmethod
    def parse(cls, document: bytes | str, url: str, *, charset: str | None = None) -> "Page":
        """Parse a document once.

        Args:
            document: the page; bytes are decoded in the order browsers use.
            url: where it came from, after redirects.
            charset: what the Content-Type header states.

        Raises:
            NotHtml: it is a picture, a PDF or another thing that is not a web page.
            NotAnArticle: it is empty, or a feed.
        """
        tree = _tree(_source(document, url, charset), url)
        title = next(tree.iter("title"), None)
        return cls(
            url=url,
            tree=tree,
            json_ld=read_json_ld(_json_ld_scripts(tree)),
            meta=_meta(tree),
            title=" ".join("".join(title.itertext()).split()) if title is not None else "",
            language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
        )

    def first_meta(self, *names: str) -> str | None:
        """Return the first non-empty content of the first of these meta names that has one."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content:
                    return content
        return None


def _source(document: bytes | str, url: str, charset: str | None) -> bytes:
    """Return a document in UTF-8, if it can be a web page."""
    if isinstance(document, str):
        document = document.encode("utf-8", errors="replace")
    elif content_type := _magic(document):
        raise NotHtml(url=url, content_type=content_type)
    else:
        document = to_utf8(document, charset)
    start = document[: 4 * _SNIFFED_BYTES].decode("utf-8", errors="ignore").lstrip()[:_SNIFFED_BYTES]
    if not start.strip("\x00 ") or _FEED_ROOT.match(start):
        raise NotAnArticle(url=url)
    if not _TAG.search(document):
        raise NotHtml(url=url, content_type="application/json" if start[0] in "{[" else "text/plain")
    return document


def _magic(body: bytes) -> str | None:
    """Return the media type that the first bytes give away, or None for what may be text."""
    for start, content_type in _MAGIC:
        if body.startswith(start):
            return content_type
    if body[4:8] == b"ftyp":
        return "video/mp4"
    if body.startswith(_BOM_STARTS) or wide_codec(body):
        return None
    head = body[:_SNIFFED_BYTES]
    control = len(head) - len(head.translate(None, _C0))
    return "application/octet-stream" if control > _MAX_CONTROL * len(head) else None


def _tree(source: bytes, url: str) -> Any:
    # Without huge_tree libxml2 drops all that stands deeper than 256 elements: pages with unclosed tags lose their end.
    # Plain elements: those of lxml.html ask Python code for each one's class.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        tree = etree.fromstring(_readable(source), parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NotAnArticle(url=url) from error
    if tree is None:
        raise NotAnArticle(url=url)
    return tree


def _readable(source: bytes) -> bytes:
    """Put spaces for what no document may hold: few do, and to look takes a fraction of the time that writing does."""
    if b"\xef" in source:
        source = _NONCHARACTERS.sub(b" ", source)
    return source.translate(_READABLE) if any(control in source for control in _CONTROLS) else source


def _json_ld_scripts(tree: Any) -> list[str]:
    return [
        text
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower() and (text := script.text)
    ]


def _meta(tree: Any) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        keys = {key for name, value in element.items() if name in _META_NAMES and (key := value.strip().lower())}
        if keys:
            content = " ".join((element.get("content") or "").split())
            for key in keys:
                found.setdefault(key, []).append(content)
    return MappingProxyType({key: tuple(values) for key, values in found.items()})
