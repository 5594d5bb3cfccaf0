"""Sumy's interfaces around our own sentences and words: ours and any of sumy's algorithms choose from one document."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import groupby
from typing import Any

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from bot.reading.coverage import Matrix, WordCoverage
from bot.reading.material import Candidate
from bot.reading.sentences import split
from bot.reading.words import stemmer, stop_words, words_of

OURS = "quotewire"
# Module and class of each of sumy's algorithms that needs nothing but a document.
_SUMY = {
    "kl": ("kl", "KLSummarizer"),
    "lexrank": ("lex_rank", "LexRankSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "luhn": ("luhn", "LuhnSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "textrank": ("text_rank", "TextRankSummarizer"),
}
ALGORITHMS = (OURS, *_SUMY)


class Tokenizer:
    """Our sentences and words in the shape of sumy's tokenizer; nothing is ever downloaded."""

    def __init__(self, language: str | None) -> None:
        self._language = language

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """Return the sentences of a paragraph."""
        return tuple(split(paragraph, self._language))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Return the words of a sentence."""
        return tuple(words_of(sentence))


class ArticleSentence(Sentence):  # type: ignore[misc]  # sumy has no types
    """A sentence of sumy's that knows where it stands in its article."""

    __slots__ = ("candidate",)

    def __init__(self, candidate: Candidate, tokenizer: Tokenizer) -> None:
        super().__init__(candidate.text, tokenizer)
        self.candidate = candidate


def document(title: str, chosen: Iterable[Candidate], language: str | None) -> Any:
    """Return sumy's ObjectDocumentModel of an article: its title as a heading, then these sentences."""
    tokenizer = Tokenizer(language)
    head = Paragraph([Sentence(title, tokenizer, is_heading=True)])
    paragraphs = [
        Paragraph([ArticleSentence(candidate, tokenizer) for candidate in group])
        for _, group in groupby(chosen, key=lambda candidate: candidate.paragraph)
    ]
    return ObjectDocumentModel([head, *paragraphs])


def summarizer(algorithm: str, language: str | None) -> Callable[[Any, Any], tuple[Any, ...]]:
    """Return one of sumy's summarizers, or ours, ready for a language.

    Raises:
        KeyError: there is no such algorithm; `ALGORITHMS` has the names.
    """
    if algorithm == OURS:
        return QuotewireSummarizer(stemmer(language), stop_words(language))
    module, name = _SUMY[algorithm]
    made = getattr(import_module(f"sumy.summarizers.{module}"), name)(stemmer(language))
    made.stop_words = stop_words(language)
    call: Callable[[Any, Any], tuple[Any, ...]] = made
    return call


class Room:
    """Sumy's "count": takes the best-rated sentences that fit, and none that leans on one which is not taken."""

    def __init__(self, budget: int, most: int) -> None:
        self._budget = budget
        self._most = most

    def __call__(self, rated: Sequence[Any]) -> list[Any]:
        """Choose from sumy's (sentence, order, rating) records, best first."""
        taken: dict[int, Any] = {}
        left = self._budget
        for info in rated:
            candidate = info.sentence.candidate
            if len(taken) == self._most:
                break
            if len(candidate.text) > left and taken:
                continue
            if candidate.leans and candidate.order - 1 not in taken:
                continue
            taken[candidate.order] = info
            left -= len(candidate.text) + 1
        return list(taken.values())


class QuotewireSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """Ours: says most of what the article is about in the room there is, early sentences first, nothing twice.

    It takes documents of `document`. The figures were found with benchmarks/summaries.py on the development corpus,
    where the result changes by less than a hundredth around them.
    """

    # How much more the first sentence is worth than the last, and how many sentences on that is halved.
    EARLY, HALVED = 1.5, 4.0
    # What a sentence far down says of the article's subject, beside one at the top.
    ANYWHERE = 0.6
    # A sentence's worth is divided by this power of its length: at 0 the longest win, at 1 the densest.
    LENGTH = 0.5
    # A sentence that shares more of its words with one that is picked says the same.
    SAME = 0.5
    # A sentence of which the title says more is no news to who has read the title.
    TITLE = 0.8
    # A lead that shares no more than this of its words with the title sets a scene; the news comes later.
    SCENE = 0.1
    # So many picks are ranked; no message shows more.
    _PICKS = 12

    def __init__(self, stem: Callable[[str], str], stops: frozenset[str]) -> None:
        super().__init__(stem)
        self._stops = stops

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """Return the chosen sentences in document order."""
        sentences = document.sentences
        if not sentences:
            return ()
        ranked = self._ranked([s.candidate for s in sentences], self._words(document))
        ratings = {sentences[index]: -place for place, index in enumerate(ranked)}
        chosen = [sentence for sentence in sentences if sentence in ratings]
        found: tuple[Any, ...] = self._get_best_sentences(chosen, sentences_count, ratings)
        return found

    def _words(self, document: Any) -> WordCoverage:
        title = [stem for heading in document.headings for stem in self._stems(heading)]
        stems = [self._stems(sentence) for sentence in document.sentences]
        return WordCoverage(stems, title, self.ANYWHERE + _earliness(document.sentences, self.HALVED))

    def _stems(self, sentence: Any) -> list[str]:
        return [self._stemmer(word) for word in sentence.words if word not in self._stops and _says(word)]

    def _ranked(self, chosen: Sequence[Candidate], words: WordCoverage) -> list[int]:
        """Pick one after the other what adds most to what is picked."""
        factor = self._factor(chosen, words)
        allowed = np.array([not candidate.leans for candidate in chosen])
        free = words.in_title() < self.TITLE
        free |= not free.any()
        picked: list[int] = []
        while len(picked) < self._PICKS:
            worth = np.where(free & allowed, words.worth * factor, 0)
            best = int(worth.argmax())
            if worth[best] <= _NOTHING:
                break
            picked.append(best)
            free &= words.choose(best) < self.SAME
            free[best] = False
            if best + 1 < len(chosen) and chosen[best + 1].order == chosen[best].order + 1:
                allowed[best + 1] = True
        return picked

    def _factor(self, chosen: Sequence[Candidate], words: WordCoverage) -> Matrix:
        early = _earliness_of(chosen, self.HALVED)
        scene = float(words.in_title()[:3].max(initial=0)) <= self.SCENE
        sizes = np.array([max(_SHORT, len(candidate.text)) for candidate in chosen], dtype=np.float32)
        forms = np.array([_form(candidate) for candidate in chosen], dtype=np.float32)
        factor: Matrix = forms * (1 + self.EARLY * early * (0.3 if scene else 1)) / sizes**self.LENGTH
        return factor


def _earliness(sentences: Sequence[Any], halved: float) -> Matrix:
    return _earliness_of([sentence.candidate for sentence in sentences], halved)


def _earliness_of(chosen: Sequence[Candidate], halved: float) -> Matrix:
    places = np.array([candidate.order for candidate in chosen], dtype=np.float32)
    return (1 / (1 + places / halved)).astype(np.float32)


# What is left by rounding where a sentence's words have all been said.
_NOTHING = 1e-4


def _says(word: str) -> bool:
    return len(word) > 1 or word.isdigit()


# A sentence of a summary has about so many characters; the scripts of East Asia need a third of them.
_SHORT, _LONG = 60, 330


def _form(candidate: Candidate) -> float:
    """Return how well a sentence's form suits a summary, from 0 to 1."""
    text, size = candidate.text, len(candidate.text)
    if text[-1] == "?" or "?" in text[-3:]:
        return 0.3
    if text.endswith(("...", "…")):
        return 0.5
    shape = 0.75 if candidate.unnamed else 1.0
    if size < _SHORT and text.isascii() and candidate.paragraph > 0:
        shape *= 0.4 + 0.6 * size / _SHORT
    elif size > _LONG:
        shape *= max(0.4, _LONG / size)
    return shape * (1 - 0.5 * candidate.quoted)
