"""From a page's bytes to its Digest, step by step; each step is a module of this room."""

from dataclasses import replace

from bot.errors import NotAnArticle
from bot.models import Article, Digest, ParagraphKind
from bot.reading.body import read_body
from bot.reading.key_quotes import key_quotes
from bot.reading.metadata import address, read_metadata
from bot.reading.page import Page
from bot.reading.quotes import find_quotes
from bot.reading.sites import rule_for
from bot.reading.summary import summarise


def read_page(
    html: bytes | str,
    url: str,
    *,
    charset: str | None = None,
    use_site_rules: bool = True,
    summary_algorithm: str = "quotewire",
) -> Digest:
    """Read one page; see bot.reading.read.

    Args:
        html: the document.
        url: where it came from.
        charset: what the Content-Type header states.
        use_site_rules: False reads as if no file in config/sites/ knew the site.
        summary_algorithm: how the summary is made (bot.reading.summary).

    Raises:
        ReadingError: the document is no article.
    """
    page = Page.parse(html, url, charset=charset)
    if not url.startswith(("http://", "https://")):  # a saved page: its site is the one that it names itself
        page = replace(page, url=address(page))
    rule = rule_for(page.url) if use_site_rules else None
    metadata = read_metadata(page, rule)
    body = read_body(page, rule, metadata)
    article = Article(
        url=metadata.url,
        title=metadata.title,
        authors=metadata.authors,
        published=metadata.published,
        published_has_time=metadata.published_has_time,
        updated=metadata.updated,
        language=body.language or metadata.language,
        lead=body.lead,
        standfirst=body.standfirst,
        paragraphs=body.paragraphs,
        captions=body.captions,
        tags=metadata.tags,
        site=metadata.site,
        image=metadata.image,
    )
    if not article.texts(ParagraphKind.BODY, ParagraphKind.DETAILS, ParagraphKind.QUOTE):
        raise NotAnArticle(url=url)
    article = replace(article, quotes=find_quotes(article))
    summary = summarise(article, algorithm=summary_algorithm)
    return Digest(article=article, summary=summary, key_quotes=key_quotes(article, summary))
