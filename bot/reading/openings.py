"""What a sentence is as an article's opening: the news of a day, a word that only leads on, or who told the news."""

import re
from functools import lru_cache
from itertools import pairwise, takewhile

from babel import Locale, UnknownLocaleError
from babel.dates import get_month_names

from bot.reading.leaning import Wording, beginnings
from bot.reading.phrases import phrases_of

# A sentence of more characters tells more than who told the news.
_ATTRIBUTION = 110
_YEAR, _MONTH = re.compile(r"(?:19|20)\d\d"), 3
_WORD = re.compile(r"[\w'’ʼ-]+")


def tells_when(text: str, language: str | None) -> bool:
    """Say whether a sentence names a day, or another time, at which news happens: "on Thursday", "this week"."""
    phrases, said = phrases_of(language), text.casefold()
    if any(map(said.__contains__, phrases.news_times)):
        return True
    named = any(map(said.__contains__, phrases.news_days))
    return named and any(word.startswith(phrases.news_days) for word in _WORD.findall(said))


def only_attributes(text: str, language: str | None) -> bool:
    """Say whether a short sentence only tells who told the news: "Das teilte die Polizei am Montag mit." """
    return len(text) < _ATTRIBUTION and not phrases_of(language).attributions.isdisjoint(beginnings(text))


def names_month(text: str, month: int, language: str | None) -> bool:
    """Say whether a sentence names a month without a year, in whatever case: "In November the town adopted a plan"."""
    name = _month_name(month, language)
    words = [*_WORD.findall(text), ""] if name and name in text else []
    return any(word.startswith(name) and not _YEAR.fullmatch(following) for word, following in pairwise(words))


@lru_cache(maxsize=64)
def _month_name(month: int, language: str | None) -> str:
    """Return what all cases of a month's name begin with; "" where that is too little."""
    try:
        locale = Locale.parse(language or "")
    except (ValueError, UnknownLocaleError):
        return ""
    names = (get_month_names("wide", context, locale)[month] for context in ("format", "stand-alone"))
    found = "".join(letters[0] for letters in takewhile(lambda each: each[0] == each[1], zip(*names, strict=False)))
    return found if len(found) >= _MONTH else ""


def leads_on(text: str, language: str | None) -> bool:
    """Say whether a sentence points back by nothing but its first words, which say little: "Then", "But on Friday"."""
    phrases = phrases_of(language)
    leading = phrases.leading_on
    if tells_when(text, language):
        leading |= phrases.leading_on_days
    heads = [head for head in beginnings(text) if head in leading]
    if not heads:
        return False
    rest = " ".join(text.split()[len(heads[-1].split()) :])
    wording = Wording(rest[:1].upper() + rest[1:], language)
    return not (wording.leans or wording.hints_anyhow)
