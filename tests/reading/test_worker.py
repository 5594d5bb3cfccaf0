"""The pool of reading processes, with real processes."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import NotAnArticle, ReadingCrashed, ReadingTimeout
from bot.reading import read
from bot.reading.worker import ReadingPool
from bot.reading.worker_process import sample_pages
from config.settings import Settings
from tests.reading import jobs

URL = "https://news.example/story"
DEADLINE = 30.0  # so generous that a busy machine does not reach it


def settings(**choices: object) -> Settings:
    """Return settings for two patient workers, but for these choices."""
    return Settings(_env_file=None, **{"reading_workers": 2, "reading_timeout": DEADLINE} | choices)  # type: ignore[arg-type]


@pytest.fixture
async def pool() -> AsyncIterator[ReadingPool]:
    """Run a pool for one test."""
    made = ReadingPool(settings(), prepare=jobs.nothing)
    await made.start()
    yield made
    await made.stop()


def gone(process_id: int) -> bool:
    """Say whether no such process lives; a child that nobody waited for would still be there as a zombie."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


async def test_a_job_runs_in_another_process(pool: ReadingPool) -> None:
    """A job's result comes back from one of the pool's processes."""
    assert await pool.run(jobs.double, 21, url=URL) == 42
    assert await pool.run(jobs.process_id, url=URL) in pool.process_ids


