"""The text of an article: its standfirst, paragraphs and captions, without what stands around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.models import Paragraph, ParagraphKind
from bot.reading.blocks import Block, read_blocks, read_held_blocks
from bot.reading.calls import is_call
from bot.reading.captions import captions
from bot.reading.evidence import words
from bot.reading.labels import Line, label_paragraphs
from bot.reading.language import detect
from bot.reading.layout import Layout
from bot.reading.page import Page
from bot.reading.refusals import is_article, is_closed, refuse_unreadable
from bot.reading.rivals import shows_title
from bot.reading.second_opinion import LITTLE, second_opinion
from bot.reading.selectors import line_of, select
from bot.reading.sites import SiteRule
from bot.reading.stated import stated_paragraphs
from bot.reading.text import Text, is_byline

# Characters that tell the language; more take time and change nothing on the corpus.
_LANGUAGE_SAMPLE = 500


class Head(Protocol):
    """What the body needs to know of a page's head (bot.reading.metadata.Metadata)."""

    @property
    def title(self) -> str:
        """The headline."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote the article."""

    @property
    def description(self) -> str | None:
        """The editors' own summary."""

    @property
    def language(self) -> str | None:
        """What the page says of its language."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a page says below its headline.

    Attributes:
        lead: the standfirst, or the first paragraph where none is set apart.
        standfirst: how many of the first paragraphs are set apart above the text.
        paragraphs: headings and paragraphs in reading order, the standfirst first.
        captions: visible picture captions, each once.
        language: ISO 639-1, by the content.
    """

    lead: str
    standfirst: int
    paragraphs: tuple[Paragraph, ...]
    captions: tuple[str, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class _Lines:
    standfirst: list[Line]
    text: list[Line]
    captions: tuple[str, ...]

    @property
    def length(self) -> int:
        """The characters of the text."""
        return sum(len(line.text) for line in (*self.standfirst, *self.text))


def read_body(page: Page, rule: SiteRule | None, metadata: Head) -> Body:
    """Read the text of a page.

    Args:
        page: the parsed document.
        rule: what is known of its site, or None.
        metadata: the page's head, whose title, authors and description are no paragraphs.

    Raises:
        NotAnArticle: the page is a home page or a list, or has no text.
        Paywalled: only a teaser of the article is on the page.
    """
    blocks, nodes = read_blocks(page.tree)
    found = _by_rule(page, rule, blocks, metadata.authors) if rule and rule.body else None
    if found is None or not found.text:
        layout = Layout(blocks, nodes, metadata.title)
        found = _with_stated(page, metadata, _general(layout, metadata))
        if found.length < LITTLE and is_article(page) and not is_closed(page):
            found = _looked_for(page, metadata, found, layout.teasers)
    paragraphs = label_paragraphs([*found.standfirst, *found.text])
    refuse_unreadable(page, " ".join(paragraph.text for paragraph in paragraphs))
    language = _language(paragraphs, metadata.language)
    return Body(_lead(found, paragraphs), _set_apart(found, paragraphs), paragraphs, found.captions, language)


def _by_rule(page: Page, rule: SiteRule, blocks: Iterable[Block], authors: tuple[str, ...]) -> _Lines:
    wanted = set(select(page.tree, rule.body))
    leads = set(select(page.tree, rule.lead))
    unwanted = set(select(page.tree, (*rule.remove, *rule.captions)))
    standfirst, text = [], []
    for block in blocks:
        around = {node.element for node in block.node.ancestors()}
        if around & unwanted or is_call(block) or is_byline(block.text, authors):
            continue
        if around & leads:
            standfirst.append(Line(block.text))
        elif around & wanted:
            text.append(_line(block))
    shown = dict.fromkeys(map(line_of, select(page.tree, rule.captions)))
    return _Lines(standfirst, text, tuple(caption for caption in shown if caption))


def _general(layout: Layout, metadata: Head) -> _Lines:
    text = Text(layout, metadata.title, metadata.description or "", metadata.authors)
    standfirst = [Line(block.text) for block in text.standfirst()]
    return _Lines(standfirst, [_line(block) for block in text.blocks()], captions(layout, metadata.authors))


def _with_stated(page: Page, metadata: Head, found: _Lines) -> _Lines:
    """Take the text from JSON-LD where the page shows far less of it."""
    shown = " ".join(line.text for line in found.text)
    stated = stated_paragraphs(page, metadata.title, metadata.language, shown)
    if not stated:
        return found
    said = words(" ".join(stated))
    first = next((i for i, line in enumerate(found.text) if words(line.text) in said), 0)
    standfirst = [*found.standfirst, *(Line(line.text) for line in found.text[:first])]
    return _Lines(standfirst, [Line(paragraph) for paragraph in stated], found.captions)


def _looked_for(page: Page, metadata: Head, found: _Lines, teasers: frozenset[str]) -> _Lines:
    """Look for an article's text where texts seldom stand; where that gives little, take trafilatura's opinion."""
    held = _general(Layout(*read_held_blocks(page.tree), metadata.title), metadata)
    if held.length >= max(LITTLE, 2 * found.length):
        return held
    title, authors = words(metadata.title), metadata.authors
    paragraphs = second_opinion(page, found.length, teasers)
    text = [line for line in paragraphs if not shows_title(line, title) and not is_byline(line, authors)]
    return _Lines([], [Line(line) for line in text], found.captions) if text else found


def _line(block: Block) -> Line:
    return Line(block.text, block.tag)


def _lead(found: _Lines, paragraphs: tuple[Paragraph, ...]) -> str:
    if found.standfirst:
        return found.standfirst[0].text
    return next((paragraph.text for paragraph in paragraphs if paragraph.kind is ParagraphKind.BODY), "")


def _set_apart(found: _Lines, paragraphs: tuple[Paragraph, ...]) -> int:
    """Return how many of the paragraphs are the standfirst, none of whose lines was taken for a label."""
    pairs = zip(found.standfirst, paragraphs, strict=False)
    kept = [line.text == paragraph.text and paragraph.kind is ParagraphKind.BODY for line, paragraph in pairs]
    return len(kept) if all(kept) else 0


def _language(paragraphs: Iterable[Paragraph], stated: str | None) -> str | None:
    sample = ""
    for paragraph in paragraphs:
        sample = f"{sample} {paragraph.text}"
        if len(sample) > _LANGUAGE_SAMPLE:
            break
    return detect(sample[:_LANGUAGE_SAMPLE], stated)
