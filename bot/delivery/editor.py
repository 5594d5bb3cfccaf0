"""The role "push", for what was sent: brings messages up to date while nothing new waits to be sent."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.alarm import Stoppable
from bot.delivery.failures import Failure, NotAccepted, Verdict
from bot.delivery.pace import Pace
from bot.models import Message
from bot.patience import Patience
from bot.store import Chat, Edit, Store, utc_now

_log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
"""After an editor's death another makes its edits within this time. To edit twice does no harm."""

MOST_ATTEMPTS = 3
"""Tries of one edit. Ours: the message stands there as it was sent, and is true of that moment."""

_BATCH = 8
_FIRST_WAIT = timedelta(seconds=30)
_UNREACHED = timedelta(seconds=15)


class Changes(Protocol):
    """What changes a message; bot.delivery.sender.Sender."""

    async def edit(self, chat: Chat, message_id: int, message: Message) -> None:
        """Change a message, or raise NotAccepted; a message that looks so already is no error."""
        ...


class Sending(Protocol):
    """What sends new messages, which go first; bot.delivery.pusher.Pusher."""

    @property
    def is_idle(self) -> bool:
        """Whether this process may send, and has nothing new to send."""
        ...


class Editor(Stoppable):
    """Edits what is to be edited until it is stopped: the oldest stories first, one message at a time.

    Args:
        store: the database.
        sender: changes one message.
        pace: Telegram's limits, shared with all who send.
        sending: what goes before edits, and whose lease they need.
        render: what an edit's message is to show.
        owner: a name that no other process has.
        idle_seconds: between two looks for work.
        clock: the present moment.
    """

    def __init__(
        self,
        store: Store,
        sender: Changes,
        pace: Pace,
        sending: Sending,
        render: Callable[[Edit], Sequence[Message]],
        *,
        owner: str,
        idle_seconds: float = 2.0,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self._store = store
        self._sender = sender
        self._pace = pace
        self._sending = sending
        self._render = render
        self._owner = owner
        self._idle_seconds = idle_seconds
        self._clock = clock
        # Not told to the health: while new messages are sent, nobody would take it back.
        self._patience = Patience(None, "messages cannot be edited")

    async def run(self) -> None:
        """Edit until stopped; errors of the database are waited out."""
        while not self._stopping:
            if self._sending.is_idle:
                with self._patience:
                    await self._edit_due()
            await self._alarm.wait(self._idle_seconds)

    async def _edit_due(self) -> None:
        while not self._stopping and self._sending.is_idle:
            claimed = await self._store.edits.claim(self._clock(), limit=_BATCH, owner=self._owner, lease=LEASE)
            if not claimed:
                return
            for place, edit in enumerate(claimed):
                if self._stopping or not self._sending.is_idle:
                    unmade = [one.id for one in claimed[place:]]
                    await self._store.edits.postpone(self._owner, unmade, self._clock())
                    return
                await self._make(edit)

    async def _make(self, edit: Edit) -> None:
        try:
            message = self._render(edit)[0]
        except Exception as error:  # one story that cannot be rendered must not stop the others
            _log.exception("edit %d cannot be rendered", edit.id)
            await self._store.edits.done(self._owner, [edit.id], f"not rendered: {type(error).__name__}")
            return
        chat, (number, *_) = edit.delivery.chat, edit.delivery.message_ids
        await self._pace.acquire(chat.telegram_id)
        try:
            await self._sender.edit(chat, number, message)
        except NotAccepted as error:
            await self._after(error.failure, edit)
        else:
            await self._store.edits.done(self._owner, [edit.id])

    async def _after(self, failure: Failure, edit: Edit) -> None:
        """Do what an error asks for; an answer that is lost is asked for again, since editing twice does no harm."""
        now, telegram_id = self._clock(), edit.delivery.chat.telegram_id
        match failure.verdict:
            case Verdict.NOT_SENT:
                await self._store.edits.postpone(self._owner, [edit.id], now + _UNREACHED)
            case Verdict.WAIT:
                until = now + timedelta(seconds=failure.retry_after)
                self._pace.hold(telegram_id, failure.retry_after)
                await self._store.chats.hold(telegram_id, until)
                await self._store.edits.postpone(self._owner, [edit.id], until)
            case Verdict.UNKNOWN | Verdict.FAILED if edit.attempts + 1 < MOST_ATTEMPTS:
                later = now + _FIRST_WAIT * 2**edit.attempts
                await self._store.edits.postpone(self._owner, [edit.id], later, failed=True)
            case _:
                # The message was deleted, the chat has left or moved: what was sent stays as it is.
                await self._store.edits.done(self._owner, [edit.id], failure.reason)
