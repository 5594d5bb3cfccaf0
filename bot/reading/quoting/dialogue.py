"""Direct speech that a dash opens, as Russian and Ukrainian print it: "— Идем, — сказал он. — Скоро."."""

import re

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.marks import Span

_OPENING = re.compile(r"\s*[—–-]\s+")
_TURN = re.compile(r"([,.!?…])(?:\s*[—–]|\s+-)\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*")
# A verb of speech stands among the first words of a cue.
_CUE_WORDS = 4


def dialogue_spans(text: str, words: Lexicon) -> list[Span]:
    """Return the speech of a paragraph that opens with a dash and names its speaker; none where no cue shows speech.

    Args:
        text: the paragraph.
        words: the language's words.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return []
    turns = list(_TURN.finditer(text, opening.end()))
    starts = [opening.end(), *(turn.end() for turn in turns)]
    ends = [*(turn.end(1) for turn in turns), len(text)]
    speech: list[Span] = []
    cues = 0
    for start, end in zip(starts, ends, strict=True):
        if speech and _is_cue(text[start:end], words):
            cues += 1
        else:
            inner = text[start:end].rstrip(" ,")
            speech.append(Span(start, start + len(inner), start, start + len(inner), dialogue=True))
    return speech if cues else []


def _is_cue(part: str, words: Lexicon) -> bool:
    first = [match.group().lower() for _, match in zip(range(_CUE_WORDS), _WORD.finditer(part), strict=False)]
    return any(word in words.finite or words.has("impersonal", word) for word in first)
