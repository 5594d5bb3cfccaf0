"""The text of a page: what is kept, what is left out, what is refused."""

import gzip
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotAnArticle, Paywalled, ReadingError
from bot.models import Digest, ParagraphKind
from bot.reading.body import Body, read_body
from bot.reading.metadata import read_metadata
from bot.reading.page import Page
from bot.reading.pipeline import read_page
from bot.reading.sites import rule_for

URL = "https://news.example/2024/12/a-story.html"
TITLE = "The old bridge closes for repairs"
FIRST = "The council said on Monday that the old bridge would be closed until the end of the year, as costs have risen."
SECOND = (
    "Engineers found cracks in two of its seven arches, which carry trams, cars and thousands of cyclists every day."
)
THIRD = "A ferry will take people across the river from six in the morning until midnight, and it will cost nothing."
LINK = '<a href="/x">{}</a>'


def document(body: str, head: str = "") -> str:
    """Return a page with this body below the headline."""
    return (
        f"<html lang=en><head><title>{TITLE} - News</title><meta property='og:title' content='{TITLE}'>"
        f"<meta property='og:type' content='article'>{head}</head><body>{body}</body></html>"
    )


def body_of(html: str, url: str = URL) -> Body:
    """Read a page's body with the general code."""
    page = Page.parse(html, url)
    return read_body(page, None, read_metadata(page, None))


def texts(html: str) -> list[str]:
    """Return the paragraphs of a page."""
    return [paragraph.text for paragraph in body_of(html).paragraphs]


def paragraphs(*more: str) -> str:
    """Return three paragraphs of prose with something between the second and the third."""
    return f"<p>{FIRST}</p><p>{SECOND}</p>{''.join(more)}<p>{THIRD}</p>"


@pytest.mark.parametrize("words", ["Das Museum öffnet am Montag", "Die Grenze bleibt geöffnet"])
def test_linked_words_about_opening_are_text(words: str) -> None:
    """A link's bold words may tell of anything that opens; they are no hint for screen readers."""
    linked = f"<p>Der Rat sagte: <a href=/x><b>{words}</b></a>, und daran werde sich in diesem Jahr nichts ändern.</p>"
    assert f"Der Rat sagte: {words}, und daran werde sich in diesem Jahr nichts ändern." in texts(
        document(paragraphs(linked))
    )


@pytest.mark.parametrize("hint", ["(öffnet in neuem Fenster)", "(відкриється в новій вкладці)", "opens in a new tab"])
def test_hints_for_screen_readers_are_no_text(hint: str) -> None:
    """What tells that a link opens a new window is not read."""
    linked = f"<p>The council has said it in <a href=/x>a letter<span>{hint}</span></a> that all members signed.</p>"
    assert "The council has said it in a letter that all members signed." in texts(document(paragraphs(linked)))


