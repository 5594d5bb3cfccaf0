"""`quotewire check`: tells in plain words what is missing before `quotewire run`, and tests every source."""

import argparse
import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic_settings import DotEnvSettingsSource
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.errors import QuotewireError, SettingsError
from bot.feeds.poll import read_feed
from bot.feeds.sources import Source, load_sources
from bot.feeds.warm import warm_up
from bot.installation import intruders
from bot.logs import redact
from bot.messages.catalogue import interface_languages, words_in
from bot.messages.errors import explain
from bot.reading.worker import ReadingPool
from bot.store import Store
from bot.web.fetch import Fetcher
from config.secret_files import SUFFIX
from config.settings import Settings

_PREFIX = str(Settings.model_config["env_prefix"])
_NOT_OURS = frozenset({f"{_PREFIX}HOSTNAME"})  # compose.yaml's

HELP = "tell what is missing, and test each source"


@dataclass(frozen=True)
class Finding:
    """What one look found.

    Attributes:
        what: what was looked at.
        well: whether it works.
        says: the facts, or what to do.
    """

    what: str
    well: bool
    says: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("--no-sources", action="store_true", help="do not ask the sources")


def run(options: argparse.Namespace) -> int:
    """Print what works and what does not; the exit status is 1 if the bot could not run.

    A source that does not answer is reported and is no reason not to run; nor is a setting that has no effect.
    """
    return asyncio.run(_check(Settings(), with_sources=not options.no_sources))


async def _check(settings: Settings, *, with_sources: bool) -> int:
    needed = [check_installation(), await check_token(settings), await check_database(settings)]
    for finding in (check_settings(settings), *needed):
        _show(finding)
    if with_sources:
        await check_sources(settings, load_sources(), _show)
    ready = all(finding.well for finding in needed)
    print("\nReady: quotewire run" if ready else "\nNot ready yet; see the lines with ✗ above.")
    return 0 if ready else 1


def _show(finding: Finding) -> None:
    print(f"{'✓' if finding.well else '✗'} {finding.what}: {redact(finding.says)}", flush=True)


def check_settings(settings: Settings) -> Finding:
    """Tell whether every variable named QUOTEWIRE_… is a setting, and there is an interface in the language."""
    dotenv = DotEnvSettingsSource(Settings).env_vars
    given = {name.upper() for name in (*os.environ, *dotenv) if name.upper().startswith(_PREFIX)}
    settable = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    unknown = given - settable - {name + SUFFIX for name in settable} - _NOT_OURS
    faults = [f"{name} is no setting" for name in sorted(unknown)]
    if words_in(settings.default_language).language != settings.default_language:
        spoken = ", ".join(interface_languages())
        faults.append(f"{_PREFIX}DEFAULT_LANGUAGE: there is no interface in that language, only in {spoken}")
    return Finding("settings", not faults, "; ".join(faults) or "all are known")


def check_installation() -> Finding:
    """Tell whether another installed package writes into ours."""
    if others := intruders():
        advice = (
            f"{', '.join(others)} also has files in bot, handlers or config. Uninstall it, then reinstall quotewire."
        )
        return Finding("installation", False, advice)
    return Finding("installation", True, "nothing is in its way")


async def check_token(settings: Settings) -> Finding:
    """Tell whether there is a token and Telegram knows it."""
    if settings.token is None:
        advice = "none. Ask @BotFather for one and set QUOTEWIRE_TOKEN, in the environment or in a file .env."
        return Finding("token", False, advice)
    try:
        async with Bot(settings.token.get_secret_value(), base_url=f"{settings.api_url}/bot") as bot:
            return Finding("token", True, f"it is @{bot.username}'s")
    except InvalidToken:
        return Finding("token", False, "Telegram does not know it. Copy it again from @BotFather.")
    except TelegramError as error:
        return Finding("token", False, f"{settings.api_url} could not be asked: {error.message}")


async def check_database(settings: Settings) -> Finding:
    """Tell whether the database opens and is of this version; brings an older one up to date."""
    try:
        async with Store(settings.database_url) as store:
            await store.migrate()
    except SettingsError as error:
        return Finding("database", False, error.details["what"])
    return Finding("database", True, "opens, and is up to date")


async def check_sources(
    settings: Settings, sources: tuple[Source, ...], show: Callable[[Finding], None] = _show
) -> list[Finding]:
    """Ask every source for its feed, and show each finding as it comes."""
    pool = ReadingPool(settings, prepare=warm_up)
    async with Fetcher(settings) as fetcher:
        await pool.start()
        try:
            looks = [_check_source(source, fetcher, pool) for source in sources]
            return [_shown(await look, show) for look in asyncio.as_completed(looks)]
        finally:
            await pool.stop()


def _shown(finding: Finding, show: Callable[[Finding], None]) -> Finding:
    show(finding)
    return finding


async def _check_source(source: Source, fetcher: Fetcher, pool: ReadingPool) -> Finding:
    name = f"source {source.slug}"
    try:
        response = await fetcher.fetch(source.url)
        parsed = await read_feed(source.kind, response, pool, now=datetime.now(UTC))
    except QuotewireError as error:
        return Finding(name, False, f"{explain(error, words_in('en'))} ({source.url})")
    if not parsed.entries:
        return Finding(name, False, f"the feed is empty ({source.url})")
    return Finding(name, True, f"{len(parsed.entries)} entries, the newest: {parsed.entries[0].title[:80]}")
