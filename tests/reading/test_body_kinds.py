"""Texts in the markup of many kinds of sites: what of a page is its text, whatever its publisher's software."""
# ruff: noqa: E501 - markup reads best in one line

from collections.abc import Sequence

import pytest

from bot.errors import Paywalled
from bot.models import ParagraphKind
from bot.reading.pipeline import read_page

URL = "https://pages.example/2024/12/bread-in-the-valley"
TITLE = "How the valley learned to bake its own bread again"
P = [
    "For thirty years the lorries came over the pass before dawn and brought the bread of a factory in the plains.",
    "Then the pass was closed for a winter, and the people of the valley found that nobody among them could bake.",
    "Marta Lindqvist, who had been a surveyor, lit the old oven behind the mill and burned her first forty loaves.",
    "She kept a book of her errors, which now hangs on a nail by the door and is consulted by everyone who works there.",
    "The flour comes from two fields below the church, and it is ground on Tuesdays when the stream has enough water.",
    "Children are sent for the loaves after school, and they arrive at home, as all children do, with one corner gone.",
    "An inspector from the capital came in March, ate three slices without a word and wrote that all was in order.",
    "What it costs is a matter of some debate, since half of the customers pay with eggs, wood or an hour of work.",
    "The factory has since offered to come back at a lower price, and the council voted eleven to two against it.",
    "In the evening the oven is still warm enough for apples, and whoever brings a tray may leave it until the morning.",
]
COMMENTS = [
    "I grew up two valleys to the west and we had the very same lorry, at the very same hour, with the same driver.",
    "My grandmother would have laughed at all of you, she baked in a tin box on the stove until she was ninety-one.",
    "Does anyone know what kind of wheat they are growing there, because ours never ripens above eight hundred metres?",
]
TEASERS = ["Seven lakes that freeze before November", "The last letter carrier of the coast", "Why owls came back"]


def document(body: str, head: str = "", lang: str = "en") -> str:
    """Return a page with nothing but a title in its head."""
    return f"<!DOCTYPE html><html lang={lang}><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"


def each(template: str, lines: Sequence[str]) -> str:
    """Return the lines, each in the template's braces."""
    return "".join(template.format(line) for line in lines)


def texts(html: str) -> list[str]:
    """Return what is read of a page, headings included."""
    return [paragraph.text for paragraph in read_page(html, URL, use_site_rules=False).article.paragraphs]


H1 = f"<h1>{TITLE}</h1>"
MENU = (
    '<div class=top><a href="/">Home</a> <a href="/a">Land</a> <a href="/b">People</a> <a href="/c">Contact</a></div>'
)
FOOT = '<div class=bottom><p>Copyright 2024 The Valley Paper. All rights reserved.</p><a href="/i">Imprint</a></div>'
TEXT = each("<p>{}</p>", P)
FIVE, REST = each("<p>{}</p>", P[:5]), each("<p>{}</p>", P[5:])

