"""How much of what an article says a choice of its sentences covers: all sentences by all words, in one matrix."""

from collections.abc import Sequence
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]

# Two or three words in common make no repetition, however short the sentence.
_FEW = 5


class WordCoverage:
    """Which words the sentences have, and how much each word says.

    A word weighs log(1 + how often the article's sentences say it, the early ones counting more), and more when the
    title says it. A sentence is worth the words that no chosen sentence has said yet: a coverage function in the sense
    of Lin and Bilmes, "A Class of Submodular Functions for Document Summarization" (2011), which picking greedily
    serves well and which repetition cannot please.
    """

    def __init__(self, sentences: Sequence[Sequence[str]], title: Sequence[str], emphasis: Matrix) -> None:
        """Count the words.

        Args:
            sentences: the stems of each sentence.
            title: the stems of the title.
            emphasis: how much each sentence counts in saying what the article is about.
        """
        known: dict[str, int] = {}
        for word in chain.from_iterable(sentences):
            known.setdefault(word, len(known))
        self._has = np.zeros((len(sentences), max(1, len(known))), dtype=np.float32)
        for row, words in enumerate(sentences):
            self._has[row, [known[word] for word in words]] = 1
        self._sizes = self._has.sum(axis=1)
        self._titled = np.zeros(len(known) or 1, dtype=np.float32)
        self._titled[[known[word] for word in title if word in known]] = 1
        self._weights: Matrix = np.log1p(emphasis @ self._has) * (1 + self._titled)
        self._worth: Matrix = self._has @ self._weights

    @property
    def worth(self) -> Matrix:
        """The weight of the words of each sentence that no chosen sentence has said."""
        return self._worth

    def choose(self, sentence: int) -> Matrix:
        """Count the words of a sentence as said.

        Returns:
            The share of each sentence's words that it has in common with this one, of the shorter of the two.
        """
        said = np.flatnonzero(self._has[sentence])
        having = self._has[:, said]
        self._worth = self._worth - having @ self._weights[said]
        self._weights[said] = 0
        shared: Matrix = having.sum(axis=1) / np.maximum(_FEW, np.minimum(self._sizes, self._sizes[sentence]))
        return shared

    def in_title(self) -> Matrix:
        """Return the share of each sentence's words that the title says."""
        shared: Matrix = (self._has @ self._titled) / np.maximum(_FEW, self._sizes)
        return shared
