"""The language of a text by its content: first by its letters, then by py3langid's n-gram model."""

from collections.abc import Iterable, Mapping
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
    letters = [char for char in sample if char.isalpha()]
    stated = _code(hint)
    script = _script(letters)
    if script in _ONE_LANGUAGE_SCRIPTS:
        return script
    if script in {"kana", "han"}:
        return "ja" if script == "kana" else "zh"
    if script == "cyrillic" and (code := _by_letters(letters)):
        return code
    if len(letters) < _MIN_LETTERS:
        return stated
    return _by_model(sample, script, stated)


def _code(hint: str | None) -> str | None:
    code = (hint or "").replace("_", "-").partition("-")[0].strip().lower()
    code = {"nb": "no", "nn": "no", "ua": "uk", "iw": "he"}.get(code, code)
    return code if len(code) == 2 and code.isalpha() else None  # noqa: PLR2004 - ISO 639-1


def _script(letters: list[str]) -> str:
    """Return the script, or the script's only language, of most letters."""
    counts: dict[str, int] = {}
    for char in letters:
        script = _script_of(ord(char))
        counts[script] = counts.get(script, 0) + 1
    if counts.get("kana", 0) > _KANA_SHARE * len(letters) and "han" in counts:
        return "kana"
    return max(counts, key=lambda script: counts[script], default="")


@cache
def _script_of(code: int) -> str:
    return next((script for first, last, script in _SCRIPTS if first <= code <= last), "other")


def _by_letters(letters: list[str]) -> str | None:
    """Return uk or ru where the letters that only one of them has say so."""
    if any(char in _OTHER_CYRILLIC for char in letters):
        return None
    uk, ru = (sum(char in own for char in letters) for own in (_OWN_LETTERS["uk"], _OWN_LETTERS["ru"]))
    if uk > 2 * ru:
        return "uk"
    # Bulgarian has ъ alone of the four, and often; the others make Russian.
    return "ru" if ru > 2 * uk and any(char in "ыэё" for char in letters) else None


def _by_model(sample: str, script: str, stated: str | None) -> str | None:
    ranked = _identifier("cyrillic" if script == "cyrillic" else "").rank(sample)
    best, chance = ranked[0]
    chances = dict(ranked)
    if stated and chance < _SURE and chances.get(stated, 0.0) > _POSSIBLE:
        return stated
    return str(best)


@cache
def _identifier(script: str) -> Any:
    """Return a model of the languages that are written in a script, over the one automaton of all."""
    identifier = copy(_model())
    identifier.set_languages(_CYRILLIC if script == "cyrillic" else _news_languages(identifier.labels))
    return identifier


@cache
def _model() -> Any:
    """Return the model of all languages: most of a second to load, and 75 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - with numpy, for readers only

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _news_languages(labels: Iterable[str]) -> list[str]:
    return [label for label in labels if len(label) == 2 and label not in _NOT_NEWS]  # noqa: PLR2004 - ISO 639-1
