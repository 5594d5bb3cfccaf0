"""trafilatura's reading of a page, for the few of which ours finds next to nothing.

It knows kinds of markup that we do not read: texts of short lines alone, or inside of links. It is asked seldom, since
it costs more than all of ours, and is loaded when it is asked for the first time.
"""

import logging
from collections.abc import Collection

from lxml import etree

from bot.reading.boilerplate import is_boilerplate
from bot.reading.page import Page

_log = logging.getLogger(__name__)

LITTLE = 300
"""Characters. Less than this of an article is a reason to look again. Ours."""

# What is found must be worth it: notes on cookies are as long as the text that was missed.
_MUCH, _TIMES = 400, 2


def second_opinion(page: Page, shown: int, teasers: Collection[str]) -> list[str]:
    """Return the paragraphs that trafilatura finds on a page, where they are much more than what we found.

    Args:
        page: the page.
        shown: characters of the text that we found.
        teasers: lines that lead to other articles.
    """
    paragraphs = [line for line in _lines(page) if line not in teasers and not is_boilerplate(line)]
    return paragraphs if sum(map(len, paragraphs)) >= max(_MUCH, _TIMES * shown) else []


def _lines(page: Page) -> list[str]:
    from trafilatura import extract  # noqa: PLC0415  its libraries are half of a reader's memory

    source = etree.tostring(page.tree, encoding="unicode", method="html")
    try:
        text = extract(source, include_comments=False, include_tables=False)
    except Exception:
        # A library for pages of any kind meets some that it cannot take; without it we are where we were.
        _log.info("no second opinion", exc_info=True)
        return []
    return list(dict.fromkeys(" ".join(line.split()) for line in (text or "").splitlines() if line.strip()))
