"""The list of topics that a page shows beside its article."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bot.reading.evidence import clean
from bot.reading.page import Page
from bot.reading.phrase_search import leaping
from bot.reading.selectors import NAMES_LENGTH, Element, names_of, text_of

MAX_WORDS = 8
"""Words of one topic; longer links are headlines. Ours: the longest topic of the corpus has 7."""

_MAX_LENGTH = 70
_MAX_ITEMS = 40
_MAX_PARTS = 4  # of one list; more elements of one make are a feed
_MAX_LOOKED_AT = 1500  # elements that may be tag lists; no page of the corpus has more than 269
_MAX_BEFORE = 3  # lists above the headline that are looked at, the nearest first
_LABEL_LENGTH = 45
_LOOKED_AT = frozenset(("h1", "ul"))  # whatever their attributes
_KINDS = _LOOKED_AT.union(("ol", "div", "nav", "section", "a", "p", "span", "footer", "dl"))
# Asked of every name of every page: one after the other, as text in text, they take four times as long.
_NAME_HINTS = leaping(
    (
        "tag", "Tag", "opic", "eyword", "hemen", "temas", "chlagw", "etiquetas", "etiketler", "onderwerpen", "cimke",
        "avainsanat", "stikkord", "nyckelord", "stitky", "mots-cles", "emneord", "temata", "etykiety",
    )
)  # fmt: skip
_NAMING = frozenset(("class", "id", "aria-label", "itemprop", "data-testid"))
# Below these parts of an address stand the pages of topics.
_PATHS = frozenset(
    (
        "tag", "tags", "tagged", "topic", "topics", "keyword", "keywords", "hashtag", "hashtags", "label", "thema",
        "themen", "schlagwort", "schlagworte", "stichwort", "theme", "themes", "sujet", "sujets", "mot-cle",
        "mots-cles", "tema", "temas", "etiqueta", "etiquetas", "assunto", "assuntos", "argomenti", "onderwerp",
        "onderwerpen", "emne", "emner", "amne", "amnen", "ämne", "ämnen", "tagg", "stikkord", "nyckelord", "aihe",
        "aiheet", "avainsana", "avainsanat", "tagi", "temat", "tematy", "temata", "stitek", "stitky", "cimke", "cimkek",
        "eticheta", "etichete", "etiket", "etiketler", "konu", "konular", "teg", "tegi", "tegy", "metka", "metki",
        "mitka", "mitky", "suzhet", "suzhety", "syuzhet", "syuzhety", "tagovi", "oznaka", "chu-de", "etykieta",
    )
)  # fmt: skip
_NAME_WORDS = frozenset(
    {"tag", "tags", "taglist", "tagcloud", "topic", "topics", "keyword", "keywords", "hashtags", "themen", "temas"}
    | {"schlagwort", "schlagworte", "schlagwoerter", "etiquetas", "etiketler", "onderwerpen", "cimkek", "avainsanat"}
    | {"stikkord", "nyckelord", "stitky", "tagi", "tagovi", "cimkek", "emneord", "temata", "etykiety"}
)
# In lower case, and each alternative begins with a plain character: else these take several times as long.
_OTHER_NAMES = re.compile(
    r"trending|navigation|navbar|menu|sidebar|recommend|teaser|card|promo|share|social|popular|breadcrumb|google|meist"
    r"|most-?read|newsletter|caption|hot-?t|gtm|tag-?manager|nav(?<![a-z]nav)(?![a-z])"
)
_HREF = re.compile(
    rf"/(?:{'|'.join(sorted(_PATHS))})(?:/|=)[^/?#]+|\?(?:tag|topic|keyword)=\w|&(?:tag|topic|keyword)=\w"
)
_LABEL = re.compile(
    r"^(?:tags?|(?:related |more )?topics?|keywords?|filed under|read more about|more (?:on|about)"
    r"|themen|schlagw\w+|stichw\w+|mehr (?:lesen )?(?:über|zum? thema|zu)"
    r"|etiquetas|temas|palabras clave|m[áa]s sobre|archivado en|sujets|th[èe]mes|mots[- ]cl[ée]s|argomenti|temi"
    r"|parole chiave|t[óo]picos|assuntos|palavras[- ]chave|mais sobre|onderwerpen|trefwoorden|(?:lees )?meer over"
    r"|emner|emneord|stikkord|(?:les |læs )?mere? om|ämnen|nyckelord|(?:läs )?mer om|aiheet|avainsanat|asiasanat"
    r"|tagi|tematy|słowa kluczowe|témata|témy|štítky|klíčová slova|kľúčové slová|címkék|témák|kulcsszavak"
    r"|etichete|cuvinte cheie|subiecte|etiketler|konular|anahtar kelimeler|ετικέτες|θέματα|λέξεις κλειδιά|oznake"
    r"|ключне речи|теги|тег|теми|тема|темы|мітки|метки|ключові слова|ключевые слова"
    r"|(?:читайте )?(?:більше|подробнее|ещё|еще) (?:про|о)"
    r"|(?:больше |ещё |еще )?по теме|сюжети?|сюжеты|(?:подписывайтесь|підписуйтесь) на тем[иы]|етикети|тагове"
    r"|từ khóa|chủ đề|キーワード|関連キーワード|関連ワード|タグ|トピックス?"
    r"|标签|標籤|关键[词字]|關鍵[詞字]|태그|키워드|תגיות|נושאים|(?:ال)?كلمات (?:ال)?مفتاحية|(?:ال)?وسوم|الكلمات الدالة"
    r"|برچسب\W?ها|کلیدواژه\W?ها|বিষয়|টপিক|टैग्?स?|แท็ก|tagovi|ključne (?:reči|riječi)|ознаке|explore more on these topics"
    r"|themen in diesem artikel|schlagwörter zu diesem artikel|temas relacionados|tópicos relacionados|saiba mais sobre"
    r"|temas? de (?:esta|este) \w+|sur le même thème|in this (?:article|story))\s*[:：]?$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"^\(\d+\)\s*|\s*\(\d+\)$")
_CAMEL = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")


def visible_tags(page: Page) -> tuple[str, ...]:
    """Return the topics of the page's tag list, () for none.

    A list that calls itself one comes before a list of links to tag pages, and one after the headline before one
    above it. A later list that repeats the first and has more is its full form.
    """
    found: list[_Found] = []
    candidates = list(islice(_candidates(page), _MAX_LOOKED_AT))
    shown = any(element.tag == "h1" for element in candidates)
    headline_seen = not shown and next(page.tree.iter("h1"), None) is None
    seen: set[Element] = set()
    for element in candidates:
        if element.tag == "h1":
            headline_seen = True
        elif tags := _list_at(element, seen):
            names = frozenset(names_of(element, "class").split())
            found.append(_Found(not headline_seen, element.tag == "a", tags, names))
    if not headline_seen or (all(one.above for one in found) and len(found) > _MAX_BEFORE):
        return ()
    ranked = sorted(found, key=lambda one: (one.above, one.linked))
    return next((one.tags for one in ranked[1:] if _is_fuller(one, ranked[0])), ranked[0].tags) if ranked else ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A list, whether it stands above the headline, whether only its links tell of it, and its classes."""

    above: bool
    linked: bool
    tags: tuple[str, ...]
    names: frozenset[str]


