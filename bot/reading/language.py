"""The language of a text by its content: first by its own words and letters, then by py3langid's n-gram model."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cache
from typing import Any

SAMPLE = 3000
"""Characters that are looked at; the model is sure of any language long before. Ours."""

_MIN_LETTERS = 24  # below, n-grams guess: "Video" and "Radio" are words of thirty languages
_SURE = 0.5  # py3langid's probability below which a hint that is among its best guesses wins
_POSSIBLE = 0.02

# One language's own letters: they decide before any statistics. Ukrainian and Russian share most words of the news.
_OWN_LETTERS: Mapping[str, str] = {"uk": "іїєґ", "ru": "ыэъё"}
# Frequent words. Every text of the corpus has six different ones of its language or more, which make 15 of 100 words
# or more; texts in other languages, Dutch and Danish too, have two and less than 10, a title or a quotation apart.
_OWN_WORDS = {
    "en": frozenset(
        (
            "the", "and", "of", "to", "that", "with", "from", "for", "by", "on", "as", "at", "is", "was", "were",
            "are", "be", "been", "have", "has", "had", "it", "he", "they", "his", "their", "which", "who", "but",
        )
    ),
    "de": frozenset(
        (
            "der", "die", "das", "den", "dem", "des", "und", "ein", "eine", "einen", "einer", "ist", "war", "hat",
            "nicht", "mit", "auf", "für", "von", "im", "zu", "am", "aus", "bei", "nach", "sich", "auch", "als", "dass",
        )
    ),
}  # fmt: skip
_DIFFERENT, _FREQUENT = 6, 8
_OTHER_CYRILLIC = frozenset("ўѓќљњѕјђћџәғқңөұүһҳҷӣӯҡҙҫѐѝ")
_SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "latin"),
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x0E00, 0x0E7F, "th"),
    (0x10A0, 0x10FF, "ka"),
    (0x1E00, 0x1EFF, "latin"),
    (0x3040, 0x30FF, "kana"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "ko"),
)
_ONE_LANGUAGE_SCRIPTS = frozenset({"el", "hy", "he", "th", "ka", "ko"})
_KANA_SHARE = 0.05  # Japanese text is a third kana; a Chinese text with a Japanese name stays far below
_CYRILLIC = ("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk")
_NOT_NEWS = frozenset({"zxx", "la", "grc", "hbo", "vo", "sa", "nn"})  # no language, dead or made ones, a form of "no"


def detect(text: str, hint: str | None = None) -> str | None:
    """Return the ISO 639-1 code of a text's language.

    Args:
        text: the article's words; markup and boilerplate mislead.
        hint: what the page says of itself ("nb-NO"); it decides only where the text leaves the question open.

    Returns:
        None where the text is too short to tell and there is no hint.
    """
    sample = text[:SAMPLE].casefold()
    if code := _by_words(sample.split()):
        return code
    letters = {char: count for char, count in Counter(sample).items() if char.isalpha()}
    stated = _code(hint)
    script = _script(letters)
    if script in _ONE_LANGUAGE_SCRIPTS:
        return script
    if script in {"kana", "han"}:
        return "ja" if script == "kana" else "zh"
    if script == "cyrillic" and (code := _by_letters(letters)):
        return code
    if sum(letters.values()) < _MIN_LETTERS:
        return stated
    return _by_model(sample, script, stated)


def _code(hint: str | None) -> str | None:
    code = (hint or "").replace("_", "-").partition("-")[0].strip().lower()
    code = {"nb": "no", "nn": "no", "ua": "uk", "iw": "he"}.get(code, code)
    return code if len(code) == 2 and code.isalpha() else None  # noqa: PLR2004 - ISO 639-1


def _script(letters: Mapping[str, int]) -> str:
    """Return the script, or the script's only language, of most letters; each is given with its count."""
    counts: Counter[str] = Counter()
    for char, count in letters.items():
        counts[_script_of(ord(char))] += count
    if counts["kana"] > _KANA_SHARE * counts.total() and counts["han"]:
        return "kana"
    return max(counts, key=lambda script: counts[script], default="")


@cache
def _script_of(code: int) -> str:
    return next((script for first, last, script in _SCRIPTS if first <= code <= last), "other")


def _by_words(words: Sequence[str]) -> str | None:
    """Return en or de where its most frequent words are an eighth of the text, six different ones among them.

    The model needs half a millisecond for a text, a thirtieth of what all reading takes: its table has 40 MB.
    """
    found = [
        code
        for code, own in _OWN_WORDS.items()
        if len(known := [word for word in words if word in own]) * _FREQUENT > len(words)
        and len(set(known)) >= _DIFFERENT
    ]
    return found[0] if len(found) == 1 else None


def _by_letters(letters: Mapping[str, int]) -> str | None:
    """Return uk or ru where the letters that only one of them has say so."""
    if not _OTHER_CYRILLIC.isdisjoint(letters):
        return None
    uk, ru = (sum(letters.get(char, 0) for char in own) for own in (_OWN_LETTERS["uk"], _OWN_LETTERS["ru"]))
    if uk > 2 * ru:
        return "uk"
    # Bulgarian has ъ alone of the four, and often; the others make Russian.
    return "ru" if ru > 2 * uk and not letters.keys().isdisjoint("ыэё") else None


def _by_model(sample: str, script: str, stated: str | None) -> str | None:
    identifier = _identifier("cyrillic" if script == "cyrillic" else "")
    best, chance = identifier.classify(sample)
    if stated and chance < _SURE and dict(identifier.rank(sample)).get(stated, 0.0) > _POSSIBLE:
        return stated
    return str(best)


def load_models() -> None:
    """Load what only some texts need, so that no page waits for it and readers that are forked hold it once."""
    for script in ("", "cyrillic"):
        _identifier(script)


@cache
def _identifier(script: str) -> Any:
    """Return a model of the languages that are written in a script, over the one automaton of all."""
    import numpy as np  # noqa: PLC0415 - for readers only

    identifier = copy(_model())
    identifier.set_languages(_CYRILLIC if script == "cyrillic" else _news_languages(identifier.labels))
    # The chosen columns of a table of rows: put in rows again, since a text looks up a few hundred rows of 100,000.
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc)
    return identifier


@cache
def _model() -> Any:
    """Return the model of all languages: most of a second to load, and 75 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - with numpy, for readers only

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _news_languages(labels: Iterable[str]) -> list[str]:
    return [label for label in labels if len(label) == 2 and label not in _NOT_NEWS]  # noqa: PLR2004 - ISO 639-1
