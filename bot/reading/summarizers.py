"""Sumy's interfaces around our own sentences and words: ours and any of sumy's algorithms choose from one document."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import groupby
from math import inf
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.utils import ItemsCount

from bot.models import Article
from bot.reading.candidate import Candidate
from bot.reading.choice import best
from bot.reading.coverage import Subject, WordCoverage
from bot.reading.selection import Selection
from bot.reading.sentences import split
from bot.reading.taste import Taste, earliness
from bot.reading.words import address_words, content_stems, stemmer, stems_of, stop_words, words_of

OURS = "quotewire"
# Module and class of each of sumy's algorithms.
_SUMY = {
    "edmundson": ("edmundson", "EdmundsonSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "lexrank": ("lex_rank", "LexRankSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "luhn": ("luhn", "LuhnSummarizer"),
    "random": ("random", "RandomSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "textrank": ("text_rank", "TextRankSummarizer"),
}
ALGORITHMS = (OURS, *_SUMY)
# Galleries have captions without end.
_CAPTIONS = 8


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


def document(article: Article, chosen: Iterable[Candidate]) -> Any:
    """Return sumy's ObjectDocumentModel of these sentences of an article.

    Its headings are the article's title, the words of its address, its tags and its captions.
    """
    tokenizer = Tokenizer(article.language)
    head = Paragraph([Sentence(text, tokenizer, is_heading=True) for text in _headings(article)])
    paragraphs = [
        Paragraph([ArticleSentence(candidate, tokenizer) for candidate in group])
        for _, group in groupby(chosen, key=lambda candidate: candidate.paragraph)
    ]
    return ObjectDocumentModel([head, *paragraphs])


def _headings(article: Article) -> Sequence[str]:
    captions = " ".join(article.captions[:_CAPTIONS])
    return article.title, address_words(article.url), " ".join(article.tags), captions


def chosen(algorithm: str, article: Article, material: Sequence[Candidate], room: "Room") -> Sequence[Candidate]:
    """Return those sentences of an article that an algorithm chooses, in document order; ours without sumy's objects.

    Raises:
        KeyError: there is no such algorithm.
    """
    choose = summarizer(algorithm, article.language)
    if isinstance(choose, QuotewireSummarizer):
        return choose.chosen(_headings(article), material, room)
    return [sentence.candidate for sentence in choose(document(article, material), room)]


def summarizer(algorithm: str, language: str | None) -> Callable[[Any, Any], tuple[Any, ...]]:
    """Return one of sumy's summarizers, or ours, ready for a language.

    Raises:
        KeyError: there is no such algorithm; `ALGORITHMS` has the names.
    """
    if algorithm == OURS:
        return QuotewireSummarizer(language)
    module, name = _SUMY[algorithm]
    made = getattr(import_module(f"sumy.summarizers.{module}"), name)(stemmer(language))
    made.stop_words = stop_words(language)
    if algorithm == "edmundson":
        return _with_cues(made, stop_words(language))
    call: Callable[[Any, Any], tuple[Any, ...]] = made
    return call


def _with_cues(edmundson: Any, stops: frozenset[str]) -> Callable[[Any, Any], tuple[Any, ...]]:
    """Give Edmundson's method the words that it asks for: the headings' are a bonus, stop words count for nothing."""

    def summarized(document: Any, sentences_count: Any) -> tuple[Any, ...]:
        said = [word for heading in document.headings for word in heading.words if word not in stops]
        # Sumy refuses empty lists; no word is a stroke.
        edmundson.bonus_words, edmundson.null_words = said or ["-"], [*stops, "-"]
        edmundson.stigma_words = ["-"]
        found: tuple[Any, ...] = edmundson(document, sentences_count)
        return found

    return summarized


class Room:
    """Sumy's "count": takes the best-rated sentences that fit, and none that leans on one which is not taken."""

    def __init__(self, budget: int, most: int) -> None:
        self.budget = budget
        self.most = most

    def __call__(self, rated: Sequence[Any]) -> list[Any]:
        """Choose from sumy's (sentence, order, rating) records, best first."""
        taken: dict[int, Any] = {}
        left = self.budget
        for info in rated:
            candidate = info.sentence.candidate
            if len(taken) == self.most:
                break
            if len(candidate.text) > left and taken:
                continue
            if candidate.leans and candidate.order - 1 not in taken:
                continue
            taken[candidate.order] = info
            left -= len(candidate.text) + 1
        return list(taken.values())


class QuotewireSummarizer:
    """Ours: says most of what the article is about in the room there is, early sentences first, nothing twice.

    It takes documents of `document` and is called as sumy's are. It is none of theirs by inheritance: their base class
    imports NLTK and SciPy, 90 MB in every reading worker.
    """

    def __init__(self, language: str | None, taste: Taste | None = None) -> None:
        self._language = language
        self._taste = taste or Taste()

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """Return the chosen sentences in document order.

        Args:
            document: what `document` made.
            sentences_count: a Room, or what sumy's own summarizers take: a number, or a share such as "20%".
        """
        sentences = document.sentences
        if not sentences:
            return ()
        candidates = [sentence.candidate for sentence in sentences]
        selection = self._selection(list(map(str, document.headings)), candidates)
        if isinstance(sentences_count, Room):
            picked = best(selection, sentences_count.budget, sentences_count.most)
        else:
            picked = ItemsCount(sentences_count)(best(selection, inf, len(sentences)))
        return tuple(sentences[index] for index in sorted(picked))

    def chosen(self, headings: Sequence[str], candidates: Sequence[Candidate], room: Room) -> Sequence[Candidate]:
        """Return the chosen of these candidates in document order; see `document` for the headings."""
        if not candidates:
            return ()
        picked = best(self._selection(headings, candidates), room.budget, room.most)
        return [candidates[index] for index in sorted(picked)]

    def _selection(self, headings: Sequence[str], candidates: Sequence[Candidate]) -> Selection:
        subject = Subject(*(content_stems(heading, self._language) for heading in headings))
        early = earliness(candidates, self._taste.halved)
        stems = [stems_of(candidate.parts, self._language) for candidate in candidates]
        return Selection(candidates, WordCoverage(stems, subject, early), self._taste)
