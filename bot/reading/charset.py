"""From bytes to text, in the order browsers use: BOM, HTTP header, meta, then the content itself."""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# HTML's prescan reads the first 1,024 bytes; pages that put scripts first need a longer look.
_PRESCAN_BYTES = 16_384
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
# WHATWG's encoding standard reads these labels as the Windows superset.
_WHATWG = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "latin-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
    "utf-16": "utf-16-le",
}
# Python's codecs that are no charset of a page: transformations, and what browsers refuse.
_NO_CHARSETS = frozenset(
    (
        "utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "hex", "base64", "rot13", "bz2", "zlib",
        "uu", "quopri", "undefined", "hz", "iso2022_kr",
    )
)  # fmt: skip
# Labels of the encoding standard (https://encoding.spec.whatwg.org/#names-and-labels) that Python does not know.
_LABELS = {
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "win-1251": "cp1251",
    "windows1251": "cp1251",
    "x-cp1252": "cp1252",
    "iso88591": "cp1252",
    "x-cp1253": "cp1253",
    "x-cp1254": "cp1254",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso-8859-11": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "csiso88598i": "iso8859_8",
    "logical": "iso8859_8",
    "koi": "koi8_r",
    "koi8": "koi8_r",
    "koi8-ru": "koi8_u",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ukrainian": "mac_cyrillic",
    "mac": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "windows-949": "cp949",
    "ks_c_5601-1989": "cp949",
    "unicode-1-1-utf-8": "utf-8",
    "unicode": "utf-16-le",
    "ucs-2": "utf-16-le",
    "unicodefffe": "utf-16-be",
}
# What browsers take for undeclared pages in these languages (HTML, 13.2.3.2, step 9).
_LEGACY = {
    **dict.fromkeys(("cs", "hu", "pl", "sk", "sl", "hr", "bs", "ro", "sq"), "cp1250"),
    **dict.fromkeys(("lt", "lv", "et"), "cp1257"),
    "tr": "cp1254",
    "az": "cp1254",
}
_LANGUAGE = re.compile(rb"<html[^>]{0,400}?\blang\s*=\s*[\"']?([a-zA-Z]{2})\b", re.IGNORECASE)
# Letters of Polish, Czech and their neighbours that windows-1250 and ISO 8859-2 write differently: as bytes in each.
_WINDOWS_LATIN_2 = frozenset(b"\xa5\xb9\x8a\x8c\x8d\x8e\x8f\x9a\x9c\x9d\x9e\x9f\xbc\xbe")
_ISO_LATIN_2 = frozenset(b"\xa1\xb1\xa6\xac\xa9\xab\xae\xb6\xbc\xb9\xbb\xbe")
_ESCAPE = b"\x1b"
_ISO_2022_JP = (b"\x1b$B", b"\x1b$@")
# What pages without a usable declaration turn out to be written in.
_GUESSES = [
    "cp1251", "koi8_u", "koi8_r", "iso8859_5", "cp1252", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip
_GUESS_BYTES = 20_000
_LOOKED_AT = 400_000  # bytes, markup included
_ASCII = bytes(range(128))
_NO_LETTERS = bytes(code for code in range(256) if not (code < 128 and chr(code).isalpha()))  # noqa: PLR2004 - ASCII
_WIDE_BYTES = 64  # the doctype and the first tags, which are ASCII in any language
_WIDE_SHARE = 0.6
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
# Above this share of characters that a declared charset cannot make, the declaration is taken for a mistake.
_MAX_BROKEN = 0.002
_ENOUGH_CYRILLIC = 0.5
# Accented letters are fewer than this among a Latin text's letters.
_LATIN_SHARE = 0.25


def to_utf8(body: bytes, charset: str | None = None) -> bytes:
    """Return a document in UTF-8: itself, where it is written so, as nearly all are; never fails.

    Args:
        body: the document.
        charset: what the Content-Type header states.
    """
    return body if _is_utf8(body) else decode(body, charset).encode("utf-8", errors="replace")


def _is_utf8(body: bytes) -> bool:
    """Tell whether a document beyond ASCII is UTF-8 from its first byte to its last, whatever it declares."""
    if body.isascii() or _ESCAPE in body or body.startswith(codecs.BOM_UTF8) or wide_codec(body):
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode(body: bytes, charset: str | None = None) -> str:
    """Turn a document's bytes into text; never fails.

    Args:
        body: the document.
        charset: what the Content-Type header states.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, errors="replace")
    if wide := wide_codec(body):
        return body.decode(wide, errors="replace")
    utf8 = _strict_utf8(body)
    if utf8 is not None and _ESCAPE in body and any(sequence in body for sequence in _ISO_2022_JP):
        return body.decode("iso2022_jp", errors="replace")
    declared = _codec(charset) or _declared(body)
    if utf8 is not None and (declared in {None, "utf-8"} or not body.isascii()):
        # Bytes beyond ASCII that happen to be valid UTF-8 are UTF-8, whatever the page declares.
        return utf8
    if declared and not _is_no_latin(body, declared) and (text := _decode_as(body, declared)) is not None:
        return text
    return body.decode(_guess(body), errors="replace")


def wide_codec(body: bytes) -> str | None:
    """Return the codec of a document in UTF-16 without a byte order mark: every other byte of its markup is zero.

    Args:
        body: the document.
    """
    head = body[:_WIDE_BYTES]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) <= _WIDE_SHARE * len(head) / 2 or min(even, odd) > len(head) / 20:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _strict_utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A document cut off inside its last character is still UTF-8.
        return body[: error.start].decode("utf-8") if error.start >= len(body) - 3 else None


def _codec(label: str | None) -> str | None:
    """Return Python's name of the codec that browsers use for a label, or None for an unknown one."""
    if not label:
        return None
    label = label.strip().strip("\"'").lower()
    if label in _LABELS:
        return _LABELS[label]
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return None if name in _NO_CHARSETS else _WHATWG.get(name, name)


def _declared(body: bytes) -> str | None:
    start = body[:_PRESCAN_BYTES]
    match = _XML_ENCODING.search(start) or _META_CHARSET.search(start)
    codec = _codec(match[1].decode("ascii", errors="replace")) if match else None
    # A meta tag that was read as ASCII cannot be inside UTF-16: HTML says to take it for UTF-8.
    return "utf-8" if codec and codec.startswith(("utf-16", "utf-32")) else codec


def _decode_as(body: bytes, codec: str) -> str | None:
    """Decode as declared, or return None where too much of the text cannot be written so."""
    try:
        text = body.decode(codec, errors="replace")
    except (LookupError, ValueError):
        return None
    beyond_ascii = sum(1 for byte in body[: _GUESS_BYTES * 10] if byte > 127)  # noqa: PLR2004 - the end of ASCII
    broken = text.count("\ufffd")
    return text if broken <= max(3, _MAX_BROKEN * len(text), 0.02 * beyond_ascii) else None


def _is_no_latin(body: bytes, declared: str) -> bool:
    """Tell whether a document that is declared as Latin-1, as servers do by default, is in another script."""
    return declared == "cp1252" and not _is_latin(_words(body))


def _words(body: bytes) -> bytes:
    return _MARKUP.sub(b" ", body[:_LOOKED_AT])[:_GUESS_BYTES]


def _high(words: bytes) -> bytes:
    return words.translate(None, _ASCII)


def _is_latin(words: bytes) -> bool:
    letters, high = len(words.translate(None, _NO_LETTERS)), len(_high(words))
    return high < _LATIN_SHARE * (letters + high)


def _latin(body: bytes, words: bytes) -> str:
    """Return what browsers take for a Latin text where nothing is declared: by the document's language."""
    language = _LANGUAGE.search(body[:_PRESCAN_BYTES])
    codec = _LEGACY.get(language[1].decode("ascii").lower(), "cp1252") if language else "cp1252"
    if codec == "cp1250":
        high = _high(words)
        windows, iso = (sum(byte in own for byte in high) for own in (_WINDOWS_LATIN_2, _ISO_LATIN_2))
        return "iso8859_2" if iso > windows else codec
    return codec


def _guess(body: bytes) -> str:
    words = _words(body)
    if _is_latin(words):
        return _latin(body, words)
    high = _high(words)
    if _looks_cyrillic(high):
        return "cp1251"
    best = from_bytes(words, cp_isolation=_GUESSES, preemptive_behaviour=False).best()
    return best.encoding if best else "cp1252"


def _looks_cyrillic(high: bytes) -> bool:
    """Say whether bytes above 127 read as windows-1251: mostly small letters, and vowels among them."""
    text = high.decode("cp1251", errors="replace")
    small = sum(1 for char in text if "а" <= char <= "я" or char in "іїєґё")
    vowels = sum(1 for char in text if char in "аеиоуіяє")
    return small > _ENOUGH_CYRILLIC * len(text) and vowels > 0.25 * len(text)
