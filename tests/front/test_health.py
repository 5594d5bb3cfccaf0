"""What a watcher of the running bot is told."""

from datetime import UTC, datetime

import httpx

from bot.front.health import health_routes
from bot.front.server import Front
from bot.health import Health

NOON = datetime(2030, 5, 1, 12, 0, tzinfo=UTC)


async def test_trouble_makes_the_bot_unready_and_leaves_it_alive() -> None:
    """/readyz is 503 while a part has trouble and says which, why and since when; /healthz stays 200."""
    health = Health(lambda: NOON)
    health.note("updates", "another process asks Telegram for updates")
    async with Front(health_routes(health)) as front, httpx.AsyncClient() as client:
        host, port = front.address
        base = f"http://{host}:{port}"
        assert (await client.get(f"{base}/readyz")).json()["notes"] == {
            "updates": "another process asks Telegram for updates"
        }
        health.bad("telegram", "no connection")
        unready, alive = await client.get(f"{base}/readyz"), await client.get(f"{base}/healthz")
        assert (unready.status_code, alive.status_code) == (503, 200)
        assert unready.json()["troubles"] == {"telegram": {"reason": "no connection", "since": NOON.isoformat()}}
        assert unready.json() == alive.json()
        health.good("telegram")
        well = await client.get(f"{base}/readyz")
        assert (well.status_code, well.json()["ok"]) == (200, True)
