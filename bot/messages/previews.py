"""What following something would bring: its last stories, and buttons to commit oneself or not."""

from collections.abc import Sequence

from bot.messages import callbacks, times
from bot.messages.catalogue import Words, sentence
from bot.messages.lists import Headline, topic_name
from bot.messages.markup import cut, escape, visible
from bot.messages.reader import Reader
from bot.models import Button, Message, Topic, TopicKind

_HEADLINE_LIMIT = 150
_LABEL_LIMIT = 40

_EXPLAINED = {
    TopicKind.TAG: sentence("Stories with this tag."),
    TopicKind.QUERY: sentence("Stories with these words, in every form of them."),
    TopicKind.PERSON: sentence("Stories that quote this person, in every spelling I know."),
    TopicKind.AUTHOR: sentence("Stories by this author."),
    TopicKind.SOURCE: sentence("Everything that this source publishes."),
}


def render_preview(
    topic: Topic, topic_id: int, stories: Sequence[Headline], meant: Sequence[tuple[int, Topic]], reader: Reader
) -> Message:
    """Return the message that shows what a topic would bring, before it is followed.

    Args:
        topic: what is to be followed.
        topic_id: its number.
        stories: the last that it would have brought, newest first.
        meant: topics that may have been meant instead, with their numbers.
        reader: who reads it.
    """
    words = reader.words
    blocks = [f"<b>{escape(topic_name(topic))}</b>\n{escape(words.say(_EXPLAINED[topic.kind]))}"]
    blocks.append(_lately(stories, reader))
    if meant:
        blocks.append(escape(words.say("Did you mean one of these?")))
    commit = (
        Button("✓ " + words.say("Follow"), data=callbacks.pack(callbacks.FOLLOW, topic_id)),
        Button(words.say("Cancel"), data=callbacks.pack(callbacks.CANCEL)),
    )
    return Message("\n\n".join(blocks), buttons=(*_meant_rows(meant), commit))


def render_followed(text: str, topic_id: int, stories: Sequence[Headline], reader: Reader) -> Message:
    """Return the message that says that a topic is followed now, with what it brought lately and the ways on.

    Args:
        text: the sentence that says so.
        topic_id: the topic's number.
        stories: its last stories, newest first; none where none are known.
        reader: who reads it.
    """
    blocks = [escape(text), *([_lately(stories, reader)] if stories else [])]
    return Message("\n\n".join(blocks), buttons=(_ways_on(topic_id, reader.words),))


def render_left(text: str, topic_id: int, words: Words) -> Message:
    """Return the message that says that a topic is no longer followed, with the way back."""
    again = Button("↩ " + words.say("Follow again"), data=callbacks.pack(callbacks.FOLLOW, topic_id))
    return Message(escape(text), buttons=((again, _what_is_followed(words)),))


def render_meant(text: str, meant: Sequence[tuple[int, Topic]], verb: str, words: Words) -> Message:
    """Return a sentence with buttons for what may have been meant.

    Args:
        text: the sentence.
        meant: topics with their numbers.
        verb: what a button does with its topic; one of bot.messages.callbacks.
        words: the reader's language.
    """
    return Message(escape(text), buttons=(*_meant_rows(meant, verb), (_what_is_followed(words),)))


def _lately(stories: Sequence[Headline], reader: Reader) -> str:
    if not stories:
        return escape(reader.words.say("Recent news has nothing on this; new stories will come."))
    heading = reader.words.say("Lately:")
    lines = [f"<b>{escape(heading)}</b>"]
    for story in stories:
        when = times.moment(story.published, reader.words, reader.zone, reader.now)
        title = escape(cut(visible(story.title) or story.url, _HEADLINE_LIMIT))
        lines.append(f'• <a href="{escape(story.url)}">{title}</a> <i>{escape(when)}</i>')
    return "\n".join(lines)


def _meant_rows(meant: Sequence[tuple[int, Topic]], verb: str = callbacks.PREVIEW) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (Button(cut(topic_name(topic), _LABEL_LIMIT), data=callbacks.pack(verb, number)),) for number, topic in meant
    )


def _ways_on(topic_id: int, words: Words) -> tuple[Button, ...]:
    undo = Button("↩ " + words.say("Undo"), data=callbacks.pack(callbacks.UNFOLLOW, topic_id))
    return (undo, _what_is_followed(words))


def _what_is_followed(words: Words) -> Button:
    return Button("📋 " + words.say("What you follow"), data=callbacks.pack(callbacks.SUBSCRIPTIONS_PAGE, 0))
