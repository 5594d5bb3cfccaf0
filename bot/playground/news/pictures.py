"""Pictures for the sample site, drawn here: a sky, a sun, hills."""

import colorsys
import math
import struct
import zlib

_WIDTH, _HEIGHT = 480, 270
_SUN = (360, 80, 34)


def picture(hue: int) -> bytes:
    """Return a PNG of 480 × 270 pixels in the colours around `hue` (degrees)."""
    rows = b"".join(b"\x00" + bytes(_row(y, hue)) for y in range(_HEIGHT))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 3, 0, 0, 0)
    chunks = (b"IHDR", header), (b"PLTE", _palette(hue)), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _palette(hue: int) -> bytes:
    sky = [_colour(hue, 0.55 - step / 40, 0.80 + step / 110) for step in range(16)]
    hills = [_colour(hue + 25 * step, 0.45, 0.62 - 0.17 * step) for step in range(3)]
    return bytes(part for colour in [*sky, *hills, (255, 244, 214)] for part in colour)


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 360 / 360, max(0.0, saturation), min(1.0, value))
    return round(red * 255), round(green * 255), round(blue * 255)


def _row(y: int, hue: int) -> list[int]:
    row = [y * 16 // _HEIGHT] * _WIDTH
    _sun(row, y)
    for hill in range(3):
        _hill(row, y, hue, hill)
    return row


def _sun(row: list[int], y: int) -> None:
    x, middle, radius = _SUN
    half = math.isqrt(max(0, radius**2 - (y - middle) ** 2))
    row[x - half : x + half] = [19] * (2 * half)


def _hill(row: list[int], y: int, hue: int, hill: int) -> None:
    base = 150 + 38 * hill
    for x in range(_WIDTH):
        if y > base + 22 * math.sin(x / (60 + 25 * hill) + hue + hill) + 9 * math.sin(x / 23 + hill):
            row[x] = 16 + hill
