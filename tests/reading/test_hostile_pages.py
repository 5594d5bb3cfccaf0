"""Pages made to hang, bloat or crash a reader, through the pool as the bot reads them; and any bytes at all."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import QuotewireError
from bot.models import Digest
from bot.reading import read
from bot.reading.worker import ReadingPool
from config.settings import Settings

URL = "https://hostile.example/page"
NEWS = """<html lang=en><title>Old bridge of Harwick closed</title><body><article><h1>Old bridge of Harwick closed</h1>
<p>The old bridge of Harwick was closed on Monday after inspectors found cracks in four of its nine arches.</p>
<p>The council ordered repairs that will cost eleven million pounds and last until the end of December.</p>
<p>“We know that this is hard for everyone who works on the other bank,” Mayor Anna Hill told reporters.</p>
<p>A free ferry will carry three hundred people an hour between the two banks of the river, she said.</p>
</article></html>"""


def _page(body: str) -> bytes:
    return f"<html><title>A page</title><body>{body}</body></html>".encode()


HOSTILE = {
    "attributes": lambda: _page("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">text</p>"),
    "repeated attributes": lambda: _page("<p " + "class=a " * 100_000 + ">text</p>"),
    "nesting": lambda: _page("<div>" * 100_000 + "text" + "</div>" * 100_000),
    "inline nesting": lambda: _page("<b><i>" * 50_000 + "text"),
    "tables": lambda: _page("<table><tr><td>" * 20_000 + "text"),
    "paragraphs": lambda: _page("<p>" * 2_300_000),
    "full paragraphs": lambda: _page("<p>One more sentence of no importance at all, said somebody.</p>" * 100_000),
    "one long word": lambda: _page("<p>" + "a" * 7_000_000 + "</p>"),
    "one long sentence": lambda: _page("<p>" + "word, " * 1_000_000 + "</p>"),
    "full stops": lambda: _page("<p>" + ". " * 2_000_000 + "</p>"),
    "initials": lambda: _page("<p>" + "J. K. " * 500_000 + "</p>"),
    "quotation marks": lambda: _page("<p>" + "“" * 1_000_000 + "</p><p>" + '"a" ' * 500_000 + "</p>"),
    "capitals": lambda: _page("<p>" + "Aa Bb " * 500_000 + "</p>"),
    "open comment": lambda: _page("<!--" * 500_000),
    "entities": lambda: _page("&amp;" * 1_000_000),
    "structured data": lambda: _page('<script type="application/ld+json">' + "[" * 200_000 + "</script>"),
    "zeros": lambda: bytes(5_000_000),
    "noise": lambda: bytes(range(256)) * 20_000,
}


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Make the pages once."""
    return {name: make() for name, make in HOSTILE.items()}


@pytest.fixture
async def pool() -> AsyncIterator[ReadingPool]:
    """Run a pool of real readers with a short deadline."""
    choices = {"reading_workers": 2, "reading_timeout": 1.0, "reading_memory_bytes": 1_000_000_000}
    made = ReadingPool(Settings(_env_file=None, **choices))  # type: ignore[arg-type]
    await made.start()
    yield made
    await made.stop()


async def test_every_hostile_page_gets_an_answer(pool: ReadingPool, pages: dict[str, bytes]) -> None:
    """Each ends in a digest or in an error of ours, and afterwards the pool reads an honest page."""

    async def outcome(html: bytes) -> object:
        try:
            return await pool.run(read, html, URL, url=URL)
        except QuotewireError as error:
            return error

    answers = await asyncio.gather(*map(outcome, pages.values()))
    assert all(isinstance(answer, Digest | QuotewireError) for answer in answers)
    assert isinstance(await pool.run(read, NEWS.encode(), URL, url=URL, deadline=60.0), Digest)


MARKUP = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div class=article>",
            "</div>",
            "<h1>",
            "<article>",
            "<script type='application/ld+json'>",
            "</script>",
        ),
        *(
            '{"@type":"NewsArticle","headline":["x"]}',
            "<meta name=author content=",
            "<title>",
            "<time datetime=",
            "2024-13-45T99",
        ),
        *(
            "<blockquote>",
            "“Quoted words here,” said Ann Lee. ",
            "Слово і діло. ",
            "A sentence of the news. ",
            "&#0;",
            "&bogus;",
            "\x00",
            '"',
            "<!--",
            "]]>",
        ),
    ]
)


@settings(max_examples=60, deadline=None)  # the first example loads the readers
@given(st.binary(max_size=300) | st.lists(MARKUP, max_size=40).map("".join).map(str.encode))
def test_any_bytes_are_a_digest_or_an_error_of_ours(html: bytes) -> None:
    """Whatever comes from the web, reading it returns a Digest or raises a QuotewireError."""
    try:
        digest = read(html, URL)
    except QuotewireError:
        return
    assert isinstance(digest, Digest)
