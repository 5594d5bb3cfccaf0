"""Names that an article is signed with inside its text, for pages that name nobody else."""

import re
from collections.abc import Iterable
from itertools import chain, islice, takewhile

from bot.reading.bearers import bears_given_name
from bot.reading.biographies import are_spoken_of, biography
from bot.reading.byline_signs import stands_elsewhere
from bot.reading.contact_names import signed_with_address
from bot.reading.dated_names import is_listed, with_roles
from bot.reading.name_words import AGENCY_NAMES, COMMA, EMPLOYER, PRESS_ROLE, STATION
from bot.reading.names import is_generic, is_nobody, is_proper, split_names
from bot.reading.other_people import is_of_teaser
from bot.reading.page import Page
from bot.reading.selectors import Element, names_of, text_of
from bot.reading.vocabulary import vocabulary

_MAX_LENGTH = 60
_AGENCY_START = re.compile(r"^[^\W\d_a-zß-ÿ][\w.'’-]*(?:[ /][\w.,'’-]+){0,4}\s?[(\[]([\w/, ]{2,20})[)\]]\s?[-–—.:]\s")
_AGENCY_END = re.compile(r"[.!?…»”“\"]\s*[(\[]([\w/, ]{2,30})[)\]]\.?$")
_SHORT_FORM = re.compile(r"\w\s\([a-zß-ÿ]{2,4}\)$")  # "Eva Roth (ero)"
_TEXT_BRACKET = re.compile(r"\((?:text|texte|testo|texto|tekst|teksti|текст)\)", re.IGNORECASE)
_AGENCY_LINE = re.compile(r"[(\[]?(?:(?:[^\W\d_]\.?){1,3}\s?/\s?)?[^\W\d_]+(?:\s?/\s?(?:[^\W\d_]\.?){1,3})?[)\]]?\.?$")
_PLACE_BEHIND = re.compile(r"^(?:, [^\W\d_]+)?$")
_ENDS_SENTENCE = re.compile(r"[.?!:;…»”\"]$")
_NAMES_END = re.compile(r"[.!?…»”“\"]\s*\(([^()]{5,150})\)\.?$")
_BRACKETED = re.compile(r"(?:^|[。」』])[（(【]([\u3040-\u9fff　 、・]{3,30})[）)】]$")
_EAST_ASIAN_NAME = re.compile(
    r"^(?!.*(?:社|通信|新聞|撮影|写真|関連|取材|提供|編集))[\u3040-\u9fff]{2,4} ?[\u3040-\u9fff]{1,3}$"
)
_NAMED = re.compile(
    r"(?<![a-z])(?:authors?|auteurs?|autor\w*|credits|signature|assinatura|podpis|potpis|kuerzel|firma|sig|sign|signat|sinadura)(?![a-z])",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"^[^（(]{4,40}[（(](?:[^（()）]{0,8})?记者[：:\s]*([\u4e00-\u9fff、，\s]{2,30})[）)]")
_REPORT = re.compile(r"^[〔【（(\[][^〕】）)\]]{0,8}記者([\u4e00-\u9fff、]{2,24})[／/][^〕】）)\]]{2,12}[〕】）)\]]")
_WIRED = re.compile(r"^[（(][^）)]{0,12}記者([\u4e00-\u9fff、]{2,12}?)[\u4e00-\u9fff]{2}\d{1,2}日[^）)]{0,6}[）)]")
_KOREAN = re.compile(
    r"^[(\[（][^)\]）]{2,12}=[^)\]）]{2,10}[)\]）]\s*([가-힣·,\s]{2,20}?)\s*(?:기자|특파원)\s*="
    r"|^(?:[^\s]{2,10} )?([가-힣]{2,4}) (?:기자|특파원)(?:\s[\w.+-]+@[\w.-]+)?$"
)
_REPORTERS = re.compile(r"[（(](?:记者|記者)[:：\s]*([\u4e00-\u9fff、，\s]{2,30})[）)]$")
_MAX_LOOKED_AT = 30  # elements of a box behind a text
_LAST = 3  # paragraphs at the end that may be a signature: a note on pictures or sources may follow it
_MEASURED = 300  # characters of a paragraph that tell where the text is
_LONG = 120  # characters of a paragraph of text
_MIN_PARAGRAPHS = 3
_QUOTES = "«»“”„\"'"
_ENDING = frozenset({"p", "div", "em", "i", "b", "strong", "span", "footer"})
_MAX_NOTE = 700  # characters of a note on the author
_MAX_SHOUTED = 3  # words of a name in capitals
_MAX_SIGNERS = 2  # lines of one name each
_STRONG = frozenset({"strong", "b", "em", "i"})


