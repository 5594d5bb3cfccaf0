"""Measure finding quotes and their speakers against labels made by hand: `python -m benchmarks.quotes [corpus]`.

Labels are in benchmarks/labels: offsets into the paragraphs of corpus pages (standfirst first), so that no page's text
is here, and whole texts of our own ("own" in the file's name; in Russian and Ukrainian all are our own). "development"
labels were looked at while the rules were written; the mistakes in "final" ones only after they had been measured once,
those of the later sets of texts of our own after everything else (docs/quotes.md keeps the first figures).

A speaker counts as right when the surnames agree (for an organisation or description: when one name holds the other);
for "he said" and "she said" the whole name has to agree.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import CORPUS
from bot.models import Article, Paragraph, Quote
from bot.reading.quotes import find_quotes
from bot.reading.quoting.marks import marked_spans

LABELS = Path(__file__).parent / "labels"
_SETS = frozenset(
    {
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
        "twentyfirst",
        "twentysecond",
        "twentythird",
        "twentyfourth",
        "twentyfifth",
        "twentysixth",
        "twentyseventh",
        "twentyeighth",
        "twentyninth",
        "thirtieth",
        "thirtyfirst",
        "thirtysecond",
    }
)
Finder = Callable[[Article], tuple[Quote, ...]]

_NAME_SHAPE = {
    "en": r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})",
    "ru": r"([А-Я][\w-]+(?: [А-Я][\w-]+)?)",
    "uk": r"([А-ЯІЇЄҐ][\w’'-]+(?: [А-ЯІЇЄҐ][\w’'-]+)?)",
}
_SAYING = {
    "en": r"(?:said|says|told|added)",
    "ru": r"(?:сказал|заявил|сообщил|отметил)\w*",
    "uk": r"(?:сказа|заяви|повідоми|зазначи)\w*",
}
_BASELINE_CUE = {
    code: re.compile(rf"\b{name} {_SAYING[code]}|{_SAYING[code]} {name}") for code, name in _NAME_SHAPE.items()
}


_HEAD = (
    "| set | precision | recall | named: right of all | right of given | he or she said | any source "
    "| right of all given | ms a text |"
)


@dataclass(frozen=True)
class Document:
    """One labelled text."""

    name: str
    language: str
    paragraphs: tuple[str, ...]
    labels: tuple[dict[str, Any], ...]
    origin: str = "corpus"


def baseline(article: Article) -> tuple[Quote, ...]:
    """Take every marked span of four words or more, with the nearest "X said" of its paragraph."""
    texts = [paragraph.text for paragraph in article.paragraphs]
    quotes: list[Quote] = []
    for index, spans in enumerate(marked_spans(texts)):
        for span in spans:
            words = texts[index][span.start : span.end]
            if len(words.split()) < 4:
                continue
            cues = _BASELINE_CUE[article.language or "en"].finditer(texts[index])
            outside = [cue for cue in cues if not any(s.start <= cue.start() < s.end for s in spans)]
            nearest = min(
                outside, key=lambda cue: min(abs(cue.start() - span.end), abs(span.start - cue.end())), default=None
            )
            quotes.append(Quote(words, nearest and (nearest[1] or nearest[2]), None, index))
    return tuple(quotes)


def corpus_paragraphs(folder: Path, page: str) -> tuple[str, ...]:
    """Return the standfirst and paragraphs of a corpus page's truth."""
    truth = json.loads((folder / f"{page}.json").read_text(encoding="utf-8"))
    lead = truth["summary"] if isinstance(truth["summary"], list) else [truth["summary"] or ""]
    return tuple(text for text in [*lead, *truth["paragraphs"]] if text)


def documents(part: str, corpus: Path) -> Iterator[Document]:
    """Yield the labelled texts of one part ("development" or "final")."""
    for path in sorted(LABELS.glob(f"quotes-*-{part}.json")):
        language, *kind = path.stem.split("-")[1:-1]
        number = next((word for word in kind if word in _SETS), "")
        origin = f"own, {number} set" if number else "own"
        for entry in json.loads(path.read_text(encoding="utf-8")):
            if "paragraphs" in entry:
                yield Document(entry["name"], language, tuple(entry["paragraphs"]), tuple(_located(entry)), origin)
            elif (corpus / f"{entry['page']}.json").exists():
                yield Document(
                    entry["page"], language, corpus_paragraphs(corpus, entry["page"]), tuple(entry["quotes"])
                )


