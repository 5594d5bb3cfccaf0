"""Where feeds' hubs call: their questions and the news that they bring (WebSub, sections 5.3 and 7)."""

from aiohttp import web

from bot.feeds.hubs import CALLBACK_PATH, Hubs
from bot.front.server import paths_of


def hub_routes(hubs: Hubs, public_url: str) -> list[web.AbstractRouteDef]:
    """Return the routes of the callbacks.

    Args:
        hubs: keeps the subscriptions.
        public_url: where the world reaches our HTTP server.
    """

    async def ask(request: web.Request) -> web.Response:
        """Answer a hub that asks whether we want a subscription."""
        row = await hubs.find(request.match_info["token"])
        answer = await hubs.confirm(row, request.query) if row else None
        if answer is None:
            return web.Response(status=404)
        return web.Response(text=answer, headers={"X-Content-Type-Options": "nosniff"})

    async def deliver(request: web.Request) -> web.Response:
        """Take the news that a hub brings; the body of a stranger's request is not even read."""
        row = await hubs.find(request.match_info["token"])
        if row is None:
            return web.Response(status=404)
        if row.leaving:
            return web.Response(status=410)
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return web.Response(status=415)
        signature, content_type = request.headers.get("X-Hub-Signature"), request.headers.get("Content-Type", "")
        await hubs.deliver(row, await request.read(), signature=signature, content_type=content_type)
        return web.Response(status=202)

    paths = paths_of(CALLBACK_PATH + "{token}", public_url)
    return [route for path in paths for route in (web.get(path, ask), web.post(path, deliver))]
