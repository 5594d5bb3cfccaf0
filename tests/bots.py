"""The settings of a bot at the local Bot API server."""

from typing import Any

from bot.playground.bot_api import BotApiServer
from config.settings import Settings


def settings_at(telegram: BotApiServer, database_url: str, **more: Any) -> Settings:
    """Return settings that take nothing from this machine and may reach it.

    Args:
        telegram: the server.
        database_url: where the bot keeps its state.
        more: settings by name; one reader, unless they say otherwise.
    """
    known = {"token": telegram.token, "api_url": telegram.url, "database_url": database_url}
    return Settings(_env_file=None, **known | {"allow_loopback": True, "reading_workers": 1} | more)
