"""One file for each command or event; each talks to the rooms through one frozen Services object.

A module of this package takes part by defining `handlers(services)`, which returns its python-telegram-bot handlers.
It may define `MENU`, its commands with their one-line descriptions, and `FIRST = True` or `LAST = True` to be asked
before or after all others.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from telegram.ext import BaseHandler

from bot.services import Services


def all_handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return every handler, in the order in which they are to be asked."""
    modules = sorted(_modules(), key=lambda module: getattr(module, "LAST", False) - getattr(module, "FIRST", False))
    return [handler for module in modules for handler in module.handlers(services)]


def menu() -> Mapping[str, str]:
    """Return the command menu: names without the slash, and English descriptions to be translated."""
    entries = [entry for module in _modules() for entry in getattr(module, "MENU", {}).items()]
    return dict(entries)


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "handlers"):
            yield module
