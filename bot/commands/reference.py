"""`quotewire reference`: every setting, command and metric as Markdown; docs/reference.md is its output."""

import argparse
import importlib
import pkgutil
from collections.abc import Iterator

import bot.commands
from bot.front.metrics import Meters
from config.settings import Settings
from handlers import menu

HELP = "print every setting, command and metric as Markdown"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments: none."""


def run(_options: argparse.Namespace) -> int:
    """Print it."""
    print(reference(), end="")
    return 0


def reference() -> str:
    """Return the whole reference."""
    parts = (_settings(), _command_line(), _chat_commands(), _metrics())
    intro = "Made from the code by `quotewire reference > docs/reference.md`; a test fails where it is behind."
    return "\n\n".join((f"# Reference\n\n{intro}", *("\n".join(part) for part in parts))) + "\n"


def _settings() -> Iterator[str]:
    yield "## Settings\n"
    yield "Each from the environment, from a file that the name with `_FILE` behind it points at, from `.env`, or (in"
    yield "lower case, without `QUOTEWIRE_`) from `quotewire.toml`; the first that has it counts."
    yield "Lists are written as `1, 2`.\n"
    yield "| setting | default | meaning |\n| --- | --- | --- |"
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{_shown(field.default)}`"
        yield f"| `QUOTEWIRE_{name.upper()}` | {default} | {_cell(field.description or '')} |"


def _command_line() -> Iterator[str]:
    yield "## Command line\n"
    yield "| command | what it does |\n| --- | --- |"
    for info in pkgutil.iter_modules(bot.commands.__path__):
        words = importlib.import_module(f"bot.commands.{info.name}").HELP
        yield f"| `quotewire {info.name.replace('_', '-')}` | {_cell(words)} |"
    yield "\n`quotewire COMMAND --help` tells its options."


def _chat_commands() -> Iterator[str]:
    yield "## Commands in a chat\n"
    yield "| command | what it does |\n| --- | --- |"
    for name, words in sorted(menu().items()):
        yield f"| `/{name}` | {_cell(words)} |"


def _metrics() -> Iterator[str]:
    yield "## Metrics\n"
    yield "| metric | kind | meaning |\n| --- | --- | --- |"
    for family in Meters().registry.collect():
        if family.name.startswith("quotewire_"):
            yield f"| `{family.name}` | {family.type} | {_cell(family.documentation)} |"


def _shown(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(map(str, sorted(value))) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cell(words: str) -> str:
    return words.replace("|", "\\|")
