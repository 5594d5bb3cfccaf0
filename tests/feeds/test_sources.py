"""The presets are usable."""

from urllib.parse import urlsplit

import pytest

from bot.feeds.sources import Source, load_sources
from bot.topics import topic_key
from bot.urls import canonical_url

SOURCES = load_sources()


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.slug)
def test_a_source_is_complete(source: Source) -> None:
    """Each preset has a name, one of the three languages, and secure addresses of one site."""
    assert topic_key(source.name)
    assert source.language in {"en", "uk", "ru"}
    for url in (source.url, source.site_url):
        assert urlsplit(url).scheme == "https"
        assert canonical_url(url) == url


def test_ukrainska_pravda_and_ten_others_are_there() -> None:
    """The first home in its three languages, and at least ten other feeds, in all three languages."""
    slugs = {source.slug for source in SOURCES}
    assert {"pravda-uk", "pravda-ru", "pravda-en"} <= slugs
    assert len(slugs) >= 13
    assert {source.language for source in SOURCES} == {"en", "uk", "ru"}


def test_no_feed_is_there_twice() -> None:
    """Names and addresses are each of one preset."""
    assert len({source.url for source in SOURCES}) == len(SOURCES)
    assert len({source.name for source in SOURCES}) == len(SOURCES)
