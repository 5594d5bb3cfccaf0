"""The keys under which an Entry is recognized again: its guid, its URL, its text."""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit

from bot.models import Entry
from bot.urls import canonical_url

_NOT_WORD = re.compile(r"[\W_]+")
_KEY_BYTES = 12
"""96 bits: among a hundred million keys the chance of any collision is one in ten trillion."""
WEAK_GUID_LENGTH = 6
"""A guid shorter than this may be a position ("1", "2" …) and not a name."""
SHORT_TEXT_LENGTH = 20
"""Letters and digits below which a text may well occur twice ("Air raid alert")."""


@dataclass(frozen=True, slots=True)
class EntryKeys:
    """An Entry's identity.

    Attributes:
        guid: "g…", or "" where the feed gives no guid.
        url: "u…", or "" where the link is missing or leads to the front page, which is nobody's own address.
        text: "t…" of title and summary; always there.
        weak_guid: the guid is so short that it may be a position in the list.
        short_text: the text is so short that two entries may share it.
    """

    guid: str
    url: str
    text: str
    weak_guid: bool = False
    short_text: bool = False

    @property
    def all(self) -> frozenset[str]:
        """Every key that is there."""
        return frozenset({self.guid, self.url, self.text} - {""})


def entry_keys(entry: Entry) -> EntryKeys:
    """Return the keys of an Entry.

    Not part of the identity: a URL's scheme, tracking parameters and final slash; a text's case, punctuation, white
    space and Unicode form.
    """
    words = _NOT_WORD.sub("", unicodedata.normalize("NFKC", f"{entry.title} {entry.summary}").casefold())
    guid = _address(entry.guid) if entry.guid.startswith(("http://", "https://")) else entry.guid
    return EntryKeys(
        guid=_key("g", guid),
        url=_key("u", _address(entry.url)),
        text=_key("t", words) or "t",
        weak_guid=len(entry.guid) < WEAK_GUID_LENGTH,
        short_text=len(words) < SHORT_TEXT_LENGTH,
    )


def _address(url: str) -> str:
    """Return a URL's canonical form without its scheme, "" for a front page and for what is no URL."""
    try:
        parts = urlsplit(canonical_url(url))
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{parts.netloc}{path}?{parts.query}" if path or parts.query else ""


def _key(kind: str, text: str) -> str:
    if not text:
        return ""
    return kind + blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).hexdigest()
