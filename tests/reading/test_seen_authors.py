"""Authors whom only readers see: by-lines of small languages, odd lines, notes at the end, and who is none."""

import pytest

from bot.reading.metadata import read_metadata
from bot.reading.names import split_names
from tests.reading.pages import page

SITE = "Example Herald"
TEXT = f"<p>{'The bridge over the river has been opened to all traffic after two years of works. ' * 2}</p>"


def authors_of(top: str = "", end: str = "", lang: str = "en", inside: str = "") -> tuple[str, ...]:
    """Return the authors of an article whose JSON-LD states the site, with this below the headline and at the end."""
    ld = {
        "@type": "NewsArticle",
        "headline": "Bridge opens to traffic",
        "author": {"@type": "Organization", "name": SITE},
        "publisher": {"name": SITE},
    }
    body = (
        f"<main><article><h1>Bridge opens to traffic</h1>{top}<div>{TEXT * 4}{inside}{TEXT}{end}</div></article></main>"
    )
    return read_metadata(page(ld=ld, body=body, lang=lang), None).authors


@pytest.mark.parametrize(
    ("lang", "line", "name"),
    [
        ("sw", "Na Juma Hamisi", "Juma Hamisi"),
        ("sw-KE", "Imeandikwa na Amina Wekesa", "Amina Wekesa"),
        ("tl", "Ni Liza Manalo", "Liza Manalo"),
        ("fil", "Isinulat ni Liza Manalo", "Liza Manalo"),
        ("ha", "Daga Musa Danladi", "Musa Danladi"),
        ("eu", "Egilea: Ane Etxeberria", "Ane Etxeberria"),
        ("ca", "Per Jordi Pla", "Jordi Pla"),
        ("cy", "Gan Rhys Pritchard", "Rhys Pritchard"),
        ("ga", "Le Niamh Ní Bhriain", "Niamh Ní Bhriain"),
        ("sq", "Nga Arben Hoxha", "Arben Hoxha"),
        ("ka", "ავტორი: ნინო ბერიძე", "ნინო ბერიძე"),
        ("hy", "Հեղինակ՝ Արամ Սարգսյան", "Արամ Սարգսյան"),
        ("ta", "எழுதியவர்: அருண் குமார்", "அருண் குமார்"),
        ("ur", "تحریر: عمران خالد", "عمران خالد"),
        ("he", "מאת: דנה לוי", "דנה לוי"),
        ("ar", "بقلم: سارة حسن", "سارة حسن"),
        ("th", "โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("is", "Eftir Gunnar Jónsson", "Gunnar Jónsson"),
        ("sl", "Avtorica: Maja Kovač", "Maja Kovač"),
        ("az", "Müəllif: Elçin Əliyev", "Elçin Əliyev"),
        ("so", "Waxaa qoray: Cabdi Warsame", "Cabdi Warsame"),
    ],
)
def test_by_words_of_small_languages(lang: str, line: str, name: str) -> None:
    """A name behind its language's word for "by" is the author's, in an element of any name."""
    assert authors_of(f"<p>{line}</p>", lang=lang) == (name,)
    assert authors_of(f'<div class="author">{line}</div>', lang=lang) == (name,)


@pytest.mark.parametrize(
    ("lang", "line"),
    [("pl", "Na Górnym Śląsku"), ("fr", "Le Mont Blanc"), ("it", "Per Roma Capitale"), ("en", "Pa Carter")],
)
def test_by_word_counts_in_its_own_language(lang: str, line: str) -> None:
    """What is another word elsewhere introduces nobody there."""
    assert authors_of(f"<p>{line}</p>", lang=lang) == (SITE,)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Emden. Von Enno Harms", "Enno Harms"),
        ("BERLIN. By Ann Lee", "Ann Lee"),
        ("EXAMPLETON — By Ann Lee, staff writer", "Ann Lee"),
        ("À Brest, par Anne Petit", "Anne Petit"),
        ("Madrid / Por Rosa Candel", "Rosa Candel"),
        ("Mia Hall reports from Exampleton", "Mia Hall"),
        ("Enno Harms berichtet aus Emden.", "Enno Harms"),
        ("From Ann Lee in Exampleton", "Ann Lee"),
        ("Par Marie d’Aubigny", "Marie d’Aubigny"),
        ("By Ann Lee, with additional reporting by Bo Chen", "Ann Lee"),
    ],
)
def test_line_with_a_place(line: str, name: str) -> None:
    """A place before the by-line, or where somebody reports from, is no part of the name; who helped is no author."""
    assert authors_of(f"<p>{line}</p>") == (name,)


