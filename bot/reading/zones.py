"""What the elements of a page are by their tags and names: captions, and what stands around an article."""

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from bot.reading.blocks import HEADINGS, Node
from bot.reading.element_names import words_in
from bot.reading.vocabulary import vocabulary


class Zone(Enum):
    """What an element holds."""

    TEXT = "text"
    CAPTION = "caption"
    NOISE = "noise"


NOISE_TAGS = frozenset(("nav", "footer", "aside", "form", "address", "label", "fieldset", "menu", "legend", "amp-ad"))
_CAPTION_TAGS = frozenset(("figure", "figcaption", "amp-img"))
_HARD_TAGS = frozenset(("nav", "aside", "form", "menu"))
# A tag or name whose elements hold more than this share of a page's prose is that site's name for its text.
_MAX_NOISE_SHARE = 0.4
# So it is for names that say plainly what they hold.
_MAX_PLAIN_SHARE = 0.8
# So much prose, in characters, is the rest of a text and no call to read it.
_REST = 400
_NONE: frozenset[str] = frozenset()
_STRUCTURE = frozenset(("html", "body", "main"))


class Zones(dict[Node, Zone]):
    """What each element of a page holds, judged when it is first asked for; what stands inside noise is noise."""

    def __init__(self, nodes: Sequence[Node], prose: Sequence[int]) -> None:
        """Learn which names mean the article on this page.

        Args:
            nodes: the page's elements in document order.
            prose: running sums of the blocks' prose (bot.reading.region.running_sums).
        """
        super().__init__()
        self._prose = prose
        self._misleading = _misleading(nodes, prose)
        self._misleading_for_much = self._misleading | vocabulary().expanders
        # Pages hide their text until their scripts have run, or behind an open dialog: most of the prose is shown.
        self._shown = _MAX_PLAIN_SHARE * prose[-1]
        self._headline = next((node.start for node in nodes if node.tag == "h1"), -1)

    def __missing__(self, node: Node) -> Zone:
        """Judge an element."""
        around = self[node.parent] if node.parent is not None else Zone.TEXT
        found = self[node] = Zone.NOISE if around is Zone.NOISE else self._judged(node, around)
        return found

    def _judged(self, node: Node, around: Zone) -> Zone:
        amount = self._prose[node.end] - self._prose[node.start]
        noise = node.hidden and amount < self._shown
        own = Zone.NOISE if noise else _zone(node, self._misleading if amount < _REST else self._misleading_for_much)
        # What holds the first headline and a text is an article, though it be named "newsletter-post".
        whole = not noise and amount >= _REST and node.start <= self._headline < node.end
        return around if whole or own is Zone.TEXT else own


def _zone(node: Node, misleading: frozenset[str]) -> Zone:
    """Judge an element by its own tag and names."""
    if node.tag in _STRUCTURE:
        return Zone.TEXT
    if node.tag in NOISE_TAGS and node.tag not in misleading:
        return Zone.NOISE
    if node.tag in _CAPTION_TAGS and node.tag not in misleading:
        return Zone.TEXT if _is_quotation(node) else Zone.CAPTION
    named = signs(node)
    return _zone_of_names(named - misleading) if named else Zone.TEXT


def _is_quotation(node: Node) -> bool:
    """Say whether a <figure> holds words and no picture, as HTML's own example of a quotation does."""
    if node.tag != "figure" or next(node.element.iter("blockquote"), None) is None:
        return False
    return next(node.element.iter("img", "picture", "video", "iframe"), None) is None


def _zone_of_names(names: frozenset[str]) -> Zone:
    known = vocabulary()
    pictures = frozenset(name for name in names if name in known.pictures or name.startswith(known.picture_starts))
    if not names:
        return Zone.TEXT
    if not pictures:
        return Zone.NOISE
    return Zone.CAPTION if names - pictures <= known.soft_noise or not names.isdisjoint(known.captions) else Zone.NOISE


def signs(node: Node) -> frozenset[str]:
    """Return the names of an element that speak against its being text."""
    return _signs(node.names) if node.end > node.start and node.names and node.tag not in HEADINGS else _NONE


@lru_cache(maxsize=20_000)
def _signs(names: str) -> frozenset[str]:
    words, known = words_in(names), vocabulary()
    found = [word for word in words if word in known.noise_or_pictures or word.startswith(known.picture_starts)]
    if not known.pair_firsts.isdisjoint(words):
        pairs = frozenset(map("_".join, pairwise(words)))
        found += pairs & known.noise_pairs
        if not known.no_pictures.isdisjoint(pairs):
            found = [word for word in found if word not in known.pictures]
    return frozenset(found)


def is_hard_noise(node: Node) -> bool:
    """Say whether an element is named as something that holds other articles, people or calls, with their pictures."""
    if node.tag == "figcaption":  # a caption, though it be named "subscribe_photo_text"
        return False
    return node.tag in _HARD_TAGS or any(_is_hard(name) for name in signs(node))


def _is_hard(name: str) -> bool:
    known = vocabulary()
    return name not in known.soft_noise and name not in known.pictures and not name.startswith(known.picture_starts)


def _misleading(nodes: Sequence[Node], prose: Sequence[int]) -> frozenset[str]:
    """Return the tags and names that cover so much of this page's prose that here they mean the article."""
    covered: dict[str, int] = {}
    reached: dict[str, int] = {}
    for node in nodes:
        amount = prose[node.end] - prose[node.start]
        if not amount:
            continue
        for sign in (node.tag, *signs(node)):
            if node.start >= reached.get(sign, 0):
                covered[sign] = covered.get(sign, 0) + amount
                reached[sign] = node.end
    return frozenset(sign for sign, amount in covered.items() if amount > _most(sign) * prose[-1])


def _most(sign: str) -> float:
    return _MAX_PLAIN_SHARE if sign in vocabulary().plain_noise else _MAX_NOISE_SHARE
