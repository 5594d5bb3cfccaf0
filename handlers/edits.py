"""Edited messages in private: a link that was put right or added is read; what was answered is not answered again."""

from collections.abc import Sequence

from telegram import Message as TelegramMessage

from bot.urls import canonical_url
from handlers.visits import Context

_MOST_KNOWN = 1_000  # messages; people correct the last one that they sent
_NAME = "links of messages"

Key = tuple[int, int]


class LinksSeen:
    """Remembers, in this process, which links of a message were seen to."""

    def __init__(self) -> None:
        self._seen: dict[Key, set[str]] = {}

    def note(self, message: TelegramMessage, links: Sequence[str]) -> None:
        """Know a message with its links; the one known for longest is forgotten for it where there are too many."""
        key = message.chat_id, message.message_id
        self._seen.setdefault(key, set()).update(map(canonical_url, links))
        if len(self._seen) > _MOST_KNOWN:
            del self._seen[next(iter(self._seen))]

    def new(self, message: TelegramMessage, links: Sequence[str]) -> list[str]:
        """Return the links that a message has gained.

        None of a message that is not known, since Telegram tells of changes that nobody sees, as of reactions.
        """
        seen = self._seen.get((message.chat_id, message.message_id))
        return [] if seen is None else [link for link in links if canonical_url(link) not in seen]


def links_seen(context: Context) -> LinksSeen:
    """Return what this process remembers."""
    seen = context.bot_data.setdefault(_NAME, LinksSeen())
    assert isinstance(seen, LinksSeen)  # noqa: S101  nobody else uses the name
    return seen
