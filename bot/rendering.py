"""Stored values as messages: the one way in which a chat's settings become a Reader and a digest its card."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.delivery.courier import RenderDigest
from bot.delivery.editions import Item, Part, RenderEdition
from bot.delivery.sorting import chosen_options
from bot.messages.catalogue import Words, words_in
from bot.messages.digests import Card, render_digest, render_full_text
from bot.messages.editions import EditionStory, render_edition
from bot.messages.notices import notice_text, render_left, render_notice
from bot.messages.reader import Reader
from bot.models import Article, Digest, Message
from bot.options import Length, Options, Picture
from bot.store import Chat, Edit, Notice, StoredDigest
from config.settings import Settings

_SAME_MOMENT = timedelta(seconds=1)


def reader_for(chat: Chat, settings: Settings, now: datetime, followed: frozenset[int] = frozenset()) -> Reader:
    """Return the reader that a chat's messages are written for.

    Args:
        chat: with the language and zone it chose, if it did.
        settings: the operator's defaults for what it did not choose.
        now: the present, aware.
        followed: ids of the topics that the chat follows.
    """
    words = words_in(chat.language or settings.default_language)
    return Reader(words, ZoneInfo(chat.timezone or settings.default_timezone), now, followed)


def card_message(stored: StoredDigest, reader: Reader, *, captioned: bool = False) -> Message:
    """Return a stored digest's message; if it may stand under a photo, with the short text for there."""
    return render_digest(stored.digest, card_of(stored), reader, captioned=captioned)


def pictured(message: Message, article: Article, options: Options) -> Message:
    """Return a digest's message with its picture or preview, as the options have it."""
    if options.picture is Picture.PHOTO:
        return replace(message, photo=article.image) if message.caption is not None else message
    if options.picture is Picture.PREVIEW and article.image:
        return replace(message, preview_url=article.image, picture=True)
    return replace(message, preview_url=article.url) if options.preview else message


def card_of(stored: StoredDigest) -> Card:
    """Return what a stored digest's message is made from, beside the digest."""
    return Card(
        stored.id,
        stored.topic_ids,
        [(change.at, change.headline) for change in stored.changes],
        [(one.source, one.url) for one in stored.also],
    )


def push_renderer(
    settings: Settings, now: Callable[[], datetime]
) -> Callable[[StoredDigest, Chat, Options], Sequence[Message]]:
    """Return what the sender renders pushes with.

    Pushes do not look up what each chat follows: that would be a query for every message of a fan-out, and the tag
    that brought the story here is one that the chat follows anyway. A tap on any tag brings the marks up to date.
    """
    fan_out = _FanOut()

    def render(stored: StoredDigest, chat: Chat, options: Options) -> Sequence[Message]:
        messages = fan_out.messages(stored, reader_for(chat, settings, now()), options)
        # Whoever reads a channel could press its buttons: a channel's posts are for reading.
        return [replace(message, buttons=()) for message in messages] if chat.kind == "channel" else messages

    return render


class _FanOut:
    """Renders a story once for all who see the same; it was a quarter of what sending a message cost.

    It remembers the messages of one digest as it was loaded for a claim, for a second, since they may say how many
    minutes ago something was. Whatever is changed, by a chat or by a later reading, shows in the next claim.
    """

    def __init__(self) -> None:
        self._stored: StoredDigest | None = None
        self._since = datetime.min.replace(tzinfo=UTC)
        self._messages: dict[tuple[Words, ZoneInfo, Options], Sequence[Message]] = {}

    def messages(self, stored: StoredDigest, reader: Reader, options: Options) -> Sequence[Message]:
        # The object itself is compared, not what it says: that would cost as much as to render it.
        if stored is not self._stored or not timedelta() <= reader.now - self._since < _SAME_MOMENT:
            self._stored, self._since, self._messages = stored, reader.now, {}
        seen = (reader.words, reader.zone, options)
        if seen not in self._messages:
            self._messages[seen] = pushed_messages(stored, reader, options)
        return self._messages[seen]


def pushed_messages(stored: StoredDigest, reader: Reader, options: Options) -> tuple[Message, ...]:
    """Return a story as its subscription wants it: its card, with a picture or preview, and perhaps its whole text."""
    article = stored.digest.article
    shortened, captioned = replace(stored, digest=_shortened(stored.digest, options)), options.picture is Picture.PHOTO
    message = pictured(card_message(shortened, reader, captioned=captioned), article, options)
    whole = options.length is Length.FULL and article.paragraphs
    return (message, *(render_full_text(article, reader) if whole else ()))


def _shortened(digest: Digest, options: Options) -> Digest:
    headline = options.length is Length.HEADLINE
    quotes = digest.key_quotes if options.quotes and not headline else ()
    return replace(digest, summary=() if headline else digest.summary, key_quotes=quotes)


def edition_renderer(settings: Settings, now: Callable[[], datetime]) -> RenderEdition:
    """Return what the sender renders held stories with."""

    def render(items: Sequence[Item], chat: Chat) -> Sequence[Part]:
        reader = reader_for(chat, settings, now())
        parts, start = list[Part](), 0
        for message, count in render_edition([_edition_story(item, reader) for item in items], reader):
            parts.append(Part(message, tuple(items[start : start + count])))
            start += count
        return parts

    return render


def _edition_story(item: Item, reader: Reader) -> EditionStory:
    delivery = item.delivery
    if notice := delivery.notice:
        return EditionStory(notice_text(notice.code, notice.feed_name, notice.count, reader))
    if delivery.digest is None:
        return EditionStory(delivery.headline, delivery.url, delivery.source)
    digest = delivery.digest.digest
    text = "" if item.options.length is Length.HEADLINE or not digest.summary else digest.summary[0]
    article = digest.article
    return EditionStory(
        article.title or delivery.headline,
        article.url,
        article.site or delivery.source,
        article.published,
        text,
        tuple((one.source, one.url) for one in delivery.digest.also),
    )


def edit_renderer(render: RenderDigest) -> Callable[[Edit], Sequence[Message]]:
    """Return what the editor renders with: what a push would show now."""

    def edited(edit: Edit) -> Sequence[Message]:
        delivery, options = edit.delivery, chosen_options(edit.delivery)
        assert delivery.digest is not None, "only what a page says is edited"  # noqa: S101  a programmer's promise
        message, *rest = render(delivery.digest, delivery.chat, options)
        if message.caption is None:
            # It may have been sent as a photo, before the chat chose otherwise.
            photo = render(delivery.digest, delivery.chat, replace(options, picture=Picture.PHOTO))
            message = replace(message, caption=photo[0].caption)
        return (message, *rest)

    return edited


def notice_renderer(settings: Settings, now: Callable[[], datetime]) -> Callable[[Notice, Chat], Sequence[Message]]:
    """Return what the sender renders words about feeds with."""

    def render(notice: Notice, chat: Chat) -> Sequence[Message]:
        reader = reader_for(chat, settings, now())
        return (render_notice(notice.code, notice.feed_name, notice.topic_id, notice.count, reader),)

    return render


def left_renderer(settings: Settings, now: Callable[[], datetime]) -> Callable[[Chat, Chat], Message]:
    """Return what the sender renders the word about a chat that was left with."""

    def render(left: Chat, person: Chat) -> Message:
        reader = reader_for(person, settings, now())
        return render_left(left.title or str(left.telegram_id), left.state, reader, channel=left.kind == "channel")

    return render
