"""Deep links: t.me/bot?start=sub_North-Korea lets whoever opens it look at a subscription and follow it."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from bot.models import Topic, TopicKind

PAYLOAD_LIMIT = 64
"""Characters of a deep link's payload, of A-Z, a-z, 0-9, _ and -. Source: Bot API, deep linking."""

_PLAIN, _CODED, _NUMBERED = "sub_", "sub64_", "topic_"
_CHANNEL = re.compile(r"channel_([0-9]{1,17})")  # so many digits as a number of the store may have, and no more
_TOPIC = re.compile(_NUMBERED + r"([0-9]{1,17})")
CHANNELS = "channels"
"""The payload that opens the list of one's channels."""
_WORDS = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_PREFIXES = {TopicKind.QUERY: "words: ", TopicKind.PERSON: "quotes: ", TopicKind.AUTHOR: "author: "}


def payload_of(topic: Topic, topic_id: int) -> str:
    """Return what stands after "start=" in a topic's link: its words, plain or in base64url, or its number.

    Args:
        topic: what is shared.
        topic_id: the store's number of it.
    """
    if topic.kind is TopicKind.SOURCE:
        return f"{_NUMBERED}{topic_id}"
    text = _PREFIXES.get(topic.kind, "") + topic.label
    if _WORDS.fullmatch(text):
        plain = _PLAIN + text.replace(" ", "-")
        return plain if len(plain) <= PAYLOAD_LIMIT else f"{_NUMBERED}{topic_id}"
    coded = _CODED + urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return coded if len(coded) <= PAYLOAD_LIMIT else f"{_NUMBERED}{topic_id}"


def link_of(username: str, topic: Topic, topic_id: int) -> str:
    """Return the link that shares a topic.

    Args:
        username: the bot's, without @.
        topic: what is shared.
        topic_id: the store's number of it.
    """
    return f"https://t.me/{username}?start={payload_of(topic, topic_id)}"


def channel_link(username: str, place: int) -> str:
    """Return the link that opens a channel's screen for who manages it.

    Args:
        username: the bot's, without @.
        place: the store's number of the channel.
    """
    return f"https://t.me/{username}?start=channel_{place}"


def channel_of(payload: str) -> int | None:
    """Return the store's number of the channel that a link or its payload names, None for another one."""
    found = _CHANNEL.fullmatch(payload.partition("?start=")[2] or payload)
    return int(found[1]) if found else None


def meant_by(payload: str) -> str | int | None:
    """Return what a payload shares: words as after "/subscribe", a topic's number, or None for no link of ours."""
    if payload.startswith(_CODED):
        return _decoded(payload.removeprefix(_CODED))
    if payload.startswith(_PLAIN):
        return payload.removeprefix(_PLAIN).replace("-", " ").replace("_", " ").strip() or None
    numbered = _TOPIC.fullmatch(payload)
    return int(numbered[1]) if numbered else None


def _decoded(coded: str) -> str | None:
    try:
        return urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode() or None
    except ValueError:
        return None