STANDFIRST = f"<div>{'After two years of works the bridge is open to all traffic again. ' * 2}</div>"


@pytest.mark.parametrize(
    ("top", "names"),
    [
        (f'{STANDFIRST}<div><a href="/x/123">Ann Lee</a></div>', ("Ann Lee",)),
        (f"{STANDFIRST}<div><span>Ann Lee</span> <span>Eva Roth</span></div>", ("Ann Lee", "Eva Roth")),
        (
            '<div><img src="/p.jpg" alt="Picture of Zqx Okonjo"><div><a href="/x/9">Zqx Okonjo</a></div></div>',
            ("Zqx Okonjo",),
        ),
        ('<div><a href="/zqx-okonjo/">Zqx Okonjo</a></div>', ("Zqx Okonjo",)),
        ('<a href="/x/1"><img src="/p.jpg" alt=""><div>Eva Roth</div></a>', ("Eva Roth",)),
        (
            '<div><a href="/x/1">Eva Roth</a>, <a href="/x/2">Ann Lee</a></div><time>5 May 2024</time>',
            ("Eva Roth", "Ann Lee"),
        ),
        ('<div><a href="/x/1"><span>Eva Roth</span></a><span>Political Correspondent</span></div>', ("Eva Roth",)),
        (
            "<p><a href='/1'>Eva Roth</a>, <i>Ann Lee (Text)</i>, <i>Bo Chen (Bilder)</i></p><p>5 May 2024</p>",
            ("Eva Roth", "Ann Lee"),
        ),
        (
            "<ul><li><a href='/1'><figure><img src='/p.jpg'></figure><b>Zqx Okonjo</b><b>Journalist</b></a></li></ul>",
            ("Zqx Okonjo",),
        ),
        ('<div><div>Kommentar von</div><div><a href="/x/1">Zqx Okonjo</a></div></div>', ("Zqx Okonjo",)),
    ],
)
def test_lone_names_in_links(top: str, names: tuple[str, ...]) -> None:
    """Names below the headline or its standfirst are the by-line, linked or not, alone or beside a portrait."""
    assert authors_of(top) == names


