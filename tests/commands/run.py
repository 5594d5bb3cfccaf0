"""The command line, run as a person runs it."""

import os
import resource
import subprocess
import sys
from pathlib import Path


def quotewire(
    *arguments: str,
    typed: str | None = None,
    folder: Path | None = None,
    largest_file: int | None = None,
    **settings: str,
) -> subprocess.CompletedProcess[str]:
    """Run one command in a process of its own.

    Args:
        arguments: the command line without the program's name.
        typed: what a person types; nothing by default.
        folder: where it is run.
        largest_file: bytes from which writing fails, as on a full disk.
        settings: in lower case, as the environment's QUOTEWIRE_….
    """
    root = str(Path(__file__).resolve().parents[2])
    given = {f"QUOTEWIRE_{name.upper()}": value for name, value in settings.items()}

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.run(  # noqa: S603 - our own command with the test's arguments
        [sys.executable, "-W", "error", "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        input=typed or "",
        timeout=120,
        check=False,
        cwd=folder,
        preexec_fn=limit,
        env={**os.environ, "PYTHONPATH": root, **given},
    )
