"""Tags: the topics of an article, from several statements, without junk."""

from typing import Any

import pytest

from bot.reading.metadata import read_metadata
from bot.reading.tag_lists import visible_tags
from tests.reading.pages import page

RIVERS, TOWN = '<a href="/x/1">rivers</a>', '<a href="/x/2">Old Town</a>'
LISTS = [
    f'<ul class="tags"><li>{RIVERS}</li><li>{TOWN}</li></ul>',
    f'<div class="article-tags"><span>Tags</span>{RIVERS}{TOWN}</div>',
    f'<div><span class="post_tags_item">{RIVERS}</span><span class="post_tags_item">{TOWN}</span></div>',
    f'<div data-testid="topic-tags">{RIVERS}{TOWN}</div>',
    '<section><a class="StoryTag" href="/1">rivers</a><a class="StoryTag" href="/2">Old Town</a></section>',
    '<ul><li><a rel="tag" href="/1">rivers</a></li><li><a rel="tag" href="/2">Old Town</a></li></ul>',
    '<ul><li><a href="/topics/rivers">rivers</a></li><li><a href="/topics/old-town">Old Town</a></li></ul>',
    f'<h4>Mehr lesen über</h4><ul class="zx"><li>{RIVERS}</li><li>{TOWN}</li></ul>',
    f'<div class="tags">{RIVERS}, {TOWN} <a href="/tags/">All topics</a></div>',
    '<div class="u"><a><span class="tag">rivers</span></a><a><span class="tag">Old Town</span></a></div>',
    '<ul><li><a href="/mot-cle/r">rivers</a></li><li><a href="/mot-cle/t">Old Town</a></li></ul>',
    '<ul><li><a href="/onderwerp/r">rivers</a></li><li><a href="/onderwerp/t">Old Town</a></li></ul>',
    '<ul><li><a href="/etiket/r">rivers</a></li><li><a href="/etiket/t">Old Town</a></li></ul>',
    '<ul><li><a href="/search?tag=r">rivers</a></li><li><a href="/search?tag=t">Old Town</a></li></ul>',
    f'<h4>Słowa kluczowe:</h4><ul class="zx"><li>{RIVERS}</li><li>{TOWN}</li></ul>',
    f'<h4>Läs mer om</h4><ul class="zx"><li>{RIVERS}</li><li>{TOWN}</li></ul>',
    f'<h4>Ещё по теме:</h4><ul class="zx"><li>{RIVERS}</li><li>{TOWN}</li></ul>',
    f'<h4>キーワード：</h4><ul class="zx"><li>{RIVERS}</li><li>{TOWN}</li></ul>',
    '<ul itemprop="keywords"><li><a># rivers</a></li><li><a># Old Town</a></li></ul>',
]


@pytest.mark.parametrize("tag_list", LISTS)
def test_visible_list_is_found(tag_list: str) -> None:
    """Tag lists are known by their names, their labels or where their links lead."""
    html = page(body=f"<article><h1>Bridge opens</h1><p>{'Text. ' * 30}</p>{tag_list}</article>")
    assert visible_tags(html) == ("rivers", "Old Town")


@pytest.mark.parametrize(
    "other",
    [
        '<ul class="trending-tags"><li><a href="/tag/war">war</a></li><li><a href="/tag/x">x</a></li></ul>',
        '<nav class="main-menu"><a href="/topics/war">War</a><a href="/topics/sport">Sport</a></nav>',
        '<div class="tag-teasers"><a href="/1">A long headline of another article with many words</a></div>',
        '<p>He spoke of <a href="/topic/rivers">rivers</a> and <a href="/topic/towns">towns</a> for an hour.</p>',
    ],
)
def test_other_lists_are_not_tags(other: str) -> None:
    """What is popular, the menu, teasers and links in the text are not the article's topics."""
    assert visible_tags(page(body=f"<h1>Bridge opens</h1>{other}")) == ()


def tags(**statements: Any) -> tuple[str, ...]:
    """Return the tags that are read from a page with these statements."""
    return read_metadata(page(**statements), None).tags


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ({"meta": {"keywords": "rivers, Old Town,  rivers"}}, ("rivers", "Old Town")),
        ({"meta": {"news_keywords": "rivers;Old Town"}}, ("rivers", "Old Town")),
        (
            {"meta": {"article:tag": ["Rivers", "rivers", "Trade, retail and wholesale"]}},
            ("Rivers", "Trade, retail and wholesale"),
        ),
        ({"meta": {"keywords": "深空探测 探月工程 太空"}}, ("深空探测", "探月工程", "太空")),
        ({"ld": {"@type": "Article", "headline": "A", "keywords": "rivers, Old Town"}}, ("rivers", "Old Town")),
        ({"ld": {"@type": "Article", "headline": "A", "keywords": ["rivers", "Old Town"]}}, ("rivers", "Old Town")),
        ({"ld": {"@type": "Article", "headline": "A", "about": [{"@type": "Thing", "name": "rivers"}]}}, ("rivers",)),
        ({"ld": {"@type": "Article", "headline": "A", "articleSection": "Sport"}}, ()),
    ],
)
def test_statements_for_machines(statements: dict[str, Any], expected: tuple[str, ...]) -> None:
    """Keywords come joined or in lists; each topic once; sections are no topics."""
    assert tags(**statements) == expected


