"""Authors: one name each, no titles, places or sites; organisations where nobody else is named."""

from typing import Any

import pytest

from bot.reading.metadata import read_metadata
from bot.reading.names import split_names, unshouted
from tests.reading.pages import page


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee and Bo Chen, Kyiv", ["Ann Lee", "Bo Chen"]),
        ("BY ANN LEE", ["ANN LEE"]),
        ("Von Eva Roth und Max Klein", ["Eva Roth", "Max Klein"]),
        ("Autor: Eva Roth, Redakteurin", ["Eva Roth"]),
        ("Kommentar von Jan Adler", ["Jan Adler"]),
        ("Par Anne Petit et Luc Moreau", ["Anne Petit", "Luc Moreau"]),
        ("Автор: Іван Гай та Леся Верба", ["Іван Гай", "Леся Верба"]),
        ("Авторы: Иван Гай и Олеся Верба", ["Иван Гай", "Олеся Верба"]),
        ("Trine Holm og Per Dahl", ["Trine Holm", "Per Dahl"]),
        ("Ursula von der Au", ["Ursula von der Au"]),
        ("Jon King, News Reporter", ["Jon King"]),
        ("Chus del Pino, Martí Abad (Enviado especial)", ["Chus del Pino", "Martí Abad"]),
        ("Stefan Berg, 26.04.2024 10:00 Uhr", ["Stefan Berg"]),
        ("Ann Lee @annlee", ["Ann Lee"]),
        ("Ann Lee ann.lee@example.org", ["Ann Lee"]),
        ("Amy Hill Political Correspondent", ["Amy Hill"]),
        ("Max van der Au Korrespondent", ["Max van der Au"]),
        ("Ann Lee Ann Lee", ["Ann Lee"]),
        ("Ann Lee and AP", ["Ann Lee", "AP"]),
        ("Ann Lee and agencies", ["Ann Lee"]),
        ("AFP with staff writers", ["AFP"]),
        ("Text und Fotos: Eva Roth", ["Eva Roth"]),
        ("Textes : Anne Petit / Photos : Luc Moreau", ["Anne Petit"]),
        ("Moderation: Eva Roth und Max Graf von Au", ["Eva Roth", "Max Graf von Au"]),
        ("A cura di Sara Neri", ["Sara Neri"]),
        ("Zoé Petit, Initiative de journalisme local", ["Zoé Petit"]),
        ("Ann Lee Guest columnist", ["Ann Lee"]),
        ("Ein Kommentar von Chefredakteur Max von Au", ["Max von Au"]),
        ("Protokolliert von Eva Roth, Mitarbeit: Max Klein", ["Eva Roth"]),
        ("Ann Lee, as told to Bo Chen", ["Ann Lee"]),
        ("Orhan Demir, aus dem Türkischen von Eva Roth", ["Orhan Demir"]),
        ("Інтерв’ю: Олена Гай", ["Олена Гай"]),
        ("Ann Lee, Special to The Herald", ["Ann Lee"]),
        ("Von Max Klein in Moskau", ["Max Klein"]),
        ("Le Matin et AFP", ["Le Matin et AFP"]),
        ("The Associated Press", ["The Associated Press"]),
        ("dpa", ["dpa"]),
        ("DPA/AFP", ["DPA", "AFP"]),
        ("Dr. Max Adler", ["Dr. Max Adler"]),
        ("大渡 美咲", ["大渡 美咲"]),
        ("牛镛、岳弘彬", ["牛镛", "岳弘彬"]),
        ("Von Anna Berg, Bernd Claus und Carl Dietz", ["Anna Berg", "Bernd Claus", "Carl Dietz"]),
        ("By Ann Lee, Bo Chen, and Dan Fox", ["Ann Lee", "Bo Chen", "Dan Fox"]),
        ("Di Marco Rossi", ["Marco Rossi"]),
        ("Luigi Di Maio", ["Luigi Di Maio"]),
        ("Door onze correspondent Jan de Vries", ["Jan de Vries"]),
        ("Publié par Anne Petit", ["Anne Petit"]),
        ("Autoři: Jana Malá, Petr Dub", ["Jana Malá", "Petr Dub"]),
        ("Von Max Berg und Eva Klein, Berlin und München", ["Max Berg", "Eva Klein"]),
        ("Aus Kiew berichtet Eva Klein", ["Eva Klein"]),
        ("Eva Klein und Max Roth (Grafik)", ["Eva Klein"]),
        ("Kari Moe og Per Lie (foto)", ["Kari Moe"]),
        ("Teksti: Heini Aho, kuvat: Juha Metso", ["Heini Aho"]),
        ("afp/dpa/reuters", ["afp", "dpa", "reuters"]),
        ("dal nostro inviato Luca Bianchi", ["Luca Bianchi"]),
        ("Van onze verslaggever Piet Bakker", ["Piet Bakker"]),
        ("Rozmawiała Anna Lis", ["Anna Lis"]),
        ("oprac. Jan Nowak", ["Jan Nowak"]),
        ("Piše: Ana Horvat", ["Ana Horvat"]),
        ("Της Μαρίας Δήμου", ["Μαρίας Δήμου"]),
        ("Γράφει ο Νίκος Παππάς", ["Νίκος Παππάς"]),
        ("Ali Kaya / DHA", ["Ali Kaya", "DHA"]),
        ("Oleh: Budi Santoso", ["Budi Santoso"]),
        ("بقلم أحمد علي", ["أحمد علي"]),
        ("서울=홍길동 기자", ["홍길동"]),
        ("記者王小明／台北報導", ["王小明"]),
        ("取材・文：佐藤花", ["佐藤花"]),
        ("佐藤花 記者", ["佐藤花"]),
        ("Підготувала Олена Гай", ["Олена Гай"]),
        ("Олена Гай, Українська служба", ["Олена Гай"]),
        ("By JANE DOE, AP Science Writer", ["JANE DOE"]),
        ("Jane Doe, The Conversation", ["Jane Doe"]),
        ("Reviewed by Jane Doe, MD", []),
        ("LJ / Par Anne PETIT, le 13 janvier 2024 à 10h30", ["Anne PETIT"]),
        ("Јован Ранков, Танјуг", ["Јован Ранков", "Танјуг"]),
        ("Ana Reis, ponte SP e TV Norte", ["Ana Reis"]),
        ("A cura di Marco Rossi", ["Marco Rossi"]),
        ("Автор Петро Бойко, Київ", ["Петро Бойко"]),
        ("Иван ПЕТРОВ, Москва", ["Иван ПЕТРОВ"]),
        ("Укрінформ", ["Укрінформ"]),
        ("Петро Бойко, ТАСС", ["Петро Бойко", "ТАСС"]),
        ("By ANN LEE Associated Press", ["ANN LEE"]),
        ("Written by Ann Lee for Example News", ["Ann Lee"]),
        ("Center for Public Health", ["Center for Public Health"]),
        ("By Ann Lee Published 5 May 2024", ["Ann Lee"]),
        ("Posted by Ann Lee on May 5, 2024", ["Ann Lee"]),
        ("Story by Ann Lee; Photos by Bo Chen", ["Ann Lee"]),
        ("Reporting by Ann Lee; Editing by Bo Chen", ["Ann Lee"]),
        ("Von Max Klein (Text) und Eva Roth (Fotos)", ["Max Klein"]),
        ("Ann Lee, MD, PhD and Bo Chen, MD", ["Ann Lee", "Bo Chen"]),
        ("Martin Luther King, Jr.", ["Martin Luther King Jr"]),
        ("Jan de Vries, verslaggever", ["Jan de Vries"]),
        ("Петро Бойко, оглядач", ["Петро Бойко"]),
        ("Jan Novák aktualizováno 5. května 2024", ["Jan Novák"]),
        ("Scris de Ion Popescu", ["Ion Popescu"]),
        ("Marek Nowak; zdjęcia: Jan Kowal", ["Marek Nowak"]),
        ("Dr Ann Lee, Professor of Physics, University of Leeds", ["Dr Ann Lee"]),
        ("Ann Lee, CNB Business", ["Ann Lee"]),
        ("Ann Lee, New York", ["Ann Lee"]),
        ("Ann Lee of the Associated Press", ["Ann Lee"]),
        ('Ann "Annie" Lee', ['Ann "Annie" Lee']),
        ("Ann Lee For Heraldonline", ["Ann Lee"]),
        ("Guest Post by Ann Lee", ["Ann Lee"]),
        ("Reported by: Ann Lee, Edited by: Bo Chen", ["Ann Lee"]),
        ("María José de la Torre y Gómez", ["María José de la Torre y Gómez"]),
        ("Ana Gil, para La Nación", ["Ana Gil"]),
        ("EFE/Madrid", ["EFE"]),
        ("Von unserem Redaktionsmitglied Eva Roth", ["Eva Roth"]),
        ("opr. Jan Nowak", ["Jan Nowak"]),
        ("Von Eva Roth, ABC Berlin", ["Eva Roth"]),
        ("Von Eva Roth, ABC FERNSEHEN", ["Eva Roth"]),
        ("Ann Lee, Deputy Political Editor", ["Ann Lee"]),
        ("HERALD-Online-Redakteur Max Klein", ["Max Klein"]),
        ("Reporter: Rina Sari | Editor: Budi Utomo", ["Rina Sari"]),
        ("Deur Marelise van der Merwe", ["Marelise van der Merwe"]),
        ("Eva Roth, Regionalstudio Fulda", ["Eva Roth"]),
        ("Staff and agencies", ["Staff and agencies"]),
        ("Par", []),
        ("Ann Lee Transportation Reporter", ["Ann Lee"]),
        ("Article rédigé par Anne Petit, Luc Roux", ["Anne Petit", "Luc Roux"]),
        ("ソウル＝山田健太", ["山田健太"]),
        ("社会部　山田健太", ["山田健太"]),
        ("王小美 李大明", ["王小美", "李大明"]),
        ("김서연 이민지 기자", ["김서연", "이민지"]),
        ("Mit Material von dpa", []),
        ("Фото: Иван Петров", []),
        ("By Ada Obi, Port Harcourt", ["Ada Obi"]),
        ("Un article de Thibault Roux", ["Thibault Roux"]),
        ("Door onze gastauteur Piet Bakker", ["Piet Bakker"]),
        ("Autors: Ilze Krūmiņa", ["Ilze Krūmiņa"]),
        ("de notre envoyée spéciale Anne Petit", ["Anne Petit"]),
        ("Publié le 17 mai", []),
        ("Tereza Malá a Radim Novák", ["Tereza Malá", "Radim Novák"]),
        ("Ελένη Δήμου και Νίκος Παππάς", ["Ελένη Δήμου", "Νίκος Παππάς"]),
        ("Texto de Inês Reis", ["Inês Reis"]),
        ("Live reporting by Mia Hall", ["Mia Hall"]),
        ("Mia Hall reports from the quay", ["Mia Hall"]),
        ("Unser Korrespondent Enno Harms berichtet aus Emden", ["Enno Harms"]),
        ("Tekst Femke Ruiter, foto Bas Kok", ["Femke Ruiter"]),
        ("Teksti Aino Salmi Kuvat Otso Salo", ["Aino Salmi"]),
        ("Reportagem de Caetano Reis · Edição de Lia Sá", ["Caetano Reis"]),
        ("Bài, ảnh: Phạm Thu Hà", ["Phạm Thu Hà"]),
        ("Аутор: Бранка Лукић", ["Бранка Лукић"]),
        ("Por Nádia Reis em 17/05/2024", ["Nádia Reis"]),
        ("Anh Le", ["Anh Le"]),
        ("Articol scris de Marius Popa", ["Marius Popa"]),
        ("كتبت - ياسمين فؤاد", ["ياسمين فؤاد"]),
        ("배수아 기자 sua@example.kr", ["배수아"]),
        ("अनिल शर्मा, मुंबई", ["अनिल शर्मा"]),
        ("تامر علي، رويترز", ["تامر علي", "رويترز"]),
        ("लेखक: पूजा तिवारी", ["पूजा तिवारी"]),
        ("Mia Hall, Home Affairs Reporter", ["Mia Hall"]),
        ("Mia Hall, Tom Chen Political Editor", ["Mia Hall", "Tom Chen"]),
        ("Share", []),
        ("5 min read", []),
        ("", []),
    ],
)
def test_by_line_is_split(line: str, names: list[str]) -> None:
    """By-lines in many languages give the names alone."""
    assert split_names(line) == names


