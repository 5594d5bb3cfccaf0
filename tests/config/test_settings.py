"""Where settings come from, and what is said of wrong ones."""

import errno
import io
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from bot.command_line import run_command
from config.settings import Settings
from tests.commands.run import quotewire


def test_a_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """QUOTEWIRE_TOKEN_FILE names a file whose content is the token, white space around it left out."""
    file = tmp_path / "token"
    file.write_text("123456789:from-a-file\n")
    monkeypatch.setenv("QUOTEWIRE_TOKEN_FILE", str(file))
    settings = Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings' own argument
    assert settings.token is not None
    assert settings.token.get_secret_value() == "123456789:from-a-file"


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both are set, the variable itself counts."""
    (tmp_path / "url").write_text("sqlite+aiosqlite:///from-a-file.db")
    monkeypatch.setenv("QUOTEWIRE_DATABASE_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("QUOTEWIRE_DATABASE_URL", "sqlite+aiosqlite:///set.db")
    assert Settings(_env_file=None).database_url == "sqlite+aiosqlite:///set.db"  # type: ignore[call-arg]


def test_an_empty_variable_is_none_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set to nothing, as compose files do, leaves the file and the default in force."""
    (tmp_path / "url").write_text("sqlite+aiosqlite:///from-a-file.db")
    monkeypatch.setenv("QUOTEWIRE_DATABASE_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("QUOTEWIRE_DATABASE_URL", "")
    monkeypatch.setenv("QUOTEWIRE_HOST_GAP", "")
    settings = Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings' own argument
    assert settings.database_url == "sqlite+aiosqlite:///from-a-file.db"
    assert settings.host_gap == 1.0


def test_a_file_may_be_named_in_dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """QUOTEWIRE_TOKEN_FILE counts in .env as in the environment, whose own word goes before it."""
    (tmp_path / "token").write_text("123456789:from-a-file\n")
    dotenv = tmp_path / ".env"
    dotenv.write_text(f"QUOTEWIRE_TOKEN_FILE={tmp_path / 'token'}\n")
    token = Settings(_env_file=dotenv).token  # type: ignore[call-arg]  # pydantic-settings' own argument
    assert token is not None
    assert token.get_secret_value() == "123456789:from-a-file"
    monkeypatch.setenv("QUOTEWIRE_TOKEN", "123456789:set")
    token = Settings(_env_file=dotenv).token  # type: ignore[call-arg]  # as above
    assert token is not None
    assert token.get_secret_value() == "123456789:set"


@pytest.mark.parametrize("written", ["[1, 2]", "1, 2", "1,2,", " 1 , 2 "])
@pytest.mark.parametrize("variable", ["QUOTEWIRE_ADMIN_IDS", "QUOTEWIRE_ADMIN_IDS_FILE"])
def test_lists_are_written_plainly(
    variable: str, written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list has commas between its items, or is JSON, in the environment as in a file."""
    (tmp_path / "ids").write_text(written)
    monkeypatch.setenv(variable, str(tmp_path / "ids") if variable.endswith("_FILE") else written)
    assert Settings(_env_file=None).admin_ids == {1, 2}  # type: ignore[call-arg]


def test_a_list_of_one_needs_no_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single number, network or role is a list of one."""
    monkeypatch.setenv("QUOTEWIRE_ADMIN_IDS", "42")
    monkeypatch.setenv("QUOTEWIRE_REFUSED_NETWORKS", "203.0.113.0/24")
    monkeypatch.setenv("QUOTEWIRE_ROLES", "push")
    settings = Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic-settings' own argument
    assert (settings.admin_ids, settings.roles) == ({42}, {"push"})
    assert settings.refused_networks == {ip_network("203.0.113.0/24")}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgresql://me:word@host/bot", "postgresql+asyncpg://me:word@host/bot"),
        ("postgres://host/bot?sslmode=require", "postgresql+asyncpg://host/bot?ssl=require"),
        ("postgresql+asyncpg://host/bot", "postgresql+asyncpg://host/bot"),
        ("postgresql://me:w/or:d@[::1]:5432/bot", "postgresql+asyncpg://me:w/or:d@[::1]:5432/bot"),
        ("postgresql:///bot?host=/run", "postgresql+asyncpg:///bot?host=/run"),
        ("sqlite:///bot.db", "sqlite+aiosqlite:///bot.db"),
    ],
)
def test_a_database_needs_no_driver(written: str, meant: str) -> None:
    """An address that PostgreSQL's own tools take, and `quotewire migrate-db`, is taken here too."""
    assert Settings(_env_file=None, database_url=written).database_url == meant  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("database_url", "mysql://me:hidden-word@host/bot", "postgresql://"),
        ("database_url", "hidden-word.db", "sqlite:///"),
        ("database_url", "postgresql://me@host:hidden-word/bot", "port that is none"),
        ("keep_stories_days", "1000000", "36500"),
        ("admin_ids", "[1, hidden-word", "1, 2"),
        ("admin_ids", "1, hidden-word", "integer"),
        ("default_timezone", "hidden-word", "Europe/Kyiv"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_can(setting: str, value: str, says: str, tmp_path: Path) -> None:
    """A driver that we have not, a list that is none, a zone that nobody knows: one line, before anything is opened."""
    done = quotewire("check", folder=tmp_path, **{setting: value})
    assert done.returncode == 1
    assert f"QUOTEWIRE_{setting.upper()}: " in done.stderr
    assert says in done.stderr
    assert "hidden-word" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_setting_is_named_without_its_value(tmp_path: Path) -> None:
    """The command line says which setting cannot be used, in one line without a traceback, and never prints a value."""
    done = quotewire("check", folder=tmp_path, poll_interval_min="secret-nonsense")
    assert done.returncode == 1
    assert "QUOTEWIRE_POLL_INTERVAL_MIN" in done.stderr
    assert "secret-nonsense" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_secret_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A file that is not there ends in one sentence with its path."""
    done = quotewire("check", folder=tmp_path, token_file=str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_without_effect_are_named(tmp_path: Path) -> None:
    """A slip in a setting's name, in the environment or in .env, and a language without an interface are told."""
    (tmp_path / ".env").write_text(
        "QUOTEWIRE_ADMIN_ID=42\nQUOTEWIRE_ADMIN_IDS=42\nQUOTEWIRE_HOSTNAME=bot.example.org\n"
    )
    done = quotewire("check", "--no-sources", folder=tmp_path, tokens="hidden-word", default_language="ua")
    (told,) = [line for line in done.stdout.splitlines() if "settings: " in line]
    assert told.startswith("✗ settings: QUOTEWIRE_ADMIN_ID is no setting; QUOTEWIRE_TOKENS is no setting; ")
    assert told.endswith("QUOTEWIRE_DEFAULT_LANGUAGE: there is no interface in that language, only in en, ru, uk")
    assert "hidden-word" not in done.stdout + done.stderr
    (tmp_path / ".env").write_text("")
    assert (
        "✓ settings: all are known" in quotewire("check", "--no-sources", folder=tmp_path, default_language="uk").stdout
    )


def test_a_file_of_somebody_else_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A .env that this user may not read ends in a sentence with its name."""
    (tmp_path / ".env").touch()
    monkeypatch.chdir(tmp_path)
    read = io.open

    def refuse(file: object, *arguments: Any, **named: Any) -> Any:
        if Path(str(file)).name == ".env":
            raise PermissionError(errno.EACCES, "Permission denied", ".env")
        return read(file, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refuse)
    assert run_command(["check", "--no-sources"]) == 1
    assert capsys.readouterr().err == "quotewire: .env may not be used by this user: Permission denied.\n"


def test_stories_outlive_their_deliveries(tmp_path: Path) -> None:
    """Fewer days for stories than for deliveries are refused in a sentence; no limit for either is not."""
    done = quotewire("clean", folder=tmp_path, keep_deliveries_days="400")
    assert done.returncode == 1
    assert "QUOTEWIRE_KEEP_STORIES_DAYS: Stories must be kept as long as deliveries, 400 days" in done.stderr
    assert "Traceback" not in done.stderr
    for deliveries, stories, kept in ((90, 90, 90), (90, 0, 90), (0, 365, 365)):
        settings = Settings(keep_deliveries_days=deliveries, keep_stories_days=stories)
        assert settings.keep_deliveries == timedelta(days=kept)
    assert Settings(keep_deliveries_days=0, keep_stories_days=0).keep_deliveries is None
