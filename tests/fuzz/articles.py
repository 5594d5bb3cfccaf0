"""Articles and digests as values, with texts that no page should hold."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.feeds.assemble import web_url
from bot.messages.catalogue import interface_languages, words_in
from bot.messages.digests import Card
from bot.messages.reader import Reader
from bot.models import Article, Digest, Paragraph, ParagraphKind, Quote
from tests.fuzz.documents import STRANGE

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_HOME = "https://example.com/"

_SPEECH = (
    *("“", "”", '"', "„", "«", "»", "‘", "’", "'", "—", "–", "- ", ". ", ", ", "? ", "! ", "… ", ": ", "; ", "\n", " "),
    *("We will rebuild it", "said", "told reporters", "according to", "Anna Hill", "Mayor Anna Hill", "Hill", "She"),
    *("Міст відкриють", "сказала", "заявив", "за словами", "Анна Гіль", "мер Іван Петренко", "Петренко", "Він"),
    *("Мы закончим в срок", "сказал", "по словам", "Иван Петров", "министр Петров", "Она", "Die Brücke", "sagte"),
)
_WORDS = st.lists(st.sampled_from(_SPEECH) | st.text(max_size=5), max_size=25).map("".join)
LONG = ("a" * 5000, "слово " * 900, "😀" * 3000, " " * 5000 + "x", "\u200b" * 50, "<b>", "</blockquote>", "&lt;", "")
TEXTS = st.text(max_size=60) | st.sampled_from([*LONG, *STRANGE]) | _WORDS
"""Texts as they may come from a page: short, huge, empty, invisible, markup."""

URLS = TEXTS.map(lambda text: web_url(_HOME + text, _HOME) or _HOME)
"""Addresses as feeds' and pages' links become them."""

_NAIVE = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31))  # noqa: DTZ001 - the zone is added below
MOMENTS = _NAIVE.map(lambda moment: moment.replace(tzinfo=UTC))
_PARAGRAPHS = st.builds(Paragraph, TEXTS, st.sampled_from(ParagraphKind), st.none() | TEXTS)
QUOTED = st.builds(
    Article,
    url=st.just(_HOME),
    title=_WORDS,
    language=st.sampled_from(["en", "uk", "ru", "de", "zh", None]),
    paragraphs=st.lists(
        st.builds(Paragraph, _WORDS.filter(str.strip), st.sampled_from(ParagraphKind), st.none() | _WORDS), max_size=6
    ).map(tuple),
)
"""Articles full of quotation marks, dashes, names and verbs of speech, in any order."""

_ARTICLES = st.builds(
    Article,
    url=URLS,
    title=TEXTS,
    authors=st.lists(TEXTS, max_size=3).map(tuple),
    published=st.none() | MOMENTS | _NAIVE,
    published_has_time=st.booleans(),
    paragraphs=st.lists(_PARAGRAPHS, max_size=5).map(tuple),
    site=st.none() | TEXTS,
    image=st.none() | URLS,
    quotes=st.lists(st.builds(Quote, TEXTS, st.none() | TEXTS), max_size=3).map(tuple),
)
DIGESTS = st.builds(
    Digest,
    _ARTICLES,
    st.lists(TEXTS, max_size=4).map(tuple),
    st.lists(st.builds(Quote, TEXTS, st.none() | TEXTS), max_size=4).map(tuple),
)
NUMBERS = st.integers(1, 2**40)
CARDS = st.builds(
    Card,
    NUMBERS,
    st.dictionaries(TEXTS, NUMBERS, max_size=8),
    st.lists(st.tuples(MOMENTS, st.none() | TEXTS), max_size=4),
    st.lists(st.tuples(TEXTS, URLS), max_size=4),
)
ZONES = st.sampled_from([ZoneInfo(name) for name in ("Europe/Kyiv", "America/New_York", "Pacific/Kiritimati")])
READERS = st.builds(Reader, st.sampled_from([words_in(code) for code in interface_languages()]), ZONES, st.just(NOW))


@dataclass(frozen=True)
class Material:
    """All that messages are made from.

    Attributes:
        digest: what a page says.
        card: of its message.
        reader: who reads it.
        text: what a person wrote, or a name.
        rows: titles with addresses and moments, of lists.
        number: an id or a count.
    """

    digest: Digest
    card: Card
    reader: Reader
    text: str
    rows: tuple[tuple[str, str, datetime], ...]
    number: int


MATERIALS = st.builds(
    Material, DIGESTS, CARDS, READERS, TEXTS, st.lists(st.tuples(TEXTS, URLS, MOMENTS), max_size=8).map(tuple), NUMBERS
)
