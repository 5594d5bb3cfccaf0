"""Who a page visibly names as its article's author: by-line elements, author links, "By …" lines."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice

from bot.reading.evidence import words
from bot.reading.name_words import AGENCY_NAMES
from bot.reading.names import is_generic, is_proper, split_names
from bot.reading.page import Page
from bot.reading.selectors import NAMES_LENGTH, Element, names_of, text_of

_KINDS = (
    "h1", "a", "span", "div", "p", "address", "li", "ul", "strong", "em", "section", "h2", "h3", "h4", "footer", "b",
    "cite", "i", "font", "small",
)  # fmt: skip
_NAMED = re.compile(
    r"(?<![a-z])(?:by-?line|authors?|autor|autora|autore|autori|autoren|autorzy|auteurs?|avtor[yi]?|redakteur\w*|writers?"
    r"|journalists?|contributors?|forfatter\w*|skribent\w*|kirjoittaja\w*|toimittaja\w*|yazar\w*|muhabir\w*|szerzo\w*"
    r"|redacteurs?|giornalist[ai]|periodistas?|dziennikarz\w*)(?![a-z])"
    r"|[a-z](?:Byline|Authors?)(?![a-z])|authorname|author_name|authorline|authored"
    r"|(?<![a-z])(?:attribution|firma|verfasser\w*|reporters?|written-?by|posted-?by)(?![a-z])",
)
_NAMES = ("class", "id", "data-testid", "data-ui-testid", "data-qa", "data-component")
_NAMING = frozenset(_NAMES)
_HINT = re.compile(
    r"y-?line|uthor|autor|auteur|avtor|edakteur|redacteur|writer|ournalist|ontributor|ttribution|firma|verfasser|reporter"
    r"|ed-?by|forfatter|skribent|kirjoittaja|toimittaja|yazar|muhabir|szerzo|giornalist|periodista|dziennikarz|written-?by",
    re.IGNORECASE,
)
_NOT_THESE = re.compile(
    r"bio(?![a-z])|img|image|avatar|photo|comment|related|recommend|caption|credit|popular|latest|newsletter|promo|copyright",
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
        "yazarlar", "avtor", "avtori", "avtory",
    )
)  # fmt: skip
_HREF = re.compile(
    rf"/(?:{'|'.join(sorted(_PATHS))}|[a-z-]+-team)/(?:[^?#]*/)?[^/?#]+/?(?:[?#].*)?$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^[(（]?(?:(?:By|Von|Par|Por|Av|Af|Di|Door|Przez|Autor\w*|Autoři|Auteure?s?|Автор\w*|Журналіст\w*|Журналист\w*|Te(?:x|ks)t\w{0,2}"
    r"|Teksti|Testo|Текст|Від|От|Forfatter\w*|Skrevet av|Skrevet af|Kirjoittaja\w*|Toimittaja\w*|Yazan|Yazar|Haber"
    r"|Szerző\w*|Írta|Napsala?|Scris de|Redactor|Συντάκτης"
    r"|(?:Das Gespräch|Das Interview) führten?|Die Fragen stellten?)(?:\s|:)"
    r"|(?:(?:Ein|Eine|An?|Une?|Una?)\s)?(?:Gastbeitrag|Gastkommentar|Kommentar|Analyse|Essay|Kolumne|Bericht|Reportage|Glosse|Interview"
    r"|Rezension|Leitartikel|Commentary|Analysis|Opinion|Tribune|Aufgezeichnet|Protokolliert|Moderiert"
    r"|Propos recueillis|Recueilli|Entretien|Texto|Intervista|Testo|Servizio|A cura)\s(?:von|by|par|por|de|di)\s"
    r"|Eine?\s[^\W\d_]*(?:kritik|rezension|kolumne|kommentar|beitrag|essay|interview|porträt|bericht|analyse|reportage|glosse)\svon\s"
    r"|(?:Exclusive|Review|Column|Feature|Report)\sby\s|(?:Aus|In)\s\S+(?:\s\S+)?\sberichte[tn]\s"
    r"|(?:Interview|Protokoll|Words|Aufzeichnung|Moderation|Hosts?)(?::|\s(?:von|by|par)\s)"
    r"|(?:Інтерв.ю|Интервью|Розмова|Беседа):|(?:Записа(?:в|л[аи]?)|Розмовля(?:в|л[аи])|Спілкува(?:вся|лася)|Беседовала?)\s"
    r"|(?:作者|記者|记者|文|責編|责编|责任编辑)[:：/]"
    r"|(?:Written|Hosted|Presented|Posted|Reported|Submitted|Published) by\s)",
    re.IGNORECASE,
)
_BY_ALONE = re.compile(
    r"^(?:by|von|par|por|door|av|af|di|(?:story|words|text|written|reported) by|authors?|auteure?s?|autor\w*|автор\w*"
    r"|autor[/*:_]in(?:nen)?)$",
    re.IGNORECASE,
)
_TEXT_BY = re.compile(r"^(?:Te(?:x|ks)t\w{0,2}|Teksti|Testo|Текст|Words)\s?:", re.IGNORECASE)
_PICTURES_BEHIND = re.compile(
    r"^\s*[,|/–-]?\s*\(?(?:foto|photo|bild|ilustr|illustr|video|graf|фото|відео|видео)", re.IGNORECASE
)
_PICTURES_BEFORE = re.compile(
    r"(?:^|[^\w])(?:fotos?|photos?|photograph\w*|portraits?|pictures|bild(?:er)?|illustrations?|video|фото|відео|видео)\s*(?::|by|von|par|de|di)?\s*$",
    re.IGNORECASE,
)
_NAME_PART = re.compile(r"(?:^|[-_ ])(?:name|fn)(?![a-z])|[a-z]Name(?![a-z])")
MAX_LINE = 160
"""Characters of a by-line. Ours: four names, a place and a date of the corpus have 150."""

_TEXT_PARAGRAPHS = 4  # after so many, a by-line near the headline is past
_MAX_LOOKED_AT = 300  # elements that may be by-lines; more are a forum's
_SHORT_ARTICLE = 500  # characters of a teaser
_LONG = 120  # characters of a paragraph of text
_MAX_BEFORE = 30
_LEAD = 40  # characters that hold all that introduces a name
_LEAVES = 4  # elements of a by-line that may stand side by side without a space


def visible_authors(page: Page, *, near: bool = False) -> tuple[str, ...]:
    """Return the names in the by-line nearest to the headline, () where none is found.

    Args:
        page: the page.
        near: look only around the headline, not below the text.
    """
    heading = heading_of(page)
    home = _article_of(heading)
    for element in islice(_near_headline(page, heading, near=near), _MAX_LOOKED_AT):
        if not _tells(element) or _is_foreign(element, home):
            continue
        if names := [name for name in _names(element) if not is_generic(name, ())]:
            return tuple(names)
    return ()


def heading_of(page: Page) -> Element | None:
    """Return the headline's element: the <h1> that <title> repeats, else the first with text, else a lower heading.

    Args:
        page: the page; a lower heading counts only where <title> repeats it.
    """
    shown = [(h1, text) for h1 in page.tree.iter("h1") if (text := words(text_of(h1, 200)))]
    title = words(page.title)
    if shown:
        return next((h1 for h1, text in shown if text in title), shown[0][0])
    lower = ((heading, words(text_of(heading, 200))) for heading in islice(page.tree.iter("h2", "h3"), _MAX_BEFORE))
    return next((heading for heading, text in lower if len(text.split()) > 2 and text in title), None)  # noqa: PLR2004 - no name


def _article_of(element: Element | None) -> Element | None:
    """Return the nearest <article> around an element."""
    return next(element.iterancestors("article"), None) if element is not None else None


def _is_foreign(element: Element, home: Element | None) -> bool:
    """Tell whether an element is in another <article> than the headline, as teasers are."""
    own = _article_of(element)
    if own is None or own is home:
        return False
    return (
        home is not None or len(text_of(own, 20 * _SHORT_ARTICLE)) <= _SHORT_ARTICLE
    )  # raw text is mostly white space


def _near_headline(page: Page, heading: Element | None, *, near: bool) -> Iterator[Element]:
    """Yield elements between the headline and the text, then before the headline (nearest first), then below."""
    before: list[Element] = []
    after: list[Element] = []
    below: Iterator[Element] = iter(())
    paragraphs = 0
    headline_seen = False
    elements = page.tree.iter(*_KINDS)
    for element in elements:
        if element.tag == "h1" or element is heading:
            headline_seen = headline_seen or bool(text_of(element, 40))
        elif element.tag == "p" and headline_seen and len(element.text or "") > _LONG:
            paragraphs += 1
        if paragraphs >= _TEXT_PARAGRAPHS:
            below = chain((element,), elements)
            break
        if _may_tell(element):
            (after if headline_seen else before).append(element)
    yield from after
    yield from reversed(before[-_MAX_BEFORE:])
    yield from () if near else filter(_may_tell, below)


def _may_tell(element: Element) -> bool:
    tag = element.tag
    if tag == "address":
        return True
    for key, value in element.items():  # one look at an element's attributes: there are hundreds of elements
        if value == "author" and key in {"rel", "itemprop"}:
            return True
        if (key == "href" and _leads_to_author(value)) if tag == "a" else (key in _NAMING and _hints(value)):
            return True
    return tag != "a" and _introduces((element.text or "").lstrip()[:_LEAD])


@lru_cache(maxsize=10_000)
def _hints(names: str) -> bool:
    return bool(_HINT.search(names[:NAMES_LENGTH]))


def _tells(element: Element) -> bool:
    names = names_of(element, *_NAMES)
    if (_NOT_THESE.search(names) and not _TEXT_BY.match(text_of(element, _LEAD))) or _elsewhere(element):
        return False
    stated = element.tag == "address" or "author" in ((element.get("rel") or "") + (element.get("itemprop") or ""))
    linked = element.tag == "a" and _leads_to_author(element.get("href") or "")
    return stated or linked or bool(_NAMED.search(names)) or _introduces(text_of(element, _LEAD))


def _introduces(text: str) -> bool:
    return bool(_BY.match(text) or _BY_ALONE.match(text))


def _leads_to_author(href: str) -> bool:
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


def _names(element: Element) -> list[str]:
    """Return the names in a by-line: its links to authors' pages, its parts, or its text."""
    if hidden := [meta.get("content") or "" for meta in element.iter("meta") if meta.get("itemprop") == "name"]:
        return _proper(name for text in hidden for name in split_names(text))
    line = _line(element)
    if not line or len(line) > MAX_LINE:
        return []
    written = _proper(split_names(line))
    if _is_label(element, line):
        return [name for name in _proper(split_names(_line(element.getparent()))) if " " in name]
    linked = _linked(_line_of(element))
    told = bool(_BY.match(line)) and bool(written) and not set(linked) & set(written)
    if linked and not told and not set(linked) < set(written):
        return linked
    marked = [part for part in element.iter("a", "span", "div", "p") if part is not element and _is_name_part(part)]
    parts = _proper(name for part in marked for name in split_names(text_of(part, MAX_LINE)))
    if said := _said(element, parts):
        return said
    if parts and set(parts) < set(written) and AGENCY_NAMES.issuperset(set(written) - set(parts)):
        return written
    return parts or _listed(element, line) or written


