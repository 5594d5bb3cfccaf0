"""Direct speech that a dash opens, as Russian and Ukrainian print it: "— Идем, — сказал он. — Скоро."."""

import re
from collections.abc import Sequence

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.marks import Span
from bot.reading.quoting.word_kinds import is_finite_verb

_OPENING = re.compile(r"\s*[—–-]\s+")
_TURN = re.compile(r"([,.!?…])(?:\s*[—–]|\s+-)\s+")
_LEADING = re.compile(r"([^\W\d_]+):\s*$")
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
    speech = _turns(text, opening.end(), len(text), words)
    return [Span(start, end, start, end, dialogue=True) for start, end in speech or []]


def led_spans(around: Sequence[str], words: Lexicon) -> list[Span]:
    """Return the speech of a paragraph that a dash opens and the paragraph before introduces: "Иванов возразил:".

    Args:
        around: the paragraph before, the paragraph, and the one behind, which a list goes on with.
        words: the language's words.
    """
    if len(around) < 3:  # noqa: PLR2004 - nothing introduces it, or nothing tells that no list follows
        return []
    before, text, after = around
    opening = _OPENING.match(text)
    if opening is None or _OPENING.match(after) is not None or not text.rstrip().endswith((".", "!", "?", "…", "»")):
        return []
    start = opening.end()
    introduced = _LEADING.search(before)
    if introduced is None or not text[start : start + 1].isupper():
        return []
    verb = introduced[1].lower()
    if verb not in words.finite and not is_finite_verb(verb, words.language):
        return []
    return [Span(start, len(text.rstrip()), start, len(text.rstrip()), dialogue=True)]


def interrupted_spans(text: str, span: Span, words: Lexicon) -> list[Span]:
    """Cut a quotation whose cue stands inside its marks: «Сделка готова, — сказал Иванов. — Ждем».

    Args:
        text: the paragraph.
        span: one quotation of it.
        words: the language's words.
    """
    speech = _turns(text, span.start, span.end, words)
    if not speech:
        return [span]
    outer_starts = [span.outer_start, *(start for start, _ in speech[1:])]
    outer_ends = [*(end for _, end in speech[:-1]), span.outer_end if speech[-1][1] >= span.end - 1 else speech[-1][1]]
    parts = zip(speech, outer_starts, outer_ends, strict=True)
    return [Span(start, end, outer_start, outer_end) for (start, end), outer_start, outer_end in parts]


def _turns(text: str, first: int, last: int, words: Lexicon) -> list[tuple[int, int]]:
    """Return where speech stands between the cues that dashes set off; nothing where there is no cue."""
    turns = list(_TURN.finditer(text, first, last))
    starts = [first, *(turn.end() for turn in turns)]
    ends = [*(turn.end(1) for turn in turns), last]
    speech: list[tuple[int, int]] = []
    cues, after_cue = 0, False
    for start, end in zip(starts, ends, strict=True):
        after_cue = bool(speech) and not after_cue and _is_cue(text[start:end], words)
        if after_cue:  # what follows a cue is speech again
            cues += 1
        else:
            speech.append((start, start + len(text[start:end].rstrip(" ,"))))
    return speech if cues else []


def _is_cue(part: str, words: Lexicon) -> bool:
    written = [match.group() for _, match in zip(range(_CUE_WORDS), _WORD.finditer(part), strict=False)]
    first = [word.lower() for word in written]
    if any(word in words.finite or words.has("impersonal", word) for word in first):
        return True
    return (
        len(first) > 1 and written[0] == first[0] and is_finite_verb(first[0], words.language) and _names(written[1:])
    )


def _names(written: Sequence[str]) -> bool:
    """Tell whether a capitalized word is there: "разводит руками Мельник"."""
    return any(word[0].isupper() for word in written)
