"""Telling speech from scare quotes, titles of works and names in quotation marks."""

from collections.abc import Sequence

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.marks import Span
from bot.reading.quoting.spoken import Block, Spoken

_ENDS = ".!?…"
# From so many words on, marks mean speech in 98 of 100 cases: see docs/quotes.md.
_FEWEST_WORDS = 4
# What a title leaves small.
_LIGHT = ("prepositions", "determiners", "conjunctions")
# Characters between "said" and what is quoted in part.
_WHAT_IS_SAID = 100
# Sentences of a guide that speak to its reader.
_ADDRESSED = 3
_DASHES = frozenset({"—", "–", "-"})


def is_speech(text: str, spoken: Spoken, words: Lexicon) -> bool:
    """Tell direct speech from scare quotes, titles of works and names in quotation marks.

    Args:
        text: the paragraph.
        spoken: the quotation with what is known of its cue.
        words: the language's words.
    """
    inner = text[spoken.span.start : spoken.span.end].strip()
    count = len(inner.split(maxsplit=_FEWEST_WORDS - 1))
    if spoken.span.dialogue:
        return count > 0
    if _is_nickname(text, spoken, words) or _is_title_in_sentence(text, spoken.span, inner, words):
        return False
    if count == _FEWEST_WORDS:
        return spoken.attached or not (
            _looks_like_title(inner, words) or _is_act(inner, words) or _is_named_thing(text, spoken.span, inner, words)
        )
    ended = inner[-1:] in _ENDS + "," or (
        words.language != "en" and text[spoken.span.outer_end :].startswith((",", "."))
    )
    whole = bool(inner) and ended and inner[0].isupper()
    attached = spoken.attached and not _is_object(text, spoken.span, words)
    if words.language != "en":  # a comma alone may follow any name in marks: «Русская», подчеркнул он
        led = text[: spoken.span.outer_start].rstrip().endswith(":")
        dash = text[spoken.span.outer_end : spoken.span.outer_end + 4].lstrip(", ")[:1] in _DASHES
        attached = (attached and (led or dash)) or _cue_after_dash(text, spoken.span, words)
    return count > 0 and whole and (attached or (spoken.alone and spoken.speaker is not None))


def nobody_speaks(blocks: Sequence[Block], words: Lexicon) -> bool:
    """Tell a guide whose marks hold examples, "When you ask “Why did you do that?”": it speaks to its reader alone.

    Args:
        blocks: the paragraphs with their quotations and speakers.
        words: the language's words.
    """
    if not words.words["addressing"] or any(
        _is_somebodys(spoken, words) for block in blocks for spoken in block.spoken
    ):
        return False
    addressed = sum(
        any(words.has("addressing", token.low) for token in tokens) for block in blocks for tokens in block.sentences
    )
    return addressed >= _ADDRESSED


def _is_somebodys(spoken: Spoken, words: Lexicon) -> bool:
    if spoken.speaker is None:
        return spoken.unnamed or spoken.span.dialogue
    if spoken.speaker.name is not None:
        return True
    named_as = spoken.speaker.named_as.lower()
    return not words.has("addressed", named_as)


def _is_object(text: str, span: Span, words: Lexicon) -> bool:
    """Tell "he had chosen “Shenandoah,” he said" from "he said “Never.”", where the few words are said."""
    before = text[max(0, span.outer_start - 20) : span.outer_start].split()
    if words.language != "en" or not before or not before[-1].isalpha():
        return False
    last = before[-1].lower()
    return last not in words.finite and last not in words.participles and last not in words.bare


def _cue_after_dash(text: str, span: Span, words: Lexicon) -> bool:
    """Tell «…», — заявили в суде: words of speech whose speaker is not named."""
    after = text[span.outer_end : span.outer_end + 60].lstrip(", ").split()
    if len(after) < 2 or after[0] not in _DASHES:  # noqa: PLR2004 - the dash and the verb
        return False
    verb = after[1].rstrip(",.:")
    return verb in words.finite or words.has("impersonal", verb)


def _is_title_in_sentence(text: str, span: Span, inner: str, words: Lexicon) -> bool:
    """Tell a title behind a preposition: "on “Late Night With Jo Meek.”", "a remake of “The Old Exchange”"."""
    if words.language != "en" or not inner[:1].isupper():
        return False  # no title begins small
    before = text[max(0, span.outer_start - 15) : span.outer_start].split()
    return (
        bool(before)
        and (
            words.has("prepositions", before[-1].lower())
            or words.has("title_verbs", before[-1].lower())
            or before[-1].endswith(("’s", "'s"))
        )
        and _looks_like_title(inner.rstrip(".,"), words)
    )


