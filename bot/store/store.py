"""The store: one object, with a part for each kind of thing that is kept."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import SettingsError
from bot.patience import is_away, reason_of
from bot.store.bells import Bells
from bot.store.census import Census
from bot.store.chats import Chats
from bot.store.compaction import Compaction
from bot.store.connections import Connections
from bot.store.days import Days
from bot.store.deliveries import Deliveries
from bot.store.digests import Digests
from bot.store.editions import Editions
from bot.store.edits import Edits
from bot.store.engine import Database
from bot.store.feeds import Feeds
from bot.store.hubs import Hubs
from bot.store.incidents import Incidents
from bot.store.keys import Keys
from bot.store.leases import Leases
from bot.store.migrate import migrate
from bot.store.options import ChosenOptions
from bot.store.privacy import Privacy
from bot.store.reindexing import Reindexing
from bot.store.rereading import Rereading
from bot.store.retention import Retention
from bot.store.saved import Saved
from bot.store.search import Search
from bot.store.shown import Shown
from bot.store.sources import Sources
from bot.store.stories import Stories
from bot.store.subscriptions import Subscriptions
from bot.store.topics import Topics
from bot.topics import load_aliases


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class Store:
    """All that Quotewire keeps, in SQLite or PostgreSQL.

    Attributes:
        feeds: the feeds that are polled.
        hubs: subscriptions at feeds' hubs.
        stories: pieces of news.
        rereading: stories whose page has changed.
        search: stories by their words.
        digests: what pages say.
        shown: what messages show beside that.
        topics: what can be followed.
        chats: who is written to.
        connections: who manages which channel.
        subscriptions: which chat follows what.
        options: how their news comes.
        saved: what chats keep for later.
        privacy: what is held on a chat, to be shown or forgotten.
        deliveries: the outbox.
        editions: what of it was held, to be sent together.
        edits: messages to be brought up to date.
        retention: deletes what is old.
        compaction: gives back the room that it had.
        bells: wake workers, here and in other processes.
        leases: what one process at a time does.
        keys: what the instance hashes with.
        census: how much there is of what.
        days: what came to a chat in a day.
        sources: feeds as the operator looks at them, and which of them are blocked.
        incidents: what went wrong lately.

    Args:
        url: SQLAlchemy's, with the driver aiosqlite or asyncpg; a file for SQLite, since ":memory:" has one connection.
        aliases: names that are one topic; those of config/topics.toml where None.
        clock: what gives the present moment.
    """

    def __init__(
        self, url: str, *, aliases: Mapping[str, str] | None = None, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database = Database(url)
        known = load_aliases() if aliases is None else aliases
        self.feeds = Feeds(database, known, clock)
        self.hubs = Hubs(database, clock)
        self.stories = Stories(database, known)
        self.rereading = Rereading(database, known)
        self.search = Search(database)
        self.reindexing = Reindexing(database)
        self.digests = Digests(database, known, clock)
        self.shown = Shown(database)
        self.topics = Topics(database, clock)
        self.chats = Chats(database, clock)
        self.connections = Connections(database, clock)
        self.subscriptions = Subscriptions(database, clock)
        self.options = ChosenOptions(database)
        self.privacy = Privacy(database)
        self.saved = Saved(database, clock)
        self.deliveries = Deliveries(database, clock)
        self.editions = Editions(database)
        self.edits = Edits(database, clock)
        self.retention = Retention(database, clock)
        self.compaction = Compaction(database)
        self.bells = Bells(database)
        self.leases = Leases(database, clock)
        self.keys = Keys(database)
        self.census = Census(database, clock)
        self.days = Days(database)
        self.sources = Sources(database, clock)
        self.incidents = Incidents(database)

    async def open(self) -> None:
        """Connect once, so that a wrong URL or a database that is away shows now.

        Raises:
            SettingsError: it cannot be opened.
        """
        with said_plainly():
            await self.ping()

    async def ping(self) -> None:
        """Begin a transaction and end it: the database answers.

        Raises:
            SQLAlchemyError, OSError: it does not.
        """
        async with self._database.read():
            pass

    async def migrate(self) -> None:
        """Bring the database to the newest schema; does nothing where it is there already.

        Raises:
            SettingsError: it cannot be written to, or a newer version has worked on it.
        """
        with said_plainly():
            await migrate(self._database)

    def give_up(self) -> None:
        """Wait no more for a database that is away: the process ends. What was sent is still marked, however late."""
        self._database.give_up()

    async def close(self) -> None:
        """Close all connections."""
        await self._database.close()

    async def __aenter__(self) -> "Store":
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn what an operator can mend into a sentence; what only we can keeps its traceback.

    Raises:
        SettingsError: the database is away, locked, full, or may not be written.
    """
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        if not is_away(error):
            raise
        why = f"The database cannot be used: {reason_of(error)}. Look at QUOTEWIRE_DATABASE_URL."
        raise SettingsError(what=why) from error
