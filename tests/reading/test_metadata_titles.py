"""Headlines: without the site's name, and the right one of several."""

import pytest

from bot.reading.metadata import read_metadata
from bot.reading.titles import strip_site
from tests.reading.pages import page

NAMES = ("Example Herald", "example-herald.com", "example-herald")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Bridge opens after nine years | Example Herald", "Bridge opens after nine years"),
        ("Bridge opens after nine years - The Example Herald", "Bridge opens after nine years"),
        ("Bridge opens after nine years – EXAMPLE HERALD", "Bridge opens after nine years"),
        ("Bridge opens after nine years : Example Herald", "Bridge opens after nine years"),
        ("Bridge opens after nine years｜Example Herald", "Bridge opens after nine years"),
        ("Bridge opens after nine long years - News - Example Herald", "Bridge opens after nine long years"),
        (
            "Міст відкрили після дев'яти довгих років - Суспільство - Example Herald",
            "Міст відкрили після дев'яти довгих років",
        ),
        ("Brug open na negen lange jaren - Buitenland - Example Herald", "Brug open na negen lange jaren"),
        (
            "Most otwarty po dziewięciu długich latach - Wiadomości - Example Herald",
            "Most otwarty po dziewięciu długich latach",
        ),
        ("Example Herald | Bridge opens after nine years", "Bridge opens after nine years"),
        ("Bridge opens after nine years | example-herald.com", "Bridge opens after nine years"),
        ("Storm hits coast – Example Herald – 05/03/2024", "Storm hits coast"),
        ("Troops would be a step too far – Kremlin | Example Herald", "Troops would be a step too far – Kremlin"),
        ("Bridge opens after nine years :: Local news :: Example Herald", "Bridge opens after nine years"),
        ("Bridge opens after nine years | Cities | Example Herald", "Bridge opens after nine years"),
        ("Bridge opens after nine years - Local - EH.de", "Bridge opens after nine years - Local"),
        ("Bridge opens after nine years: Example Herald", "Bridge opens after nine years"),
        ("Example Herald: Bridge opens after nine years", "Bridge opens after nine years"),
        ("Storm hits coast | Example Herald | May 17, 2024", "Storm hits coast"),
        ("[Example Herald] Bridge opens after nine years", "Bridge opens after nine years"),
        ("[Update] Bridge opens after nine years", "[Update] Bridge opens after nine years"),
        ("Bridge opens - finally", "Bridge opens - finally"),
        ("Talks fail – US", "Talks fail – US"),
        ("War and peace: a herald's example", "War and peace: a herald's example"),
        ("Anti-war-protest grows | more to come", "Anti-war-protest grows | more to come"),
    ],
)
def test_site_name_is_stripped(title: str, expected: str) -> None:
    """The site's name goes, behind or before any separator, with a section beside it; nothing else does."""
    assert strip_site(title, NAMES) == expected


def test_unknown_suffix_goes_where_the_headline_is_known() -> None:
    """What the page shows as its headline tells where a title's suffix begins."""
    html = page(
        meta={"og:title": "Bridge opens after nine years - Samastipur News"},
        body="<h1>Bridge opens after nine years</h1>",
    )
    assert read_metadata(html, None).title == "Bridge opens after nine years"


def test_topic_before_a_known_headline_goes() -> None:
    """A kicker in front of the headline that the page shows is no part of it."""
    html = page(
        ld={"@type": "Article", "headline": "Skiers quarrel over suits"},
        meta={"og:title": "Four Hills | Skiers quarrel over suits"},
        body="<h1>Skiers quarrel over suits</h1>",
    )
    assert read_metadata(html, None).title == "Skiers quarrel over suits"


def test_json_ld_before_the_one_for_shares() -> None:
    """JSON-LD's headline is the newsroom's own where readers see yet another."""
    html = page(
        ld={"@type": "Article", "headline": "Campaigns brace for a sprint"},
        meta={"og:title": "Campaigns brace for an intense sprint"},
        body="<h1>Campaigns brace for an intense sprint</h1>",
    )
    assert read_metadata(html, None).title == "Campaigns brace for a sprint"


