"""The sample site's texts: one TOML file per language beside this module."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "uk", "ru")
_DEFAULT_HUE = 200
_HUES_APART = 40  # degrees on the wheel of colours, from one variation to the next
# Numbers for the varied stories end in these digits: the nouns after them stand in one form in all three languages.
_ENDINGS = frozenset({0, 5, 6, 7, 8, 9})
_RANGES = {"percent": range(25, 100), "number": range(105, 300), "small": range(5, 60), "degrees": range(5, 20)}
_STRIDE = 7  # shares no factor with the number of choices in any range, so that all are used before one comes again


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of a story: its kind ("p" for a plain one, else its label's), the text, and who speaks in a quote.

    Background has several texts, a list.
    """

    kind: str
    texts: tuple[str, ...]
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A story before it is published; `hue` is that of its picture, in degrees."""

    title: str
    author: str
    lead: str
    tags: tuple[str, ...]
    parts: tuple[Part, ...]
    caption: str = ""
    hue: int = _DEFAULT_HUE


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of the site.

    Attributes:
        path: where it lies within the site, with slashes at both ends.
        day: how headline lists write a day: a pattern of `day` and `month`.
        months: as they stand behind a day.
        words: the interface's texts.
        labels: what labelled paragraphs start with.
        of: speakers' names in the genitive, where the language's label needs it.
        ready: stories that are there from the start, the newest first.
        fresh: stories of the script, in order.
        varied: patterns for whatever comes after.
    """

    name: str
    language: str
    path: str
    day: str
    months: tuple[str, ...]
    words: Mapping[str, str]
    labels: Mapping[str, str]
    of: Mapping[str, str]
    ready: tuple[Story, ...]
    fresh: tuple[Story, ...]
    varied: tuple[Story, ...]

    def story(self, number: int) -> Story:
        """Return the new story with this number: the script first, then variations without end."""
        if number < len(self.fresh):
            return self.fresh[number]
        rounds, place = divmod(number - len(self.fresh), len(self.varied))
        return _varied(self.varied[place], rounds)

    def label(self, part: Part) -> str:
        """Return what a labelled paragraph starts with, "" for a plain one."""
        pattern = self.labels.get(part.kind, "")
        return pattern.format(speaker=part.speaker, of=self.of.get(part.speaker, part.speaker))


@cache
def editions() -> tuple[Edition, ...]:
    """Return the three editions."""
    return tuple(_edition(language) for language in LANGUAGES)


def _edition(language: str) -> Edition:
    text = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    return Edition(
        name=table["name"],
        language=table["language"],
        path=table["path"],
        day=table["day"],
        months=tuple(table["months"]),
        words=table["words"],
        labels=table["labels"],
        of=table.get("of", {}),
        ready=tuple(_stories(table["ready"])),
        fresh=tuple(_stories(table["fresh"])),
        varied=tuple(_stories(table["varied"])),
    )


def _stories(tables: list[dict[str, Any]]) -> Iterator[Story]:
    for table in tables:
        yield Story(
            title=table["title"],
            author=table["author"],
            lead=table["lead"],
            tags=tuple(table["tags"]),
            parts=tuple(_part(part) for part in table["parts"]),
            caption=table.get("caption", ""),
            hue=table.get("hue", _DEFAULT_HUE),
        )


def _part(given: list[str]) -> Part:
    kind, *texts = given
    if kind == "quote":
        return Part(kind, tuple(texts[1:]), texts[0])
    return Part(kind, tuple(texts))


def _varied(story: Story, rounds: int) -> Story:
    """Fill a pattern's numbers in, others in each round."""
    numbers = {name: _pick(choices, rounds) for name, choices in _RANGES.items()}
    parts = tuple(
        Part(part.kind, tuple(text.format(**numbers) for text in part.texts), part.speaker) for part in story.parts
    )
    title, lead = story.title.format(**numbers), story.lead.format(**numbers)
    return Story(title, story.author, lead, story.tags, parts, story.caption, (story.hue + _HUES_APART * rounds) % 360)


def _pick(choices: range, number: int) -> int:
    fitting = [choice for choice in choices if choice % 10 in _ENDINGS]
    return fitting[number * _STRIDE % len(fitting)]
