"""The text of an article: its standfirst, paragraphs and captions, without what stands around them."""

from dataclasses import dataclass
from typing import Any

from bot.models import Paragraph
from bot.reading.captions import captions
from bot.reading.blocks import Block, Node, read_blocks
from bot.reading.labels import Line, label_paragraphs
from bot.reading.layout import Layout
from bot.reading.page import Page
from bot.reading.selectors import select
from bot.reading.sites import SiteRule
from bot.reading.stated import stated_paragraphs
from bot.reading.text import Text


@dataclass(frozen=True, slots=True)
class Body:
    """What a page says below its headline.

    Attributes:
        lead: the standfirst, or the first paragraph where none is set apart.
        paragraphs: headings and paragraphs in reading order, the standfirst first.
        captions: visible picture captions, each once.
        language: ISO 639-1, by the content.
    """

    lead: str
    paragraphs: tuple[Paragraph, ...]
    captions: tuple[str, ...]
    language: str | None


def read_body(page: Page, rule: SiteRule | None, metadata: Any) -> Body:
    """Read the text of a page.

    Args:
        page: the parsed document.
        rule: what is known of its site, or None.
        metadata: the page's head (bot.reading.metadata), whose title, authors and description are no paragraphs.
    """
    blocks, nodes = read_blocks(page.tree)
    lines, captions = _by_rule(page, rule, blocks) if rule and rule.body else _general(page, blocks, nodes, metadata)
    paragraphs = label_paragraphs(lines)
    return Body(paragraphs[0].text if paragraphs else "", paragraphs, captions, None)


def _by_rule(page: Page, rule: SiteRule, blocks: list[Block]) -> tuple[list[Line], tuple[str, ...]]:
    wanted = set(select(page.tree, rule.body))
    unwanted = set(select(page.tree, rule.remove)) | set(select(page.tree, rule.captions))
    lines = []
    for block in blocks:
        around = {node.element for node in block.node.ancestors()}
        if around & wanted and not around & unwanted:
            lines.append(_line(block))
    captions = dict.fromkeys(" ".join(element.text_content().split()) for element in select(page.tree, rule.captions))
    return lines, tuple(caption for caption in captions if caption)


def _general(
    page: Page, blocks: list[Block], nodes: list[Node], metadata: Any
) -> tuple[list[Line], tuple[str, ...]]:
    layout = Layout(blocks, nodes, metadata.title or "")
    text = Text(layout, metadata.title or "", metadata.description or "", metadata.authors)
    standfirst = [Line(block.text) for block in text.standfirst()]
    lines = [_line(block) for block in text.blocks()]
    stated = stated_paragraphs(page, metadata.title or "", " ".join(line.text for line in lines))
    if stated:
        lines = [Line(paragraph) for paragraph in stated]
    return [*standfirst, *lines], captions(layout)


def _line(block: Block) -> Line:
    return Line(block.text, block.tag)
