"""Where a picture's caption ends and the name of who took it begins."""

import re
from functools import lru_cache

from bot.reading.evidence import words
from bot.reading.vocabulary import vocabulary

_PICTURE = (
    r"(?:(?:credits?|crédits?|image|file|stock|archiv\w*)\s+)?(?:photos?(?:\s+credits?)?|photographs?|photography|fotos?|fotograf(?:ie|ía)?|symbolfoto|symbolbild|archivfoto|images?|pictures?|pics?|"
    r"illustra\w+|ilustra\w+|credits?|copyright|courtesy|bild(?:er)?|bildquelle|bildnachweis|quelle|crédits?|crédito|fuente|"
    r"graphic|chart|map|drawing|cartoon|art|imagen|source|фото|світлина|зображення|джерело|скріншот|скриншот|screenshot|screengrab|изображение|источник|zdjęcie|fot\.|nuotr\.|ảnh|kuva|foto(?:graf)?|"
    r"(?:autor/)?allikas|bron|fonte|kilde|källa|kaynak|zdroj|surs[aă]|źródło|forrás|lähde|imagem|immagine|fotoğraf|valokuva|fot[oó]|"
    r"снимка|извор|εικόνα|φωτ\.?|φωτογραφία|πηγή|写真|圖片?|图片?|사진|출처|צילום|קרדיט|عکس|تصوير|ছবি|फोटो|(?<=\W)grafik|beeld|ljósmynd"
    r"|supplied|handout|图源|圖源)"
)
# Of lower case: a search in any case tries all these words at each place, and takes twice as long.
_SIGNED = re.compile(
    r"[\s|/(\[（–—-]*(?:\b(?:ap|afp|epa|efe|dpa|reuters|getty)\s)?"
    rf"(?:(?<!\w)(?<!\bthe )(?<!\ba ){_PICTURE}\s*(?:[:：©/／|]|\bby\b)|\b(?:fot\.|picha na)\s"
    r"|©|\(c\)|（[cｃ]）|\bcopyright\b).*$"
)
# One of these stands in whatever that pattern finds; it is slow to find nothing.
_SIGNS = ("picha na", ":", "：", "©", "/", "／", "|", "by", "fot.", "(c", "（c", "（ｃ", "copyright")
_BRACKETED = re.compile(r"\s*[(\[（]([^()\[\]（）]{2,110})[)\]）]\s*\.?\s*$")
_AFTER_BAR = re.compile(r"\s+[|/•]\s*([^|/•!?]{2,70})$|\s+\|\s+[A-ZÀ-Þ][^|/•!?]{2,40}/[^|/•!?]{2,40}$")
_AFTER_DASH = re.compile(r"\s+[-–—]\s+([^.!?]{2,60})$")
_SENTENCE_END = re.compile(r"[.!?…”\"»]\s*(?=\S)")
_MAX_TAIL = 75
_AGENCY_SLASH = re.compile(
    r"\s+(?:AP(?: Photo)?|AFP|EPA|REUTERS|Reuters|Getty|dpa|IMAGO|imago|picture alliance)\s?/.*$"
)
# A search for what begins with white space leaps from one to the next.
_SIGNED_SENTENCE = re.compile(
    r"\s(?:(?<=[.!?…”\"»)\d]\s)\s*(?:[A-ZÀ-Þ][\w.'’-]+\s){1,3}/\s?(?:AP|AFP|EPA|EFE|REUTERS|Reuters|Getty|dpa|ANSA|IMAGO)\b.*$"
    r"|(?<=[.!?)]\s)\s*(?i:photo\s+)?(?i:supplied|handout|provided)\.?$"
    r"|(?<=[.)]\s)\s*[가-힣]{2,4} (?:기자|특파원)$"
    r"|(?<=[a-zß-ÿ.!?»)\d]\s)\s*[A-ZÀ-Þ]{2,}(?:\s[A-ZÀ-Þ.'’-]{2,}){1,3}\s?/\s?[A-ZÀ-Þ]{2,}(?:\s[A-ZÀ-Þ]{2,})?$"
    r"|(?<=[.!?…»]\s)\s*[–—-]\s+[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’-]+){1,2}\.?$"
    r"|(?<=[.)]\s)\s*(?:\w\.\s*)?[\w/ ]{3,30}\snuotr\.$"
    r"|(?<=[.!?]\s)\s*\d{1,2}\.\d{1,2}\.\d{4}$)"  # when a video was first shown
)
_COURTESY = re.compile(r"(?:^|(?<=[.!?)]))\s*(?i:courtesy)(?: of)?\s+(?:the\s)?[A-ZÀ-Þ].{1,60}$")
_EAST_ASIAN = re.compile(
    r"[＝=](?:[A-ZＡ-Ｚ]{2,8}|共同(?:通信社)?|時事(?:通信)?|ロイター|新華社|聯合ニュース|代表撮影|提供)$"
    r"|(?<=[。！？」』])\s*(?:[（(]\s*)?(?:記者|记者)?[^。！？（(]{1,20}[／/](?:攝影?|摄影?|翻攝|提供|攝)\s*[)）]?$"
)
_NAME = re.compile(r"^[A-ZÀ-ÞА-ЯІЇЄҐ][\w.'’-]*(?:\s[A-ZÀ-ÞА-ЯІЇЄҐ][\w.'’-]*){1,3}$")
_NAME_AT = re.compile(rf"{_NAME.pattern[:-1]}(?:\s[—–-]\s|—)[A-ZÀ-Þ][^.!?]{{2,40}}$")
_PROVIDED = re.compile(r"(?:提供|撮影|写真|照片|摄|攝)$")
# What may follow a caption's last sentence: "Foto Bo Bakker", "Ana Gil", "Jane Doe/The Local Press", "Jan Groß for X".
_TAIL = re.compile(
    rf"^(?:(?i:{_PICTURE})(?:\s+(?:d['’]archives?|di|de|by|par|von|av))?(?:\s+[A-ZÀ-Þ][\w.'’-]+){{0,3}}"
    r"|[A-ZÀ-Þ][\w.'’-]+(?:\s[A-ZÀ-Þ][\w.'’-]+){1,3}(?:\s+(?i:for|pour|para|für|voor)\s[«\"A-ZÀ-Þ].{1,40})?"
    r"|[\w.-]*[\w.'’ -]{2,40}\s?/\s?[A-ZÀ-Þ][\w.'’ -]{2,40}|(?i:screengrab|cortes[ií]a|courtesy|file image))\.?$",
)
# No abbreviation before a name.
_LAST_WORD = re.compile(
    r"(?:[^\W\d_A-ZÀ-Þ]{4,}|\b(?!Prof|Capt|Corp|Insp|Supt|Univ|Cllr)[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]{3})[.!?…]?[\"”»)]*$"
)
_BRACKETED_SOURCE = re.compile(rf"^(?:{_PICTURE}[\s.]|[A-Z][\w ]{{2,15}}:\s*[A-ZÀ-Þ])", re.IGNORECASE)
_NUMBERS = re.compile(r"[\d\s./-]+$")  # a date
_AGENCY_INITIALS = re.compile(r"^[A-ZÀ-ÞΑ-ΩА-ЯІЇЄҐ]{2,8}(?:[-–/ ][A-ZÀ-ÞΑ-ΩА-ЯІЇЄҐ]{2,8})?$")
_SQUARED = re.compile(rf"{_AGENCY_INITIALS.pattern}|{_NAME.pattern[:-1]}, [A-ZÀ-Þ][\w ]{{2,30}}$")
_ARCHIVE = re.compile(r"[A-Z]{2,5} (?:Archive|Archiv|Wire|Media|Images?|Photos?|Graphics)$")
_STOCK = frozenset(
    ("image", "images", "photo", "photos", "pictures", "stock", "news", "agency", "alliance", "via", "getty")
)
_NO_CAPTION = re.compile(
    r"^.{0,16}(?:摄|攝|撮影)$|^(?:(?:ілюстративне|иллюстративное|архівне|архивное)\s+)?(?:фото|скріншот|скриншот)(?:\s+(?:з|із|из|с)\s.{3,40})?\.?$",
    re.IGNORECASE,
)
_MIN_WORDS = 2
_MAX_WORD = 40
_MAX_CREDIT = 130
_MAX_SHOUTED = 7  # words of "ANN LEE FOR THE HERALD"
_ROUNDS = 3


