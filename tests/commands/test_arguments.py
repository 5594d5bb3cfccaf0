"""What is typed on the command line and means nothing."""

from pathlib import Path

import pytest

from tests.commands.run import quotewire


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("demo --no-browser --port 70000", "there is no port 70000"),
        ("demo --no-browser --port -1", "there is no port -1"),
        (f"export --chat {'9' * 23}", "no number of Telegram's"),
        (f"export --chat 1 --thread -{'9' * 23}", "no number of Telegram's"),
        ("status --every 0", "0 is not more than 0 seconds"),
        ("status --every nan", "nan is not more than 0 seconds"),
        ("init --file nowhere/.env", "There is no folder nowhere"),
        ("migrate-db bot.db postgresql://me:hidden-word@host:port/bot", "It names a port that is none"),
    ],
)
def test_what_means_nothing_is_refused_in_a_sentence(asked: str, says: str, tmp_path: Path) -> None:
    """A port, number, time or folder that cannot be is said, with no traceback and before anything is opened."""
    (tmp_path / "bot.db").touch()
    done = quotewire(*asked.split(), typed="\n\n\n", folder=tmp_path, database_url="sqlite:///bot.db")
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert "hidden-word" not in done.stderr
    assert [(file.name, file.stat().st_size) for file in tmp_path.iterdir()] == [("bot.db", 0)]
