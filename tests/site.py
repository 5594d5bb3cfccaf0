"""A local site that serves what a test puts there."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from aiohttp import web


@dataclass
class Answer:
    """What a path answers."""

    body: bytes | str
    status: int = 200
    content_type: str = "text/html"
    headers: Mapping[str, str] = field(default_factory=dict)


class LocalSite:
    """A web server on 127.0.0.1; paths are set as tests need them, and requests are kept."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.requested: list[str] = []
        self.headers: list[Mapping[str, str]] = []
        self._runner: web.AppRunner | None = None
        self._changed = asyncio.Condition()
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def put(self, path: str, answer: Answer | str) -> str:
        """Serve an answer at a path and return its URL."""
        self.pages[path] = Answer(answer) if isinstance(answer, str) else answer
        return self.url + path

    async def until_requested_again(self, path: str, times: int = 2) -> None:
        """Wait until a path has been asked for so many more times; the last time may still be under way."""
        wanted = self.requested.count(path) + times
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: self.requested.count(path) >= wanted), 60)

    async def _serve(self, request: web.Request) -> web.Response:
        self.requested.append(request.path)
        self.headers.append(request.headers)
        async with self._changed:
            self._changed.notify_all()
        answer = self.pages.get(request.path)
        if answer is None:
            return web.Response(status=404, text="not here")
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        headers = {"Content-Type": answer.content_type, **answer.headers}
        return web.Response(status=answer.status, body=body, headers=headers)
