"""What a sentence is as an article's opening: the news of a day, a word that only leads on, or who told the news."""

import re

from bot.reading.leaning import Wording, beginnings
from bot.reading.phrases import phrases_of

# A sentence of more characters tells more than who told the news.
_ATTRIBUTION = 110
_WORD = re.compile(r"[\w'’ʼ-]+")


def tells_when(text: str, language: str | None) -> bool:
    """Say whether a sentence names a day, or another time, at which news happens: "on Thursday", "this week"."""
    phrases, said = phrases_of(language), text.casefold()
    if any(phrase in said for phrase in phrases.news_times):
        return True
    return bool(phrases.news_days) and any(word.startswith(phrases.news_days) for word in _WORD.findall(said))


def only_attributes(text: str, language: str | None) -> bool:
    """Say whether a short sentence only tells who told the news: "Das teilte die Polizei am Montag mit." """
    return len(text) < _ATTRIBUTION and not phrases_of(language).attributions.isdisjoint(beginnings(text))


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
