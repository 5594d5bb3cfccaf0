"""Screens about a channel, shown in the private chat of who manages it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.deep_links import channel_link
from bot.messages import callbacks
from bot.messages.catalogue import Words
from bot.messages.lists import topic_name
from bot.messages.markup import cut, escape, label
from bot.messages.option_fields import FIELDS
from bot.models import Button, Message, Topic
from bot.options import Options

_TITLE_LIMIT = 60
_LABEL_LIMIT = 40
_TOLD_ON_HOME = ("mode", "schedule", "length")


@dataclass(frozen=True)
class ManagedChannel:
    """A channel as its screens show it.

    Attributes:
        place: the store's number of it.
        title: its name.
        may_post: whether the bot can write there, as far as is known.
    """

    place: int
    title: str
    may_post: bool = True


def about_channel(message: Message, place: int, title: str, words: Words) -> Message:
    """Return a message under a channel's name, with its buttons about that channel, and the way back to its screen.

    Args:
        message: as it would be for the chat that it is shown in.
        place: the store's number of the channel.
        title: the channel's name.
        words: the reader's language.
    """
    heading = f"<b>📣 {escape(cut(title, _TITLE_LIMIT))}</b>"
    rows = [tuple(_about(button, place, words) for button in row) for row in message.buttons]
    verbs = {callbacks.unpack(button.data or "") for row in rows for button in row}
    if not any(pressed and pressed.verb == callbacks.CHANNEL for pressed in verbs):
        back = Button("‹ " + words.say("To the channel"), data=callbacks.pack(callbacks.CHANNEL, place=place))
        rows.append((back,))
    html = f"{heading}\n{message.html}" if message.html else ""
    return replace(message, html=html, buttons=tuple(rows))


def _about(button: Button, place: int, words: Words) -> Button:
    pressed = callbacks.unpack(button.data or "") if button.data else None
    if pressed is None or pressed.verb in _NOT_ABOUT_ONE:
        return button
    text = button.text.replace(words.say("What you follow"), words.say("What it follows"))
    return Button(text, data=callbacks.pack(pressed.verb, *pressed.numbers, place=place))


_NOT_ABOUT_ONE = frozenset({callbacks.CHANNELS, callbacks.CONNECT})


def render_channels(channels: Sequence[ManagedChannel], words: Words) -> Message:
    """Return the list of the channels that a person manages, with the way to connect one more."""
    rows = [
        (
            Button(
                ("📣 " if channel.may_post else "⚠ ") + label(channel.title, _LABEL_LIMIT),
                data=callbacks.pack(callbacks.CHANNEL, place=channel.place),
            ),
        )
        for channel in channels
    ]
    heading, hint = words.say("Your channels"), words.say("Tap one to choose what it follows and how its posts look.")
    return Message(f"<b>{escape(heading)}</b>\n{escape(hint)}", buttons=(*rows, (_connect_button(words),)))


def render_channel(
    channel: ManagedChannel, followed: Sequence[Topic], total: int, options: Options, words: Words
) -> Message:
    """Return the screen of one channel.

    Args:
        channel: which.
        followed: the first of what it follows.
        total: how much it follows.
        options: how its news comes.
        words: the reader's language.
    """
    lines = [_followed_line(followed, total, words), _options_line(options, words)]
    if not channel.may_post:
        lines.append("⚠ " + words.say("I cannot post there now. Give me the right to post messages, and news goes on."))
    follow = Button("➕ " + words.say("Follow something"), data=callbacks.pack(callbacks.ASK_TOPIC))
    topics = Button("📋 " + words.say("What it follows"), data=callbacks.pack(callbacks.SUBSCRIPTIONS_PAGE, 0))
    sources = Button("📰 " + words.say("Sources"), data=callbacks.pack(callbacks.SOURCES_PAGE, 0))
    look = Button("⚙ " + words.say("How its news comes"), data=callbacks.pack(callbacks.OPTIONS, 0))
    language = Button("🌐 " + words.say("Language"), data=callbacks.pack(callbacks.LANGUAGES))
    post = Button("👁 " + words.say("Show me a post"), data=callbacks.pack(callbacks.SHOW_POST))
    part = Button("✕ " + words.say("Disconnect"), data=callbacks.pack(callbacks.DISCONNECT))
    others = Button("‹ " + words.say("Your channels"), data=callbacks.pack(callbacks.CHANNELS))
    rows = ((follow,), (topics, sources), (look,), (language, post), (part, others))
    shown = about_channel(Message("\n".join(map(escape, lines)), rows), channel.place, channel.title, words)
    return Message(shown.html, shown.buttons[: len(rows)])  # it is the channel's screen: no way back to it


def _followed_line(followed: Sequence[Topic], total: int, words: Words) -> str:
    if not total:
        return words.say("It follows nothing yet, so nothing is posted.")
    names = ", ".join(topic_name(topic) for topic in followed)
    more = total - len(followed)
    if more:
        return words.plural(
            "It follows {names} and {number} more.", "It follows {names} and {number} more.", more, names=names
        )
    return words.say("It follows {names}.", names=names)


def _options_line(options: Options, words: Words) -> str:
    told = [field for field in FIELDS if field.name in _TOLD_ON_HOME]
    if options.mode == "instant":
        told = [field for field in told if field.name != "schedule"]
    return words.say("Posts: {how}", how=" · ".join(field.show(getattr(options, field.name), words) for field in told))


def render_nothing_followed(words: Words) -> Message:
    """Return what is shown in place of a channel's empty list."""
    follow = Button("➕ " + words.say("Follow something"), data=callbacks.pack(callbacks.ASK_TOPIC))
    sources = Button("📰 " + words.say("Sources"), data=callbacks.pack(callbacks.SOURCES_PAGE, 0))
    return Message(escape(words.say("It follows nothing yet, so nothing is posted.")), buttons=((follow, sources),))


