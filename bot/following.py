"""What a person who writes "/subscribe …" wants to follow: a tag, a query, a person quoted, an author, or a source."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.models import Topic, TopicKind
from bot.queries import looks_like_query, query_topic
from bot.topics import author_topic, person_topic, tag_topic

_PREFIXES: Mapping[str, TopicKind] = {
    **dict.fromkeys(("quotes", "quote", "person", "цитати", "цитата", "цитаты", "людина", "человек"), TopicKind.PERSON),
    **dict.fromkeys(("author", "by", "автор"), TopicKind.AUTHOR),
    **dict.fromkeys(("source", "feed", "site", "джерело", "сайт", "стрічка", "источник", "лента"), TopicKind.SOURCE),
    **dict.fromkeys(("words", "query", "слова", "запит", "запрос"), TopicKind.QUERY),
    **dict.fromkeys(("tag", "topic", "тег", "тема"), TopicKind.TAG),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to follow.

    Attributes:
        kind: what they named, or what their words look like.
        text: the words without the prefix.
        named: whether they wrote the prefix.
    """

    kind: TopicKind
    text: str
    named: bool = False

    def topic(self, aliases: Mapping[str, str] | None = None) -> Topic:
        """Return it as a Topic, its key "" where nothing is left; a source's name is not yet its key."""
        match self.kind:
            case TopicKind.QUERY:
                return query_topic(self.text)
            case TopicKind.PERSON:
                return person_topic(self.text)
            case TopicKind.AUTHOR:
                return author_topic(self.text, aliases)
            case TopicKind.TAG:
                return tag_topic(self.text, aliases)
        return Topic(TopicKind.SOURCE, self.text, self.text)


def read_wish(text: str) -> Wish:
    """Understand what follows "/subscribe".

    Args:
        text: as typed: "North Korea", "drone -football", "quotes: Zelenskyy", "author: …", "source: …".
    """
    text = " ".join(text.split())
    prefix, colon, rest = text.partition(":")
    kind = _PREFIXES.get(prefix.strip().casefold())
    if colon and kind:
        return Wish(kind, rest.strip(), named=True)
    return Wish(TopicKind.QUERY if looks_like_query(text) else TopicKind.TAG, text)
