"""How well pages are read, ours beside public extractors: python -m benchmarks.extraction [--corpus DIR] [--worst N].

Reads every page of a corpus with each system in turn, in one process, and scores the results with the corpus's own
score.py, which is imported in place. "quotewire" is general code without site files; the milliseconds go from bytes to
what the system returns (for ours, the whole Digest: metadata, text, quotes, summary), median over the pages.
"""

import argparse
import importlib.util
import logging
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.corpus import CORPUS, saved_pages
from bot.errors import ReadingError
from bot.models import Digest
from bot.reading.pipeline import read_page

Prediction = Mapping[str, Any]
System = Callable[[bytes, str], Prediction]

_COLUMNS = (
    ("body_f1", "body F1"),
    ("body_precision", "P"),
    ("body_recall", "R"),
    ("title_exact", "title"),
    ("authors_exact", "authors"),
    ("date_day", "day"),
    ("date_minute", "minute"),
    ("tags_f1", "tags F1"),
    ("captions_f1", "captions F1"),
)


def quotewire(html: bytes, url: str) -> Prediction:
    """Read with the general code alone."""
    return _prediction(read_page(html, url, use_site_rules=False))


def quotewire_sites(html: bytes, url: str) -> Prediction:
    """Read with the site files."""
    return _prediction(read_page(html, url))


def _prediction(digest: Digest) -> Prediction:
    article = digest.article
    published = article.published.isoformat() if article.published else None
    return {
        "title": article.title,
        "authors": list(article.authors),
        "published": published if article.published_has_time else (published or "")[:10],
        "tags": list(article.tags),
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
        "captions": list(article.captions),
        "language": article.language,
    }


def trafilatura_with(**options: Any) -> System:
    """Return trafilatura with these options of `bare_extraction`."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - a second to import; only who measures it pays

    def read(html: bytes, url: str) -> Prediction:
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False, **options)
        if found is None:
            return {}
        return {
            "title": found.title,
            "authors": (found.author or "").split("; ") if found.author else [],
            "published": found.date,
            "tags": [tag.strip() for line in found.tags or [] for tag in line.split(",")],
            "paragraphs": (found.text or "").split("\n"),
        }

    return read


def newspaper4k(html: bytes, url: str) -> Prediction:
    """Read with newspaper4k, where it is installed."""
    from newspaper import Article  # noqa: PLC0415 - optional

    article = Article(url, fetch_images=False)
    article.download(input_html=html.decode("utf-8", errors="replace"))
    article.parse()
    return {
        "title": article.title,
        "authors": list(article.authors or ()),
        "published": article.publish_date.isoformat() if article.publish_date else None,
        "tags": sorted(article.tags or ()),
        "paragraphs": (article.text or "").split("\n"),
    }


def readability(html: bytes, url: str) -> Prediction:
    """Read with readability-lxml, where it is installed."""
    from lxml.html import fromstring  # noqa: PLC0415 - optional
    from readability import Document  # noqa: PLC0415 - optional

    document = Document(html.decode("utf-8", errors="replace"), url=url)
    body = fromstring(document.summary())
    lines = [
        " ".join(line.split()) for element in body.iter("p", "li", "h2", "h3") for line in [element.text_content()]
    ]
    return {"title": document.short_title(), "paragraphs": lines}


def systems(names: list[str]) -> Iterator[tuple[str, System]]:
    """Yield the systems of these names, leaving out those that are not installed."""
    makers: dict[str, Callable[[], System]] = {
        "quotewire": lambda: quotewire,
        "quotewire + site files": lambda: quotewire_sites,
        "trafilatura default": trafilatura_with,
        "trafilatura precision": lambda: trafilatura_with(favor_precision=True),
        "newspaper4k": lambda: newspaper4k,
        "readability-lxml": lambda: readability,
    }
    needs = {"newspaper4k": "newspaper", "readability-lxml": "readability"}
    for name, make in makers.items():
        if names and not any(name.startswith(wanted) for wanted in names):
            continue
        if name in needs and importlib.util.find_spec(needs[name]) is None:
            print(f"{name}: not installed")
            continue
        yield name, make()


def load_pages(corpus: Path) -> dict[str, tuple[bytes, dict[str, Any]]]:
    """Return every page's bytes and truth, by name."""
    return {page.name: (page.html, page.truth) for page in saved_pages(corpus)}


def load_score(corpus: Path) -> ModuleType:
    """Import the corpus's score.py in place."""
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(corpus / "score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def measure(
    chosen: Mapping[str, System], pages: Mapping[str, tuple[bytes, dict[str, Any]]], score: ModuleType
) -> tuple[dict[str, dict[str, Any]], dict[str, list[float]]]:
    """Read each page with each system, one after another so that the machine's moods hit all alike.

    Returns:
        By system: the scores of each page, and the seconds that each page took.
    """
    scores: dict[str, dict[str, Any]] = {name: {} for name in chosen}
    seconds: dict[str, list[float]] = {name: [] for name in chosen}
    _warm_up(chosen, pages)
    for page, (html, truth) in pages.items():
        for name, read in chosen.items():
            start = time.perf_counter()
            prediction = _read(name, read, html, truth["url"])
            seconds[name].append(time.perf_counter() - start)
            scores[name][page] = score.score(truth, prediction)
    return scores, seconds


def _warm_up(chosen: Mapping[str, System], pages: Mapping[str, tuple[bytes, dict[str, Any]]]) -> None:
    """Let each system load its data; a worker does so once in its life."""
    for html, truth in list(pages.values())[:3]:
        for name, read in chosen.items():
            _read(name, read, html, truth["url"])


def _read(name: str, read: System, html: bytes, url: str) -> Prediction:
    try:
        return read(html, url)
    except ReadingError as error:
        print(f"{name}: {error}")
    except Exception as error:  # another system's failure is its result
        if name.startswith("quotewire"):
            raise
        _FAILURES[name, type(error).__name__] += 1
    return {}


_FAILURES: Counter[tuple[str, str]] = Counter()


def print_table(scores: Mapping[str, dict[str, Any]], seconds: Mapping[str, list[float]], score: ModuleType) -> None:
    """Print one line for each system."""
    print("".join([f"{'system':<24}", *(f"{label:>13}" for _, label in _COLUMNS), f"{'ms a page':>11}"]))
    for name, pages in scores.items():
        summary = score.summarise(list(pages.values()))
        cells = (f"{summary[key]:>13.3f}" if summary[key] is not None else f"{'-':>13}" for key, _ in _COLUMNS)
        print("".join([f"{name:<24}", *cells, f"{statistics.median(seconds[name]) * 1000:>11.1f}"]))
    for (name, error), count in _FAILURES.items():
        print(f"{name}: {count} × {error}, counted as empty articles")


def main() -> None:
    """Print the table, and our worst pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--systems", nargs="*", default=[], help="names, or their beginnings; all where none is given")
    parser.add_argument("--worst", type=int, default=10, help="how many of our worst pages to list")
    options = parser.parse_args()

    logging.disable()  # other systems tell of each page that they cannot read
    score, pages = load_score(options.corpus), load_pages(options.corpus)
    scores, seconds = measure(dict(systems(options.systems)), pages, score)
    print_table(scores, seconds, score)
    if "quotewire" in scores and options.worst:
        print(f"\nquotewire, worst {options.worst} by body F1")
        print("\n".join(score.worst_pages(scores["quotewire"], options.worst)))


if __name__ == "__main__":
    main()