def signature(paragraphs: list[Element], sites: Iterable[str]) -> tuple[str, ...]:
    """Return the names in a paragraph that is nothing but a signature, at the text's end or start; () for none.

    Args:
        paragraphs: the text's: `text_paragraphs`.
        sites: what the site is called; "Site / Agency" is a signature too.
    """
    own = tuple(sites)
    if len(paragraphs) < _MIN_PARAGRAPHS:
        return ()
    if names := _in_brackets(text_of(paragraphs[-1])) or _reported(text_of(paragraphs[0], _MAX_LENGTH)):
        return names
    if names := _korean(paragraphs):
        return names
    ends = [*paragraphs[-_LAST:], *_behind(paragraphs)]
    for paragraph in (*reversed(ends), paragraphs[0]):
        signed = _signed(paragraph, own)
        if names := signed or signed_with_address(paragraph) or _over_role(paragraph):
            text = [one for one in paragraphs if one is not paragraph and text_of(one, _MAX_LENGTH) not in names]
            all_names = _with_those_beside(paragraph, own) if signed else names
            return () if are_spoken_of(names, text) else all_names
    if names := _in_last_brackets(paragraphs[-1], own) or biography(ends, paragraphs, own):
        return names
    return _named_last(paragraphs[-1], own) or _over_roles(paragraphs)


def agency_signature(paragraphs: list[Element]) -> tuple[str, ...]:
    """Return the agencies in brackets at the end of the text's last paragraph ("… (dpa)"), () for none.

    Args:
        paragraphs: the text's; a desk or a reporter's initials beside an agency ("dpa/lrs") are left out.
    """
    return _agencies(_AGENCY_END.search(text_of(paragraphs[-1])[-_MAX_LENGTH:])) if paragraphs else ()


def agency_in_dateline(paragraphs: list[Element]) -> tuple[str, ...]:
    """Return the agencies in brackets behind the place that a text begins with ("BERLIN (AP) —"), () for none.

    Args:
        paragraphs: the text's.
    """
    return _agencies(_AGENCY_START.match(text_of(paragraphs[0], 2 * _MAX_LENGTH))) if paragraphs else ()


def _agencies(told: re.Match[str] | None) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[/,\s]+", told[1]) if part in AGENCY_NAMES) if told else ()


def _behind(paragraphs: list[Element]) -> list[Element]:
    """Return the short elements right behind a text's box: a signature or a note on the author may stand there."""
    behind = islice(paragraphs[-1].getparent().itersiblings(), _LAST)
    return [one for one in behind if one.tag in _ENDING and 0 < len(text_of(one, 2 * _MAX_NOTE)) <= _MAX_NOTE]


def _over_roles(paragraphs: list[Element]) -> tuple[str, ...]:
    """Return the names behind a text that each stand over their bearer's role in a newsroom."""
    holder = paragraphs[-1].getparent()
    behind = chain(islice(holder.itersiblings(), _LAST), islice(holder.getparent().itersiblings(), _LAST))
    inside = (one for box in behind for one in islice(box.iter("span", "a", "p", "strong", "h4", "h5"), _MAX_LOOKED_AT))
    for element in inside:
        if stands_elsewhere(element) or is_listed(element):
            continue
        if names := with_roles(element):
            return () if is_of_teaser(element, names) or are_spoken_of(names, paragraphs) else names
    return ()


def _with_those_beside(paragraph: Element, sites: tuple[str, ...]) -> tuple[str, ...]:
    """Return who signs a line and the one beside it; () for more such lines, which list winners or a cast."""
    before = islice(paragraph.itersiblings(preceding=True), _MAX_SIGNERS)
    behind = islice(paragraph.itersiblings(), _MAX_SIGNERS)
    signers = [list(takewhile(bool, (_signed(one, sites) for one in lines))) for lines in (before, behind)]
    names = [*chain(*reversed(signers[0])), *_signed(paragraph, sites), *chain(*signers[1])]
    return tuple(names) if len(signers[0]) + len(signers[1]) < _MAX_SIGNERS else ()


def _in_brackets(text: str) -> tuple[str, ...]:
    """Return the names in brackets that end a Japanese or Chinese text."""
    if named := _REPORTERS.search(text[-_MAX_LENGTH:]):
        return tuple(split_names(named[1]))
    signed = _BRACKETED.search(text[-_MAX_LENGTH:])
    names = split_names(signed[1].replace("・", "、")) if signed else []
    return tuple(names) if names and all(map(_EAST_ASIAN_NAME.match, names)) else ()


def _reported(text: str) -> tuple[str, ...]:
    """Return the reporters that a Chinese text names behind its dateline: "…5月13日电（记者王小美、李大明）"."""
    named = _REPORTED.match(text) or _REPORT.match(text) or _WIRED.match(text)
    return tuple(split_names(named[1])) if named else ()


def _korean(paragraphs: list[Element]) -> tuple[str, ...]:
    """Return the reporters of a Korean text's start ("(서울=연합뉴스) 홍길동 기자 =") or of its last lines."""
    lines = (text_of(one, _MAX_LENGTH) for one in (paragraphs[0], *paragraphs[-_LAST:]))
    named = next(filter(None, map(_KOREAN.match, lines)), None)
    return tuple(split_names((named[1] or named[2]).replace("·", ","))) if named else ()


