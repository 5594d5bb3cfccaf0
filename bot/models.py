"""The words of the house as frozen values; see docs/design.md for their meaning."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ParagraphKind(StrEnum):
    """What a paragraph is to its article."""

    BODY = "body"
    HEADING = "heading"
    QUOTE = "quote"
    SOURCE = "source"
    DETAILS = "details"
    REFERENCE = "reference"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of an article's text, without its label ("Source:", "Quote from …:").

    Attributes:
        text: the words, verbatim, white space evened out; a quote paragraph stands without its outer quotation marks.
        kind: what the block is.
        speaker: who is quoted, for a labelled or block quote that names somebody.
    """

    text: str
    kind: ParagraphKind = ParagraphKind.BODY
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech found in an article.

    Attributes:
        text: the words, verbatim, without the outer quotation marks.
        speaker: the full name of who said it, in the nominative; None where the article does not say.
        named_as: how the text names the speaker at this place, where that differs from `speaker`.
        paragraph: the index in `Article.paragraphs` where the quote begins.
    """

    text: str
    speaker: str | None = None
    named_as: str | None = None
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says, cleaned.

    Attributes:
        url: the canonical URL.
        title: the headline without the site's name.
        authors: names, one each, without titles or "By".
        published: an aware moment; naive only where neither page nor site rule names a zone.
        published_has_time: False where the page states only a day.
        language: ISO 639-1 code detected from the content.
        lead: the standfirst, or the first body paragraph where the page sets none apart; "" for an empty article.
        standfirst: how many of the first paragraphs the page sets apart above the text, as the editors' own summary.
        paragraphs: headings and paragraphs in reading order, the standfirst first, without title and captions.
        captions: visible picture captions, each once.
        tags: topics as the page shows them.
        site: the publication's name.
        image: the lead picture's URL.
        quotes: all direct speech in article order.
        updated: when the page says that it was last changed.
    """

    url: str
    title: str
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    published_has_time: bool = True
    language: str | None = None
    lead: str = ""
    standfirst: int = 0
    paragraphs: tuple[Paragraph, ...] = ()
    captions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    site: str | None = None
    image: str | None = None
    quotes: tuple[Quote, ...] = ()
    updated: datetime | None = None

    def texts(self, *kinds: ParagraphKind) -> tuple[str, ...]:
        """Return the texts of the paragraphs of these kinds, in reading order."""
        return tuple(paragraph.text for paragraph in self.paragraphs if paragraph.kind in kinds)


@dataclass(frozen=True, slots=True)
class Digest:
    """A short account of an Article.

    Attributes:
        article: what was read.
        summary: verbatim sentences in article order.
        key_quotes: the quotes most worth showing, best first.
    """

    article: Article
    summary: tuple[str, ...] = ()
    key_quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A feed's item as the feed states it.

    Attributes:
        guid: the feed's identifier of the item, "" where it gives none.
        url: the link as given, absolute.
        title: plain text.
        published: an aware moment, None where unknown.
        summary: the item's description as plain text, "" where it gives none.
        tags: the item's categories.
        authors: the item's authors.
        image: a picture's URL.
        updated: when the item says that it last changed.
    """

    guid: str
    url: str
    title: str
    published: datetime | None = None
    summary: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    image: str | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed document says.

    Attributes:
        title: the feed's name, "" where it gives none.
        site_url: the page that the feed belongs to.
        language: as the feed states it, lower case ("en-gb"), or None.
        entries: in document order.
        ttl_seconds: how long the feed asks to be left alone (ttl, sy:updatePeriod), or None.
        hub: a WebSub hub's URL, with `self_url` the topic to subscribe to there.
        self_url: the feed's own address as it states it.
    """

    title: str = ""
    site_url: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    ttl_seconds: int | None = None
    hub: str | None = None
    self_url: str | None = None


class TopicKind(StrEnum):
    """What a Topic is matched against."""

    TAG = "tag"
    QUERY = "query"
    PERSON = "person"
    AUTHOR = "author"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a chat can follow.

    Attributes:
        kind: what it is matched against.
        key: the normalized form that decides equality (see bot.topics.topic_key); for a source, its slug or feed URL.
        label: as a person wrote it or a page shows it.
    """

    kind: TopicKind
    key: str
    label: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Button:
    """One inline keyboard button: either callback data (64 bytes at most) or a URL."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be shown in a chat, in Telegram's HTML, with its inline keyboard.

    Attributes:
        html: at most 4,096 UTF-16 units after entities are parsed.
        buttons: rows of buttons.
        preview_url: the link whose preview is shown; None shows none.
        picture: the preview is a picture, shown large above the text.
        silent: it comes without a sound.
        photo: a picture's URL; it is shown as a photo, where Telegram takes it, with `caption` in place of `html`.
        caption: what a photo says, at most 1,024 UTF-16 units after entities are parsed; None where the message is
            never shown with a photo.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    preview_url: str | None = None
    picture: bool = False
    silent: bool = False
    photo: str | None = None
    caption: str | None = None