def article(author: Any) -> dict[str, Any]:
    """Return an article's JSON-LD with this author."""
    return {
        "@type": "NewsArticle",
        "headline": "Bridge opens",
        "author": author,
        "publisher": {"name": "Example Herald"},
    }


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ann Lee", ("Ann Lee",)),
        (["Ann Lee", "Bo Chen"], ("Ann Lee", "Bo Chen")),
        ([{"name": "Ann Lee"}, {"name": "Bo Chen"}], ("Ann Lee", "Bo Chen")),
        ({"name": ["Ann Lee"]}, ("Ann Lee",)),
        ({"givenName": "Ann", "familyName": "Lee"}, ("Ann Lee",)),
        ({"name": "Ann Lee and Bo Chen"}, ("Ann Lee", "Bo Chen")),
        ([{"name": "Ann Lee"}, {"name": "ann lee"}], ("Ann Lee",)),
        ([{"@type": "Person", "name": "Ann Lee"}, {"@type": "Organization", "name": "Example Herald"}], ("Ann Lee",)),
        ({"@type": "Organization", "name": "Reuters"}, ("Reuters",)),
        ({"@type": "Organization", "name": "Example Herald"}, ("Example Herald",)),
        ({"@type": "Organization", "name": "Example Herald avec AFP"}, ("Example Herald avec AFP",)),
        ({"@type": "Organization", "name": "24 Heures avec AFP"}, ("24 Heures avec AFP",)),
        ({"@type": "Person", "name": "Peter Herald"}, ("Peter Herald",)),
        ({"@type": "Organization", "name": "dpa/lrs"}, ("dpa/lrs",)),
        ({"@type": "Person", "name": "Redakcja Kanału 42"}, ("Redakcja Kanału 42",)),
        ({"@type": "Person", "name": "EXAMPLE HERALD STAFF"}, ("EXAMPLE HERALD STAFF",)),
        ({"@type": "Organization", "name": "dpa/afp"}, ("dpa", "afp")),
        ({"@type": "Role", "roleName": "Reporter", "author": {"@type": "Person", "name": "Ann Lee"}}, ("Ann Lee",)),
        (
            [{"@type": "Organization", "name": "Example Herald"}, {"@type": "Person", "name": "dpa"}, {"name": "kra"}],
            ("Example Herald", "dpa", "kra"),
        ),
        ("https://www.example-herald.com/authors/1", ()),
    ],
)
def test_json_ld_forms(author: Any, expected: tuple[str, ...]) -> None:
    """Authors come as texts, objects, lists or parts of names; the site beside a person is left out."""
    assert read_metadata(page(ld=article(author)), None).authors == expected


