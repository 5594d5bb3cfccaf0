"""Names of authors: taken out of by-lines in many languages, one each, without titles, places and sites."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import takewhile

from bot.reading import name_words as around
from bot.reading.bearers import bears_given_name
from bot.reading.evidence import clean, words
from bot.reading.mentions import given_names
from config.data import table

MAX_WORDS = 6
"""Words of one author's name, organisations included. Ours: the longest of the corpus has 5."""

_MAX_LENGTH = 70
_INITIALS = 3
_FULL = (2, 4)  # words of a name
_SHORT_FORM = re.compile(r"(?:[^\W\d_]\.?){1,3}$")  # of an editor beside an agency: "L.I./Hina", "jk/dpa"
_SHORTENED = re.compile(r"(?:[^\W\d_]\.){2,3}$")  # "D.W."
_EAST_ASIAN = "\u2e80"  # the first character of these scripts, in which a name is one word
_ELIDED = re.compile(r"(?:d|l|dell|dall|degl|all|t|s)['’][^\W\d_a-z]")  # "Marie d’Aubigny"
_NICKNAME = re.compile(r'\s"[^"]{2,20}"\s')
_TWO_FULL = re.compile(r"^(?:[\u4e00-\u9fff]{3}|[가-힣]{3})(?: (?:[\u4e00-\u9fff]{3}|[가-힣]{3}))+$")
_MAX_LINE = 1000  # characters, some forty names; the patterns take the square of a line's length where it is all commas
_WORD_OF_NAME = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?")
_PREFIX = re.compile(r"(?:[OD]['’]|MC)(?=[^\W\d_]{2})")  # "O'NEILL", "D'ARCY", "MCDONALD"
_ROMAN = re.compile(r"(?:I{2,3}|IV|VI{0,3})$")  # "JOHN HILL III"
_PARTICLES = frozenset(re.findall(r"\w+", "af al av bin da de del den der di dos du e el la le van von und y zu"))
_HOST = 8  # letters of a site's address that are no given name
_TELLING = 5  # letters of a word that a site and its desk share ("Telegraph Reporters"); "News" and "The" tell nothing


def split_names(text: str) -> list[str]:
    """Return the names in a by-line or an author statement.

    Args:
        text: such as "By Ann Lee and Bo Chen, Kyiv" or "Autor: Eva Roth, Redakteurin".
    """
    line = around.PHOTOGRAPHER.sub("", around.TEXT_AND_PICTURES.sub("", clean(text)[:_MAX_LINE]))
    line = around.AFTER.sub("", line)
    line = _bare(around.BRACKETS.sub(" ", line).strip(" ()（）"))
    line = around.DATED.sub("", around.OTHER_WORK.sub("", line))
    line = around.JUNIOR.sub(r" \1", around.DEGREE.sub("", line))
    halves = (half for part in around.COMMA.split(line) for half in _halves(_bare(part)))
    names = (_without_rest(_bare(half)) for half in halves)
    once = [_once(name) for name in names if name]
    return _people([_without_role(name) if at == 0 or _begins_person(name) else name for at, name in enumerate(once)])


def _begins_person(name: str) -> bool:
    """Tell whether what stands behind another name begins with a given name: not "Home Affairs Editor"."""
    return name.split(maxsplit=1)[0].casefold() in given_names()


def _without_rest(name: str) -> str:
    """Take accounts, agencies and employers off the end of a name."""
    if (shorter := around.REST.sub("", name)) != name:
        name = around.REST.sub("", shorter)
    name = name.strip(" ,:*")
    name = name if _SHORTENED.match(name) else name.strip(" .,:*")
    if len(words_before := around.AGENCY_BEHIND.sub("", name).split()) > 1:
        name = " ".join(words_before)
    person = around.FOR.sub("", name)
    return person if len(person.split()) > 1 and not around.ORGANISED.search(person) else name


def _without_role(name: str) -> str:
    """Return "Amy Hill" for "Amy Hill Political Correspondent": what follows a full name and leads to a role."""
    parts = _unglued(name.split())
    name = " ".join(parts)
    if len(parts) < 3 or parts[0] in around.AGENCY_NAMES or parts[0] in around.RANKS or not around.ROLE.search(name):  # noqa: PLR2004 - a full name and a role
        return name
    after = (at for at, part in enumerate(parts) if at > 1 and (around.ROLE.match(part) or part in around.RANKS))
    kept = parts[: next(after, len(parts))]
    return name if kept[-1].islower() else " ".join(kept)  # "Initiative de journalisme local" is no name at all


