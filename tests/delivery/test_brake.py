"""The brake: longer pauses while nothing gets through, none when it does."""

from bot.delivery.brake import LONGEST, Brake


def test_pauses_grow_to_a_minute_and_end_with_the_first_success() -> None:
    """Telegram is tried again soon at first, then once a minute, for hours if need be."""
    now = 0.0
    brake = Brake(lambda: now)
    pauses = []
    for _ in range(9):
        brake.blocked()
        pauses.append(brake.wait())
        now += brake.wait()
    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST, LONGEST, LONGEST]
    brake.passed()
    brake.blocked()
    assert brake.wait() == 1


def test_after_a_failure_something_harmless_is_asked_first() -> None:
    """Until it is answered or a message gets through; an answer does not shorten the pauses."""
    now = 0.0
    brake = Brake(lambda: now)
    assert not brake.in_doubt
    brake.doubt()
    assert (brake.in_doubt, brake.wait()) == (True, 0)
    brake.heard()
    assert not brake.in_doubt
    brake.blocked()
    assert brake.in_doubt
    brake.heard()
    now += brake.wait()
    brake.blocked()
    assert brake.wait() == 2
    brake.passed()
    assert not brake.in_doubt


def test_what_fails_together_counts_once() -> None:
    """Eight messages in flight that fail at one moment are one failure."""
    brake = Brake(lambda: 0.0)
    for _ in range(8):
        brake.blocked()
    assert brake.wait() == 1


def test_single_flood_waits_stop_nobody_else() -> None:
    """Two chats in a row may be chance; a third is the bot itself. A success between starts the count anew."""
    brake = Brake(lambda: 0.0)
    for _ in range(2):
        brake.refused(30)
    brake.passed()
    for _ in range(2):
        brake.refused(30)
    assert brake.wait() == 0
    brake.refused(43_838)
    assert brake.wait() == LONGEST
