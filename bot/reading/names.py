"""Names of authors: taken out of by-lines in many languages, one each, without titles, places and sites."""

import re
from collections.abc import Iterable

from bot.reading.evidence import clean, words

MAX_WORDS = 6
"""Words of one author's name, organisations included. Ours: the longest of the corpus has 5."""

_MAX_LENGTH = 70
_TELLING = 5  # letters of a word that a site and its desk share ("Telegraph Reporters"); "News" and "The" tell nothing
_PREFIX = re.compile(
    r"^(?:(?:(?:an?|ein|eine|un|une|una)\s+)?(?:(?:commentary|analysis|opinion|essay|interview|report|review|story|words|article"
    r"|kommentar|analyse|gastbeitrag|gastkommentar|kolumne|bericht|reportage|glosse|rezension|meinung|leitartikel|comment)\s+)?"
    r"(?:by|von|par|por|(?-i:di)|door|af|av|przez|від|от)(?:\s+|:\s*)"
    r"|(?:(?:of|the|article|story|post)\s+)*(?:authors?|autor(?:en|in|innen|es|ka|zy|i)?|auteurs?|autore|autori|autorius"
    r"|szerz[őo]|yazar|tekst|text[eo]?|testo|penulis|tác giả|writer|written|reporter|автори?|авторы?|авторка|текст"
    r"|журналіст\w*|журналист\w*|kirjoittaja|forfatter\w*|skrevet|skriven|verfasst|geschrieben|文|記者|记者|責編|责编|责任编辑|作者)"
    r"(?:\s+(?:by|von|av|af|par|of the article))?\s*(?:[:：/|]\s*|(?<=\bby)\s+|(?<=\bvon)\s+|(?<=\ba[fv])\s+))",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s+(?:and|und|et|y|e|og|och|i|ja|en|és|ve|și|si|at|и|та|й|і|&|\+)\s+|\s+(?:with|mit|avec|con|med)\s+",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,;/|•·、，；]\s*|\s+[-–—]\s+|\s{2,}|\n")
_AGENCIES = re.compile(
    r"^(?:(?:news )?agencies|agenturen|agences|agencias|agenzie|staff|wires?|агент\w+)$", re.IGNORECASE
)
_AGENCY_NAMES = frozenset(
    {"AP", "AFP", "dpa", "DPA", "Reuters", "AAP", "PA", "ANSA", "EFE", "APA", "sda", "NTB", "Ritzau", "TT"}
)
_ARTICLE = re.compile(r"(?:the|le|la|les|der|die|das|el|il)\s", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:in|aus|from|à)\s+[A-ZÄÖÜÉ][\w-]+(?:\s[A-ZÄÖÜÉ][\w-]+)?$")
_BRACKETS = re.compile(r"(?<=.)\([^()]*\)|(?<=.)\[[^\[\]]*\]|(?<=.)（[^（）]*）")
_REST = re.compile(r"\s*(?:\b[\w.+-]+@[\w-]+\.\S+|@\w+|https?://\S+|www\.\S+|\b\d.*)$")
_ROLE = re.compile(
    r"\b(?:special to|reporter|correspondent|editor|journalist|writer|columnist|producer|director"
    r"|staff|contributor|contributing|chief|president|professor|analyst|redakt\w+|korrespondent\w*|journalist\w*|reporter\w*|volont[äa]r\w*|autorin|chef\w*|leiter\w*"
    r"|r[ée]dact\w+|correspond\w+|journalist[ea]|reda[ck]tor\w*|corresponsal|enviad[oa]|periodista|giornalista|inviat[oa]"
    r"|dziennikar\w+|journalis\w+|кореспондент\w*|корреспондент\w*|журналіст\w*|журналист\w*|редактор\w*|profesorius|toimittaja)\b",
    re.IGNORECASE,
)
_RANKS = frozenset(
    {
        "Deputy",
        "Senior",
        "Political",
        "Politics",
        "Chief",
        "News",
        "Sports",
        "Diplomatic",
        "Defence",
        "Defense",
        "Science",
    }
    | {
        "Health",
        "World",
        "Foreign",
        "Assistant",
        "Executive",
        "Content",
        "Staff",
        "Special",
        "Crime",
        "Business",
        "Royal",
    }
    | {"Showbiz", "Consumer", "Money", "Digital", "Associate", "Managing", "Economics", "Education", "Environment"}
    | {
        "Home",
        "Court",
        "Legal",
        "Media",
        "Technology",
        "Tech",
        "Culture",
        "Features",
        "National",
        "International",
        "US",
    }
)
_NO_NAME = re.compile(
    r"^(?:share|follow|read more|more|by|von|comment\w*|subscribe|login|log in|sign (?:in|up)"
    r"|view profile|about the authors?|see (?:more|all)|bio|email|e-mail|twitter|facebook|x|null|none|undefined|n/?a"
    r"|unknown|anonymous|author|guest|user|.*\b(?:min read|minutes?|comments?|kommentare?|cookies?"
    r"|watch live|updated?|published|posted|aktualisiert|veröffentlicht)\b.*)$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:admin\w*|administrator|web ?master|redaktion\w*|redaktsiya|redacci[óo]n|redazione|r[ée]daction|redakcja"
    r"|newsroom|news ?desk|editors?|editorial(?: team| staff| board)?|staff(?: writers?| reporters?)?|nachrichten|news"
    r"|team|online|web|the editors|редакція|редакция|новини|новости|desk|agenc(?:y|ies)|agentur\w*|agencias?|various)$",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}$", re.IGNORECASE)


