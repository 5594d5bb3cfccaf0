"""The pool of processes that read: a page that hangs, bloats or crashes its reader costs one answer, never the bot.

Workers are plain child processes of `python -m`'s kind, spoken to over pipes that the event loop watches: no thread
waits for a job, and nothing is forked from a process that has threads. See bot.reading.worker_process for their side.
"""

import asyncio
import logging
import os
import pickle
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from bot.errors import ReadingCrashed, ReadingTimeout
from bot.reading.worker_process import HEADER, Answer, Outcome, Startup, warm_up
from config.settings import Settings

log = logging.getLogger(__name__)

# Importing the readers and warming their data takes about two seconds on an idle core; only a hang takes this long.
_START_SECONDS = 300.0
# lxml and the allocator never give everything back: a worker is renewed after this many pages or at half its ceiling.
_JOBS_PER_WORKER = 500
_STREAM_LIMIT = 1 << 20
_BOOTSTRAP = "import sys; sys.path[:] = sys.argv[1:]; from bot.reading.worker_process import main; main()"


class ReadingPool:
    """A fixed number of reading processes, started once, reused, and replaced when one fails.

    Jobs are taken in the order they came. All methods belong to one event loop.
    """

    def __init__(self, settings: Settings, *, prepare: Callable[[], object] = warm_up) -> None:
        """Describe the pool; nothing starts yet.

        Args:
            settings: `reading_workers`, `reading_timeout` and `reading_memory_bytes` are used.
            prepare: run once in each new worker, so that the first page does not wait for imports and data.
        """
        self._deadline = settings.reading_timeout
        startup = Startup(prepare=prepare, memory_bytes=settings.reading_memory_bytes)
        self._workers = [_Worker(startup) for _ in range(settings.reading_workers)]
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._renewals: set[asyncio.Task[None]] = set()
        self._stopped = False

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The ids of the processes that live now."""
        return tuple(worker.pid for worker in self._workers if worker.alive)

    async def start(self, *, patience: float | None = None) -> None:
        """Start all workers and wait until they are warm.

        Args:
            patience: seconds after which nobody waits for them any more: they take jobs as soon as they are warm.

        Raises:
            ReadingCrashed: a worker does not come up; the log says why.
        """
        coming = {self._begin(self._come(worker)) for worker in self._workers}
        try:
            done, late = await asyncio.wait(coming, timeout=patience, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
        except BaseException:
            await self.stop()
            raise
        if late:
            log.info("%d of %d reading workers are not warm yet; links wait for them", len(late), len(coming))

    async def stop(self) -> None:
        """End all workers; jobs under way and jobs waiting end with ReadingCrashed."""
        self._stopped = True
        for renewal in self._renewals:
            renewal.cancel()
        await asyncio.gather(*self._renewals, return_exceptions=True)
        await asyncio.gather(*(worker.kill() for worker in self._workers))
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def run(self, function: Callable[..., Any], *args: Any, url: str, deadline: float | None = None) -> Any:
        """Call a function in a worker and return what it returns.

        A caller that is cancelled frees the worker at once.

        Args:
            function: importable by name in a fresh process.
            args: what it is called with; pickled.
            url: what is being read, for errors and the log.
            deadline: seconds from the moment a worker begins, by default the setting `reading_timeout`.

        Raises:
            ReadingTimeout: the deadline passed.
            ReadingCrashed: the worker died, passed its memory ceiling, or the function raised what it should not.
            QuotewireError: the function raised it.
        """
        worker = await self._idle.get()
        try:
            if self._stopped:
                raise ReadingCrashed(url=url)
            return await self._run_in(worker, (function, args), url, deadline or self._deadline)
        finally:
            self._give_back(worker)

    async def _run_in(self, worker: "_Worker", job: tuple[Callable[..., Any], Any], url: str, seconds: float) -> Any:
        if not worker.alive:
            await worker.start(url)
        try:
            async with asyncio.timeout(seconds):
                answer = await worker.ask((*job, seconds))
        except TimeoutError:
            await worker.kill()
            log.warning("reading %s passed its deadline of %s s", url, seconds)
            raise ReadingTimeout(url=url, seconds=seconds) from None
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            await worker.kill()
            log.warning("a reading worker died on %s (%s)", url, worker.ending)
            raise ReadingCrashed(url=url) from error
        except asyncio.CancelledError:
            await worker.kill()
            raise
        return _unpacked(answer, url)

    def _give_back(self, worker: "_Worker") -> None:
        if self._stopped or (worker.alive and not worker.worn):
            self._idle.put_nowait(worker)
            return
        self._begin(self._renew(worker))

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._renewals.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._renewals.discard(task)
        if not task.cancelled():
            task.exception()  # has been logged; where nobody waits any more, nobody else would ask for it

    async def _renew(self, worker: "_Worker") -> None:
        """Put a fresh process in the place of a worker's old one."""
        await worker.kill()
        await self._come(worker)

    async def _come(self, worker: "_Worker") -> None:
        """Start a worker and let it take jobs; one that fails to start is tried by the next job."""
        try:
            await worker.start()
        finally:
            if not self._stopped:
                self._idle.put_nowait(worker)


