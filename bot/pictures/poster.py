"""What the picture of a day shows, in the reader's words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Headline:
    """A story on a poster.

    Attributes:
        title: its headline.
        about: its source, time, and how many tell it, in one line.
    """

    title: str
    about: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A topic on a poster.

    Attributes:
        label: its name.
        count: its stories.
        is_followed: whether the reader follows it.
    """

    label: str
    count: int
    is_followed: bool = False


@dataclass(frozen=True, slots=True)
class Poster:
    """A day at a glance.

    Attributes:
        heading: what it is: "Today".
        day: the date in full.
        summary: how much there was.
        stories_title: above the headlines.
        stories: the day's top stories, the first of them first.
        topics_title: above the topics.
        topics: the most frequent first.
        more_topics: a word about those that have no place; "" where there are none.
        hours_title: above the hours.
        hours: how many stories came in each of the day's 24 hours.
        hour: the present one, 0 to 23.
        footer: when and for which clock this is.
    """

    heading: str
    day: str
    summary: str
    stories_title: str
    stories: tuple[Headline, ...]
    topics_title: str
    topics: tuple[Bar, ...]
    more_topics: str
    hours_title: str
    hours: tuple[int, ...]
    hour: int
    footer: str
