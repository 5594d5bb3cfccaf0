"""Workers are ready for feeds before the first one comes, and carry nothing that they never use."""

from bot.feeds.warm import JOBS, warm_up
from bot.reading import read_in_worker
from bot.reading.worker import ReadingPool
from config.settings import Settings
from tests.reading import jobs

_BOT_ONLY = {"sqlalchemy", "httpcore", "aiohttp", "telegram", "pydantic_settings"}


async def test_the_first_feed_finds_its_reader_imported() -> None:
    """A worker that has just started knows every job's module: under load, imports would pass a feed's deadline."""
    pool = ReadingPool(Settings(_env_file=None, reading_workers=1, reading_timeout=30), prepare=warm_up)
    await pool.start()
    try:
        known = await pool.run(jobs.modules, url="test:modules")
    finally:
        await pool.stop()
    assert {job.__module__ for job in (*JOBS, read_in_worker)} | {"feedparser", "bot.reading.pipeline"} <= known
    assert not known & _BOT_ONLY