PAGES = {
    "div soup": f"{MENU}<div><div><div>{H1}<div>{each('<div>{}</div>', P)}</div></div></div></div>{FOOT}",
    "lines apart by two breaks": f"{MENU}<div>{H1}<div>{'<br><br>'.join(P)}</div></div>{FOOT}",
    "lines apart by one break": f"{MENU}<div>{H1}<div>{'<br>'.join(P)}</div></div>{FOOT}",
    "lines apart by breaks and spans": f"{MENU}<div>{H1}<div>{each('<span>{}</span><br><br>', P)}</div></div>{FOOT}",
    "text bare in the body": f"{MENU}{H1}{'<br><br>'.join(P)}{FOOT}",
    "tables as layout": (
        f"<table width=100%><tr><td colspan=3>{MENU}</td></tr><tr><td width=160>{each('<a href=#>{}</a><br>', TEASERS)}"
        f"</td><td><font size=5><b>{TITLE}</b></font><br><br><font face=Arial>{'<br><br>'.join(P)}</font></td>"
        f"<td>{each('<a href=#>{}</a><br>', TEASERS)}</td></tr></table>"
    ),
    "table with paragraphs": f"<table><tr><td>{MENU}</td><td>{H1}{TEXT}</td></tr></table>{FOOT}",
    "preformatted": f"{MENU}{H1}<pre>{chr(10).join(P)}</pre>{FOOT}",
    "WordPress": (
        f'{MENU}<div id=content><div id=post-7 class="post type-post hentry category-land"><h1 class=entry-title>{TITLE}'
        f"</h1><div class=entry-meta>Posted on <a href=/d>December 3, 2024</a> by <a href=/u>Ida</a></div>"
        f'<div class=entry-content>{TEXT}<div class="sharedaddy sd-sharing-enabled"><h3 class=sd-title>Share this:</h3>'
        f"<ul><li><a href=#>Print</a></li><li><a href=#>Email</a></li></ul></div></div></div>"
        f"<div id=comments class=comments-area><h2>3 thoughts on this</h2><ol class=commentlist>"
        f"{each('<li class=comment><div class=comment-body><p>{}</p></div></li>', COMMENTS)}</ol></div></div>{FOOT}"
    ),
    "Drupal": (
        f'{MENU}<div class="region region-content"><div class="node node--type-page node--view-mode-full">{H1}'
        f'<div class="field field--name-body field--type-text-with-summary field__item">{TEXT}</div></div></div>'
        f'<div class="region region-sidebar"><h2>Most read</h2>{each("<div class=views-row><a href=#>{}</a></div>", TEASERS)}</div>'
    ),
    "Blogger": (
        f"<div class='blog-posts hfeed'><div class='post hentry'><h3 class='post-title entry-title'>{TITLE}</h3>"
        f"<div class='post-body entry-content'>{each('<div style=text-align:justify>{}</div><div><br></div>', P)}</div>"
        f"<div class='post-footer'>Posted by Ida at 7:04 AM</div></div></div><div class=comments><h4>3 comments:</h4>"
        f"{each('<dd class=comment-body><p>{}</p></dd>', COMMENTS)}</div><div class=sidebar>{each('<li><a href=#>{}</a></li>', TEASERS)}</div>"
    ),
    "Squarespace": (
        f'{MENU}<div class="blog-item-wrapper">{H1}<div class="sqs-layout"><div class="sqs-block html-block"><div class='
        f'"sqs-block-content">{FIVE}</div></div><div class="sqs-block image-block"><img src=a.jpg></div>'
        f'<div class="sqs-block html-block"><div class="sqs-block-content">{REST}</div></div></div></div>{FOOT}'
    ),
    "Medium": (
        f'<div class="a b c"><div class="d e"><h1 class="pw-post-title f">{TITLE}</h1><div class="g h"><p class="bf b bg">Ida Moor</p>'
        f'<p class="bf b bg">6 min read</p></div><section class="i">{each("<p class=" + chr(34) + "pw-post-body-paragraph j k" + chr(34) + ">{}</p>", P)}'
        f'</section></div><div class="l">{each("<div class=m><h2>{}</h2></div>", TEASERS)}</div></div>'
    ),
    "Ghost with a call for a subscription": (
        f'<main><article class="gh-article post"><header>{H1}</header><section class="gh-content gh-canvas">{FIVE}'
        f'<div class="kg-card kg-signup-card"><h2>Join us</h2><p>Sign up for our weekly letter from the valley.</p></div>{REST}'
        f"</section></article></main>{FOOT}"
    ),
    "a page builder's columns": (
        f'{MENU}{H1}<div class="elementor-section"><div class="elementor-column"><div class="elementor-widget-text-editor">'
        f'{FIVE}</div></div></div><div class="elementor-section"><div class="elementor-column">'
        f'<div class="elementor-widget-text-editor">{REST}</div></div></div>{FOOT}'
    ),
    "advertisements between paragraphs": (
        f"{MENU}<div class=story>{H1}{''.join(f'<p>{line}</p><div class=ad-slot>Advertisement</div>' for line in P)}</div>{FOOT}"
    ),
    "donation call and related links within": (
        f"{MENU}<div class=story>{H1}{FIVE}<div class=box><p><strong>Support our work: donate today.</strong></p></div>"
        f"<div class=box><h4>Related</h4><ul>{each('<li><a href=#>{}</a></li>', TEASERS)}</ul></div>{REST}</div>{FOOT}"
    ),
    "next article below": (
        f"{MENU}<article>{H1}{TEXT}</article><article><h1>{TEASERS[0]}</h1>{each('<p>{}</p>', COMMENTS * 2)}</article>"
    ),
    "accelerated page": (
        f"<amp-sidebar><ul>{each('<li><a href=#>{}</a></li>', TEASERS)}</ul></amp-sidebar><article class=amp-wp-article>{H1}"
        f"<amp-img src=a.jpg></amp-img><div class=amp-wp-article-content>{TEXT}</div></article>{FOOT}"
    ),
    "sections of one article": (
        f"{MENU}<article>{H1}<section><h2>The winter</h2>{FIVE}</section><section><h2>The oven</h2>{REST}</section></article>{FOOT}"
    ),
}


