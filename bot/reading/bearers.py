"""Whether a name begins with a given name, or in Japan with a surname, of any script that we know some of."""

import unicodedata
from functools import cache

from bot.reading.mentions import given_names
from config.data import table

_SURNAME = 3  # letters that tell whose an account is


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


def is_called(account: str, name: str, *, in_full: bool = False) -> bool:
    """Tell whether an account is called as a person is: "a.lee", "annlee_news".

    Args:
        account: a mailbox's or an account's name, or an address.
        name: the person's.
        in_full: with given name and surname.
    """
    own = _plain(account)
    words = name.split()
    first, last = _plain(words[0]), _plain(words[-1])
    if in_full:
        return f"{first}{last}" in own and len(first + last) > 2 * _SURNAME
    return (len(last) >= _SURNAME and last in own) or (len(first) > _SURNAME and first in own)


def _plain(text: str) -> str:
    """Return the letters of a text without accents, as addresses have them."""
    parted = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in parted if letter.isalpha())