@pytest.mark.parametrize(
    ("lang", "line", "names"),
    [
        ("en", "HELEN VARGA and OMAR SIDDIQI", ("Helen Varga", "Omar Siddiqi")),
        ("uk", "Марта Лозинська, для Example Herald", ("Марта Лозинська",)),
        ("ar", "القاهرة - منى الشريف", ("منى الشريف",)),
        ("bn", "কবির হোসেন, ঢাকা", ("কবির হোসেন",)),
        ("ro", "Un material de Ioana Dumitrescu", ("Ioana Dumitrescu",)),
        ("pl", "mk, PAP", ("PAP",)),
        ("en", "Ruth Abara in Northgate and Leo Winter in Exampleton", ("Ruth Abara", "Leo Winter")),
        ("ko", "<span class=reporter>정다은<span>기자</span></span>", ("정다은",)),
        ("en", "<span>Ann Lee &amp; Omar Siddiqi</span><span>EH News, Penmorrow</span>", ("Ann Lee", "Omar Siddiqi")),
        (
            "fr",
            '<span><a href="/1">Par Zqx Okonjo</a> (Arçais [Vienne], envoyée spéciale)</span>',
            ("Zqx Okonjo",),
        ),
        ("en", "Published 5 March 2026 by Ann Lee", ("Ann Lee",)),
        ("tr", "Zehra Polat / İstanbul", ("Zehra Polat",)),
        ("fr", "Texte et photos Anne Petit", ("Anne Petit",)),
        ("nl", "Geschreven door: <b>Piet Bakker</b>", ("Piet Bakker",)),
        ("es", "Una crónica de Jimena Robledo", ("Jimena Robledo",)),
        ("en", "Kenji Mori - Example Herald", ("Kenji Mori",)),
        ("nl", "Opinie | Wouter Janssens", ("Wouter Janssens",)),
        ("ru", "Артём Беляев, корреспондент отдела города", ("Артём Беляев",)),
        ("fr", "<span>Julien Marchetti (avec AFP)</span><span>Publié le 05/03/2026</span>", ("Julien Marchetti",)),
        ("en", "<span>Words</span> Daniel Frost", ("Daniel Frost",)),
        ("hr", "Piše Ivana Horvatić", ("Ivana Horvatić",)),
        ("en", "Ann Lee &amp; Omar Siddiqi for Example Herald", ("Ann Lee", "Omar Siddiqi")),
        ("en", "<span>Report: Ann Lee</span> <span>Pictures: Omar Siddiqi</span>", ("Ann Lee",)),
        ("de", "Ein Bericht aus Musterstadt von Markus Thoma und Lena Burg", ("Markus Thoma", "Lena Burg")),
        ("fr", "Un reportage signé Anne Petit", ("Anne Petit",)),
        ("es", "Informe de Jimena Robledo desde Villanueva", ("Jimena Robledo",)),
        ("it", "dalla nostra inviata Silvia Arcuri", ("Silvia Arcuri",)),
        ("pt", "TOMÁS REIS — DE VILA NOVA", ("Tomás Reis",)),
        ("uk", '5 березня 2026, 08:15 <a href="/publishers/tetiana-kruk/">Тетяна Крук</a>', ("Тетяна Крук",)),
        ("hu", "<span>Fehér Dóra</span><span>2026. március 5. 8:15</span>", ("Fehér Dóra",)),
        ("uk", "<span>Мілена Чорна</span><span>Журналістка</span>", ("Мілена Чорна",)),
        ("cy", "<span>Gan Gwen Parry</span><span>Gohebydd y gogledd</span>", ("Gwen Parry",)),
        ("eu", '<span class="sinadura"><span>Miren Lasa</span> <span>Donostia</span></span>', ("Miren Lasa",)),
        ("ja", "2026年3月5日 8時15分　社会部記者　佐々木 遥", ("佐々木 遥",)),
    ],
)
def test_line_that_is_all_names(lang: str, line: str, names: tuple[str, ...]) -> None:
    """A line below the headline that is nothing but names with their given names is the by-line."""
    assert authors_of(f"<p>{line}</p>", lang=lang) == names


@pytest.mark.parametrize(
    ("top", "inside"),
    [
        ("<p>Helen Marsh</p>", f"<p>{'Mrs Marsh has led the firm since 2011 with a hand of her own. ' * 2}</p>"),
        ('<figure><img src="/a.jpg"></figure><div>Helen Marsh</div>', ""),
        ('<div class="hero"><img src="/a.jpg"><span>Helen Marsh</span></div>', ""),
        ("<ul><li><p>Helen Marsh</p><p>chief executive of the bridge trust</p></li></ul>", ""),
        (
            '<div><a href="https://bsky.app/profile/eh.example">Follow Us Today</a></div>',
            "",
        ),
        ('<div><a href="/redaktion/mitmachen/">Mitmachen</a></div>', ""),
        ('<div>Reviewed by <a href="/x/helen-marsh">Helen Marsh</a> 5 March 2026</div>', ""),
        ('<div><a href="/topic/helen-marsh">Helen Marsh</a> 5 March 2026</div>', ""),
        ("<ol><li>Helen Marsh</li><li>Peter Quill</li><li>Adam Hart</li></ol>", ""),
        ('<ul><li><a href="/topics/helen-marsh">Helen Marsh</a></li></ul>', ""),
    ],
)
def test_lone_name_of_somebody_else(top: str, inside: str) -> None:
    """Whom the text speaks of, who took the picture above, and who is a topic is no author."""
    assert authors_of(top, inside=inside) == (SITE,)


