"""How far a long command is."""

import io

from rich.console import Console

from bot.progress import progress


def test_a_terminal_shows_a_bar_that_goes_away() -> None:
    """In a terminal the share that is done is shown, and nothing is left of it at the end."""
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    with progress("copying", console) as show:
        show(50, 200)
        console.file.flush()
    assert "copying" in console.file.getvalue()  # type: ignore[attr-defined]
    assert " 25%" in console.file.getvalue()  # type: ignore[attr-defined]


def test_elsewhere_one_plain_line_says_what_is_done() -> None:
    """A log or a pipe gets no bar, whatever is told: one line without control characters."""
    file = io.StringIO()
    with progress("copying", Console(file=file)) as show:
        for done in range(200):
            show(done, 200)
    assert file.getvalue() == "copying …\n"