def _is_fuller(one: _Found, other: _Found) -> bool:
    """Tell whether a list of the same make repeats another and has more; one topic alone is repeated by any list."""
    alike = (len(other.tags) == 1 and not one.linked) or any(map(_is_tag_name, one.names & other.names))
    return alike and len(one.tags) > len(other.tags) and set(other.tags) <= set(one.tags)


def _candidates(page: Page) -> Iterator[Element]:
    """Yield headlines, and all that may be or tell of a tag list, in document order."""
    for element in page.elements:
        tag = element.tag
        if tag in _KINDS and (tag in _LOOKED_AT or _may_tell(element.items())):
            yield element


def _may_tell(attributes: Iterable[tuple[str, str]]) -> bool:
    for key, value in attributes:  # one look at an element's attributes: there are hundreds of elements
        if key in _NAMING:
            if _hints_at_tags(value):
                return True
        elif (key == "href" and _may_lead_to_tag(value)) or (key == "rel" and "tag" in value):
            return True
    return False


def _may_lead_to_tag(href: str) -> bool:
    """Say what `_leads_to_tag` needs, at a part of its cost: it is asked of every link of every page."""
    return not _PATHS.isdisjoint(href.lower().split("/")) or ("=" in href and _leads_to_tag(href))


@lru_cache(maxsize=20_000)
def _hints_at_tags(names: str) -> bool:
    return _NAME_HINTS.search(names, 0, NAMES_LENGTH) is not None


def _list_at(element: Element, seen: set[Element]) -> tuple[str, ...]:
    """Return the tags of the list that an element is, or is in; () where that is none or was looked at."""
    holder = _holder(element) if element not in seen else None
    if holder is None or holder in seen:
        return ()
    seen.add(holder)
    if _elsewhere(holder, says_so=element.tag != "a"):
        return ()
    lists = [_items(one) for one in _alike(holder)]
    seen.update(holder.iter() if all(lists) else ())
    return tuple(dict.fromkeys(tag for items in lists for tag in items)) if all(lists) else ()


def _holder(element: Element) -> Element | None:
    """Return the list that an element tells of: itself by its name or label, or what holds its links to tag pages."""
    if element.tag == "a":
        return _link_holder(element) if _is_tag_link(element) else _row_of(element)
    if _is_named(element):
        return _row(element)
    return element if element.tag == "ul" and _is_labelled(element) else None


def _row(element: Element) -> Element:
    """Return the element, or what holds it and its likes where each stands for one tag."""
    parent = element.getparent()
    if parent is not None and parent.tag == "a":
        return parent.getparent()
    if parent is not None and len(list(_first(element.iter("a"), 2))) == 1 and _has_several(parent):
        return parent
    return element


def _has_several(parent: Element) -> bool:
    """Tell whether more than one child is named for tags, in a list of a tag list's size."""
    return len(parent) <= 2 * _MAX_ITEMS and sum(map(_is_named, parent)) > 1


