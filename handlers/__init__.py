"""One file for each command or event; each talks to the rooms through one frozen Services object.

A module of this package takes part by defining `handlers(services)`, which returns its python-telegram-bot handlers.
It may define `MENU`, its commands with their one-line descriptions, `AUDIENCE`, who finds them in the menu where that
is not everybody, and `FIRST = True` or `LAST = True` to be asked before or after all others.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from telegram.ext import BaseHandler

from bot.services import Services
from handlers.menus import Audience, Menu

_FIRST_IN_MENU = ("subscribe", "subscriptions", "recent", "read", "search", "sources", "settings")
"""What people do most stands first; the rest follows by its files' names."""


def all_handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return every handler, in the order in which they are to be asked."""
    modules = sorted(_modules(), key=lambda module: getattr(module, "LAST", False) - getattr(module, "FIRST", False))
    return [handler for module in modules for handler in module.handlers(services)]


def menu() -> Mapping[str, str]:
    """Return all commands: names without the slash, and English descriptions to be translated."""
    return {name: description for name, (description, _) in menu_by_audience().items()}


def menu_by_audience() -> Menu:
    """Return all commands in the menu's order, each with its English description and with whom it is for."""
    found: Menu = {}
    for module in _modules():
        audiences = getattr(module, "AUDIENCE", {})
        for name, description in getattr(module, "MENU", {}).items():
            found[name] = (description, audiences.get(name, Audience.EVERYBODY))
    order = [name for name in _FIRST_IN_MENU if name in found]
    return {name: found[name] for name in dict.fromkeys([*order, *found])}


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "handlers"):
            yield module
