"""Trades that are somebody's surname: "Teller said" where the text has named Zvi Teller."""

from collections.abc import Sequence

from bot.reading.quoting.cast import Cast
from bot.reading.quoting.names import Run
from bot.reading.quoting.tokens import Sentence


def is_borne(tokens: Sentence, index: int, cast: Cast) -> bool:
    """Tell whether a capitalized trade stands alone, without an article, where somebody has it as a surname.

    Args:
        tokens: the sentence.
        index: the word's place in it.
        cast: the article's persons.
    """
    token = tokens[index]
    if token.kind != "C" or token.low not in cast.by_surname or not cast.words.has("roles", token.low):
        return False
    before = tokens[index - 1] if index else None
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if behind is not None and behind.kind == "C":
        return False
    return before is None or (before.kind != "C" and not cast.words.has("determiners", before.low))


def with_trades_borne(
    cast: Cast, sentences: Sequence[Sentence], runs: Sequence[tuple[int, Run, str]]
) -> Sequence[tuple[int, Run, str]]:
    """Return all names of an article together with those trades that are surnames in it, in reading order.

    Args:
        cast: the article's persons, all registered.
        sentences: its sentences.
        runs: its names: the sentence's number, the run and the text.
    """
    borne = {surname for surname in cast.by_surname if cast.words.has("roles", surname)}
    if not borne:
        return runs
    known = {(number, place) for number, run, _ in runs for place in range(run.first, run.last + 1)}
    found = [
        (number, Run(index, index, index), token.text)
        for number, tokens in enumerate(sentences)
        for index, token in enumerate(tokens)
        if token.low in borne and (number, index) not in known and is_borne(tokens, index, cast)
    ]
    return sorted([*runs, *found]) if found else runs
