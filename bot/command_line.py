"""The command line: one subcommand for each file of bot/commands."""

import argparse
import errno
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from pydantic import ValidationError
from pydantic_settings import SettingsError as UnreadableSetting

import bot.commands
from bot.errors import QuotewireError
from bot.messages.catalogue import words_in
from bot.messages.errors import explain


def run_command(given: Sequence[str]) -> int:
    """Run one command and return the process's exit status.

    Args:
        given: the command line without the program's name.
    """
    options = _parser(given).parse_args(given)
    try:
        return int(options.run(options))
    except QuotewireError as error:
        return _failed(_sentence(error))
    except UnreadableSetting as error:
        return _failed(str(error))
    except ValidationError as error:
        return _failed(_wrong_settings(error))
    except PermissionError as error:
        return _failed(f"{error.filename or 'something'} may not be used by this user: {error.strerror}.")
    except BrokenPipeError:
        return 1  # the reader of our output has gone; there is nobody to tell
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return _failed(f"{error.filename}: the system takes no name as long as this.")


def _failed(why: str) -> int:
    print(f"quotewire: {why}", file=sys.stderr)  # noqa: T201 - the command line prints
    return 1


def _wrong_settings(error: ValidationError) -> str:
    """Say which settings cannot be used; never their values, which may be secrets."""
    faults = (f"QUOTEWIRE_{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
    return "These settings cannot be used. " + "; ".join(dict.fromkeys(faults))


def _sentence(error: QuotewireError) -> str:
    said = error.details.get("what") or explain(error, words_in("en"))
    return f"{said} ({error.details['url']})" if "url" in error.details else str(said)


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="quotewire", description="News links become digests; topics become pushes.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in _commands(given):
        subparser = subparsers.add_parser(name, help=module.HELP, description=module.__doc__)
        module.add_arguments(subparser)
        subparser.set_defaults(run=module.run)
    return parser


def _commands(given: Sequence[str]) -> list[tuple[str, ModuleType]]:
    """Return the command that was given, or all of them where none was: importing all takes seconds."""
    modules = {info.name.replace("_", "-"): info.name for info in pkgutil.iter_modules(bot.commands.__path__)}
    wanted = [name for name in modules if name in given[:1]] or sorted(modules)
    return [(name, importlib.import_module(f"bot.commands.{modules[name]}")) for name in wanted]
