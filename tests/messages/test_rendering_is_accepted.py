"""Whatever an article holds, Telegram accepts what is made of it."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.callbacks import View
from bot.messages.catalogue import interface_languages, words_in
from bot.messages.digests import Card, plain_headline, render_digest, render_full_text
from bot.messages.lists import FollowedTopic, Headline, Page, render_recent, render_subscriptions
from bot.messages.markup import CALLBACK_LIMIT, CAPTION_LIMIT, MESSAGE_LIMIT, utf16_length
from bot.messages.reader import Reader
from bot.messages.views import render_view
from bot.models import Article, Digest, Message, Paragraph, ParagraphKind, Quote, Topic, TopicKind
from bot.playground.formatting.html import parse_html

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["<b>", "</blockquote>", "&lt;", "&#0;", "a" * 5000, "слово " * 900, "😀" * 3000, "\u202e", "", " \n "]
    ),
)
quotes = st.builds(Quote, texts, st.none() | texts)
paragraphs = st.builds(Paragraph, texts, st.sampled_from(ParagraphKind), st.none() | texts)
articles = st.builds(
    Article,
    url=st.just("https://example.com/?a=1&b=<2>"),
    title=texts,
    authors=st.tuples(texts),
    published=st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
    paragraphs=st.lists(paragraphs, max_size=6).map(tuple),
    site=st.none() | texts,
)
readers = st.sampled_from([Reader(words_in(code), ZoneInfo("Europe/Kyiv"), NOW) for code in interface_languages()])


def accepted(message: Message, limit: int = MESSAGE_LIMIT) -> None:
    """Check a message by Telegram's rules."""
    body = parse_html(message.html)
    assert 0 < utf16_length(body.text) <= limit
    for row in message.buttons:
        for button in row:
            assert button.text.strip()
            assert 0 < len((button.data or "").encode()) <= CALLBACK_LIMIT


CARD = Card(
    1,
    {"a" * 300: 1, "<": 2, "": 3},
    changes=((NOW, "Before " * 40), (NOW, None)),
    also=tuple((f"Source {n} & more", f"https://example.com/{n}") for n in range(60)),
)


@given(articles, st.lists(texts, max_size=5), st.lists(quotes, max_size=5), readers)
def test_digests_are_accepted(article: Article, summary: list[str], said: list[Quote], reader: Reader) -> None:
    """A digest of any texts is well-formed, not empty and not too long, as a text and under a photo."""
    message = render_digest(Digest(article, tuple(summary), tuple(said)), CARD, reader, captioned=True)
    accepted(message)
    accepted(replace(message, html=message.caption or ""), CAPTION_LIMIT)


@given(articles, readers)
def test_full_texts_are_accepted(article: Article, reader: Reader) -> None:
    """Each message of a full text is accepted."""
    filled = replace(article, paragraphs=(*article.paragraphs, Paragraph("Something.")))
    for message in render_full_text(filled, reader):
        accepted(message)


@given(
    st.builds(Digest, articles, st.lists(texts, max_size=5).map(tuple), st.lists(quotes, max_size=5).map(tuple)),
    st.sampled_from(View),
    st.sampled_from([CAPTION_LIMIT, MESSAGE_LIMIT]),
    st.integers(-2, 20),
    readers,
)
def test_views_are_accepted(digest: Digest, view: View, limit: int, page: int, reader: Reader) -> None:
    """Each page of each view is accepted, in a text and under a photo."""
    message = render_view(digest, CARD, view, reader, page=page, limit=limit)
    accepted(replace(message, html=message.caption or message.html), limit)


@given(st.lists(texts, min_size=1, max_size=10), readers)
def test_lists_are_accepted(titles: list[str], reader: Reader) -> None:
    """Lists of any headlines and topics are accepted."""
    rows = [Headline(n, title, "https://example.com/?a&b", title, NOW) for n, title in enumerate(titles)]
    accepted(render_recent(rows, (1, titles[0]), Page(1, has_next=True), reader))
    followed = [FollowedTopic(n, Topic(TopicKind.TAG, title, title)) for n, title in enumerate(titles)]
    accepted(render_subscriptions(followed, len(followed), Page(0, has_next=True), reader))


@given(texts)
def test_headlines_alone_are_accepted(title: str) -> None:
    """The sender's last resort is accepted for any title."""
    accepted(plain_headline(title, "https://example.com/?a&b"))
