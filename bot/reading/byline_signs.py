"""What tells that an element is a by-line: its names, its link to an author's page, or the words it begins with."""

import re
from functools import lru_cache

from bot.reading.selectors import NAMES_LENGTH, Element, names_of, text_of

_NAMED = re.compile(
    r"(?<![a-z])(?:by-?line|authors?|autor|autora|autore|autori|autoren|autorzy|auteurs?|avtor[yi]?|redakteur\w*|writers?"
    r"|journalists?|contributors?|forfatter\w*|skribent\w*|kirjoittaja\w*|toimittaja\w*|yazar\w*|muhabir\w*|szerzo\w*"
    r"|redacteurs?|giornalist[ai]|periodistas?|dziennikarz\w*)(?![a-z])"
    r"|[a-z](?:Byline|Authors?)(?![a-z])|authorname|author_name|authorline|authored"
    r"|(?<![a-z])(?:attribution|firma|verfasser\w*|reporters?|written-?by|posted-?by|signatures?|signataires?"
    r"|podpis|assinatura|autor[ií]a|autor(?:en|in)?zeile|korrespondent\w*|penulis|wartawan|creators?)(?![a-z])",
)
_NAMES = ("class", "id", "aria-labelledby", "data-testid", "data-ui-testid", "data-qa", "data-component")
_NAMING = frozenset(_NAMES)
_HINT = re.compile(
    r"y-?line|uthor|autor|auteur|avtor|edakteur|redacteur|writer|ournalist|ontributor|ttribution|firma|verfasser|reporter"
    r"|ed-?by|signat|podpis|assinatura|korrespondent|penulis|wartawan|creator|forfatter|skribent|kirjoittaja|toimittaja|yazar|muhabir|szerzo|giornalist|periodista|dziennikarz|written-?by",
    re.IGNORECASE,
)
_NOT_THESE = re.compile(
    r"bio(?![a-z])|img|image|(?<!with-)(?<!has-)avatar|photo|comment|related|recommend|caption"
    r"|(?<!author[-_])(?<!byline[-_])credit(?!s?[-_](?:author|writer))|popular|latest|newsletter|promo|copyright",
    re.IGNORECASE,
)
# Below these parts of an address stand the pages of authors.
_PATHS = frozenset(
    (
        "author", "authors", "people", "profile", "profiles", "staff", "journalist", "journalists", "columnist",
        "columnists", "contributor", "contributors", "reporter", "reporters", "writer", "writers", "byline", "by",
        "team", "autor", "autoren", "autorin", "autorinnen",
        "redakteurin", "redakteurinnen", "verfasser", "signataires", "autrices",
        "redaktion", "redakteur", "redakteure", "korrespondenten", "auteur", "auteurs",
        "redacteur", "redacteurs", "journaliste", "journalistes", "autora", "autores", "periodista", "periodistas",
        "columnista", "columnistas", "colunista", "colunistas", "firma", "firmas", "autori", "giornalista",
        "giornalisti", "av", "forfatter", "forfattere", "skribent", "skribenter", "kirjoittaja", "kirjoittajat",
        "toimittaja", "toimittajat", "autorka", "autorzy", "dziennikarz", "dziennikarze", "szerzo", "szerzok", "yazar",
        "yazarlar", "muhabir", "muhabirler", "penulis", "tac-gia", "novinar", "novinari", "redaktor", "redaktorzy",
        "autore", "autors", "profil", "profils", "bio", "bios", "bylines", "correspondents", "avtor", "avtori",
        "avtory",
    )
)  # fmt: skip
_HREF = re.compile(
    rf"/(?:{'|'.join(sorted(_PATHS))}|[a-z-]+-team)/(?:[^?#]*/)?[^/?#]+/?(?:[?#].*)?$",
    re.IGNORECASE,
)
BY = re.compile(
    r"^[(（]?(?:(?:By|Von|Par|Por|Av|Af|Di|Door|Deur|Oleh|Przez|Autor\w*|Autoři|Auteure?s?|Автор\w*|Журналіст\w*|Журналист\w*|Te(?:x|ks)t\w{0,2}"
    r"|Teksti|Testo|Текст|Від|От|Forfatter\w*|Skrevet av|Skrevet af|Kirjoittaja\w*|Toimittaja\w*|Yazan|Yazar|Haber"
    r"|Szerző\w*|Írta|Napsala?|Scris de|Redactor|Συντάκτης"
    r"|(?:Das Gespräch|Das Interview) führten?|Die Fragen stellten?)(?:\s|:)"
    r"|(?:Authors?|Autor\w*|Автор\w*|Penulis|Yazan|Reporters?|Pewarta|Wartawan|Jurnalis|作者)\s?[:,]|(?:Article|Texte|Récit)\s(?:rédigé|écrit)\spar\s"
    r"|(?:(?:Ein|Eine|An?|Une?|Una?)\s)?(?:Gastbeitrag|Gastkommentar|Kommentar|Analyse|Essay|Kolumne|Bericht|Reportage|Glosse|Interview"
    r"|Rezension|Leitartikel|Commentary|Analysis|Opinion|Tribune|Aufgezeichnet|Protokolliert|Moderiert|Reportagem|Reportaje"
    r"|Propos recueillis|Recueilli|Entretien|Texto|Intervista|Testo|Servizio|A cura)\s(?:von|by|par|por|de|di)\s"
    r"|Eine?\s[^\W\d_]*(?:kritik|rezension|kolumne|kommentar|beitrag|essay|interview|porträt|bericht|analyse|reportage|glosse)\svon\s"
    r"|(?:Exclusive|Review|Column|Feature|Report)\sby\s|(?:Aus|In)\s\S+(?:\s\S+)?\sberichte[tn]\s"
    r"|(?:Interview|Protokoll|Words|Aufzeichnung|Moderation|Hosts?)(?::|\s(?:von|by|par)\s)"
    r"|(?:Інтерв.ю|Интервью|Розмова|Беседа):|(?:Записа(?:в|л[аи]?)|Розмовля(?:в|л[аи])|Спілкува(?:вся|лася)|Беседовала?)\s"
    r"|(?:作者|記者|记者|文|撰文|採訪|采写|責編|责编|责任编辑)[:：/]"
    r"|(?:Oprac|Opr)\.\s|(?:Opracowa\w+|Rozmawia[łl]\w*|Piš[eu]|Пиш[еу]|Аутор|Γράφει|Κείμενο|Ρεπορτάζ|Підготува\w+|Подготовил\w*"
    r"|Laporan|Ditulis oleh|Tác giả|إعداد|نویسنده|লেখক|लेखक)\s?:|(?:بقلم|מאת|De notre|De nos)\s"
    r"|كتبت?\s?[:–-]|Autor\w*/Autor\w*:"
    r"|Γράφ(?:ει|ουν)\s|(?:Rédigée?|Écrit|Publiée?) par\s|(?:Escrito|Redactado|Publicado) por\s"
    r"|(?:Scritto|Pubblicato) da\s|(?:Geschrieben|Verfasst) von\s|Geschreven door\s"
    r"|(?:Written|Hosted|Presented|Posted|Reported|Submitted|Published) by\s)",
    re.IGNORECASE,
)
BY_ALONE = re.compile(
    r"^(?:by|von|par|de|por|door|av|af|di|(?:story|words|text|written|reported) by|authors?|auteure?s?|autor\w*"
    r"|автор\w*|autor[/*:_]in(?:nen)?)$",
    re.IGNORECASE,
)
_TEXT_BY = re.compile(
    r"^(?:(?:Te(?:x|ks)t\w{0,2}|Testo|Текст|Words|Κείμενο)\s?:|(?:Texto|Texte|Testo|Reportagem) d[ei]\s)", re.IGNORECASE
)
LEAD = 40
"""Characters that hold all that introduces a name."""