BY_LINES = [
    '<p class="byline">By <a href="/authors/bo-chen">Bo Chen</a></p>',
    '<a rel="author" href="/x">Bo Chen</a>',
    '<span itemprop="author"><span itemprop="name">Bo Chen</span></span>',
    '<div class="ArticleHeader-authorName">Bo Chen</div>',
    "<address>Von Bo Chen</address>",
    "<p>By Bo Chen</p>",
    '<div class="meta"><a href="/forfatter/bo-chen/">Bo Chen</a><time>17 May 2024</time></div>',
    '<div class="meta"><a href="/yazarlar/bo-chen">Bo Chen</a></div>',
    '<div class="meta"><a href="/news-team/bo-chen">Bo Chen</a></div>',
    '<div class="article-giornalista">Bo Chen</div>',
    "<p>Forfatter: Bo Chen</p>",
    "<p>Auteur: Bo Chen</p>",
    '<div class="meta"><a href="/staff/bo-chen/">Bo Chen</a><time>17 May 2024</time></div>',
]


@pytest.mark.parametrize("by_line", BY_LINES)
@pytest.mark.parametrize("author", ["Example Herald", "admin", "Redaktion", "Редакція сайту", "Redactie", None])
def test_visible_by_line_beats_a_desk(by_line: str, author: str | None) -> None:
    """Where JSON-LD names only the site, an account or nobody, the person whom readers see is the author."""
    html = page(ld=article(author), body=f"<article><h1>Bridge opens</h1>{by_line}<p>{'Text. ' * 40}</p></article>")
    assert read_metadata(html, None).authors == ("Bo Chen",)