def text_paragraphs(page: Page) -> list[Element]:
    """Return the paragraphs of the element that holds the most text in paragraphs of its own."""
    held: dict[Element, list[Element]] = {}
    for paragraph in page.tree.iter("p"):
        held.setdefault(paragraph.getparent(), []).append(paragraph)
    groups = [[(one, length) for one in group if (length := len(text_of(one, _MEASURED)))] for group in held.values()]
    longest = max(groups, key=lambda group: sum(length for _, length in group), default=[])
    return [one for one, _ in longest]


def _signed(paragraph: Element, sites: tuple[str, ...]) -> tuple[str, ...]:
    text = text_of(paragraph, _MAX_LENGTH + 1)
    if not 0 < len(text) <= _MAX_LENGTH or _ENDS_SENTENCE.search(text):
        return ()
    names = split_names(text.lstrip("—– "))
    others = tuple(name for name in names if not (is_generic(name, sites) or is_nobody(name)))
    if others and not vocabulary().agencies.isdisjoint(text.casefold().strip("()[] .").split()[:-1]):
        return ()  # "Getty Images"
    if _AGENCY_LINE.match(text) and AGENCY_NAMES.issuperset(others):
        return others
    if not others or not all((" " in name and is_proper(name)) or name in AGENCY_NAMES for name in others):
        return ()
    if not all(map(bears_given_name, others)) and (_is_shouted(text) or _heads_text(paragraph)):
        return ()
    return others if _is_set_apart(paragraph) or any(is_generic(name, sites) for name in names) else ()


def _is_shouted(text: str) -> bool:
    """Tell whether a line is a notice in capitals, longer than a name: "(SOUND OF BELLS RINGING)"."""
    return text.isupper() and len(text.split()) > _MAX_SHOUTED


def _heads_text(paragraph: Element) -> bool:
    """Tell whether a line stands over a paragraph of text and below another one, as a heading does."""
    before, behind = paragraph.getprevious(), paragraph.getnext()
    long = (one is not None and one.tag == "p" and len(text_of(one, _MEASURED)) > _LONG for one in (before, behind))
    return all(long)


def _named_last(paragraph: Element, sites: tuple[str, ...]) -> tuple[str, ...]:
    """Return the one name that a last paragraph holds beside no more than a place, an office or the site."""
    parts = [part for part in COMMA.split(text_of(paragraph, _MAX_LENGTH + 1)) if part]
    own = [part for part in parts if not is_generic(part.strip(_QUOTES), sites)]
    text = ", ".join(own)
    if not 0 < len(text) <= _MAX_LENGTH or _ENDS_SENTENCE.search(text):
        return ()
    names = [name for name in split_names(text) if not is_generic(name, sites)]
    full = len(names) == 1 and is_proper(names[0]) and len(names[0].split()) in {2, 3}
    place = text.removeprefix(names[0]) if full else ""
    told = full and (_PLACE_BEHIND.match(place) or any(map(_is_office, own[1:]))) and bears_given_name(names[0])
    return tuple(names) if told else ()


def _is_office(part: str) -> bool:
    """Tell whether what stands behind a name is where a reporter works, or as what."""
    return bool(EMPLOYER.search(part) or STATION.match(part) or PRESS_ROLE.search(part))


def _in_last_brackets(paragraph: Element, sites: tuple[str, ...]) -> tuple[str, ...]:
    """Return the full names in brackets behind the last sentence: "… (Ann Lee, Bo Chen, 29.4.2024)"."""
    ended = _NAMES_END.search(text_of(paragraph)[-3 * _MAX_LENGTH :])
    parts = [part for part in COMMA.split(ended[1]) if part] if ended else []
    told = [part for part in parts if not (any(map(str.isdigit, part)) or is_generic(part, sites))]
    full = all(split_names(name) == [name] and " " in name and bears_given_name(name) for name in told)
    return tuple(told) if full else ()


def _over_role(paragraph: Element) -> tuple[str, ...]:
    """Return the name in bold that a last paragraph begins with, over a short line on its bearer."""
    bold = paragraph[0] if len(paragraph) > 1 and not (paragraph.text or "").strip() else None
    if bold is None or bold.tag not in _STRONG or paragraph[1].tag != "br" or (bold.tail or "").strip():
        return ()
    name, line = text_of(bold, _MAX_LENGTH), text_of(paragraph, 3 * _MAX_LENGTH)
    full = split_names(name) == [name] and " " in name and is_proper(name) and bears_given_name(name)
    return (name,) if full and len(line) <= 2 * _MAX_LENGTH and not _ENDS_SENTENCE.search(line) else ()


def _is_set_apart(paragraph: Element) -> bool:
    """Tell whether all of a paragraph is bold or italic, or it stands at the right, or its class says what it is."""
    marked = len(paragraph) == 1 and paragraph[0].tag in _STRONG and not (paragraph.text or "").strip()
    named = bool(_NAMED.search(names_of(paragraph, "class"))) or bool(
        _TEXT_BRACKET.search(text_of(paragraph, _MAX_LENGTH))
    )
    text = text_of(paragraph, _MAX_LENGTH)
    bracketed = text[:1] in {"(", "[", "—", "–"} or _SHORT_FORM.search(text) is not None
    return marked or bool(named) or bracketed or "right" in names_of(paragraph, "style", "align", "class")
