"""What stands where by-lines and dates do and is none: months, companies, advertisers, accounts, comments."""

import pytest

from bot.reading.metadata import read_metadata
from bot.reading.names import split_names
from tests.reading.pages import page

SITE = "Example Herald"
LEAD = f"<p>{'The bridge over the river has been opened to all traffic after two years of works. ' * 2}</p>"
ORGANISATION = {"@type": "NewsArticle", "author": {"@type": "Organization", "name": SITE}, "publisher": {"name": SITE}}


def authors_of(top: str, title: str = "<h1>Bridge opens to traffic</h1>") -> tuple[str, ...]:
    """Return the authors of an article whose JSON-LD states the site, with this below its headline."""
    body = f"<main>{title}{top}<div>{LEAD * 5}</div></main>"
    return read_metadata(page(ld=ORGANISATION, body=body), None).authors


@pytest.mark.parametrize(
    "line",
    [
        '<div class="byline">Updated <time>Aug 21, 2018 at 9:12 AM</time>; Posted <time>Aug 21, 2018</time></div>',
        '<div class="byline-box"><div>Monday<br>Posted Jun 4, 2018 at 2:19 PM</div></div>',
        "<p>Published by Example Newspapers Ltd. Part of the Herald Group</p>",
        "<div><a><span>by Taboola</span></a></div>",
        "<p>By Web Admin</p>",
        '<div class="author"><em>Infinite Scroll Enabled</em></div>',
        '<div class="author">Share Article</div>',
        '<div class="byline">From Staff Reports</div>',
        '<div class="author">Sponsored Content</div>',
        '<div class="byline">Contributed Photo</div>',
        '<div class="byline">Breaking News Alert</div>',
        "<p>By Popular Demand</p>",
        '<div class="author">Partager</div>',
        '<div><div class="field__label">Release Date</div><time>Thursday, March 11, 2021</time></div>',
        "<div>Release Date | March 11, 2021</div>",
        '<figure><img src="/a.jpg"><figcaption><span class="author">Author: Ann Lee</span></figcaption></figure>',
    ],
)
def test_nobody(line: str) -> None:
    """Months, days, companies, buttons, notices, accounts and photographers are not given; the name behind them is."""
    assert authors_of(line) == (SITE,)
    assert authors_of(f"{line}<p>By <strong>Ann Lee</strong></p>") == ("Ann Lee",)


@pytest.mark.parametrize(
    "end",
    [
        "<p>(SOUND OF BELLS RINGING)</p>",
        "<p><b>Related Coverage</b></p>",
        "<p>[Video Below]</p>",
        "<p><em>The End</em></p>",
        '<p align="right">Next Page</p>',
        f"<p><b>Forward-Looking Statements</b></p>{LEAD}",
        '</div></main><footer><a href="/text-only">Text Only</a></footer>',
    ],
)
def test_nobody_signs_with_a_notice(end: str) -> None:
    """A notice in capitals, a heading in bold and a link in the page's foot sign nothing."""
    body = f"<main><h1>Bridge opens to traffic</h1><div>{LEAD * 5}{end}"
    assert read_metadata(page(body=body), None).authors == ()


@pytest.mark.parametrize("name", ["Ann Page", "Ann Read", "Zqx Okonjo", "Associated Press", "Human Rights Watch"])
def test_people_and_firms_with_common_words_are_somebody(name: str) -> None:
    """A name that looks like no button is kept, whoever bears it."""
    assert authors_of(f'<div class="author">{name}</div>') == (name,)


@pytest.mark.parametrize("account", ["webmaster", "admin", "Web Admin", "Administrator"])
def test_administrator_is_nobody(account: str) -> None:
    """An account that runs the site is not given even where nobody else is named; who signs the text is."""
    body = f"<h1>Bridge opens to traffic</h1><div>{LEAD * 5}</div>"
    assert read_metadata(page(meta={"author": account}, body=body), None).authors == ()
    signed = body.replace("<div>", "<div><p><b>Ann Lee, Exampleton</b></p>")
    assert read_metadata(page(meta={"author": account}, body=signed), None).authors == ("Ann Lee",)


@pytest.mark.parametrize("service", ["TNS", "Agency Reporter"])
def test_by_line_beside_a_news_service(service: str) -> None:
    """Where JSON-LD states a person who is a service in short, the by-line that readers see decides."""
    article = {"@type": "NewsArticle", "author": {"@type": "Person", "name": service}}
    top = f'<h1>Bridge opens to traffic</h1><div class="byline">Ann Lee | {service} | Jul 29, 2019, 06:24 IST</div>'
    html = page(ld=article, body=f"<main>{top}{LEAD * 5}</main>")
    assert read_metadata(html, None).authors == ("Ann Lee",)
    assert read_metadata(page(ld=article, body=f"<main>{LEAD * 5}</main>"), None).authors == (service,)


def test_what_readers_say_has_no_date_of_the_article() -> None:
    """Below a heading such as "3 Comments" no day is the article's own."""
    comments = "<h3>3 Comments</h3><div><p>Too narrow.</p><p>Posted by: Bo Hill | February 07, 2019</p></div>"
    html = page(body=f"<h1>Bridge opens to traffic</h1><div>{LEAD}</div>{comments}", url="https://herald.example/a/1")
    assert read_metadata(html, None).published is None


