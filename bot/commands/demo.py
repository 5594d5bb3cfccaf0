"""`quotewire demo`: the whole product on this machine, without a token, an account or the internet."""

import argparse
import asyncio
import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import running
from bot.arguments import port
from bot.ending import Told
from bot.errors import SettingsError
from bot.feed_values import FeedKind
from bot.feeds.sources import Source
from bot.logs import configure_logging
from bot.playground.demo import Surroundings, run_playground
from config.settings import Settings

HELP = "try the whole product here, with nothing to set up"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("--no-browser", action="store_true", help="do not open the chat page, only print its address")
    parser.add_argument("--port", type=port, default=0, help="the chat page's port; a free one by default")
    parser.add_argument("--log-level", default="WARNING", choices=["DEBUG", "INFO", "WARNING", "ERROR"])


def run(options: argparse.Namespace) -> int:
    """Run the demo until it is interrupted."""
    configure_logging(options.log_level, style="human")
    print("Starting the demo; this takes a few seconds…", flush=True)
    try:
        asyncio.run(_run(options))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise SettingsError(what=f"Port {options.port} is taken. Choose another with --port, or none.") from error
    return 0


async def _run(options: argparse.Namespace) -> None:
    await run_playground(
        real_bot,
        open_browser=not options.no_browser,
        port=options.port,
        say=lambda line: print(line, flush=True),
        told=Told().listen(),
    )


@asynccontextmanager
async def real_bot(surroundings: Surroundings) -> AsyncIterator[None]:
    """Run the real bot inside a playground: only the overrides and the sources differ from `quotewire run`."""
    # The overrides go before the operator's own environment: a demo never meets a real token or database.
    settings = Settings(_env_file=None, **surroundings.overrides)
    sources = [
        Source(source.slug, source.name, source.language, source.url, source.site_url, FeedKind(source.kind))
        for source in surroundings.sources
    ]
    async with running(settings, sources=sources):
        yield