def _is_label(element: Element, line: str) -> bool:
    """Tell whether an element is no more than what introduces a name beside it: "<b>Text:</b> <i>Ann Lee</i>"."""
    said = _BY_ALONE.match(line) or _BY.match(line)
    around = element.getparent()
    alone = said is not None and said.end() >= len(line) and around is not None
    return alone and _line(around).lstrip(" |").startswith(line) and len(text_of(around, MAX_LINE + 1)) <= MAX_LINE


def _line(element: Element) -> str:
    """Return a by-line's text, parted where two elements stand side by side without a space ("AuthorAnn Lee")."""
    line = text_of(element, MAX_LINE + 1, parted=" | ")
    for leaf in islice(element.iter("span", "a", "b", "strong", "em"), _LEAVES):
        own, beside = text_of(leaf, _LONG), leaf.getnext()
        following = text_of(beside, _LONG) if beside is not None and not leaf.tail else ""
        if own[-1:].islower() and following[:1].isupper():
            line = line.replace(own + following, f"{own} | {following}", 1)
    return line


def _said(element: Element, parts: Iterable[str]) -> list[str]:
    """Return the names of "By Ann Lee and Bo Chen" where that is one element's own text and the parts are others."""
    own = next((one.text for one in element.iter("span", "p", "div", "li") if _BY.match((one.text or "").lstrip())), "")
    said = _proper(split_names(own)) if own else []
    return said if parts and said and set(said).isdisjoint(parts) else []


