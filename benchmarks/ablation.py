"""How far reading hangs from single signals of a page: python -m benchmarks.ablation [--corpus DIR].

Each page of the corpus is read as it is, then with one kind of markup taken from it: structural tags, class names and
ids (made random), JSON-LD with all scripts, itemprop, meta and link elements, <p>, headings. Where the body's score
falls, pages of other publishers, which never had that signal, are read worse.
"""

import argparse
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from lxml import etree

from benchmarks.extraction import Prediction, load_pages, load_score, quotewire
from bot.errors import ReadingError

Change = Callable[[Any], None]
_STRUCTURE = ("article", "main", "aside", "nav", "footer", "header", "figure", "figcaption", "section")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LETTERS = str.maketrans("0123456789", "abcdefghij")


def renamed(*tags: str) -> Change:
    """Return a change that makes these elements <div>."""

    def change(tree: Any) -> None:
        for element in tree.iter(*tags):
            element.tag = "div"

    return change


def without_names(tree: Any) -> None:
    """Give every class and id a name that says nothing, the same for the same."""
    for element in tree.iter(etree.Element):
        for key in ("class", "id"):
            if value := element.get(key):
                element.set(key, " ".join(map(_meaningless, value.split())))
        for key in [key for key in element.attrib if key.startswith("data-") or key == "role"]:
            del element.attrib[key]


def _meaningless(name: str) -> str:
    return "x" + str(zlib.crc32(name.encode())).translate(_LETTERS)


def without_items(tree: Any) -> None:
    """Take away microdata, but for that in <meta>."""
    for element in tree.iter(etree.Element):
        for key in ("itemprop", "itemtype", "itemscope"):
            if element.tag != "meta":
                element.attrib.pop(key, None)


def dropped(*tags: str) -> Change:
    """Return a change that removes these elements with all in them; the text behind them stays."""

    def change(tree: Any) -> None:
        etree.strip_elements(tree, *tags, with_tail=False)

    return change


CHANGES: Mapping[str, tuple[Change, ...]] = {
    "as it is": (),
    "no structural tags": (renamed(*_STRUCTURE),),
    "no names": (without_names,),
    "no JSON-LD": (dropped("script"),),
    "no itemprop": (without_items,),
    "no meta": (dropped("meta", "link"),),
    "no <p>": (renamed("p"),),
    "no headings": (renamed(*_HEADINGS),),
    "only <p> and headings": (
        renamed(*_STRUCTURE),
        without_names,
        without_items,
        dropped("script", "meta", "link"),
    ),
}


def changed(document: bytes, changes: tuple[Change, ...]) -> bytes:
    """Return a document with these changes."""
    if not changes:
        return document
    tree = etree.fromstring(document, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    for change in changes:
        change(tree)
    whole: bytes = etree.tostring(tree, method="html", encoding="utf-8")
    return whole


def _read(document: bytes, url: str) -> Prediction:
    try:
        return quotewire(document, url)
    except ReadingError:
        return {}


def report(corpus: Path, score: ModuleType) -> None:
    """Print the body's score for each change."""
    pages = load_pages(corpus)
    print(f"{'':<24}{'body F1':>9}{'P':>9}{'R':>9}")
    for name, changes in CHANGES.items():
        scores = [
            score.score(truth, _read(changed(document, changes), truth["url"])) for document, truth in pages.values()
        ]
        summary = score.summarise(scores)
        cells = (f"{summary[key]:>9.3f}" for key in ("body_f1", "body_precision", "body_recall"))
        print(f"{name:<24}{''.join(cells)}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "corpus")
    options = parser.parse_args()
    report(options.corpus, load_score(options.corpus))


if __name__ == "__main__":
    main()