NOISE = [
    '<div class="related-articles"><p>Read how the last bridge fell, in a report of many words and pictures.</p></div>',
    f"<p>{LINK.format('The mayor explains why the bridge has to close this year of all years')}</p>",
    f"<p>Read also: {LINK.format('The last bridge')}</p>",
    f"<p>Читайте також: {LINK.format('Останній міст')}</p>",
    f"<p>Читайте также: {LINK.format('Последний мост')}</p>",
    f"<p>Lesen Sie auch: {LINK.format('Die letzte Brücke')}</p>",
    "<p>Sign up for our newsletter and never miss a bridge.</p>",
    "<p>Підписуйтесь на наш Telegram-канал!</p>",
    "<p>Подписывайтесь на наш канал, чтобы не пропустить важное.</p>",
    f"<p>İlgili haberler: {LINK.format('Son köprü')}</p>",
    f"<p>【関連記事】{LINK.format('最後の橋')}</p>",
    f"<p>Lees hier {LINK.format('meer over de laatste brug')}</p>",
    f"<p>Leia ainda: {LINK.format('A última ponte')}</p>",
    f"<p>Διαβάστε επίσης: {LINK.format('Η τελευταία γέφυρα')}</p>",
    f"<p>Baca juga: {LINK.format('Jembatan terakhir')}</p>",
    "<p>(dpa/lno)</p>",
    "<p>Підтримайте редакцію: ваші внески дають нам працювати далі.</p>",
    "<div>Advertisement</div>",
    "<p>***</p>",
    "<aside><p>Five bridges that you should see before they close, and one that you should better not see.</p></aside>",
    '<div style="display: none"><p>Hidden words that no reader sees but long enough for prose.</p></div>',
    "<p hidden>Hidden words that no reader sees but that are long enough to look like prose, or so it seems.</p>",
    "<form><p>Your address is safe with us, and we send you the news of the bridge every single morning.</p></form>",
    "<script>var bridge = 'closed';</script><style>p { color: red }</style>",
    '<figure><img src="b.jpg"><figcaption>The bridge on Monday</figcaption></figure>',
    '<div class="box"><h3>About the bridge</h3><p>It was built in 1907, and mended in 1948 and 1991.</p></div>',
    "<h3>More on this</h3><ul><li><a href=a>One bridge</a></li><li><a href=b>Two bridges</a></li></ul>",
]


@pytest.mark.parametrize("noise", NOISE)
def test_what_is_no_text_is_left_out_between_paragraphs(noise: str) -> None:
    """Calls, pointers, advertisements, boxes, captions and hidden words inside the text are not read."""
    assert texts(document(f"<article><h1>{TITLE}</h1>{paragraphs(noise)}</article>")) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("<h2>What comes next</h2>", ["What comes next"]),
        (
            "<ul><li>Trams stop on Tuesday.</li><li>Cars may go on.</li></ul>",
            ["Trams stop on Tuesday.", "Cars may go on."],
        ),
        ("<p>“No.”</p>", ["“No.”"]),
        (
            "<blockquote><p>“Nobody asked the people who live there what they think of it,” she said.</p></blockquote>",
            ["“Nobody asked the people who live there what they think of it,” she said."],
        ),
        (f"<p>She told {LINK.format('the paper')} that it was late.</p>", ["She told the paper that it was late."]),
        ("<p>One<br>line</p>", ["One line"]),
        ("<p>One paragraph.<br><br>And another.</p>", ["One paragraph.", "And another."]),
        ("<p>soft\u00adhyphen</p>", ["softhyphen"]),
    ],
)
def test_what_belongs_to_the_text_is_kept(markup: str, kept: list[str]) -> None:
    """Subheads, bullets, short lines, quotations and lines with links are text."""
    assert texts(document(f"<article><h1>{TITLE}</h1>{paragraphs(markup)}</article>")) == [FIRST, SECOND, *kept, THIRD]


@pytest.mark.parametrize(
    "wrap",
    [
        pytest.param(lambda text: f"<p>{text}</p>", id="p"),
        pytest.param(lambda text: f"<div>{text}</div>", id="div"),
        pytest.param(lambda text: f"<div class='block b{len(text)}'><p>{text}</p></div>", id="a wrapper each"),
        pytest.param(lambda text: f"{text}<br><br>", id="br br"),
        pytest.param(lambda text: f"<p><span>{text}</span></p>", id="span"),
        pytest.param(lambda text: f"<font><p>{text}</p></font>", id="font around"),
    ],
)
def test_paragraphs_are_found_however_they_are_marked_up(wrap: Any) -> None:
    """The text stands in p, div, span, with wrappers of their own or with nothing but line breaks."""
    body = "".join(map(wrap, (FIRST, SECOND, THIRD)))
    assert texts(document(f"<div><h1>{TITLE}</h1><div class=c>{body}</div></div>")) == [FIRST, SECOND, THIRD]


