"""The words of stories as the full-text index keeps them: FTS5 in SQLite, tsvector in PostgreSQL.

Not among the tables of bot.store.tables: FTS5's tables cannot be described there, and the two databases differ. Rows go
with their stories: by a trigger in SQLite, by the foreign key in PostgreSQL.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Article, Entry
from bot.stems import text_stems
from bot.store.documents import DIGEST, ENTRY

LONGEST_STEM = 200
"""Bytes of a stem that is kept. Ours: nobody looks for longer words, and PostgreSQL's tsvector cuts those of more than
2,046 bytes off without a word, amid a letter, so that a dump of it cannot be restored."""

MOST_BYTES = 1_000_000
"""Of all stems of a story, the first in its text; a tsvector holds 1,048,575 (PostgreSQL, limits of text search)."""

_INSERT = {
    "sqlite": text("INSERT OR REPLACE INTO story_words_fts (rowid, stems) VALUES (:story_id, :stems)"),
    "postgresql": text(
        "INSERT INTO story_words_fts (story_id, stems)"
        " VALUES (:story_id, array_to_tsvector(string_to_array(:stems, ' ')))"
        " ON CONFLICT (story_id) DO UPDATE SET stems = excluded.stems"
    ),
}

_READ = {
    "sqlite": text("SELECT rowid, stems FROM story_words_fts WHERE rowid IN (SELECT id FROM stories) ORDER BY rowid"),
    "postgresql": text(
        "SELECT story_id, array_to_string(tsvector_to_array(stems), ' ') FROM story_words_fts ORDER BY story_id"
    ),
}


async def indexed_words(connection: AsyncConnection, at_once: int) -> AsyncIterator[dict[int, list[str]]]:
    """Yield the searchable words of all stories by the story's number, some stories at a time.

    Args:
        connection: the caller's.
        at_once: stories, at most.
    """
    result = await connection.stream(_READ[connection.dialect.name])
    async for part in result.partitions(at_once):
        yield {number: stems.split() for number, stems in part}


async def index_stories(connection: AsyncConnection, words: Mapping[int, Iterable[str]]) -> None:
    """Write or replace the searchable words of stories within the caller's transaction.

    Args:
        connection: the caller's.
        words: by the story's number, the stems of its text.
    """
    rows = [{"story_id": number, "stems": " ".join(sorted(_kept(stems)))} for number, stems in sorted(words.items())]
    rows = [row for row in rows if row["stems"]]
    if rows:
        await connection.execute(_INSERT[connection.dialect.name], rows)


def _kept(stems: Iterable[str]) -> Iterator[str]:
    """Yield each stem once, as far as the index holds them."""
    room = MOST_BYTES
    for stem in dict.fromkeys(stems):
        size = len(stem.encode())
        if size <= min(LONGEST_STEM, room):
            room -= size
            yield stem


def article_stems(article: Article) -> list[str]:
    """Return the stems of all that an article says, names of authors and speakers and tags among it."""
    speakers = dict.fromkeys(quote.speaker for quote in article.quotes if quote.speaker)
    parts = [article.title, article.lead, *(paragraph.text for paragraph in article.paragraphs)]
    return text_stems("\n".join([*parts, *article.tags, *article.authors, *speakers]), article.language)


def entry_stems(entry: Entry, language: str | None = None) -> list[str]:
    """Return the stems of what a feed says of a story."""
    return text_stems("\n".join([entry.title, entry.summary, *entry.tags, *entry.authors]), language)


def stems_of_story(digest: Any, entry: Any, feed_language: str | None) -> list[str]:
    """Return the stems of what is known of a story: its page where that was read, else what its feed says.

    Args:
        digest: its document, as the row holds it; None where the page was not read.
        entry: the feed's item, likewise.
        feed_language: the feed's own.
    """
    if digest is not None:
        return article_stems(DIGEST.validate_python(digest).article)
    return entry_stems(ENTRY.validate_python(entry), feed_language) if entry else []