def test_fuller_headline_where_the_short_one_is_shown() -> None:
    """Where JSON-LD only repeats the visible headline, the longer one for shares says more."""
    html = page(
        ld={"@type": "Article", "headline": "Why the minister warns"},
        meta={"og:title": "Minister speaks of an attempt to break the country up"},
        body="<h1>Why the minister warns</h1>",
    )
    assert read_metadata(html, None).title == "Minister speaks of an attempt to break the country up"


def test_cut_headline_is_completed() -> None:
    """A headline that JSON-LD cuts off is taken whole from the other statement."""
    html = page(
        ld={"@type": "Article", "headline": "Court upholds the ruling that the lower…"},
        meta={"og:title": "Court upholds the ruling that the lower house had asked for"},
    )
    assert read_metadata(html, None).title == "Court upholds the ruling that the lower house had asked for"


def test_visible_headline_is_the_one_of_the_title() -> None:
    """Among several <h1> the one that <title> repeats is the headline, not the log-in form's."""
    html = page(head="<title>Bridge opens | Example Herald</title>", body="<h1>Log in</h1><h1>Bridge opens</h1>")
    assert read_metadata(html, None).title == "Bridge opens"


def test_headline_is_plain_text() -> None:
    """Markup, entities escaped twice and soft hyphens do not reach the reader."""
    html = page(ld={"@type": "Article", "headline": "Tom &amp;amp; Ann <em>win</em> Don\u00adau race"})
    assert read_metadata(html, None).title == "Tom & Ann win Donau race"


def test_non_joiners_of_persian_are_spelling() -> None:
    """A zero-width non-joiner stays between Arabic letters, where it belongs to the word, and goes elsewhere."""
    html = page(ld={"@type": "Article", "headline": "پل قدیمی ساخته می\u200cشود Don\u200cau"}, lang="fa")
    assert read_metadata(html, None).title == "پل قدیمی ساخته می\u200cشود Donau"


def test_the_newsrooms_own_where_the_title_is_for_search_engines() -> None:
    """Where <title> is another than the visible headline, that one is not the short form for search engines."""
    html = page(
        ld={"@type": "Article", "headline": "A third of all pupils came"},
        meta={"og:title": "Emergency plan: pupils and elderly people had a quiet but hot Monday"},
        head="<title>Emergency plan: pupils and elderly people had a quiet but hot Monday</title>",
        body="<h1>A third of all pupils came</h1>",
    )
    assert read_metadata(html, None).title == "A third of all pupils came"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Storm hits the coast - EH</title>", "<h1><span>Weather</span><span>Storm hits the coast</span></h1>"),
        ("<title>Storm hits the coast - EH</title>", "<h1>Weather: Storm hits the coast</h1>"),
        ("<meta property='og:title' content='Storm hits the coast - EH'>", "<h1>Weather Storm hits the coast</h1>"),
        ("<title>EH</title>", "<h1>EH News</h1><h1>Storm hits the coast</h1>"),
        ("<title>Example Herald</title>", "<h2 class='entry-title'>Storm hits the coast</h2>"),
        ("<title></title><meta name='dc.title' content='Storm hits the coast'>", ""),
    ],
)
def test_headline_of_pages_that_say_little(head: str, body: str) -> None:
    """Kickers, logos in an <h1> and unknown suffixes stay out; lower headings and old meta tags are a last resort."""
    assert read_metadata(page(head=head, body=body), None).title == "Storm hits the coast"


def test_section_behind_a_headline_without_spaces() -> None:
    """Chinese headlines have no spaces, but what follows them is cut off all the same."""
    title = "阿里山森林鐵路今天復駛"
    shared = f"{title} | 地方 | 示例新聞網"
    html = page(
        ld={"@type": "NewsArticle", "headline": title},
        meta={"og:title": shared},
        head=f"<title>{shared}</title>",
        body=f"<h1>{title}</h1>",
        lang="zh",
    )
    assert read_metadata(html, None).title == title


