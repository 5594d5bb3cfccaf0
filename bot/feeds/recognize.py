"""Which entries of a document are known already."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.feed_values import KnownEntry
from bot.feeds.identity import EntryKeys, entry_keys
from bot.models import Entry

SAME_MOMENT = timedelta(minutes=10)
"""How far apart the dates of one text may be: a headline that comes back ("Air raid alert in Kyiv") is another piece of
news, a date that a feed rounds or corrects is not."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """An entry of the document with its keys, and the known entry that it is, if any."""

    entry: Entry
    keys: EntryKeys
    known: KnownEntry | None = None


def recognize(known: Iterable[KnownEntry], entries: Iterable[Entry]) -> list[Sighting]:
    """Return every entry of a document, in its order, with the known entry that it is.

    A guid or URL that several known entries share, or several different entries of this document, names none of them.
    A guid is not believed in a document where guids and URLs contradict each other. A text recognizes only what
    nothing else does, once, and only at the same moment.

    Args:
        known: what was seen before.
        entries: of the document, in its order.
    """
    past = _Past(known)
    shown = _without_shared([(entry, entry_keys(entry)) for entry in entries])
    guids_lie = any(past.contradicts(keys) for _, keys in shown)
    named = [Sighting(entry, keys, past.by_name(entry, keys, believe_guid=not guids_lie)) for entry, keys in shown]
    taken = {sighting.known.id for sighting in named if sighting.known}
    return [_recognized_by_text(sighting, past, taken) for sighting in named]


class _Past:
    """The known entries by key; keys that name several are left out, but for texts."""

    def __init__(self, known: Iterable[KnownEntry]) -> None:
        by_key: dict[str, list[KnownEntry]] = defaultdict(list)
        for entry in known:
            for key in entry.keys:
                by_key[key].append(entry)
        self._by_text: Mapping[str, Sequence[KnownEntry]] = {key: es for key, es in by_key.items() if key[0] == "t"}
        self._by_name = {key: es[0] for key, es in by_key.items() if key[0] != "t" and len(es) == 1}

    def contradicts(self, keys: EntryKeys) -> bool:
        """Tell whether guid and URL name two different known entries."""
        guid, url = self._by_name.get(keys.guid), self._by_name.get(keys.url)
        return guid is not None and url is not None and guid.id != url.id

    def by_name(self, entry: Entry, keys: EntryKeys, *, believe_guid: bool) -> KnownEntry | None:
        """Return the known entry with this URL, or with this guid where that may be believed."""
        if found := self._by_name.get(keys.url):
            return found
        found = self._by_name.get(keys.guid) if believe_guid else None
        return None if found and keys.weak_guid and _is_another(found, entry, keys) else found

    def by_text(self, entry: Entry, keys: EntryKeys, taken: set[int]) -> KnownEntry | None:
        """Return a known entry with this text that the document does not show under its own name."""
        candidates = (known for known in self._by_text.get(keys.text, ()) if known.id not in taken)
        return next((known for known in candidates if _may_be_same_text(known, entry, keys)), None)


def _is_another(known: KnownEntry, entry: Entry, keys: EntryKeys) -> bool:
    """Tell whether an entry shares a known one's guid alone: neither text nor date."""
    dated = known.published is not None and entry.published is not None
    return dated and known.published != entry.published and keys.text not in known.keys


def _may_be_same_text(known: KnownEntry, entry: Entry, keys: EntryKeys) -> bool:
    if known.published is None or entry.published is None:
        return not keys.short_text
    return abs(known.published - entry.published) <= SAME_MOMENT


def _recognized_by_text(sighting: Sighting, past: _Past, taken: set[int]) -> Sighting:
    if sighting.known is not None:
        return sighting
    known = past.by_text(sighting.entry, sighting.keys, taken)
    if known is None:
        return sighting
    taken.add(known.id)
    return Sighting(sighting.entry, sighting.keys, known)


def _without_shared(shown: list[tuple[Entry, EntryKeys]]) -> list[tuple[Entry, EntryKeys]]:
    """Take away guids and URLs that entries with different texts, and different names otherwise, share."""
    guids_of: dict[str, set[tuple[str, str]]] = defaultdict(set)
    urls_of: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for _, keys in shown:
        urls_of[keys.guid].add((keys.url, keys.text))
        guids_of[keys.url].add((keys.guid, keys.text))
    return [
        (entry, _keys_without(keys, guid=_is_shared(urls_of[keys.guid]), url=_is_shared(guids_of[keys.url])))
        for entry, keys in shown
    ]


def _is_shared(others: set[tuple[str, str]]) -> bool:
    """Tell whether the entries of one name differ in their other name (where they have one) and in their text."""
    if len(others) == 1:
        return False
    names = {name for name, _ in others}
    texts = {text for _, text in others}
    return len(names) > 1 and len(texts) > 1


def _keys_without(keys: EntryKeys, *, guid: bool, url: bool) -> EntryKeys:
    if not (guid or url):
        return keys
    return replace(keys, guid="" if guid else keys.guid, url="" if url else keys.url)
