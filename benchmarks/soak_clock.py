"""A clock in a hurry: simulated moments for everything that goes by days, real seconds for the machine's own work."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class FastClock:
    """Simulated time, the same in every process that has these three numbers.

    Attributes:
        began: the real moment of the start, in seconds since 1970.
        ahead: how far before it simulated time starts, so that no simulated moment lies in the real future: a page
            dated tomorrow is not believed.
        speed: simulated seconds in a real one.
    """

    began: float
    ahead: float
    speed: float

    def seconds(self) -> float:
        """Return the simulated moment in seconds since 1970."""
        return self.began - self.ahead + (time.time() - self.began) * self.speed

    def now(self) -> datetime:
        """Return the simulated moment, aware."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def real(self, simulated: float) -> float:
        """Return the real seconds that simulated ones take."""
        return simulated / self.speed

    @property
    def passed(self) -> timedelta:
        """Return the simulated time since the start."""
        return timedelta(seconds=(time.time() - self.began) * self.speed)