def test_a_standfirst_comes_first_and_is_the_lead() -> None:
    """What is set apart between headline and text is the lead, and no heading."""
    standfirst = "Trams, cars and cyclists need a new way across the river"
    body = body_of(
        document(f"<header><h1>{TITLE}</h1><h2 class=subtitle>{standfirst}</h2></header><div>{paragraphs()}</div>")
    )
    assert body.lead == standfirst
    assert [paragraph.text for paragraph in body.paragraphs] == [standfirst, FIRST, SECOND, THIRD]
    assert body.paragraphs[0].kind is ParagraphKind.BODY


def test_a_description_that_the_page_shows_is_the_standfirst() -> None:
    """A line without any telling name is the standfirst where the page's head says the same."""
    line = "A new way across"
    line += " the river is needed"
    html = document(
        f"<div><h1>{TITLE}</h1><div>{line}</div><div>3 min</div></div><div>{paragraphs()}</div>",
        f"<meta name=description content='{line}'>",
    )
    assert body_of(html).lead == line


def test_without_a_standfirst_the_first_paragraph_is_the_lead() -> None:
    """The lead of an article without standfirst is its first paragraph."""
    assert body_of(document(f"<h1>{TITLE}</h1><div>{paragraphs()}</div>")).lead == FIRST


def test_bylines_dates_and_biographies_are_left_out() -> None:
    """Who wrote it and when is no text, above or below it."""
    head = "<meta name=author content='Anna Hill'>"
    html = document(
        f"<article><h1>{TITLE}</h1><p>By Anna Hill</p>{paragraphs()}<p>Anna Hill is our reporter for bridges and has "
        "crossed them for twenty years.</p><p>(AB)</p></article>",
        head,
    )
    assert texts(html) == [FIRST, SECOND, THIRD]


def test_the_second_article_of_a_page_is_left_out() -> None:
    """A page that goes on with the next article ends at its headline."""
    other = "<article><h1>Another story</h1>" + "<p>Words of another story that goes on and on below the first.</p>" * 9
    html = document(f"<main><article><h1>{TITLE}</h1>{paragraphs()}{paragraphs()}</article>{other}</article></main>")
    assert not [text for text in texts(html) if "another story" in text.lower()]


def test_comments_longer_than_the_article_are_not_the_article() -> None:
    """Readers' comments are noise even where they are most of the page's prose."""
    comments = "<p>I have crossed this bridge for forty years, and I say that it will stand for forty more.</p>" * 20
    html = document(f"<article><h1>{TITLE}</h1>{paragraphs()}</article><section class=comments>{comments}</section>")
    assert texts(html) == [FIRST, SECOND, THIRD]


def test_teasers_longer_than_the_article_are_not_the_article() -> None:
    """Repeated cards of other articles are known by their repetition, without any telling name."""
    card = "<div><a href=x>Another headline</a><p>Two lines that tell what is in that other article.</p></div>"
    html = document(f"<div><h1>{TITLE}</h1><div>{paragraphs()}</div></div><div>{card * 12}</div>")
    assert texts(html) == [FIRST, SECOND, THIRD]


def test_a_site_that_calls_its_text_a_sidebar_is_read_all_the_same() -> None:
    """A name that covers most of a page's prose is that site's name for its text."""
    html = document(f"<h1>{TITLE}</h1><div class='sidebar-grid'>{paragraphs()}</div>")
    assert texts(html) == [FIRST, SECOND, THIRD]


def test_parts_with_names_of_their_own_are_one_text() -> None:
    """A text cut into sections that are each called something else is read whole."""
    long = [f"{FIRST} {number}. {SECOND} {THIRD}" for number in range(8)]
    names = ("alpha", "beta", "gamma", "delta")
    parts = [
        f"<section class={name}><p>{long[2 * i]}</p><p>{long[2 * i + 1]}</p></section>" for i, name in enumerate(names)
    ]
    assert texts(document(f"<article><h1>{TITLE}</h1><div>{''.join(parts)}</div></article>")) == long


