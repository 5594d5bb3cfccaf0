"""What tells that an element is a by-line: its names, its link to an author's page, or the words it begins with."""

import re
from functools import lru_cache
from itertools import islice

from bot.reading.author_links import leads_to_author
from bot.reading.bearers import bears_given_name
from bot.reading.name_words import AGENCY_NAMES
from bot.reading.phrase_search import leaping
from bot.reading.portraits import is_of_picture
from bot.reading.selectors import NAMES_LENGTH, Element, names_of, text_of
from bot.reading.vocabulary import vocabulary

_NAMED = re.compile(
    r"(?<![a-z])(?:by-?line|authors?|autor|autora|autore|autori|autoren|autorzy|auteurs?|avtor[yi]?|redakteur\w*|writers?"
    r"|journalists?|contributors?|forfatter\w*|skribent\w*|kirjoittaja\w*|toimittaja\w*|yazar\w*|muhabir\w*|szerzo\w*"
    r"|redacteurs?|giornalist[ai]|periodistas?|dziennikarz\w*)(?![a-z])"
    r"|[a-z](?:Byline|Authors?)(?![a-z])|authorname|author_name|authorline|authored"
    r"|(?<![a-z])(?:attribution|firma|verfasser\w*|reporters?|written-?by|posted-?by|signatures?|signataires?"
    r"|podpis|assinatura|autor[ií]a|autor(?:en|in)?zeile|korrespondent\w*|penulis|wartawan|creators?"
    r"|potpis|sign|sinadura|sign-?off|kuerzel|tekijat?|signat|laguntzaile|skrifari|awdur|egilea)(?![a-z])",
)
_NAMES = ("class", "id", "aria-labelledby", "data-testid", "data-ui-testid", "data-qa", "data-component")
_NAMING = frozenset(_NAMES)
# Of names in lower case: to look for letters of either case takes six times as long.
_HINT = re.compile(
    leaping(
        (
            "yline", "y-line", "uthor", "autor", "auteur", "avtor", "edakteur", "redacteur", "writer", "ournalist",
            "ontributor", "ttribution", "firma", "verfasser", "reporter", "edby", "ed-by", "signat", "podpis",
            "assinatura", "korrespondent", "penulis", "wartawan", "creator", "forfatter", "skribent", "kirjoittaja",
            "toimittaja", "yazar", "muhabir", "szerzo", "giornalist", "periodista", "dziennikarz", "writtenby",
            "written-by", "potpis", "sinadura", "signoff", "sign-off", "kuerzel", "tekija", "skrifari", "awdur",
            "egilea", "credit",
        )
    ).pattern
    + r"|g(?<=sig)n(?<![a-z]sign)(?![a-z])"
)  # fmt: skip
_NOT_THESE = re.compile(
    r"bio(?![a-z])|img|image|(?<!with-)(?<!has-)avatar|photo|comment|related|recommend|caption"
    r"|(?<!author[-_])(?<!byline[-_])credit(?!s?[-_](?:author|writer))|popular|latest|newsletter|promo(?!ted)|copyright"
    r"|thread|discussion|(?<![a-z])repl(?:y|ies)(?![a-z])|reviewer|(?<![a-z])(?:subscribe|sign-?up)(?![a-z])",
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
    r"|(?:Exclusive|Review|Column|Feature|Report|Reporting)\sby\s|Report(?:ing)?:|(?:Una?\s)?(?:Informe|Crónica|Reporte|Nota)\sde\s"
    r"|(?:Dal nostro|Dalla nostra|Van onze|Von unserem|Von unserer|Do nosso|Da nossa|De nuestro|De nuestra)\s"
    r"|(?:Une?\s)?(?:article|reportage|texte|dossier|récit|enquête)\ssignée?\s|(?:Aus|In)\s\S+(?:\s\S+)?\sberichte[tn]\s"
    r"|(?:Interview|Protokoll|Words|Aufzeichnung|Moderation|Hosts?)(?::|\s(?:von|by|par)\s)"
    r"|(?:Інтерв.ю|Интервью|Розмова|Беседа):|(?:Записа(?:в|л[аи]?)|Розмовля(?:в|л[аи])|Спілкува(?:вся|лася)|Беседовала?)\s"
    r"|(?:作者|記者|记者|文|撰文|採訪|采写|責編|责编|责任编辑)[:：/]"
    r"|(?:Oprac|Opr)\.\s|(?:Opracowa\w+|Rozmawia[łl]\w*|Piš[eu]|Пиш[еу]|Аутор|Γράφει|Κείμενο|Ρεπορτάζ|Підготува\w+|Подготовил\w*"
    r"|Laporan|Ditulis oleh|Tác giả|إعداد|نویسنده|লেখক|लेखक)\s?:|(?:بقلم|מאת|De notre|De nos)\s"
    r"|Un\s(?:material|articol|reportaj|interviu)\sde\s|كتبت?\s?[:–-]|Autor\w*/Autor\w*:"
    r"|Γράφ(?:ει|ουν)\s|(?:Rédigée?|Écrit|Publiée?) par\s|(?:Escrito|Redactado|Publicado) por\s"
    r"|(?:Scritto|Pubblicato) da\s|(?:Geschrieben|Verfasst) von[\s:]|Geschreven door[\s:]"
    r"|(?:Written|Hosted|Presented|Posted|Reported|Submitted|Published) by[\s:]"
    r"|(?:Published|Posted|Updated)\s(?:on\s)?[\w ,.:]{3,30}\sby\s)",
    re.IGNORECASE,
)
BY_ALONE = re.compile(
    r"^(?:by|von|par|de|por|door|av|af|di|(?:story|words|text|written|reported) by|words|story|reporting"
    r"|texte|testo|authors?|auteure?s?|autor\w*"
    r"|(?:(?:ein|eine|an?|une?|una)\s)?(?:kommentar|gastbeitrag|gastkommentar|analyse|essay|kolumne|bericht|reportage"
    r"|glosse|rezension|leitartikel|commentary|analysis|opinion|column|review|tribune|texto|intervista)"
    r"\s(?:von|by|par|por|de|di)"
    r"|автор\w*|autor[/*:_]in(?:nen)?)$",
    re.IGNORECASE,
)
_CAPITAL = r"(?-i:[^\W\d_a-zß-ÿа-яіїєґ]\S*)"
_PLACE = r"(?-i:[^\W\d_a-zß-ÿа-яіїєґ][\w'’-]*)"
_AFTER_PLACE = re.compile(
    rf"^(?:(?:à|a|en|in|aus|em|da|från|fra|з|із|из)\s)?{_PLACE}(?: {_PLACE}){{0,2}}\s?[.,:/|–—-]+\s+"
    rf"(?=(?:by|von|par|por|di|av|af|door|oleh|od|від|от)\s{_CAPITAL}\s)",
    re.IGNORECASE,
)
_FROM_PLACE = re.compile(
    r"^((?:(?:ein|eine|an?|une?|una)\s)?(?:bericht|reportage|report|dispatch|reportaje|crónica|reportagem|servizio))"
    rf"\s(?:aus|from|in|de|desde|depuis|à|da)\s{_PLACE}(?:\s{_PLACE})?\s(?=(?:von|by|par|por|di)\s)",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    rf"^({_CAPITAL}(?:\s\S+){{1,3}}?)\s(?:reports?|reporting|berichtet|berichten|rapporterar|rapporterer|rapporteert"
    r"|informa|relata|riferisce|donosi|передає|сообщает)\s(?:live\s)?(?:from|for|aus|in|från|fra|vanuit|desde|de|da|din|z|ze|із|з|из)"
    rf"\s(?:the\s)?{_CAPITAL}(?:,?\s{_CAPITAL}){{0,3}}\.?$"
    rf"|^(?-i:From)\s({_CAPITAL}(?:\s\S+){{1,3}}?),?\sin\s{_CAPITAL}(?:,?\s{_CAPITAL}){{0,3}}$",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"^(?:opinion|opinie|opinión|opinião|opinione|opinia|comment|commentary|column|columna|coluna|kolumne"
    r"|kommentar|meinung|tribune|chronique|gastbeitrag|debatt|debat|kronikk|mielipide|komentarz|komentář"
    r"|názor|думка|мнение|колонка|άποψη|görüş|vélemény)"
    rf"\s?[|:/–—-]\s?({_CAPITAL}(?:\s\S+){{1,3}})$",
    re.IGNORECASE,
)
# One look in place of four: most lines are none of these.
_OTHER_LINES = re.compile(
    "|".join(one.pattern for one in (_AFTER_PLACE, _FROM_PLACE, _REPORTS, _OPINION)), re.IGNORECASE
)
_OF_TOPICS = re.compile(r"(?<![a-z])(?:tags?|topics?|keywords?|themes?|subjects?)(?![a-z])", re.IGNORECASE)
_CREDITED = re.compile(
    r"(?<![a-z])(?:article|story|post|entry|news|text|nota|noticia|materia|artigo|articulo)[-_]{0,2}"
    r"(?:credits?|credito|creditos)(?![a-z])|(?<![a-z])credits?[-_](?:[a-z]+[-_])?names?(?![a-z])",
    re.IGNORECASE,
)
_AGENCY_LINE = re.compile(
    r"[(\[]?(?:(?:[^\W\d_]\.?){1,3}\s?[/,]\s?([^\W\d_]+)|([^\W\d_]+)\s?[/,]\s?(?:[^\W\d_]\.?){1,3})[)\]]?\.?$"
)
_TEXT_BY = re.compile(
    r"^(?:(?:Te(?:x|ks)t\w{0,2}|Testo|Текст|Words|Κείμενο)\s?:|(?:Texto|Texte|Testo|Reportagem) d[ei]\s)", re.IGNORECASE
)
LEAD = 40
"""Characters that hold all that introduces a name."""
_NEAR = 3  # elements around one that tell of it
_SMALL_WORDS = 8  # of a by-line: "and", "from", "published", a role
_MAX_PARAGRAPH = 160  # characters that are no longer a by-line's
_MAX_SAID = 100  # characters of a line that says where somebody reports from


