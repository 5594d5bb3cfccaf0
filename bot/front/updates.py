"""Where Telegram brings updates (Bot API, setWebhook), for many receivers behind one address."""

import hmac
import json
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

from aiohttp import web

from bot.front.server import paths_of

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name


def webhook_secret(token: str, chosen: str | None) -> str:
    """Return what Telegram shows with each update: the operator's choice, or what all processes make of the token."""
    return chosen or hmac.new(token.encode(), b"quotewire webhook", sha256).hexdigest()


def webhook_url(public_url: str) -> str:
    """Return where Telegram is to bring updates."""
    return public_url.rstrip("/") + PATH


def updates_routes(
    receive: Callable[[dict[str, Any]], Awaitable[bool]], secret: str, public_url: str
) -> list[web.AbstractRouteDef]:
    """Return the routes of the webhook.

    Args:
        receive: takes an update, as Telegram's JSON has it; where it does not, Telegram brings it again.
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
        return web.Response(status=200 if await receive(update) else 503)

    return [web.post(path, take) for path in paths_of(PATH, public_url)]
