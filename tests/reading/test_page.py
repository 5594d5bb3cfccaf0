"""From bytes to a parsed page."""

import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import NotAnArticle, NotHtml, ReadingError
from bot.reading.charset import decode, to_utf8
from bot.reading.json_ld import read_json_ld
from bot.reading.page import Page

URL = "https://news.example/story"
UKRAINIAN = "Міністерка сказала, що їхній об’єкт у Києві збудують ще цього року, бо кошти вже є."
RUSSIAN = "Министр сказала, что объект в Киеве построят ещё в этом году, потому что деньги уже есть."


def page_of(text: str, declared: str | None) -> str:
    """Return a page with this paragraph and this declaration."""
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<!DOCTYPE html><html><head>{meta}<title>t</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("body", "header"),
    [
        pytest.param(page_of(UKRAINIAN, "utf-8").encode("utf-8"), None, id="meta"),
        pytest.param(page_of(UKRAINIAN, "windows-1251").encode("cp1251"), None, id="meta windows-1251"),
        pytest.param(page_of(UKRAINIAN, None).encode("cp1251"), "windows-1251", id="header alone"),
        pytest.param(page_of(UKRAINIAN, "koi8-r").encode("cp1251"), "cp1251", id="header before meta"),
        pytest.param(codecs.BOM_UTF8 + page_of(UKRAINIAN, "windows-1251").encode(), "koi8-u", id="BOM before all"),
        pytest.param(codecs.BOM_UTF16_LE + page_of(UKRAINIAN, None).encode("utf-16-le"), None, id="UTF-16 by its BOM"),
        pytest.param(page_of(UKRAINIAN, None).encode("utf-8"), None, id="UTF-8 that nobody declares"),
        pytest.param(page_of(UKRAINIAN, None).encode("cp1251"), None, id="windows-1251 that nobody declares"),
        pytest.param(page_of(UKRAINIAN, "utf-8").encode("cp1251"), "utf-8", id="windows-1251 declared as UTF-8"),
        pytest.param(page_of(UKRAINIAN, "iso-8859-1").encode("utf-8"), "latin-1", id="UTF-8 declared as Latin-1"),
        pytest.param(page_of(UKRAINIAN, "x-cp1251").encode("cp1251"), None, id="a label of the encoding standard"),
        pytest.param(page_of(UKRAINIAN, None).encode("cp1251"), "iso-8859-1", id="windows-1251 declared as Latin-1"),
        pytest.param(page_of(UKRAINIAN, "utf-16").encode("utf-16-le"), None, id="UTF-16 without a BOM"),
        pytest.param(page_of(UKRAINIAN, None).encode("utf-16-be"), None, id="UTF-16 BE without a BOM"),
        pytest.param(page_of(UKRAINIAN, "nonsense").encode("utf-8"), "also nonsense", id="unknown labels"),
    ],
)
def test_bytes_are_decoded_as_browsers_do_and_mistakes_are_noticed(body: bytes, header: str | None) -> None:
    """BOM, header, meta, content: in this order; a declaration that the bytes contradict does not count."""
    assert UKRAINIAN in "".join(Page.parse(body, URL, charset=header).tree.itertext())


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode), st.sampled_from([None, "utf-8", "koi8-u"]))
@example("\ufeffд".encode(), None)
@example("«\x1b$B".encode(), None)
@example("дім".encode()[:-1], None)
@example(b"plain", "utf-16")
def test_what_is_handed_to_the_parser_is_the_decoded_document(body: bytes, header: str | None) -> None:
    """A document that is UTF-8 already goes to the parser as it came, and is what decoding it would have given."""
    assert to_utf8(body, header) == decode(body, header).encode("utf-8", errors="replace")


def test_windows_1251_is_told_from_koi8_and_latin() -> None:
    """Without any declaration, Russian in windows-1251 and French in windows-1252 are both read right."""
    assert RUSSIAN in decode(page_of(RUSSIAN, None).encode("cp1251"))
    french = "L'été dernier, les élèves ont été très occupés à préparer la fête de l'école où ils étaient déjà."
    assert french in decode(page_of(french, None).encode("cp1252"))


@pytest.mark.parametrize(
    ("text", "language", "codec"),
    [
        ("Rada miasta przyjęła nowy budżet na przyszły rok. Środki trafią na drogi i szkoły.", "pl", "cp1250"),
        ("Rada miasta przyjęła nowy budżet na przyszły rok. Środki trafią na drogi i szkoły.", "pl-PL", "iso8859_2"),
        ("Belediye meclisi gelecek yıl için yeni bir bütçe kabul etti. Işıklar söndü.", "tr", "cp1254"),
        ("市議会は来年度の新しい予算案を可決した。資金は道路と学校の修理に使われる。", "ja", "iso2022_jp"),
        ("市議会は来年度の新しい予算案を可決した。資金は道路と学校の修理に使われる。", "ja", "shift_jis"),
        ("市议会通过了明年的新预算。市长表示，这笔钱将用于修路和修学校。", "zh", "gb18030"),
    ],
)
def test_undeclared_charset_of_a_language(text: str, language: str, codec: str) -> None:
    """What no page declares is taken for the charset that its language was written in before Unicode."""
    assert text in decode(f"<html lang='{language}'><body><p>{text}</p></body></html>".encode(codec))


