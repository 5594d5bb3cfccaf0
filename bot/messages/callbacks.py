"""What a button says back: a verb and numbers, packed into the 64 bytes that Telegram allows."""

import re
from dataclasses import dataclass
from enum import IntEnum

from bot.messages.markup import CALLBACK_LIMIT

_NUMBER = re.compile(r"-?[0-9]{1,17}")

FULL_TEXT = "full"  # of messages sent before there were pages; VIEW since then
BACKGROUND = "back"  # the same
TOGGLE_TOPIC = "topic"
SUBSCRIPTIONS_PAGE = "subs"
REMOVE_SUBSCRIPTION = "unsub"
SOURCES_PAGE = "srcs"
TOGGLE_SOURCE = "src"
RECENT_PAGE = "recent"
OPEN_STORY = "open"
LANGUAGE = "lang"
ADD_FEED = "feed"
RETRY = "retry"
OPTIONS = "opt"
FOLLOW = "follow"
PAUSE = "pause"
UNFOLLOW = "leave"
PREVIEW = "look"
CANCEL = "cancel"
VIEW = "view"
SAVE = "save"
MORE = "more"
MUTE = "mute"
LANGUAGES = "langs"
FOUND_PAGE = "found"
SAVED_PAGE = "saved"
OPEN_DIGEST = "show"
DELETE_ALL = "forget"
BROADCAST = "tellall"
ADMIN = "admin"
CHANNELS = "chans"
CHANNEL = "chan"
CONNECT = "connect"
ASK_TOPIC = "ask"
SHOW_POST = "post"
SEND_POST = "sendpost"
DISCONNECT = "part"
DISCONNECTED = "parted"
MEMBERS = "members"


class View(IntEnum):
    """How a digest is shown; the numbers stand in buttons of old messages and must keep their meaning."""

    CARD = 0
    SHORTER = 1
    LONGER = 2
    QUOTES = 3
    TOOLS = 4  # the card, with the tools in place of its tags
    FULL = 5
    BACKGROUND = 6
    LANGUAGES = 7  # as it is, with languages to choose from in place of the tools


@dataclass(frozen=True, slots=True)
class Callback:
    """A pressed button.

    Attributes:
        verb: what to do; one of this module's constants.
        numbers: ids and page numbers, in the order that the verb's handler knows.
        place: the store's number of the chat that it is about, where that is not the one it stands in.
    """

    verb: str
    numbers: tuple[int, ...] = ()
    place: int | None = None


def pack(verb: str, *numbers: int, place: int | None = None) -> str:
    """Return a button's callback data.

    Raises:
        ValueError: the data would pass Telegram's 64 bytes.
    """
    data = ":".join([verb, *map(str, numbers), *([f"@{place}"] if place is not None else [])])
    if len(data.encode()) > CALLBACK_LIMIT:
        raise ValueError(f"callback data of more than {CALLBACK_LIMIT} bytes: {data}")
    return data


def unpack(data: str) -> Callback | None:
    """Return what a button says, or None for data that is not ours or no longer understood.

    Clients can send what was on no button. A number is taken up to 17 digits: any database column and any product
    with a page's length holds it.
    """
    verb, *numbers = data.split(":")
    places = [numbers.pop()[1:]] if numbers and numbers[-1].startswith("@") else []
    if not all(_NUMBER.fullmatch(number) for number in [*numbers, *places]):
        return None
    return Callback(verb, tuple(map(int, numbers)), int(places[0]) if places else None)
