"""An aiohttp application behind a port of this machine, which it keeps when it is closed and opened again."""

from typing import Any

from aiohttp import web


class Listener:
    """Listens, for a server that has start and stop.

    Args:
        host: where.
        port: 0 takes a free one.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self.port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at its end; known once it has been opened."""
        return f"http://{self._host}:{self.port}"

    async def open(self, application: web.Application, *, backlog: int = 128, **runner: Any) -> None:
        """Listen for an application; further arguments as of aiohttp's AppRunner."""
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1, **runner)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self.port, backlog=backlog).start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Close all connections."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
