"""Values that the tables hold as JSON documents, and what reads and writes them."""

from typing import Any

from pydantic import TypeAdapter

from bot.feed_values import FeedState
from bot.models import Digest, Entry
from bot.sketches import Sketch
from bot.store.outbox import Notice
from bot.store.values import Change

CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...])
DIGEST: TypeAdapter[Digest] = TypeAdapter(Digest)
ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
FEED_STATE: TypeAdapter[FeedState] = TypeAdapter(FeedState)
NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)
SKETCH: TypeAdapter[Sketch] = TypeAdapter(Sketch)


def feed_document(state: FeedState) -> Any:
    """Return a feed's record of its polls as its row holds it."""
    return FEED_STATE.dump_python(state, mode="json")
