"""Who a message is for: the language, zone and moment that its words depend on."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages.catalogue import Words


@dataclass(frozen=True)
class Reader:
    """The one who reads a message.

    Attributes:
        words: the interface in the reader's language.
        zone: the reader's time zone.
        now: the present, aware.
        followed: ids of the topics that the reader's chat follows, to mark their buttons.
    """

    words: Words
    zone: ZoneInfo
    now: datetime
    followed: frozenset[int] = frozenset()
