"""What the sample site has published so far."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.playground.news.stories import Edition, Story, editions

ZONE = ZoneInfo("Europe/Kyiv")
_FIRST_ID = 1001
_FIRST_AGE = timedelta(minutes=24)
_AGE_STEP = timedelta(minutes=47)
_EDITION_STEP = timedelta(minutes=7)


@dataclass(frozen=True, slots=True)
class Item:
    """A published story.

    Attributes:
        id: the number in its address.
        published: when, on the site's clock, without seconds.
    """

    id: int
    edition: Edition
    story: Story
    published: datetime

    @property
    def path(self) -> str:
        """The address within the site."""
        return f"{self.edition.path}news/{self.published:%Y/%m/%d}/{self.id}/"

    @property
    def clock(self) -> str:
        """The time as headline lists show it."""
        return f"{self.published:%H:%M}"

    @property
    def day(self) -> str:
        """The day as headline lists show it."""
        return self.edition.day.format(day=self.published.day, month=self.edition.months[self.published.month - 1])


class Desk:
    """Publishes stories, language after language.

    Args:
        clock: what gives the present moment, aware.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._items: list[Item] = []
        self._published = 0
        self._put_ready()

    def items(self, language: str | None = None) -> list[Item]:
        """Return what is published, the newest first."""
        return [item for item in reversed(self._items) if language in {None, item.edition.language}]

    def find(self, path: str) -> Item | None:
        """Return the story at a path."""
        return next((item for item in self._items if item.path == path), None)

    def publish_next(self) -> Item:
        """Publish the next story: a story of the script in each language in turn, then variations."""
        languages = editions()
        edition = languages[self._published % len(languages)]
        story = edition.story(self._published // len(languages))
        self._published += 1
        return self._put(edition, story, self._clock())

    def _put_ready(self) -> None:
        now = self._clock()
        for number in reversed(range(max(len(edition.ready) for edition in editions()))):
            for place, edition in enumerate(editions()):
                age = _FIRST_AGE + number * _AGE_STEP + (len(editions()) - place) * _EDITION_STEP
                self._put(edition, edition.ready[number], now - age)

    def _put(self, edition: Edition, story: Story, moment: datetime) -> Item:
        published = moment.astimezone(ZONE).replace(second=0, microsecond=0)
        item = Item(_FIRST_ID + len(self._items), edition, story, published)
        self._items.append(item)
        return item
