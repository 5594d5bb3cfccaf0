"""`quotewire status`: a live screen of what the bot does, read from its database; nothing runs for it meanwhile."""

import argparse
import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from bot.arguments import seconds
from bot.errors import SettingsError
from bot.patience import reason_of
from bot.store import Store, utc_now
from bot.store.census import Counts
from bot.store.files import refuse_missing
from config.settings import Settings

HELP = "show what the bot does, live"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("--once", action="store_true", help="print it once and end")
    parser.add_argument("--every", type=seconds, default=2.0, metavar="SECONDS", help="between two looks; 2 by default")


def run(options: argparse.Namespace) -> int:
    """Show the screen until Ctrl-C.

    Raises:
        SettingsError: the database cannot be read.
    """
    settings = Settings()
    refuse_missing(settings.database_url)
    try:
        asyncio.run(_show(settings, options))
    except (SQLAlchemyError, OSError) as error:
        raise unreadable(error) from error
    return 0


def unreadable(error: Exception) -> SettingsError:
    """Return what the operator is told of a database that cannot be read."""
    return SettingsError(what=f"The database cannot be read: {reason_of(error)}. Look at QUOTEWIRE_DATABASE_URL.")


async def _show(settings: Settings, options: argparse.Namespace) -> None:
    async with Store(settings.database_url) as store:
        counts = await store.census.take()
        if options.once:
            Console().print(screen(counts, None, utc_now(), options.every))
            return
        with Live(screen(counts, None, utc_now(), options.every), auto_refresh=False) as live:
            while True:
                await asyncio.sleep(options.every)
                before, counts = counts, await store.census.take()
                live.update(screen(counts, before, utc_now(), options.every), refresh=True)


def screen(counts: Counts, before: Counts | None, now: datetime, seconds: float) -> Group:
    """Return the screen.

    Args:
        counts: what is there.
        before: what was there at the last look, for rates; None at the first.
        now: the present moment.
        seconds: between the two looks.
    """
    return Group(
        Panel(_queue(counts, before, now, seconds), title="queue", title_align="left"),
        Panel(_stock(counts), title="kept", title_align="left"),
    )


def _queue(counts: Counts, before: Counts | None, now: datetime, seconds: float) -> Table:
    table = _grid()
    table.add_row("deliveries waiting", str(counts.waiting), _age(counts.oldest_open, now))
    table.add_row("sent", str(counts.deliveries.get("sent", 0)), _rate(counts, before, seconds))
    table.add_row("stories to be read", str(counts.stories.get("unread", 0)), _age(counts.oldest_unread, now))
    table.add_row("feeds overdue", "yes" if counts.most_overdue else "no", _age(counts.most_overdue, now))
    table.add_row("pushed by", counts.leases.get("push", "nobody: is the bot running?"), "")
    return table


def _stock(counts: Counts) -> Table:
    table = _grid()
    table.add_row("feeds", str(sum(counts.feeds.values())), _listed(counts.feeds))
    table.add_row("chats", str(sum(counts.chats.values())), _listed(counts.chats))
    table.add_row("subscriptions", str(counts.subscriptions), "")
    table.add_row("stories", str(sum(counts.stories.values())), _listed(counts.stories))
    table.add_row("deliveries", str(sum(counts.deliveries.values())), _listed(counts.deliveries))
    return table


def _grid() -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=20)
    table.add_column(justify="right", min_width=8)
    table.add_column(style="dim")
    return table


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))


def _age(since: datetime | None, now: datetime) -> str:
    """Return how long something has waited, to the second."""
    return f"for {timedelta(seconds=round((now - since).total_seconds()))}" if since else ""


def _rate(counts: Counts, before: Counts | None, seconds: float) -> str:
    if before is None:
        return ""
    sent = counts.deliveries.get("sent", 0) - before.deliveries.get("sent", 0)
    return f"{max(0.0, sent / seconds):.1f} a second"
