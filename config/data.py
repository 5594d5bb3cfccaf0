"""Where the TOML data of this package is, read when asked for and never at import."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any


def tables(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (name without .toml, content) of every TOML file in a folder of this package, by name.

    Args:
        folder: "sources", "sites" or "languages".
    """
    for file in sorted(files(__package__).joinpath(folder).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            yield file.name.removesuffix(".toml"), tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def table(name: str) -> dict[str, Any]:
    """Return the content of one TOML file at the top of this package; it is read once, and nobody changes it.

    Most of these files are for all languages that have none of their own: read for each, they would cost the first page
    of each some milliseconds.

    Args:
        name: the file's name without .toml, such as "topics".
    """
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
