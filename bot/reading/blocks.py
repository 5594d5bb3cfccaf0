"""A page's tree as the blocks of text that a reader sees, in order, each knowing where it stands."""

import re
from collections.abc import Iterable
from typing import Any

from bot.reading.element_names import read_attributes, words_in

INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "rb", "rt", "rp", "rtc", "bdo", "big", "cite",
        "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "nobr", "q",
        "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "wbr",
    )
)  # fmt: skip
# Nothing in these is read as the page's text.
_UNREAD = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "video", "audio",
        "canvas", "map", "select", "option", "textarea", "input", "button", "head", "title", "meta",
        "link", "datalist", "dialog", "img", "picture", "source", "amp-img",
        "progress", "meter",
    )
)  # fmt: skip
# Of these, some that hold the text of a page which has it nowhere else.
_HOLDERS = frozenset(("noscript", "template", "dialog", "button", "textarea", "object"))
# Menus and the page's foot hold a third of a page's elements and nothing of its article.
_AROUND = frozenset(("nav", "footer"))
_HARDLY_ANY = 300
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))
# Soft hyphens, zero-width spaces and joiners, byte order marks: they split words that readers see whole.
_UNSEEN_CHARS = "\u00ad\u200b\u2060\ufeff"
_MAX_DEPTH = 250
# Verses, addresses and lists between line breaks are shorter.
_LONG_LINE = 80
_PARAGRAPH_ENDS = '.!?…"”»。！？'
# A verb that opens may be anything's: "Museum öffnet wieder"; a tab or a window says what is meant.
_LINK_HINT = re.compile(
    r"\b(?:opens? (?:in )?(?:a )?new (?:tab|window)|external link|extern\w* link|link öffnet|link wird geöffnet"
    r"|neue[mns]? (?:tab|fenster)|nouvel(?:le)? (?:onglet|fenêtre)"
    r"|(?:nueva|nova|nuova) (?:pestaña|ventana|janela|aba|finestra|scheda)|nowej karcie|nowym oknie"
    r"|nieuw (?:tabblad|venster)|nytt? (?:fönster|vindu|vindue)|ny (?:flik|fane)|uuteen (?:välilehteen|ikkunaan)"
    r"|uudessa (?:välilehdessä|ikkunassa)|yeni (?:sekmede|pencerede)|nové (?:kartě|záložce)|novém (?:okně|panelu)"
    r"|fereastră nouă|filă nouă|új (?:lapon|ablakban)|нов(?:ій|ом) (?:вкладці|вікні|окне|вкладке)"
    r"|нової вкладки)\b|新しい(?:タブ|ウィンドウ)|新(?:标签页|窗口|視窗|分頁)|새 (?:창|탭)",
    re.IGNORECASE,
)
_MAX_HINT = 60
# What such links say: "Keepers [edit]", "Installation ¶".
_ANCHORS = frozenset(("#", "¶", "§", "🔗", "edit", "edit source", "permalink", "bearbeiten", "modifier", "править"))
_ANCHOR_BRACKETS = "[] \n\t\u200b"


class Node:
    """A block-level element: its place in the tree and the run of blocks that it covers.

    Attributes:
        element: the lxml element.
        tag: its tag.
        names: its class, id, role and test names as written.
        hidden: whether its attributes keep it from the reader's eye.
        words: the words of its class, id, role and test names, in lower case.
        parent: the block-level element around it, None for the root.
        start: the index of its first block.
        end: one past the index of its last block.
    """

    __slots__ = ("element", "end", "hidden", "names", "parent", "start", "tag")

    def __init__(self, element: Any, parent: "Node | None", start: int, names: str, *, hidden: bool) -> None:
        self.names = names
        self.element = element
        self.hidden = hidden
        self.tag: str = element.tag
        self.parent = parent
        self.start = self.end = start

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its names; most elements are never asked for theirs."""
        return words_in(self.names) if self.names else ()

    def nearest(self, count: int) -> "list[Node]":
        """Return this node and those around it, innermost first, so many in all."""
        found: list[Node] = []
        node: Node | None = self
        while node is not None and len(found) < count:
            found.append(node)
            node = node.parent
        return found

    def ancestors(self) -> "Iterable[Node]":
        """Yield this node and those around it, innermost first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


class Block:
    """A run of text between two block boundaries.

    Attributes:
        text: the text, white space evened out.
        node: the block-level element that holds it.
        links: how many of its characters are links.
        bold: how many of its characters are bold.
        inline: the inline elements in it.
        tag: the tag of the element that holds the text.
    """

    __slots__ = ("bold", "inline", "links", "node", "tag", "text")

    def __init__(self, text: str, node: Node, links: int, bold: int, inline: tuple[Any, ...]) -> None:
        self.text = text
        self.node = node
        self.tag = node.tag
        self.links = links
        self.bold = bold
        self.inline = inline

    @property
    def link_share(self) -> float:
        """The share of its characters that are links."""
        return self.links / len(self.text)


def _is_link_hint(element: Any) -> bool:
    """Say whether an element inside a link only tells users of screen readers that it opens a new window."""
    text = element.text
    return text is not None and len(text) < _MAX_HINT and len(element) == 0 and bool(_LINK_HINT.search(text))


def _asks(button: Any) -> bool:
    """Say whether a heading that folds open is a question, whose answer below is text."""
    return "?" in "".join(button.itertext())


def _is_footnote_mark(link: Any) -> bool:
    """Say whether a link is the number of a footnote on the same page."""
    text = link.text
    return text is not None and text.strip("[] ").isdecimal() and (link.get("href") or "").startswith("#")


