"""Numbers of the command line, refused in a sentence where nothing can be done with them; for argparse's `type`."""

from argparse import ArgumentTypeError

_LARGEST_PORT = 65_535
_LARGEST_ID = 2**63 - 1  # a column of 64 bits; Telegram's numbers have 52 (Bot API, Chat)


def port(text: str) -> int:
    """Return a TCP port; 0 takes a free one.

    Raises:
        ArgumentTypeError: there is no such port.
        ValueError: it is no number.
    """
    number = int(text)
    if not 0 <= number <= _LARGEST_PORT:
        raise ArgumentTypeError(f"there is no port {number}; they end at {_LARGEST_PORT}")
    return number


def telegram_id(text: str) -> int:
    """Return Telegram's number of a chat, a person or a topic.

    Raises:
        ArgumentTypeError: it is too large to be one.
        ValueError: it is no number.
    """
    number = int(text)
    if abs(number) > _LARGEST_ID:
        raise ArgumentTypeError(f"{number} is no number of Telegram's")
    return number


def seconds(text: str) -> float:
    """Return a length of time in seconds.

    Raises:
        ArgumentTypeError: it is no time at all.
        ValueError: it is no number.
    """
    number = float(text)
    if not number > 0:  # nor is "nan"
        raise ArgumentTypeError(f"{text} is not more than 0 seconds")
    return number
