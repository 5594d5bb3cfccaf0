"""Where Telegram brings updates (Bot API, setWebhook), for many receivers behind one address."""

import hmac
import json
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name


def webhook_secret(token: str, chosen: str | None) -> str:
    """Return what Telegram shows with each update: the operator's choice, or what all processes make of the token."""
    return chosen or hmac.new(token.encode(), b"quotewire webhook", sha256).hexdigest()


def webhook_url(public_url: str) -> str:
    """Return where Telegram is to bring updates."""
    return public_url.rstrip("/") + PATH


def updates_routes(
    receive: Callable[[dict[str, Any]], Awaitable[None]], secret: str, public_url: str
) -> list[web.AbstractRouteDef]:
    """Return the route of the webhook, under the public URL's own path as well as without it.

    Args:
        receive: takes an update, as Telegram's JSON has it.
        secret: what Telegram shows; without it nothing is read.
        public_url: where the world reaches our HTTP server.
    """

    async def take(request: web.Request) -> web.Response:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode("utf-8", "replace"), secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return web.Response(status=400)
        await receive(update)
        return web.Response()

    paths = {prefix + PATH for prefix in ("", urlsplit(public_url).path.rstrip("/"))}
    return [web.post(path, take) for path in sorted(paths)]