def _is_anchor(element: Any) -> bool:
    """Say whether an element in a heading only leads to the heading itself, or to where it can be edited."""
    return "".join(element.itertext()).strip(_ANCHOR_BRACKETS).casefold() in _ANCHORS


class _Reader:
    """Walks a tree once and cuts its text into blocks.

    It meets every element and every piece of text of a page, most of them white space between elements: that is left
    out at once, and of what is left only links and bold text are looked at before their block ends.
    """

    def __init__(self, unread: frozenset[str]) -> None:
        self._unread = unread
        self.blocks: list[Block] = []
        self.nodes: list[Node] = []
        self._text: list[str] = []
        self._inline: list[Any] = []
        self._links = self._bold = 0
        self._in_link = self._in_bold = 0
        self._marked = 0  # how many links and bold elements are open
        self._broken = 0  # how many pieces of text there were with the last line break, 0 where there was none

    def block_element(self, node: Node, depth: int) -> None:
        self.nodes.append(node)
        self._children(node.element, node, depth)
        if self._text or self._inline:
            self._flush(node)
        node.end = len(self.blocks)
        if node.start == node.end and node.parent is not None:
            self.nodes.pop()  # as all in it: it holds no text

    def _children(self, element: Any, node: Node, depth: int) -> None:
        pieces, unread = self._text, self._unread
        if (text := element.text) and (pieces or not text.isspace()):
            pieces.append(text)
            if self._marked:
                self._count(text)
        for child in element:
            tag = child.tag
            if tag == "br":
                self._line_break(node)
            elif tag not in unread and type(tag) is str:
                self._child(child, tag, node, depth)
            elif tag == "button" and node.tag in HEADINGS and _asks(child):
                self._children(child, node, depth + 1)
            if (text := child.tail) and (pieces or not text.isspace()):
                pieces.append(text)
                if self._marked:
                    self._count(text)

    def _child(self, child: Any, tag: str, node: Node, depth: int) -> None:
        names, hidden = read_attributes(child)
        if depth > _MAX_DEPTH:
            self._text.append(" ".join(child.itertext()))
        elif tag not in INLINE:
            if self._text or self._inline:
                self._flush(node)
            self.block_element(Node(child, node, len(self.blocks), names, hidden=hidden), depth + 1)
        elif not hidden:
            self._inline_element(child, tag, node, depth)

    def _inline_element(self, child: Any, tag: str, node: Node, depth: int) -> None:
        if (self._in_link and _is_link_hint(child)) or (node.tag in HEADINGS and _is_anchor(child)):
            return
        self._inline.append(child)
        link, bold = tag == "a", tag in _BOLD
        if not (link or bold):
            self._children(child, node, depth + 1)
            return
        if link and self._text and _is_footnote_mark(child):
            return
        self._mark(link, bold)
        self._children(child, node, depth + 1)
        self._mark(-link, -bold)

    def _mark(self, link: int, bold: int) -> None:
        self._in_link += link
        self._in_bold += bold
        self._marked += link + bold

    def _count(self, text: str) -> None:
        if not text.isspace():
            self._links += len(text) if self._in_link else 0
            self._bold += len(text) if self._in_bold else 0

    def _line_break(self, node: Node) -> None:
        if self._is_second_break() or self._is_paragraph():
            self._flush(node)
        self._text.append(" ")
        self._broken = len(self._text)

    def _is_second_break(self) -> bool:
        return self._broken > 0 and not any(map(str.strip, self._text[self._broken :]))

    def _is_paragraph(self) -> bool:
        """Say whether what stands before a line break is long enough, and ends as paragraphs do."""
        if sum(map(len, self._text)) < _LONG_LINE:
            return False
        line = "".join(self._text).rstrip()
        return len(line) >= _LONG_LINE and line[-1] in _PARAGRAPH_ENDS

    def _flush(self, node: Node) -> None:
        if self._text:
            if text := " ".join(_without_unseen("".join(self._text)).split()):
                links = min(self._links, len(text)) if self._links else 0
                bold = min(self._bold, len(text)) if self._bold else 0
                self.blocks.append(Block(text, node, links, bold, tuple(self._inline)))
            self._links = self._bold = self._broken = 0
            self._text.clear()
        if self._inline:
            self._inline.clear()


def _without_unseen(text: str) -> str:
    if not text.isascii():
        for char in _UNSEEN_CHARS:
            text = text.replace(char, "")
    return text


def read_blocks(root: Any) -> tuple[list[Block], list[Node]]:
    """Cut a tree's text into blocks.

    Args:
        root: an lxml element; unread elements (scripts, controls, players), hidden inline ones, menus and the page's
            foot are left out.

    Returns:
        The blocks in reading order, and the block-level nodes that hold any in document order, the root first.
    """
    blocks, nodes = _read(root, _UNREAD | _AROUND)
    if sum(len(block.text) for block in blocks if not block.links) < _HARDLY_ANY:
        return _read(root, _UNREAD)  # a <nav> that is never closed holds the whole page
    return blocks, nodes


def read_held_blocks(root: Any) -> tuple[list[Block], list[Node]]:
    """Cut a tree's text into blocks as `read_blocks` does, and that of <noscript>, <template> and their like too."""
    return _read(root, (_UNREAD | _AROUND) - _HOLDERS)


def _read(root: Any, unread: frozenset[str]) -> tuple[list[Block], list[Node]]:
    reader = _Reader(unread)
    names, _ = read_attributes(root)
    reader.block_element(Node(root, None, 0, names, hidden=False), 0)
    return reader.blocks, reader.nodes
