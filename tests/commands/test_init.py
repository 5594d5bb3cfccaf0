"""`quotewire init`: three questions and a file."""

import stat
from pathlib import Path

from config.settings import Settings
from tests.commands.run import quotewire

TOKEN = "123456789:AAEexampleexampleexampleexample"


def test_three_answers_make_a_file_that_settings_read(tmp_path: Path) -> None:
    """What was answered is set, all else is there with its default as a comment, and only the owner may read it."""
    done = quotewire("init", typed=f"{TOKEN}\n42\nEurope/Warsaw\n", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    file = tmp_path / ".env"
    settings = Settings(_env_file=file)  # type: ignore[call-arg]  # pydantic-settings' own argument
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.admin_ids == {42}
    assert settings.default_timezone == "Europe/Warsaw"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text()
    assert [name for name in Settings.model_fields if f"QUOTEWIRE_{name.upper()}=" not in text] == []


def test_every_line_of_the_file_can_be_taken_into_use(tmp_path: Path) -> None:
    """Without the comment signs the file still gives the defaults: none is written in a form that is not read."""
    quotewire("init", typed="\n\n\n", folder=tmp_path)
    file = tmp_path / ".env"
    file.write_text(file.read_text().replace("# QUOTEWIRE_TOKEN=\n", "").replace("# QUOTEWIRE_", "QUOTEWIRE_"))
    settings = Settings(_env_file=file)  # type: ignore[call-arg]  # pydantic-settings' own argument
    assert settings == Settings(_env_file=None)  # type: ignore[call-arg]


def test_a_slip_is_asked_again(tmp_path: Path) -> None:
    """What cannot be a token, a number or a zone is said so and asked again."""
    done = quotewire("init", typed=f"abc\n{TOKEN}\nme\n42\nKiev/Europe\nEurope/Kyiv\n", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("    ") >= 3
    assert "A token looks like" in done.stdout


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    """Nothing is asked and nothing written where .env exists, or where the input ends early."""
    ended = quotewire("init", typed=f"{TOKEN}\n", folder=tmp_path)
    assert ended.returncode == 1
    assert not (tmp_path / ".env").exists()
    (tmp_path / ".env").write_text("QUOTEWIRE_TOKEN=mine\n")
    done = quotewire("init", typed="\n\n\n", folder=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / ".env").read_text() == "QUOTEWIRE_TOKEN=mine\n"
