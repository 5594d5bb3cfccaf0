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
# What pages without a usable declaration turn out to be written in.
_GUESSES = [
    "cp1251", "koi8_u", "koi8_r", "iso8859_5", "cp1252", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip
_GUESS_BYTES = 20_000
_MARKUP = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
# Above this share of characters that a declared charset cannot make, the declaration is taken for a mistake.
_MAX_BROKEN = 0.002
_ENOUGH_CYRILLIC = 0.5
# Accented letters are fewer than this among a Latin text's letters.
_LATIN_SHARE = 0.25


def decode(body: bytes, charset: str | None = None) -> str:
    """Turn a document's bytes into text; never fails.

    Args:
        body: the document.
        charset: what the Content-Type header states.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, errors="replace")
    utf8 = _strict_utf8(body)
    declared = _codec(charset) or _declared(body)
    if utf8 is not None and (declared in {None, "utf-8"} or not body.isascii()):
        # Bytes beyond ASCII that happen to be valid UTF-8 are UTF-8, whatever the page declares.
        return utf8
    if declared and (text := _decode_as(body, declared)) is not None:
        return text
    return body.decode(_guess(body), errors="replace")


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
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in {"utf-7", "idna", "punycode", "hex", "base64", "rot13", "bz2", "zlib", "uu", "quopri", "undefined"}:
        return None
    return _WHATWG.get(name, name)


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


def _guess(body: bytes) -> str:
    words = _MARKUP.sub(b" ", body)[:_GUESS_BYTES]
    high = bytes(byte for byte in words if byte > 127)  # noqa: PLR2004 - the end of ASCII
    letters = sum(1 for byte in words if chr(byte).isascii() and chr(byte).isalpha())
    if len(high) < _LATIN_SHARE * (letters + len(high)):
        return "cp1252"  # Latin script: what browsers take where nothing is declared
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
