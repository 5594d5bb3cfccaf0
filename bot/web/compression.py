"""Compressed bodies, inflated piece by piece so that nothing grows beyond what was asked for.

gzip and deflate only: zlib can be told how much to put out at once. br and zstd would need a dependency each for
what every server also offers as gzip, so they are neither asked for nor read.
"""

import zlib
from collections.abc import Iterator
from typing import Protocol

ACCEPT_ENCODING = "gzip, deflate"
# Bytes that one step may put out.
PIECE_BYTES = 65_536
# Members of one gzip body: each costs the decoder far more than its twenty bytes cost the server. 256 of bgzip's
# blocks, the smallest in use, are 16 MB.
MAX_MEMBERS = 256

# Names that servers write for "not compressed"; "utf-8" is a common slip for a charset.
_PLAIN = {"", "identity", "none", "utf-8", "utf8", "8bit", "binary"}
_GZIP = {"gzip", "x-gzip"}


class Decoder(Protocol):
    """Takes a body's raw chunks and gives it decoded, in pieces of PIECE_BYTES at most."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Decode one chunk; raises ValueError where the compression is broken."""

    def finish(self) -> None:
        """Say that the body has ended; raises ValueError where it ends too early."""


def decoder_for(content_encoding: str) -> Decoder:
    """Return the decoder that a Content-Encoding header calls for.

    Raises:
        ValueError: the encoding is unknown, or there is more than one (a body compressed twice is a bomb's form).
    """
    names = [name for item in content_encoding.lower().split(",") if (name := item.strip()) not in _PLAIN]
    if not names:
        return _Plain()
    if len(names) == 1 and names[0] in _GZIP:
        return _Gzip()
    if names == ["deflate"]:
        return _Deflate()
    raise ValueError(f"unknown or doubled compression: {content_encoding[:40]!r}")


class _Plain:
    def feed(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk

    def finish(self) -> None:
        pass


class _Gzip:
    """gzip's members one after another (RFC 1952 section 2.2); what follows the last one, padding, is dropped."""

    def __init__(self) -> None:
        self._member: zlib._Decompress | None = None
        self._members = 0

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            if self._member is None:
                if self._members and chunk[0] != 0x1F:  # noqa: PLR2004 - the first byte of gzip's magic number
                    return
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
                self._members += 1
                if self._members > MAX_MEMBERS:
                    raise ValueError("too many gzip members")
            yield from _inflate(self._member, chunk)
            chunk = self._member.unused_data
            if self._member.eof:
                self._member = None

    def finish(self) -> None:
        if self._member is not None:
            raise ValueError("gzip ends too early")


class _Deflate:
    """deflate with zlib's header, as RFC 9110 says, or bare, as some servers do."""

    def __init__(self) -> None:
        self._inflater: zlib._Decompress | None = None
        self._head = b""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if self._inflater is None:
            chunk = self._head = self._head + chunk
            if len(chunk) < 2:  # noqa: PLR2004 - zlib's header has two bytes
                return
            self._inflater = zlib.decompressobj(zlib.MAX_WBITS if _has_zlib_header(chunk) else -zlib.MAX_WBITS)
        if not self._inflater.eof:
            yield from _inflate(self._inflater, chunk)

    def finish(self) -> None:
        if self._head and (self._inflater is None or not self._inflater.eof):
            raise ValueError("deflate ends too early")


def _has_zlib_header(head: bytes) -> bool:
    """Tell zlib's header (RFC 1950 section 2.2): method 8, and the first two bytes a multiple of 31."""
    return head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0  # noqa: PLR2004 - the rule's own numbers


def _inflate(inflater: "zlib._Decompress", chunk: bytes) -> Iterator[bytes]:
    """Inflate in bounded pieces; a full piece may have more behind it though the input is used up."""
    try:
        more = True
        while more and not inflater.eof:
            piece = inflater.decompress(chunk, PIECE_BYTES)
            yield piece
            chunk = inflater.unconsumed_tail
            more = bool(chunk) or len(piece) == PIECE_BYTES
    except zlib.error as error:
        raise ValueError("broken compression") from error
