"""What the documents say is so."""

import re
from pathlib import Path

from bot.commands.reference import reference
from handlers import menu

ROOT = Path(__file__).resolve().parents[1]


def test_the_readme_names_every_command() -> None:
    """Each command of the menu stands in the README's table."""
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in menu() if f"`/{name}" not in table]
    assert missing == []


def test_links_between_documents_lead_somewhere() -> None:
    """Every relative link of a document points at a file that exists."""
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    for document in documents:
        targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
        missing = [target for target in targets if not (document.parent / target).exists()]
        assert missing == [], document.name


def test_every_test_that_the_threat_model_names_exists() -> None:
    """What is said to be covered is covered: each test named in docs/security.md is there."""
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "security.md").read_text(encoding="utf-8")))
    defined = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert named - defined == set()


def test_the_reference_is_what_the_code_says() -> None:
    """docs/reference.md is the output of `quotewire reference`: no setting, command or metric is undocumented."""
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == reference()
