"""Picture captions: each once, without who took the picture, in the many ways in which pages show them."""

import pytest

from bot.reading import read
from bot.reading.credits import without_credit

TEXT = "".join(
    f"<p>The bridge over the river has been opened to all traffic after {number} years of works on its pillars.</p>"
    for number in ("two", "three", "four", "five", "six", "seven")
)


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("A bridge near Kyiv. Photo: Ann Lee", "A bridge near Kyiv."),
        ("A bridge near Kyiv. © Reuters", "A bridge near Kyiv."),
        ("A bridge near Kyiv (Photo by Ann Lee/Getty Images)", "A bridge near Kyiv"),
        ("A bridge near Kyiv, May 5, 2024. REUTERS/Ann Lee", "A bridge near Kyiv, May 5, 2024."),
        ("Un pont à Kiev, le 5 mai 2024. ANN LEE / AFP", "Un pont à Kiev, le 5 mai 2024."),
        ("Un pont. Crédit photo : AFP", "Un pont."),
        ("Eine Brücke (Symbolbild). | Bildquelle: AFP", "Eine Brücke (Symbolbild)."),
        ("Most w Kijowie Fot. PAP/Jan Nowak", "Most w Kijowie"),
        ("Un ponte a Kiev. Fonte: ANSA", "Un ponte a Kiev."),
        ("Een brug bij Kyiv. Bron: ANP", "Een brug bij Kyiv."),
        ("En bro i Kyiv. Kilde: NTB", "En bro i Kyiv."),
        ("Most u Kyjeva. Zdroj: ČTK", "Most u Kyjeva."),
        ("Kyiv'de bir köprü. Kaynak: AA", "Kyiv'de bir köprü."),
        ("Міст у Києві. Фото: УНІАН", "Міст у Києві."),
        ("Мост в Киеве © ТАСС", "Мост в Киеве"),
        ("A bridge near Kyiv. Courtesy of Ann Lee", "A bridge near Kyiv."),
        ("A bridge near Kyiv. Photo supplied", "A bridge near Kyiv."),
        ("Die Brücke wird nach zwei Jahren eröffnet. 26.10.2025", "Die Brücke wird nach zwei Jahren eröffnet."),
        ("Γέφυρα στο Κίεβο. [ΑΠΕ-ΜΠΕ]", "Γέφυρα στο Κίεβο."),
        ("A bridge near Kyiv. Ann Lee/The Local Press", "A bridge near Kyiv."),
        ("A bridge near Kyiv. Ann Lee for The Local", "A bridge near Kyiv."),
        ("A bridge near Kyiv. (ABC News: Ann Lee)", "A bridge near Kyiv."),
        ("A bridge near Kyiv. Supplied: Ann Lee", "A bridge near Kyiv."),
        ("A bridge near Kyiv. File photo", "A bridge near Kyiv."),
        ("A bridge near Kyiv. FILE PHOTO: Reuters", "A bridge near Kyiv."),
        ("Un puente en Kiev. Ana Gil", "Un puente en Kiev."),
        ("Un puente en Kiev. ANA GIL (EFE)", "Un puente en Kiev."),
        ("Un ponte a Kiev. Foto di Anna Neri", "Un ponte a Kiev."),
        ("Un pont ancien. Photo d'archives Jean Petit", "Un pont ancien."),
        ("Uma ponte em Kiev - Bia Reis/Jornal", "Uma ponte em Kiev"),
        ("Een oude brug. Foto Piet Bakker", "Een oude brug."),
        ("Tiltas prie upės. J. Jonaičio nuotr.", "Tiltas prie upės."),
        ("基輔附近的橋樑昨天重新通車。（圖／記者王小明攝）", "基輔附近的橋樑昨天重新通車。"),
        ("新华社记者 李明 摄", ""),
        ("Daraja jipya la Mwanza. Picha na Juma Malima", "Daraja jipya la Mwanza."),
        ("A bridge near Kyiv. | Ann Lee/LOCALWIRE", "A bridge near Kyiv."),
        ("키이우의 다리가 다시 열렸다. 홍길동 기자", "키이우의 다리가 다시 열렸다."),
        ("A portrait of Dr. Ann Lee", "A portrait of Dr. Ann Lee"),
        ("Zdjęcie na plakacie sprzed lat", "Zdjęcie na plakacie sprzed lat"),
        ("Grafik: So wächst die Stadt", "Grafik: So wächst die Stadt"),
        ("גשר בקייב (צילום: אן לי)", "גשר בקייב"),
        ("基輔附近的橋樑昨天重新通車。記者李安／攝影", "基輔附近的橋樑昨天重新通車。"),
        ("Jembatan di Kyiv, Jumat (2/8/2024)(KABAR/ANN LEE)", "Jembatan di Kyiv, Jumat (2/8/2024)"),
        ("The photo: a bridge near Kyiv", "The photo: a bridge near Kyiv"),
        ("A source: the river near its head", "A source: the river near its head"),
        ("Ann Lee (left) and Bo Chen (right)", "Ann Lee (left) and Bo Chen (right)"),
        ("Kyiv, Ukraine - May 5, 2024", "Kyiv, Ukraine - May 5, 2024"),
        ("A bridge near Kyiv (Herald photo by Ann Lee)", "A bridge near Kyiv"),
        ("A bridge near Kyiv (Ann Lee — The Herald)", "A bridge near Kyiv"),
        ("A bridge near Kyiv. [Ann Lee, Herald]", "A bridge near Kyiv."),
        ("Un pont à Kiev. - Luc Roux.", "Un pont à Kiev."),
        ("PA Archive", ""),
        ("Uma ponte em Kiev BIA REIS/LUSA", "Uma ponte em Kiev"),
        ("En bro i Kyiv. Illustrasjon: Kari Moe", "En bro i Kyiv."),
        ("Suletud sild. Autor/allikas: Jan Huck/RER", "Suletud sild."),
        ("Un pont à Kiev (illustration). - Luc Roux / Sipa", "Un pont à Kiev (illustration)."),
        ("北橋近日封閉。（陳大文攝）", "北橋近日封閉。"),
        ("Getty Images", ""),
        ("Photo: Ann Lee", ""),
        ("IMAGO / Ann Lee", ""),
        ("Фото з відкритих джерел", ""),
        ("Скриншот: YouTube", ""),
    ],
)
def test_credit_is_taken_off(caption: str, expected: str) -> None:
    """A photographer, an agency or a source is no part of a caption; one that names nothing else is none."""
    assert without_credit(caption) == expected


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img src=a.jpg><figcaption>A bridge near Kyiv. Photo: Ann Lee</figcaption></figure>",
        "<div class='wp-caption'><img src=a.jpg><p class='wp-caption-text'>A bridge near Kyiv.</p></div>",
        "<button><figure><img src=a.jpg></figure><figcaption><span>A bridge near Kyiv.</span></figcaption></button>",
        "<div><img src=a.jpg alt='A bridge near Kyiv.'></div><div><span>A bridge near Kyiv.</span></div>",
        "<figure><img src=a.jpg><figcaption>A bridge near Kyiv.</figcaption></figure>" * 2,
        "<figure><img src=a.jpg><figcaption>A bridge near Kyiv.<i class='credit'>Bo</i></figcaption></figure>",
        "<figure><img src=a.jpg><figcaption><span>A bridge near Kyiv.</span><span>Bo Chen</span></figcaption></figure>",
        "<figure><div><img src=a.jpg><span class=x-Attribution><i class=sr-only>Image source, </i>Bo/Kyiv</span></div>"
        "<figcaption>A bridge near Kyiv.</figcaption></figure>",
        "<figure><img src=a.jpg><figcaption><p>A bridge near Kyiv.</p><p>Bo Chen/Localwire</p></figcaption></figure>",
        "<figure><img><figcaption><span>A bridge near Kyiv</span><span>Credit: PA</span></figcaption></figure>",
        "<figure><img><figcaption><span>A bridge near Kyiv</span><span>Bo/via Reuters</span></figcaption></figure>",
        "<figure><img src=a.jpg><figcaption><p>A bridge near Kyiv</p><p>Bo Chen/Localwire</p></figcaption></figure>",
        "<figure><img src=a.jpg><figcaption>A bridge near Kyiv <em>(localwire)</em></figcaption></figure>",
        "<div><img src=a.jpg><div><div class='image__caption attribution'>A bridge near Kyiv.</div>"
        "<figcaption class=image__credit>Bo/Kyiv</figcaption></div></div>",
        "<figure><img><figcaption><span class=attribution__caption>A bridge near Kyiv.</span> "
        "<span class=attribution__credit>Bo Chen</span></figcaption></figure>",
        "<figure><img><figcaption><span class=u-hide-visually>Image:</span><span>A bridge near Kyiv. Pic: PA</span>"
        "</figcaption></figure>",
        "<span class=custom-caption><img src=a.jpg><span class=caption>A bridge near Kyiv. Photo: Bo</span></span>",
        "<figure><img><figcaption><span>A bridge near Kyiv</span><span>BO CHEN FOR THE X</span></figcaption></figure>",
        "<figure><img><figcaption>A bridge near Kyiv<span>Bo Chen</span></figcaption></figure>",
        "<figure><img><figcaption><span>A bridge near Kyiv.</span><cite>Bo Chen—HERALD</cite></figcaption></figure>",
        "<figure><img><figcaption>A bridge near Kyiv<small>Ян Гук / гром</small></figcaption></figure>",
        "<figure><img><figcaption>A bridge near Kyiv. <span>Ян Гук / Вежа</span></figcaption></figure>",
        "<div class=fotobox><img src=a.jpg><div class=kepalairas>A bridge near Kyiv.</div></div>",
        "<p>Boats wait.</p><div class=imgbox><img src=a.jpg><h2>A bridge near Kyiv.</h2><p>Photo: AFP</p></div>",
    ],
)
def test_caption_is_found(picture: str) -> None:
    """A caption is found by its element, its name, or as what the picture says to those who cannot see it."""
    page = f"<html><body><article><h1>Bridge opens to traffic</h1>{picture}{TEXT}</article></body></html>"
    article = read(page, "https://www.example-herald.com/a").article
    assert [caption.rstrip(".") for caption in article.captions] == ["A bridge near Kyiv"]
    assert not any("near Kyiv" in paragraph.text for paragraph in article.paragraphs)


