"""The views of a digest: pages that lose nothing, and the buttons that turn them."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.messages.callbacks import View
from bot.messages.catalogue import words_in
from bot.messages.digests import Card
from bot.messages.markup import CAPTION_LIMIT, MESSAGE_LIMIT, utf16_length
from bot.messages.reader import Reader
from bot.messages.views import render_view
from bot.models import Article, Digest, Message, Paragraph, ParagraphKind, Quote
from bot.playground.formatting.html import parse_html

READER = Reader(words_in("en"), ZoneInfo("UTC"), datetime(2026, 11, 24, tzinfo=UTC))
CARD = Card(7, {"Verkhivka": 3})
PARAGRAPHS = tuple(Paragraph(f"Paragraph {n} " + "of many words " * 20 + "ends.") for n in range(40))
ARTICLE = Article(
    "https://example.com/1",
    "A long story",
    paragraphs=(*PARAGRAPHS, Paragraph("It began in May.", ParagraphKind.BACKGROUND)),
    quotes=tuple(Quote(f"Quote {n} " + "was said " * 20, "Ivan Lis") for n in range(9)),
)
DIGEST = Digest(ARTICLE, ("Paragraph 0.",), ARTICLE.quotes[:2])


def all_pages(view: View, limit: int) -> list[Message]:
    """Turn pages from the first to the last by their buttons."""
    found = [render_view(DIGEST, CARD, view, READER, limit=limit)]
    while forward := [key for row in found[-1].buttons for key in row if key.text == "›"]:
        page = int((forward[0].data or "").rsplit(":", 1)[1])
        found.append(render_view(DIGEST, CARD, view, READER, page=page, limit=limit))
    return found


@pytest.mark.parametrize("limit", [CAPTION_LIMIT, MESSAGE_LIMIT])
def test_the_full_text_is_read_in_pages(limit: int) -> None:
    """Every paragraph is on one page, whole and in order; each page fits and says which one it is."""
    pages = all_pages(View.FULL, limit)
    texts = [parse_html(page.html).text for page in pages]
    assert all(utf16_length(text) <= limit for text in texts)
    shown = [block for text in texts for block in text.split("\n\n")[1:]]
    assert shown == [*(paragraph.text for paragraph in PARAGRAPHS), "• It began in May."]
    assert [page.buttons[0][-2 if page is not pages[-1] else -1].text for page in pages] == [
        f"{n + 1} / {len(pages)}" for n in range(len(pages))
    ]


def test_quotes_under_a_photo_take_more_pages() -> None:
    """All of them, none cut."""
    texts = [parse_html(page.html).text for page in all_pages(View.QUOTES, CAPTION_LIMIT)]
    assert len(texts) > 1
    assert [n for text in texts for n in range(9) if f"Quote {n} " in text] == list(range(9))


def test_the_background_has_its_heading_and_one_page() -> None:
    """Nothing to turn: no row for it."""
    message = render_view(DIGEST, CARD, View.BACKGROUND, READER)
    assert message.html.endswith("<b>Background</b>\n\n• It began in May.")
    assert [key.text for key in message.buttons[0]] == ["Shorter", "Longer", "Quotes only"]


def test_a_page_beyond_the_last_is_the_last() -> None:
    """An article may have become shorter since its buttons were made."""
    last = all_pages(View.FULL, MESSAGE_LIMIT)[-1]
    assert render_view(DIGEST, CARD, View.FULL, READER, page=999) == last
    assert render_view(DIGEST, CARD, View.FULL, READER, page=-5) == all_pages(View.FULL, MESSAGE_LIMIT)[0]


def test_a_story_without_background_offers_none() -> None:
    """The tools name only what is there."""
    bare = replace(DIGEST, article=replace(ARTICLE, paragraphs=PARAGRAPHS[:1]))
    labels = [key.text for row in render_view(bare, CARD, View.TOOLS, READER).buttons for key in row]
    assert "🗂 Background" not in labels
    assert "📄 Full text" in labels


def test_languages_stand_in_place_of_the_tools() -> None:
    """Each with its own name, the one spoken marked, and the way back."""
    keys = [row[0] for row in render_view(DIGEST, CARD, View.LANGUAGES, READER).buttons]
    assert [key.text for key in keys] == ["✓ English", "Русский", "Українська", "‹ Back"] or [
        key.text for key in keys
    ] == ["✓ English", "Українська", "Русский", "‹ Back"]
