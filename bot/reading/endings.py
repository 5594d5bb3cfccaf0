"""What stands below an article's text: corrections, which belong to it; notes, contacts, "About the company" do not."""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.reading.blocks import HEADINGS, Block
from bot.reading.boilerplate import boilerplate_tables
from bot.reading.selectors import line_of
from bot.reading.sentences import is_sentence

# So much of a text, in characters, stands above such a section.
_ENOUGH = 150
_MAX_HEADING = 70
_TRAILING = " :.…#*"
_PLAIN = {"’": "'", "ʼ": "'"}
# What a company's portrait begins with: its name, within so many characters.
_NAMED_WITHIN = 80
_MIN_NAME = 3
# "1. J. Bass, …", "[2] …", "† …", or with a year, an address, a page.
_NOTE = re.compile(
    r"[\[(]?\d{1,3}[\].):]?\s|[*†‡^]|.*(?:\bibid\b|https?://|www\.|\bdoi\b|@|\((?:19|20)\d\d\)|\bpp?\. \d)",
    re.IGNORECASE,
)
# "Correction (March 3, 2024, 4 p.m.): …", and how long one is at least.
_MAX_LABEL, _CORRECTION = 60, 60
_SHORT, _LINKED = 60, 0.5
_NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[ivx]{1,4}|[*†‡^↑↩])[\])]?\.?")
_BACK = "↩↑^"
_BOLD_RANK = "h7"
_BOLD = frozenset(("b", "strong"))


@dataclass(frozen=True, slots=True)
class _Headings:
    """The headings of such sections, in lower case; see config/languages/en.toml."""

    ends: frozenset[str]
    citing: frozenset[str]
    listing: frozenset[str]
    about: tuple[str, ...]
    corrections: tuple[str, ...]


def is_correction(block: Block) -> bool:
    """Say whether a block tells what the article had wrong: "Correction: An earlier version …"."""
    if len(block.text) < _CORRECTION or ":" not in block.text[:_MAX_LABEL]:
        return False
    label, _, rest = block.text[:_MAX_LABEL].partition(":")
    if not _plain(label).startswith(_headings().corrections):
        return False
    return "?" not in rest and block.link_share < _LINKED and is_sentence(block.text)


def below_text(blocks: Sequence[Block], first: int, is_main: Callable[[Block], bool]) -> set[int]:
    """Return the indices of the blocks that stand below a text and are no part of it.

    Args:
        blocks: those from the text's first to its last.
        first: the index on the page of the first.
        is_main: says of a block whether it stands where the text's paragraphs stand.
    """
    found = {index for index, block in enumerate(blocks) if is_footnote(block)}
    headings = [(index, rank) for index, block in enumerate(blocks) if (rank := _rank(block))]
    begun = [(index, rank) for index, rank in _beginnings(blocks, headings) if is_main(blocks[index])]
    last = max((index for index, rank in headings if rank != _BOLD_RANK and (index, rank) not in begun), default=-1)
    for index, rank in begun:
        if _is_about(blocks[index]) and index < last:
            continue  # a subhead of the text
        end = min(_end_of_section(index, rank, headings), _end_of_holder(blocks[index], first + index) - first)
        found.update(range(index, int(min(end, len(blocks)))))
    return found


def is_footnote(block: Block) -> bool:
    """Say whether a block is a footnote: a number before it, or a mark behind it, leads back into the text."""
    if not (block.links and block.inline):
        return False
    first, last = line_of(block.inline[0]), block.inline[-1]
    if block.text != first and block.text.startswith(first) and _leads_back(block.inline[0]):
        return True
    return block.text[-1] in _BACK and _leads_back(last)


def _leads_back(element: Any) -> bool:
    link = element if element.tag == "a" else next(element.iter("a"), None)
    return link is not None and "#" in (link.get("href") or "") and _NUMBER.fullmatch(line_of(link)) is not None


def _beginnings(blocks: Sequence[Block], headings: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield where the sections that are no text begin, with the ranks of their headings."""
    amounts = 0
    sums = [amounts := amounts + len(block.text) for block in blocks]
    ends = [index for index, _ in headings]
    for index, rank in headings:
        if sums[index] < _ENOUGH:
            continue
        until = next((end for end in ends if end > index), len(blocks))
        if _ends_text(blocks[index], blocks[index + 1 : until]):
            yield index, rank


def _ends_text(heading: Block, below: Sequence[Block]) -> bool:
    known, said = _headings(), _plain(_head_of(heading))
    if said in known.ends:
        return True
    if said in known.citing:
        return 2 * sum(block.tag == "li" or _is_note(block) for block in below) >= len(below) > 0
    if said in known.listing:
        return 2 * sum(map(_is_note, below)) >= len(below) > 0
    return _is_about(heading) and _portrays(said, _after_head(heading) or (below[0].text if below else ""))


def _is_about(heading: Block) -> bool:
    return _plain(_head_of(heading)).startswith(_headings().about)


def _portrays(said: str, text: str) -> bool:
    """Say whether a text begins as the portrait of whom the heading names."""
    prefix = next(about for about in _headings().about if said.startswith(about))
    name = max(said[len(prefix) :].removeprefix("the ").split()[:2], key=len, default="")
    return len(name) >= _MIN_NAME and name in _plain(text[:_NAMED_WITHIN])


def _is_note(block: Block) -> bool:
    if block.link_share > _LINKED or _NOTE.match(block.text):
        return True
    return len(block.text) < _SHORT and not is_sentence(block.text)


def _end_of_section(index: int, rank: str, headings: Iterable[tuple[int, str]]) -> float:
    """Return the index of the next heading of a rank or a higher one."""
    return next((other for other, others in headings if other > index and others <= rank), math.inf)


def _end_of_holder(heading: Block, index: int) -> float:
    """Return one past the last block of the innermost element that holds a heading and more below it."""
    return next((node.end for node in heading.node.ancestors() if node.end > index + 1), math.inf)


def _rank(block: Block) -> str:
    """Return a heading's tag, "h7" for a line in bold or one that heads such a section, "" for others."""
    if block.tag in HEADINGS:
        return block.tag
    if not block.bold and len(block.text) > _MAX_HEADING:  # most paragraphs
        return ""
    if block.bold >= len(block.text) and len(block.text) <= _MAX_HEADING:
        return _BOLD_RANK
    said, known = _plain(_head_of(block)), _headings()
    about = block.bold > 0 and said.startswith(known.about)
    return _BOLD_RANK if about or said in known.ends or said in known.citing or said in known.listing else ""


def _head_of(block: Block) -> str:
    """Return the line, or the bold words that it begins with."""
    if len(block.text) <= _MAX_HEADING and not block.bold:
        return block.text
    first = next((element for element in block.inline if element.tag in _BOLD), None)
    said = line_of(first) if first is not None else ""
    return said if said and block.text.startswith(said) else block.text[:_MAX_HEADING]


def _after_head(block: Block) -> str:
    return block.text[len(_head_of(block)) :].strip()


def _plain(text: str) -> str:
    said = text.casefold()
    for mark, plain in _PLAIN.items():
        said = said.replace(mark, plain)
    return said.strip(_TRAILING)


@cache
def _headings() -> _Headings:
    tables = boilerplate_tables()

    def all_of(key: str) -> Iterator[str]:
        return (phrase for language in tables for phrase in language.get(key, ()))

    return _Headings(
        ends=frozenset(all_of("ends")),
        citing=frozenset(all_of("citing")),
        listing=frozenset(all_of("listing")),
        about=tuple(all_of("about")),
        corrections=tuple(all_of("corrections")),
    )
