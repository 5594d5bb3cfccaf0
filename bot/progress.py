"""How far a long command is: a bar in a terminal, one plain line elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn


@contextmanager
def progress(what: str, console: Console | None = None) -> Iterator[Callable[[int, int], None]]:
    """Show a command's progress on standard error while the context is open.

    Args:
        what: what is done, as the bar's name: "copying".
        console: where it is shown; standard error by default.

    Yields:
        What is called with how much is done, and how much there is; 0 where that is not known.
    """
    shown = console or Console(stderr=True)
    if not shown.is_terminal:
        shown.print(f"{what} …", highlight=False)
        yield lambda _done, _all: None
        return
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, every: bar.update(task, completed=done, total=every or None)
