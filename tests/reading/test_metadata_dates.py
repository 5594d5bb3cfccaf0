"""Moments: machines' and people's ways to write them, zones, missing years, and days without a time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.dates import url_date
from bot.reading.metadata import read_metadata
from bot.reading.moments import Moment, parse_moment, with_year
from bot.reading.relative_dates import relative_moment
from bot.reading.sites import SiteRule
from tests.reading.pages import page


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2024-05-03T15:47:42.389Z", None, "2024-05-03T15:47:42+00:00"),
        ("2024-05-03T15:47:42+0200", None, "2024-05-03T15:47:42+02:00"),
        ("2024-05-03T15:47+02:00[Europe/Berlin]", None, "2024-05-03T15:47:00+02:00"),
        ("2024-05-03T03:47-05:00", None, "2024-05-03T03:47:00-05:00"),
        ("2024-05-03 03:47:00-05:00", None, "2024-05-03T03:47:00-05:00"),
        ("2024-05-03 15:47-05:00", None, "2024-05-03T15:47:00-05:00"),
        ("2024-05-03 10:00-12:00", None, "2024-05-03T10:00:00"),
        ("6 May 2024, 10:00-12:00", "en", "2024-05-06T10:00:00"),
        ("6 May 2024 9.30am-1.00pm EDT", "en", "2024-05-06T09:30:00-04:00"),
        ("10:00-11:30 Uhr, 6. Mai 2024", "de", "2024-05-06T10:00:00"),
        ("2026-05-13 15:44", None, "2026-05-13T15:44:00"),
        ("20240503", None, "2024-05-03"),
        ("2024-05-03", None, "2024-05-03"),
        ("2024-05-03T00:00:00+02:00", None, "2024-05-03"),
        ("1750680000000", None, "2025-06-23T12:00:00+00:00"),
        ("1750680000", None, "2025-06-23T12:00:00+00:00"),
        ("Thu, 08 Jan 2026 17:46:00 +0200", None, "2026-01-08T17:46:00+02:00"),
        ("Tuesday, 17 December 2024, 07:51", "en", "2024-12-17T07:51:00"),
        ("Вівторок, 17 грудня 2024, 07:51", "uk", "2024-12-17T07:51:00"),
        ("Вторник, 17 декабря 2024, 07:51", "ru", "2024-12-17T07:51:00"),
        ("Dec. 17, 2024 7:51 a.m. EST", "en", "2024-12-17T07:51:00-05:00"),
        ("12:01 a.m. September 2nd, 2024", "en", "2024-09-02T00:01:00"),
        ("17.12.2024, 07.51 Uhr", "de", "2024-12-17T07:51:00"),
        ("Stand: 24.04.24 | 14:07 Uhr", "de", "2024-04-24T14:07:00"),
        ("12/17/2024", "en-US", "2024-12-17"),
        ("3/4/2024 5:06 PM", "en-US", "2024-03-04T17:06:00"),
        ("3/4/2024", "en-GB", "2024-04-03"),
        ("17 de mayo de 2024 a las 10:30", "es", "2024-05-17T10:30:00"),
        ("1er février 2024 à 10h30", "fr", "2024-02-01T10:30:00"),
        ("Thứ tư, 22/10/2025, 19:25 (GMT+7)", "vi", "2025-10-22T19:25:00+07:00"),
        ("2024年04月24日08:31", "zh", "2024-04-24T08:31:00"),
        ("2024년 4월 24일 오전 8:31", "ko", "2024-04-24T08:31:00"),
        ("2024.04.24. 오후 8:31", "ko", "2024-04-24T20:31:00"),
        ("П'ятниця, 17 травня 2024 р., 14:30", "uk", "2024-05-17T14:30:00"),
        ("17 Мая 2024", "uk", "2024-05-17"),
        ("17.05.24, 14:30 МСК", "ru", "2024-05-17T14:30:00+03:00"),
        ("5. Jänner 2024", "de-AT", "2024-01-05"),
        ("2024. május 17., 14:30", "hu", "2024-05-17T14:30:00"),
        ("Fri May 17 14:30:00 UTC 2024", "en", "2024-05-17T14:30:00+00:00"),
        ("May 17, 2024 at 2:30 p.m. ET", "en", "2024-05-17T14:30:00-04:00"),
        ("January 17, 2024 2:30 p.m. ET", "en", "2024-01-17T14:30:00-05:00"),
        ("17 May 2024 8:00 pm IST", "en", "2024-05-17T20:00:00+05:30"),
        ("17 May 2024 8:00 pm AET", "en", "2024-05-17T20:00:00+10:00"),
        ("17 May 2024 8:00 pm ACST", "en", "2024-05-17T20:00:00+09:30"),
        ("17 mai 2024 à 14 h 30", "fr", "2024-05-17T14:30:00"),
        ("17 maj 2024 kl.14.30", "sv", "2024-05-17T14:30:00"),
        ("2024年5月17日 14点30分", "zh", "2024-05-17T14:30:00"),
        ("2024. gada 17. maijs, 12:30", "lv", "2024-05-17T12:30:00"),
        ("17 d'abril de 2024", "ca", "2024-04-17"),
        ("17 maja 2024", "pl_PL", "2024-05-17"),
        ("2024-05-17T14:30:00 Europe/Kyiv", None, "2024-05-17T14:30:00+03:00"),
        ("2024-05-17T14:30:00 Europe/Atlantis", None, "2024-05-17T14:30:00"),
        ("2024-05-17T14:30:00 America/Argentina", None, "2024-05-17T14:30:00"),
        ("20240517T143000Z", None, "2024-05-17T14:30:00+00:00"),
        ("1715956200.123", None, "2024-05-17T14:30:00+00:00"),
    ],
)
def test_moment_is_read(text: str, language: str | None, expected: str) -> None:
    """Dates in many notations and languages come out to the minute, and with a zone only where one is named."""
    moment = parse_moment(text, language)
    assert moment is not None
    assert (moment.when.isoformat() if moment.has_time else moment.when.date().isoformat()) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date",
        "5 min read, 3 people",
        "May ²",
        "30 February 2024",
        "Election 1844",
        "99/99/2024",
        "9999-12-31T23:59:59Z",
    ],
)
def test_no_moment(text: str) -> None:
    """What is no date, or none of this world, is none."""
    assert parse_moment(text, "en") is None


@given(st.text(max_size=80), st.sampled_from([None, "en", "uk", "xx-YY", "zh-Hans"]))
def test_any_text_is_read_without_error(text: str, language: str | None) -> None:
    """No text and no language code breaks the reader of dates."""
    assert isinstance(parse_moment(text, language), Moment | None)


@given(st.integers(0, 3_000_000_000))
def test_iso_comes_back(seconds: int) -> None:
    """Whatever moment is written as ISO 8601 is read back to the second."""
    when = datetime(1991, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    moment = parse_moment(when.isoformat())
    assert moment is not None
    assert moment.when == when


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("17 December, 07:51", date(2024, 12, 17), "2024-12-17T07:51:00"),
        ("31 December, 23:50", date(2025, 1, 1), "2024-12-31T23:50:00"),
        ("1 January, 00:10", date(2024, 12, 31), "2025-01-01T00:10:00"),
        ("29 February, 10:00", date(2024, 6, 1), "2024-02-29T10:00:00"),
        ("July 17, 2:30 PM ET", date(2026, 7, 17), "2026-07-17T14:30:00-04:00"),
        ("January 17, 2:30 PM ET", date(2026, 1, 17), "2026-01-17T14:30:00-05:00"),
        ("17 January, 14:30 EET", date(2026, 1, 17), "2026-01-17T14:30:00+02:00"),
    ],
)
def test_missing_year_is_the_nearest(text: str, hint: date, expected: str) -> None:
    """A date without a year is the one nearest to the day in the address, across New Year as well."""
    moment = parse_moment(text, "en")
    assert moment is not None
    assert not moment.has_year
    assert with_year(moment, hint).when.isoformat() == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2024/05/17/bridge", date(2024, 5, 17)),
        ("/2024/5/7/bridge", date(2024, 5, 7)),
        ("/20240517/bridge", date(2024, 5, 17)),
        ("/2024/0517/bridge", date(2024, 5, 17)),
        ("/2024-05-17-bridge", date(2024, 5, 17)),
        ("/2024/12/bridge", None),
        ("/202411/bridge", None),
        ("/2024/13/45/bridge", None),
        ("/2024/11/12345-bridge", None),
    ],
)
def test_a_day_in_an_address(path: str, expected: date | None) -> None:
    """A day is read where the address names one; a month alone ("/2024/12/") is none."""
    assert url_date(f"https://example.org{path}") == expected


def test_year_without_any_hint_is_not_in_the_future() -> None:
    """Without an address that names a day, a date without a year is the last such day."""
    tomorrow = (datetime.now(UTC) + timedelta(days=40)).strftime("%-d %B, 10:00")
    rule = SiteRule("x", ("example-herald.com",), date=("p",))
    published = read_metadata(page(body=f"<p>{tomorrow}</p>", url="https://example-herald.com/a"), rule).published
    assert published is not None
    assert published < datetime.now(UTC)


def test_rule_gives_the_zone() -> None:
    """A time without a zone is on the site's clock, summer time included."""
    rule = SiteRule("x", ("example-herald.com",), time_zone="Europe/Kyiv", date=(".d",))
    published = read_metadata(page(body="<p class=d>17 May, 07:51</p>"), rule).published
    assert published is not None
    assert published.isoformat() == "2024-05-17T07:51:00+03:00"


