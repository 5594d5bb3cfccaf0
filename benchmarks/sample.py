"""Renders digests of the corpus and of our own texts, as the bot would, into benchmarks/out/ for reading one by one.

    python -m benchmarks.sample [--count 100] [--rules] [--more]

Page texts belong to their publishers: nothing of this folder is ever committed. benchmarks/faults.md keeps the counts.
Without --rules, site files are left out, as for a page never seen before. With --more, the texts of benchmarks/own/more
are rendered instead: news of many kinds, written to see how the summaries do on what they were not made by.
"""

import argparse
import html as markup
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.corpus import SHARED, saved_pages
from bot.errors import QuotewireError
from bot.messages.catalogue import words_in
from bot.messages.digests import Card, render_digest
from bot.messages.reader import Reader
from bot.models import Digest
from bot.reading.pipeline import read_page

OWN = Path(__file__).resolve().parent / "own"
OUT = Path(__file__).resolve().parent / "out"
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def sources() -> Iterator[tuple[str, bytes, str]]:
    """Yield (name, document, URL): Ukrainian, Russian and English pages first, site pages included."""
    found = [(page.name, page.html, page.truth["url"]) for page in saved_pages()]
    for file in sorted((SHARED / "sites").glob("*/news-*.html")):
        found.append((f"{file.parent.name}-{file.stem}", file.read_bytes(), file.name))
    for file in sorted(OWN.glob("*.txt")):
        found.append((file.stem, _own_page(file), f"https://own.example/{file.stem}"))
    first = ("ukrainska", "ua-", "ru-", "uk-", "en-", "us-", "ca-", "au-", "za-T", "za-Da", "za-Du", "tw-", "be-")
    yield from sorted(found, key=lambda page: not page[0].startswith(first))


def more() -> Iterator[tuple[str, bytes, str]]:
    """Yield (name, document, URL) of our own further texts."""
    for file in sorted((OWN / "more").glob("*.txt")):
        yield file.stem, _own_page(file), f"https://own.example/{file.stem}"


def _own_page(file: Path) -> bytes:
    """Return a text of our own making (a title, then a paragraph a line) as a page."""
    title, *lines = (line for line in file.read_text(encoding="utf-8").splitlines() if line)
    told = "".join(f"<p>{markup.escape(line)}</p>" for line in lines)
    head = f"<html lang={file.stem[:2]}><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{markup.escape(title)}</h1>{told}</article></body></html>".encode()


def rendered(digest: Digest) -> str:
    """Return a digest as the chat shows it, without markup; quotes are indented."""
    reader = Reader(words=words_in("en"), zone=ZoneInfo("Europe/Kyiv"), now=NOW)
    text = render_digest(digest, Card(digest_id=1, topics=dict.fromkeys(digest.article.tags, 1)), reader).html
    text = re.sub(
        r"<blockquote>(.*?)</blockquote>", lambda found: "    " + found[1].replace("\n", "\n    "), text, flags=re.S
    )
    tags = ", ".join(digest.article.tags)
    return markup.unescape(re.sub(r"<[^>]+>", "", text)) + (f"\n\n[{tags}]" if tags else "")


def main() -> None:
    """Write the sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="digests at most")
    parser.add_argument("--rules", action="store_true", help="use the files of config/sites")
    parser.add_argument("--more", action="store_true", help="our own further texts instead")
    options = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    chosen = more() if options.more else sources()
    blocks = []
    for number, (name, document, url) in enumerate(list(chosen)[: options.count], 1):
        try:
            text = rendered(read_page(document, url, use_site_rules=options.rules))
        except QuotewireError as error:
            text = f"({error})"
        blocks.append(f"===== {number}. {name}\n{text}\n")
    file = OUT / ("more.txt" if options.more else "digests.txt")
    file.write_text("\n".join(blocks), encoding="utf-8")
    print(f"wrote {len(blocks)} digests to {file}")


if __name__ == "__main__":
    main()
