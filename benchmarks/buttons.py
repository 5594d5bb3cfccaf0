"""How long buttons take: a person of the demo says every command, opens links, and presses every button there is.

    python -m benchmarks.buttons [--each 8]

Prints the median, the 95th percentile and the longest time until the spinner stops, and until what the button changes
is there; and every answer that leaves a person without a way on.
"""

import argparse
import asyncio
import re
import statistics
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from bot.commands.demo import real_bot
from bot.playground.bot_api import BotApiServer, StoredMessage, User
from bot.playground.demo import Surroundings, playground, samples
from bot.playground.world.messages import ApiButton, Content
from handlers import menu

QUIET = 0.25
"""Seconds without a change after which a press is taken to be done with. Ours; it is not part of what is measured."""

LEFT_OUT = frozenset({"forget", "tellall"})
"""Buttons that end the walk or disturb everybody: deleting all, words to all."""

COMMAND = re.compile(r"(?<![\w/])/[a-z_]+")
"""A command that is named in a sentence; not the path of an address."""
_SPINNER_SECONDS = 15.0
_PATIENCE = 60.0


@dataclass
class Walk:
    """What a walk found.

    Attributes:
        answered: seconds until the spinner stopped, with the button that was pressed.
        changed: seconds until the last change that followed, with the button.
        said: how many things the person said.
        pressed: what was pressed, by verb.
    """

    answered: list[tuple[float, str]] = field(default_factory=list)
    changed: list[tuple[float, str]] = field(default_factory=list)
    said: int = 0
    pressed: Counter[str] = field(default_factory=Counter)


class Walker:
    """A person who tries everything.

    Args:
        telegram: where.
        user: who.
        each: buttons of one verb that are pressed, at most.
    """

    def __init__(self, telegram: BotApiServer, user: User, *, each: int) -> None:
        self._telegram = telegram
        self._user = user
        self._each = each
        self._seen: set[str] = set()
        self.walk = Walk()

    async def say(self, text: str) -> None:
        """Write something, wait for the answer, and press all its buttons, and theirs."""
        before = len(self._messages())
        self._telegram.send_text(self._user, self._user, text)
        self.walk.said += 1
        await self._telegram.wait_for(lambda: self._has_answered(before), seconds=_PATIENCE)
        await self._follow(self._messages()[before:])

    def dead_ends(self) -> list[str]:
        """Return every text of the bot, each state of each message, that has neither a button nor a command."""
        states = (state for message in self._messages() for state in (*message.history, message.content))
        return [state.body.text for state in states if not _has_way_on(state)]

    async def _follow(self, messages: Sequence[StoredMessage]) -> None:
        waiting = deque(messages)
        while waiting:
            message = waiting.popleft()
            while button := self._next_button(message):
                waiting.extend(await self._press(message, button))

    def _next_button(self, message: StoredMessage) -> ApiButton | None:
        for button in message.buttons:
            verb = (button.data or "").partition(":")[0]
            if not button.data or button.data in self._seen or verb in LEFT_OUT:
                continue
            if self.walk.pressed[verb] < self._each:
                self._seen.add(button.data)
                self.walk.pressed[verb] += 1
                return button
        return None

    async def _press(self, message: StoredMessage, button: ApiButton) -> Sequence[StoredMessage]:
        """Press a button and return the new messages that it brought."""
        before, label = len(self._messages()), f"{button.text} ({button.data})"
        started = time.perf_counter()
        press = self._telegram.press(message, button, self._user)
        await self._telegram.wait_for(lambda: press.answered, seconds=_SPINNER_SECONDS)
        self.walk.answered.append((time.perf_counter() - started, label))
        last = await self._until_quiet()
        if last is not None:
            self.walk.changed.append((last - started, label))
        return self._messages()[before:]

    async def _until_quiet(self) -> float | None:
        """Wait until nothing changes any more, and return when the last change came."""
        last = None
        state = self._state()
        with suppress(TimeoutError):
            while True:
                await self._telegram.wait_for(lambda known=state: self._state() != known, seconds=QUIET)
                last, state = time.perf_counter(), self._state()
        return last

    def _state(self) -> tuple[int, int]:
        messages = self._messages()
        return len(messages), sum(len(message.history) for message in messages)

    def _has_answered(self, before: int) -> bool:
        new = self._messages()[before:]
        return bool(new) and not any(message.text.startswith("⏳") for message in new)

    def _messages(self) -> list[StoredMessage]:
        return self._telegram.bot_messages(self._user)


def _has_way_on(state: Content) -> bool:
    keyboard = any((state.markup or {}).get(name) for name in ("inline_keyboard", "keyboard", "force_reply"))
    text = state.body.text
    return keyboard or bool(COMMAND.search(text)) or text.startswith("⏳") or _continues(state)


def _continues(state: Content) -> bool:
    """Say whether a message only goes on with the one before: the whole text behind a push; a file."""
    whole = any(entity.type == "expandable_blockquote" for entity in state.body.entities)
    return whole or (state.media is not None and state.media.field == "document")


def things_to_say(world: Surroundings) -> Iterator[str]:
    """Yield what a person may say: each command with and without words, links that work and links that do not."""
    yield "/start"
    for sample in samples(world.news):
        yield sample.text.removeprefix("{read}")
    for name in menu():
        if name not in {"delete_me", "broadcast"}:
            yield f"/{name}"
    yield from (
        "/subscribe nobody writes of this",
        "/subscribe quotes: Sorvyn",
        "/unsubscribe energy",
        "/unsubscribe x",
    )
    yield from ("/search bridge", "/search zzzz", "/recent zzzz", "/add nonsense", "/nonsense", "hello", "/today")


async def measure(each: int) -> Walker:
    """Walk through a demo and return the walker."""
    async with playground(story_seconds=None) as world, real_bot(world):
        walker = Walker(world.server, world.me, each=each)
        for text in things_to_say(world):
            await walker.say(text)
        return walker


def main() -> None:
    """Walk and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=8, help="buttons of one verb that are pressed, at most")
    walker = asyncio.run(measure(parser.parse_args().each))
    walk = walker.walk
    print(f"{walk.said} things said, {len(walk.answered)} buttons pressed: {dict(walk.pressed)}")
    for name, taken in (("spinner stops", walk.answered), ("change is there", walk.changed)):
        seconds = sorted(one for one, _ in taken)
        p95 = seconds[max(0, round(0.95 * len(seconds)) - 1)]
        longest = max(taken)
        print(
            f"{name}: median {statistics.median(seconds) * 1000:.0f} ms, 95 % {p95 * 1000:.0f} ms, "
            f"longest {longest[0] * 1000:.0f} ms at {longest[1]}"
        )
    for text in walker.dead_ends():
        print("NO WAY ON:", text[:300].replace("\n", " / "))


if __name__ == "__main__":
    main()
