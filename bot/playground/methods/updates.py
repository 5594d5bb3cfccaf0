"""getUpdates and the webhook's methods."""

from typing import Any

from bot.playground.api_errors import bad_request
from bot.playground.world.state import World

_LONGEST_WAIT = 50


async def get_updates(world: World, arguments: dict[str, Any]) -> list[dict[str, Any]]:
    """Wait for updates; at most 50 seconds, as Telegram does."""
    return await world.updates.fetch(
        offset=arguments.get("offset"),
        limit=arguments.get("limit"),
        seconds=min(max(0, arguments.get("timeout", 0)), _LONGEST_WAIT),
        allowed=arguments.get("allowed_updates"),
    )


def set_webhook(world: World, arguments: dict[str, Any]) -> bool:
    """Remember a webhook's address; nothing is sent there."""
    url = arguments["url"]
    if not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    _drop_if_asked(world, arguments)
    world.updates.allow(arguments.get("allowed_updates"))
    world.updates.webhook = {"url": url, "max_connections": arguments.get("max_connections", 40)}
    return True


def delete_webhook(world: World, arguments: dict[str, Any]) -> bool:
    """Forget the webhook."""
    _drop_if_asked(world, arguments)
    world.updates.webhook = {}
    return True


def get_webhook_info(world: World, _arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the webhook's state."""
    waiting = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates)}
    return waiting | world.updates.webhook


def _drop_if_asked(world: World, arguments: dict[str, Any]) -> None:
    if arguments.get("drop_pending_updates"):
        world.updates.clear()
