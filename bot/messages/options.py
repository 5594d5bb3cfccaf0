"""The screens of options: all of them with what holds now, and one with the values to choose from."""

from dataclasses import dataclass

from bot.messages import callbacks
from bot.messages.catalogue import Words
from bot.messages.markup import cut, escape
from bot.messages.option_fields import FIELDS, Field
from bot.messages.reader import Reader
from bot.models import Button, Message
from bot.options import Choices, Options, effective

INHERITED = -1
"""The number of the value "as in the chat"."""

_LABEL_LIMIT = 60
_ZONE = len(FIELDS)  # the number of the time zone, which is the chat's alone


@dataclass(frozen=True)
class Scope:
    """What the options are of.

    Attributes:
        topic_id: of a subscription; 0 for the chat itself.
        name: the topic as it is shown; "" for the chat.
        chat: what the chat says.
        own: what the subscription says; nothing for the chat.
        paused: whether nothing comes now.
    """

    topic_id: int
    name: str
    chat: Choices
    own: Choices = Choices()  # noqa: RUF009  frozen
    paused: bool = False

    @property
    def options(self) -> Options:
        """Return what holds."""
        return effective(self.chat, self.own)

    @property
    def said(self) -> Choices:
        """Return what is said here."""
        return self.own if self.topic_id else self.chat


def render_options(scope: Scope, reader: Reader, *, members: bool | None = None) -> Message:
    """Return the screen of all options: a button each, with what holds now.

    Args:
        scope: what they are of.
        reader: who reads it.
        members: of a group: whether all its members may change what it follows; None elsewhere.
    """
    words = reader.words
    heading = (
        words.say("How news of {topic} comes", topic=scope.name) if scope.topic_id else words.say("How news comes")
    )
    hint = words.say("Tap what you want to change.")
    if scope.paused:
        hint = words.say("Paused: nothing comes until you resume it.")
    rows = [
        (Button(_line(field, scope, words), data=callbacks.pack(callbacks.OPTIONS, scope.topic_id, number)),)
        for number, field in enumerate(FIELDS)
    ]
    rows.append((_pause(scope, words),))
    if scope.topic_id:
        stop = Button(
            "✕ " + words.say("Stop following"), data=callbacks.pack(callbacks.REMOVE_SUBSCRIPTION, scope.topic_id, 0)
        )
        back = Button("‹ " + words.say("What you follow"), data=callbacks.pack(callbacks.SUBSCRIPTIONS_PAGE, 0))
        rows += [(stop,), (back,)]
    else:
        rows.append((Button(_zone_line(reader), data=callbacks.pack(callbacks.OPTIONS, 0, _ZONE)),))
    if members is not None and not scope.topic_id:
        who = words.say("all members") if members else words.say("admins only")
        text = words.say("Who chooses here") + f": {who}"
        rows.append((Button(text, data=callbacks.pack(callbacks.MEMBERS, int(not members))),))
    return Message(f"<b>{escape(heading)}</b>\n{escape(hint)}", buttons=tuple(rows))


def _pause(scope: Scope, words: Words) -> Button:
    label = "▶ " + words.say("Resume") if scope.paused else "⏸ " + words.say("Pause")
    return Button(label, data=callbacks.pack(callbacks.PAUSE, scope.topic_id, int(not scope.paused)))


def render_field(number: int, scope: Scope, reader: Reader) -> Message:
    """Return the screen of one option: its values, the one that holds marked.

    Args:
        number: the option's place in FIELDS, or the time zone's.
        scope: what it is of.
        reader: who reads it.
    """
    words = reader.words
    if number == _ZONE:
        return _render_zone(reader)
    field = FIELDS[number]
    values = [(index, value, field.show(value, words)) for index, value in enumerate(field.ready)]
    now, said = getattr(scope.options, field.name), getattr(scope.said, field.name) is not None
    rows = [
        _choice(_marked(text, chosen=value == now and (said or not scope.topic_id)), scope.topic_id, number, index)
        for index, value, text in values
    ]
    if scope.topic_id:
        of_chat = field.show(getattr(effective(scope.chat), field.name), words)
        text = words.say("as in the chat: {value}", value=of_chat)
        rows.append(_choice(_marked(text, chosen=not said), scope.topic_id, number, INHERITED))
    rows.append((Button("‹ " + words.say("Back"), data=callbacks.pack(callbacks.OPTIONS, scope.topic_id)),))
    lines = [f"<b>{escape(_line(field, scope, words))}</b>", escape(words.say(field.prompt) if field.prompt else "")]
    return Message("\n".join(filter(None, lines)), buttons=tuple(rows))


def is_zone(number: int) -> bool:
    """Say whether an option's number is that of the time zone."""
    return number == _ZONE


_ZONES = ("Europe/Kyiv", "Europe/Warsaw", "Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tbilisi")


def zone_of(index: int) -> str | None:
    """Return the zone that a button stands for."""
    return _ZONES[index] if 0 <= index < len(_ZONES) else None


def _render_zone(reader: Reader) -> Message:
    words = reader.words
    rows = [
        _choice(_marked(name, chosen=name == reader.zone.key), 0, _ZONE, index) for index, name in enumerate(_ZONES)
    ]
    rows.append((Button("‹ " + words.say("Back"), data=callbacks.pack(callbacks.OPTIONS, 0)),))
    prompt = words.say("For another one, reply to this message with its name: Europe/Lisbon")
    return Message(f"<b>{escape(_zone_line(reader))}</b>\n{escape(prompt)}", buttons=tuple(rows))


def _zone_line(reader: Reader) -> str:
    return reader.words.say("Time zone") + f": {reader.zone.key}"


def _choice(text: str, topic_id: int, number: int, index: int) -> tuple[Button, ...]:
    return (Button(text, data=callbacks.pack(callbacks.OPTIONS, topic_id, number, index)),)


def _line(field: Field, scope: Scope, words: Words) -> str:
    value = field.show(getattr(scope.options, field.name), words)
    return cut(f"{words.say(field.title)}: {value}", _LABEL_LIMIT)


def _marked(text: str, *, chosen: bool) -> str:
    return "✓ " + text if chosen else text