@pytest.mark.parametrize("kind", PAGES)
def test_all_of_a_text_is_read_and_nothing_else(kind: str) -> None:
    """In any markup every sentence of the text is read in order, and no comment, teaser, call or notice is."""
    said = " ".join(texts(document(PAGES[kind])))

    places = [said.find(line) for line in P]
    assert -1 not in places
    assert places == sorted(places)
    for line in [
        *COMMENTS,
        *TEASERS,
        "Copyright",
        "Advertisement",
        "Sign up",
        "Support our work",
        "Share this",
        "Posted",
    ]:
        assert line not in said


@pytest.mark.parametrize("kind", ["lines apart by two breaks", "lines apart by one break", "text bare in the body"])
def test_lines_apart_by_breaks_are_paragraphs(kind: str) -> None:
    """Text without <p> is read as the paragraphs that its line breaks make."""
    assert [line for line in texts(document(PAGES[kind])) if line in P] == P


ITEMS = [
    "Mix five hundred grams of flour with water until no dry spot is left.",
    "Let the dough rest for an hour under a damp cloth.",
    "Fold it four times and leave it alone until the evening.",
    "Bake it in a closed pot for half an hour and open it for ten minutes.",
]


@pytest.mark.parametrize(
    "markup",
    [
        f"{FIVE}<ol>{each('<li>{}</li>', ITEMS)}</ol>",
        f"{FIVE}<h2>What to do</h2><ul>{each('<li><p>{}</p></li>', ITEMS)}</ul>",
        f"{FIVE}<dl>{''.join(f'<dt>Step {i}</dt><dd>{line}</dd>' for i, line in enumerate(ITEMS, 1))}</dl>",
    ],
)
def test_steps_and_points_are_text(markup: str) -> None:
    """The steps of a recipe and the points of a list belong to the text in whatever list they stand."""
    said = " ".join(texts(document(f"{MENU}<div class=story>{H1}{markup}</div>{FOOT}")))

    assert all(line in said for line in ITEMS)


def test_a_list_of_many_things_is_read_with_its_headings() -> None:
    """A listicle's numbered headings stand in the text."""
    parts = "".join(f"<h2>{i}. The oven of house {i}</h2><p>{line}</p>" for i, line in enumerate(P, 1))

    said = texts(document(f"{MENU}<article>{H1}{parts}</article>{FOOT}"))

    assert [line for line in said if line.startswith(tuple("123456789"))] == [
        f"{i}. The oven of house {i}" for i in range(1, 11)
    ]


