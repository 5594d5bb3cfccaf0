"""What the chat page offers to try."""

from dataclasses import dataclass
from typing import Literal

Manner = Literal["text", "caption", "forward"]


@dataclass(frozen=True, slots=True)
class Sample:
    """Something to try with one click.

    Attributes:
        label: what the chip says.
        text: what is sent; "{read}" stands for "/read " in groups and for nothing elsewhere.
        manner: a message of its own, a picture's caption, or forwarded; the last two are offered in private alone.
    """

    label: str
    text: str
    manner: Manner = "text"
