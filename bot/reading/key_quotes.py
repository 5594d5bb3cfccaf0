"""Choosing the quotes that a digest shows: who speaks, how much is said, nothing twice."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bot.models import Article, ParagraphKind, Quote
from bot.reading.quoting.lexicon import lexicon

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ-][^\W_]+)*")
_ENDS = (".", "!", "?", "…")
# A quote of fewer words says little alone; beyond _FULL more words add nothing, beyond _LONG they tire.
_FEWEST = 5
_FULL = 25
_LONG = 70
# A quote that begins with "And" or "That" points back; under so many words it says nothing alone.
_LEANING = 0.3
_FEWEST_LEANING = 10
# Shares of words in common from which a quote repeats another, or a sentence that is shown.
_NEAR_REPEAT = 0.6
_TOLD = 0.7
# What each thing is worth beside the 0 to 1 for the number of words.
_PROMINENCE = 0.8
_IN_TITLE = 0.4
_LABELLED = 0.4
_EARLY = 0.4
_SAME_SPEAKER = 1.2
# Characters of all quotes together, so that they stay an addition to the summary.
_ROOM = 1100


def key_quotes(article: Article, summary: tuple[str, ...], *, limit: int = 3) -> tuple[Quote, ...]:
    """Return the quotes most worth showing, best first.

    Worth: words up to 25, how often the speaker is named in the article and whether in its title, a label of the
    editors, an early place; each further quote of one speaker counts less. Fragments, quotes that repeat the title, a
    sentence of the summary or a quote already chosen, and those of nobody named (where others are) are left out.

    Args:
        article: with its quotes found.
        summary: sentences shown beside them; none of them is repeated.
        limit: the greatest number of quotes; fewer where they would pass 1100 characters.
    """
    if not article.quotes:
        return ()
    shown = [_content(_WORD.findall(sentence)) for sentence in (article.title, *summary)]
    whole = _whole([_Said(quote) for quote in article.quotes], article.language)
    fresh = [said for said in whole if not _told(said, summary, shown)]
    named = [said for said in fresh if said.quote.speaker is not None]
    worth = _Worth(article)
    candidates = sorted(named or fresh, key=worth.of, reverse=True)
    return tuple(said.quote for said in _chosen(candidates, worth, limit))


class _Said:
    """A quote and its words."""

    def __init__(self, quote: Quote) -> None:
        self.quote = quote
        self.text = quote.text
        self.words = _WORD.findall(quote.text)
        self.content = _content(self.words)


def _chosen(candidates: list[_Said], worth: "_Worth", limit: int) -> Iterator[_Said]:
    taken: list[_Said] = []
    room = _ROOM
    while candidates and len(taken) < limit:
        best = max(candidates, key=lambda said: worth.of(said) - _SAME_SPEAKER * _times(said, taken))
        candidates.remove(best)
        if (taken and len(best.text) > room) or any(_repeats(best, said) for said in taken):
            continue
        room -= len(best.text)
        taken.append(best)
        yield best


def _times(said: _Said, taken: Sequence[_Said]) -> int:
    return sum(other.quote.speaker == said.quote.speaker for other in taken)


def _whole(every: Sequence[_Said], language: str | None) -> list[_Said]:
    """Leave out fragments: few words, a start in the middle of a sentence, a half that a cue cuts off."""
    halves = {
        said
        for said, after in pairwise(every)
        if said.quote.paragraph == after.quote.paragraph and after.text[:1].islower() and not said.text.endswith(_ENDS)
    }
    return [
        said
        for said in every
        if said not in halves
        and not said.text[:1].islower()
        and len(said.words) >= (_FEWEST_LEANING if _leans(said, language) else _FEWEST)
    ]


def _leans(said: _Said, language: str | None) -> bool:
    return bool(said.words) and lexicon(language).has("leaning", said.words[0].lower())


def _content(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words if len(word) > 2)  # noqa: PLR2004 - "of", "я"


def _told(said: _Said, summary: Sequence[str], shown: Sequence[frozenset[str]]) -> bool:
    if any(said.text in sentence or sentence in said.text for sentence in summary):
        return True
    words = said.content
    return bool(words) and any(len(words & told) >= _TOLD * len(words) for told in shown)


def _repeats(first: _Said, second: _Said) -> bool:
    one, other = first.content, second.content
    return len(one & other) >= _NEAR_REPEAT * max(1, min(len(one), len(other)))


class _Worth:
    """How much the quotes of one article are worth showing."""

    def __init__(self, article: Article) -> None:
        text = "\n".join(paragraph.text for paragraph in article.paragraphs)
        surnames = {quote.speaker: quote.speaker.split()[-1] for quote in article.quotes if quote.speaker}
        self.mentions = {speaker: text.count(surname) for speaker, surname in surnames.items()}
        self.most = max(self.mentions.values(), default=0) or 1
        self.in_title = {speaker for speaker, surname in surnames.items() if surname in article.title}
        self.paragraphs = article.paragraphs
        self.language = article.language
        self.known: dict[_Said, float] = {}

    def of(self, said: _Said) -> float:
        """Return the worth of a quote beside the others, without regard to what else is shown."""
        if said not in self.known:
            self.known[said] = self._of(said)
        return self.known[said]

    def _of(self, said: _Said) -> float:
        quote, words = said.quote, len(said.words)
        worth = min(words, _FULL) / _FULL - max(0, words - _LONG) / _LONG
        worth -= _LEANING * _leans(said, self.language)
        worth += _EARLY * (1 - quote.paragraph / max(1, len(self.paragraphs)))
        if quote.speaker is not None:
            worth += _PROMINENCE * self.mentions[quote.speaker] / self.most
            worth += _IN_TITLE * (quote.speaker in self.in_title)
        if quote.paragraph < len(self.paragraphs) and self.paragraphs[quote.paragraph].kind is ParagraphKind.QUOTE:
            worth += _LABELLED
        return worth