@pytest.mark.parametrize("question", ["<p><strong>{}</strong></p>", "<h3>{}</h3>", "<p><b>{}</b></p>"])
def test_the_questions_of_an_interview_are_read(question: str) -> None:
    """Questions are text, in bold, as headings or in elements of their own."""
    asked = [f"And what did they say in house number {i}?" for i in range(len(P))]
    talk = "".join(question.format(q) + f"<p>{a}</p>" for q, a in zip(asked, P, strict=True))

    said = texts(document(f"{MENU}<article>{H1}{talk}</article>{FOOT}"))

    assert [line for line in said if line in asked] == asked


def test_key_points_and_standfirst_come_before_the_text() -> None:
    """A standfirst in a heading and the key points below it are read first."""
    page = document(
        f"{MENU}<article><header>{H1}<h2 class=subtitle>{COMMENTS[1]}</h2></header>"
        f"<div class=story><ul class=key-points>{each('<li>{}</li>', ITEMS)}</ul>{TEXT}</div></article>{FOOT}"
    )

    said = texts(page)

    assert said[0] == COMMENTS[1]
    assert all(line in said for line in P)


SCRIPTS = {
    "ja": "山あいの町では三十年のあいだ、平野の工場から毎朝パンが運ばれていたが、冬に峠が閉ざされて、誰も焼けないことがわかった。",
    "zh": "三十年来，山谷里的面包每天清晨都由卡车从平原的工厂运来，直到那年冬天山口封闭，人们才发现自己已经不会烤面包了。",
    "ar": "طوال ثلاثين عاما كانت الشاحنات تعبر الممر قبل الفجر حاملة خبز المصنع من السهول إلى أهل الوادي جميعا دون انقطاع.",
    "he": "במשך שלושים שנה הגיעו המשאיות דרך המעבר לפני עלות השחר והביאו את הלחם מהמפעל שבמישור אל כל אנשי העמק.",
    "el": "Για τριάντα χρόνια τα φορτηγά περνούσαν το διάσελο πριν από την αυγή και έφερναν το ψωμί του εργοστασίου.",
    "uk": "Тридцять років вантажівки їхали через перевал до світанку й везли хліб із заводу, що стоїть на рівнині.",
}


@pytest.mark.parametrize("language", SCRIPTS)
def test_any_script_is_read(language: str) -> None:
    """Texts in scripts without spaces, or from right to left, are read whole, in divs without names."""
    lines = [f"{SCRIPTS[language]} {number}" for number in range(1, 9)]

    said = texts(document(f"{MENU}<div>{H1}<div>{each('<div>{}</div>', lines)}</div></div>{FOOT}", lang=language))

    assert [line for line in said if line in lines] == lines


ARTICLE = "<meta property=og:type content=article>"
STEPS = [
    "Mix the flour with the water and let it rest under a cloth for half an hour.",
    "Add the salt and the starter, then fold the dough four times with wet hands.",
    "Bake for forty minutes.",
]
POSTS = {"Council votes": P[7:9], "The inspector arrives": [P[6]], "The oven is lit": P[2:4]}


def test_steps_in_boxes_of_their_own_are_text() -> None:
    """A recipe's ingredients and numbered steps are read from boxes that say what they are, without the numbers."""
    boxes = "".join(
        f"<div class=step><div class=num>{n}</div><div class=t>{step}</div></div>" for n, step in enumerate(STEPS)
    )
    parts = f"<h2>Ingredients</h2><ul class=ingredients><li>500 g of rye</ul><h2>Method</h2><div class=c>{boxes}</div>"
    html = document(f"{MENU}<main>{H1}<div class=intro>{each('<p>{}</p>', P[:2])}</div>{parts}</main>", ARTICLE)
    assert texts(html) == [*P[:2], "Ingredients", "500 g of rye", "Method", *STEPS]


