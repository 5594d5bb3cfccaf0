"""The corpus that lies beside the repository and never in it: saved pages, and what is true of each."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"


class SavedPage(NamedTuple):
    """A page of the corpus: its name, its bytes, and the truth about it, with its address under "url"."""

    name: str
    html: bytes
    truth: dict[str, Any]


def saved_pages(corpus: Path = CORPUS) -> Iterator[SavedPage]:
    """Yield every page by its name."""
    for file in sorted((corpus / "pages").glob("*.json")):
        html = gzip.decompress(file.with_suffix(".html.gz").read_bytes())
        yield SavedPage(file.stem, html, json.loads(file.read_text(encoding="utf-8")))
