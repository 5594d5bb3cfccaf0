"""pymorphy3's dictionaries of Ukrainian and Russian, loaded when the first word of a language is looked up.

About 0.06 s and 24 MB for Ukrainian, 0.05 s and 18 MB for Russian; every process that asks keeps one copy.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

# A word is often asked about in several ways, one soon after the other.
_LAST_WORDS = 256
_FORMS = 2_000
# What says of a form that it is made from a paradigm: the analyzer, the word, the paradigm and the form's place in it.
_FROM_PARADIGM = 4


@lru_cache(_LAST_WORDS)
def parses(word: str, language: str) -> Sequence[Any]:
    """Return pymorphy3's readings of a word, the likeliest first.

    Args:
        word: one word; its apostrophe may be any.
        language: "uk" or "ru".

    Returns:
        Nothing for a word with a letter that Python has no name for (a Tangut one), over which pymorphy3 stumbles.
    """
    try:
        return tuple(_analyzer(language).parse(_plain(word)))
    except ValueError:
        return ()


def is_in_dictionary(word: str, language: str) -> bool:
    """Tell whether a word, in whatever form, is in the dictionary and not guessed by its ending."""
    return bool(_analyzer(language).word_is_known(_plain(word)))


def inflected(parse: Any, *grammemes: str) -> str | None:
    """Return a word in another form, as `parse.inflect` finds it at six times the cost, None where there is none.

    Args:
        parse: one reading of the word.
        grammemes: what the form has to have, in pymorphy3's names; none of its rare cases.
    """
    wanted = frozenset(grammemes)
    (_, *source), *changes = parse.methods_stack
    if changes or len(source) < _FROM_PARADIGM - 1:
        straight = parse.inflect(wanted)
        return None if straight is None else str(straight.word)
    _, paradigm, form = source
    known = parse._dict
    best = _form(known, paradigm, form, wanted)
    if best is None:
        return None
    numbers = known.paradigms[paradigm]
    stem = known.build_stem(numbers, form, parse.word)
    return f"{known.paradigm_prefixes[numbers[2 * len(numbers) // 3 + best]]}{stem}{known.suffixes[numbers[best]]}"


@lru_cache(_FORMS)
def _form(known: Any, paradigm: int, form: int, wanted: frozenset[str]) -> int | None:
    """Return which form of a paradigm is likest to this one among those that have all grammemes wanted."""
    numbers = known.paradigms[paradigm]
    size = len(numbers) // 3
    tags = [known.gramtab[number] for number in numbers[size : 2 * size]]
    aimed = tags[form].updated_grammemes(wanted)
    fitting = [(index, tag.grammemes) for index, tag in enumerate(tags) if wanted <= tag.grammemes]
    best = max(fitting, key=lambda each: len(aimed & each[1]) - 0.1 * len(aimed ^ each[1]), default=None)
    return None if best is None else best[0]


def _plain(word: str) -> str:
    """Return "лук'ян" for "лук’ян": the Ukrainian dictionary knows the typewriter's apostrophe only."""
    return word.replace("’", "'").replace("ʼ", "'")


@cache
def _analyzer(language: str) -> Any:
    import pymorphy3  # noqa: PLC0415  a tenth of a second, which processes that look nothing up are spared

    from bot.automata import quicken  # noqa: PLC0415

    analyzer = pymorphy3.MorphAnalyzer(lang=language)
    quicken(analyzer)
    return analyzer
