"""The presets: well-known feeds, one TOML file each in config/sources."""

from dataclasses import dataclass

from bot.feed_values import FeedKind
from config.data import tables


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that everybody is offered.

    Attributes:
        slug: the file's name without .toml; the source's identity, whatever becomes of its address.
        name: as people know it.
        language: ISO 639-1.
        url: where the feed is asked for.
        site_url: the page it belongs to.
        kind: how the document is read.
    """

    slug: str
    name: str
    language: str
    url: str
    site_url: str
    kind: FeedKind = FeedKind.FEED


def load_sources() -> tuple[Source, ...]:
    """Return the presets, by slug."""
    return tuple(
        Source(
            slug=slug,
            name=table["name"],
            language=table["language"],
            url=table["url"],
            site_url=table["site_url"],
            kind=FeedKind(table.get("kind", "feed")),
        )
        for slug, table in tables("sources")
    )
