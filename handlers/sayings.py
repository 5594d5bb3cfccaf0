"""Sentences that several commands say of following and leaving topics."""

from bot.messages.catalogue import Words
from bot.messages.lists import topic_name
from bot.models import Topic
from bot.services import Services
from handlers.visits import Visit


def only_admins(here: Visit) -> str:
    """Say that members cannot change what a group follows."""
    return here.words.say("In a group only its admins choose what it follows.")


def followed_now(here: Visit, topic: Topic) -> str:
    """Say that a topic is followed from now on."""
    name = topic_name(topic)
    if here.remote:
        return here.words.say("✓ {channel} now follows {topic}.", channel=here.chat.title, topic=name)
    return here.words.say("✓ You now follow {topic}. Its news will come here.", topic=name)


def unfollowed_now(here: Visit, topic: Topic) -> str:
    """Say that a topic is no longer followed."""
    name = topic_name(topic)
    if here.remote:
        return here.words.say("{channel} no longer follows {topic}.", channel=here.chat.title, topic=name)
    return here.words.say("You no longer follow {topic}.", topic=name)


def links_used_up(services: Services, words: Words) -> str:
    """Say that a person has no link left today."""
    return words.plural(
        "I read {number} link a day for each person (a long text counts as one), "
        "and today's is used up. For now: /recent",
        "I read {number} links a day for each person (a long text counts as one), "
        "and today's are used up. For now: /recent",
        services.settings.links_per_day,
    )
