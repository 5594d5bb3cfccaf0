"""Digests become messages that Telegram accepts and people can read."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.messages.callbacks import pack, unpack
from bot.messages.catalogue import words_in
from bot.messages.digests import Card, plain_headline, render_digest, render_full_text
from bot.messages.markup import CAPTION_LIMIT, MESSAGE_LIMIT, utf16_length
from bot.messages.reader import Reader
from bot.models import Article, Digest, Paragraph, ParagraphKind, Quote
from bot.playground.formatting.html import parse_html

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
READER = Reader(words_in("en"), ZoneInfo("Europe/Kyiv"), NOW)

ARTICLE = Article(
    url="https://example.com/news/1?a=1&b=2",
    title="Bridge <reopens> in Verkhivka",
    authors=("Olena Sad",),
    published=datetime(2026, 11, 24, 9, 5, tzinfo=UTC),
    language="en",
    paragraphs=(
        Paragraph("The bridge reopened on Monday."),
        Paragraph("Mayor Ivan Lis", ParagraphKind.SOURCE),
        Paragraph("We kept our word.", ParagraphKind.QUOTE, "Ivan Lis"),
        Paragraph("The bridge was closed in May.", ParagraphKind.BACKGROUND),
    ),
    tags=("Verkhivka", "bridges"),
    site="Sample Herald",
    quotes=(Quote("We kept our word.", "Ivan Lis"),),
)
DIGEST = Digest(ARTICLE, ("The bridge reopened on Monday.",), ARTICLE.quotes)
CARD = Card(7, {"Verkhivka": 3, "bridges": 4})


def test_a_card_shows_title_byline_summary_and_quotes() -> None:
    """The digest's message has a linked bold title, the source line, the summary and each quote with its speaker."""
    message = render_digest(DIGEST, CARD, READER)
    assert message.html == (
        '<b><a href="https://example.com/news/1?a=1&amp;b=2">Bridge &lt;reopens&gt; in Verkhivka</a></b>\n'
        "<i>Sample Herald · Olena Sad · 11:05</i>\n\n"
        "The bridge reopened on Monday.\n\n"
        "<blockquote>“We kept our word.”\n— <b>Ivan Lis</b></blockquote>"
    )


def test_tags_are_buttons_that_show_what_is_followed() -> None:
    """Each tag is a button; the ones that the chat follows carry a tick."""
    message = render_digest(DIGEST, CARD, replace(READER, followed=frozenset({4})))
    assert [button.text for button in message.buttons[0]] == ["+ Verkhivka", "✓ bridges"]
    assert [button.data for button in message.buttons[1]] == ["view:7:5", "view:7:6", "view:7:4"]


def test_a_card_without_background_has_no_button_for_it() -> None:
    """A button is shown only where there is something behind it."""
    article = replace(ARTICLE, paragraphs=ARTICLE.paragraphs[:1], tags=())
    message = render_digest(Digest(article), Card(7, {}), READER)
    assert [button.data for row in message.buttons for button in row] == ["view:7:5", "view:7:4"]


def test_a_huge_digest_fits_one_message() -> None:
    """Title, summary and quotes of any length stay within Telegram's limit, cut at words and never inside markup."""
    huge = "слово " * 3000
    digest = Digest(replace(ARTICLE, title=huge, authors=(huge,)), (huge,) * 9, (Quote(huge, huge),) * 9)
    message = render_digest(digest, CARD, READER)
    assert utf16_length(message.html) < MESSAGE_LIMIT + 600  # the markup itself is not counted by Telegram
    assert message.html.count("<blockquote>") == message.html.count("</blockquote>")


def test_the_full_text_is_split_into_messages_that_fit() -> None:
    """A long article comes as several expandable quotes, all words kept, labels in the reader's language."""
    paragraphs = tuple(Paragraph(f"Paragraph {n} " + "word " * 150) for n in range(20))
    article = replace(ARTICLE, paragraphs=(*ARTICLE.paragraphs, *paragraphs))
    messages = render_full_text(article, replace(READER, words=words_in("uk")))
    text = " ".join(message.html for message in messages)
    assert len(messages) > 3
    assert all(message.html.count("<blockquote expandable>") == 1 for message in messages)
    assert all(f"Paragraph {n} " in text for n in range(20))
    assert "Джерело: Mayor Ivan Lis" in text