def test_a_page_that_hides_itself_behind_a_dialog_is_read() -> None:
    """Hidden means nothing where it covers most of a page's prose."""
    html = document(f"<div aria-hidden=true><h1>{TITLE}</h1><article>{paragraphs()}</article></div><div>Accept?</div>")
    assert texts(html) == [FIRST, SECOND, THIRD]


def test_an_article_inside_the_article_is_another_one() -> None:
    """A whole article that stands in the midst of the one with the headline is left out."""
    other = "<article><h2>Another</h2>" + "".join(f"<p>Another story says in line {n}: {SECOND}</p>" for n in range(5))
    own = "".join(f"<p>{FIRST} {number} {THIRD}</p>" for number in range(6))
    html = document(f"<article><h1>{TITLE}</h1><div>{own}</div>{other}</article><div>{THIRD}</div></article>")
    assert not [text for text in texts(html) if "Another" in text]


def test_long_comments_without_any_telling_name_are_left_out() -> None:
    """The text is in the smallest element with headline and prose; what stands beside that element is not."""
    own = "".join(f"<p>{FIRST} {number} {SECOND}</p>" for number in range(4))
    letters = "".join(f"<div><b>User {n}</b><p>I say for the {n}th time: {THIRD}</p></div>" for n in range(9))
    html = document(f"<main><div><h1>{TITLE}</h1><div>{own}</div></div><div><h3>Letters</h3>{letters}</div></main>")
    assert len(texts(html)) == 4


def test_quotations_in_frames_are_kept_unless_the_text_has_them() -> None:
    """A <figure> with words and no picture is a quotation; a pull quote that repeats the text is left out."""
    quoted = "Nobody has asked us what we think of this bridge, and nobody ever will."
    frame = "<figure><blockquote><p>{}</p></blockquote></figure>"
    kept = document(f"<article><h1>{TITLE}</h1>{paragraphs(frame.format(quoted))}</article>")
    repeated = document(f"<article><h1>{TITLE}</h1>{paragraphs(frame.format(SECOND))}</article>")
    assert texts(kept) == [FIRST, SECOND, quoted, THIRD]
    assert texts(repeated) == [FIRST, SECOND, THIRD]


def test_a_list_that_the_text_announces_is_kept_in_any_wrapper() -> None:
    """Bullets after a colon belong to the text even in a box of their own."""
    box = "<p>These lines will stop:</p><div class=box><ul><li>Number 4</li><li>Number 7</li></ul></div>"
    expected = [FIRST, SECOND, "These lines will stop:", "Number 4", "Number 7", THIRD]
    assert texts(document(f"<article><h1>{TITLE}</h1>{paragraphs(box)}</article>")) == expected


def test_the_rest_behind_a_button_is_read() -> None:
    """A long part named "read more" is the rest of the text; a short one is a call."""
    rest = "".join(f"<p>{FIRST} {number} {SECOND}</p>" for number in range(3))
    start = "".join(f"<p>{THIRD} {number} {SECOND}</p>" for number in range(8))
    html = document(f"<article><h1>{TITLE}</h1><div>{start}<div class='read-more'>{rest}</div></div></article>")
    assert len(texts(html)) == 11


def test_text_that_only_json_ld_holds_is_read() -> None:
    """A page that shows a teaser but states its whole text is read whole."""
    whole = " ".join([FIRST, *(f"Arch number {number} has had {number * 3} cracks." for number in range(30)), THIRD])
    thing = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": whole})
    head = f'<script type="application/ld+json">{thing}</script>'
    assert " ".join(texts(document(f"<article><h1>{TITLE}</h1><p>{FIRST}</p></article>", head))) == whole


