"""How matching of followed queries scales: one story against N queries, by the index and by asking every query.

    python -m benchmarks.queries [--queries 20000]

Prints milliseconds for one story and their ratio; the story and the queries are of made-up words; a story's
frequencies fall as in a language (Zipf), a query takes any word of the language.
"""

import argparse
import asyncio
import random
import tempfile
import time

from bot.queries import parse_query, query_topic
from bot.stems import text_stems
from bot.store import Store
from bot.store.query_index import matching_queries

_WORDS = 20_000
_STORY_WORDS = 600
_STORIES = 5


def _word(number: int) -> str:
    letters = "bdfgklmnprstvz"
    text = ""
    while number or not text:
        number, at = divmod(number, len(letters))
        text += letters[at] + "aeiou"[at % 5]
    return text + "x"


async def measure(queries: int) -> None:
    """Measure and print."""
    chance = random.Random(7)  # noqa: S311 - a benchmark's repeatable chance
    words = [_word(number) for number in range(_WORDS)]
    weights = [1 / (rank + 10) for rank in range(_WORDS)]

    def pick(count: int) -> list[str]:
        return chance.choices(words, weights, k=count)

    with tempfile.TemporaryDirectory() as folder:
        async with Store(f"sqlite+aiosqlite:///{folder}/queries.db") as store:
            await store.migrate()
            chat = await store.chats.ensure(1)
            texts = sorted({query_topic(" ".join(chance.sample(words, 2))).key for _ in range(queries)})
            for text in texts:
                await store.subscriptions.add(chat.id, query_topic(text))
            parsed = [parse_query(text) for text in texts]
            stories = [text_stems(" ".join(pick(_STORY_WORDS))) for _ in range(_STORIES)]
            indexed, asked, matches = 0.0, 0.0, 0
            for stems in stories:
                async with store._database.read() as connection:
                    began = time.perf_counter()
                    found = await matching_queries(connection, stems)
                    indexed += time.perf_counter() - began
                began = time.perf_counter()
                matches += sum(query.matches(stems) for query in parsed)
                asked += time.perf_counter() - began
                assert len(found) == sum(query.matches(stems) for query in parsed)
    print(f"{len(texts)} queries, {_STORIES} stories of {_STORY_WORDS} words, {matches} matches")
    print(f"by the index: {indexed / _STORIES * 1000:.1f} ms a story")
    print(f"asking each:  {asked / _STORIES * 1000:.1f} ms a story ({asked / indexed:.0f} times as long)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=20_000)
    asyncio.run(measure(parser.parse_args().queries))
