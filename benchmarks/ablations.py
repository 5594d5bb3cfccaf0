"""How reading holds up where a page says less: python -m benchmarks.ablations [--corpus DIR] [--only NAME …] [--lost].

Each page of the corpus is read again with one class of evidence taken out of it (JSON-LD, Open Graph, microdata, class
names, <time>, <p>, headings, keywords, …), so that nothing hangs on one statement alone. A field that falls although
readers still see it is a class of error: pages of other publishers, which never had that signal, are read worse.
"""

import argparse
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from lxml import html

from benchmarks.corpus import CORPUS
from benchmarks.extraction import load_pages, load_score, quotewire
from bot.errors import ReadingError

Cut = Callable[[Any], None]

_FIELDS = (
    ("body_f1", "body F1"),
    ("body_precision", "body P"),
    ("body_recall", "body R"),
    ("title_exact", "title"),
    ("authors_exact", "authors"),
    ("date_day", "day"),
    ("date_minute", "minute"),
    ("tags_f1", "tags F1"),
    ("captions_f1", "captions F1"),
)
_KEYWORDS = re.compile(r"keyword|tags?$|tag$|topic|subject", re.IGNORECASE)
_BY_LINE = re.compile(r"author|autor|by-?line|writer|redakteur|auteur|journalist|contributor", re.IGNORECASE)
_STRUCTURE = ("article", "main", "aside", "nav", "footer", "header", "figure", "figcaption", "section")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LETTERS = str.maketrans("0123456789", "abcdefghij")
_NAMED = ("class", "id", "data-testid", "rel", "itemprop")


def _drop(elements: Iterable[Any]) -> None:
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _metas(tree: Any, wanted: Callable[[str], bool]) -> list[Any]:
    names = ("name", "property", "itemprop")
    return [meta for meta in tree.iter("meta") if any(wanted((meta.get(name) or "").lower()) for name in names)]


def nothing(_tree: Any) -> None:
    """Leave the page as it is."""


def without_json_ld(tree: Any) -> None:
    """Take out every JSON-LD block."""
    _drop(script for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))


def without_open_graph(tree: Any) -> None:
    """Take out og:*, article:* and twitter:*."""
    _drop(_metas(tree, lambda name: name.startswith(("og:", "article:", "twitter:"))))


def without_metas(tree: Any) -> None:
    """Take out every meta tag but the charset."""
    _drop(_metas(tree, bool))


def without_microdata(tree: Any) -> None:
    """Take out itemprop, itemscope and itemtype."""
    for element in _elements(tree):
        for name in ("itemprop", "itemscope", "itemtype"):
            element.attrib.pop(name, None)


def without_keywords(tree: Any) -> None:
    """Take out meta tags for topics."""
    _drop(_metas(tree, lambda name: bool(_KEYWORDS.search(name))))


def with_random_by_lines(tree: Any) -> None:
    """Rename all that is named for authors."""
    for element in _elements(tree):
        for name in _NAMED:
            if (value := element.get(name)) and _BY_LINE.search(value):
                element.set(name, _BY_LINE.sub("q7x", value))


def without_author_links(tree: Any) -> None:
    """Point every link in the page to nowhere that tells of authors or topics."""
    for link in tree.iter("a"):
        if link.get("href"):
            link.set("href", "/x/1234567")


def without_time_elements(tree: Any) -> None:
    """Turn <time> into <span> without its attributes."""
    for element in list(tree.iter("time")):
        element.tag = "span"
        element.attrib.clear()


def without_title(tree: Any) -> None:
    """Take out <title>."""
    _drop(tree.iter("title"))


def as_divs(*tags: str) -> Cut:
    """Return a cut that turns these elements into <div>."""

    def cut(tree: Any) -> None:
        for element in list(tree.iter(*tags)):
            element.tag = "div"

    return cut


