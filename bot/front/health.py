"""/healthz and /readyz: whether the process answers, and whether anything keeps news from going out."""

from aiohttp import web

from bot.health import Health


def health_routes(health: Health) -> list[web.AbstractRouteDef]:
    """Return the routes of both.

    Both say as JSON what is wrong, since when, and what is worth knowing. /healthz answers 200 as long as the process
    answers at all: to start it anew does not bring Telegram or a database back. /readyz answers 503 while there is
    trouble.

    Args:
        health: what the parts say of themselves.
    """

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response(_told(health))

    async def ready(_request: web.Request) -> web.Response:
        return web.json_response(_told(health), status=200 if health.ok else 503)

    return [web.get("/healthz", alive), web.get("/readyz", ready)]


def _told(health: Health) -> dict[str, object]:
    troubles = {
        part: {"reason": trouble.reason, "since": trouble.since.isoformat()}
        for part, trouble in health.troubles.items()
    }
    return {"ok": health.ok, "troubles": troubles, "notes": dict(health.notes)}