def _row_of(link: Element) -> Element | None:
    """Return what holds a link that is named for tags, with others like it."""
    parent = link.getparent()
    return parent if _is_named(link) and _has_several(parent) else None


def _alike(holder: Element) -> list[Element]:
    """Return the list and its neighbours of the same make: one list in several parts."""
    parent, name = holder.getparent(), holder.get("class")
    if parent is None or not name or len(parent) > 2 * _MAX_ITEMS:
        return [holder]
    alike = [one for one in parent if one.tag == holder.tag and one.get("class") == name]
    return alike if len(alike) <= _MAX_PARTS and all(map(_is_named, alike)) else [holder]


@lru_cache(maxsize=4096)
def _is_tag_name(name: str) -> bool:
    return not _NAME_WORDS.isdisjoint(word.lower() for word in _CAMEL.split(name))


def _is_named(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return False
    names = " ".join([value[:NAMES_LENGTH] for key, value in element.items() if key in _NAMING])
    return bool(names) and _is_tag_name(names) and not _OTHER_NAMES.search(names.lower())


def _is_labelled(element: Element) -> bool:
    """Tell whether the text before a list says that it holds topics."""
    before = element.getprevious()
    text = text_of(before, _LABEL_LENGTH + 1) if before is not None else ""
    return 0 < len(text) <= _LABEL_LENGTH and bool(_LABEL.match(text))


def _is_tag_link(link: Element) -> bool:
    return "tag" in (link.get("rel") or "").split() or _leads_to_tag(link.get("href") or "")


@lru_cache(maxsize=1000)  # a link is asked for itself and again for each of its neighbours
def _leads_to_tag(href: str) -> bool:
    return _HREF.search(href.lower()) is not None


def _link_holder(link: Element) -> Element | None:
    """Return the nearest element that holds more links than this one, where most of them lead to tag pages."""
    for element in link.iterancestors():
        links = list(_first(element.iter("a"), _MAX_ITEMS + 1))
        if len(links) > 1 or element.tag in {"ul", "p", "nav"}:
            return element if 2 * sum(map(_is_tag_link, links)) > len(links) else None
    return None


def _first(elements: Iterable[Element], count: int) -> Iterator[Element]:
    return (element for element, _ in zip(elements, range(count), strict=False))


def _elsewhere(holder: Element, *, says_so: bool) -> bool:
    """Tell whether a list stands where other things than the article are listed, or inside its text.

    Args:
        holder: the list.
        says_so: whether it calls itself a list of tags; others are doubted in margins and navigations.
    """
    for depth, element in enumerate([holder, *holder.iterancestors()]):
        names = names_of(element, "class", "id")
        if element.tag in {"p", "dialog"} or (element.tag == "footer" and not _of_article(element, names)):
            return True
        if element.tag in {"aside", "nav"} and not says_so:
            return True
        if depth < 2 and element.tag not in {"body", "main", "article"} and _OTHER_NAMES.search(names.lower()):  # noqa: PLR2004 - near
            return True
    return False


def _of_article(footer: Element, names: str) -> bool:
    return (
        "article" in names
        or "post" in names
        or any(above.tag in {"article", "main"} for above in footer.iterancestors())
    )


def _items(holder: Element) -> tuple[str, ...]:
    """Return the texts of a list's items; () where the element is more than a list of short items."""
    links = list(_first(holder.iter("a"), _MAX_ITEMS + 1))
    leaves = links or [one for one in _first(holder.iter("li", "span"), _MAX_ITEMS + 1) if not len(one)]
    texts = [(leaf, _tag_text(leaf)) for leaf in leaves]
    if len(texts) < (1 if links else 2) or len(leaves) > _MAX_ITEMS or any(_too_long(text) for _, text in texts):
        return ()
    whole = text_of(holder, 4000)
    rest = len(whole) - sum(len(text) + 1 for _, text in texts)
    kept = [text for leaf, text in texts if any(map(str.isalnum, text)) and not _is_index(leaf)]
    return tuple(dict.fromkeys(kept)) if rest < _LABEL_LENGTH + 3 * len(texts) else ()


def _tag_text(leaf: Element) -> str:
    text = clean(text_of(leaf, 2 * _MAX_LENGTH)).strip(",;/|·•: \xa0")
    label, colon, rest = text.partition(":")
    return without_count((rest.strip() if colon and rest and _LABEL.match(label) else text).removeprefix("# "))


def without_count(tag: str) -> str:
    """Take off the number of articles beside a tag: "Rivers (12)"."""
    return _COUNT.sub("", tag)


def _is_index(leaf: Element) -> bool:
    """Tell whether a link leads to the list of all topics."""
    return bool(
        re.search(
            r"/(?:tags?|topics?|thema|themen?|temas?|keywords?)(?:/index\S*|/alle\S*|\.html)?/?$",
            leaf.get("href") or "",
        )
    )


def _too_long(text: str) -> bool:
    return len(text) > _MAX_LENGTH or len(text.split()) > MAX_WORDS
