"""A connection that hands over its bytes in small portions, and no more of them before a body than headers may have.

HTTP is parsed in Python, in the loop's own thread: a server that sends thousands of tiny interim answers (100 Continue)
in one packet would keep everyone waiting while they are parsed, and could go on until the deadline.
"""

import ssl
from typing import Any

import httpcore

from bot.errors import BadResponse

# Bytes handed over at once: some hundred header lines or chunks, a few milliseconds of parsing.
PORTION_BYTES = 16_384
# Bytes between a request and the end of its answer's headers, interim answers included.
MAX_HEAD_BYTES = 65_536


class MeteredStream(httpcore.AsyncNetworkStream):
    """Wraps a connection; a request written begins a new answer's head."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._head_bytes: int | None = 0

    def head_is_read(self) -> None:
        """Say that the headers are over: what follows is the body, which its reader bounds."""
        self._head_bytes = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's signature
        """Return some bytes, b"" at the end.

        Raises:
            BadResponse: the head is longer than MAX_HEAD_BYTES.
        """
        data = await self._stream.read(min(max_bytes, PORTION_BYTES), timeout)
        if self._head_bytes is not None:
            if self._head_bytes >= MAX_HEAD_BYTES:
                raise BadResponse
            self._head_bytes += len(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's signature
        """Send bytes."""
        self._head_bytes = 0
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """Begin TLS; what is decrypted is metered."""
        return MeteredStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore wants to know of the socket."""
        return self._stream.get_extra_info(info)