async def test_workers_end_where_processes_have_no_descriptors(monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS, and in containers that forbid pidfd_open, a hung worker is ended by its number and replaced."""
    monkeypatch.delattr("os.pidfd_open")
    pool = ReadingPool(settings(reading_workers=1), prepare=jobs.nothing)
    await pool.start()
    [hung] = pool.process_ids
    with pytest.raises(ReadingTimeout):
        await pool.run(jobs.spin, url=URL, deadline=0.2)
    assert gone(hung)
    assert await pool.run(jobs.double, 21, url=URL) == 42
    await pool.stop()


async def test_workers_are_reused(pool: ReadingPool) -> None:
    """Twenty jobs need no more processes than the pool has."""
    seen = {await pool.run(jobs.process_id, url=URL) for _ in range(20)}
    assert seen <= set(pool.process_ids)


async def test_large_arguments_and_answers_pass(pool: ReadingPool) -> None:
    """A page of the largest allowed size goes through, and so does a large answer."""
    assert await pool.run(jobs.length, bytes(8_000_000), url=URL) == 8_000_000
    assert len(await pool.run(jobs.repeat, "слово ", 500_000, url=URL)) == 3_000_000


async def test_errors_of_ours_arrive_as_they_are(pool: ReadingPool) -> None:
    """A typed error keeps its type and details on the way through the pipe, and its worker lives on."""
    before = pool.process_ids
    with pytest.raises(NotAnArticle) as caught:
        await pool.run(jobs.refuse, URL, url=URL)
    assert caught.value.details == {"url": URL}
    assert pool.process_ids == before


async def test_an_unexpected_error_is_logged(pool: ReadingPool, caplog: pytest.LogCaptureFixture) -> None:
    """A bug becomes ReadingCrashed for the person and a traceback for the operator."""
    with caplog.at_level(logging.ERROR), pytest.raises(ReadingCrashed):
        await pool.run(jobs.stumble, url=URL)
    assert "ZeroDivisionError: a bug" in caplog.text
    assert URL in caplog.text


async def test_an_answer_that_cannot_be_pickled_is_a_crash(pool: ReadingPool) -> None:
    """A result that cannot cross the border costs one answer and no worker."""
    before = pool.process_ids
    with pytest.raises(ReadingCrashed):
        await pool.run(jobs.unpicklable, url=URL)
    assert pool.process_ids == before


async def test_prints_do_not_disturb_the_answers(pool: ReadingPool) -> None:
    """What a library prints goes to the log's side, not between the answers."""
    assert await pool.run(jobs.chatter, url=URL) == "quiet"
    assert await pool.run(jobs.double, 2, url=URL) == 4


@pytest.mark.parametrize("death", [(jobs.leave, 3), (jobs.leave, 0), (jobs.segfault,)])
async def test_a_worker_that_dies_costs_one_answer(
    pool: ReadingPool, death: tuple[object, ...], tmp_path: Path
) -> None:
    """However a worker dies, its job ends with ReadingCrashed and the pool goes on with as many workers."""
    with pytest.raises(ReadingCrashed) as caught:
        await pool.run(*death, url=URL)  # type: ignore[arg-type]
    assert caught.value.details == {"url": URL}
    assert await asyncio.gather(*(pool.run(jobs.double, n, url=URL) for n in range(6))) == [0, 2, 4, 6, 8, 10]
    os.mkfifo(tmp_path / "pipe")
    await asyncio.gather(*(pool.run(jobs.meet, tmp_path / "pipe", mode, url=URL) for mode in ("rb", "wb")))
    assert len(pool.process_ids) == 2


async def test_a_worker_that_hangs_is_ended_and_others_go_on(pool: ReadingPool) -> None:
    """While one job spins until its deadline, the other worker answers; then the hung process is gone."""
    first = set(pool.process_ids)
    hung = asyncio.create_task(pool.run(jobs.spin, url=URL, deadline=4.0))
    assert await asyncio.gather(*(pool.run(jobs.double, n, url=URL) for n in range(3))) == [0, 2, 4]
    assert not hung.done()
    with pytest.raises(ReadingTimeout) as caught:
        await hung
    assert caught.value.details == {"url": URL, "seconds": 4.0}
    assert await asyncio.gather(*(pool.run(jobs.double, n, url=URL) for n in range(3))) == [0, 2, 4]
    lost = first - set(pool.process_ids)
    assert len(lost) == 1
    assert gone(lost.pop())


async def test_a_worker_that_bloats_is_ended() -> None:
    """A job that takes memory without end meets the ceiling long before its deadline; the next one is answered."""
    pool = ReadingPool(settings(reading_workers=1, reading_memory_bytes=300_000_000), prepare=jobs.nothing)
    await pool.start()
    try:
        with pytest.raises(ReadingCrashed):
            await pool.run(jobs.allocate, url=URL)
        assert await pool.run(jobs.double, 4, url=URL) == 8
    finally:
        await pool.stop()


async def test_a_cancelled_caller_frees_the_worker() -> None:
    """Nobody waits for a job that nobody wants any more."""
    pool = ReadingPool(settings(reading_workers=1), prepare=jobs.nothing)
    await pool.start()
    try:
        unwanted = asyncio.create_task(pool.run(jobs.spin, url=URL))
        waiting = asyncio.create_task(pool.run(jobs.double, 5, url=URL))
        await asyncio.sleep(0)
        unwanted.cancel()
        assert await waiting == 10
        with pytest.raises(asyncio.CancelledError):
            await unwanted
    finally:
        await pool.stop()


async def test_jobs_are_taken_in_the_order_they_came() -> None:
    """A busy pool is a queue, not a lottery."""
    pool = ReadingPool(settings(reading_workers=1), prepare=jobs.nothing)
    await pool.start()
    finished: list[int] = []

    async def job(number: int) -> None:
        await pool.run(jobs.double, number, url=URL)
        finished.append(number)

    try:
        await asyncio.gather(*(job(number) for number in range(12)))
    finally:
        await pool.stop()
    assert finished == list(range(12))


async def test_a_worn_worker_is_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its share of jobs a worker makes place for a fresh one, and nobody notices."""
    monkeypatch.setattr("bot.reading.worker._JOBS_PER_WORKER", 3)
    pool = ReadingPool(settings(reading_workers=1), prepare=jobs.nothing)
    await pool.start()
    try:
        seen = [await pool.run(jobs.process_id, url=URL) for _ in range(6)]
    finally:
        await pool.stop()
    assert [seen.count(process_id) for process_id in dict.fromkeys(seen)] == [3, 3]
    assert all(gone(process_id) for process_id in seen)


async def test_a_worker_that_died_idle_is_replaced_unseen() -> None:
    """A worker that the system ended between two jobs costs no answer."""
    pool = ReadingPool(settings(reading_workers=1), prepare=jobs.nothing)
    await pool.start()
    try:
        (victim,) = pool.process_ids
        os.kill(victim, signal.SIGKILL)
        child = pool._workers[0]._child
        assert child is not None
        assert await child.channel._reader.read() == b""  # until the loop has heard of it
        assert await pool.run(jobs.double, 6, url=URL) == 12
    finally:
        await pool.stop()


async def test_the_process_that_workers_come_from_is_replaced_too() -> None:
    """When the system ends the nursery, jobs go on; the next worker that is needed comes from a new one."""
    pool = ReadingPool(settings(reading_workers=1), prepare=jobs.nothing)
    await pool.start()
    try:
        nursery = await pool.run(jobs.parent_id, url=URL)
        os.kill(nursery, signal.SIGKILL)
        assert await pool.run(jobs.double, 4, url=URL) == 8
        with pytest.raises(ReadingCrashed):
            await pool.run(jobs.segfault, url=URL)
        assert await pool.run(jobs.parent_id, url=URL) != nursery
    finally:
        await pool.stop()


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="the system does not say what is shared")
async def test_workers_share_what_was_loaded() -> None:
    """What was loaded before the first job is held once, not by each worker."""
    pool = ReadingPool(settings(), prepare=jobs.load_much)
    await pool.start()
    try:
        assert await pool.run(jobs.loaded, url=URL) == jobs.MUCH
        assert await pool.run(jobs.own_bytes, url=URL) < jobs.MUCH // 2
    finally:
        await pool.stop()


async def test_stopping_leaves_no_process_and_no_waiting_caller() -> None:
    """After stop every process is gone; jobs under way and in the queue end with ReadingCrashed."""
    pool = ReadingPool(settings(), prepare=jobs.nothing)
    await pool.start()
    processes = (*pool.process_ids, await pool.run(jobs.parent_id, url=URL))
    callers = [asyncio.create_task(pool.run(jobs.spin, url=URL)) for _ in range(4)]
    await asyncio.sleep(0)
    await pool.stop()
    endings = await asyncio.gather(*callers, return_exceptions=True)
    assert [type(ending) for ending in endings] == [ReadingCrashed] * 4
    assert all(gone(process_id) for process_id in processes)
    with pytest.raises(ReadingCrashed):
        await pool.run(jobs.double, 1, url=URL)


async def test_a_pool_that_cannot_start_says_so(caplog: pytest.LogCaptureFixture) -> None:
    """A broken installation is seen at the start, with its traceback, and leaves no process."""
    pool = ReadingPool(settings(), prepare=jobs.fail_to_prepare)
    with pytest.raises(ReadingCrashed):
        await pool.start()
    assert "a library is missing" in caplog.text
    assert pool.process_ids == ()


async def test_a_pool_that_is_slow_to_warm_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """When patience ends the pool is started, cold as it is; a job waits for the first warm worker and is done."""
    os.mkfifo(tmp_path / "gate")
    monkeypatch.setenv("GATE", str(tmp_path / "gate"))
    pool = ReadingPool(settings(reading_workers=1), prepare=jobs.wait_to_be_told)
    await pool.start(patience=0.05)
    job = asyncio.create_task(pool.run(jobs.double, 21, url=URL))
    await asyncio.to_thread((tmp_path / "gate").write_bytes, b"")
    assert await job == 42
    await pool.stop()


async def test_a_pool_that_never_gets_warm_can_be_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stopping ends the process that is still loading, and the jobs that wait for it."""
    os.mkfifo(tmp_path / "gate")
    monkeypatch.setenv("GATE", str(tmp_path / "gate"))
    pool = ReadingPool(settings(reading_workers=1), prepare=jobs.get_stuck)
    await pool.start(patience=0.05)
    process = int(await asyncio.to_thread((tmp_path / "gate").read_bytes))
    job = asyncio.create_task(pool.run(jobs.double, 21, url=URL))
    await pool.stop()
    with pytest.raises(ReadingCrashed):
        await job
    assert gone(process)


def test_the_pages_that_warm_a_worker_are_read_to_the_end() -> None:
    """Warming loads everything only if its pages get through every step, summary and quotes included."""
    for page in sample_pages():
        digest = read(page, "https://warm.invalid/2024/05/06/bridge")
        assert digest.summary
        assert digest.article.quotes


async def test_workers_know_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processes that parse strangers' pages have none of our settings in their environment."""
    monkeypatch.setenv("QUOTEWIRE_TOKEN", "12345:secret")
    pool = ReadingPool(settings(reading_workers=1), prepare=jobs.nothing)
    await pool.start()
    try:
        assert "12345:secret" not in str(await pool.run(jobs.environment, url=URL))
    finally:
        await pool.stop()