def test_steps_in_a_table_are_text_and_figures_are_not() -> None:
    """Whole sentences in the cells of a table are read; numbers and their heads are data."""
    rows = "".join(f"<tr><td>{number}</td><td>{step}</td></tr>" for number, step in enumerate(STEPS))
    figures = "<table><tr><th>Year</th><th>Loaves</th></tr><tr><td>2021</td><td>40</td></tr></table>"
    html = document(f"{MENU}<article>{H1}{FIVE}<table>{rows}</table>{figures}{REST}</article>")
    assert texts(html) == [*P[:5], *STEPS, *P[5:]]


@pytest.mark.parametrize(
    ("feed", "post"),
    [
        (
            "<div class=live>{}</div>",
            '<article class=live-post><time>14:02</time><h2>{}</h2>{}<div class=tools><a href="#">Share</a></div></article>',
        ),
        (
            "<ol>{}</ol>",
            "<li class=entry><div class=head><span>14:02</span><h3>{}</h3></div><div class=entry-body>{}</div></li>",
        ),
        (
            "<div>{}</div>",
            '<section><h3>{}</h3>{}<p><a href="https://t.me/share/url?url=x">Telegram</a></p></section>',
        ),
    ],
    ids=["articles", "list", "sections"],
)
def test_the_posts_of_a_live_blog_are_read(feed: str, post: str) -> None:
    """Each post is text under its own heading; a link to share it makes it no teaser."""
    posts = "".join(post.format(heading, each("<p>{}</p>", lines)) for heading, lines in POSTS.items())
    html = document(f"{MENU}<main>{H1}<p class=standfirst>{P[9]}</p>{feed.format(posts)}</main>", ARTICLE)
    said = [line for heading, lines in POSTS.items() for line in (heading, *lines)]
    assert [text for text in texts(html) if text != "14:02"] == [P[9], *said]


def test_things_to_buy_are_read_with_their_names() -> None:
    """In a list of things that are for sale each keeps its name and text; the shop's link is left out."""
    card = '<div class=product-card><h3>Loaf {0}</h3><p>{1}</p><a rel="sponsored" href="https://shop.example/{0}">Buy now</a></div>'
    cards = "".join(card.format(number, line) for number, line in enumerate(P[4:8]))
    html = document(f"{MENU}<article>{H1}{each('<p>{}</p>', P[:4])}{cards}{each('<p>{}</p>', P[8:])}</article>")
    names = [line for number, text in enumerate(P[4:8]) for line in (f"Loaf {number}", text)]
    assert texts(html) == [*P[:4], *names, *P[8:]]


def test_what_folds_open_is_text() -> None:
    """A paragraph that a reader unfolds in the midst of the text is part of it."""
    folded = f"<details><summary>Where does the flour come from?</summary><p>{P[5]}</p></details>"
    html = document(f"{MENU}<article>{H1}{FIVE}{folded}{each('<p>{}</p>', P[6:])}</article>")
    assert [text for text in texts(html) if not text.endswith("?")] == P


def test_pull_quotes_and_bylines_at_the_end_are_left_out() -> None:
    """A sentence that is set large beside the text is read once; who the author is, is no text."""
    bio = "<p><em>Ida Moor writes about food and mountains for this paper and lives above the mill.</em></p>"
    page = document(
        f"{MENU}<article>{H1}<p class=byline>By <a rel=author href=/ida>Ida Moor</a></p>{FIVE}"
        f"<blockquote class=pullquote><p>{P[2]}</p></blockquote>{REST}{bio}</article>{FOOT}"
    )

    said = texts(page)

    assert said.count(P[2]) == 1
    assert said[-1] == P[-1]


def test_headings_keep_their_kind_in_div_soup() -> None:
    """Subheads between bare divs are headings."""
    page = document(
        f"{H1}<div>{each('<div>{}</div>', P[:5])}<h3>What it costs</h3>{each('<div>{}</div>', P[5:])}</div>"
    )

    article = read_page(page, URL, use_site_rules=False).article

    assert [p.text for p in article.paragraphs if p.kind is ParagraphKind.HEADING] == ["What it costs"]


