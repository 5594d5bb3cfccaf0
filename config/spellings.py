"""Settings as people write them: lists with commas, a database's address without its driver, a time zone."""

import json
import re
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}

# A password may hold anything; where the port stands is told from the end, as SQLAlchemy tells it.
_PLACE = re.compile(r"(?:.*@)?(?:\[[^\]]*\]|[^/:@]*)(?::[0-9]{1,5})?(?:/.*)?", re.DOTALL)


def items_of(text: str) -> list[object]:
    """Return the items of a list, which is written as `1, 2` or in JSON.

    Raises:
        PydanticCustomError: it begins as JSON and is none.
    """
    if not text.lstrip().startswith("["):
        return [item.strip() for item in text.split(",") if item.strip()]
    try:
        return list(json.loads(text))
    except ValueError:
        raise PydanticCustomError("list", "A list is written as 1, 2 or in JSON, [1, 2].") from None


def with_driver(url: str) -> str:
    """Return a database's address, written as PostgreSQL's own tools take it, with the driver that we use.

    Raises:
        PydanticCustomError: it is no address of SQLite or PostgreSQL, names another driver, or a port that is none.
    """
    kind, colon, rest = url.partition("://")
    driver = _DRIVERS.get(kind, kind)
    if not colon or driver not in _DRIVERS.values():
        raise PydanticCustomError("url", "It begins with sqlite:///, for a file, or with postgresql://.")
    place, mark, choices = rest.partition("?")
    if driver != _DRIVERS["sqlite"] and not _PLACE.fullmatch(place):
        raise PydanticCustomError("url", "It names a port that is none: postgresql://user:password@host:5432/name.")
    return f"{driver}://{place}{mark}{choices.replace('sslmode=', 'ssl=')}"  # the same values, by asyncpg's name


def known_zone(name: str) -> str:
    """Return the name of a time zone as it is.

    Raises:
        PydanticCustomError: there is none of that name.
    """
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError("zone", "There is no such time zone; they are written as Europe/Kyiv.") from None
