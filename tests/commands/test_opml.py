"""`quotewire import` and `quotewire export`, run as a person runs them."""

import os
import subprocess
import sys
from pathlib import Path

from bot.feeds import opml
from bot.store import Store

LIST = b"""<opml version="2.0"><body>
<outline text="World"><outline type="rss" text="One" xmlUrl="https://one.example/rss"/></outline>
<outline type="rss" text="Two" xmlUrl="https://two.example/rss"/>
<outline type="rss" text="Three"/>
</body></opml>"""


def quotewire(database: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line over a database of the test's own."""
    environment = {**os.environ, "QUOTEWIRE_DATABASE_URL": f"sqlite+aiosqlite:///{database}"}
    return subprocess.run(  # noqa: S603 - our own command with the test's arguments
        [sys.executable, "-W", "error", "-m", "bot", *arguments],
        capture_output=True,
        timeout=120,
        check=False,
        env=environment,
    )


async def meet(database: Path, telegram_id: int) -> None:
    """Let the bot know a chat."""
    async with Store(f"sqlite+aiosqlite:///{database}") as store:
        await store.migrate()
        await store.chats.ensure(telegram_id)


async def test_a_list_goes_in_and_comes_out(tmp_path: Path) -> None:
    """The import says what it did and which line is wrong; the export is the same feeds in the same folders."""
    database, file = tmp_path / "bot.db", tmp_path / "mine.opml"
    file.write_bytes(LIST)
    await meet(database, 7)
    done = quotewire(database, "import", str(file), "--chat", "7")
    assert done.stdout.decode().splitlines() == [
        "2 feeds added, 0 followed already.",
        "Line 4: “Three” has no feed's address.",
    ]
    exported = quotewire(database, "export", "--chat", "7")
    assert [(feed.url, feed.folders) for feed in opml.read(exported.stdout).feeds] == [
        ("https://one.example/rss", ("World",)),
        ("https://two.example/rss", ()),
    ]


async def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """A chat that the bot never met and a file that is not there end in one line and exit status 1."""
    file = tmp_path / "mine.opml"
    file.write_bytes(LIST)
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}") as store:
        await store.migrate()
    for arguments, says in (
        ((str(file), "--chat", "7"), "Write /start there"),
        (("none", "--chat", "7"), "No such file"),
    ):
        done = quotewire(tmp_path / "bot.db", "import", *arguments)
        assert done.returncode == 1
        assert says in done.stderr.decode()
        assert b"Traceback" not in done.stderr
