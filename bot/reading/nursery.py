"""Where reading workers come from: one process loads everything, and each worker is forked from it.

What the readers load (180 MB) is held once however many workers there are, each of which adds some 25 MB of its own,
and a fresh worker is there in milliseconds. Nothing is forked from the bot's own process, which has threads; the
nursery has none, and never reads a page itself.
"""

import asyncio
import logging
import os
import pickle
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from bot.errors import ReadingCrashed
from bot.reading.worker_process import HEADER, Answer, Outcome, Startup

log = logging.getLogger(__name__)

# Importing the readers and warming their data takes about two seconds on an idle core; only a hang takes this long.
_START_SECONDS = 300.0
_STREAM_LIMIT = 1 << 20
_BOOTSTRAP = "import sys; sys.path[:] = sys.argv[1:]; from bot.reading.worker_process import main; main()"


class Channel:
    """Our end of a socket to a process: requests go out, answers come back."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, end: socket.socket) -> "Channel":
        """Talk over a connected socket, which is closed with the channel."""
        try:
            return cls(*await asyncio.open_unix_connection(sock=end, limit=_STREAM_LIMIT))
        except BaseException:
            end.close()
            raise

    @property
    def ended(self) -> bool:
        """Whether the other side is gone."""
        return self._reader.at_eof()

    async def ask(self, request: object) -> Answer:
        """Send one request and wait for its answer.

        Raises:
            OSError, EOFError: the process is gone.
        """
        data = pickle.dumps(request, protocol=pickle.HIGHEST_PROTOCOL)
        self._writer.write(HEADER.pack(len(data)))
        self._writer.write(data)
        await self._writer.drain()
        return await self.answer()

    async def answer(self) -> Answer:
        """Wait for the next answer; raises as `ask` does."""
        (size,) = HEADER.unpack(await self._reader.readexactly(HEADER.size))
        # The bytes come from our own child, over a socket that nobody else holds.
        answer: Answer = pickle.loads(await self._reader.readexactly(size))  # noqa: S301  # nosec B301
        return answer

    def close(self) -> None:
        """Close our end."""
        self._writer.close()


class Child:
    """A process that was forked for us.

    Attributes:
        pid: its number.
        channel: to talk to it.
    """

    def __init__(self, pid: int, channel: Channel) -> None:
        self.pid = pid
        self.channel = channel
        self._handle = _handle_of(pid)

    @property
    def alive(self) -> bool:
        """Whether it has not ended yet."""
        return not self.channel.ended

    def signal_end(self) -> None:
        """End it and wait for nothing."""
        with suppress(ProcessLookupError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            elif self.alive:
                os.kill(self.pid, signal.SIGKILL)

    async def kill(self) -> None:
        """End it and wait until it is gone."""
        self.signal_end()
        # A caller that is cancelled twice must not leave a descriptor that nobody closes.
        await asyncio.shield(asyncio.ensure_future(self._until_gone()))

    async def _until_gone(self) -> None:
        handle, self._handle = self._handle, None
        if handle is None:
            await _no_process(self.pid)
        else:
            await _readable(handle)
            os.close(handle)
        self.channel.close()


def _handle_of(pid: int) -> int | None:
    """Return a descriptor of a process, None where the system gives none (other than Linux, some containers).

    A number may be another process's as soon as its own is gone; a descriptor never is.
    """
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


async def _readable(descriptor: int) -> None:
    """Wait until a process's descriptor says that it is gone (man 2 pidfd_open)."""
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)


async def _no_process(pid: int) -> None:
    with suppress(ProcessLookupError):
        while True:
            os.kill(pid, 0)
            await asyncio.sleep(0.01)


class Nursery:
    """The process that has loaded everything: started when the first worker is wanted, and again where it has died.

    Args:
        startup: what it loads, and the bounds of workers.
    """

    def __init__(self, startup: Startup) -> None:
        self._startup = startup
        self._process: asyncio.subprocess.Process | None = None
        self._control: socket.socket | None = None
        self._turn = asyncio.Lock()
        self._stopped = False

    async def fork(self, url: str = "") -> Child:
        """Return a new worker.

        Args:
            url: what waits for it, for errors.

        Raises:
            ReadingCrashed: none comes up; the log says why.
        """
        async with self._turn:
            try:
                return await self._fork(url)
            except (OSError, EOFError, pickle.UnpicklingError):
                await self._end()  # it has died since, or dies of this; a fresh one tells these apart
            try:
                return await self._fork(url)
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                await self._end()
                log.exception("a reading worker does not start")
                raise ReadingCrashed(url=url) from error

    async def stop(self) -> None:
        """End the process, if there is one, for good; a worker that somebody waits for does not come."""
        self._stopped = True
        await self._end()

    def signal_end(self) -> None:
        """End the process, if there is one, and wait for nothing."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def _fork(self, url: str) -> Child:
        if self._stopped:
            raise ReadingCrashed(url=url)
        control = self._control or await self._start(url)
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(control, [b"w"], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        channel = await Channel.open(ours)
        try:
            hello = await channel.answer()
        except BaseException:
            channel.close()  # which ends a worker that has come up meanwhile
            raise
        return Child(hello.value, channel)

    async def _start(self, url: str) -> socket.socket:
        """Start the process and wait until it is warm; return the socket that workers are ordered by."""
        control, theirs = socket.socketpair()
        self._control = control
        try:
            with theirs:
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable, "-c", _BOOTSTRAP, *sys.path, stdin=theirs.fileno(), env=_environment()
                )
            channel = await Channel.open(control.dup())
            try:
                async with asyncio.timeout(_START_SECONDS):
                    unpacked(await channel.ask(self._startup), url)
            finally:
                channel.close()
        except BaseException:
            await self._end()
            raise
        return control

    async def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            # A caller that is cancelled twice must not leave a process that nobody waits for.
            await asyncio.shield(process.wait())


def unpacked(answer: Answer, url: str) -> Any:
    """Return what a job returned.

    Raises:
        QuotewireError: the job raised it.
        ReadingCrashed: it raised anything else, which is logged.
    """
    if answer.outcome is Outcome.RETURNED:
        return answer.value
    if answer.outcome is Outcome.REFUSED:
        raise answer.value
    log.error("reading %s failed:\n%s", url, answer.value)
    raise ReadingCrashed(url=url)


def _environment() -> Mapping[str, str]:
    """Return the environment without our own secrets, and with one thread for each library that would start more."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("QUOTEWIRE_")}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
