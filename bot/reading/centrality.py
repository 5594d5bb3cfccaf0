"""How much of an article each of its sentences carries: all sentences against all, in one product of matrices."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]

# Two or three words in common make no repetition, however short the sentence.
_FEW = 5


def vectors(sentences: Sequence[Sequence[str]], title: Sequence[str]) -> tuple[Matrix, Matrix]:
    """Return the sentences' and the title's unit vectors of weighted words.

    A word weighs log(1 + tf) × log(1 + n/df): what every sentence says tells nothing about one of them.

    Args:
        sentences: the stems of each sentence.
        title: the stems of the title.
    """
    known: dict[str, int] = {}
    for word in chain(title, chain.from_iterable(sentences)):
        known.setdefault(word, len(known))
    counts = np.zeros((len(sentences) + 1, max(1, len(known))), dtype=np.float32)
    for row, words in enumerate((*sentences, title)):
        for word, count in Counter(words).items():
            counts[row, known[word]] = count
    found_in = np.count_nonzero(counts[:-1], axis=0)
    weighted = np.log1p(counts) * np.log1p(len(sentences) / np.maximum(1, found_in)).astype(np.float32)
    norms = np.linalg.norm(weighted, axis=1, keepdims=True)
    unit = weighted / np.where(norms == 0, 1, norms)
    return unit[:-1], unit[-1]


def similarities(unit: Matrix) -> Matrix:
    """Return the cosine of each pair of sentences; 0 for a sentence with itself."""
    product: Matrix = unit @ unit.T
    np.fill_diagonal(product, 0)
    return product


def contained(unit: Matrix) -> Matrix:
    """Return for each pair the share of the shorter sentence's words that the longer has as well, 0 to 1."""
    present = (unit > 0).astype(np.float32)
    sizes = present.sum(axis=1)
    shared: Matrix = (present @ present.T) / np.maximum(_FEW, np.minimum.outer(sizes, sizes))
    np.fill_diagonal(shared, 0)
    return shared


def centrality(pairs: Matrix, weights: Matrix) -> Matrix:
    """Return how like the others each sentence is, from 0 to 1 for the most central.

    Args:
        pairs: the cosines of all pairs.
        weights: how much each other sentence's likeness counts.
    """
    found: Matrix = pairs @ weights
    most = float(found.max(initial=0))
    return found / most if most else found
