"""Whether a name begins with a given name, or in Japan with a surname, of any script that we know some of."""

from functools import cache

from bot.reading.mentions import given_names
from config.data import table


def bears_given_name(name: str) -> bool:
    """Tell whether a name begins with a given name, ends with one as in Hungary, or begins with a surname of Japan.

    Args:
        name: a person's in full, or what may be one.
    """
    first, *others = name.casefold().split() or [""]
    behind = len(others) == 1 and others[0] in _behind()
    return behind or first in given_names() or first in _further() or name.startswith(japanese_surnames())


@cache
def japanese_surnames() -> tuple[str, ...]:
    """Return the commonest surnames of Japan, by which a reporter is told from a section."""
    return tuple(str(table("people")["japanese_surnames"]).split())


@cache
def _further() -> frozenset[str]:
    lists = (str(names) for key, names in table("further_names").items() if key != "behind")
    return frozenset(" ".join(lists).casefold().split())


@cache
def _behind() -> frozenset[str]:
    """Return the given names that stand behind the surname."""
    return frozenset(str(table("further_names")["behind"]).split())
