"""Case endings of Russian and Ukrainian surnames that the dictionaries do not know.

The declension follows the schoolbook rules for surnames in -ов, -ин, -ский, -ко, a consonant or a vowel; what such a
word may mean is only asked where a given name or the ending itself says that it is a surname.
"""

import re
from collections.abc import Iterator

_STRONG = {
    "ru": re.compile(
        r"(?:ов|ев|ёв|ин|ын|ск|цк|енк|чук|щук|юк|ян|дзе|швили|вич|ук)(?:а|у|ом|ым|ой|е|о|ий|ого|ому|им|ая|ую)?$"
    ),
    "uk": re.compile(
        r"(?:ов|ев|єв|їв|ін|їн|ськ|цьк|енк|чук|щук|юк|ян|дзе|швілі|вич|ук|ець)(?:а|у|ом|им|ою|ій|о|ий|ого|ому|ові|і)?$"
    ),
}
_POSSESSIVE = {"ru": ("ов", "ев", "ёв", "ин", "ын"), "uk": ("ов", "ев", "єв", "ін", "їн")}
# Ending → (what the nominative has instead, case, gender), after a stem of the possessive type (Иванов, Шевчишин).
_POSSESSIVE_ENDINGS = {
    "ru": {
        "": [("", "nomn", "m")],
        "а": [("а", "nomn", "f"), ("", "gent", "m"), ("", "accs", "m")],
        "у": [("а", "accs", "f"), ("", "datv", "m")],
        "ой": [("а", case, "f") for case in ("gent", "datv", "ablt", "loct")],
        "ым": [("", "ablt", "m")],
        "е": [("", "loct", "m")],
    },
    "uk": {
        "": [("", "nomn", "m")],
        "а": [("а", "nomn", "f"), ("", "gent", "m"), ("", "accs", "m")],
        "у": [("а", "accs", "f"), ("", "datv", "m")],
        "ої": [("а", "gent", "f")],
        "ій": [("а", "datv", "f"), ("а", "loct", "f")],
        "ою": [("а", "ablt", "f")],
        "им": [("", "ablt", "m")],
        "ові": [("", "datv", "m"), ("", "loct", "m")],
    },
}
# The same after any other consonant (Миллер, Ковтун), and for Ukrainian -ко, where "о" comes back.
_PLAIN_ENDINGS = {
    "ru": {
        "а": ("gent", "accs"),
        "я": ("gent", "accs"),
        "у": ("datv",),
        "ю": ("datv",),
        "ом": ("ablt",),
        "ем": ("ablt",),
        "е": ("loct",),
    },
    "uk": {
        "а": ("gent", "accs"),
        "я": ("gent", "accs"),
        "у": ("datv",),
        "ю": ("datv",),
        "ом": ("ablt",),
        "ем": ("ablt",),
        "ові": ("datv", "loct"),
        "еві": ("datv", "loct"),
        "і": ("loct",),
    },
}
# The genitive of surnames in -а, which men have as well as women.
_LIKE_WOMEN = {"ru": ("ы", "ги", "ки", "хи"), "uk": ("и",)}
_ALL_CASES = ("nomn", "gent", "accs", "datv", "ablt", "loct")
_CONSONANTS = frozenset("бвгґджзйклмнпрстфхцчшщь")


def looks_like_surname(word: str, language: str) -> bool:
    """Tell whether a capitalized word has an ending that hardly any other word has."""
    return len(word) > 4 and _STRONG[language].search(word.lower()) is not None  # noqa: PLR2004 - "Киев", "Юнь" are no surnames


def by_ending(word: str, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield (nominative, case, gender) for each way to read a surname by its ending alone."""
    low = word.lower()
    if low.endswith(_LIKE_WOMEN[language]) and low[-2:-1] in _CONSONANTS:
        yield word[:-1] + "а", "gent", ""  # "Андрія Сибіги"
    for stem in _POSSESSIVE[language]:
        for ending, forms in _POSSESSIVE_ENDINGS[language].items():
            if low.endswith(stem + ending):
                yield from ((word[: len(word) - len(ending)] + new, case, gender) for new, case, gender in forms)
    if low[-1] in _CONSONANTS:
        yield word, "nomn", "m"
        yield from ((word, case, "f") for case in _ALL_CASES)
    elif low[-1] in "оеиіую":
        yield from ((word, case, "") for case in _ALL_CASES)
    else:
        yield word, "nomn", ""
    yield from _plain(word, low, language)


def _plain(word: str, low: str, language: str) -> Iterator[tuple[str, str, str]]:
    for ending, cases in _PLAIN_ENDINGS[language].items():
        stem = word[: len(word) - len(ending)]
        if not low.endswith(ending) or not stem or stem[-1].lower() not in _CONSONANTS:
            continue
        back = "о" if language == "uk" and stem.lower().endswith("к") and len(ending) < 3 else ""  # noqa: PLR2004
        soft = "ь" if ending in {"я", "ю", "ем", "еві"} and stem[-1].lower() in "лнтсзц" else ""
        yield from ((stem + (back or soft), case, "m") for case in cases)
