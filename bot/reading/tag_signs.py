"""What tells that an element is a list of topics, or leads to one: its names, its links, the label before it."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.reading.phrase_search import leaping
from bot.reading.selectors import NAMES_LENGTH, Element, text_of

LABEL_LENGTH = 45
"""Characters of a label before a list."""

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
LABEL = re.compile(
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
_CAMEL = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")


def may_tell(attributes: Iterable[tuple[str, str]], untelling: set[str]) -> bool:
    """Tell at one look whether an element can be or tell of a list of topics.

    Args:
        attributes: the element's.
        untelling: names that were found to tell nothing; further ones are added.
    """
    for key, value in attributes:  # one look at an element's attributes: there are hundreds of elements
        if key == "href":  # what `_leads_to_tag` needs, at a part of its cost
            if not _PATHS.isdisjoint(value.lower().split("/")) or ("=" in value and _leads_to_tag(value)):
                return True
        elif key in _NAMING:
            if value not in untelling:
                if _NAME_HINTS.search(value, 0, NAMES_LENGTH):
                    return True
                untelling.add(value)
        elif key == "rel" and "tag" in value:
            return True
    return False


@lru_cache(maxsize=4096)
def is_tag_name(name: str) -> bool:
    """Tell whether one of the words of a name is a word for topics: "articleTags", "c-topic__list"."""
    if _NAME_HINTS.search(name.lower()) is None:  # most names: each of the words has a hint
        return False
    return not _NAME_WORDS.isdisjoint([word.lower() for word in _CAMEL.split(name)])


def is_named(element: Element) -> bool:
    """Tell whether an element calls itself a list of topics, or one of them, and nothing else."""
    if not isinstance(element.tag, str):
        return False
    names = " ".join([value[:NAMES_LENGTH] for key, value in element.items() if key in _NAMING])
    return bool(names) and is_tag_name(names) and not is_named_otherwise(names)


def is_named_otherwise(names: str) -> bool:
    """Tell whether an element's names say that it is a menu, a card or another thing that lists no article's topics."""
    return _OTHER_NAMES.search(names.lower()) is not None


def is_labelled(element: Element) -> bool:
    """Tell whether the text before a list says that it holds topics."""
    before = element.getprevious()
    text = text_of(before, LABEL_LENGTH + 1) if before is not None else ""
    return 0 < len(text) <= LABEL_LENGTH and bool(LABEL.match(text))


def is_tag_link(link: Element) -> bool:
    """Tell whether a link leads to the page of a topic."""
    return "tag" in (link.get("rel") or "").split() or _leads_to_tag(link.get("href") or "")


@lru_cache(maxsize=1000)  # a link is asked for itself and again for each of its neighbours
def _leads_to_tag(href: str) -> bool:
    return _HREF.search(href.lower()) is not None
