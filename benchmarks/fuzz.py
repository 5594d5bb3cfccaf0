"""Give feeds, quotes, messages and pages as many made-up inputs as time allows: `python -m benchmarks.fuzz pages`.

What is tried and what must hold is in tests/fuzz; the tests try a fixed few hundred. Ends at the first input for which
something does not hold, made as small as Hypothesis can, and writes it to a file. With --guided Atheris (`pip install
atheris`; not a dependency) chooses the inputs by the code that they reach.
"""

import argparse
import hashlib
import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings

if TYPE_CHECKING:
    from tests.fuzz.targets import Target

NAMES = ("feeds", "quotes", "messages", "pages")
"""What can be fuzzed. It is imported late: Atheris must be there before what it watches."""

WATCHED = ["bot.feeds", "bot.reading", "bot.messages"]
"""Where Atheris counts what is reached; to count everywhere takes minutes before the first input."""

ROUND = 300
"""Inputs of one run of Hypothesis, which remembers what it has tried; then another begins with another seed."""


@dataclass
class Tried:
    """What was tried.

    Attributes:
        target: what is fuzzed.
        inputs: how many.
        last: the last of them; after a failure the smallest that fails.
    """

    target: "Target"
    inputs: int = 0
    last: Any = field(default=None, repr=False)

    def one(self, value: Any) -> None:
        """Check one input."""
        self.inputs += 1
        self.last = value
        self.target.check(value)


def trial_of(tried: Tried, number: int) -> Callable[[], None]:
    """Return a test as Hypothesis runs it.

    Args:
        tried: counts, and keeps the last input.
        number: the seed.
    """

    @seed(number)
    @settings(
        max_examples=ROUND,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(tried.target.inputs)
    def check(value: Any) -> None:
        tried.one(value)

    return check


def by_chance(tried: Tried, seconds: float, first_seed: int) -> None:
    """Try inputs for some seconds of this process's CPU; raises what the first failure raised."""
    number = first_seed
    while time.process_time() < seconds:
        trial_of(tried, number)()
        number += 1


def target_of(name: str) -> "Target":
    """Return a target by its name."""
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415  see NAMES

    return TARGETS[name]


def guided(name: str, seconds: float, count: "Synchronized[int]") -> None:
    """Try inputs that reach new code, in a process of its own: libFuzzer ends the process itself."""
    import atheris  # noqa: PLC0415  an optional tool

    with atheris.instrument_imports(include=WATCHED):
        tried = Tried(target_of(name))
    check: Any = trial_of(tried, 0)
    one_input = check.hypothesis.fuzz_one_input

    def counted(data: bytes) -> None:
        try:
            one_input(data)
        except BaseException:
            save(name, tried.last)
            raise
        finally:
            count.value = tried.inputs

    atheris.Setup(["fuzz", f"-max_total_time={seconds:.0f}", "-max_len=8192", "-rss_limit_mb=3000"], counted)
    atheris.Fuzz()


def save(name: str, value: Any) -> Path:
    """Write a failing input to a file in the present folder and return its path."""
    text = repr(value)
    file = Path(f"fuzz-{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.txt")
    file.write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
    return file


def main() -> None:
    """Fuzz one target and print how many inputs it was given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=NAMES)
    parser.add_argument("--minutes", type=float, default=1.0, help="of this process's CPU; by the clock with --guided")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the first round; printed")
    parser.add_argument("--guided", action="store_true", help="let Atheris choose the inputs")
    options = parser.parse_args()
    if options.guided:
        count = multiprocessing.Value("q")
        child = multiprocessing.Process(target=guided, args=(options.target, options.minutes * 60, count))
        child.start()
        child.join()
        print(f"{options.target}: {count.value:,} inputs, ended with {child.exitcode}")
        return
    tried = Tried(target_of(options.target))
    try:
        with suppress(KeyboardInterrupt):
            by_chance(tried, options.minutes * 60, options.seed)
    except Exception:
        print(f"{options.target}: one of {tried.inputs:,} inputs fails, saved as {save(options.target, tried.last)}")
        raise
    spent = time.process_time() / 60
    print(
        f"{options.target}: {tried.inputs:,} inputs from seed {options.seed} in {spent:.1f} minutes of CPU, none fails"
    )


if __name__ == "__main__":
    main()
