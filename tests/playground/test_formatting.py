"""Telegram's HTML and what Telegram finds in a text by itself."""

import html as html_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.formatting.addresses import checked_link
from bot.playground.formatting.html import EntityError, parse_html
from bot.playground.formatting.links import with_automatic_entities
from bot.playground.formatting.text import FormattedText, entity_text, utf16_length


def kinds(source: str) -> list[tuple[str, str]]:
    """Return each entity of Telegram HTML with the words that it covers."""
    read = parse_html(source)
    return [(entity.type, entity_text(read, entity)) for entity in read.entities]


def found(text: str) -> list[tuple[str, str]]:
    """Return each automatic entity with the words that it covers."""
    read = with_automatic_entities(FormattedText(text))
    return [(entity.type, entity_text(read, entity)) for entity in read.entities]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>a</b> <strong>b</strong>", [("bold", "a"), ("bold", "b")]),
        ("<i>a</i><em>b</em>", [("italic", "a"), ("italic", "b")]),
        ("<u>a</u><ins>b</ins>", [("underline", "a"), ("underline", "b")]),
        ("<s>a</s><strike>b</strike><del>c</del>", [("strikethrough", each) for each in "abc"]),
        ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', [("spoiler", "a"), ("spoiler", "b")]),
        ("<blockquote>a</blockquote>", [("blockquote", "a")]),
        ("<blockquote expandable>a</blockquote>", [("expandable_blockquote", "a")]),
        ('<a href="https://example.com/?a=1&amp;b=2">x</a>', [("text_link", "x")]),
        ("<b>a <i>b</i></b>", [("bold", "a b"), ("italic", "b")]),
        ("<B>a</B>", [("bold", "a")]),
        ("<b></b>x", []),
        ("<b>😀 é</b> &#128512;<i>y</i>", [("bold", "😀 é"), ("italic", "y")]),
        ("  <b>a</b>  ", [("bold", "a")]),
        ("<b>a</>", [("bold", "a")]),
        ("<b>a <code>b</code> c</b>", [("bold", "a "), ("code", "b"), ("bold", " c")]),
        ("<blockquote>a <blockquote>b</blockquote></blockquote>", [("blockquote", "a b")]),
    ],
)
def test_html_becomes_entities(source: str, expected: list[tuple[str, str]]) -> None:
    """Each tag of the Bot API's HTML style makes its entity, with offsets in UTF-16 units."""
    assert kinds(source) == expected


def test_a_language_of_code_in_pre_is_the_pres() -> None:
    """<pre><code class="language-python"> is one pre entity that names its language."""
    read = parse_html('<pre><code class="language-python">x</code></pre>')
    assert [entity.to_json() for entity in read.entities] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "python"}
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("é < b", 'Unsupported start tag "" at byte offset 3'),
        ("<p class='x'>y</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-emoji emoji-id="²">y</tg-emoji>', "Invalid custom emoji identifier specified"),
    ],
)
def test_html_is_refused_in_telegrams_words(source: str, words: str) -> None:
    """What Telegram does not read is refused with its text and its UTF-8 byte offset."""
    with pytest.raises(EntityError) as refusal:
        parse_html(source)
    assert str(refusal.value) == words


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&lt &ampx", "< &ampx"),
        ("&nbsp;&copy;", "&nbsp;&copy;"),
        ("&#65;&#x42;", "AB"),
        ("&#0; &#x110000;", "&#0; &#x110000;"),
        ("&#0000000065;", "A"),
        (f"&#{'9' * 5_000};", f"&#{'9' * 5_000};"),
        ("AT&T", "AT&T"),
    ],
)
def test_only_telegrams_character_references_are_read(source: str, text: str) -> None:
    """Four names and numbers are read; all else stays as it was written."""
    assert parse_html(source).text == text


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=60))
def test_escaped_text_comes_through_unchanged(text: str) -> None:
    """Whatever a headline holds, escaping it once makes Telegram show it as it was."""
    assert parse_html(html_module.escape(text)).text == text.strip()


@given(st.text(alphabet="<>/b &;a\"'=# 😀", max_size=40))
def test_any_html_is_read_or_refused(source: str) -> None:
    """No input breaks the parser, and entities never leave the text."""
    try:
        read = parse_html(source)
    except EntityError:
        return
    assert all(0 <= entity.offset < entity.end <= utf16_length(read.text) for entity in read.entities)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://example.com/a?b=1#c.", [("url", "https://example.com/a?b=1#c")]),
        ("(http://127.0.0.1:8080/news/1)", [("url", "http://127.0.0.1:8080/news/1")]),
        ("http://localhost/x", []),
        ("www.example.com/a and example.org", [("url", "www.example.com/a"), ("url", "example.org")]),
        ("3.14 and file.txt", []),
        ("/read@some_bot now", [("bot_command", "/read@some_bot")]),
        ("and/or 1/2", []),
        ("@quotewire_bot hi", [("mention", "@quotewire_bot")]),
        ("#США #2024 #a_b", [("hashtag", "#США"), ("hashtag", "#a_b")]),
        ("news@example.com", [("email", "news@example.com")]),
        ("😀 https://example.com", [("url", "https://example.com")]),
        ("https://uk.example.com/стаття_(1)", [("url", "https://uk.example.com/стаття_(1)")]),
    ],
)
def test_links_and_commands_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    """Addresses, mentions, hashtags and commands become entities by themselves."""
    assert found(text) == expected


def test_links_in_code_and_links_stay_as_they_are() -> None:
    """Nothing is found inside of code or of a link that is there already."""
    read = parse_html("<code>https://a.com</code> <a href='https://b.com'>https://c.com</a>")
    assert with_automatic_entities(read) == read


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://Example.COM", "https://example.com/"),
        ("example.com/A", "http://example.com/A"),
        ("http://localhost/x", ""),
        ("javascript:alert(1)", ""),
        ("http://127.0.0.1:8/x", "http://127.0.0.1:8/x"),
    ],
)
def test_a_link_is_normalized_or_dropped(url: str, kept: str) -> None:
    """A text_link keeps http, https, ftp and tg addresses with a dot in the host; others vanish silently."""
    assert checked_link(url) == kept