@lru_cache(maxsize=64)  # of one page's captions, each of which is asked for twice
def without_credit(caption: str) -> str:
    """Return a caption without the photographer and agency at its end; "" where it names nothing else.

    Args:
        caption: one picture's caption as it stands on the page.
    """
    text = caption.strip(" |/–—-·•,;(")
    for _ in range(_ROUNDS):
        shorter = _once(text)
        if shorter == text:
            break
        text = shorter
    return "" if _is_only_credit(text) else text


def _once(text: str) -> str:
    said = _lower(text)
    signed = _SIGNED.search(said) if any(sign in said for sign in _SIGNS) else None
    if signed and len(text) - signed.start() <= _MAX_CREDIT:
        return _cut(text, _bracket_before(text, signed.start()))
    bracketed = _BRACKETED.search(text) if ")" in text or "]" in text or "）" in text else None
    squared = bracketed and "[" in bracketed[0]
    if bracketed and (_is_source(bracketed[1]) or (squared and _SQUARED.match(bracketed[1]))):
        return _cut(text, bracketed.start())
    if "courtesy" in said and (match := _COURTESY.search(text)):
        return _cut(text, match.start())
    if behind := (
        _SIGNED_SENTENCE.search(text)
        or (_AGENCY_SLASH.search(text) if "/" in text else None)
        or (_EAST_ASIAN.search(text) if "=" in text or not text.isascii() else None)
    ):
        return _cut(text, behind.start())
    if (match := _AFTER_DASH.search(text)) and (_names_agency(match[1]) or ("/" in match[1] and _TAIL.match(match[1]))):
        return _cut(text, match.start())
    if ("|" in text or "/" in text or "•" in text) and (match := _AFTER_BAR.search(text)):
        return _cut(text, match.start())
    return _without_agency_tail(text)


