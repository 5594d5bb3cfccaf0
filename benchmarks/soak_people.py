"""Who lives in the soak's world and what happens there: 300 stories a day, and with each somebody new comes by."""

import asyncio
import random
from collections.abc import Iterator, Mapping
from itertools import count, islice
from typing import Any

from benchmarks.soak_clock import DAY, FastClock
from bot.options import Choices, Length, Mode, Picture, Quiet, Schedule, document_of
from bot.playground.news import SampleNews
from bot.playground.server import BotApiServer
from bot.playground.world.chats import User

STORIES_A_DAY = 300
_STAYS = 30  # visitors until this one blocks the bot
_WAYS = (
    Choices(),
    Choices(mode=Mode.DIGEST, schedule=Schedule((8 * 60, 18 * 60))),
    Choices(quiet=Quiet(22 * 60, 7 * 60)),
    Choices(mode=Mode.DIGEST, schedule=Schedule(every_hours=6), length=Length.HEADLINE),
    Choices(max_per_hour=3, length=Length.FULL),
    Choices(mode=Mode.DIGEST, schedule=Schedule(weekdays_only=True)),
    Choices(without_words=("bridge", "міст", "мост"), picture=Picture.PHOTO),
    Choices(languages=("uk",), silent=True),
)
_SAYINGS = (
    "/subscribe energy",
    "/recent",
    "/subscriptions",
    "/sources",
    "/settings",
    "/search bridge",
    "/saved",
    "/help",
    "/export",
    "/delete_me",
    "hello",
)
_ODD = ("gone", "paywall", "empty", "picture.png", "paper.pdf", "home", "loop", "old-charset")


def readers(server: BotApiServer) -> list[Mapping[str, Any]]:
    """Let chats come that stay for the week, and return how each follows all the news."""
    people = [server.add_user(f"Reader {number}") for number in range(2 * len(_WAYS))]
    group = server.add_group("Newsroom", *people, supergroup=True)
    ways = [(user.id, "private", _WAYS[place % len(_WAYS)]) for place, user in enumerate(people)]
    ways.append((group.id, "supergroup", Choices()))
    return [
        {"id": number, "kind": kind, "language": language, "choices": document_of(choices)}
        for (number, kind, choices), language in zip(ways, _languages(), strict=False)
    ]


async def live(server: BotApiServer, news: SampleNews, clock: FastClock, days: float) -> None:
    """Let days pass; what is late is made up for, so that each day has its stories."""
    chance, visitors = random.Random(7), list[User]()  # noqa: S311  a world that can be repeated
    for number, language in islice(enumerate(_languages()), round(days * STORIES_A_DAY)):
        await asyncio.sleep(clock.real(number * DAY / STORIES_A_DAY - clock.passed.total_seconds()))
        news.publish_next()
        visitors.append(server.add_user(f"Visitor {number}", language=language))
        _come(server, news, visitors[-1], number, chance)
        if number >= _STAYS:
            _press(server, visitors[-_STAYS // 2], chance)
            server.block(visitors[-_STAYS])


def _come(server: BotApiServer, news: SampleNews, me: User, number: int, chance: random.Random) -> None:
    """A new person starts the bot, sends two links, and says one other thing."""
    odd, saying = _ODD[number % len(_ODD)], _SAYINGS[number % len(_SAYINGS)]
    story = news.address(chance.choice(news.items()))
    for text in ("/start", story, f"{news.url}/{odd}", saying):
        server.send_text(me, me, text)
    server.inline_query(me, "bridge")


def _press(server: BotApiServer, person: User, chance: random.Random) -> None:
    """Somebody who came earlier presses a button."""
    offered = [(message, button) for message in server.bot_messages(person) for button in message.buttons]
    pressable = [one for one in offered if one[1].data is not None]
    if pressable:
        message, button = chance.choice(pressable)
        server.press(message, button)


def _languages() -> Iterator[str]:
    return (("en", "uk", "ru")[number % 3] for number in count())
