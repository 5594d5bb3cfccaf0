"""Small pages of our own for the tests of metadata."""

import json
from typing import Any

from bot.reading.page import Page

URL = "https://www.example-herald.com/news/2024/05/17/bridge-opens"


def page(
    *,
    ld: Any = None,
    meta: dict[str, str | list[str]] | None = None,
    head: str = "",
    body: str = "",
    url: str = URL,
    lang: str = "en",
) -> Page:
    """Return a parsed page.

    Args:
        ld: what its JSON-LD block holds.
        meta: name or property to content, or contents.
        head: more of the head, such as <title>.
        body: the body's markup.
        url: where it came from.
        lang: the document's language.
    """
    lists = {name: [content] if isinstance(content, str) else content for name, content in (meta or {}).items()}
    metas = "".join(
        f'<meta {"property" if ":" in name else "name"}="{name}" content="{content}">'
        for name, contents in lists.items()
        for content in contents
    )
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld is not None else ""
    document = f"<html lang='{lang}'><head>{metas}{head}{script}</head><body>{body}</body></html>"
    return Page.parse(document, url)