@pytest.mark.parametrize(
    ("by_line", "names"),
    [
        ('<div class="author"><span>Par Anne PETIT.</span><span>Publié le 17/05/2024</span></div>', ("Anne PETIT",)),
        ('<div class="auteur">Herald avec AFP</div>', ("Herald avec AFP",)),
        ('<div class="reporter"><a href="/reporter/1">박태우 기자</a></div>', ("박태우",)),
        ('<p class="author">Ana Reis<span>Colaboração para o Herald, em Santos</span></p>', ("Ana Reis",)),
        ("<div>oprac. <b>Jan Nowak</b> / 17.05.2024 09:30</div>", ("Jan Nowak",)),
        ('<div class="author"><span>VON</span><span>Eva Roth</span></div>', ("Eva Roth",)),
        ('<div><span>De</span> <a href="/personnes/anne">Anne Petit</a></div>', ("Anne Petit",)),
        ("<section><h5>Eva Roth</h5><p>Journalist</p></section>", ("Eva Roth",)),
        ("<div>Eva Roth, corresponsal</div>", ("Eva Roth",)),
        ('<span class="signature">Eva Roth</span>', ("Eva Roth",)),
        (
            '<span class="author-meta with-avatars"><a class="author-name" href="/author/eva">Eva Roth</a></span>',
            ("Eva Roth",),
        ),
        ('<div class="article-credit-writer">Eva Roth</div>', ("Eva Roth",)),
        ("<ul><li><span>Eva Roth</span></li><li><span>May 17</span></li></ul>", ("Eva Roth",)),
        ("<div>17. maj 2024 kl. 9.30 · Af: Eva Roth, eva@example.org</div>", ("Eva Roth",)),
        ("<div><p>Publié le 17/05/2024</p><p>Rédigé par Eva Roth</p></div>", ("Eva Roth",)),
        ("<div>Γράφει ο Νίκος Παππάς</div>", ("Νίκος Παππάς",)),
        ("<div><span>조민서 기자</span></div>", ("조민서",)),
        ("<div><p>Eva Roth &amp; Max Klein</p><p>17 May 2024</p></div>", ("Eva Roth", "Max Klein")),
        ("<p>Autorin/Autor: Eva Roth</p>", ("Eva Roth",)),
        ("<p>De notre correspondante Eva Roth - Hier à 09:30</p>", ("Eva Roth",)),
        ('<p class="assinatura">Eva Roth</p>', ("Eva Roth",)),
        ('<p class="autorenzeile">Eva Roth/Max Klein</p>', ("Eva Roth", "Max Klein")),
        (
            '<div class="credits">Reportagem de <a href="/autor/1">Caetano Reis</a> · Edição de Lia Sá</div>',
            ("Caetano Reis",),
        ),
        ("<p>입력 2024.05.17 09:30 | 한지우 기자</p>", ("한지우",)),
        ("<p>2024-05-17 09:30 记者 周晓彤</p>", ("周晓彤",)),
        ("<p><span>小林太一</span><time>2024年5月17日 9時30分</time></p>", ("小林太一",)),
        ("<p><span>千葉県内</span><time>2024年5月17日 9時30分</time></p>", ("Example Herald",)),
        (
            '<div class="authors"><p><i>Автор</i><a href="/author/1">Олена Гай</a></p>'
            '<p><i>Фотограф</i><a href="/author/2">Петро Бойко</a></p></div>',
            ("Олена Гай",),
        ),
    ],
)
def test_by_line_beside_the_site(by_line: str, names: tuple[str, ...]) -> None:
    """Where JSON-LD names the site, a by-line is read without dates glued to it and without who took the pictures."""
    ld = article({"@type": "Organization", "name": "Example Herald"})
    html = page(ld=ld, body=f"<article><h1>Bridge opens</h1>{by_line}<p>{'Text. ' * 40}</p></article>")
    assert read_metadata(html, None).authors == names