@pytest.mark.parametrize("line", ["Berlin. Paris. By Night Train", "Watch: Mia Hall reports from the scene"])
def test_line_with_a_place_that_is_no_by_line(line: str) -> None:
    """Two places or a video's title name no author."""
    assert authors_of(f"<p>{line}</p>") == (SITE,)


@pytest.mark.parametrize(
    "top",
    [
        '<div class="article-credits">Rosa Candel</div>',
        '<div class="nota-credito">Rosa Candel</div>',
        '<div class="credit"><div class="credit-title-name"><h6>Rosa Candel</h6></div><div>Redacción</div></div>',
        "<span>Rosa Candel</span><br><span>Redactora</span>",
        '<div><i class="icon-user"></i> Rosa Candel <i class="icon-clock"></i> 08:15</div>',
        '<div><a href="mailto:rcandel@example.org">Rosa Candel</a></div>',
        '<div>Rosa Candel <a href="https://x.com/rosacandel">@rosacandel</a></div>',
    ],
)
def test_by_line_without_a_word(top: str) -> None:
    """An article's credits, a role in the next line, an icon, an own mailbox or account tell that a name signs."""
    assert authors_of(top) == ("Rosa Candel",)


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("<p><em>Jane Doe is a professor of history at the University of Exampleton.</em></p>", ("Jane Doe",)),
        ("<p><i>Jane Doe, a former envoy, is a senior fellow at the Coastal Institute.</i></p>", ("Jane Doe",)),
        ('<p class="tagline">Jane Doe writes about rivers for Example Herald.</p>', ("Jane Doe",)),
        (
            "<p><em>Ben Ashby is an economist. Lena Ortiz is a lawyer.</em></p>",
            ("Ben Ashby", "Lena Ortiz"),
        ),
        ("<p><em>Eva Roth ist Professorin für Geschichte in Musterstadt.</em></p>", ("Eva Roth",)),
        ("<p><i>Der Autor: Lukas Brandner leitet das Institut für Flussbau.</i></p>", ("Lukas Brandner",)),
        ("<p><em>Anne Petit est professeure d’histoire à l’université.</em></p>", ("Anne Petit",)),
        ("<p><em>Олена Гай — історикиня, професорка університету.</em></p>", ("Олена Гай",)),
        ("<p>L.I./Hina</p>", ("Hina",)),
        ("<p><strong>(Tanjug/M.P.)</strong></p>", ("Tanjug",)),
        ('<p>Ann Lee, <a href="mailto:ann.lee@example.org">ann.lee@example.org</a></p>', ("Ann Lee",)),
        ("<p><b>Ann Lee</b></p><p><b>Bo Chen</b></p>", ("Ann Lee", "Bo Chen")),
        ("<p>Eva Roth, Landesstudio Mitte / ed</p>", ("Eva Roth",)),
        ('</div><div class="note-caption"><p>Autor: Tobias Hellwig</p></div><div>', ("Tobias Hellwig",)),
        ("<p>Ann Lee is Example Herald’s health reporter. Email her at alee@example.org</p>", ("Ann Lee",)),
        ("<p><em>*Rosa Candel es profesora de Urbanismo.</em></p>", ("Rosa Candel",)),
        ("<p><em>Autor je urbanista Lukáš Beran.</em></p>", ("Lukáš Beran",)),
        ("<p>Павел ЕРШОВ, «Example Herald»</p>", ("Павел ЕРШОВ",)),
        ("<p>Reporting by Ann Lee in Exampleton; editing by Bo Chen</p>", ("Ann Lee",)),
        ("<p>So it is open. (Ann Lee, Eva Roth, 29.4.2024)</p>", ("Ann Lee", "Eva Roth")),
        ("<p>Tobias Hellwig (Text), Eva Roth (Bild), beide EH.at</p>", ("Tobias Hellwig",)),
        (
            '</div><footer><a href="/1"><b></b><span>Zqx Okonjo</span><span>Reporter</span></a></footer>',
            ("Zqx Okonjo",),
        ),
        ("<p>—Ann Lee</p>", ("Ann Lee",)),
        ("<p>Jonas Klein (jkl)</p>", ("Jonas Klein",)),
        ("<p>Unser Autor: Jonas Klein</p>", ("Jonas Klein",)),
        ("<p>(Tobias Hellwig)</p>", ("Tobias Hellwig",)),
        ("<p><b>Elina Kettunen</b><br>kaupunkitutkija</p>", ("Elina Kettunen",)),
        ("<p><b>Anne Petit</b> est maîtresse de conférences à l’université.</p>", ("Anne Petit",)),
    ],
)
def test_note_at_the_end(end: str, names: tuple[str, ...]) -> None:
    """A note on the author, an agency with initials, or a name with its mailbox signs an article that names nobody."""
    assert authors_of(end=end) == names