def _located(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for label in entry["quotes"]:
        start = entry["paragraphs"][label["paragraph"]].index(label["text"])
        yield {**label, "start": start, "end": start + len(label["text"])}


def measure(finder: Finder, texts: list[Document], *, show: bool = False) -> Counter[str]:
    """Count what the table needs."""
    counts: Counter[str] = Counter()
    for document in texts:
        article = Article(
            url="",
            title="",
            language=document.language,
            paragraphs=tuple(Paragraph(text) for text in document.paragraphs),
        )
        found = finder(article)
        began = time.perf_counter()
        finder(article)
        counts["microseconds"] += int(1e6 * (time.perf_counter() - began))
        counts["texts"] += 1
        _count(document, found, counts, show=show)
    return counts


def _count(document: Document, found: tuple[Quote, ...], counts: Counter[str], *, show: bool) -> None:
    for quote in found:
        touched = [label for label in document.labels if _same(document, label, quote)]
        if any(label["speech"] is None for label in touched):
            continue
        counts["found"] += 1
        counts["true"] += any(label["speech"] for label in touched)
        if show and not any(label["speech"] for label in touched):
            print(f"  not speech: {document.name} {quote.paragraph} {quote.text[:60]!r}")
    for label in document.labels:
        if not label["speech"]:
            continue
        quote = next((quote for quote in found if _same(document, label, quote)), None)
        counts["labelled"] += 1
        counts["recalled"] += quote is not None
        _count_speaker(document, label, quote.speaker if quote else None, counts, show=show)


def _count_speaker(
    document: Document, label: dict[str, Any], given: str | None, counts: Counter[str], *, show: bool
) -> None:
    group = label["by"]
    right = given == label["speaker"] if group == "pronoun" else _agrees(label["speaker"], given)
    counts[f"{group} all"] += 1
    counts[f"{group} given"] += given is not None
    counts[f"{group} right"] += right
    if show and not right:
        print(f"  {group}: {document.name} {label['paragraph']}:{label['start']} is {label['speaker']}, given {given}")


def _agrees(truth: str | None, given: str | None) -> bool:
    if truth is None:
        return given is None or given[0].islower()
    if given is None:
        return False
    return surname(truth) == surname(given) or truth.casefold() in given.casefold()


def surname(name: str) -> str:
    """Return the last word of a name, folded."""
    return name.removesuffix(" Jr.").split()[-1].casefold()


def _same(document: Document, label: dict[str, Any], quote: Quote) -> bool:
    if label["paragraph"] != quote.paragraph:
        return False
    words = document.paragraphs[label["paragraph"]][label["start"] : label["end"]].strip().rstrip(",")
    return words in quote.text or quote.text in words


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  –  "


def row(name: str, counts: Counter[str]) -> str:
    """Return one line of the table."""
    named_all, named_given, named_right = (counts[f"name {x}"] for x in ("all", "given", "right"))
    sourced = ("name", "pronoun", "role", "continued")
    all_, given, right = (sum(counts[f"{g} {x}"] for g in sourced) for x in ("all", "given", "right"))
    cells = [
        _share(counts["true"], counts["found"]),
        _share(counts["recalled"], counts["labelled"]),
        f"{_share(named_right, named_all)} ({named_all})",
        _share(named_right, named_given),
        f"{_share(counts['pronoun right'], counts['pronoun all'])} ({counts['pronoun all']})",
        f"{_share(right, all_)} ({all_})",
        _share(right, given + counts["description given"]),
        f"{counts['microseconds'] / 1000 / max(1, counts['texts']):.1f}",
    ]
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table for both parts and all languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS / "pages")
    parser.add_argument("--part", choices=["development", "final"], help="only one part")
    parser.add_argument("--show", action="store_true", help="print each mistake")
    options = parser.parse_args()
    print(_HEAD)
    print("|---" * _HEAD.count(" |") + "|")
    for part in [options.part] if options.part else ["development", "final"]:
        texts = list(documents(part, options.corpus))
        for language, origin in sorted({(text.language, text.origin) for text in texts}):
            these = [text for text in texts if (text.language, text.origin) == (language, origin)]
            name = f"{language} {part}, {origin}"
            print(row(f"{name}: nearest “X said”", measure(baseline, these)))
            print(row(f"{name}: ours", measure(find_quotes, these, show=options.show)))


if __name__ == "__main__":
    main()
