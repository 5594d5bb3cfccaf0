"""Text and shapes on a sheet of paper, with a cursor that goes down it."""

from functools import lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

WIDTH = 1080
"""Pixels: Telegram scales photos to 1,280 at most, and phones are about as wide as this."""

MARGIN = 72

PAPER = "#FAF6EF"
INK = "#1E2430"
MUTED = "#7D8290"
ACCENT = "#C4512F"
TEAL = "#2B6E75"
PALE_TEAL = "#A9C6C4"
TRACK = "#EBE3D6"
WHITE = "#FFFFFF"

_TALLEST = 3_000
_ELLIPSIS = "…"
_FONT = str(files("bot.pictures") / "fonts" / "Roboto.ttf")

# What the font has: Latin, Greek, Cyrillic, punctuation and signs. The rest would be drawn as empty boxes.
_DRAWN = ((0x20, 0x52F), (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF), (0x2100, 0x218F))

REGULAR, MEDIUM, STRONG, BOLD = 400, 500, 600, 800


@lru_cache(maxsize=32)
def font(size: int, weight: int = REGULAR) -> ImageFont.FreeTypeFont:
    """Return the font in a size (pixels) and a weight (100 to 900)."""
    opened = ImageFont.truetype(_FONT, size)
    opened.set_variation_by_axes([weight, 100])
    return opened


def drawable(text: str) -> str:
    """Return a text without the characters that the font does not have, white space evened out."""
    kept = (char if any(first <= ord(char) <= last for first, last in _DRAWN) else " " for char in text)
    return " ".join("".join(kept).split())


def shortened(text: str, face: ImageFont.FreeTypeFont, width: float) -> str:
    """Return a text that is no wider than so many pixels, cut at a word's end, with an ellipsis."""
    if face.getlength(text) <= width:
        return text
    kept = text
    while kept and face.getlength(kept + _ELLIPSIS) > width:
        kept = kept[:-1]
    whole_words = kept if text[len(kept) : len(kept) + 1] == " " else kept.rpartition(" ")[0]
    # A single huge word is cut inside: better a part of it than nothing.
    return (whole_words or kept).rstrip(" ,;:–—-") + _ELLIPSIS


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: float, most: int) -> list[str]:
    """Return a text in lines of so many pixels; what does not fit into the last line is cut off with an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        count = next((n for n in range(len(words), 0, -1) if face.getlength(" ".join(words[:n])) <= width), 1)
        lines.append(shortened(" ".join(words[:count]), face, width))
        words = words[count:]
    return [*lines, shortened(" ".join(words), face, width)] if words else lines


class Sheet:
    """A sheet to draw on from top to bottom; it is cut off below the cursor at the end.

    Attributes:
        y: the cursor, in pixels from the top.
    """

    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH, _TALLEST), PAPER)
        self._draw = ImageDraw.Draw(self._image)
        self.y = 0

    def text(
        self, x: float, text: str, face: ImageFont.FreeTypeFont, colour: str = INK, *, anchor: str = "la", down: int = 0
    ) -> None:
        """Write a line; `anchor` as in Pillow, `down` pixels below the cursor."""
        self._draw.text((x, self.y + down), text, font=face, fill=colour, anchor=anchor)

    def box(self, left: float, width: float, height: int, colour: str, *, down: int = 0, round_by: float = 0) -> None:
        """Fill a rectangle below the cursor."""
        top = self.y + down
        corners = (left, top, left + max(width, 1) - 1, top + max(height, 1) - 1)
        self._draw.rounded_rectangle(corners, round_by, fill=colour)

    def finished(self) -> Image.Image:
        """Return what was drawn, down to the cursor."""
        return self._image.crop((0, 0, WIDTH, min(self.y, _TALLEST)))
