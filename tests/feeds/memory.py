"""A feed's memory without a database, for tests of what is decided."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.feed_values import Decision, KnownEntry, KnownFeed, NewEntry
from bot.feeds.decide import decide
from bot.models import Entry


class FeedMemory:
    """Remembers what a store would, and every entry that was pushed."""

    def __init__(self) -> None:
        self.known = KnownFeed()
        self.pushed: list[Entry] = []

    def read(self, entries: Iterable[Entry], now: datetime, *, cap: int = 1_000) -> Decision:
        """Decide on a document and remember the decision."""
        decision = decide(self.known, entries, now, cap=cap)
        by_id = {entry.id: entry for entry in self.known.entries}
        for entry_id, key in decision.added_keys:
            by_id[entry_id] = replace(by_id[entry_id], keys=by_id[entry_id].keys | {key})
        for changed in decision.changed:
            by_id[changed.id] = replace(by_id[changed.id], text_key=changed.text_key, published=changed.entry.published)
        for new in decision.new:
            self._add(by_id, new)
        self.known = KnownFeed(tuple(by_id.values()), self.known.first_read or now)
        return decision

    def _add(self, by_id: dict[int, KnownEntry], new: NewEntry) -> None:
        number = len(by_id) + 1
        by_id[number] = KnownEntry(number, new.keys, new.text_key, new.entry.published)
        if new.push:
            self.pushed.append(new.entry)
