"""Which pairs of reports tell the same news: our rules beside MinHash and simhash, on labelled pairs.

    python -m benchmarks.events [--real ../shared/corpus]

The pairs are of our own writing (benchmarks/labels/events-*.toml). For MinHash (`pip install datasketch`, 128
permutations) and simhash (64 bits) over the same stems every threshold is tried on the development pairs, and the
lowest one with a precision of .99 there is taken. With --real all pairs of headlines found in saved pages are compared,
and those that are joined across sites printed, to be judged by eye; headlines are kept nowhere.
"""

import argparse
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

from lxml import html

from benchmarks.corpus import saved_pages
from bot.reading.language import detect
from bot.reading.sketch import sketch_of
from bot.sketches import Sketch, same_news

LABELS = Path(__file__).parent / "labels"
BITS = 64


@dataclass(frozen=True)
class Pair:
    """Two reports, and whether they tell the same news."""

    one: Sketch
    other: Sketch
    same: bool


def pairs(name: str) -> list[Pair]:
    """Return the labelled pairs of "development" or "final"."""
    groups = tomllib.loads((LABELS / f"events-{name}.toml").read_text(encoding="utf-8"))["group"]
    return [pair for group in groups for pair in _pairs_of(group["reports"], group["language"])]


def _pairs_of(reports: list[list[str]], language: str) -> Iterator[Pair]:
    told = [(event, sketch_of(headline, lead, language)) for event, headline, lead in reports]
    for (event, one), (other_event, other) in combinations(told, 2):
        yield Pair(one, other, event == other_event)


def minhash_likeness(one: Sketch, other: Sketch) -> float:
    """Return MinHash's estimate of the share of common stems."""
    from datasketch import MinHash  # noqa: PLC0415  only this benchmark needs it

    hashes = []
    for sketch in (one, other):
        made = MinHash(num_perm=128)
        made.update_batch([word.encode() for word in sketch.text])
        hashes.append(made)
    return float(hashes[0].jaccard(hashes[1]))


def simhash_likeness(one: Sketch, other: Sketch) -> float:
    """Return the share of equal bits of two simhashes (Charikar 2002)."""
    return 1 - (_simhash(one) ^ _simhash(other)).bit_count() / BITS


def _simhash(sketch: Sketch) -> int:
    hashes = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) for word in sketch.text]
    return sum(1 << bit for bit in range(BITS) if sum(1 if one >> bit & 1 else -1 for one in hashes) > 0)


def threshold(judged: list[Pair], likeness: Callable[[Sketch, Sketch], float]) -> float:
    """Return the lowest threshold with a precision of .99 on these pairs."""
    scored = [(likeness(pair.one, pair.other), pair.same) for pair in judged]
    for limit in sorted({score for score, _ in scored}):
        joined = [same for score, same in scored if score >= limit]
        if sum(joined) >= 0.99 * len(joined):
            return limit
    return 2.0


def report(name: str, judged: list[Pair], joins: Callable[[Sketch, Sketch], bool]) -> None:
    """Print precision and recall."""
    joined = [pair.same for pair in judged if joins(pair.one, pair.other)]
    same = sum(pair.same for pair in judged)
    precision = f"{sum(joined) / len(joined):.3f}" if joined else "none joined"
    print(f"  {name:24} precision {precision} ({sum(joined)} of {len(joined)}), recall {sum(joined) / same:.2f}")


def real_headlines(corpus: Path) -> list[tuple[str, str]]:
    """Return (page, headline) for the titles of saved pages and the texts of links that look like headlines."""
    found = []
    for name, document, truth in saved_pages(corpus):
        links = (" ".join(link.text_content().split()) for link in html.fromstring(document).iter("a"))
        texts = [truth["title"], *(text for text in links if 45 <= len(text) <= 160)]
        found += [(name, text) for text in dict.fromkeys(texts)]
    return found


def judge_real(corpus: Path) -> None:
    """Print how many pairs of real headlines there are, and which our rules join across sites."""
    told = [(page, text, sketch_of(text, "", detect(text) or "")) for page, text in real_headlines(corpus)]
    candidates = [
        (one, other)
        for one, other in combinations(told, 2)
        if one[2].language == other[2].language and one[1] != other[1]
    ]
    joined = [(one, other) for one, other in candidates if same_news(one[2], other[2])]
    across = [(one[1], other[1]) for one, other in joined if one[0] != other[0]]
    print(f"real headlines: {len(told)}, pairs {len(candidates)}, joined {len(joined)}, across sites {len(across)}")
    for one, other in across:
        print(f"  {one}\n  {other}\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=Path)
    options = parser.parse_args()
    development = pairs("development")
    limits = {
        "MinHash": (minhash_likeness, threshold(development, minhash_likeness)),
        "simhash": (simhash_likeness, threshold(development, simhash_likeness)),
    }
    for name, judged in (("development", development), ("final", pairs("final"))):
        same = sum(pair.same for pair in judged)
        print(f"{name}: {len(judged)} pairs, {same} of the same news")
        report("our rules", judged, same_news)
        for method, (likeness, limit) in limits.items():
            report(
                f"{method} from {limit:.2f}",
                judged,
                lambda one, other, likeness=likeness, limit=limit: likeness(one, other) >= limit,  # type: ignore[misc]
            )
    if options.real:
        judge_real(options.real)


if __name__ == "__main__":
    main()
