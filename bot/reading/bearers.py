"""Whether a name begins with a given name, or in Japan with a surname, of any script that we know some of."""

from functools import cache

from bot.reading.mentions import given_names
from config.data import table


def bears_given_name(name: str) -> bool:
    """Tell whether a name begins with a given name, or in Japan with a surname.

    Args:
        name: a person's in full, or what may be one.
    """
    first = name.split(maxsplit=1)[0].casefold() if name.strip() else ""
    return name.startswith(japanese_surnames()) or first in given_names() or first in _further()


@cache
def japanese_surnames() -> tuple[str, ...]:
    """Return the commonest surnames of Japan, by which a reporter is told from a section."""
    return tuple(str(table("people")["japanese_surnames"]).split())


@cache
def _further() -> frozenset[str]:
    return frozenset(" ".join(map(str, table("further_names").values())).casefold().split())