@pytest.mark.parametrize(
    "by_line",
    [
        '<p class="article-author">Eva Roth avec l’ats</p>',
        '<div class="box-author"><span class="author__name"><a href="/autor/eva-roth">Eva Roth</a></span></div>',
        '<p class="note_credits">Eva Roth</p>',
    ],
)
def test_by_line_below_the_text_beats_a_desk(by_line: str) -> None:
    """A by-line that ends the article counts where only the site is stated; its editors and other articles' do not."""
    others = (
        '<section><div class="card"><span class="author">Bo Chen</span></div></section><p class="byline">By Cy Dorn</p>'
    )
    text = f"<p>{'The bridge over the river has been opened to all traffic. ' * 4}</p>" * 6
    body = f"<main><article><h1>Bridge opens</h1>{text}%s</article></main>{others}"
    ld = article({"@type": "Organization", "name": "Example Herald"})
    assert read_metadata(page(ld=ld, body=body % by_line), None).authors == ("Eva Roth",)
    editors = '<p class="byline">Redaktion: Max Klein und <a href="/redaktion/bo">Bo Chen</a></p>'
    assert read_metadata(page(ld=ld, body=body % editors), None).authors == ("Example Herald",)


@pytest.mark.parametrize(
    "by_line",
    [
        "<ul><li><p>Eva Roth</p><p>reporter Economy</p></li><li><p>Bo Chen</p><p>correspondent</p></li></ul>",
        "<section aria-labelledby=byline><ul><li><span><i>Author, </i>Eva Roth</span></li></ul></section>"
        "<p>Article rédigé par <span>Bo Chen</span></p>",
    ],
)
def test_by_line_without_a_telling_class(by_line: str) -> None:
    """Names with their bearers' roles, and names behind a label for screen readers, are read."""
    body = f"<h1>Bridge opens</h1>{by_line}<p>{'Text. ' * 40}</p>"
    authors = read_metadata(page(ld=article(None), body=body), None).authors
    assert authors[0] == "Eva Roth"


@pytest.mark.parametrize(
    "by_line",
    [
        "<dl><dt>Autorin:</dt><dd>Eva Roth</dd><dt>Ort:</dt><dd>Bad Ems</dd></dl>",
        "<table><tr><td class=byline>Von Eva Roth</td></tr></table>",
        "<p>13. Mai 2024 | Eva Roth</p>",
        "<p>Eva Roth · 13. Mai 2024 · 4 min</p>",
        "<p class=credit>Eva Roth | Redakteurin</p>",
        "<span itemprop=author>Par <span itemprop=name>Eva Roth</span></span>",
        "<div class=author><a href=/autoren/eva><span class=sr-only>Eva Roth</span><span>Eva Roth</span></a></div>",
        "<div class=author-line>Von <button>Eva Roth</button></div>",
    ],
)
def test_by_line_of_many_forms(by_line: str) -> None:
    """Terms, cells, lines with a date or a role, names shown twice and names on buttons are by-lines."""
    ld = article({"@type": "Organization", "name": "Example Herald"})
    html = page(ld=ld, body=f"<h1>Bridge opens</h1>{by_line}<p>{'Text. ' * 40}</p>")
    assert read_metadata(html, None).authors == ("Eva Roth",)


@pytest.mark.parametrize(
    ("dateline", "names"),
    [
        ("示例社北京5月13日电（记者王小美、李大明）", ("王小美", "李大明")),
        ("（中央例社記者王小明高雄13日電）", ("王小明",)),
        ("〔記者王小明／台中報導〕", ("王小明",)),
    ],
)
def test_chinese_reporters_in_the_dateline(dateline: str, names: tuple[str, ...]) -> None:
    """A Chinese text that begins with its place and its reporters names them."""
    text = f"<p>{dateline}该市决定提前更新老旧桥梁。</p><p>市议会通过了计划。</p><p>工程将提早展开。</p>"
    assert read_metadata(page(body=f"<h1>更新桥梁</h1><div>{text}</div>"), None).authors == names


@pytest.mark.parametrize(
    ("first", "last"),
    [("(서울=한빛뉴스) 박태우 기자 = 다리가 열렸다.", "끝이다."), ("다리가 열렸다.", "한빛신문 박태우 기자")],
)
def test_korean_reporters_around_the_text(first: str, last: str) -> None:
    """A Korean text names its reporter behind the dateline or in a line of its own at the end."""
    text = f"<p>{first}</p><p>{'다리는 구 년 만에 다시 열렸다고 시가 밝혔다. ' * 4}</p><p>{last}</p>"
    ld = article({"@type": "Organization", "name": "Example Herald"})
    assert read_metadata(page(ld=ld, body=f"<h1>다리 열려</h1><div>{text}</div>"), None).authors == ("박태우",)


@pytest.mark.parametrize(
    "other",
    [
        '<div class="box"><a href="/x">The tolls are right as they are</a><span class="author">By Bo Chen</span></div>',
        '</div><div class="side"><a href="/columnists/bo-chen">Bo Chen</a>',
        '<div><h3>Meet the team</h3><ul><li><a href="/team/bo-chen">Bo Chen</a></li></ul></div>',
        '<div class="yazarlar"><h3>Yazarlar</h3><a href="/yazarlar/bo-chen">Bo Chen</a></div>',
    ],
)
def test_by_line_of_another_story_is_not_taken(other: str) -> None:
    """Where only the site is stated, by-lines of teasers in the text and lists of columnists beside it do not count."""
    text = f"<p>{'The bridge over the river has been opened to all traffic. ' * 4}</p>"
    html = page(
        ld=article({"@type": "Organization", "name": "Example Herald"}),
        body=f"<main><div><h1>Bridge opens</h1>{text * 5}{other}</div></main>",
    )
    assert read_metadata(html, None).authors == ("Example Herald",)