def without_place(line: str) -> str:
    """Return a by-line without its place before the name: "BERLIN. By Ann Lee", "A report from Berlin by Ann Lee"."""
    return _FROM_PLACE.sub(r"\1 ", _AFTER_PLACE.sub("", line))


def who_reports(line: str) -> str:
    """Return whom a line names that only says where they report from, or whose opinion stands below it; "" for none."""
    if opinion := _OPINION.match(line):
        return opinion[1] if bears_given_name(opinion[1]) else ""
    told = _REPORTS.match(line)
    return (told[1] or told[2]) if told else ""


def may_tell(element: Element, introducing: re.Pattern[str]) -> bool:
    """Tell at one look whether an element can be a by-line; `tells` looks closer.

    Args:
        element: any element.
        introducing: what introduces a name in the page's language, beside the words of the great press languages.
    """
    tag = element.tag
    if tag == "address":
        return True
    link = tag == "a"
    for key, value in element.items():  # one look at an element's attributes: there are hundreds of elements
        if key in _NAMING:
            if not link and _hints(value):
                return True
        elif key == "href":
            if link and leads_to_author(value):
                return True
        elif value == "author" and key in {"rel", "itemprop"}:
            return True
    text = (element.text or "").lstrip()
    if link:
        return " " in text and len(text) <= _MAX_SAID and bool(BY.match(text))
    return bool(text) and _introduces(text[:_MAX_SAID], introducing)


