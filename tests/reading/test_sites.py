"""Site rules: which rule a URL falls under, what its editions are, and that every file in config/sites/ holds."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from lxml import html

from bot.reading.selectors import select, select_first, text_of
from bot.reading.sites import Edition, HeadlineRule, SiteRule, all_rules, parse_rule, rule_for
from config.data import tables


@pytest.mark.parametrize(
    "url",
    [
        "https://www.pravda.com.ua/eng/news/2024/12/17/7489425/",
        "https://pravda.com.ua/news/",
        "https://life.pravda.com.ua/society/",
        "https://m.eurointegration.com.ua:8443/news/",
        "http://www.epravda.com.ua/rus/news/",
    ],
)
def test_site_is_recognized(url: str) -> None:
    """A site is known by its domain, subdomains and any port included."""
    rule = rule_for(url)
    assert rule is not None
    assert rule.slug == "pravda"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/pravda.com.ua",
        "https://notpravda.com.ua/",
        "https://pravda.com.ua.example.org/",
        "",
        "about:blank",
    ],
)
def test_other_sites_have_no_rule(url: str) -> None:
    """A name inside a path, behind other letters or before another domain is no claim."""
    assert rule_for(url) is None


@pytest.mark.parametrize(
    ("url", "language", "site"),
    [
        ("https://www.pravda.com.ua/news/1/", "uk", "Українська правда"),
        ("https://www.pravda.com.ua/rus/news/1/", "ru", "Украинская правда"),
        ("https://www.pravda.com.ua/eng/news/1/", "en", "Ukrainska Pravda"),
        ("https://www.eurointegration.com.ua/eng/news/1/", "en", "European Pravda"),
        ("https://www.eurointegration.com.ua/news/1/", "uk", "Європейська правда"),
        ("https://epravda.com.ua/rus/news/1/", "ru", "Экономическая правда"),
    ],
)
def test_edition_by_host_and_path(url: str, language: str, site: str) -> None:
    """The edition with the longest matching host and path names language and publication."""
    rule = rule_for(url)
    assert rule is not None
    assert (rule.edition(url).language, rule.edition(url).site) == (language, site)


def test_rule_without_editions_states_nothing() -> None:
    """A site without editions has one that says nothing."""
    edition = SiteRule("any", ("example.org",)).edition("https://example.org/")
    assert (edition.language, edition.site) == (None, None)


def test_domain_with_a_path_claims_that_path_only() -> None:
    """ "host/path/" limits a rule to a path prefix, as the playground's rule on 127.0.0.1 does."""
    playground = rule_for("http://127.0.0.1:8080/news/1")
    assert playground is not None
    assert playground.slug == "playground"
    assert rule_for("http://127.0.0.1:8080/other/") is None


def test_toml_becomes_a_rule() -> None:
    """Strings and lists of selectors, editions and a headline list are read."""
    rule = parse_rule(
        "mine",
        {
            "domains": ["example.org"],
            "time_zone": "Europe/Madrid",
            "selectors": {"title": "h1", "tags": [".a", ".b"]},
            "headlines": {"item": "li", "time": "b", "link": "a"},
            "editions": [{"path": "/en/", "language": "en"}],
        },
    )
    assert (rule.title, rule.tags) == (("h1",), (".a", ".b"))
    assert rule.headlines == HeadlineRule("li", "b", "a")
    assert rule.zone.key == "Europe/Madrid"
    assert rule.edition("https://example.org/en/x").language == "en"


@pytest.mark.parametrize(
    "table", [{}, {"domains": ["a.org"], "colour": "red"}, {"domains": ["a.org"], "selectors": {"titel": "h1"}}]
)
def test_wrong_keys_are_refused(table: dict[str, object]) -> None:
    """A file without domains, or with a misspelt key, is an error and not a silent nothing."""
    with pytest.raises((TypeError, KeyError)):
        parse_rule("wrong", table)


@pytest.mark.parametrize(
    ("slug", "table"), list(tables("sites")), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_file_holds(slug: str, table: dict[str, object]) -> None:
    """Each file of config/sites/ parses, names a real time zone, and all of its selectors compile."""
    rule = parse_rule(slug, table)
    assert rule.zone
    lists = (rule.title, rule.authors, rule.date, rule.tags, rule.body, rule.lead, rule.captions, rule.remove)
    page = html.fromstring("<html><body></body></html>")
    assert [select(page, selectors) for selectors in lists] == [[]] * len(lists)
    if rule.headlines:
        parts = (rule.headlines.item, rule.headlines.time, rule.headlines.link)
        assert all(select(page, [part]) == [] for part in parts)


def test_no_two_files_claim_one_domain() -> None:
    """Which rule holds for a page never depends on the order of files."""
    claims = [domain for rule in all_rules() for domain in rule.domains]
    assert len(claims) == len(set(claims))


def test_selected_elements_come_once_in_document_order() -> None:
    """Several selectors are one set; the first that finds anything can be asked for alone."""
    page = html.fromstring("<div><b class='x'>1</b><i>2</i><b>3</b></div>")
    assert [element.text for element in select(page, ["i", "b", ".x"])] == ["1", "2", "3"]
    assert [element.text for element in select_first(page, ["u", "i", "b"])] == ["2"]
    assert select(page, []) == []


def test_text_of_skips_what_readers_do_not_see() -> None:
    """Scripts, styles and buttons are no text; blocks stand apart; a limit holds."""
    page = html.fromstring("<div>a<script>x</script><style>y</style><p>b <b>c</b></p><button>z</button>d</div>")
    assert text_of(page) == "a b c d"
    assert text_of(page, parted=" | ") == "a | b c | d"
    assert len(text_of(html.fromstring(f"<p>{'word <b>x</b> ' * 1000}</p>"), 50)) < 100


def test_rules_are_data() -> None:
    """A rule is a frozen value."""
    with pytest.raises(AttributeError):
        SiteRule("any", ("example.org",)).slug = "other"  # type: ignore[misc]


def test_every_key_is_documented() -> None:
    """docs/add-a-site.md names each key that a rule, its editions and its headline list may have."""
    text = (Path(__file__).resolve().parents[2] / "docs" / "add-a-site.md").read_text(encoding="utf-8")
    names = {field.name for kind in (SiteRule, Edition, HeadlineRule) for field in fields(kind)} - {"slug"}
    assert not [name for name in names if not re.search(rf"(^|\[){name}( =|\])", text, re.MULTILINE)]
