"""Rendering of pushes: once for all who see the same, and never what somebody else sees."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import rendering
from bot.models import Article, Digest, Quote
from bot.options import Options
from bot.rendering import push_renderer
from bot.store import Chat, StoredDigest
from config.settings import Settings

NOW = datetime(2030, 5, 1, 12, 0, tzinfo=UTC)
PUBLISHED = NOW - timedelta(minutes=10)


def _story() -> StoredDigest:
    article = Article("https://wire.example/1", "The bridge is open", published=PUBLISHED)
    return StoredDigest(1, Digest(article, ("It cost less.",), (Quote("We kept our word.", "Ivan Lis"),)))


class _Renderer:
    """Renders pushes at a moment that can be moved, and counts how often a digest is really rendered."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        self.rendered = 0
        self._really = rendering.render_digest
        monkeypatch.setattr(rendering, "render_digest", self._count)
        self._render = push_renderer(Settings(_env_file=None), lambda: self.now)

    def _count(self, *arguments: object, **named: object) -> object:
        self.rendered += 1
        return self._really(*arguments, **named)  # type: ignore[arg-type]  # passed through

    def html(self, stored: StoredDigest, chat: Chat, options: Options | None = None) -> str:
        """Return what a chat sees."""
        return self._render(stored, chat, options or Options())[0].html


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> _Renderer:
    """Return one that counts."""
    return _Renderer(monkeypatch)


def _chat(number: int, language: str = "en", timezone: str = "Europe/Kyiv") -> Chat:
    return Chat(number, number, language=language, timezone=timezone)


def test_a_story_is_rendered_once_for_all_who_see_the_same(renderer: _Renderer) -> None:
    """Of a fan-out to a thousand chats only the kinds of readers are rendered."""
    story = _story()
    seen = {renderer.html(story, _chat(number)) for number in range(1000)}
    assert len(seen) == renderer.rendered == 1


def test_each_sees_a_story_by_own_settings(renderer: _Renderer) -> None:
    """Whoever changes a language, zone or look between two messages gets the second one so."""
    story, chat = _story(), _chat(1)
    before = renderer.html(story, chat)
    assert "10 хвилин" in renderer.html(story, replace(chat, language="uk"))
    assert "We kept our word" not in renderer.html(story, chat, Options(quotes=False))
    assert renderer.html(story, chat) == before


def test_each_sees_the_hour_of_the_own_zone(renderer: _Renderer) -> None:
    """The same story for two zones, one after the other."""
    renderer.now = PUBLISHED + timedelta(hours=2)
    story = _story()
    assert "14:50" in renderer.html(story, _chat(1))
    assert "12:50" in renderer.html(story, _chat(2, timezone="Europe/London"))


def test_a_later_reading_is_seen_at_once(renderer: _Renderer) -> None:
    """A digest that was loaded again is rendered again, whatever it says now."""
    story = _story()
    renderer.html(story, _chat(1))
    article = replace(story.digest.article, title="The bridge is shut")
    assert "shut" in renderer.html(replace(story, digest=replace(story.digest, article=article)), _chat(2))


def test_time_goes_on_in_a_long_fan_out(renderer: _Renderer) -> None:
    """What was published ten minutes ago was published eleven minutes ago a minute later."""
    story = _story()
    assert "10 minutes ago" in renderer.html(story, _chat(1))
    renderer.now += timedelta(minutes=1)
    assert "11 minutes ago" in renderer.html(story, _chat(2))