@lru_cache(maxsize=10_000)
def _hints(names: str) -> bool:
    return _HINT.search(names[:NAMES_LENGTH].lower()) is not None


def tells(element: Element, introducing: re.Pattern[str]) -> bool:
    """Tell whether an element is a by-line of the article, as far as it and what is around it say.

    Args:
        element: one that may be.
        introducing: as for `may_tell`.
    """
    names = names_of(element, *_NAMES)
    credited = bool(_CREDITED.search(names)) and _is_writers(element)
    if not (credited or _TEXT_BY.match(text_of(element, LEAD))) and _NOT_THESE.search(names):
        return False
    if not credited and stands_elsewhere(element):
        return False
    stated = element.tag == "address" or "author" in ((element.get("rel") or "") + (element.get("itemprop") or ""))
    linked = element.tag == "a" and leads_to_author(element.get("href") or "") and _may_name(element)
    return (
        stated
        or linked
        or credited
        or bool(_NAMED.search(names))
        or _introduces(text_of(element, _MAX_SAID), introducing)
    )


def _is_writers(element: Element) -> bool:
    """Tell whether what is called an article's credits names a person and no picture stands before it."""
    said = text_of(element, _MAX_SAID)
    named = vocabulary().agencies.isdisjoint(said.casefold().split()) and "/" not in said
    return named and not is_of_picture(element)


