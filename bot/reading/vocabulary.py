"""What news pages call their elements (config/markup.toml), loaded once."""

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from config.data import table


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of class, id, role and test names; see config/markup.toml for what each list means.

    Attributes:
        noise_or_pictures: the words of both lists.
        pair_firsts: with which the noise pairs begin, and those that are no pictures.
    """

    noise: frozenset[str]
    noise_pairs: frozenset[str]
    soft_noise: frozenset[str]
    expanders: frozenset[str]
    plain_noise: frozenset[str]
    pictures: frozenset[str]
    picture_starts: tuple[str, ...]
    captions: frozenset[str]
    caption_starts: tuple[str, ...]
    credits: frozenset[str]
    standfirst: frozenset[str]
    instructions: frozenset[str]
    access: frozenset[str]
    builders: frozenset[str]
    arrangement: frozenset[str]
    no_pictures: frozenset[str]
    networks: frozenset[str]
    agencies: frozenset[str]
    noise_or_pictures: frozenset[str]
    pair_firsts: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the names that pages use."""
    lists: dict[str, Any] = table("markup")
    return Vocabulary(
        noise=frozenset(lists["noise"]),
        noise_pairs=frozenset(lists["noise_pairs"]),
        soft_noise=frozenset(lists["soft_noise"]),
        expanders=frozenset(lists["expanders"]),
        plain_noise=frozenset(lists["plain_noise"]),
        pictures=frozenset(lists["pictures"]),
        picture_starts=tuple(lists["picture_starts"]),
        captions=frozenset(lists["captions"]),
        caption_starts=tuple(lists["caption_starts"]),
        credits=frozenset(lists["credits"]),
        standfirst=frozenset(lists["standfirst"]),
        instructions=frozenset(lists["instructions"]),
        access=frozenset(lists["access"]),
        builders=frozenset(lists["builders"]),
        arrangement=frozenset(lists["arrangement"]),
        no_pictures=frozenset(lists["no_pictures"]),
        networks=frozenset(lists["networks"]),
        agencies=frozenset(lists["agencies"]),
        noise_or_pictures=frozenset(chain(lists["noise"], lists["pictures"])),
        pair_firsts=frozenset(pair.partition("_")[0] for pair in chain(lists["noise_pairs"], lists["no_pictures"])),
    )