def render_question(channel: ManagedChannel, username: str, words: Words) -> str:
    """Return the HTML of the question what a channel is to follow; the link in it tells answers which channel is meant.

    Args:
        channel: which.
        username: the bot's.
        words: the reader's language.
    """
    name = (
        f'<a href="{escape(channel_link(username, channel.place))}">📣 {escape(cut(channel.title, _TITLE_LIMIT))}</a>'
    )
    text = words.say(
        "What should it follow? Reply to this message: a topic (North Korea), words (drone -football), a person "
        "(quotes: Zelenskyy), or the address of a site."
    )
    return f"<b>{name}</b>\n{escape(text)}"


def render_post_controls(channel: ManagedChannel, digest_id: int, topic_id: int, words: Words) -> Message:
    """Return what stands under a post that was shown: sending it to the channel, or going back.

    Args:
        channel: whose post it is.
        digest_id: what was shown.
        topic_id: what the channel follows that brings it; 0 where nothing does, so that it is an example alone.
        words: the reader's language.
    """
    sending = callbacks.pack(callbacks.SEND_POST, digest_id, topic_id)
    send = Button("📤 " + words.say("Post it in the channel"), data=sending)
    text = words.say("This is how its posts look. ⚙ changes it.")
    if not topic_id:
        text = words.say(
            "There is no story yet of what it follows. This one only shows how its posts look; ⚙ changes it."
        )
    look = Button("⚙ " + words.say("How its news comes"), data=callbacks.pack(callbacks.OPTIONS, 0))
    return about_channel(Message(escape(text), buttons=((send,), (look,))), channel.place, channel.title, words)


def render_parting(channel: ManagedChannel, words: Words) -> Message:
    """Return the question whether a channel is to be disconnected."""
    text = words.say(
        "Disconnect this channel? Nothing more is posted there; what it follows and its settings are forgotten, for "
        "all who manage it. This cannot be undone."
    )
    part = Button("✕ " + words.say("Disconnect"), data=callbacks.pack(callbacks.DISCONNECTED))
    return about_channel(Message(escape(text), buttons=((part,),)), channel.place, channel.title, words)


def render_parted(title: str, words: Words) -> Message:
    """Return the word that a channel is disconnected."""
    text = words.say(
        "{channel} is disconnected. I am still its administrator; remove me there if you like.", channel=title
    )
    others = Button("📣 " + words.say("Your channels"), data=callbacks.pack(callbacks.CHANNELS))
    return Message(escape(text), buttons=((others,),))


def render_obstacle(text: str, number: int | None, username: str, words: Words) -> Message:
    """Return why a channel cannot be connected, with the ways on.

    Args:
        text: what is missing, and what to do.
        number: Telegram's number of the channel, to try again; None where it is not known.
        username: the bot's, for the link that adds it to a channel.
        words: the reader's language.
    """
    add = Button(
        "📣 " + words.say("Add me to a channel"), url=f"https://t.me/{username}?startchannel&admin=post_messages"
    )
    again = (
        ()
        if number is None
        else (Button("↻ " + words.say("Try again"), data=callbacks.pack(callbacks.CONNECT, number)),)
    )
    return Message(escape(text), buttons=((add, *again),))


def _connect_button(words: Words) -> Button:
    return Button("➕ " + words.say("Connect a channel"), data=callbacks.pack(callbacks.CONNECT))