@pytest.mark.parametrize(
    ("inside", "end"),
    [
        ("<p>The mayor, John Carter, said so.</p>", "<p><em>John Carter is a professor of engineering.</em></p>"),
        ("<p><b>Is it safe?</b></p><p>It is.</p><p><b>Why?</b></p>", "<p><em>John Carter is a professor.</em></p>"),
        ("", "<p><em>John Carter was mayor of Exampleton. He died in 2019.</em></p>"),
        ("", "<p><em>“Rivers Without Banks” by Maren Holt is published by Northgate Press.</em></p>"),
        ("<p>Mr Carter died in 2019.</p>", "<p><b>John Carter</b></p>"),
        ("", "<p><b>John Carter</b></p><p><b>Mary Bell</b></p><p><b>Hugh Dent</b></p>"),
        ("", "<p>Jane Doe, press officer, +44 20 7946 0000, jane.doe@example.org</p>"),
        (
            '<p>The mayor, <a href="/people/john-carter">John Carter</a>, said that it was a good day for us.</p>',
            "",
        ),
        ("", '<div class="topics"><a href="/people/john-carter">John Carter</a></div>'),
        ("", '<ol class="thread"><li><cite>By Peter Quill on 5 March 2026</cite><p>It is too narrow.</p></li></ol>'),
        ("", '<div class="reviewer">Reviewed by <a href="/authors/jane-doe">Jane Doe</a></div>'),
        ("", "<p>(Getty Images)</p>"),
        ("", '<div>Translated by <a href="/authors/jane-doe">Jane Doe</a></div>'),
    ],
)
def test_people_around_who_are_no_authors(inside: str, end: str) -> None:
    """Whom an article is about, who is asked, wins, answers, reviews or translates did not write it."""
    assert authors_of(inside=inside, end=end) == (SITE,)


@pytest.mark.parametrize(("line", "agency"), [("BERLIN (dpa) - ", "dpa"), ("EXAMPLETON (AP) — ", "AP")])
def test_agency_in_the_dateline(line: str, agency: str) -> None:
    """An agency in brackets behind the place that a text begins with is its author; another's initials are nobody's."""
    text = TEXT.removeprefix("<p>")
    ld = {"@type": "NewsArticle", "author": {"@type": "Organization", "name": SITE}}
    body = f"<h1>Bridge opens to traffic</h1><div><p>{line}{text}{TEXT * 3}</div>"
    assert read_metadata(page(ld=ld, body=body), None).authors == (agency,)
    assert read_metadata(page(ld=ld, body=body.replace(f"({agency})", "(mk)")), None).authors == (SITE,)


def test_initials_beside_an_agency_are_dropped() -> None:
    """An editor's initials beside an agency are no name of their own."""
    assert split_names("L.I./Hina") == ["Hina"]
    assert split_names("jk/dpa") == ["dpa"]
    assert split_names("Ivo Marić/Hina") == ["Ivo Marić", "Hina"]