@pytest.mark.parametrize(
    ("markup", "caption"),
    [
        ("<figure><img src=a><figcaption>The bridge on Monday</figcaption></figure>", "The bridge on Monday"),
        (
            "<figure><img src=a><figcaption>The bridge on Monday (Photo: A. Hill/AP)</figcaption></figure>",
            "The bridge on Monday",
        ),
        (
            "<figure><img src=a><figcaption>The bridge. <span class=credit>Ann Hill</span></figcaption></figure>",
            "The bridge.",
        ),
        (
            "<figure><img src=a><figcaption>Die Brücke am Montag. Foto: dpa</figcaption></figure>",
            "Die Brücke am Montag",
        ),
        (
            "<div class='wp-caption'><img src=a><p class='wp-caption-text'>Міст у понеділок. Фото: УНІАН</p></div>",
            "Міст у понеділок",
        ),
        ("<div class=image><img src=a><p>The bridge on Monday / Getty Images</p></div>", "The bridge on Monday"),
    ],
)
def test_captions_are_read_without_their_credits(markup: str, caption: str) -> None:
    """Each visible caption, once, without photographer and agency."""
    body = body_of(document(f"<article><h1>{TITLE}</h1>{paragraphs(markup, markup)}</article>"))
    assert [text.rstrip(".") for text in body.captions] == [caption.rstrip(".")]


def test_captions_of_related_articles_are_not_read() -> None:
    """Pictures that lead to other articles have captions of their own."""
    teaser = "<div class=related><figure><img src=a><figcaption>Another bridge</figcaption></figure></div>"
    assert body_of(document(f"<article><h1>{TITLE}</h1>{paragraphs(teaser)}</article>")).captions == ()


def test_the_language_is_told_by_the_text() -> None:
    """An English text on a page that calls itself Ukrainian is English."""
    html = document(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>").replace("lang=en", "lang=uk")
    assert body_of(html).language == "en"


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (document("").replace("article", "website"), URL),
        (
            document("<ul>" + f"<li>{LINK.format('A headline of a story')}</li>" * 60 + "</ul>").replace(
                "article", "website"
            ),
            URL,
        ),
        (document(f"<h1>News</h1><div>{paragraphs()}</div>").replace("article", "website"), "https://news.example/"),
        (document(f"<h1>News</h1><div>{paragraphs()}</div>").replace("article", "website"), "https://news.example/uk/"),
    ],
)
def test_home_pages_and_lists_are_refused(html: str, url: str) -> None:
    """What says nowhere that it is an article, and is a home page, a list or nothing, is NotAnArticle."""
    with pytest.raises(NotAnArticle):
        body_of(html, url)


def test_a_teaser_before_a_paywall_is_refused_as_one() -> None:
    """A page that is not free and shows two lines is Paywalled; one that shows the text is read."""
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    with pytest.raises(Paywalled):
        body_of(document(f"<article><h1>{TITLE}</h1><p>{FIRST}</p></article>", head))
    assert texts(document(f"<article><h1>{TITLE}</h1>{paragraphs()}</article>", head)) == [FIRST, SECOND, THIRD]


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    """Return the truth of the two templates of Ukrainska Pravda."""
    truth: dict[str, Any] = json.loads((shared / "sites/ukrainska-pravda/expected.json").read_text("utf-8"))
    return truth


@pytest.mark.parametrize("with_rule", [True, False], ids=["site file", "general code"])
@pytest.mark.parametrize("template", ["news-2024.html", "news-2026.html"])
def test_both_templates_of_the_seed_site_are_read_exactly(
    shared: Path, expected: dict[str, Any], template: str, with_rule: bool
) -> None:
    """Every paragraph with its kind and speaker, the lead and no forbidden line; captions verbatim by the site file."""
    page = Page.parse((shared / "sites/ukrainska-pravda" / template).read_bytes(), expected["url"])
    rule = rule_for(expected["url"]) if with_rule else None
    body = read_body(page, rule, read_metadata(page, rule))
    found = [
        {"kind": paragraph.kind.value, "text": paragraph.text}
        | ({"speaker": paragraph.speaker} if paragraph.speaker else {})
        for paragraph in body.paragraphs
    ]
    assert found == expected["paragraphs"]
    assert (body.lead, body.language) == (expected["lead"], "en")
    if with_rule:
        assert list(body.captions) == expected["captions"]
    everything = " ".join([*(paragraph.text for paragraph in body.paragraphs), *body.captions])
    assert [line for line in expected["never_in_the_digest"] if line in everything] == []


