"""Our packages are called bot, handlers and config; another distribution with such a name would write over them."""

from importlib import metadata
from importlib.metadata import Distribution

OURS = "quotewire"
PACKAGES = frozenset({"bot", "handlers", "config"})


def version() -> str:
    """Return our version, "" where we run from a folder that was never installed."""
    try:
        return metadata.version(OURS)
    except metadata.PackageNotFoundError:
        return ""


def intruders() -> list[str]:
    """Return the installed distributions, other than ours, that own files in one of our packages (PyPI's `config`)."""
    others = (each for each in metadata.distributions() if each.metadata["Name"] != OURS)
    return sorted({other.metadata["Name"] for other in others if _owns_ours(other)})


def _owns_ours(distribution: Distribution) -> bool:
    paths = (file.parts for file in distribution.files or ())
    return any(len(parts) > 1 and parts[0] in PACKAGES for parts in paths)