def test_zone_from_two_statements() -> None:
    """A time without a zone beside the same moment in another zone tells the zone."""
    html = page(
        ld={"@type": "Article", "headline": "A b c", "datePublished": "2024-05-17 15:44"},
        meta={"article:published_time": "2024-05-17T13:44:10Z"},
    )
    published = read_metadata(html, None).published
    assert published is not None
    assert published.isoformat() == "2024-05-17T15:44:00+02:00"


def test_day_is_completed_by_a_time() -> None:
    """Where the first statement has only a day, another of the same day gives the time."""
    html = page(
        ld={"@type": "Article", "headline": "A b c", "datePublished": "2024-05-17"},
        meta={"article:published_time": "2024-05-17T13:44:10Z"},
    )
    metadata = read_metadata(html, None)
    assert metadata.published_has_time
    assert metadata.published == datetime(2024, 5, 17, 13, 44, 10, tzinfo=UTC)


def test_day_alone() -> None:
    """A page that states only a day has no time."""
    metadata = read_metadata(page(ld={"@type": "Article", "datePublished": "2024-05-17"}), None)
    assert not metadata.published_has_time
    assert metadata.published is not None
    assert metadata.published.date() == date(2024, 5, 17)


def test_future_and_past_are_not_believed() -> None:
    """A date years ahead or before the web is somebody's mistake; the next statement counts."""
    html = page(
        ld={"@type": "Article", "headline": "A b c", "datePublished": "2999-01-01T10:00:00Z"},
        meta={"article:published_time": "1970-01-01T00:00:00Z", "date": "2024-05-17T13:44:00Z"},
    )
    assert read_metadata(html, None).published == datetime(2024, 5, 17, 13, 44, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "<p>Jan 1, 2020</p><h1>A</h1><span>17 May 2024, 13:44</span><p>On 3 March 2021 he said</p>"),
        ("de", "<h1>A</h1><div class=line>Fr 17.05.24 | 13:44 Uhr | Von Eva Roth</div>"),
        ("uk", "<h1>A</h1><div class=post__date>17 травня 2024, 13:44</div>"),
        ("ru", "<h1>A</h1><time>17 мая 2024, 13:44</time>"),
        ("en", "<h1>A</h1><div>5 May 2019</div><time datetime='2024-05-17T13:44'>today</time>"),
    ],
)
def test_visible_date_is_the_last_resort(lang: str, body: str) -> None:
    """Without statements for machines the date that readers see below the headline is read in their language."""
    published = read_metadata(page(body=body, lang=lang, url="https://example-herald.com/a"), None).published
    assert published is not None
    assert f"{published:%Y-%m-%d %H:%M}" == "2024-05-17 13:44"


