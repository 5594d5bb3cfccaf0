"""How topics are compared: "North Korea", "#north-korea" and "NORTH  KOREA" are one."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from bot.models import Topic, TopicKind
from config import data

MAX_TOPIC_LENGTH = 100
"""Characters of a topic after normalization. Ours: twice the longest tag in the corpus, small enough for any button."""

_SEPARATORS = re.compile(r"[\s\-‐‑‒–—_#]+")


def topic_key(text: str, aliases: Mapping[str, str] | None = None) -> str:
    """Normalize a topic's text so that equal topics get equal keys.

    Args:
        text: as a person typed it or a page shows it.
        aliases: normalized form to canonical key, from config/topics.toml.

    Returns:
        The key, "" where nothing is left.
    """
    visible = "".join(
        char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) not in {"Cf", "Cc"} or char.isspace()
    )
    key = _SEPARATORS.sub(" ", visible).strip(" .,;:!?\"'«»“”„").casefold()
    return (aliases or {}).get(key, key)


def tag_topic(text: str, aliases: Mapping[str, str] | None = None) -> Topic:
    """Return the tag Topic for a text."""
    label = " ".join(text.lstrip("#").split())
    return Topic(TopicKind.TAG, topic_key(text, aliases), label)


def person_topic(name: str) -> Topic:
    """Return the Topic of a person quoted; spellings that config/people.toml declares the same are one person."""
    shown = " ".join(name.split())
    key = topic_key(shown)
    declared = people().get(key)
    return Topic(TopicKind.PERSON, topic_key(declared), declared) if declared else Topic(TopicKind.PERSON, key, shown)


def author_topic(name: str, aliases: Mapping[str, str] | None = None) -> Topic:
    """Return the Topic of an author."""
    return Topic(TopicKind.AUTHOR, topic_key(name, aliases), " ".join(name.split()))


@cache
def people() -> Mapping[str, str]:
    """Return config/people.toml as a mapping from each normalized name to the first name of its line."""
    return {topic_key(name): names[0] for names in data.table("people")["same"] for name in names}


def load_aliases() -> Mapping[str, str]:
    """Return config/topics.toml as a mapping from each normalized name to the key of the first name of its line."""
    return {topic_key(name): topic_key(names[0]) for names in data.table("topics")["same"] for name in names}
