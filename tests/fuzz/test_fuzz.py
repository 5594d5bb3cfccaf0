"""A fixed number of made-up inputs for each target; `python -m benchmarks.fuzz` gives them as many as time allows."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_is_read_and_shown(name: str) -> None:
    """What is read of anything made up by chance can be kept, and Telegram takes all that is shown."""
    target = TARGETS[name]
    checked = []

    @settings(
        max_examples=target.in_ci,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def check(value: object) -> None:
        checked.append(value)
        target.check(value)

    check()
    assert len(checked) >= target.in_ci / 2
