"""Pairs of digests for reading blind: ours and another's of the same page, in random order, without names.

    python -m benchmarks.pairs write DIRECTORY [--corpus DIR] [--files 4] [--each 24] [--first 1]
    python -m benchmarks.pairs tally DIRECTORY

`write` makes pairs-1.md and so on, and key.json, for judges who have not seen our output; each puts a line "N: A",
"N: B" or "N: =" for each pair into answers-1.txt and so on. `tally` counts the answers. The four rivals come equally
often; no page comes twice in a file, and pages of which both made the same are left out. Page texts belong to their
publishers: DIRECTORY is outside the repository.
"""

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import CORPUS
from benchmarks.summaries import ASKED, Page, ranked_by, read_pages
from bot.reading.summary import BUDGET, MOST_SENTENCES, room, summarise

LANGUAGES = frozenset({"en", "uk", "ru", "de"})
RIVALS = tuple(system for system in ASKED if system != "ours")
INSTRUCTIONS = """\
# Which digest would you rather get?

Each numbered item is the title of a news page and two digests of it, A and B, made by different programs. A chat shows
you the title and one of the digests. Which would you rather get, to know what happened: A, B, or is it even? Do not
open anything else, and do not guess how they were made. Judge what is said: does it tell the news, can you follow it
without the page, is anything out of place?

Write one line for each item into {answers}: its number, a colon, and A, B or = ("7: B"); nothing else.
"""


def rival_digest(system: str, page: Page) -> list[str]:
    """Return the sentences of another system's digest: as many as ours may have, in as much room."""
    budget = room(page.article.language, BUDGET)
    return ranked_by(system, page.article, budget, MOST_SENTENCES)


def pairs(
    corpus: Path, files: int, each: int, chance: random.Random
) -> Iterator[tuple[int, Page, str, list[str], list[str]]]:
    """Yield (file, page, rival, ours, theirs), each rival equally often in a file and over all."""
    pages = [page for page in read_pages(corpus) if page.article.language in LANGUAGES]
    chance.shuffle(pages)
    used: Counter[str] = Counter()
    met: set[tuple[str, str]] = set()
    for file in range(files):
        here: set[str] = set()
        for number in range(each):
            rival = RIVALS[number % len(RIVALS)]
            for page in sorted(pages, key=lambda page: used[page.name]):
                if page.name in here or (page.name, rival) in met:
                    continue
                ours, theirs = list(summarise(page.article)), rival_digest(rival, page)
                if ours == theirs:
                    continue
                used[page.name] += 1
                here.add(page.name)
                met.add((page.name, rival))
                yield file, page, rival, ours, theirs
                break


def write(directory: Path, corpus: Path, files: int, each: int, first: int) -> None:
    """Write the files for the judges and add to the key."""
    directory.mkdir(parents=True, exist_ok=True)
    key_file = directory / "key.json"
    key: dict[str, dict[str, Any]] = json.loads(key_file.read_text(encoding="utf-8")) if key_file.exists() else {}
    chance = random.Random()  # noqa: S311 - nobody is to know the order beforehand
    found: dict[int, list[tuple[Page, str, list[str], list[str]]]] = defaultdict(list)
    for file, *pair in pairs(corpus, files, each, chance):
        found[first + file].append(tuple(pair))  # type: ignore[arg-type]
    for file, chosen in found.items():
        chance.shuffle(chosen)
        lines = [INSTRUCTIONS.format(answers=directory / f"answers-{file}.txt")]
        key[str(file)] = {}
        for number, (page, rival, ours, theirs) in enumerate(chosen, 1):
            sides: list[tuple[str, Sequence[str]]] = [("ours", ours), (rival, theirs)]
            chance.shuffle(sides)
            lines.append(f"## {number}. {page.article.title}\n")
            for side, (_, text) in zip("AB", sides, strict=True):
                lines += [f"{side}:", *(f"- {sentence}" for sentence in text), ""]
            key[str(file)][str(number)] = {"page": page.name, "language": page.article.language}
            key[str(file)][str(number)] |= {side: name for side, (name, _) in zip("AB", sides, strict=True)}
        (directory / f"pairs-{file}.md").write_text("\n".join(lines), encoding="utf-8")
        print(f"pairs-{file}.md: {len(chosen)} pairs")
    key_file.write_text(json.dumps(key, ensure_ascii=False, indent=1), encoding="utf-8")


def answers(directory: Path) -> Iterator[tuple[str, str, dict[str, str], str]]:
    """Yield (file, number, key, answer) of every answer that is there."""
    key = json.loads((directory / "key.json").read_text(encoding="utf-8"))
    for file, numbers in key.items():
        given = directory / f"answers-{file}.txt"
        text = given.read_text(encoding="utf-8") if given.exists() else ""
        for number, answer in re.findall(r"^\W*(\d+)\W*:\W*?([AB=])", text, flags=re.M):
            if number in numbers:
                yield file, number, numbers[number], answer


def tally(directory: Path) -> None:
    """Print how often ours was preferred, against each system and in each language, and where it lost."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    lost = []
    for file, number, names, answer in answers(directory):
        rival = next(names[side] for side in "AB" if names[side] != "ours")
        result = "even" if answer == "=" else "ours" if names[answer] == "ours" else "theirs"
        counts[rival][result] += 1
        counts[f"in {names['language']}"][result] += 1
        if result == "theirs":
            lost.append(f"{file}-{number} {names['page']} {rival}")
    for name, row in sorted(counts.items()):
        decided = row["ours"] + row["theirs"]
        share = row["ours"] / decided if decided else 0
        print(
            f"{name:10} ours {row['ours']:2}  theirs {row['theirs']:2}  even {row['even']:2}   {share:.0%} of decided"
        )
    print("lost:", *lost, sep="\n  ")


def main() -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["write", "tally"])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="where the saved pages are")
    parser.add_argument("--files", type=int, default=4, help="files to write, one for each judge")
    parser.add_argument("--each", type=int, default=24, help="pairs in a file")
    parser.add_argument("--first", type=int, default=1, help="the first file's number: later rounds go on counting")
    options = parser.parse_args()
    if options.command == "write":
        write(options.directory, options.corpus, options.files, options.each, options.first)
    else:
        tally(options.directory)


if __name__ == "__main__":
    main()
