"""Words to a feed's followers: it cannot be reached, it is back, it has ended, more came than was pushed."""

from collections.abc import Callable, Mapping

from bot.messages import callbacks
from bot.messages.catalogue import Words
from bot.messages.markup import cut, escape
from bot.messages.reader import Reader
from bot.models import Button, Message

_NAME_LIMIT = 100


def render_notice(code: str, feed_name: str, topic_id: int, count: int, reader: Reader) -> Message:
    """Return a notice about a feed.

    Args:
        code: "unreachable", "ended", "recovered", "left_out", "blocked" or "unblocked".
        feed_name: whose notice it is.
        topic_id: the feed's topic, for the list of what was left out.
        count: stories left out.
        reader: who reads it.
    """
    text = notice_text(code, feed_name, count, reader)
    more = Button("🗞 " + reader.words.say("Recent news"), data=callbacks.pack(callbacks.RECENT_PAGE, 0, topic_id))
    return Message(escape(text), buttons=((more,),))


def notice_text(code: str, feed_name: str, count: int, reader: Reader) -> str:
    """Return a notice's words; as `render_notice`."""
    return _SENTENCES[code](reader.words, cut(feed_name, _NAME_LIMIT), count)


def _unreachable(words: Words, name: str, _count: int) -> str:
    return words.say(
        "{feed} has not answered for a day. I keep trying, and its news will come when it is back.", feed=name
    )


def _ended(words: Words, name: str, _count: int) -> str:
    return words.say("{feed} has ended: the site says that it is gone for good. Other sources: /sources", feed=name)


def _recovered(words: Words, name: str, _count: int) -> str:
    return words.say("{feed} is back.", feed=name)


def _blocked(words: Words, name: str, _count: int) -> str:
    return words.say(
        "The operator of this bot has blocked {feed}: nothing more from it will come. Other sources: /sources",
        feed=name,
    )


def _unblocked(words: Words, name: str, _count: int) -> str:
    return words.say("{feed} is no longer blocked: its news comes again.", feed=name)


def _left_out(words: Words, name: str, count: int) -> str:
    return words.plural(
        "{feed} published a lot at once; {number} more item is in its list.",
        "{feed} published a lot at once; {number} more items are in its list.",
        count,
        feed=name,
    )


_SENTENCES: Mapping[str, Callable[[Words, str, int], str]] = {
    "unreachable": _unreachable,
    "ended": _ended,
    "recovered": _recovered,
    "left_out": _left_out,
    "blocked": _blocked,
    "unblocked": _unblocked,
}


def render_left(title: str, state: str, reader: Reader, *, channel: bool = False) -> Message:
    """Return what the person who configured a group or channel is told when the bot cannot write there any more.

    Args:
        title: the chat's name.
        state: bot.store.ChatState: kicked, muted, closed.
        reader: that person.
        channel: whether it is a channel, which goes on by itself.
    """
    words, chat = reader.words, cut(title, _NAME_LIMIT)
    match state:
        case "muted" if channel:
            text = words.say(
                "I can no longer post in {chat}, so its news has stopped. It goes on when I have the right to post "
                "again.",
                chat=chat,
            )
        case "muted":
            text = words.say(
                "I can no longer post in {chat}, so its news has stopped. Let me post again and send /start there.",
                chat=chat,
            )
        case "closed":
            text = words.say(
                "The topic in {chat} was closed or deleted, so its news has stopped. Reopen it and send /start there.",
                chat=chat,
            )
        case _:
            text = words.say(
                "I am no longer in {chat}, so its news has stopped. What it follows is kept: add me again to go on.",
                chat=chat,
            )
    screen = Button("📣 " + words.say("Your channels"), data=callbacks.pack(callbacks.CHANNELS))
    return Message(escape(text), buttons=((screen,),) if channel else ())