def with_random_names(tree: Any) -> None:
    """Give every class and id a name that says nothing, the same for the same; drop roles and data-*."""
    for element in _elements(tree):
        for key in ("class", "id"):
            if value := element.get(key):
                element.set(key, " ".join(map(_meaningless, value.split())))
        for key in [key for key in element.attrib if key.startswith("data-") or key == "role"]:
            del element.attrib[key]


def _meaningless(name: str) -> str:
    return "x" + str(zlib.crc32(name.encode())).translate(_LETTERS)


def _elements(tree: Any) -> Iterable[Any]:
    return (node for node in tree.iter() if isinstance(node.tag, str))


def machines_say_nothing(tree: Any) -> None:
    """Leave only what readers see, <title> included."""
    without_json_ld(tree)
    without_metas(tree)
    without_microdata(tree)


def bare(tree: Any) -> None:
    """Leave nothing but text, <p>, headings and <title>."""
    machines_say_nothing(tree)
    with_random_names(tree)
    as_divs(*_STRUCTURE)(tree)


CUTS: Mapping[str, Cut] = {
    "whole page": nothing,
    "no JSON-LD": without_json_ld,
    "no og/article/twitter": without_open_graph,
    "no meta": without_metas,
    "no microdata": without_microdata,
    "no keywords": without_keywords,
    "random by-line names": with_random_by_lines,
    "no telling links": without_author_links,
    "no <time>": without_time_elements,
    "no <title>": without_title,
    "no <h1>": as_divs("h1"),
    "no headings": as_divs(*_HEADINGS),
    "no <p>": as_divs("p"),
    "no <figure>": as_divs("figure", "figcaption"),
    "no structural tags": as_divs(*_STRUCTURE),
    "no names": with_random_names,
    "only what readers see": machines_say_nothing,
    "only <p> and headings": bare,
}
"""What is taken out of a page, by name."""


def cut_page(page: bytes, cut: Cut) -> bytes:
    """Return a UTF-8 page without one class of evidence."""
    tree = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    cut(tree)
    return bytes(html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>"))


def main() -> None:
    """Print one line for each cut, and with --lost which pages lost which field."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--only", nargs="*", default=[], help="beginnings of the cuts' names")
    parser.add_argument("--lost", action="store_true", help="list what each page lost")
    options = parser.parse_args()

    score, pages = load_score(options.corpus), load_pages(options.corpus)
    print("".join([f"{'cut':<24}", *(f"{label:>13}" for _, label in _FIELDS)]))
    for name, cut in CUTS.items():
        if options.only and not name.startswith(tuple(options.only)):
            continue
        scores = {}
        for page, (document, truth) in pages.items():
            try:
                prediction = quotewire(cut_page(document, cut), truth["url"])
            except ReadingError as error:
                print(f"{page}: {error}")
                prediction = {}
            scores[page] = score.score(truth, prediction)
            if options.lost:
                _print_lost(page, truth, prediction, scores[page])
        summary = score.summarise(list(scores.values()))
        print("".join([f"{name:<24}", *(f"{summary[key]:>13.3f}" for key, _ in _FIELDS)]), flush=True)


def _print_lost(page: str, truth: Mapping[str, Any], prediction: Mapping[str, Any], scores: Mapping[str, Any]) -> None:
    """Print the fields that are wrong, with what was wanted and found."""
    for key, field in (("title", "title"), ("authors", "authors"), ("minute", "published"), ("day", "published")):
        if scores[key] is False:
            print(f"  {page} {field}: {truth.get(field)!r} != {prediction.get(field)!r}")
    for key in ("tags", "captions"):
        if scores[key] is not None and (scores[key].extra or scores[key].missed):
            wanted, found = truth[key], prediction.get(key, [])
            missed, extra = [one for one in wanted if one not in found], [one for one in found if one not in wanted]
            print(f"  {page} {key}: hit {scores[key].hit:.0f}; missed {missed!r}; extra {extra!r}")


if __name__ == "__main__":
    main()
