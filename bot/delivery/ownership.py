"""Names of processes, for leases."""

import os
import secrets
import socket


def owner_name() -> str:
    """Return a name that tells a person which process it is, and that no other process has ever had."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
