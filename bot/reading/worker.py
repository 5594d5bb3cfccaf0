"""The pool of processes that read: a page that hangs, bloats or crashes its reader costs one answer, never the bot.

Workers are processes forked by bot.reading.nursery and spoken to over sockets that the event loop watches: no thread
waits for a job. See bot.reading.worker_process for their side.
"""

import asyncio
import logging
import pickle
from collections.abc import Callable, Coroutine
from typing import Any

from bot.errors import ReadingCrashed, ReadingTimeout
from bot.reading.nursery import Child, Nursery, unpacked
from bot.reading.worker_process import Answer, Startup, warm_up
from config.settings import Settings

log = logging.getLogger(__name__)

# lxml and the allocator never give everything back: a worker is renewed after this many pages or at half its ceiling.
_JOBS_PER_WORKER = 500


class ReadingPool:
    """A fixed number of reading processes, started once, reused, and replaced when one fails.

    Jobs are taken in the order they came. All methods belong to one event loop.
    """

    def __init__(self, settings: Settings, *, prepare: Callable[[], object] = warm_up) -> None:
        """Describe the pool; nothing starts yet.

        Args:
            settings: `reading_workers`, `reading_timeout` and `reading_memory_bytes` are used.
            prepare: run once before the first worker, so that no page waits for imports and data.
        """
        self._deadline = settings.reading_timeout
        memory_bytes = settings.reading_memory_bytes
        self._nursery = Nursery(Startup(prepare=prepare, memory_bytes=memory_bytes))
        self._workers = [_Worker(self._nursery, memory_bytes) for _ in range(settings.reading_workers)]
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
        await self._nursery.stop()
        for worker in self._workers:
            self._idle.put_nowait(worker)

    def kill(self) -> None:
        """End all workers and wait for nothing: the process itself ends by force, from another thread."""
        for worker in self._workers:
            worker.signal_end()
        self._nursery.signal_end()

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
            log.warning("a reading worker died on %s", url)
            raise ReadingCrashed(url=url) from error
        except asyncio.CancelledError:
            await worker.kill()
            raise
        return unpacked(answer, url)

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


class _Worker:
    """One place in the pool and the process that fills it at present."""

    def __init__(self, nursery: Nursery, memory_bytes: int) -> None:
        self._nursery = nursery
        self._memory_bytes = memory_bytes
        self._child: Child | None = None
        self._jobs = 0
        self._resident_bytes = 0

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.alive

    @property
    def pid(self) -> int:
        return self._child.pid if self._child else 0

    @property
    def worn(self) -> bool:
        return self._jobs >= _JOBS_PER_WORKER or self._resident_bytes > self._memory_bytes // 2

    async def start(self, url: str = "") -> None:
        """Put a process into this place, where there is none that lives.

        Raises:
            ReadingCrashed: it does not come up; `url` is what waits for it.
        """
        await self.kill()
        self._child = await self._nursery.fork(url)
        self._jobs = self._resident_bytes = 0

    async def ask(self, request: object) -> Answer:
        """Send one request and wait for its answer.

        Raises:
            OSError, EOFError: the process is gone.
        """
        if self._child is None:
            raise EOFError
        answer = await self._child.channel.ask(request)
        self._jobs += 1
        self._resident_bytes = answer.resident_bytes
        return answer

    def signal_end(self) -> None:
        """End the process, if there is one, and wait for nothing."""
        if self._child is not None:
            self._child.signal_end()

    async def kill(self) -> None:
        """End the process, if there is one, and wait until it is gone."""
        child, self._child = self._child, None
        if child is not None:
            await child.kill()
