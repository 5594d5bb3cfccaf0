"""Who a sentence speaks of without saying who that is: surnames whose bearers were named before."""

import re
from collections.abc import Sequence

# Of the scripts that have capitals: Latin, Greek, Cyrillic.
_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x530))))
_NAME = re.compile(rf"[{_CAPITALS}](?<!\w\w)[\w’'ʼ-]*[^\W\d_{_CAPITALS}]")
_RUN = re.compile(rf"{_NAME.pattern}(?:[ -]{_NAME.pattern})*")
_WORD = re.compile(r"[\w’'ʼ-]+")
# Common nouns have capitals there, so that capitals tell no names.
_CAPITALIZED_NOUNS = frozenset({"de", "lb"})


def mentions(sentences: Sequence[str], title: str, language: str | None) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return for each sentence the surnames that it names alone after an earlier one named them in full, and those
    that it names in full itself.

    Args:
        sentences: those of an article in order.
        title: what a reader has seen above them.
        language: ISO 639-1.
    """
    known = {_bare(word) for word in _WORD.findall(title)}
    introduced: set[str] = set()  # the last words of runs of capitalized words: the surnames of people named in full
    found: list[tuple[frozenset[str], frozenset[str]]] = []
    for text in sentences:
        runs = _RUN.findall(text)
        full = frozenset(_bare(run.rsplit(maxsplit=1)[-1]) for run in runs if " " in run)
        if language in _CAPITALIZED_NOUNS:  # only who begins a sentence is surely a person
            runs = [run for run in runs if " " in run or text.startswith(run + " ")]
        alone = frozenset(_bare(run) for run in runs if " " not in run) - full - known
        found.append((alone & introduced, full))
        introduced |= full
    return found


def _bare(word: str) -> str:
    return word.removesuffix("s").rstrip("'’") if word[-2:] in {"'s", "’s"} else word
