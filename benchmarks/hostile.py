"""How long people wait while strangers send hostile pages: `python -m benchmarks.hostile`.

The whole bot runs against the local Bot API server. Person after person sends /start: first alone, then while the
pages of tests/reading/test_hostile_pages.py are sent as links, one after the other without a pause, so that every
reading worker is busy with one of them. The target is 200 ms; the bot, its workers, Telegram and the site share the
machine, so that the number alone, without load, is the measure of the machine.
"""

import argparse
import asyncio
import statistics
import tempfile
import time

from bot.app import running
from bot.playground.bot_api import NO_LIMITS, BotApiServer, User
from config.settings import Settings
from tests.reading.test_hostile_pages import HOSTILE
from tests.site import Answer, LocalSite

PAUSE = 0.1


async def start_once(telegram: BotApiServer, user: User) -> float:
    """Send /start and return the milliseconds until its answer is there."""
    place = telegram.private_chat(user)
    before, begun = len(telegram.bot_messages(place)), time.perf_counter()
    telegram.send_text(user, place, "/start")
    await telegram.wait_for(lambda: len(telegram.bot_messages(place)) > before, seconds=60)
    return (time.perf_counter() - begun) * 1_000


async def starts(telegram: BotApiServer, ended: asyncio.Event) -> list[float]:
    """Send /start, each from another person, until told to stop."""
    times = []
    while not ended.is_set():
        # Somebody else each time: one chat gets no more than a message a second.
        times.append(await start_once(telegram, telegram.add_user()))
        await asyncio.sleep(PAUSE)
    return times


async def send_hostile_links(telegram: BotApiServer, site: LocalSite, seconds: float) -> int:
    """Send the links from two strangers for some time, and wait until each has its answer; returns how many."""
    deadline, sent = time.monotonic() + seconds, 0
    names = list(HOSTILE)

    async def stranger(first: int) -> None:
        nonlocal sent
        user = telegram.add_user()
        place = telegram.private_chat(user)
        for turn in range(first, 10_000, 2):
            if time.monotonic() > deadline:
                return
            before = len(telegram.bot_messages(place))
            telegram.send_text(user, place, f"{site.url}/{names[turn % len(names)].replace(' ', '-')}")

            def answered(before: int = before) -> bool:
                new = telegram.bot_messages(place)[before:]
                return bool(new) and not any(message.text.startswith("⏳") for message in new)

            await telegram.wait_for(answered, seconds=120)
            sent += 1

    await asyncio.gather(stranger(0), stranger(1))
    return sent


def told(name: str, times: list[float]) -> None:
    """Print one line."""
    ordered = sorted(times)
    high = ordered[int(len(ordered) * 0.95)]
    print(
        f"{name}: {len(times)} times /start, median {statistics.median(times):.0f} ms, 95 % within {high:.0f} ms, "
        f"longest {ordered[-1]:.0f} ms",
        flush=True,
    )


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=40.0)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        async with BotApiServer(limits=NO_LIMITS) as telegram, LocalSite() as site:
            for name, make in HOSTILE.items():
                site.put(f"/{name.replace(' ', '-')}", Answer(make()))
            settings = Settings(
                token=telegram.token,
                api_url=telegram.url,
                allow_loopback=True,
                database_url=f"sqlite+aiosqlite:///{folder}/bot.db",
            )
            async with running(settings, sources=()):
                ended = asyncio.Event()
                alone = asyncio.create_task(starts(telegram, ended))
                await asyncio.sleep(seconds / 4)
                ended.set()
                told("alone", await alone)
                ended = asyncio.Event()
                meanwhile = asyncio.create_task(starts(telegram, ended))
                sent = await send_hostile_links(telegram, site, seconds)
                ended.set()
                told(f"while {sent} hostile links are answered", await meanwhile)


if __name__ == "__main__":
    asyncio.run(main())