def _unglued(parts: list[str]) -> list[str]:
    """Return the name of "JOHN HILL Herald Staff Writer", which is shouted as what follows is not."""
    name = list(takewhile(str.isupper, parts))
    shouted = 1 < len(name) < len(parts) and name[0].casefold() in given_names() and parts[len(name)][0].isupper()
    return name if shouted else parts


def _once(name: str) -> str:
    """Return "Ann Lee" for "Ann Lee Ann Lee", as pages with a picture's text beside the name have it."""
    halves = name.split()
    middle = len(halves) // 2
    return " ".join(halves[:middle]) if middle and halves[:middle] == halves[middle:] else name


@lru_cache(maxsize=64)  # a line, its parts and their halves are most often the same
def _bare(text: str) -> str:
    """Take prefixes ("By", "Autor:") off a name."""
    while (shorter := around.PREFIX.sub("", text).strip(" :|")) != text:
        text = shorter
    return around.PLACE.sub("", text)


def is_generic(name: str, sites: Iterable[str]) -> bool:
    """Tell whether a name says no more than the site itself: its own name, a desk, an account.

    Args:
        name: an author as stated.
        sites: what the site is called.
    """
    plain = words(name)
    own = {words(site) for site in sites} - {""}
    agency = name in around.AGENCY_NAMES or around.AGENCY_SERVICE.match(name)
    account = name.islower() and name.isascii() and " " not in name and not agency
    own_name = "".join(plain.split())  # "Example Herald India" of exampleherald.com
    if any(own_name.startswith(site) and len(own_name) > len(site) >= _HOST for site in own if " " not in site):
        return True
    shared = {word for site in own for word in site.split() if len(word) >= _TELLING} & set(plain.split())
    desk = bool(shared) and not _bears(name, shared) and name.rsplit(maxsplit=1)[-1] not in around.AGENCY_NAMES
    return bool(around.GENERIC.match(name)) or plain in own or desk or account or bool(around.DOMAIN.match(name))


def _bears(name: str, shared: set[str]) -> bool:
    """Tell whether a person bears a word of the site's name as surname: "Peter Spiegel" at "Der Spiegel"."""
    first, _, rest = name.casefold().partition(" ")
    return words(rest) in shared and first not in shared and first in given_names()


def is_proper(name: str) -> bool:
    """Tell whether a name is written like one: capitals, but for particles, or a script that has none."""
    if name in around.AGENCY_NAMES:
        return True
    beside, _, last = name.rpartition(" ")
    parts = around.WITH.sub(" ", f"{beside} ") if last in around.AGENCY_NAMES else name  # "Exemple Matin avec AFP"
    lower = [word for word in parts.split() if _is_small(word[0]) and word not in around.PARTICLES]
    return all(map(_ELIDED.match, lower)) and not _is_small(name[0])


def _is_small(letter: str) -> bool:
    """Tell whether a letter is a small one of a script that has capitals in names; Georgian writes without them."""
    return letter.islower() and not "ა" <= letter <= "ჿ"


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of a person or an organisation."""
    telling = [word for word in text.split() if word not in around.PARTICLES]
    if not 1 < len(text) <= _MAX_LENGTH or len(telling) > MAX_WORDS or any(map(str.isdigit, text)):
        return False
    plain = _NICKNAME.sub(" ", text)
    return any(map(str.isalpha, text)) and not around.NO_NAME.match(text) and not set(plain) & set('?!<>{}=_"|:')


@cache
def _nobody(kind: str) -> frozenset[str]:
    """Return the words that are nobody's name (config/by_words.toml)."""
    return frozenset(table("by_words")["nobody"][kind])


def is_nobody(name: str) -> bool:
    """Tell whether what stands where a by-line may be is a month, a company, an advertiser, a button or a notice."""
    parts = words(name).split()
    last = parts[-1] if parts else ""
    return (
        last in _nobody("advertisers")
        or (last in _nobody("whole") and len(parts) == 1)
        or not (_nobody("words").isdisjoint(parts) or bears_given_name(name))
        or around.COMPANY.search(name) is not None
    )


def is_person(name: str) -> bool:
    """Tell whether nothing in a name says that it is a section's, a desk's or an organisation's."""
    organised = around.ORGANISED.search(name) or around.EMPLOYER.search(name) or around.ROLE.search(name)
    return not organised and around.RANKS.isdisjoint(name.split())