def test_quotes_have_the_marks_of_the_articles_language() -> None:
    """Whatever language the reader has: on the card and in the full text."""
    quote = Quote("Міст відкрито", "Іван Лис")
    spoken = Paragraph(quote.text, ParagraphKind.QUOTE, quote.speaker)
    article = replace(ARTICLE, language="uk", paragraphs=(spoken,), quotes=(quote,))
    assert "«Міст відкрито»\n— <b>Іван Лис</b>" in render_digest(Digest(article, (), (quote,)), CARD, READER).html
    assert "«Міст відкрито» — Іван Лис" in render_full_text(article, READER)[0].html


def test_a_caption_is_cut_by_whole_sentences_and_quotes() -> None:
    """What stands under a photo has 1,024 units: sentences in order, quotes that fit, and a button for the rest."""
    sentences = tuple(f"Sentence {n} tells " + "a little more of it " * 12 + "and ends." for n in range(9))
    quotes = (Quote("Too long to fit here. " * 30, "Ivan Lis"), Quote("Short enough.", "Ivan Lis"))
    message = render_digest(Digest(ARTICLE, sentences, quotes), CARD, READER, captioned=True)
    assert message.caption is not None
    caption = parse_html(message.caption).text
    shown = caption.split("\n\n")[1:]
    assert utf16_length(caption) <= CAPTION_LIMIT
    assert shown == [*sentences[: len(shown) - 1], "“Short enough.”\n— Ivan Lis"]
    assert 1 < len(shown) < 9
    assert "Longer" in [button.text for button in message.buttons[-1]]
    assert utf16_length(message.html) > CAPTION_LIMIT


def test_a_short_digest_is_its_own_caption() -> None:
    """Nothing is cut, so that nothing is longer."""
    message = render_digest(DIGEST, CARD, READER, captioned=True)
    assert message.caption == message.html
    assert "Longer" not in [button.text for button in message.buttons[-1]]


def test_a_headline_alone_is_a_link() -> None:
    """The last resort of the sender is the escaped headline as a link."""
    assert plain_headline("A & B", "https://x.example/?a&b").html == (
        '<a href="https://x.example/?a&amp;b">A &amp; B</a>'
    )


def test_older_moments_show_their_day() -> None:
    """News of another day shows the day, of another year the year, in the reader's words."""
    old = replace(ARTICLE, published=datetime(2024, 12, 17, 5, 51, tzinfo=UTC))
    assert (
        "17 груд. 2024" in render_digest(replace(DIGEST, article=old), CARD, replace(READER, words=words_in("uk"))).html
    )
    day = replace(ARTICLE, published=datetime(2026, 11, 20, tzinfo=UTC), published_has_time=False)
    assert "· Nov 20</i>" in render_digest(replace(DIGEST, article=day), CARD, READER).html


def test_callback_data_comes_back_as_it_was() -> None:
    """What a button carries is read back; foreign data is recognized as such."""
    assert (unpacked := unpack(pack("open", 12, 3))) is not None
    assert (unpacked.verb, unpacked.numbers) == ("open", (12, 3))
    assert unpack("open:x") is None


def test_other_sources_of_the_news_are_named_with_their_links() -> None:
    """At the end, however long the rest; a name cannot bring markup in."""
    digest = Digest(Article("https://a.example/1", "Fire"), summary=("Word " * 150,) * 9)
    card = Card(7, {}, also=[("BBC <b>", "https://bbc.example/1"), ("", "https://reuters.example/2")])
    message = render_digest(digest, card, READER)
    assert message.html.endswith(
        'Also: <a href="https://bbc.example/1">BBC &lt;b&gt;</a>, <a href="https://reuters.example/2">reuters.example</a>'
    )
    assert utf16_length(message.html) < 4300


def test_a_correction_is_marked_with_the_headline_before() -> None:
    """And what only grew, with the time alone."""
    digest = Digest(Article("https://a.example/1", "Two hurt in fire"), summary=("Text.",))
    noon = datetime(2024, 12, 28, 12, 5, tzinfo=UTC)
    corrected = render_digest(digest, Card(7, {}, changes=[(noon, "Three hurt & more")]), READER)
    time = f"{noon.astimezone(READER.zone):%H:%M}"
    assert f"✎ Updated {time}: the headline was “Three hurt &amp; more”" in corrected.html
    grown = render_digest(digest, Card(7, {}, changes=[(noon, None)]), READER)
    assert f"<i>✎ Updated {time}</i>" in grown.html
    assert "✎" not in render_digest(digest, Card(7, {}), READER).html
