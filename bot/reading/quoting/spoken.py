"""Quotations on their way to a speaker, and the paragraphs that they stand in."""

from dataclasses import dataclass, field

from bot.reading.quoting.marks import Span
from bot.reading.quoting.references import Speaker
from bot.reading.quoting.tokens import Sentence


@dataclass(slots=True)
class Spoken:
    """One quotation on its way to a speaker.

    Attributes:
        span: where it stands in its paragraph.
        sentence: the running number of its sentence in the article.
        token: its index in the sentence.
        speaker: who said it, once known.
        attached: a verb of speech leads straight into it or follows it at once.
        sure: False where the speaker is a guess from the clause's subject.
        alone: its sentence holds nothing but quotations.
        unnamed: the sentence says that somebody else, not named, speaks; nobody is to be guessed.
    """

    span: Span
    sentence: int
    token: int
    speaker: Speaker | None = None
    attached: bool = False
    sure: bool = True
    alone: bool = False
    unnamed: bool = False


@dataclass(slots=True)
class Block:
    """One paragraph with its sentences and quotations."""

    text: str
    first_sentence: int
    sentences: list[Sentence]
    spoken: list[Spoken] = field(default_factory=list)
