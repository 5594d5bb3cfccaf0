"""Lines that are no part of an article, by their words and their markup together: calls with a link, pointers."""

import re
from collections.abc import Sequence

from bot.reading.blocks import HEADINGS, Block
from bot.reading.boilerplate import Verdict, begin_calls, begin_pointers, judge
from bot.reading.selectors import line_of
from bot.reading.vocabulary import vocabulary

# A call is shorter; so is what its link says.
_MAX_CALL = 300
_MAX_LINK = 60
# "Photo 1 of 14", "2/14": which picture of a gallery stands above.
_COUNTER, _MAX_COUNTER = re.compile(r"(?:[^\W\d]+ )?\d{1,3} ?(?:/|of|von|de|sur|di|av|af|van|z|из|з|із) ?\d{1,3}"), 30
# Where words are in doubt, links that are so much of a line make it a call.
_LINKED = 0.25
_NETWORKS = 2
_EMPHASIS = frozenset(("b", "strong", "em", "i", "small"))
# "RELATED: a headline", "MORE PLUM RECIPES: one, two": the label, and how much of the rest its links are.
_MAX_LABEL, _MIN_LABEL, _POINTED = 40, 5, 0.8


def is_call(block: Block) -> bool:
    """Say whether a block is a call, a notice or a pointer to other pages."""
    if len(block.text) <= _MAX_COUNTER and _COUNTER.fullmatch(block.text):
        return True
    verdict = judge(block.text, heading=block.tag in HEADINGS)
    if verdict is not Verdict.TEXT:
        return verdict is Verdict.BOILERPLATE or _is_set_apart(block)
    if not block.links or len(block.text) > _MAX_CALL:
        return False
    links = [line_of(element) for element in block.inline if element.tag == "a"]
    return any(map(_invites, links)) or _points(block, links) or _name_networks(links)


def _is_set_apart(block: Block) -> bool:
    """Say whether a line is linked in good part, or as a whole, or its first words, in bold or italics."""
    if block.link_share >= _LINKED:
        return True
    return any(element.tag in _EMPHASIS and _is_label(line_of(element), block.text) for element in block.inline)


def _is_label(said: str, text: str) -> bool:
    """Say whether these words are a line, or its beginning with a colon."""
    return bool(said) and (said == text or (text.startswith(said) and ":" in said))


def _invites(link: str) -> bool:
    """Say whether a link is a call: "Book a demo", "Tell us about it"."""
    return len(link) <= _MAX_LINK and begin_calls(link)


def _points(block: Block, links: Sequence[str]) -> bool:
    """Say whether a line is a label and links: in capitals, or in bold before several or with a pointer's word."""
    label, colon, rest = block.text.partition(":")
    if not colon or block.tag == "li" or not _MIN_LABEL <= len(label) <= _MAX_LABEL:
        return False
    bold = block.bold >= len(label) and (len(links) > 1 or begin_pointers(label))
    return (label.isupper() or bold) and block.links >= _POINTED * len(rest.strip())


def _name_networks(links: Sequence[str]) -> bool:
    """Say whether several links are called by social networks' names, as where a site says that it is there."""
    if len(links) < _NETWORKS:
        return False
    networks = vocabulary().networks
    return sum(text.lstrip("@").casefold() in networks for text in links) >= _NETWORKS