def test_kicker_beside_a_date_is_no_by_line() -> None:
    """What the title says too is a kicker, though it stands with the date as names do; a domain's city is no author."""
    body = f"<h1>More</h1><h2><span>Faster Integration</span></h2><time>27 April 2024</time><p>{'Text. ' * 40}</p>"
    title = "<title>Faster Integration: how jobs help | Herald</title>"
    assert read_metadata(page(head=title, body=body), None).authors == ()
    assert split_names("example.de, Frankfurt, Germany") == ["example.de"]


def test_roles_of_people_in_the_news_make_no_authors() -> None:
    """Only a newsroom's role tells that the name beside it is the author's."""
    body = "<h1>Five facts</h1><ul><li><p>John Carter</p><p>%s</p></li></ul><p>" + "Text. " * 40
    ld = article({"@type": "Organization", "name": "Example Herald"})
    expert = page(ld=ld, body=body % "president of the engineers")
    assert read_metadata(expert, None).authors == ("Example Herald",)
    assert read_metadata(page(ld=ld, body=body % "Chief reporter"), None).authors == ("John Carter",)


def test_link_to_share_beside_a_by_line_makes_no_teaser_of_it() -> None:
    """A by-line in a box with the text, or with links to other sites, is the article's own."""
    share = '<a href="https://social.example/share">Add us as a preferred source</a>'
    body = (
        "<article><h1>Bridge opens</h1><div><div class=by><span class=author>Eva Roth</span></div>"
        f"{share}<p>{'The bridge is open. ' * 9}</p><a href='/x'>Read all about the other bridges</a></div></article>"
    )
    assert read_metadata(page(body=body), None).authors == ("Eva Roth",)


def test_organisations_stay_together() -> None:
    """Where the site and an agency are stated, and no person is named, both are authors."""
    both = [{"@type": "Organization", "name": "Reuters"}, {"@type": "Organization", "name": "Example Herald"}]
    html = page(ld=article(both), body='<h1>Bridge opens</h1><p class="byline">Reuters</p>')
    assert read_metadata(html, None).authors == ("Reuters", "Example Herald")
    agency = article({"@type": "Organization", "name": "Agencia EFE"})
    assert read_metadata(page(ld=agency, body='<h1>Puente</h1><p class="autor">EFE</p>'), None).authors == (
        "Agencia EFE",
    )


def test_other_articles_authors_do_not_count() -> None:
    """By-lines in margins, comments and lists of related articles are other people's."""
    body = (
        f"<h1>Bridge opens</h1><aside>{'<div>' * 4}<p class=byline>By Some One</p>{'</div>' * 4}</aside>"
        "<div class=related-articles><p class=byline>By Any Body</p></div>"
        "<div class=comments><span class=author>Angry Reader</span></div>"
    )
    assert read_metadata(page(body=body), None).authors == ()


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"author": "Ann Lee"}, ("Ann Lee",)),
        ({"article:author": "https://www.facebook.com/herald"}, ()),
        ({"article:author": ["Ann Lee", "Bo Chen"]}, ("Ann Lee", "Bo Chen")),
        ({"twitter:label1": "Verfasst von", "twitter:data1": "Ann Lee"}, ("Ann Lee",)),
        ({"twitter:label1": "Scritto da", "twitter:data1": "Ann Lee"}, ("Ann Lee",)),
        ({"twitter:label1": "Kirjoittanut", "twitter:data1": "Ann Lee"}, ("Ann Lee",)),
        ({"twitter:label1": "Reading time", "twitter:data1": "Two Minutes"}, ()),
    ],
)
def test_meta_tags(meta: dict[str, str | list[str]], expected: tuple[str, ...]) -> None:
    """Meta tags name authors where nothing better does; addresses of profiles are no names."""
    assert read_metadata(page(meta=meta), None).authors == expected


def test_signature_below_the_text() -> None:
    """A name alone in bold after the last paragraph signs an article that names nobody else."""
    text = "<p>One long paragraph of text.</p>" * 5
    html = page(ld=article("Example Herald"), body=f"<h1>Bridge opens</h1><div>{text}<p><b>Bo Chen</b></p></div>")
    assert read_metadata(html, None).authors == ("Bo Chen",)


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("Eva Roth, Bonn", ("Eva Roth",)),
        ("Eva Roth, die Leiterin", ("Example Herald",)),
        ("Bad Homburg", ("Example Herald",)),
    ],
)
def test_name_alone_ends_the_text(end: str, names: tuple[str, ...]) -> None:
    """A plain last paragraph signs a text where it is a given name, a surname and perhaps a place."""
    text = "<p>One long paragraph of text.</p>" * 5
    html = page(ld=article("Example Herald"), body=f"<h1>Bridge opens</h1><div>{text}<p>{end}</p></div>")
    assert read_metadata(html, None).authors == names


