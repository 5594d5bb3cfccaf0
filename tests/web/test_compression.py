"""Compressed bodies: decoded in bounded pieces, and refused when broken."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.compression import PIECE_BYTES, decoder_for


def decode(encoding: str, body: bytes, step: int = 1_000) -> bytes:
    """Decode a body that arrives in steps."""
    decoder = decoder_for(encoding)
    pieces = [piece for start in range(0, len(body), step) for piece in decoder.feed(body[start : start + step])]
    decoder.finish()
    assert max(map(len, pieces), default=0) <= max(PIECE_BYTES, step)
    return b"".join(pieces)


def raw_deflate(data: bytes) -> bytes:
    """Compress without zlib's header."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


ENCODERS = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "": bytes}


@pytest.mark.parametrize("encoding", ENCODERS)
@given(data=st.binary(max_size=3_000), step=st.integers(1, 2_000))
def test_what_was_compressed_comes_back(encoding: str, data: bytes, step: int) -> None:
    """Any body survives, however its bytes are cut on the way."""
    assert decode(encoding, ENCODERS[encoding](data), step) == data


@given(data=st.binary(max_size=3_000), step=st.integers(1, 2_000))
def test_bare_deflate_is_read_as_well(data: bytes, step: int) -> None:
    """Some servers send deflate without zlib's header, and browsers read it."""
    assert decode("deflate", raw_deflate(data), step) == data


def test_output_that_waits_inside_the_decoder_is_not_lost() -> None:
    """The last input byte may leave more output than one piece holds."""
    data = bytes(10 * PIECE_BYTES)
    assert decode("gzip", gzip.compress(data), step=10_000_000) == data


def test_gzip_members_follow_each_other_and_padding_is_dropped() -> None:
    """A file of several members is one body; zeros or a line end behind it are not part of it."""
    body = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\r\n"
    assert all(decode("gzip", body, step) == b"one two" for step in range(1, len(body) + 1))


def test_gzip_members_have_a_number() -> None:
    """Each member costs the decoder more than it costs to send: 256 are read, an endless row of empty ones is not."""
    assert decode("gzip", gzip.compress(b"x") * 256) == b"x" * 256
    with pytest.raises(ValueError, match="too many"):
        decode("gzip", gzip.compress(b"") * 257)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_body_that_ends_too_early_is_broken(encoding: str) -> None:
    """Half an article must not pass for the whole: no cut of a compressed body decodes."""
    body = ENCODERS[encoding](b"a sentence that matters " * 50)
    for length in range(1, len(body)):
        with pytest.raises(ValueError, match="too early"):
            decode(encoding, body[:length])


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_damaged_and_uncompressed_bodies_are_broken(encoding: str) -> None:
    """A wrong checksum and plain text behind a compression header are errors, not text."""
    body = bytearray(ENCODERS[encoding](b"hello" * 100))
    body[-5] ^= 0xFF
    for broken in (bytes(body), b"<html>plain</html>"):
        with pytest.raises(ValueError, match="broken"):
            decode(encoding, broken)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip,deflate", "nonsense"])
def test_what_cannot_be_bounded_is_refused(encoding: str) -> None:
    """Unknown encodings, and a body compressed twice, are refused before a byte is read."""
    with pytest.raises(ValueError, match="unknown or doubled"):
        decoder_for(encoding)


@pytest.mark.parametrize("encoding", ["identity", "None", "UTF-8", " , "])
def test_harmless_slips_mean_no_compression(encoding: str) -> None:
    """Servers write charsets and "none" there; the body is plain."""
    assert decode(encoding, b"text") == b"text"


def test_an_empty_body_is_no_broken_one() -> None:
    """A server that compresses nothing sends nothing."""
    assert decode("gzip", b"") == decode("deflate", b"") == b""