def may_tell(element: Element) -> bool:
    """Tell at one look whether an element can be a by-line; `tells` looks closer."""
    tag = element.tag
    if tag == "address":
        return True
    for key, value in element.items():  # one look at an element's attributes: there are hundreds of elements
        if value == "author" and key in {"rel", "itemprop"}:
            return True
        if (key == "href" and leads_to_author(value)) if tag == "a" else (key in _NAMING and _hints(value)):
            return True
    return tag != "a" and bool(text := (element.text or "").lstrip()) and _introduces(text[:LEAD])


@lru_cache(maxsize=10_000)
def _hints(names: str) -> bool:
    return bool(_HINT.search(names[:NAMES_LENGTH]))


def tells(element: Element) -> bool:
    """Tell whether an element is a by-line of the article, as far as it and what is around it say."""
    names = names_of(element, *_NAMES)
    if (_NOT_THESE.search(names) and not _TEXT_BY.match(text_of(element, LEAD))) or _elsewhere(element):
        return False
    stated = element.tag == "address" or "author" in ((element.get("rel") or "") + (element.get("itemprop") or ""))
    linked = element.tag == "a" and leads_to_author(element.get("href") or "")
    return stated or linked or bool(_NAMED.search(names)) or _introduces(text_of(element, LEAD))


def _introduces(text: str) -> bool:
    return bool(BY.match(text) or BY_ALONE.match(text))


def leads_to_author(href: str) -> bool:
    """Tell whether an address is that of an author's page: "/autor/eva-roth"."""
    low = href.lower()
    return (not _PATHS.isdisjoint(low.split("/")) or "-team/" in low) and _HREF.search(href) is not None


def _elsewhere(element: Element) -> bool:
    """Tell whether an element stands beside the article: in margins, comments, lists of other articles."""
    for depth, above in enumerate(element.iterancestors()):
        if above.tag in {"article", "main", "body"}:
            return False
        names = names_of(above, "class")
        if above.tag == "nav" or (above.tag in {"aside", "footer"} and depth > 3 and "article" not in names):  # noqa: PLR2004
            return True
        if depth < 3 and _NOT_THESE.search(names):  # noqa: PLR2004 - farther names tell of the whole page
            return True
    return False
