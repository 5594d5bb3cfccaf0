"""What makes a sentence worth its room."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.reading.candidate import Candidate
from bot.reading.coverage import Vector


@dataclass(frozen=True, slots=True)
class Taste:
    """What makes a sentence worth its room.

    The figures were found with benchmarks/summaries.py on the development corpus, where the result changes by less
    than a hundredth around them, and by reading digests.

    Attributes:
        early: how much more the first sentence is worth than the last.
        halved: how many sentences on that is halved.
        early_scene: the share of that where an article begins with a scene.
        top: the worth of what stands first, a standfirst or a lead, unless it is a scene.
        length: a sentence's worth is divided by this power of its length: at 0 the longest win, at 1 the densest.
        same: a sentence that shares more of its words with one that is picked says the same.
        old: below the first paragraph, a sentence of which the title and the picked ones have said more says it again.
        title: a sentence of which the title says more is no news to who has read the title.
        quoted: how much less a sentence is worth that is all quotation.
        aside: the worth of a sentence that sets a scene or tells of its writer.
        hint: the worth of a sentence that may point back, without the one before it.
        hint_far: the same from the fifth sentence on.
        unnamed: the worth of a sentence with a surname that no picked sentence gives in full, for each of them.
        nameless: the worth of a sentence that begins with one.
        starts: so many first picks are tried.
    """

    early: float = 1.5
    halved: float = 4.0
    early_scene: float = 0.3
    top: float = 1.15
    length: float = 0.5
    same: float = 0.5
    old: float = 0.6
    title: float = 0.9
    quoted: float = 0.5
    aside: float = 0.2
    hint: float = 0.6
    hint_far: float = 0.6
    unnamed: float = 0.6
    nameless: float = 0.05
    starts: int = 10


def earliness(candidates: Sequence[Candidate], halved: float) -> Vector:
    """Return for each sentence how near to the article's beginning it stands: 1 for the first, then falling."""
    return np.array([1 / (1 + candidate.order / halved) for candidate in candidates])
