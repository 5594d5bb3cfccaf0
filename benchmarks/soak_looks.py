"""What a process holds, as /proc and its /metrics say it, and whether that grows."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

_WIDTH, _HEIGHT, _LEFT = 800, 90, 10


@dataclass(frozen=True, slots=True)
class Look:
    """What was held at one moment.

    Attributes:
        day: simulated days since the start.
        bot: the bot's own memory: MB of what it has written itself, shared pages in proportion (Pss_Anon; man 5 proc).
            Files that are mapped are left out: their share depends on who else maps them.
        malloc: MB allocated by malloc in it (bot.heap).
        blocks: thousands of small pieces of memory that Python's objects hold in it.
        readers: the same of its reading workers and their nursery together.
        tasks: asyncio tasks of the bot.
        files: its open files and sockets.
        errors: log records of level ERROR and above, ever.
    """

    day: float
    bot: float
    malloc: float
    blocks: float
    readers: float
    tasks: float
    files: float
    errors: float


async def look(day: float, process: int, metrics: str, session: aiohttp.ClientSession) -> Look:
    """Look at a bot.

    Args:
        day: now, in simulated days.
        process: its id.
        metrics: the address of its /metrics.
        session: asks for them.
    """
    async with session.get(metrics) as answer:
        text = await answer.text()
    families = text_string_to_metric_families(text)
    said = {(one.name, one.labels.get("level")): one.value for family in families for one in family.samples}
    errors = sum(said.get(("quotewire_log_records_total", level), 0.0) for level in ("error", "critical"))
    return Look(
        day,
        bot=memory(process),
        malloc=said["quotewire_malloc_in_use_bytes", None] / 1e6,
        blocks=said["quotewire_python_blocks", None] / 1e3,
        readers=sum(map(memory, children(process))),
        tasks=said["quotewire_tasks", None],
        files=open_files(process),
        errors=errors,
    )


def open_files(process: int) -> int:
    """Return how many files and sockets a process has open."""
    return sum(1 for _ in Path(f"/proc/{process}/fd").iterdir())


def memory(process: int) -> float:
    """Return what a process wrote to memory itself, in MB (Pss_Anon: shared pages in proportion); 0 once it is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:")), 0) / 1000


def children(process: int) -> list[int]:
    """Return the ids of a process's children and of theirs."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    found = [int(number) for thread in threads for number in thread.read_text(encoding="ascii").split()]
    return [*found, *(number for child in found for number in children(child))]


def slope(looks: Sequence[Look], name: str) -> float:
    """Return how much something grows in a simulated day, by a straight line through all but the first quarter."""
    rest = looks[len(looks) // 4 :]
    return statistics.linear_regression([one.day for one in rest], [getattr(one, name) for one in rest]).slope


def table(looks: Sequence[Look]) -> str:
    """Return the quarters' means and the slopes."""
    quarter = max(1, len(looks) // 4)
    quarters = [looks[start : start + quarter] for start in range(0, 4 * quarter, quarter)]
    rows = [f"{'':8}" + "".join(f"  quarter {number}" for number in range(1, 5)) + "   most   slope a day"]
    for name in _names():
        means = "".join(f"{statistics.mean(getattr(one, name) for one in part):11.1f}" for part in quarters)
        most = max(getattr(one, name) for one in looks)
        rows.append(f"{name:8}{means}{most:7.0f}{slope(looks, name):+14.3f}")
    return "\n".join(rows)


def picture(looks: Sequence[Look], title: str) -> str:
    """Return the looks over simulated days as SVG, one band for each thing that is held."""
    bands = [_band(looks, name, 30 + place * (_HEIGHT + 30)) for place, name in enumerate(_names()[:-1])]
    height = 30 + len(bands) * (_HEIGHT + 30)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH + 2 * _LEFT} {height}" '
        f'font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="{_LEFT}" y="18" font-weight="bold">{title}</text>{"".join(bands)}</svg>\n'
    )


_UNITS = {
    "bot": "the bot's process, MB",
    "malloc": "allocated by malloc in it, MB",
    "blocks": "pieces of memory held by Python's objects in it, thousands",
    "readers": "reading workers and their nursery, MB",
    "tasks": "tasks",
    "files": "open files",
}


def _band(looks: Sequence[Look], name: str, top: int) -> str:
    values = [getattr(one, name) for one in _thinned(looks)]
    days = [one.day for one in _thinned(looks)]
    most, last = max(values) or 1, days[-1] or 1
    points = " ".join(
        f"{_LEFT + day / last * _WIDTH:.0f},{top + 20 + _HEIGHT - value / most * _HEIGHT:.1f}"
        for day, value in zip(days, values, strict=True)
    )
    words = f"{_UNITS[name]}: 0 to {most:.0f}; slope {slope(looks, name):+.2f} a day"
    return (
        f'<text x="{_LEFT}" y="{top + 14}">{words}</text>'
        f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{top + 20 + _HEIGHT}" y2="{top + 20 + _HEIGHT}" stroke="#bbb"/>'
        f'<polyline fill="none" stroke="#1565c0" stroke-width="1.2" points="{points}"/>'
    )


def _thinned(looks: Sequence[Look]) -> Sequence[Look]:
    return looks[:: max(1, len(looks) // 400)]


def _names() -> list[str]:
    return [field.name for field in fields(Look)][1:]