def test_kinds_are_taken_off() -> None:
    """Topics that name their kind lose it; what an editing system notes for itself is left out."""
    keywords = ["Day: Wednesday", "Page Type: Article", "Subject: Rivers", "Subject: World", "Language: English"]
    assert tags(ld={"@type": "Article", "headline": "A", "keywords": keywords}) == ("Rivers", "World")
    paths = ["topic/rivers", "place/old town"]
    assert tags(ld={"@type": "Article", "headline": "A", "keywords": paths}) == ("rivers", "old town")


@pytest.mark.parametrize(
    "keywords",
    [
        "bridge,opens,nine,years,wait",
        "Herald,news,politics,sport,culture,weather,Example Herald",
        "AER,AERO,ANLINS,CCOS,CIV,CWP,DIP,GEN,HRGT,ICC",
        "8f507083-bac4-423a-9015-2eb31e1bce50",
        "https://example.org/x",
    ],
)
def test_junk_is_no_topic(keywords: str) -> None:
    """An address cut into words, a site's own keywords on each page, codes and identifiers are nothing to follow."""
    meta: dict[str, str | list[str]] = {
        "keywords": keywords,
        "og:site_name": "Example Herald",
        "og:title": "Old span is back",
    }
    html = page(meta=meta, url="https://example-herald.com/2024/bridge-opens-after-nine-years-of-wait")
    assert read_metadata(html, None).tags == ()


def test_what_readers_see_beats_unrelated_keywords() -> None:
    """Where the keywords for search engines share nothing with the visible list, the visible one counts."""
    html = page(meta={"keywords": "law, experts, analyses"}, body=f"<h1>Bridge opens</h1>{LISTS[0]}")
    assert read_metadata(html, None).tags == ("rivers", "Old Town")


def test_full_list_beats_its_shortened_copy() -> None:
    """Where the page shows a few of its keywords, all of them are its topics."""
    html = page(meta={"keywords": "rivers, Old Town, bridges"}, body=f"<h1>Bridge opens</h1>{LISTS[0]}")
    assert read_metadata(html, None).tags == ("rivers", "Old Town", "bridges")


def test_agreement_counts() -> None:
    """Two statements that agree outweigh one that does not."""
    html = page(
        ld={"@type": "Article", "headline": "A", "keywords": ["rivers", "Old Town"]},
        meta={"keywords": "a, b, c", "article:tag": ["rivers", "Old Town"]},
    )
    assert read_metadata(html, None).tags == ("rivers", "Old Town")


def test_author_in_the_list_is_no_topic() -> None:
    """A list of what can be followed may hold the author, who is followed as an author."""
    ld = {"@type": "Article", "headline": "A", "author": "Bo Chen"}
    body = '<h1>A</h1><ul class="topics"><li><a>rivers</a></li><li><a>Bo Chen</a></li></ul>'
    assert tags(ld=ld, body=body) == ("rivers",)


def test_counts_are_no_part_of_topics() -> None:
    """How many articles a topic has is not its name."""
    shown = "<ul class='tags'><li><a href='/tag/a'>Bridges (12)</a></li><li><a href='/tag/b'>(3) Traffic</a></li></ul>"
    assert read_metadata(page(body=f"<h1>A</h1>{shown}"), None).tags == ("Bridges", "Traffic")


def test_list_on_a_page_without_h1() -> None:
    """A page whose headline is another element has its topics too."""
    shown = "<span class='post-labels'>Labels: <a href='/search/label/A' rel='tag'>Aa</a>, <a rel='tag'>Bb</a></span>"
    assert read_metadata(page(body=f"<h3>A</h3>{shown}"), None).tags == ("Aa", "Bb")


def test_mentions_are_better_than_nothing() -> None:
    """What an article mentions tells of its topics where nothing else does."""
    html = page(ld={"@type": "Article", "mentions": [{"@type": "Thing", "name": "Bridges"}]})
    assert read_metadata(html, None).tags == ("Bridges",)


