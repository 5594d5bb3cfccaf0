"""`quotewire init`: asks three questions and writes a commented .env, ready for `quotewire check`."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.errors import SettingsError
from bot.logs import TOKEN
from config.settings import Settings

HELP = "write a commented .env after three questions"

_OURS_ALONE = 0o600  # the file holds the bot's token

Ask = Callable[[str], str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("--file", type=Path, default=Path(".env"), help="what to write; .env by default")


def run(options: argparse.Namespace) -> int:
    """Ask and write.

    Raises:
        SettingsError: the file exists, its folder does not, or the input ended before the answers.
    """
    if options.file.exists():
        raise SettingsError(what=f"{options.file} exists already and stays as it is. Edit it, or name another: --file.")
    if not options.file.parent.is_dir():
        raise SettingsError(what=f"There is no folder {options.file.parent}. Make it first, or name another: --file.")
    try:
        answers = {"token": ask_token(input), "admin_ids": ask_admin(input), "default_timezone": ask_zone(input)}
    except EOFError as error:
        raise SettingsError(what="The input ended before the three answers; nothing was written.") from error
    write(options.file, answers)
    print(f"\nWrote {options.file}. Next: quotewire check")
    return 0


def ask_token(ask: Ask) -> str:
    """Ask for the bot's token until it looks like one; empty leaves it for later."""
    question = "1/3 The bot's token, from @BotFather (empty: later): "
    while (said := ask(question).strip()) and not TOKEN.fullmatch(said):
        print("    A token looks like 123456789:AAE… Copy the whole of it.")
    return said


def ask_admin(ask: Ask) -> str:
    """Ask for the operator's Telegram number; empty names nobody."""
    question = "2/3 Your Telegram user id, for /admin (@userinfobot tells it; empty: nobody): "
    while (said := ask(question).strip()) and not said.isdecimal():
        print("    It is a number, such as 123456789.")
    return said


def ask_zone(ask: Ask) -> str:
    """Ask for the time zone of chats that have not chosen one until it is one."""
    default = str(Settings.model_fields["default_timezone"].default)
    while True:
        said = ask(f"3/3 The time zone of your readers [{default}]: ").strip() or default
        try:
            return ZoneInfo(said).key
        except (KeyError, ValueError, OSError):
            print("    Give it as Europe/Kyiv or UTC.")


def write(file: Path, answers: dict[str, str]) -> None:
    """Write the answers, and every other setting commented out with its meaning and default, for its owner alone."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS_ALONE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write("# Quotewire's settings; what is commented out has its default. A change takes a restart.\n")
        for name, field in Settings.model_fields.items():
            out.write(f"\n# {field.description}\n{_line(name, answers)}\n")


def _line(name: str, answers: dict[str, str]) -> str:
    if answers.get(name):
        return f"QUOTEWIRE_{name.upper()}={answers[name]}"
    default = Settings.model_fields[name].default
    shown = "" if default is None else _as_variable(default)
    return f"# QUOTEWIRE_{name.upper()}={shown}"


def _as_variable(value: object) -> str:
    if isinstance(value, frozenset):
        return ",".join(map(str, sorted(value)))
    return str(value).lower() if isinstance(value, bool) else str(value)
