"""The sentences of an article in order, and what stands among them as one: datelines, times of a live blog, answers."""

import re
from collections.abc import Iterator

from bot.models import Article
from bot.reading.sentences import split

# "Lindenau, 3. März 2026.", "KYIV, March 5.", with the words for a year of some languages.
_DATELINE = re.compile(
    r"[^\W\d_][\w’'ʼ. -]{1,30}, (?:the |den |am |le |el )?"
    r"(?:\d{1,2}(?:\.|st|nd|rd|th)? [^\W\d_]+\.?|[^\W\d_]+\.? \d{1,2})"
    r",?(?: \d{4}(?: (?:р|року|г|года))?)?\."
)
# "DUBLIN: ", "BERLIN (dpa) – ", "NEW YORK, March 5 — ".
_PLACE = re.compile(
    r"(?:[^\W\d_a-zа-яіїєґ]{3,}[ ,]{0,2}){1,3}(?:[^\W\d_]+\.? \d{1,2} ?)?(?:\([^)]{2,30}\))?\s*[:–—-]\s"
)
_ENTRY = re.compile(r"(?:[01]?\d|2[0-4])(?::[0-5]\d(?: Uhr)?|\.[0-5]\d Uhr)(?:[:,]| [–—|-])?\s+(?=[«„“\"]?[^\W\d_])")
# An answer of more characters says what it answers.
_ANSWER = 90
# "1. The battery." is the head of a list's item.
_HEAD, _HEAD_SIZE = re.compile(r"\d{1,2}[.)] \S"), 40


def is_dateline(text: str) -> bool:
    """Say whether a text is the place and day before a press release, and no more: "Lindenau, 3. März 2026." """
    return text[-1:] == "." and _DATELINE.fullmatch(text) is not None


def without_place(text: str) -> str:
    """Return a lead without the place in capitals, and who reports: "DUBLIN: They will", "KYIV (Reuters) - "."""
    found = _PLACE.match(text)
    return text[found.end() :] if found else text


def is_head(text: str) -> bool:
    """Say whether a text asks, or names the item of a list, by which what follows is understood: "1. The battery"."""
    return text.endswith("?") or (len(text) < _HEAD_SIZE and _HEAD.match(text) is not None)


def is_answer(before: str, text: str) -> bool:
    """Say whether a sentence is a short answer to the one before it, and says nothing without that.

    Args:
        before: the sentence before it, which may not be shown.
        text: the sentence.
    """
    return before.endswith("?") and len(text) < _ANSWER


def without_time(text: str) -> tuple[str, str]:
    """Return the time before an entry of a live blog, "" for none, and the sentence behind it.

    Args:
        text: the first sentence of a paragraph.
    """
    found = _ENTRY.match(text) if text[:1].isdecimal() else None
    if found is None or not text[found.end() :].lstrip('«„“"')[0].isupper():
        return "", text
    return text[: found.end()].rstrip(), text[found.end() :]


def is_entry(text: str) -> bool:
    """Say whether a text is the time before an entry of a live blog, and no more."""
    found = _ENTRY.match(f"{text} X") if text[:1].isdecimal() else None
    return found is not None and found.end() > len(text)


def pieces_of(article: Article) -> Iterator[tuple[int, str]]:
    """Yield (paragraph, text) of each sentence; the time of a live blog's entry is one of its own."""
    for index, paragraph in enumerate(article.paragraphs):
        texts = split(paragraph.text, article.language)
        if texts and texts[0][0].isdecimal():
            texts = [*filter(None, without_time(texts[0])), *texts[1:]]
        for text in texts:
            yield index, text