def test_address_is_better_than_nothing() -> None:
    """The day in the address is the day of publication where the page says nothing."""
    metadata = read_metadata(page(), None)
    assert metadata.published is not None
    assert (metadata.published.date(), metadata.published_has_time) == (date(2024, 5, 17), False)


@pytest.mark.parametrize(
    ("url", "lang", "expected"),
    [
        ("https://gazeta.example.ua/a", "ru", "2024-07-05T14:30:00+03:00"),
        ("https://gazeta.example.com/a", "uk", "2024-07-05T14:30:00+03:00"),
        ("https://zeitung.example.de/a", "de", "2024-07-05T14:30:00+02:00"),
        ("https://herald.example.co.uk/a", "en", "2024-07-05T14:30:00+01:00"),
        ("https://herald.example.com/a", "en", "2024-05-07T14:30:00"),
        ("https://herald.example.io/a", "en", "2024-05-07T14:30:00"),
        ("https://gazeta.example.com/a", "pl", "2024-07-05T14:30:00+02:00"),
        ("https://sanomat.example.com/a", "fi_FI", "2024-07-05T14:30:00+03:00"),
        ("https://shimbun.example.com/a", "ja", "2024-07-05T14:30:00+09:00"),
        ("https://diario.example.cl/a", "es", "2024-07-05T14:30:00-04:00"),
        ("https://diario.example.com/a", "es", "2024-07-05T14:30:00"),
    ],
)
def test_country_tells_the_clock_and_the_order(url: str, lang: str, expected: str) -> None:
    """A moment without a zone is on the clock of the site's country, and days come before months outside America."""
    found = read_metadata(page(url=url, lang=lang, ld={"@type": "Article", "datePublished": "05/07/2024 14:30"}), None)
    assert found.published == datetime.fromisoformat(expected)
    assert (found.published.tzinfo is None) == (len(expected) == len("2024-05-07T14:30:00"))