def test_the_real_page_of_the_seed_site_reads_right(shared: Path) -> None:
    """The long read of Ukrainska Pravda: all its paragraphs but the two teasers that its truth ends in."""
    truth = json.loads((shared / "corpus/pages/ua-Pravda.json").read_text("utf-8"))
    html = gzip.decompress((shared / "corpus/pages/ua-Pravda.html.gz").read_bytes())
    page = Page.parse(html, truth["url"])
    rule = rule_for(truth["url"])
    body = read_body(page, rule, read_metadata(page, rule))
    wanted = [text for text in (" ".join(text.split()) for text in truth["paragraphs"][:-2]) if text != "***"]
    assert [paragraph.text for paragraph in body.paragraphs] == wanted
    assert body.language == "ru"


def test_the_corpus_is_read_better_than_any_public_extractor_reads_it(shared: Path) -> None:
    """General code on 87 real pages: text F1 at least .98 (trafilatura: .94), captions at least .80 (others: 0)."""
    spec = importlib.util.spec_from_file_location("corpus_score", shared / "corpus/score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = score
    spec.loader.exec_module(score)
    results = []
    for path in sorted((shared / "corpus/pages").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        body = body_of(gzip.decompress(path.with_suffix(".html.gz").read_bytes()).decode("utf-8"), truth["url"])
        found = {"paragraphs": [paragraph.text for paragraph in body.paragraphs], "captions": list(body.captions)}
        results.append(score.score(truth, found))
    summary = score.summarise(results)
    assert summary["body_f1"] >= 0.98
    assert summary["captions_f1"] >= 0.80


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div class='related'>",
            "</div>",
            "<h1>",
            "</h1>",
            "<ul><li>",
            "</ul>",
            "<a href=x>",
            "</a>",
            "<figure>",
            "<figcaption>",
            "<blockquote>",
            "<br>",
            "<br>",
            FIRST,
            SECOND,
            "Source:",
            "Background:",
            "x",
            "\u200b",
            "<table><td>",
            "<article>",
            "</article>",
            "<p hidden>",
            "<img>",
            "&nbsp;",
            "<script>",
            "<!--",
            "«",
            "\x00",
            "𝔘",
            "\u202e",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_any_markup_becomes_a_digest_or_a_typed_error(markup: str) -> None:
    """However tags are opened and never closed, reading ends in a Digest or a ReadingError."""
    try:
        digest = read_page(document(markup), URL)
    except ReadingError:
        return
    assert isinstance(digest, Digest)
    assert all(paragraph.text.strip() for paragraph in digest.article.paragraphs)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=500), st.sampled_from([None, "utf-8", "cp1251", "utf-16"]))
def test_any_bytes_become_a_digest_or_a_typed_error(body: bytes, charset: str | None) -> None:
    """Whatever a server sends, reading ends in a Digest or a ReadingError."""
    for html in (body, f"<article><p>{FIRST}</p><p>{SECOND}".encode() + body):
        try:
            digest = read_page(html, URL, charset=charset)
        except ReadingError:
            continue
        assert isinstance(digest, Digest)


def test_stated_text_without_paragraphs_is_cut_between_sentences() -> None:
    """JSON-LD's text is cut where sentences end, and behind no abbreviation."""
    text = " ".join(
        f"On day {number} the plan for the old bridge was explained once more to all of the council by Mr. Hill."
        for number in range(1, 25)
    )
    stated = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": text})
    found = texts(document(f"<p>{FIRST}</p>", head=f'<script type="application/ld+json">{stated}</script>'))
    assert len(found) > 3
    assert all(paragraph.endswith("by Mr. Hill.") for paragraph in found)