def test_first_by_line_of_a_page_without_headline() -> None:
    """Where nothing is marked up as the headline, the first by-line is the article's, not one in the page's foot."""
    top = '<p class="author">By Ann Lee</p>'
    foot = '<p class="author">By Bo Chen</p>'
    html = page(ld=ORGANISATION, body=f"<div>Bridge opens to traffic</div>{top}<div>Text.</div>{foot}")
    assert read_metadata(html, None).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            '<div><span itemprop="author"><a href="/x.html">Ann Lee</a></span> and <span itemprop="author">Bo Q. Chen'
            "</span></div>",
            ("Ann Lee", "Bo Q. Chen"),
        ),
        (
            '<section class="byline"><div><h6>Ann Lee<span>, Herald Staff</span></h6><p><time>Posted Tue, Apr 13, 2021'
            " at 2:22 pm ET</time><span> | Updated Tue, Apr 13, 2021 at 2:40 pm ET</span></p></div><div><a>Facebook"
            "</a><a>Twitter</a></div></section>",
            ("Ann Lee",),
        ),
        (
            '<div class="author-tagline">By <a href="/author/ann-lee/">Ann Lee</a><ul><li><a href="/1">Forty Years of'
            ' Bad Drummers</a></li><li><a href="/author/ann-lee/">View all posts</a></li></ul></div>',
            ("Ann Lee",),
        ),
        (
            '<div class="node node-promoted"><div class="field-byline"><div><div>By Ann Lee</div></div></div></div>',
            ("Ann Lee",),
        ),
        ("<div><strong>Zqx Okonjo</strong><br><em>Herald News Service</em><br>Exampleton</div>", ("Zqx Okonjo",)),
    ],
)
def test_by_lines_in_parts(line: str, names: tuple[str, ...]) -> None:
    """Authors marked side by side, a name with its role in an element, and one over their news service are told."""
    assert authors_of(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee and EH Staff 4 May 2020, 7:05 am", ["Ann Lee"]),
        ("Interview by D.W.", ["D.W."]),
        ("By JOHN HILL Herald Staff Writer", ["JOHN HILL"]),
        ("القاهرة - منى الشريف - رباب حسن", ["منى الشريف", "رباب حسن"]),
    ],
)
def test_names_without_what_stands_beside(line: str, names: list[str]) -> None:
    """Staff, a place before the names, and full stops that belong to initials."""
    assert split_names(line) == names


@pytest.mark.parametrize(
    ("stated", "names"),
    [("Ann Lee EH", ("Ann Lee",)), ("Example Herald/ANP", ("Example Herald", "ANP")), ("Ann Lee", ("Ann Lee",))],
)
def test_site_beside_a_stated_name(stated: str, names: tuple[str, ...]) -> None:
    """A site's initials behind a name go; a site and an agency are two."""
    article = {"@type": "NewsArticle", "author": {"@type": "Person", "name": stated}, "publisher": {"name": SITE}}
    assert read_metadata(page(ld=article, body="<h1>Bridge opens to traffic</h1>"), None).authors == names


def test_account_called_after_the_site() -> None:
    """Who is named in a meta tag after the site's address is the site, and a note at the end tells the author."""
    note = "<p><em>Ann Lee is a family therapist in Exampleton.</em></p>"
    body = f"<h1>Bridge opens to traffic</h1><div>{LEAD * 5}{note}</div>"
    html = page(meta={"author": "Bridgenews India"}, body=body, url="https://bridgenews.example/a/1")
    assert read_metadata(html, None).authors == ("Ann Lee",)


@pytest.mark.parametrize(
    ("top", "moment"),
    [
        ("<div>Posted by <a>Ann Lee</a> on Mar 28, 2019 9:15:00 AM</div>", "2019-03-28T09:15:00"),
        ("<div><div>Monday<br>Posted Jun 4, 2018 at 2:19 PM</div></div>", "2018-06-04T14:19:00"),
        ('<h2 class="date-header">Thursday, February 07, 2019</h2>', "2019-02-07T00:00:00"),
        (
            '<h2 class="date-header">Thursday, February 07, 2019</h2><p>Posted by Ann Lee at 08:14 AM in Law</p>',
            "2019-02-07T08:14:00",
        ),
    ],
)
def test_dates_in_parts_of_lines(top: str, moment: str) -> None:
    """A date behind a link, below a break or in a heading is read, a clock alone beside it too; no comment's is."""
    comment = '<div class="comment"><p class="comment-footer">Posted by: Bo | March 29, 2020 at 10:31 AM</p></div>'
    html = page(body=f"<form><h1>Bridge opens</h1>{top}{LEAD}{comment}</form>", url="https://herald.example/a/1")
    found = read_metadata(html, None).published
    assert found is not None
    assert found.replace(tzinfo=None).isoformat() == moment


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Example College : News : Chapel Organ", "<h2>Chapel Organ Sings Again After Years</h2>"),
        ("Brief Notes: Chapel Organ Sings", "<h1>Brief Notes</h1><h3>Chapel Organ Sings Again After Years</h3>"),
        ("Old Herald - Feature - Chapel Organ", "<font><b>Chapel Organ<br>Sings Again After Years</b></font>"),
    ],
)
def test_headline_that_goes_on_where_the_title_ends(title: str, body: str) -> None:
    """Where no first heading is the article's, a lower one that begins with <title>'s last part is."""
    html = page(head=f"<title>{title}</title>", body=body, url="https://college.example/1")
    assert read_metadata(html, None).title == "Chapel Organ Sings Again After Years"


def test_headline_for_readers_beside_one_for_search_engines() -> None:
    """Where <title> and JSON-LD have one headline, the page and its card another, the latter is it."""
    html = page(
        ld={"@type": "Article", "headline": "Gifts: mayor to go on"},
        meta={"og:title": "Mayor defiant over taking gifts"},
        head="<title>Gifts: mayor to go on</title>",
        body="<h1>Mayor defiant over taking gifts</h1>",
    )
    assert read_metadata(html, None).title == "Mayor defiant over taking gifts"