@pytest.mark.parametrize(
    "caption",
    ["The bridge near Kyiv with <b>Bo Chen</b>", "The bridge near Kyiv with <span>Bo Chen</span>"],
)
def test_name_in_a_sentence_is_no_credit(caption: str) -> None:
    """A name at a caption's end belongs to it where its sentence runs into it."""
    figure = f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>"
    page = f"<html><body><article><h1>Bridge opens to traffic</h1>{figure}{TEXT}</article></body></html>"
    assert read(page, "https://www.example-herald.com/a").article.captions == ("The bridge near Kyiv with Bo Chen",)


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><img><figcaption><a href=#>Enlarge</a> / A bridge near Kyiv.</figcaption></figure>",
        "<figure><img><figcaption class=subscribe_photo_text>A bridge near Kyiv.</figcaption></figure>",
        "<figure><img><figcaption>A bridge near Kyiv.<i class=cred>(Ann Lee for The Day)</i></figcaption></figure>",
        "<figure><img><figcaption>A bridge near Kyiv. Chart by Ann Lee.</figcaption></figure>",
        "<figure><img><figcaption>A bridge near Kyiv.</figcaption></figure><figure><button>Play</button>"
        "<figcaption><span>01:52</span> <span>What a bridge does</span></figcaption></figure>",
        "<figure><img><figcaption>A bridge near Kyiv.</figcaption></figure><div class=box><a href=/v><img></a>"
        "<div class=caption><h4><a href=/v>Headlines of the day</a></h4><p>See what is new.</p></div></div>",
    ],
)
def test_what_stands_around_a_caption_is_left_out(picture: str) -> None:
    """Labels of buttons, credits glued to a caption and the titles of videos are no part of captions."""
    html = f"<article><h1>Bridges</h1>{picture}{TEXT}</article>"
    assert read(html, "https://site.example/bridges").article.captions == ("A bridge near Kyiv.",)