def _halves(text: str) -> list[str]:
    """Split "A and B" where both are full names, or a person's and an agency's; "Le Figaro et AFP" stays whole."""
    if _TWO_FULL.match(text):  # full names in Chinese and Korean have three characters, surnames in Japanese rarely
        return text.split()
    halves = [half.strip() for half in around.AND.split(text)]
    if len(halves) == 1:
        return [text]
    if around.AGENCIES_IN_GENERAL.match(halves[-1]):
        return [text] if around.GENERIC.match(halves[0]) else halves[:-1]
    full = [len(half.split()) > 1 and is_name(_without_rest(half)) for half in halves]
    agency = full[:-1] and all(full[:-1]) and halves[-1] in around.AGENCY_NAMES and not around.ARTICLE.match(text)
    return halves if all(full) or agency else [text]


def _people(parts: list[str]) -> list[str]:
    """Drop what stands beside names: job titles, employers, places and offices (one word after a full name)."""
    shouted = parts[:1] and parts[0].isupper()
    named = [
        part
        for at, part in enumerate(parts)
        if is_name(part) and not (at and (_is_beside(part) or (not shouted and _is_office(part))))
    ]
    if named and around.DOMAIN.match(named[0]) and not any(" " in part for part in named):
        return named[:1]
    if any(" " in part for part in named):
        named = [part for part in named if not _is_initials(part)]
    if not around.AGENCY_NAMES.isdisjoint(named):
        named = [part for part in named if part in around.AGENCY_NAMES or not _SHORT_FORM.match(part)]
    # "अनिल शर्मा, मुंबई", "القاهرة - منى الشريف": the one word is a place.
    spaced = any(" " in part for part in named) and named[0] < _EAST_ASIAN
    full = [
        part for part in named if " " in part or part in around.AGENCY_NAMES or (has_no_capitals(part) and not spaced)
    ]
    placed = spaced and has_no_capitals(named[0])
    kept = full if named and (placed or " " in named[0] or named[0] in around.AGENCY_NAMES) else named
    return list(dict.fromkeys(part for part in kept if not (len(kept) > 1 and around.DOMAIN.match(part))))


def _is_initials(part: str) -> bool:
    """Tell whether a part is a newsroom's own initials ("LJ / Par Ann Lee") and no agency's."""
    return part.isupper() and len(part) <= _INITIALS and part not in around.AGENCY_NAMES


def _is_beside(part: str) -> bool:
    agency = part.split(maxsplit=1)[0] in around.AGENCY_NAMES
    few = len(part.split()) < 3  # noqa: PLR2004 - "Bia Reis, de Lisboa", but "de la Peña Ruiz"
    no_name = part[0].islower() and (few or bool(around.FOR_WHOM.match(part)))
    places = around.AND.split(part)
    no_name = no_name or (len(places) > 1 and not any(" " in place for place in places))  # "…, Berlin und München"
    no_name = no_name or bool(around.CITY.match(part))
    if around.STATION.match(part) and not agency:
        return True
    return bool(around.ROLE.search(part)) or ((no_name or bool(around.EMPLOYER.search(part))) and not agency)


def _is_office(part: str) -> bool:
    """Tell whether a part is all in capitals, as no name beside others in small letters is: "ABC FERNSEHEN"."""
    return part.isupper() and " " in part and part.split(maxsplit=1)[0] not in around.AGENCY_NAMES


def is_full_name(name: str) -> bool:
    """Tell whether a name has as many words as a person's in full, and each is one of a name."""
    return _FULL[0] <= len(name.split()) <= _FULL[1] and is_proper(name) and is_person(name)


def has_no_capitals(text: str) -> bool:
    """Tell whether a text's script has no capitals, so that a name may be one word."""
    return not any(_is_small(letter) or letter.isupper() for letter in text)


def unshouted(name: str) -> str:
    """Return a person's name that is all in capitals ("ANNE-MARIE O'NEILL") as it is otherwise written.

    Only a name that begins with a known given name: an organisation may be written so for good.
    """
    if not (name.isupper() and " " in name and name.split(maxsplit=1)[0].lower().partition("-")[0] in given_names()):
        return name
    return _WORD_OF_NAME.sub(_in_small_letters, name)


def _in_small_letters(found: re.Match[str]) -> str:
    word = found[0]
    if _ROMAN.match(word):
        return word
    if found.start() and word.lower() in _PARTICLES:
        return word.lower()
    prefix = _PREFIX.match(word)
    return prefix[0].capitalize() + word[prefix.end() :].capitalize() if prefix else word.capitalize()
