"""Every message that the bot can show, made from the same material."""

from collections.abc import Iterator
from dataclasses import replace

from bot.messages.callbacks import PREVIEW
from bot.messages.digests import plain_headline, render_digest, render_full_text, render_text_digest
from bot.messages.editions import EditionStory, render_edition
from bot.messages.finds import FoundDigest, render_found, render_saved
from bot.messages.lists import (
    FollowedTopic,
    Headline,
    ListedSource,
    Page,
    render_recent,
    render_sources,
    render_subscriptions,
    topic_name,
)
from bot.messages.markup import CAPTION_LIMIT, cut
from bot.messages.notices import render_left as render_chat_left
from bot.messages.notices import render_notice
from bot.messages.option_fields import FIELDS
from bot.messages.options import Scope, render_field, render_options
from bot.messages.previews import render_followed, render_left, render_meant, render_preview
from bot.messages.views import View, render_view
from bot.models import Message, Topic, TopicKind
from bot.options import Choices
from tests.fuzz.articles import Material

_MIDDLE = Page(3, has_next=True)


def screens(given: Material) -> Iterator[Message]:
    """Yield one message or more of each renderer; one with a photo is shown by its caption."""
    yield from _digests(given)
    yield from _lists(given)
    yield from _topics(given)
    yield from _words(given)


def _digests(given: Material) -> Iterator[Message]:
    digest, reader = given.digest, given.reader
    yield from _both(render_digest(digest, given.card, reader, captioned=True))
    for view in View:
        saved, page = bool(given.number % 2), given.number % 5
        yield render_view(digest, given.card, view, reader, page=page, saved=saved)
        yield _photo(render_view(digest, given.card, view, reader, page=page, saved=saved, limit=CAPTION_LIMIT))
    yield from render_full_text(digest.article, reader)
    yield render_text_digest(digest, reader)
    yield plain_headline(digest.article.title, digest.article.url)
    stories = [
        EditionStory(title, url, given.text, at, given.text, tuple(given.card.also)) for title, url, at in given.rows
    ]
    yield from (message for message, _ in render_edition([*stories, EditionStory(given.text or "…")], reader))


def _both(message: Message) -> tuple[Message, Message]:
    return message, _photo(message)


def _photo(message: Message) -> Message:
    return replace(message, photo="https://example.com/picture.jpg")


def _lists(given: Material) -> Iterator[Message]:
    reader, number = given.reader, given.number
    rows = [Headline(number + n, title, url, given.text, at) for n, (title, url, at) in enumerate(given.rows)]
    yield render_recent(rows, (number, given.text), _MIDDLE, reader)
    yield render_found(given.text, number, rows, _MIDDLE, reader, everywhere=bool(number % 2))
    yield render_saved([FoundDigest(number, title, url) for title, url, _ in given.rows], len(rows), _MIDDLE, reader)
    followed = [
        FollowedTopic(number, Topic(kind, title, title)) for kind in TopicKind for title, _, _ in given.rows[:1]
    ]
    yield render_subscriptions(followed, len(followed), _MIDDLE, reader)
    yield render_sources(
        [ListedSource(number, title, None, followed=True) for title, *_ in given.rows], _MIDDLE, reader
    )


def _topics(given: Material) -> Iterator[Message]:
    reader, number = given.reader, given.number
    rows = [Headline(number, title, url, given.text, at) for title, url, at in given.rows[:3]]
    meant = [(number, Topic(TopicKind.TAG, title, title)) for title, _, _ in given.rows[:3]]
    for kind in TopicKind:
        yield render_preview(Topic(kind, given.text, given.text), number, rows, meant, reader)
    sentence = f"You follow {cut(given.text, 40)} now."
    yield render_followed(sentence, number, rows, reader)
    yield render_left(sentence, number, reader.words)
    yield render_meant(sentence, meant, PREVIEW, reader.words)
    own = Choices(with_words=(given.text,), languages=(given.text,))
    scope = Scope(number, topic_name(Topic(TopicKind.TAG, given.text, given.text)), Choices(), own)
    yield render_options(scope, reader)
    yield from (render_field(field, scope, reader) for field in range(len(FIELDS)))


def _words(given: Material) -> Iterator[Message]:
    for code in ("unreachable", "ended", "recovered", "left_out"):
        yield render_notice(code, given.text, given.number, given.number, given.reader)
    for state in ("kicked", "muted", "closed"):
        yield render_chat_left(given.text, state, given.reader)