def _listed(element: Element, line: str) -> list[str]:
    """Return the names where a line is nothing but one element after the other, each a full name."""
    leaves = [text_of(leaf) for leaf in element.iter("span", "a", "li") if len(leaf) == 0 and text_of(leaf)]
    full = all(" " in leaf and [leaf] == split_names(leaf) for leaf in leaves)
    whole = " ".join(leaves) == " ".join(line.replace("|", " ").split())
    return _proper(leaves) if len(leaves) > 1 and full and whole else []


def _is_name_part(part: Element) -> bool:
    return part.get("itemprop") == "name" or (len(part) == 0 and bool(_NAME_PART.search(names_of(part, "class"))))


def _proper(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(is_proper, names)))


def _line_of(element: Element) -> Element:
    """Return what holds a by-line's other authors, while that is no longer than a by-line."""
    holder = element
    for above in element.iterancestors():
        if len(text_of(above, MAX_LINE + 1)) > MAX_LINE or above.tag in {"article", "main", "body"}:
            break
        holder = above
    return holder


def _lead_of(link: Element) -> str:
    """Return what stands right before a link: text, or else the element beside it."""
    beside = link.getprevious()
    if beside is None:
        return (link.getparent().text or "").strip()
    return (beside.tail or "").strip(" .,;|/") or text_of(beside, _LEAD)


def _linked(holder: Element) -> list[str]:
    links = [
        link
        for link in holder.iter("a")
        if (link.get("rel") == "author" or _leads_to_author(link.get("href") or ""))
        and not _PICTURES_BEHIND.match(link.tail or "")
        and not _PICTURES_BEFORE.search(_lead_of(link))
    ]
    return _proper(name for link in links for name in split_names(text_of(link, MAX_LINE, parted=" | ")))
