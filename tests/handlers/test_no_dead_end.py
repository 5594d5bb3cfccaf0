"""No dead end: every answer leads on, by a button or by a command that it names, whatever is said and pressed."""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from benchmarks.buttons import COMMAND, measure
from bot import errors
from bot.errors import QuotewireError
from bot.feed_values import FeedNotice
from bot.messages.catalogue import interface_languages, words_in
from bot.messages.errors import render_failure
from bot.messages.notices import render_notice
from bot.messages.reader import Reader
from bot.store import utc_now
from tests.messages.test_catalogues import TRANSLATED, entries

ERRORS = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, QuotewireError)]
NO_WAY_IN = {"This bot is private. Its operator can let you in; your number is {number}."}
"""Said to those who may not use the bot at all."""


async def test_every_answer_and_every_button_of_the_demo_leads_on() -> None:
    """A person says every command, opens links good and bad, and presses what comes; each spinner stops."""
    walker = await measure(3)
    assert walker.dead_ends() == []
    assert walker.walk.said > 40
    assert len(walker.walk.pressed) > 20
    assert len(walker.walk.answered) == sum(walker.walk.pressed.values())


def plain_sentences() -> Iterator[str]:
    """Yield the sentences that are answered by themselves, without a keyboard; not those that say "in a moment"."""
    for file in files("handlers").iterdir():
        if file.name.endswith(".py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "id", "") == "plain"
                    and "⏳" not in ast.dump(node)
                ):
                    yield from _said(node)


def _said(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") in {"say", "plural"}:
            yield from (str(part.value) for part in call.args if isinstance(part, ast.Constant))


def test_a_sentence_that_stands_alone_names_a_command() -> None:
    """Wherever a handler answers with a plain sentence."""
    sentences = set(plain_sentences())
    assert len(sentences) > 10
    assert [text for text in sentences - NO_WAY_IN if not COMMAND.search(text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_commands(language: str) -> None:
    """What leads on in English leads on in every language."""
    for message in entries(language):
        source = message.id if isinstance(message.id, str) else message.id[0]
        for form in message.string if isinstance(message.string, tuple) else (message.string,):
            assert set(COMMAND.findall(form)) == set(COMMAND.findall(source)), source


@pytest.mark.parametrize("language", interface_languages())
def test_every_error_and_every_notice_leads_on(language: str) -> None:
    """In each language, with a keyboard."""
    words = words_in(language)
    reader = Reader(words, ZoneInfo("UTC"), utc_now())
    for kind in ERRORS:
        error = kind(url="https://example.com", status=404, limit=1, limit_bytes=1, seconds=1)
        assert render_failure(error, words).buttons
        assert render_failure(error, words, feed=True).buttons
    for code in (*FeedNotice, "left_out", "blocked", "unblocked"):
        notice = render_notice(code, "The Wire", 1, 2, reader)
        assert notice.buttons
        assert re.match(r"The Wire|.*The Wire", notice.html)
