"""What the documents say is so."""

import re
from pathlib import Path

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