@pytest.mark.parametrize(
    "body",
    [
        "<h1>A</h1><p>Stand: 17.05.2024 13:44 Uhr</p><ul><li><time datetime='2023-01-02'>x</time></li></ul>",
        "<h1>A</h1><div><span>17 May 2024</span><span>1:44 pm</span></div><li><time datetime='2024-05-19'></time></li>",
        "<h1>A</h1><a class='date' href='/2024'>17.05.2024 13:44</a>",
        "<h1>A</h1><p>Updated 18 May 2024, 10:00</p><p>Published 17 May 2024, 13:44</p>",
        "<h1>A</h1><p>Atualizado 18 May 2024, 10:00</p><p>17 May 2024, 13:44</p>",
        "<h1>A</h1><p>Останнє оновлення: 18.05.2024 10:00</p><p>17.05.2024 13:44</p>",
        "<h1>A</h1><p>Laatst bijgewerkt op 18.05.2024 10:00</p><p>17.05.2024 13:44</p>",
        "<h1>A</h1><p>Bus lines closed until 8 May</p><p>17 May 2024, 13:44</p>",
        "<h1>A</h1><aside><time datetime='2024-05-17 13:44'>17 May</time></aside><p>x</p>",
    ],
)
def test_shown_date_near_the_headline(body: str) -> None:
    """What stands between headline and text is the article's date; margins, changes and other articles come later."""
    found = read_metadata(page(body=body, url="https://example-herald.com/a"), None).published
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == "2024-05-17 13:44"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Сьогодні, 14:30", "2026-05-06 14:30"),
        ("вчера в 09:05", "2026-05-05 09:05"),
        ("Published: yesterday", "2026-05-05"),
        ("5 хв тому", "2026-05-06 15:15"),
        ("vor 3 Stunden", "2026-05-06"),
        ("3 days ago", "2026-05-03"),
        ("2h ago", "2026-05-06"),
        ("1 day ago", "2026-05-05"),
        ("5 годин тому", "2026-05-06"),
        ("2 часа назад", "2026-05-06"),
        ("2 год. тому", "2026-05-06"),
        ("2 години назад", "2026-05-06"),
        ("2 года назад", None),
        ("1 год назад", None),
        ("преди 2 години", None),
        ("hace 5 minutos", "2026-05-06 15:15"),
        ("há 2 dias", "2026-05-04"),
        ("2 giorni fa", "2026-05-04"),
        ("5 minuten geleden", "2026-05-06 15:15"),
        ("2 dni temu", "2026-05-04"),
        ("för 2 dagar sedan", "2026-05-04"),
        ("5 minutter siden", "2026-05-06 15:15"),
        ("2 päivää sitten", "2026-05-04"),
        ("5 dakika önce", "2026-05-06 15:15"),
        ("před 2 dny", "2026-05-04"),
        ("acum 2 zile", "2026-05-04"),
        ("2 napja", "2026-05-04"),
        ("πριν από 2 ημέρες", "2026-05-04"),
        ("преди 2 дни", "2026-05-04"),
        ("5分前", "2026-05-06 15:15"),
        ("2天前", "2026-05-04"),
        ("2시간 전", "2026-05-06"),
        ("昨日 14:30", "2026-05-05 14:30"),
        ("Eilen 14.30", "2026-05-05 14:30"),
        ("Astăzi, 14:30", "2026-05-06 14:30"),
        ("Two centuries ago", None),
        ("5 minutes before kick-off", None),
        ("Vor 3 Stunden begann der Umbau der Brücke", None),
        ("Today we learn how a bridge is built of wood", None),
        ("17 травня", None),
    ],
)
def test_relative_moment(text: str, expected: str | None) -> None:
    """A date told from today is read on the site's clock, to the minute only where the text is so exact."""
    moment = relative_moment(text, datetime(2026, 5, 6, 15, 20, tzinfo=UTC))
    shown = f"{moment.when:%Y-%m-%d %H:%M}" if moment and moment.has_time else moment and f"{moment.when:%Y-%m-%d}"
    assert shown == expected


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (datetime(2026, 3, 29, 1, 10, tzinfo=UTC), "2026-03-29T02:40:00+02:00"),
        (datetime(2026, 10, 25, 1, 10, tzinfo=UTC), "2026-10-25T03:40:00+03:00"),
    ],
)
def test_minutes_ago_are_counted_across_a_change_of_clocks(now: datetime, then: str) -> None:
    """Half an hour before an hour that a clock left out or showed twice is half an hour before."""
    moment = relative_moment("30 minutes ago", now.astimezone(ZoneInfo("Europe/Kyiv")))
    assert moment is not None
    assert moment.when.isoformat() == then


def test_time_is_taken_from_what_readers_see() -> None:
    """Where the head states only the day, the time of that day that is shown below the headline makes it exact."""
    body = "<h1>Bridge opens</h1><div>2024年05月18日08:26 | 来源</div>"
    html = page(meta={"publishdate": "2024-05-18"}, body=body, url="https://example.cn/a", lang="zh")
    metadata = read_metadata(html, None)
    assert metadata.published is not None
    assert metadata.published.isoformat() == "2024-05-18T08:26:00+08:00"


def test_instructions_say_when_they_were_published() -> None:
    """A how-to states its moment as an article does."""
    told = {"@type": "HowTo", "headline": "How to mend a gate", "datePublished": "2019-11-14T17:36:05-05:00"}

    found = read_metadata(page(ld=told, body="<h1>How to mend a gate</h1><p>Updated 11/14/19</p>"), None).published

    assert found is not None
    assert found == datetime.fromisoformat("2019-11-14T17:36:05-05:00")
