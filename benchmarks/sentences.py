"""Sentence splitting on the table of cases in tests/reading, ours beside syntok, razdel and pysbd where installed.

    python -m benchmarks.sentences [--wrong]

The share of cases cut exactly right, and F1 of the cuts inside the texts; in brackets without the cases on quotations
and parentheses, where the others follow another convention (they cut inside a quotation, we never do).
"""

import argparse
import importlib
import time
import tomllib
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from bot.reading.sentences import split

CASES = Path(__file__).resolve().parents[1] / "tests" / "reading" / "sentence_cases.toml"
CONVENTIONS = {"quotations", "parentheses"}
Splitter = Callable[[str, str], list[str]]


def cases() -> list[tuple[str, str, str, list[str]]]:
    """Return (language, kind, text, sentences) of every case."""
    tables = tomllib.loads(CASES.read_text(encoding="utf-8"))
    return [
        (language, kind, " ".join(line.split(" | ")), line.split(" | "))
        for language, kinds in tables.items()
        for kind, lines in kinds.items()
        for line in lines
    ]


def splitters() -> dict[str, Splitter]:
    """Return ours and those of the others that are installed."""
    found: dict[str, Splitter] = {"ours": split}
    for name, make in {"syntok": _syntok, "razdel": _razdel, "pysbd": _pysbd}.items():
        try:
            found[name] = make()
        except ImportError:
            print(f"{name}: not installed")
    return found


def _syntok() -> Splitter:
    segmenter = importlib.import_module("syntok.segmenter")

    def run(text: str, _language: str) -> list[str]:
        paragraphs = segmenter.process(text)
        return ["".join(t.spacing + t.value for t in s).strip() for paragraph in paragraphs for s in paragraph]

    return run


def _razdel() -> Splitter:
    razdel = importlib.import_module("razdel")
    return lambda text, _language: [sentence.text for sentence in razdel.sentenize(text)]


def _pysbd() -> Splitter:
    pysbd = importlib.import_module("pysbd")
    # pysbd has no Ukrainian; Russian is the nearest that it has.
    made = {
        code: pysbd.Segmenter(language=name, clean=False) for code, name in {"en": "en", "ru": "ru", "uk": "ru"}.items()
    }
    return lambda text, language: [sentence.strip() for sentence in made[language].segment(text)]


def cuts(sentences: list[str]) -> set[int]:
    """Return where the cuts are, counted in characters that are not white space."""
    lengths = ["".join(sentence.split()) for sentence in sentences]
    return set(list(accumulate(map(len, lengths)))[:-1])


def measure(splitter: Splitter, chosen: list[tuple[str, str, str, list[str]]]) -> tuple[float, float]:
    """Return (share of cases exactly right, F1 of cuts)."""
    right = hits = given = wanted = 0
    for language, _kind, text, expected in chosen:
        ours, truth = cuts(splitter(text, language)), cuts(expected)
        right += ours == truth
        hits, given, wanted = hits + len(ours & truth), given + len(ours), wanted + len(truth)
    return right / len(chosen), 2 * hits / (given + wanted)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="show what ours cuts otherwise than the table")
    wrong = parser.parse_args().wrong
    table = cases()
    print(f"{len(table)} cases; exact, F1 of cuts [without quotations and parentheses]")
    for name, splitter in splitters().items():
        columns = []
        for language in ("en", "uk", "ru", None):
            chosen = [case for case in table if language in (None, case[0])]
            plain = [case for case in chosen if case[1] not in CONVENTIONS]
            (exact, f1), (plain_exact, plain_f1) = measure(splitter, chosen), measure(splitter, plain)
            columns.append(f"{language or 'all'} {exact:.3f} {f1:.3f} [{plain_exact:.3f} {plain_f1:.3f}]")
        started = time.perf_counter()
        for language, _kind, text, _expected in table:
            splitter(text, language)
        columns.append(f"{(time.perf_counter() - started) * 1000:.0f} ms")
        print(f"{name:8}", "  ".join(columns))
    if wrong:
        for language, kind, text, expected in table:
            if cuts(split(text, language)) != cuts(expected):
                print(language, kind, " | ".join(split(text, language)))


if __name__ == "__main__":
    main()
