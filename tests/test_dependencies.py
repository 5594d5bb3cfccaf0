"""What we depend on: pinned with hashes, under licences that were looked at, each for a reason."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = re.compile(
    r"\b(?:MIT|MIT-CMU|BSD|0BSD|BSD-\d-Clause|Apache|Apache-2\.0|ISC|Zlib|PSF-2\.0|Python Software Foundation"
    r"|MPL|MPL-\d\.\d|Mozilla|LGPL|LGPL-[\w.-]+|LGPLv\d\+?|Lesser)\b"
)
"""Licences that go with a program under MIT; where one may be chosen, one of these is enough."""


def _locked() -> dict[str, str]:
    """Return each distribution of the lock with what stands behind its version."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[\w,-]+\])?==((?:.*\\\n)*.*)", lock, re.MULTILINE)
    return dict(found)


def test_every_distribution_has_hashes() -> None:
    """Not only some: pip refuses what was changed after we looked at it, whichever it is."""
    locked = _locked()
    assert len(locked) > 50
    assert [name for name, pins in locked.items() if "--hash=sha256:" not in pins] == []


def test_every_licence_is_known() -> None:
    """Each distribution that is installed here states a licence of the list; a new kind is for a person to look at."""
    unknown = {}
    for name in _locked():
        try:
            found = metadata(name)
        except PackageNotFoundError:
            continue  # for another system
        classifiers = [line for line in found.get_all("Classifier", []) if line.startswith("License")]
        stated = " ".join([found["License-Expression"] or "", *classifiers]) if found else ""
        if not ALLOWED.search(stated or found["License"] or ""):
            unknown[name] = stated
    assert unknown == {}


def test_a_licence_that_binds_all_is_not_allowed() -> None:
    """The list is one: it does not take the GPL for its lesser sister."""
    for stated in ("GPL-3.0-only", "AGPL-3.0-or-later", "License :: OSI Approved :: GNU General Public License v3", ""):
        assert not ALLOWED.search(stated)


def test_every_dependency_of_ours_has_its_reason() -> None:
    """docs/dependencies.md names exactly what pyproject.toml asks for."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=!~ ]", one)[0].lower() for one in asked}
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"), re.MULTILINE)
    told = {name.strip() for row in rows for name in row.split(",")} - {"library", "---"}
    assert told == names
