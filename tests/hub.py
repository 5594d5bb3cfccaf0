"""A real WebSub hub on 127.0.0.1: it takes subscriptions, asks back at the callback, and delivers signed documents."""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Self

import httpx
from aiohttp import web


@dataclass
class Kept:
    """A subscription that the hub keeps."""

    callback: str
    topic: str
    secret: str


class LocalHub:
    """A hub; `deny` and `status` make it an unwilling one."""

    def __init__(self, *, lease_seconds: int = 864_000) -> None:
        self.lease_seconds = lease_seconds
        self.deny = False
        self.status = 202
        self.forms: list[dict[str, str]] = []
        self.kept: dict[str, Kept] = {}
        self._changed = asyncio.Condition()
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/", self._serve)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"
        self.client = httpx.AsyncClient(trust_env=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()
        await self._runner.cleanup()

    async def until_asked(self, times: int = 1) -> None:
        """Wait until the hub has dealt with so many requests."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: len(self.forms) >= times), 60)

    async def ask(self, callback: str, mode: str, topic: str, **more: str) -> httpx.Response:
        """Ask at a callback whether a subscription is wanted."""
        query = {"hub.mode": mode, "hub.topic": topic, **{f"hub.{name}": value for name, value in more.items()}}
        return await self.client.get(callback, params=query)

    async def publish(
        self, topic: str, document: str, *, content_type: str = "application/rss+xml", secret: str | None = None
    ) -> list[int]:
        """Deliver a document to all who subscribe to a topic, signed with their secret or another; returns statuses."""
        body = document.encode()
        statuses = []
        for kept in [one for one in self.kept.values() if one.topic == topic]:
            digest = hmac.new((secret or kept.secret).encode(), body, hashlib.sha256).hexdigest()
            headers = {"Content-Type": content_type, "X-Hub-Signature": f"sha256={digest}"}
            statuses.append((await self.client.post(kept.callback, content=body, headers=headers)).status_code)
        return statuses

    async def _serve(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        if self.status == 202:
            await self._verify(form)
        async with self._changed:
            self.forms.append(form)
            self._changed.notify_all()
        return web.Response(status=self.status)

    async def _verify(self, form: dict[str, str]) -> None:
        callback, topic, mode = form["hub.callback"], form["hub.topic"], form["hub.mode"]
        if self.deny:
            await self.ask(callback, "denied", topic, reason="no more room")
            return
        challenge = secrets.token_hex(8)
        answer = await self.ask(callback, mode, topic, challenge=challenge, lease_seconds=str(self.lease_seconds))
        if answer.status_code != 200 or answer.text != challenge:
            return
        if mode == "subscribe":
            self.kept[callback] = Kept(callback, topic, form["hub.secret"])
        else:
            self.kept.pop(callback, None)
