"""Ukrainska Pravda reads to the letter: both templates of the seed page, and a real long read of the corpus."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from bot.models import Digest, Paragraph, ParagraphKind, Quote
from bot.reading import read


@pytest.fixture(scope="module")
def seed(shared: Path) -> dict[str, Any]:
    """Return the seed page's truth."""
    text = (shared / "sites" / "ukrainska-pravda" / "expected.json").read_text(encoding="utf-8")
    truth: dict[str, Any] = json.loads(text)
    return truth


@pytest.fixture(scope="module", params=["news-2024", "news-2026"])
def digest(request: pytest.FixtureRequest, shared: Path, seed: dict[str, Any]) -> Digest:
    """Return what is read from one template's page."""
    page = shared / "sites" / "ukrainska-pravda" / f"{request.param}.html"
    return read(page.read_bytes(), seed["url"])


@pytest.fixture(scope="module")
def long_read(shared: Path) -> tuple[Digest, dict[str, Any]]:
    """Return the corpus page's digest and its truth."""
    pages = shared / "corpus" / "pages"
    truth = json.loads((pages / "ua-Pravda.json").read_text(encoding="utf-8"))
    return read(gzip.decompress((pages / "ua-Pravda.html.gz").read_bytes()), truth["url"]), truth


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    spoken = {"speaker": paragraph.speaker} if paragraph.speaker else {}
    return {"kind": paragraph.kind.value, "text": paragraph.text} | spoken


def _quote(quote: Quote) -> dict[str, Any]:
    named = {"named_in_text_as": quote.named_as} if quote.named_as else {}
    return {"text": quote.text, "speaker": quote.speaker} | named


@pytest.mark.parametrize("key", ["url", "title", "language", "lead"])
def test_text_is_as_expected(digest: Digest, seed: dict[str, Any], key: str) -> None:
    """URL, title, language and lead agree with the truth."""
    assert getattr(digest.article, key) == seed[key]


@pytest.mark.parametrize("key", ["authors", "captions", "tags"])
def test_list_is_as_expected(digest: Digest, seed: dict[str, Any], key: str) -> None:
    """Authors, captions and tags agree with the truth, in order."""
    assert list(getattr(digest.article, key)) == seed[key]


def test_published_is_on_the_site_clock(digest: Digest, seed: dict[str, Any]) -> None:
    """The time of both templates, without zone and without year, is the moment in Kyiv."""
    assert digest.article.published is not None
    assert digest.article.published.isoformat() == seed["published"]


def test_paragraphs_are_as_expected(digest: Digest, seed: dict[str, Any]) -> None:
    """All paragraphs come in order with their kinds and speakers, without labels."""
    assert [_paragraph(paragraph) for paragraph in digest.article.paragraphs] == seed["paragraphs"]


def test_quotes_are_as_expected(digest: Digest, seed: dict[str, Any]) -> None:
    """All direct speech is found with its speaker and with how the text names him."""
    assert [_quote(quote) for quote in digest.article.quotes] == seed["quotes"]


def test_nothing_of_the_page_around_leaks(digest: Digest, seed: dict[str, Any]) -> None:
    """Advertisements, sidebars and calls appear nowhere in the digest."""
    whole = repr(digest)
    assert not [text for text in seed["never_in_the_digest"] if text in whole or repr(text)[1:-1] in whole]


def test_summary_is_verbatim(digest: Digest, seed: dict[str, Any]) -> None:
    """Every sentence of the summary stands in a paragraph as it is."""
    texts = [paragraph["text"] for paragraph in seed["paragraphs"]]
    assert digest.summary
    assert all(any(sentence in text for text in texts) for sentence in digest.summary)


@pytest.mark.parametrize("key", ["title", "authors", "tags"])
def test_long_read_names(long_read: tuple[Digest, dict[str, Any]], key: str) -> None:
    """The Russian long read's title, three authors and tags are right."""
    digest, truth = long_read
    value = getattr(digest.article, key)
    assert (list(value) if isinstance(value, tuple) else value) == truth[key]


def test_long_read_moment_and_language(long_read: tuple[Digest, dict[str, Any]]) -> None:
    """The long read is Russian and has its minute on Kyiv's clock."""
    digest, truth = long_read
    assert digest.article.language == "ru"
    assert digest.article.published is not None
    assert digest.article.published.isoformat() == truth["published"]


def test_long_read_text(long_read: tuple[Digest, dict[str, Any]]) -> None:
    """Every paragraph is there but the truth's two last, which are teasers, and its asterisks; nothing is added."""
    digest, truth = long_read
    texts = [paragraph.text for paragraph in digest.article.paragraphs]
    wanted = [text for text in truth["paragraphs"][:-2] if text != "***"]
    assert [text for text in texts if text != "***"] == wanted


def test_long_read_has_subheads(long_read: tuple[Digest, dict[str, Any]]) -> None:
    """Subheads are known as headings."""
    headings = long_read[0].article.texts(ParagraphKind.HEADING)
    assert "Уголовные дела" in headings