def test_a_page_cut_off_inside_a_character_is_still_utf8() -> None:
    """A truncated download does not turn Cyrillic into Latin noise."""
    assert decode(page_of(UKRAINIAN, None).encode()[:150]).startswith("<!DOCTYPE html>")
    body = UKRAINIAN.encode()[:-2]
    assert "Міністерка" in decode(body[:21])


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7\n1 0 obj", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"GIF89a\x01\x00", "image/gif"),
        (b"PK\x03\x04\x14\x00", "application/zip"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (bytes(range(256)) * 4, "application/octet-stream"),
        (b'{"error": "not found"}', "application/json"),
        (b"just words", "text/plain"),
    ],
)
def test_what_is_no_web_page_is_refused_by_its_first_bytes(body: bytes, content_type: str) -> None:
    """Pictures, PDFs, archives, binary and plain data are NotHtml, whatever the server called them."""
    with pytest.raises(NotHtml) as caught:
        Page.parse(body, URL)
    assert caught.value.details == {"url": URL, "content_type": content_type}


@pytest.mark.parametrize(
    "body", [b"", b" \n\t ", b"<?xml version='1.0'?><rss version='2.0'></rss>", b"<feed xmlns='a'></feed>", "\x00"]
)
def test_empty_documents_and_feeds_are_no_articles(body: bytes | str) -> None:
    """Nothing, white space and feeds are NotAnArticle."""
    with pytest.raises(NotAnArticle):
        Page.parse(body, URL)


def test_control_characters_do_not_end_the_page() -> None:
    """A zero byte inside a page, at which libxml2 would stop, costs nothing behind it."""
    page = Page.parse("<html><body><p>before\x00\x0b</p><p>after \ufffe\ud800</p></body></html>", URL)
    assert "before" in "".join(page.tree.itertext())
    assert "after" in "".join(page.tree.itertext())


def test_unclosed_tags_do_not_hide_the_rest() -> None:
    """Elements nested a thousand deep, as unclosed tags make them, are read to the end."""
    page = Page.parse("<html><body>" + "<b>" * 1000 + "the end", URL)
    assert "".join(page.tree.itertext()) == "the end"


def test_the_head_is_read() -> None:
    """Title, language and meta tags (by name, property and itemprop, in lower case) are at hand."""
    page = Page.parse(
        "<html lang=uk><head><title> A \n title </title><meta name=Author content='A  B'><meta name=author content=C>"
        "<meta property='og:type' content=article><meta itemprop=datePublished content=2024></head><body>x",
        URL,
    )
    assert (page.title, page.language) == ("A title", "uk")
    assert page.meta["author"] == ("A B", "C")
    assert page.first_meta("missing", "og:type") == "article"
    assert page.meta["datepublished"] == ("2024",)


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ('{"name": "a"}', ["a"]),
        ('[{"name": "a"}, [{"name": "b"}]]', ["a", "b"]),
        ('{"@context": "x", "@graph": [{"name": "a"}, {"name": "b"}]}', ["a", "b"]),
        ('{"name": "a"};', ["a"]),
        ('{"name": "a"}{"name": "b"}', ["a", "b"]),
        ('{"name": "a",}', ["a"]),
        ('<!-- {"name": "a"} -->', ["a"]),
        ('//<![CDATA[\n{"name": "a"}\n//]]>', ["a"]),
        ('/* <![CDATA[ */ {"name": "a"} /* ]]> */', ["a"]),
        ('{"name": "it\\\'s"}', ["it's"]),
        ('{"name": "a\\d"}', ["a\\d"]),
        ('{"name": "two\nlines"}', ["two\nlines"]),
        ("{&quot;name&quot;: &quot;a&quot;}", ["a"]),
        ('{"name": "a"\n"other": 1}', ["a"]),
        ('{"name": "the "big" bridge", "other": 1}', ['the "big" bridge']),
        ('{"name": "a", "author": {"name": "b"', ["a"]),
        ('{"name": "a", "authors": [{"name": "b"}', ["a"]),
        ('"' + " " * 100_000 + "x", []),
        ("{broken", []),
        ("[" * 100_000, []),
        ("", []),
    ],
)
def test_json_ld_is_read_as_leniently_as_search_engines_read_it(script: str, names: list[str]) -> None:
    """Arrays and graphs are flattened; wrappings, commas and escapes are repaired; the hopeless gives nothing."""
    assert [thing["name"] for thing in read_json_ld([script])] == names


def test_a_broken_block_does_not_cost_the_others() -> None:
    """One block that cannot be read leaves the others."""
    assert read_json_ld(["{", '{"name": "a"}']) == ({"name": "a"},)


@pytest.mark.parametrize("label", ["unicode_escape", "raw_unicode_escape", "rot13", "zlib"])
def test_what_python_calls_a_codec_is_no_charset(label: str) -> None:
    """A page that declares one of Python's transformations is read as one that declares nothing."""
    page = f"<meta charset='{label}'><p>A caf\xe9 in C:\\new\\u0041</p>".encode("latin-1")
    assert "A café in C:\\new\\u0041" in decode(page)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "windows-1251", "utf-16", "utf-7", "idna", "x\x00"]))
@example(b"\xff\xfe<", None)
@example(b"<script type='application/ld+json'>[[[[", None)
def test_any_bytes_become_a_page_or_a_typed_error(body: bytes, charset: str | None) -> None:
    """Whatever the bytes and whatever the header says, nothing but a ReadingError comes out."""
    for document in (body, b"<html><body>" + body):
        try:
            page = Page.parse(document, URL, charset=charset)
        except ReadingError:
            continue
        assert page.tree is not None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_as_json_ld_gives_a_tuple(script: str) -> None:
    """Reading JSON-LD never raises."""
    assert all(isinstance(thing, dict) for thing in read_json_ld([script, "{" + script, '{"a": "' + script]))