def _unpacked(answer: Answer, url: str) -> Any:
    if answer.outcome is Outcome.RETURNED:
        return answer.value
    if answer.outcome is Outcome.REFUSED:
        raise answer.value
    log.error("reading %s failed:\n%s", url, answer.value)
    raise ReadingCrashed(url=url)


class _Worker:
    """One place in the pool and the process that fills it at present."""

    def __init__(self, startup: Startup) -> None:
        self._startup = startup
        self._process: asyncio.subprocess.Process | None = None
        self._jobs = 0
        self._resident_bytes = 0
        self.ending = "not started"

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def worn(self) -> bool:
        return self._jobs >= _JOBS_PER_WORKER or self._resident_bytes > self._startup.memory_bytes // 2

    async def start(self, url: str = "") -> None:
        """Start a process and wait until it is warm.

        Raises:
            ReadingCrashed: it does not come up; `url` is what waits for it.
        """
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _BOOTSTRAP,
            *sys.path,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(),
            limit=_STREAM_LIMIT,
        )
        self._jobs = 0
        try:
            async with asyncio.timeout(_START_SECONDS):
                ready = await self.ask(self._startup)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            await self.kill()
            log.exception("a reading worker does not start (%s)", self.ending)
            raise ReadingCrashed(url=url) from error
        except asyncio.CancelledError:
            await self.kill()
            raise
        _unpacked(ready, url)

    async def ask(self, request: object) -> Answer:
        """Send one request and wait for its answer.

        Raises:
            OSError, EOFError: the process is gone.
        """
        if not (self._process and self._process.stdin and self._process.stdout):
            raise EOFError
        requests, answers = self._process.stdin, self._process.stdout
        data = pickle.dumps(request, protocol=pickle.HIGHEST_PROTOCOL)
        requests.write(HEADER.pack(len(data)))
        requests.write(data)
        await requests.drain()
        (size,) = HEADER.unpack(await answers.readexactly(HEADER.size))
        # The bytes come from our own child, over a pipe that nobody else holds.
        answer: Answer = pickle.loads(await answers.readexactly(size))  # noqa: S301  # nosec B301
        self._jobs += 1
        self._resident_bytes = answer.resident_bytes
        return answer

    async def kill(self) -> None:
        """End the process, if there is one, and wait until it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        if process.stdin:
            process.stdin.close()
        # A caller that is cancelled twice must not leave a process that nobody waits for.
        code = await asyncio.shield(process.wait())
        self.ending = f"signal {-code}" if code < 0 else f"exit code {code}"


def _environment() -> dict[str, str]:
    """Return the environment without our own secrets, and with one thread for each library that would start more."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("QUOTEWIRE_")}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
