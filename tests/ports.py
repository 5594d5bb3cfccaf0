"""TCP ports for servers whose address must be known before they listen."""

import itertools
import os
import socket
from contextlib import suppress

_LOWEST, _COUNT = 10_000, 20_000
"""Below the range from which systems give ports to connections (32768 and up on Linux, 49152 by RFC 6335)."""

_numbers = itertools.count(97 * os.getpid())


def free_port() -> int:
    """Return a port that nobody listens at, and that no connection is given before it is used.

    Port 0 would do neither: while a bot starts, the connections of other tests take ports by the hundred. Each process
    looks from a place of its own.
    """
    while True:
        port = _LOWEST + next(_numbers) % _COUNT
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
