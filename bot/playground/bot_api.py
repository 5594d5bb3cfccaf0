"""A strict local Bot API server: the door of this room for tests, the demo and benchmarks."""

from bot.playground.api_errors import ApiError, bad_request, forbidden, too_many_requests, wrong_gateway
from bot.playground.faults import Fault
from bot.playground.formatting.text import Entity, FormattedText, utf16_length
from bot.playground.limits import NO_LIMITS, Limits
from bot.playground.server import ApiRequest, BotApiServer
from bot.playground.world.chats import Chat, Topic, User
from bot.playground.world.messages import ApiButton, StoredMessage
from bot.playground.world.queries import InlineQuery, Press
from bot.playground.world.state import WorldOptions

__all__ = [
    "NO_LIMITS",
    "ApiButton",
    "ApiError",
    "ApiRequest",
    "BotApiServer",
    "Chat",
    "Entity",
    "Fault",
    "FormattedText",
    "InlineQuery",
    "Limits",
    "Press",
    "StoredMessage",
    "Topic",
    "User",
    "WorldOptions",
    "bad_request",
    "forbidden",
    "too_many_requests",
    "utf16_length",
    "wrong_gateway",
]
