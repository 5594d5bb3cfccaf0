"""The command line's door: it hears SIGTERM before anything slow is loaded."""

import os
import signal
import sys
from collections.abc import Sequence

_LASTING = ("run", "demo")
"""Commands that last until they are told to stop, for which a stop is no failure, however early it comes."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit status.

    Args:
        arguments: the command line without the program's name; the process's own by default.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] and given[0] in _LASTING:
        signal.signal(signal.SIGTERM, _end_at_once)
    try:
        # Loading takes seconds on a busy machine.
        from bot.command_line import run_command  # noqa: PLC0415

        status = run_command(given)
    except KeyboardInterrupt:
        status = 130  # the shell's convention: 128 + SIGINT
    raise SystemExit(status)


def _end_at_once(_number: int, _frame: object) -> None:
    """End the process, which has opened nothing yet; an exception might be swallowed by what is being loaded."""
    os._exit(0)


if __name__ == "__main__":
    main()