@pytest.mark.parametrize(
    ("by_line", "names"),
    [
        (
            "<div class='byline'><span>By Ann Lee and Bo Chen</span> <span class='by--noName'>The Wire</span></div>",
            ("Ann Lee", "Bo Chen"),
        ),
        ("<span class='article-author'>Von dpa</span>", ("dpa",)),
        ("<div data-ui-testid='header-byline'><a href='/meet-the-team/ann-lee'>Ann Lee</a></div>", ("Ann Lee",)),
        ("<div class='q1'><p class='q2'>Ann Lee</p><time datetime='2024-05-17T10:00'>today</time></div>", ("Ann Lee",)),
        ("<div class='q1'>Ann Lee<span>|</span><span>Published 4 months ago</span></div>", ("Ann Lee",)),
        ("<div class='q1'><a href='/world'>World Affairs</a><time>17 May 2024</time></div>", ()),
        ("<div class='q1'><p>World News</p><time>17 May 2024</time></div>", ()),
        ("<div>Submitted by <span><a href='/user/5'>Ann Lee</a></span> on Fri, 05/17/2024</div>", ("Ann Lee",)),
        ("<p>Олена Коваль, 17 травня 2024, 14:30</p>", ("Олена Коваль",)),
        ("<span itemprop='author' itemscope><meta itemprop='name' content='Ann Lee'></span>", ("Ann Lee",)),
        ("<table><tr><td><i>By Ann Lee</i></td></tr></table>", ("Ann Lee",)),
        ("<div class='edit'>(责编：牛镛、岳弘彬)</div>", ("牛镛", "岳弘彬")),
        ("<p class='lead'>Ein Gastbeitrag von Prof. Dr. Eva Berg-Roth, MdB</p>", ("Prof. Dr. Eva Berg-Roth",)),
        ("<div>Interview: Max Klein</div>", ("Max Klein",)),
        ("<div>Das Gespräch führte Max Klein</div>", ("Max Klein",)),
        ("<div>Hosted by Ann Lee and Bo Chen</div>", ("Ann Lee", "Bo Chen")),
        ("<p>Por: <b>Ana de los Ríos</b> / Corresponsal</p>", ("Ana de los Ríos",)),
        ("<p>A cura di Sara Neri</p>", ("Sara Neri",)),
        ("<div><div><b>von</b><b>Eva Roth</b></div><div>Redakteurin</div></div>", ("Eva Roth",)),
        ("<div><div>Autor/in</div><div>Max Graf zu Au</div></div>", ("Max Graf zu Au",)),
        (
            "<div><div>Story by</div><div>Ann Lee</div></div><div><div>Photos by</div><div>Bo Chen</div></div>",
            ("Ann Lee",),
        ),
        ("<div><a href='/autorinnen/eva'>Eva Roth</a></div>", ("Eva Roth",)),
        ("<p>Eine Filmkritik von Eva Roth</p>", ("Eva Roth",)),
        ("<p>Aus dem Gericht berichtet Eva Roth</p>", ("Eva Roth",)),
        ("<p>Exclusive by <b>Ann Lee</b></p>", ("Ann Lee",)),
        ("<p><a href='mailto:e@example.org'>Ebba von Au</a></p><p>17 May 2024 08:15</p>", ("Ebba von Au",)),
        ("<p><i>Беседовала Анна фон Берг</i></p>", ("Анна фон Берг",)),
        ("<div><b>Текст:</b> <b>Леся Де-Гай</b>, <b>фото:</b> <b>Юрій Лис</b></div>", ("Леся Де-Гай",)),
        (
            "<div>Interview by <a href='/profile/a'>Ann Lee</a>. "
            "<i>Portraits by</i> <a href='/profile/b'>Bo Chen</a></div>",
            ("Ann Lee",),
        ),
        ("<p class='credits'>Text: Eva Roth, Fotos: Max Klein</p>", ("Eva Roth",)),
        ("<div class='author'><span>Автор</span><span>Дмитро Коваль</span></div>", ("Дмитро Коваль",)),
        (
            "<ul><li><a href='/autores/a'>Ana Reis</a> (texto)<li><a href='/autores/r'>Rui Paz</a> (foto)</ul>",
            ("Ana Reis",),
        ),
    ],
)
def test_by_lines_of_many_makes(by_line: str, names: tuple[str, ...]) -> None:
    """A by-line is found by its names, its words, its links, or as a full name beside the date."""
    text = "<p>" + "The bridge has been opened to all traffic after two years of works. " * 4 + "</p>"
    found = page(body=f"<h1>Bridge opens to traffic</h1>{by_line}{text * 3}")
    assert read_metadata(found, None).authors == names


@pytest.mark.parametrize(
    ("line", "names"), [("Jane Holt / City Desk", ("Jane Holt",)), ("Bad Homburg", ("Example Herald",))]
)
def test_name_beside_a_date_beats_the_site(line: str, names: tuple[str, ...]) -> None:
    """Where the site is stated as author, a given name with its surname above the date is; a place there is nobody."""
    name, slash, role = line.partition(" / ")
    by_line = f"<div><span>{name}</span> <span>{slash}{role}</span></div><div>20 May 2024, 8:15</div>"
    text = f"<p>{'The bridge has been opened to all traffic after two years of works. ' * 3}</p>"
    html = page(meta={"author": "Example Herald"}, body=f"<h1>Bridge opens to traffic</h1>{by_line}{text * 3}")
    assert read_metadata(html, None).authors == names