def test_channels_are_no_topics() -> None:
    """Names of one pattern are where an editing system sends an article to."""
    wires = [f"{state} State Wire" for state in ("Maine", "Ohio", "Iowa", "Utah")]
    channels = [*wires, "Domestic news", "Top News", "General news"]
    html = page(ld={"@type": "Article", "keywords": ["Kamala Lee", *channels, "Elections", "Maine"]})
    assert read_metadata(html, None).tags == ("Kamala Lee", "Elections", "Maine")


def test_section_alone_does_not_beat_topics() -> None:
    """A keyword that is only the section's name gives way to the list that readers see."""
    html = page(
        ld={"@type": "Article", "keywords": ["World"], "articleSection": "World"},
        body="<h1>A</h1><ul class='tags'><li><a href='/tag/a'>World</a></li><li><a href='/tag/b'>Iran</a></li></ul>",
    )
    assert read_metadata(html, None).tags == ("World", "Iran")


def test_sign_is_taken_off_where_another_list_has_none() -> None:
    """The page shows "#rivers", its keywords say "rivers"."""
    shown = '<div class="tags"><a href="/1">#rivers</a><a href="/2">#Old Town</a></div>'
    body = f"<article><h1>Bridge opens</h1><p>{'Text. ' * 30}</p>{shown}</article>"
    assert tags(meta={"keywords": "rivers, Old Town"}, body=body) == ("rivers", "Old Town")


def test_latest_news_is_no_topic() -> None:
    """Words for search engines that every page of a site has are left out, with "news" beside them."""
    assert tags(meta={"keywords": "Pančevo, benzen, vesti, najnovije vesti"}) == ("Pančevo", "benzen")
    assert tags(meta={"keywords": "Venezuela, nyheter"}) == ("Venezuela", "nyheter")


def test_site_and_news_beside_it_are_no_topics() -> None:
    """What a site is called by its address is no topic, nor the words for news that stand with it."""
    assert tags(meta={"keywords": "Old Town, rivers, example-herald, news, article"}) == ("Old Town", "rivers")


def test_topics_that_readers_see_beat_copies_of_other_keywords() -> None:
    """Keywords in the head and in JSON-LD are one statement, however often it is made."""
    shown = "<div class=tags><a href=/1>Rivers</a><a href=/2>Old Town</a><a href=/3>Trade</a></div>"
    said = "bridge works, pillars of steel, traffic jams"

    html = {"ld": {"@type": "Article", "keywords": said}, "body": f"<h1>A</h1><p>{'Text. ' * 30}</p>{shown}"}

    assert tags(meta={"keywords": said}, **html) == ("Rivers", "Old Town", "Trade")


def test_a_list_that_has_the_only_topic_above_is_the_fuller_one() -> None:
    """One topic with its label below the headline is named again in the list below the text."""
    first = "<div class=Topics_a><a href=/t/1>Topic:<span>Rivers</span></a></div>"
    links = "<li><a href=/t/1>Rivers</a></li><li><a href=/t/2>Town</a></li>"
    last = f"<div class=RelatedTopics_tags><h2>Related topics</h2><ul>{links}</ul></div>"

    assert visible_tags(page(body=f"<h1>A</h1>{first}<p>{'Text. ' * 30}</p>{last}")) == ("Rivers", "Town")


def test_a_list_of_the_same_make_that_has_more_is_the_fuller_one_wherever_it_stands() -> None:
    """Two topics below the headline are named again in a list of the same class, below the text or above all."""
    first = f"<div class='box tags-top'>{RIVERS}{TOWN}</div>"
    full = f"<div class='tags-top wide'>{RIVERS}{TOWN}<a href=/x/3>Trade</a></div>"
    other = f"<div class='tags-of-day'>{RIVERS}{TOWN}<a href=/x/3>Trade</a></div>"
    text = f"<p>{'Text. ' * 30}</p>"

    assert visible_tags(page(body=f"<h1>A</h1>{first}{text}{full}")) == ("rivers", "Old Town", "Trade")
    assert visible_tags(page(body=f"{full}<h1>A</h1>{first}{text}")) == ("rivers", "Old Town", "Trade")
    assert visible_tags(page(body=f"<h1>A</h1>{first}{text}{other}")) == ("rivers", "Old Town")


@pytest.mark.parametrize("word", ["tag", "Topics", "KEYWORDS", "themen", "temata", "cimkek"])
def test_a_list_is_known_by_any_word_for_topics_in_its_class(word: str) -> None:
    """The word may stand beside others, in any case."""
    assert visible_tags(page(body=f"<h1>A</h1><ul class='list-{word}'><li>{RIVERS}<li>{TOWN}</ul>")) == (
        "rivers",
        "Old Town",
    )