@pytest.mark.parametrize(
    "around",
    [
        "<noscript>{}</noscript>",
        "<template>{}</template>",
        "<dialog open>{}</dialog>",
        "<section><h2><a href=/s>A</a></h2><button>{}</button></section>",
    ],
)
def test_a_text_where_texts_never_stand_is_found_all_the_same(around: str) -> None:
    """Of an article in which we find next to nothing trafilatura is asked, without the headline and the calls."""
    call = "<p>Subscribe to our newsletter</p>"
    html = document(f"{MENU}<article>{H1}{around.format(TEXT + call)}</article>", ARTICLE)
    found = " ".join(texts(html))
    assert all(line in found for line in P)
    assert TITLE not in found
    assert "newsletter" not in found


def test_a_text_of_short_lines_is_found() -> None:
    """Sentences too short for prose make an article where there are many."""
    lines = [f"{line} {hour}." for hour in range(12) for line in ("The oven is lit at", "Nobody talks much at")]
    html = document(f"{MENU}<article>{H1}{each('<p>{}</p>', lines)}</article>", ARTICLE)
    assert texts(html) == lines


def test_what_is_behind_a_wall_is_left_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second opinion is asked about a page that says that it is not free."""
    monkeypatch.setattr("trafilatura.extract", lambda *_, **__: "\n".join(P))
    locked = ARTICLE + "<meta property=article:content_tier content=locked>"
    with pytest.raises(Paywalled):
        texts(document(f"<article>{H1}<p>{P[0]}</p></article>", locked))
    assert texts(document(f"<article>{H1}<p>{P[0]}</p></article>", ARTICLE)) == P


def test_a_second_opinion_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that breaks on a page leaves what we have found."""

    def broken(*_: object, **__: object) -> str:
        raise RecursionError

    monkeypatch.setattr("trafilatura.extract", broken)
    assert texts(document(f"<article>{H1}<p>{P[0]}</p></article>", ARTICLE)) == P[:1]


def test_short_sentence_below_the_headline_is_the_standfirst() -> None:
    """A sentence in the headline's own element belongs to the text even where nothing names it."""
    lead = "Volunteers shovelled snow into three hundred heaps."
    html = document(f"<article><header>{H1}<p class=c7>{lead}</p></header><div class=body>{TEXT}</div></article>")
    assert texts(html) == [lead, *P]


@pytest.mark.parametrize(
    "call",
    [
        "📲 Clique aqui para seguir o canal do Vale no WhatsApp",
        "Unser Tal-Newsletter informiert Sie regelmäßig über alle wichtigen Geschichten.",
        "Mitä ajatuksia juttu herätti? Voit keskustella aiheesta huomiseen saakka.",
        "A Völgy olvasói adományokból él. Támogasson minket!",
        "Editor : A.N.",
        "لمتابعة الأخبار على مدار الساعة انضموا إلى قناتنا على واتساب",
        "بیشتر بخوانید: نان دره",
    ],
)
def test_calls_of_many_languages_are_no_text(call: str) -> None:
    """Newsletters, channels, donations and editors' lines stand between paragraphs, marked up like them."""
    assert texts(document(f"<article>{H1}{FIVE}<p>{call}</p>{REST}</article>")) == P


def test_who_said_it_goes_with_the_pull_quote() -> None:
    """Where a quotation in a frame only repeats the text, the name below it is left out as well."""
    frame = f"<figure class=pullquote><blockquote><p>{P[3][:60]}</p><cite>Marta Lindqvist, baker</cite></blockquote></figure>"
    assert texts(document(f"<article>{H1}{FIVE}{frame}{REST}</article>")) == P


def test_short_first_and_last_paragraphs_are_text() -> None:
    """A sentence too short to count as prose belongs to the text where it stands with its paragraphs."""
    first, last = "The bread was supposed to be the easy part.", "Nobody has asked for the lorry since."
    box = "<div class=related><a href=/x>Seven lakes that freeze before November</a></div>"
    html = document(f"<article>{H1}<div class=body><p>{first}</p>{TEXT}{box}<p>{last}</p></div></article>")
    assert texts(html) == [first, *P, last]


