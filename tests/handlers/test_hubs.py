"""The whole bot at a hub: news comes to a chat within seconds, while polls are an hour away."""

from pathlib import Path

import pytest

from bot.app import running
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from tests import pages
from tests.bots import settings_at
from tests.handlers.conftest import World
from tests.hub import LocalHub
from tests.ports import free_port
from tests.site import Answer, LocalSite

pytestmark = pytest.mark.asyncio(loop_scope="session")


def _feed(site: LocalSite, hub: LocalHub, *titles: str) -> str:
    items = "".join(f"<item><title>{title}</title><link>{site.url}/{title}</link></item>" for title in titles)
    links = f'<atom:link rel="hub" href="{hub.url}"/><atom:link rel="self" href="{site.url}/feed.xml"/>'
    atom = "http://www.w3.org/2005/Atom"
    return f'<rss version="2.0" xmlns:atom="{atom}"><channel><title>Hub News</title>{links}{items}</channel></rss>'


async def test_news_comes_through_the_hub_to_the_chat(tmp_path: Path) -> None:
    """A feed that a person adds is subscribed to at its hub, and what this brings is read, rendered and sent."""
    port = free_port()
    async with BotApiServer(limits=NO_LIMITS) as telegram, LocalSite() as site, LocalHub() as hub:
        site.put("/feed.xml", Answer(_feed(site, hub, "old"), content_type="application/rss+xml"))
        site.put("/fresh", pages.article("The ferry runs again", path="/fresh"))
        settings = settings_at(
            telegram,
            f"sqlite+aiosqlite:///{tmp_path}/bot.db",
            reading_timeout=30,
            poll_interval_min=3_600,
            public_url=f"http://127.0.0.1:{port}",
            listen_port=port,
        )
        async with running(settings, sources=()) as services:
            world = World(telegram, site, services)
            user = telegram.add_user()
            (offer,) = await world.ask(user, f"/add {site.url}/feed.xml")
            await world.press(offer, "Hub News")
            await hub.until_asked()
            place = telegram.private_chat(user)
            before = len(telegram.bot_messages(place))
            assert await hub.publish(f"{site.url}/feed.xml", _feed(site, hub, "fresh", "old")) == [202]
            (push,) = await world.new_messages(place, before, 1)
            assert push.text.startswith("The ferry runs again")
            assert site.requested.count("/feed.xml") == 2  # to be offered, and once polled