def _may_name(link: Element) -> bool:
    """Tell whether a link to an author's page may name an author: in full, and not whom the article is about."""
    text = text_of(link, _MAX_SAID)
    full = (
        " " in text or not text or text.lower() == text.upper() or text in AGENCY_NAMES or link.get("rel") == "author"
    )
    return (full or BY_ALONE.match((link.getparent().text or "").strip()) is not None) and not names_subject(link)


def names_subject(link: Element) -> bool:
    """Tell whether a link to a person's page names whom an article is about: inside its text, or among its topics."""
    if link.get("rel") == "author":
        return False
    for above in islice(link.iterancestors(), _NEAR):
        if _OF_TOPICS.search(names_of(above, "class", "id")):
            return True
        if above.tag in {"p", "li"} and _is_prose(text_of(above, 2 * _MAX_PARAGRAPH)):
            lead = text_of(above, LEAD)[:LEAD]
            return not (BY.match(lead) or BY_ALONE.match((above.text or "").strip()))
    return False


def _is_prose(line: str) -> bool:
    """Tell whether a line is longer, or has more words with small letters, than a by-line."""
    small = sum(word.strip(".,:;").isalpha() and word.islower() for word in line.split())
    return len(line) > _MAX_PARAGRAPH or small > _SMALL_WORDS


def _introduces(text: str, introducing: re.Pattern[str]) -> bool:
    lead = text[:LEAD]
    if BY.match(lead) or BY_ALONE.match(lead) or introducing.match(lead):
        return True
    if len(text) < _MAX_SAID and " " in text and _OTHER_LINES.match(text):
        placed = _AFTER_PLACE.match(text) or _FROM_PLACE.match(text)
        return placed is not None or bool(who_reports(text))
    return ("/" in text or ", " in text) and _is_agency_line(text)


def _is_agency_line(text: str) -> bool:
    """Tell whether a line is nothing but an agency with somebody's initials: "L.I./Hina"."""
    signed = _AGENCY_LINE.match(text)
    return signed is not None and (signed[1] or signed[2]) in AGENCY_NAMES


def stands_elsewhere(element: Element) -> bool:
    """Tell whether an element stands beside the article: in margins, comments, lists of other articles."""
    for depth, above in enumerate(element.iterancestors()):
        if above.tag in {"article", "main", "body"}:
            return False
        names = names_of(above, "class")
        margin = above.tag in {"aside", "footer"} and depth > 3 and "article" not in names  # noqa: PLR2004
        of_page = above.tag == "footer" and above.getparent().tag == "body"
        if margin or of_page or above.tag in {"nav", "figcaption"}:
            return True
        if depth < 3 and _NOT_THESE.search(names) and not _is_note(above, names, element):  # noqa: PLR2004 - farther names tell of the whole page
            return True
    return False


def _is_note(holder: Element, names: str, element: Element) -> bool:
    """Tell whether what is called a caption stands by no picture and says who wrote: a note at the article's end."""
    said = BY.match(text_of(element, LEAD)) and not _NOT_THESE.search(names.replace("caption", ""))
    return bool(said) and not is_of_picture(element) and not is_of_picture(holder) and holder.find(".//img") is None