def _is_named_thing(text: str, span: Span, inner: str, words: Lexicon) -> bool:
    """Tell whether the word straight before says that a work or a body is called so: "the film “…”", "фильм «…»"."""
    before = text[max(0, span.outer_start - 30) : span.outer_start].split()
    if len(before) > 1 and before[-1] in _DASHES and words.has("named_things", _first_word(text, span)):
        return True  # "Гасло кампанії — «…»"
    return (
        bool(before)
        and inner[:1].isupper()
        and inner[-1:] not in _ENDS
        and words.has("named_things", before[-1].lower())
    )


def _first_word(text: str, span: Span) -> str:
    """Return the first word of the sentence, in lower case."""
    sentence = text[: span.outer_start].rpartition(". ")[2].split(maxsplit=1)
    return sentence[0].lower() if sentence else ""


def _is_nickname(text: str, spoken: Spoken, words: Lexicon) -> bool:
    """Tell "the so-called “…”" and, where nobody says it, "known as “…”"."""
    written = text[max(0, spoken.span.outer_start - 30) : spoken.span.outer_start].split()
    if not written:
        return False
    before = [word.lower() for word in written]
    if _is_called(text, spoken.span, written, words) or _is_kind_of_text(text, spoken.span, before[-1], words):
        return True
    two = " ".join(before[-2:])
    return (
        words.has("nicknaming", before[-1])
        or words.has("spelling_out", two)
        or ((words.has("glossing", before[-1]) or words.has("glossing", two)) and not _is_told(text, spoken, words))
        or (not spoken.attached and spoken.speaker is None and words.has("nicknaming", two))
    )


def _is_told(text: str, spoken: Spoken, words: Lexicon) -> bool:
    """Tell "Smith said the delay meant “…”" from "the word means “…”"."""
    before = text[max(0, spoken.span.outer_start - _WHAT_IS_SAID) : spoken.span.outer_start]
    said = spoken.speaker is not None and spoken.sure
    return spoken.attached or (said and not words.finite.isdisjoint(before.rpartition(". ")[2].lower().split()))


def _is_called(text: str, span: Span, written: Sequence[str], words: Lexicon) -> bool:
    """Tell "advice called “What to Do First”" from "what she called “a disaster”" and "Smith called “…”"."""
    if not words.has("calling", written[-1].lower()) or not text[span.start : span.end].lstrip()[:1].isupper():
        return False
    return len(written) > 1 and written[-2].islower() and not words.has("subject_pronouns", written[-2])


def _is_kind_of_text(text: str, span: Span, before: str, words: Lexicon) -> bool:
    """Tell "the “In case of war” brochure"."""
    if not words.has("determiners", before):
        return False
    after = text[span.outer_end : span.outer_end + 30].split()
    inner = text[span.start : span.end].strip()
    if not after or not inner[:1].isupper() or inner[-1:] in _ENDS:
        return False
    noun = after[0].strip(".,;:").lower()
    return words.has("documents", noun) or words.has("named_things", noun)


def _is_act(inner: str, words: Lexicon) -> bool:
    """Tell the title of a law or a report: «О мерах поддержки бизнеса», «Про освіту»."""
    first, _, rest = inner.partition(" ")
    return bool(rest) and first[0].isupper() and inner[-1] not in _ENDS and words.has("title_starts", first.lower())


def _looks_like_title(inner: str, words: Lexicon) -> bool:
    """Tell whether all words of weight are capitalized, as in a book's title."""
    if not inner[:1].isupper() or inner.isupper():
        return False
    parts = [stripped for part in inner.split() if (stripped := part.strip(".,:;!?’'\"()"))]
    if len(parts) > 12:  # noqa: PLR2004 - no title is longer
        return False
    small = [part for part in parts if part[0].islower()]
    light = all(any(words.has(name, part) for name in _LIGHT) for part in small)
    if light and len(parts) - len(small) > max(3, len(small)):
        return True
    heavy = [part for part in parts if not words.has("common_starts", part.lower())]
    return inner[-1:] not in _ENDS and len(heavy) > 1 and all(part[0].isupper() or part[0].isdigit() for part in heavy)
