"""Every page under tests/sites/<domain>/ reads as the JSON beside it says; a new site is a TOML file and a pair."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.models import Article
from bot.reading import read
from bot.reading.sites import all_rules, rule_for

FOLDER = Path(__file__).resolve().parents[1] / "sites"
PAGES = sorted(FOLDER.glob("*/*.html"))


def _expected(page: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return expected


def _as_json(article: Article, key: str) -> Any:
    value = getattr(article, key)
    if key == "published":
        return value.isoformat() if article.published_has_time else value.date().isoformat()
    if key == "paragraphs":
        return [
            {"kind": part.kind.value, "text": part.text} | ({"speaker": part.speaker} if part.speaker else {})
            for part in value
        ]
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_page_reads_as_expected(page: Path) -> None:
    """Every key that the JSON states comes out of the page as it says, and what it rules out is nowhere."""
    expected = _expected(page)
    never, url = expected.pop("never", []), expected.pop("page_url")

    digest = read(page.read_bytes(), url)

    assert {key: _as_json(digest.article, key) for key in expected} == expected
    assert not [text for text in never if text in repr(digest)]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.slug)
def test_site_has_a_page(rule: Any) -> None:
    """A rule whose site strangers may visit has a page under tests/sites/; the playground's is tested with it."""
    if all(domain.startswith("127.0.0.1") for domain in rule.domains):
        pytest.skip("the playground's pages are written by its server")
    tested = [rule_for(_expected(page)["page_url"]) for page in PAGES]
    assert rule in tested