def _lower(text: str) -> str:
    """Return a text in lower case with each character at its place: of a Turkish İ Python makes two."""
    return text.replace("İ", "i").lower()


def _bracket_before(text: str, at: int) -> int:
    """Return where the bracket opens that a credit stands in: "(Herald photo by Ann Lee)"."""
    opened = text.rfind("(", 0, at)
    return opened if opened >= at - _MAX_WORD and ")" not in text[opened:at] and opened > 0 else at


def _without_agency_tail(text: str) -> str:
    """Take off what follows the last sentence, where it names an agency and no date."""
    for end in reversed(list(_SENTENCE_END.finditer(text))):
        tail = text[end.end() :]
        if len(tail) > _MAX_TAIL or any(map(str.isdigit, tail)):
            return text
        before = text[: end.end()].rstrip()
        if _names_agency(tail) or (_TAIL.match(tail) and _LAST_WORD.search(before[-_MAX_WORD:])):
            return before
    return text


def _cut(text: str, at: int) -> str:
    return text[:at].rstrip(" |/–—-·•,;:(")


def _names_agency(text: str) -> bool:
    return any(word in vocabulary().agencies for word in words(text).split())


def is_signature(name: str, before: str) -> bool:
    """Tell whether the element that ends a caption holds no more than a name, behind a sentence that is complete.

    Args:
        name: the text of the last element.
        before: the caption's text before it.
    """
    own = bool(_NAME.match(name)) or _is_slashed(name)
    return own and before.rstrip().endswith((".", "!", "?", "…", "”", "»", "«", '"'))


def is_credit(text: str) -> bool:
    """Tell whether an element of its own behind a caption holds a credit and nothing else.

    Args:
        text: the words of the element.
    """
    shouted = text.isupper() and 1 < len(text.split()) <= _MAX_SHOUTED
    return shouted or _is_slashed(text) or bool(_NAME.match(text) or _NAME_AT.match(text)) or not without_credit(text)


def _is_slashed(text: str) -> bool:
    """Tell whether a text is a name with an agency behind a slash."""
    return "/" in text and bool(_TAIL.match(text) or _NAME.match(text.partition("/")[0].strip()))


def _is_source(text: str) -> bool:
    if _NUMBERS.match(text):
        return False
    return (
        "/" in text
        or bool(_PROVIDED.search(text))
        or _names_agency(text)
        or bool(_NAME.match(text))
        or bool(_NAME_AT.match(text))
        or bool(_SIGNED.match(_lower(text)))
        or bool(_BRACKETED_SOURCE.match(text))
    )


def _is_only_credit(text: str) -> bool:
    said = words(text).split()
    if said and _NO_CAPTION.match(text):
        return True
    if said and said[0] in vocabulary().agencies and set(said[1:]) <= _STOCK:
        return True
    if _ARCHIVE.match(text):
        return True
    least = 5 if text[:1] >= "\u2e80" else 8  # characters; East Asian captions are one "word"
    if len(said) < _MIN_WORDS and len(text) < least:  # a number, a button
        return True
    if "/" in text and len(said) <= 5 and said[0] in vocabulary().agencies:  # noqa: PLR2004 - an agency and its photographer
        return True
    return len(said) <= 6 and ("/" in text or "," not in text) and said[-1] in vocabulary().agencies  # noqa: PLR2004 - the same