def test_standfirst_in_the_element_of_headline_and_picture() -> None:
    """An element named for its picture that holds headline and standfirst too keeps neither from being read."""
    lead = "The valley now expects to bake for itself through the whole of the winter"
    summary = f"<div class=media-item__summary>{H1}<p class=dek>{lead}.</p></div>"
    head = f"<div class=media-item><img src=a.jpg></div>{summary}"
    assert texts(document(f"<article>{head}<div class=body>{TEXT}</div></article>")) == [f"{lead}.", *P]


@pytest.mark.parametrize(
    "sentence",
    [
        "Com informações do radar, os moradores puderam dormir de novo na primeira noite sem chuva do ano.",
        "Con información de la policía, el juez ordenó abrir las puertas del horno antes de la madrugada.",
        "拡大する被害を前に、谷の人々は古い窯にもう一度火を入れ、朝までにパンを焼き続けることを決めたという。",
    ],
)
def test_sentences_that_begin_like_calls_are_text(sentence: str) -> None:
    """What a credit line or a button says may begin a sentence, too."""
    assert texts(document(f"<article>{H1}{FIVE}<p>{sentence}</p>{REST}</article>")) == [*P[:5], sentence, *P[5:]]


LONG_COMMENTS = [comment * 8 for comment in COMMENTS]


@pytest.mark.parametrize(
    "below",
    [
        "<div class=feedback><h3>61 Responses</h3>{}</div>",
        "<div class=x1><div class=x2>Comments (14)</div>{}</div>",
        "<div id=comments><h3>120 Comments</h3>{}</div>",
        "<h4>Comments</h4>{}",
    ],
)
def test_comments_longer_than_the_article_are_left_out(below: str) -> None:
    """A line that counts the comments, or a heading that names them, begins no text, whatever its element is called."""
    said = each("<div><div>ann</div><p>{}</p></div>", LONG_COMMENTS)
    html = document(f"{MENU}<div><div class=story>{H1}{TEXT}</div>{below.format(said)}</div>{FOOT}")
    assert texts(html) == P


def test_a_heading_of_comments_ends_the_article() -> None:
    """What readers say in the article's own element is left out below a heading that only names it."""
    said = each("<li><b>ann</b> wrote:<br><p>{}</p></li>", LONG_COMMENTS)
    assert texts(document(f"{MENU}<div>{H1}{TEXT}<h4>Comments</h4><ul>{said}</ul></div>{FOOT}")) == P


def test_a_count_of_comments_beside_the_text_ends_nothing() -> None:
    """A count of comments that stands within the text, and not as the heading of a section, leaves what follows."""
    count = "<div class=bar><div>14 Comments</div></div>"
    assert texts(document(f"{MENU}<div>{H1}{FIVE}{count}{REST}</div>{FOOT}")) == P


def test_an_article_named_for_a_newsletter_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """An element that holds the headline and the text is the article though its name speaks of a newsletter."""
    monkeypatch.setattr("trafilatura.extract", lambda *_, **__: "")
    said = each("<div class=said><p>{}</p></div>", LONG_COMMENTS)
    html = document(f"<div><article class=newsletter-post>{H1}{TEXT}</article><div class=comments>{said}</div></div>")
    assert texts(html) == P


def test_things_of_a_numbered_list_are_no_teasers() -> None:
    """Short items under numbered headings, each with a link to a shop, are text."""
    items = "".join(f"<div class=item><h2>{i}. Lamp</h2><p>{line}</p><p><a href=/go>Buy it</a></p></div>"
                    for i, line in enumerate(P[1:6], 1))  # fmt: skip
    assert [line for line in texts(document(f"{MENU}<div>{H1}<p>{P[0]}</p>{items}</div>")) if line in P] == P[:6]


