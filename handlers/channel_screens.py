"""The screens of channels, filled from the store."""

from bot.messages.catalogue import Words
from bot.messages.channels import ManagedChannel, render_channel, render_channels
from bot.models import Message
from bot.options import effective
from bot.services import Services
from bot.store import Chat, ChatState
from handlers.visits import Visit

_FOLLOWED_SHOWN = 5


def managed(channel: Chat) -> ManagedChannel:
    """Return a channel as its screens show it."""
    return ManagedChannel(channel.id, channel.title, may_post=channel.state is ChatState.ACTIVE)


async def channel_screen(services: Services, here: Visit) -> Message:
    """Return the screen of the channel that a remote visit is about."""
    channel, store = here.chat, services.store
    rows = await store.subscriptions.list(channel.id, limit=_FOLLOWED_SHOWN)
    total = await store.subscriptions.count(channel.id)
    options = effective(channel.choices)
    return render_channel(managed(channel), [row.topic for row in rows], total, options, here.words)


async def channel_list(services: Services, person: int, words: Words) -> Message | None:
    """Return the list of the channels that a person manages; None where there are none."""
    channels = await services.store.connections.of_person(person)
    return render_channels([managed(channel) for channel in channels], words) if channels else None
