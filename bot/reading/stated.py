"""The article's text as the page states it in JSON-LD, for pages that show less of it than they hold."""

import re
from collections.abc import Iterator

from bot.reading.evidence import Thing, all_things, clean, words
from bot.reading.page import Page
from bot.reading.sentences import split

_PARAGRAPH_END = re.compile(r"\n+|</p\s*>|<br\s*/?>\s*<br\s*/?>|</h\d\s*>", re.IGNORECASE)
_PARAGRAPH = 400
_MIN_WORDS = 120
# A text in JSON-LD is taken where it has this many times the words that the page shows.
_TIMES_LONGER = 1.6


def stated_paragraphs(page: Page, title: str, language: str | None, shown: str) -> list[str]:
    """Return the paragraphs that JSON-LD states, where the page itself shows far less; else nothing.

    Args:
        page: the page.
        title: the article's headline.
        language: ISO 639-1, as the page states it.
        shown: the text found on the page.
    """
    text = _article_body(page, words(title))
    if len(text) < _TIMES_LONGER * len(shown):
        return []
    paragraphs = dict.fromkeys(clean(part) for part in _PARAGRAPH_END.split(text))
    # Some publishers state parts of the text twice.
    sentences = dict.fromkeys(sentence for paragraph in paragraphs for sentence in split(paragraph, language))
    said = sum(len(words(sentence).split()) for sentence in sentences)
    if said < _MIN_WORDS or said < _TIMES_LONGER * len(words(shown).split()):
        return []
    return [part for paragraph in paragraphs if paragraph for part in _in_parts(paragraph, language)]


def _article_body(page: Page, title: str) -> str:
    bodies = [(words(clean(thing.get("headline"))), body) for thing in all_things(page) if (body := _body(thing))]
    own = [body for headline, body in bodies if headline and headline == title]
    if own:
        return max(own, key=len)
    return bodies[0][1] if len(bodies) == 1 else ""


def _body(thing: Thing) -> str:
    body = thing.get("articleBody")
    return body if isinstance(body, str) else ""


def _in_parts(paragraph: str, language: str | None) -> Iterator[str]:
    """Cut a text that came without paragraphs at the ends of sentences."""
    part = ""
    for sentence in split(paragraph, language):
        part = f"{part} {sentence}".strip()
        if len(part) >= _PARAGRAPH:
            yield part
            part = ""
    if part:
        yield part
