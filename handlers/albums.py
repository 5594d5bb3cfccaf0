"""Albums: Telegram brings each picture as a message of its own; an album is answered once."""

from collections import deque
from typing import Any

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import ApplicationHandlerStop, BaseHandler, MessageHandler, filters

from handlers.opml import FEED_LIST
from handlers.visits import Context

_MOST_KNOWN = 1_000  # albums; their pictures come within a second or two


class _LaterPicture(filters.MessageFilter):
    """Lets pass what is of an album that was seen before and says nothing itself."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: deque[str] = deque(maxlen=_MOST_KNOWN)

    def filter(self, message: TelegramMessage) -> bool:
        """Say whether a message is such a one, and know its album from now on."""
        album = message.media_group_id
        if album is None:
            return False
        is_known = album in self._seen
        if not is_known:
            self._seen.append(album)
        return is_known and not message.caption


def later_pictures() -> BaseHandler[Any, Any, Any]:
    """Return the handler that lets go what says nothing; it must be asked before anything waits.

    Updates are handled side by side: behind the gate, which asks the database, the first picture may be the last.
    """

    async def let_go(_update: Update, _context: Context) -> None:
        """Say nothing: the album's first picture, or the one with words, is answered."""
        raise ApplicationHandlerStop

    alone = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & ~FEED_LIST
    return MessageHandler(alone & _LaterPicture(), let_go)