@pytest.mark.parametrize(("end", "names"), [("(dpa)", ("dpa",)), ("(dpa/lrs)", ("dpa",)), ("(sai)", ("Max Klein",))])
def test_agency_ends_the_text(end: str, names: tuple[str, ...]) -> None:
    """An agency in brackets behind the last sentence is the author rather than who is linked below the text."""
    paragraph = f"<p>{'Die Brücke ist für den Verkehr geöffnet, sagte die Stadt am Montag. ' * 3}</p>"
    below = "<div><a href='/autor/max-klein'>Max Klein</a></div>"
    body = f"<h1>Brücke ist geöffnet</h1><div>{paragraph * 5}<p>Das war es. {end}</p></div>{below}"
    assert read_metadata(page(body=body, lang="de"), None).authors == names


def test_agency_ends_the_text_of_a_site() -> None:
    """Where JSON-LD names the site, agencies behind the last sentence are the authors."""
    paragraph = f"<p>{'Die Brücke ist für den Verkehr geöffnet, sagte die Stadt am Montag. ' * 3}</p>"
    stated = article({"@type": "Organization", "name": "Example Herald"})
    html = page(ld=stated, body=f"<h1>Bridge opens</h1><div>{paragraph * 4}<p>Das war es. (dpa/AFP)</p></div>")
    assert read_metadata(html, None).authors == ("dpa", "AFP")


def test_by_line_below_a_lower_heading() -> None:
    """A headline that is no <h1> is known by <title>, so that its by-line comes before those at the page's end."""
    text = f"<p>{'The bridge has been opened to all traffic after two years of works. ' * 3}</p>"
    body = f"<h2>Bridge opens to traffic</h2><p>By Ann Lee</p>{text * 5}<p>By Some One</p>"
    html = page(head="<title>Bridge opens to traffic - EH</title>", body=body)
    assert read_metadata(html, None).authors == ("Ann Lee",)


def test_contributors_in_the_byline_are_authors() -> None:
    """Some systems state one author and call the others contributors; those whom only JSON-LD names are none."""
    people = [{"@type": "Person", "name": name} for name in ("Ann Lee", "Bo Chen", "Dan Fox")]
    article = {"@type": "Article", "author": people[0], "contributor": people[1:]}
    byline = '<h4 class="author-name"><a href="/author/ann/">Ann Lee</a>, <a href="/author/bo/">Bo Chen</a></h4>'
    html = page(ld=article, body=f"<article><h1>Bridge opens</h1>{byline}<p>{'Text. ' * 30}</p></article>")
    assert read_metadata(html, None).authors == ("Ann Lee", "Bo Chen")


def test_agency_beside_a_marked_name() -> None:
    """Where only the person is marked up, the agency in the same line is an author too."""
    byline = '<div class="authors"><span>Autoři: </span><a rel="author">Jana Malá</a>, <span>ČTK</span></div>'
    html = page(body=f"<article><h1>Most otevřen</h1><p>{'Text. ' * 30}</p>{byline}</article>", lang="cs")
    assert read_metadata(html, None).authors == ("Jana Malá", "ČTK")


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("橋は九年ぶりに開通した。（佐藤花）", ("佐藤花",)),
        ("橋は九年ぶりに開通した。【佐藤花、田中翔太】", ("佐藤花", "田中翔太")),
        ("橋は九年ぶりに開通した。（共同通信）", ("例新聞",)),
        ("（记者 黄丽萍、王小美）", ("黄丽萍", "王小美")),
    ],
)
def test_names_in_brackets_sign_a_text(end: str, names: tuple[str, ...]) -> None:
    """Where JSON-LD names only the site, who signs the last paragraph in brackets is the author."""
    article = {"@type": "NewsArticle", "author": {"@type": "Organization", "name": "例新聞"}}
    body = f"<article><h1>橋が開通</h1><p>{'橋の話。' * 20}</p><p>{'町の話。' * 20}</p><p>{end}</p></article>"
    assert read_metadata(page(ld=article, body=body, lang="ja"), None).authors == names


def test_line_without_end_is_cut() -> None:
    """Of a by-line that never ends the first names are read, and no time is spent on the rest."""
    assert split_names(", ".join(["Ann Lee", "Bo Chen", *["," * 9] * 300, "Dan Fox"])) == ["Ann Lee", "Bo Chen"]


@pytest.mark.parametrize(
    ("shouted", "name"),
    [
        ("STEVE PEOPLES", "Steve Peoples"),
        ("ANNE-MARIE O'NEILL", "Anne-Marie O'Neill"),
        ("JAN VAN DER BERG", "Jan van der Berg"),
        ("JOHN MCDONALD III", "John McDonald III"),
        ("BBC NEWS", "BBC NEWS"),
        ("Ann LEE", "Ann LEE"),
        ("AFP", "AFP"),
    ],
)
def test_people_in_capitals_are_written_as_usual(shouted: str, name: str) -> None:
    """A person's name that a by-line shouts is given as readers write it; organisations stay as they are."""
    assert unshouted(shouted) == name
