"""What is shipped: a wheel and an sdist that hold the whole program, and nothing in its way."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.commands.run import quotewire

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("bot", "handlers", "config")

PAGE = """<html lang="en"><head><title>Ferry resumes</title></head><body><article><h1>Ferry to Osk resumes</h1>
<p>The ferry between Lund and Osk will sail again from Monday after a winter of repairs, the port authority said.</p>
<p>"We have replaced both engines and every seat on the upper deck," said Ina Berg, head of the port authority.</p>
<p>Tickets are sold at the harbour office and cost as much as they did before the repairs began in November.</p>
</article></body></html>"""


def build(kind: str, target: Path) -> Path:
    """Build a wheel or an sdist with the backend that is installed, without asking any registry."""
    code = f"import hatchling.build as b; print(b.build_{kind}({str(target)!r}))"
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    return target / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once."""
    return build("wheel", tmp_path_factory.mktemp("wheel"))


def shipped() -> set[str]:
    """Return the files of our packages that git knows or would take."""
    listed = subprocess.run(  # noqa: S603 - git with our own words
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES],  # noqa: S607 - any git will do
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}


def test_the_wheel_holds_every_file_of_our_packages(wheel: Path) -> None:
    """Data files (languages, sites, catalogues, the chat page) are in it beside the code, and no tests."""
    with zipfile.ZipFile(wheel) as opened:
        names = {name for name in opened.namelist() if ".dist-info/" not in name}
    assert names == shipped()


def test_an_unpacked_wheel_reads_a_page(wheel: Path, tmp_path: Path) -> None:
    """Away from the source tree, what the wheel holds is enough to read a page."""
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(tmp_path / "installed")  # noqa: S202 - our own archive
    (tmp_path / "page.html").write_text(PAGE)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "read", "page.html"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Ferry to Osk resumes" in done.stdout
    assert "Ina Berg" in done.stdout


def test_the_sdist_can_be_built_from(tmp_path: Path) -> None:
    """It holds what the wheel is made of, the tests, the documents, and all that docs/running.md installs from."""
    with tarfile.open(build("sdist", tmp_path)) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert shipped() <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "docs/design.md", "tests/conftest.py"} <= names
    assert {"requirements.lock", "deploy/quotewire.service", "Dockerfile", "compose.yaml", "CONTRIBUTING.md"} <= names


def test_a_package_that_writes_over_ours_is_named(tmp_path: Path) -> None:
    """PyPI has a `config`; where it is installed beside us, the command says so and what to do."""
    record = tmp_path / "config-0.5.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: config\nVersion: 0.5\n")
    (record / "RECORD").write_text("config/__init__.py,,\nconfig-0.5.dist-info/METADATA,,\n")
    done = quotewire("check", "--no-sources", folder=tmp_path)
    assert done.returncode == 1
    assert "✗ installation: config also has files" in done.stdout


def test_the_lock_agrees_with_what_we_ask_for() -> None:
    """Each dependency is pinned in requirements.lock with hashes, and the lock names no registry's host."""
    lock = (ROOT / "requirements.lock").read_text()
    pyproject = (ROOT / "pyproject.toml").read_text()
    asked = pyproject.partition("dependencies = [")[2].partition("]\n")[0]
    names = [line.strip().strip('",').partition("[")[0] for line in asked.splitlines() if line.strip()]
    wanted = {name.split(">")[0].split("<")[0].split("=")[0].lower() for name in names}
    assert {name for name in wanted if f"\n{name}==" not in f"\n{lock}" and f"\n{name}[" not in f"\n{lock}"} == set()
    assert "--hash=sha256:" in lock
    assert "://" not in lock