def split_names(text: str) -> list[str]:
    """Return the names in a by-line or an author statement.

    Args:
        text: such as "By Ann Lee and Bo Chen, Kyiv" or "Autor: Eva Roth, Redakteurin".
    """
    line = _bare(_BRACKETS.sub(" ", clean(text)).strip(" ()（）"))
    halves = (half for part in _COMMA.split(line) for half in _halves(_bare(part)))
    names = (_REST.sub("", _bare(half)).strip(" .,:*") for half in halves)
    return _people([_without_role(_once(name)) for name in names if name])


def _without_role(name: str) -> str:
    """Return "Amy Hill" for "Amy Hill Political Correspondent": what follows a full name and leads to a role."""
    parts = name.split()
    if len(parts) < 3 or not _ROLE.search(name):  # noqa: PLR2004 - a full name and a role
        return name
    role = next((at for at, part in enumerate(parts) if at > 1 and (_ROLE.match(part) or part in _RANKS)), len(parts))
    return " ".join(parts[:role])


def _once(name: str) -> str:
    """Return "Ann Lee" for "Ann Lee Ann Lee", as pages with a picture's text beside the name have it."""
    halves = name.split()
    middle = len(halves) // 2
    return " ".join(halves[:middle]) if middle and halves[:middle] == halves[middle:] else name


def _bare(text: str) -> str:
    """Take prefixes ("By", "Autor:") off a name."""
    while (shorter := _PREFIX.sub("", text).strip(" :|")) != text:
        text = shorter
    return _PLACE.sub("", text)


def is_generic(name: str, sites: Iterable[str]) -> bool:
    """Tell whether a name says no more than the site itself: its own name, a desk, an account.

    Args:
        name: an author as stated.
        sites: what the site is called.
    """
    plain = words(name)
    own = {words(site) for site in sites} - {""}
    account = name.islower() and name.isascii() and " " not in name and name not in _AGENCY_NAMES
    shared = {word for site in own for word in site.split() if len(word) >= _TELLING} & set(plain.split())
    return bool(_GENERIC.match(name)) or plain in own or bool(shared) or account or bool(_DOMAIN.match(name))


_PARTICLES = frozenset(
    {
        "de",
        "del",
        "della",
        "dello",
        "dei",
        "di",
        "da",
        "dos",
        "das",
        "do",
        "du",
        "des",
        "van",
        "von",
        "vom",
        "der",
        "den",
        "dem",
    }
    | {
        "zu",
        "zur",
        "ter",
        "ten",
        "te",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "bint",
        "ibn",
        "y",
        "e",
        "i",
        "of",
        "the",
        "and",
        "und",
        "et",
    }
    | {"af", "av", "für", "for", "d'", "'t", "in", "ye", "o"}
)


def is_proper(name: str) -> bool:
    """Tell whether a name is written like one: capitals, but for particles, or a script that has none."""
    lower = [word for word in name.split() if word[0].islower() and word not in _PARTICLES]
    return not lower and not name[0].islower()


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of a person or an organisation."""
    if not 1 < len(text) <= _MAX_LENGTH or len(text.split()) > MAX_WORDS or any(map(str.isdigit, text)):
        return False
    return any(map(str.isalpha, text)) and not _NO_NAME.match(text) and not set(text) & set('?!<>{}=_"|:')


def _halves(text: str) -> list[str]:
    """Split "A and B" where both are full names, or a person's and an agency's; "Le Figaro et AFP" stays whole."""
    halves = [half.strip() for half in _AND.split(text)]
    if len(halves) > 1 and _AGENCIES.match(halves[-1]):
        return halves[:-1]
    full = [len(half.split()) > 1 and is_name(half) for half in halves]
    agency = full[:-1] and all(full[:-1]) and halves[-1] in _AGENCY_NAMES and not _ARTICLE.match(text)
    return halves if len(halves) > 1 and (all(full) or agency) else [text]


def _people(parts: list[str]) -> list[str]:
    """Drop what stands beside names: job titles, places and offices (one word after a full name)."""
    named = [part for at, part in enumerate(parts) if is_name(part) and not (at and _ROLE.search(part))]
    full = [part for part in named if " " in part or not part.isascii() or part in _AGENCY_NAMES]
    kept = full if named and " " in named[0] else named
    return list(dict.fromkeys(part for part in kept if not (len(kept) > 1 and _DOMAIN.match(part))))