def test_most_readers_are_no_list_of_headlines() -> None:
    """A sentence about most readers is text; the list of what is read most is not."""
    line = "Most readers of the valley's paper turn first to the page on which the prices of eggs are printed."
    html = document(f"{MENU}<div>{H1}{TEXT}<p>{line}</p><p>Most read in Land</p></div>")
    assert texts(html) == [*P, line]


def test_numbers_of_footnotes_are_left_out() -> None:
    """A link that is nothing but the number of a footnote does not stick to the sentence before it."""
    noted = f"<p>{P[5]}<a href='#f1'>1</a></p>"
    assert texts(document(f"{MENU}<div>{H1}{FIVE}{noted}</div>")) == P[:6]


def test_questions_that_fold_open_are_read() -> None:
    """A question in a button within a heading belongs to its answer."""
    asked = f"<h3><button>Who grinds the flour?</button></h3><p>{P[5]}</p>"
    assert texts(document(f"{MENU}<div>{H1}{FIVE}{asked}</div>")) == [*P[:5], "Who grinds the flour?", P[5]]


def test_questions_in_divs_of_their_own_are_read() -> None:
    """Questions in elements that are named so are text beside answers in theirs."""
    pairs = "".join(f"<div class=question>Why {word}?</div><div class=answer><p>{line}</p></div>"
                    for word, line in zip(("bread", "rye", "eggs"), P[1:], strict=False))  # fmt: skip
    found = texts(document(f"{MENU}<main>{H1}<p>{P[0]}</p><div class=talk>{pairs}</div></main>"))
    assert found == [P[0], "Why bread?", P[1], "Why rye?", P[2], "Why eggs?", P[3]]


def test_title_and_byline_between_line_breaks_are_no_paragraph() -> None:
    """The headline with a by-line below it, apart by line breaks alone, is not read as text."""
    html = document(
        f"<table><tr><td><font><b>{TITLE}</b></font><br>By ANN WELLER<br>Friday<br><br>{'<br><br>'.join(P)}</td></tr></table>"
    )
    assert texts(html) == P


def test_paragraphs_in_p_and_div_are_read() -> None:
    """An editor that makes a <div> of some paragraphs and a <p> of others loses none."""
    html = document(f"{MENU}<div>{H1}<div class=body>{FIVE}<div>{P[5]}</div><div>{P[6]}</div><p>{P[7]}</p></div></div>")
    assert texts(html) == P[:8]


def test_numbers_of_steps_are_left_out() -> None:
    """A number in a box of its own beside a step is no paragraph."""
    steps = "".join(
        f"<div class=one><div class=n>{i}</div><div class=t>{line}</div></div>" for i, line in enumerate(P, 1)
    )
    assert texts(document(f"{MENU}<div>{H1}{steps}</div>")) == P


def test_short_article_among_many_teasers_is_read_alone() -> None:
    """Where a short article stands among many teasers, no second opinion brings these in."""
    cards = "".join(f"<div class=c><a href=/t{i}><h3>{teaser}</h3></a><p>{line}</p><span>May {i}</span></div>"
                    for i, (teaser, line) in enumerate(zip(TEASERS * 3, P[1:], strict=False), 1))  # fmt: skip
    html = document(
        f"{MENU}<div><div class=l>{H1}<div><p>{P[0]}</p></div></div><div class=r>{cards}</div></div>", ARTICLE
    )
    assert texts(html) == P[:1]


def test_boxes_that_explain_are_read() -> None:
    """A callout in the midst of the text, and answers to questions that fold open, are read in their order."""
    callout = f"<div class='card callout-card'><div class=callout-text>{P[5]}</div></div>"
    folded = f"<div class=accordion><h4>Who bakes?</h4><div class=fold><p>{P[9]}</p></div></div>"
    found = texts(document(f"{MENU}<div>{H1}{FIVE}{callout}{each('<p>{}</p>', P[6:9])}{folded}</div>"))
    assert found == [*P[:9], "Who bakes?", P[9]]
