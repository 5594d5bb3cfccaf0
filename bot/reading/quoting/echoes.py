"""Quotations whose speaker stands elsewhere than around them: said again in full, or signed in the line below."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.reading.quoting.cast import Cast
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.references import Speaker
from bot.reading.quoting.spoken import Block, Spoken

# Fewer words may be said by two.
_FEWEST_WORDS = 3
# Quotations with three words in common that one heading is compared with.
_MOST_COMPARED = 8
# "— Ann Smith, Leeds", "—marleykb"
_SIGNATURE = re.compile(r"\s*[—–-]{1,2}\s*(?P<name>[^\s,;:.!?“”\"()][^,;:!?“”\"()—]*)(?:[,(].*)?")
_LONGEST_SIGNATURE = 60
_LONGEST_NAME = 5
_NOT_LETTERS = re.compile(r"[\W_]+")


def give_echoes(blocks: Sequence[Block]) -> None:
    """Give a heading or pull quote that stands alone the speaker of the same words in the text.

    Args:
        blocks: the paragraphs with the quotations that have their speakers.
    """
    alone = [
        (block, spoken)
        for block in blocks
        for spoken in block.spoken
        if not spoken.attached and _is_alone(block, spoken)
    ]
    if not alone:
        return
    told: dict[tuple[str, ...], list[tuple[str, Speaker]]] = {}
    for block in blocks:
        for spoken in block.spoken:
            if spoken.speaker is not None and (spoken.attached or not _is_alone(block, spoken)):
                _remember(told, _plain(block.text, spoken), spoken.speaker)
    for block, spoken in alone if told else ():
        spoken.speaker = _said_again(told, _plain(block.text, spoken)) or spoken.speaker


def _remember(told: dict[tuple[str, ...], list[tuple[str, Speaker]]], words: str, speaker: Speaker) -> None:
    """Keep what somebody has said under each of its threes of words, so that each echo is compared with few."""
    parts = words.split()
    for index in range(len(parts) - _FEWEST_WORDS + 1):
        same = told.setdefault(tuple(parts[index : index + _FEWEST_WORDS]), [])
        if len(same) < _MOST_COMPARED:
            same.append((words, speaker))


def _said_again(told: dict[tuple[str, ...], list[tuple[str, Speaker]]], words: str) -> Speaker | None:
    same = told.get(tuple(words.split()[:_FEWEST_WORDS]), ())
    return next((speaker for said, speaker in same if f" {words} " in f" {said} "), None)


def _is_alone(block: Block, spoken: Spoken) -> bool:
    """Tell a paragraph that holds one quotation and perhaps the number of its chapter."""
    if len(block.spoken) > 1:
        return False
    behind = block.text[spoken.span.outer_end :].strip()
    return not behind and block.text[: spoken.span.outer_start].count(" ") <= 1


def _plain(text: str, spoken: Spoken) -> str:
    return _NOT_LETTERS.sub(" ", text[spoken.span.start : spoken.span.end]).strip().casefold()


def give_signatures(blocks: Sequence[Block], cast: Cast, words: Lexicon) -> None:
    """Give a paragraph that is all quotation the name in the line below: "—Ann Smith, Leeds".

    Args:
        blocks: the paragraphs with their quotations.
        cast: the article's persons.
        words: the language's words.
    """
    for block, below in pairwise(blocks):
        if not block.spoken or below.spoken or not all(spoken.alone for spoken in block.spoken):
            continue
        name = signed_name(below.text, words)
        if name is None:
            continue
        person = cast.find(name)
        for spoken in block.spoken:
            full = person.name if person is not None else name
            spoken.speaker, spoken.attached = Speaker(full or None, name, is_person=bool(full)), True


def signed_name(text: str, words: Lexicon) -> str | None:
    """Return the name in a line that signs what stands above it, "" for "—Anonymous", None where none signs."""
    found = _SIGNATURE.fullmatch(text) if len(text) <= _LONGEST_SIGNATURE else None
    if found is None:
        return None
    name = " ".join(found["name"].split())
    parts = name.split()
    if name.endswith(".") and not _is_initial(parts[-1]):
        return None
    if len(parts) > _LONGEST_NAME or any(part.lower() in words.finite for part in parts):
        return None
    if len(parts) > 1 and not all(part[0].isupper() or words.has("particles", part) for part in parts):
        return None
    return "" if words.has("nameless", parts[0].lower()) else name


def _is_initial(last: str) -> bool:
    """Tell the full stop of "Paul R."."""
    return len(last) == len("R.") and last[0].isupper()