LONG = "Ferry stops in the middle of the fjord – its battery was empty"


@pytest.mark.parametrize(
    ("stated", "shared", "expected"),
    [
        ("Ferry stops in the middle of the fjord", LONG, LONG),
        (LONG, f"Transport: {LONG}", LONG),
    ],
)
def test_longer_headline_for_shares(stated: str, shared: str, expected: str) -> None:
    """What all but JSON-LD say is the headline; what only the headline for shares has in front is a kicker."""
    head = f"<title>Ferry, Transport | {LONG}</title>"
    article = {"@type": "Article", "headline": stated}
    html = page(ld=article, meta={"og:title": shared}, head=head, body=f"<h1>{LONG}</h1>")
    assert read_metadata(html, None).title == expected


@pytest.mark.parametrize(
    ("stated", "shared", "shown", "expected"),
    [
        (None, "S+ Ferry stops for good", "<b>S+</b> Ferry stops for good", "Ferry stops for good"),
        (None, "PLUS Ferry stops for good | EH", "Ferry stops for good", "Ferry stops for good"),
        ("Ferry stops for good", "F+ Ferry stops for good", "Ferry stops for good", "Ferry stops for good"),
        (None, "M+ opens a second house", "M+ opens a second house", "M+ opens a second house"),
    ],
)
def test_marks_for_subscribers(stated: str | None, shared: str, shown: str, expected: str) -> None:
    """A mark that has an element of its own, or that another form is without, is no part of the headline."""
    article = {"@type": "Article", "headline": stated} if stated else None
    html = page(ld=article, meta={"og:title": shared}, head=f"<title>{shared}</title>", body=f"<h1>{shown}</h1>")
    assert read_metadata(html, None).title == expected


def test_the_site_goes_where_a_lower_heading_repeats_the_title() -> None:
    """A page without <h1> and card has its headline in a heading that <title> repeats before the site's name."""
    found = read_metadata(
        page(
            head="<title>Council votes for wider pavements - The Daily Sample</title>",
            body="<h2>Council votes for wider pavements</h2><p>Text.</p>",
        ),
        None,
    )
    assert found.title == "Council votes for wider pavements"


@pytest.mark.parametrize(
    ("stated", "title", "expected"),
    [
        ("Ferry ends", "The last ferry ties up after sixty years | EH", "The last ferry ties up after sixty years"),
        (
            "The last ferry ties up",
            "The last ferry ties up after sixty years",
            "The last ferry ties up after sixty years",
        ),
        ("Ferry ends after sixty years", "Ferry ends after sixty years - EH", "Ferry ends after sixty years"),
        (
            "The last ferry ties up after sixty years Page 2",
            "The last ferry ties up after sixty years Page 2",
            "The last ferry ties up after sixty years",
        ),
    ],
)
def test_visible_headline_that_the_title_repeats(stated: str, title: str, expected: str) -> None:
    """Where only machines get another headline, and <title> has the visible one, that is it; a page's number goes."""
    html = page(
        ld={"@type": "Article", "headline": stated},
        meta={"og:title": stated},
        head=f"<title>{title}</title>",
        body="<h1>The last ferry ties up after sixty years</h1>",
    )
    assert read_metadata(html, None).title == expected


@pytest.mark.parametrize(
    ("title", "markup"),
    [
        ("St Ann's Parish :: News :: {}", "<h2>{}</h2>"),
        ("Herald Online - {}", "<table><tr><td><b>{}</b><br>Text.</td></tr></table>"),
    ],
)
def test_what_stands_before_a_shown_headline_goes(title: str, markup: str) -> None:
    """Where nothing says what the site is called, the headline that the page shows tells where it begins in <title>."""
    headline = "A museum of irons has opened"

    html = page(head=f"<title>{title.format(headline)}</title>", body=markup.format(headline))

    assert read_metadata(html, None).title == headline
