"""From a page's bytes to its Digest, step by step; each step is a module of this room."""

from dataclasses import replace

from bot.errors import NotAnArticle
from bot.models import Article, Digest, ParagraphKind
from bot.reading.body import read_body
from bot.reading.metadata import read_metadata
from bot.reading.page import Page
from bot.reading.quotes import find_quotes, key_quotes
from bot.reading.sites import rule_for
from bot.reading.summary import summarise


def read_page(html: bytes | str, url: str, *, charset: str | None = None) -> Digest:
    """Read one page; see bot.reading.read."""
    page = Page.parse(html, url, charset=charset)
    rule = rule_for(url)
    metadata = read_metadata(page, rule)
    body = read_body(page, rule, metadata)
    article = Article(
        url=metadata.url,
        title=metadata.title,
        authors=metadata.authors,
        published=metadata.published,
        published_has_time=metadata.published_has_time,
        updated=metadata.updated,
        language=metadata.language or body.language,
        lead=body.lead,
        paragraphs=body.paragraphs,
        captions=body.captions,
        tags=metadata.tags,
        site=metadata.site,
        image=metadata.image,
    )
    if not article.texts(ParagraphKind.BODY, ParagraphKind.DETAILS, ParagraphKind.QUOTE):
        raise NotAnArticle(url=url)
    article = replace(article, quotes=find_quotes(article))
    summary = summarise(article)
    return Digest(article=article, summary=summary, key_quotes=key_quotes(article, summary))
