"""`quotewire read`: the digest of one page, for people or as JSON."""

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any

from bot.errors import NotHtml
from bot.messages.markup import quoted
from bot.models import Digest, Paragraph, ParagraphKind, Quote
from bot.reading import read
from bot.web.fetch import Fetcher
from config.settings import Settings

HELP = "print the digest of one page"

_LABELS = {
    ParagraphKind.SOURCE: "Source",
    ParagraphKind.DETAILS: "Details",
    ParagraphKind.REFERENCE: "For reference",
    ParagraphKind.BACKGROUND: "Background",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare this command's arguments."""
    parser.add_argument("page", metavar="URL-or-file", help="a link, or a saved page")
    parser.add_argument("--url", help="where a saved page came from (site rules and relative links need it)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Print the digest.

    Raises:
        QuotewireError: the page could not be had or read.
    """
    digest = _digest(options)
    print(json.dumps(as_json(digest), ensure_ascii=False, indent=1) if options.json else as_text(digest))
    return 0


def as_json(digest: Digest) -> dict[str, Any]:
    """Return a digest as plain values: the article's fields, the summary, and the key quotes' places in `quotes`."""
    article = digest.article
    published = article.published
    if published is None:
        moment = None
    else:
        moment = published.isoformat() if article.published_has_time else published.date().isoformat()
    return {
        "url": article.url,
        "title": article.title,
        "site": article.site,
        "authors": list(article.authors),
        "published": moment,
        "language": article.language,
        "lead": article.lead,
        "summary": list(digest.summary),
        "quotes": [_quote(quote) for quote in article.quotes],
        "key_quotes": [article.quotes.index(quote) for quote in digest.key_quotes if quote in article.quotes],
        "captions": list(article.captions),
        "tags": list(article.tags),
        "paragraphs": [_paragraph(paragraph) for paragraph in article.paragraphs],
    }


def as_text(digest: Digest) -> str:
    """Return a digest as a person reads it in a terminal."""
    article = digest.article
    when = ""
    if article.published:
        when = (
            f"{article.published:%Y-%m-%d %H:%M %Z}".strip()
            if article.published_has_time
            else f"{article.published:%Y-%m-%d}"
        )
    byline = " · ".join(part for part in [article.site, ", ".join(article.authors), when] if part)
    blocks = [f"{article.title}\n{byline}\n{article.url}", "\n".join(digest.summary)]
    blocks += [
        f"  {quoted(quote.text, article.language)}" + (f"\n  — {quote.speaker}" if quote.speaker else "")
        for quote in digest.key_quotes
    ]
    for kind, label in _LABELS.items():
        texts = article.texts(kind)
        if texts:
            blocks.append(
                f"{label}: {texts[0]}" if len(texts) == 1 else "\n".join([f"{label}:", *(f"  • {t}" for t in texts)])
            )
    if article.tags:
        blocks.append("Tags: " + ", ".join(article.tags))
    return "\n\n".join(block for block in blocks if block)


def _digest(options: argparse.Namespace) -> Digest:
    path = Path(options.page)
    if "://" not in options.page and path.is_file():
        url = options.url or path.resolve().as_uri()
        return read(path.read_bytes(), url, summary_algorithm=Settings().summary_algorithm)
    return asyncio.run(_read_link(options.page if "://" in options.page else f"https://{options.page}"))


async def _read_link(url: str) -> Digest:
    settings = Settings()
    async with Fetcher(settings) as fetcher:
        response = await fetcher.fetch(url)
    if response.content_type.startswith(("image/", "video/", "audio/", "application/pdf")):
        raise NotHtml(url=url, content_type=response.content_type)
    algorithm = settings.summary_algorithm
    return read(response.body, response.url, charset=response.charset, summary_algorithm=algorithm)


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    spoken = {"speaker": paragraph.speaker} if paragraph.speaker else {}
    return {"kind": paragraph.kind.value, **spoken, "text": paragraph.text}


def _quote(quote: Quote) -> dict[str, Any]:
    named = {"named_in_text_as": quote.named_as} if quote.named_as else {}
    return {"text": quote.text, "speaker": quote.speaker, **named}
