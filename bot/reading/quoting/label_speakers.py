"""Who a label names: "Quote from Vera Osk, head of Civil Protection" → Vera Osk."""

from collections.abc import Iterator, Sequence

from bot.reading.quoting.cast import Cast
from bot.reading.quoting.names import Run, run_starting
from bot.reading.quoting.slavic_cast import SlavicCast
from bot.reading.quoting.slavic_names import person_in_run
from bot.reading.quoting.tokens import Token, tokenize


def speaker_in_label(written: str, cast: Cast) -> str:
    """Return the full name of the person in a label's words, in the nominative, without his role.

    Args:
        written: what stands between the label and its colon.
        cast: the article's persons; one of them is preferred.

    Where no name is found, the words up to the first comma.
    """
    names = list(_names(written, cast))
    known = next((person.name for name in names if (person := cast.find(name, oblique=True)) is not None), None)
    if known is not None:
        return known
    full = next((name for name in names if " " in name), names[0] if names else None)
    return cast.full_name(full or written.partition(",")[0].strip(), oblique=True)


def _names(written: str, cast: Cast) -> Iterator[str]:
    tokens = tokenize(written, [])
    index = 0
    while index < len(tokens):
        run = run_starting(tokens, index, cast.words) if tokens[index].kind == "C" else None
        place = _place(tokens, run, cast) if run is not None and run.is_name else None
        if place is not None:
            yield " ".join(written[tokens[place[0]].start : tokens[place[1]].end].split())
        index = run.last + 1 if run is not None else index + 1


def _place(tokens: Sequence[Token], run: Run, cast: Cast) -> tuple[int, int] | None:
    """Return the first and last token of the name in a run; None where the run is an office or a body."""
    if isinstance(cast, SlavicCast):
        return person_in_run(tokens, run, cast.words)
    after_preposition = run.first > 0 and cast.words.has("prepositions", tokens[run.first - 1].low)
    body = any(cast.words.has("organisation_words", token.low) for token in tokens[run.name_first : run.last + 1])
    return None if body or (after_preposition and not run.titled) else (run.name_first, run.last)
