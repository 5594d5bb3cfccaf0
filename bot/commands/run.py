"""`quotewire run`: the bot, until it is told to stop."""

import argparse
import asyncio
import gc
import logging
from contextlib import AsyncExitStack

from bot.app import running
from bot.ending import Told
from bot.error_reports import report_errors_to
from bot.errors import SettingsError
from bot.heap import share_heap
from bot.installation import intruders, version
from bot.logs import configure_logging
from config.settings import ALL_ROLES, Settings

HELP = "run the bot"

log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument(
        "--role",
        metavar="ROLE,…",
        help="what this process does: updates, poll, read, push, in any combination; by default all",
    )
    parser.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"])


def run(options: argparse.Namespace) -> int:
    """Run the bot until SIGINT or SIGTERM.

    Raises:
        SettingsError: something is missing; `quotewire check` says what.
    """
    share_heap()
    configure_logging(options.log_level)
    for intruder in intruders():
        log.error("the installed package %s writes into ours; uninstall it and reinstall quotewire", intruder)
    settings = with_roles(Settings(), options.role)
    if settings.sentry_dsn:
        report_errors_to(settings.sentry_dsn.get_secret_value(), release=version())
    asyncio.run(run_until_told(settings))
    return 0


def with_roles(settings: Settings, roles: str | None) -> Settings:
    """Return settings with the roles of the command line, where it names some.

    Raises:
        SettingsError: there is no such role.
    """
    if roles is None:
        return settings
    named = frozenset(role.strip() for role in roles.split(",")) - {""}
    if not named or named - ALL_ROLES:
        unknown = ", ".join(sorted(named - ALL_ROLES)) or "nothing"
        raise SettingsError(what=f"There is no role {unknown!r}. Roles: {', '.join(sorted(ALL_ROLES))}.")
    return settings.model_copy(update={"roles": named})


async def run_until_told(settings: Settings) -> None:
    """Run the bot until the process is told to stop; a second signal does not wait for what is in flight.

    A start that is not finished then is abandoned.
    """
    told = Told().listen()
    async with AsyncExitStack() as stack:
        if services := await told.start(stack, running(settings)):
            told.before_last_resort(services.pool.kill)
            # What is there from the start stays: to look through it at each full collection stops everything for 90 ms.
            gc.freeze()
            log.info("running; press Ctrl-C to stop")
            await told.wait()
        log.info("stopping")
