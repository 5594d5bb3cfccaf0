"""Words and sentences of a paragraph, each quotation standing as one token."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.marks import Span

# Abbreviations and initials; words; the possessive ending (the only group); short forms; signs.
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|[A-ZА-ЯІЇЄҐ]\.(?!\w)"
    r"|@?\w+(?:[’'ʼ-](?!(?:s|d|ll|ve|re|m)\b)\w+)*"
    r"|([’']s\b|(?<=s)[’'](?=\s))"
    r"|(?<=\w)[’'](?:d|ll|ve|re|m)\b"
    r"|\.\.\.|--|[^\w\s]"
)
_ENDS = ".!?…"
# Most words of a page come again; a page has some thousands.
_REMEMBERED = 8192
# No sentence ends with these while others follow.
_NEVER_LAST = frozenset({"w", "n", "s"})
# "…?" Representative Ann Smith, Democrat of Ohio, asked.
_VERB_WITHIN = 14
# Arabic articles that are joined to a surname: "al-Sisi", "el-Masri".
_ARTICLE = re.compile(r"(?:(?:a[lsrdnz]|el|ul|ash|abu|bin)-[A-Z]|(?:а[лсрднз]|аль|эль|ель|аш|абу|бен)-[А-ЯІЇЄҐ])")


class Token(NamedTuple):
    """One word, sign or quotation.

    Attributes:
        text: as written; "" for a quotation.
        low: lower case.
        start: offset in the paragraph.
        end: offset in the paragraph.
        kind: "w" word, "C" capitalized word, "n" number, "p" sign, "s" possessive ending, "q" quotation.
        quote: the index of a quotation among the paragraph's spans, else -1.
    """

    text: str
    low: str
    start: int
    end: int
    kind: str
    quote: int = -1


Sentence = list[Token]


def is_adverb(token: Token) -> bool:
    """Tell an adverb in -ly from a name like "Connolly" and from nouns that end so."""
    return (
        token.kind == "w"
        and token.low.endswith("ly")
        and token.low not in {"family", "ally", "bully", "rally", "reply", "assembly", "july"}
    )


def tokenize(text: str, spans: Sequence[Span]) -> list[Token]:
    """Return the tokens of a paragraph; what stands in `spans` is one token each."""
    tokens: list[Token] = []
    position = 0
    for index, span in enumerate(spans):
        _append_words(tokens, text, position, span.outer_start)
        tokens.append(Token("", "", span.outer_start, span.outer_end, "q", index))
        position = span.outer_end
    _append_words(tokens, text, position, len(text))
    return tokens


def _append_words(tokens: list[Token], text: str, start: int, end: int) -> None:
    append, new = tokens.append, tuple.__new__  # half a page's time goes here
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        low, kind = _shape(word)
        append(new(Token, (word, low, match.start(), match.end(), "s" if match.lastindex else kind, -1)))


@lru_cache(_REMEMBERED)
def _shape(word: str) -> tuple[str, str]:
    return word.lower(), _kind(word)


def _kind(word: str) -> str:
    if not (word[0].isalnum() or word[0] == "@"):
        return "w" if len(word) > 1 and word[0] in "’'" else "p"
    if word[0].isdigit():
        return "n"
    if word[0].isupper() or word[0] == "@":
        return "C"
    return "C" if "-" in word and _ARTICLE.match(word) else "w"


def sentences(tokens: Sequence[Token], text: str, spans: Sequence[Span], words: Lexicon) -> list[Sentence]:
    """Cut tokens into sentences.

    A quotation that ends with a full stop inside its marks ends the sentence when a capital follows; one that ends with
    a question or exclamation mark does not when a speech verb follows closely ("Really?" Smith asked).
    """
    parts: list[Sentence] = []
    current: Sentence = []
    for index, token in enumerate(tokens):
        current.append(token)
        if token.kind not in _NEVER_LAST and _ends_here(tokens, index, text, spans, words):
            parts.append(current)
            current = []
    if current:
        parts.append(current)
    return parts


def _ends_here(tokens: Sequence[Token], index: int, text: str, spans: Sequence[Span], words: Lexicon) -> bool:
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None:
        return True
    if token.kind == "p" and token.text in {".", "!", "?", "…", "..."}:
        return (
            following.kind != "w" and not _abbreviation(tokens, index, words) and following.text not in {",", ")", "—"}
        )
    if token.kind == "C" and token.text.endswith(".") and len(token.text) > 3:  # noqa: PLR2004 - "U.S." may end one
        return following.kind == "C" and words.has("common_starts", following.low) and not following.text.isupper()
    if token.kind != "q":
        return False
    return _quotation_ends(tokens, index, text, spans[token.quote], words)


def _abbreviation(tokens: Sequence[Token], index: int, words: Lexicon) -> bool:
    if tokens[index].text != "." or index == 0:
        return False
    before = tokens[index - 1]
    if before.end != tokens[index].start:
        return False
    return words.has("abbreviations", before.low)


def _quotation_ends(tokens: Sequence[Token], index: int, text: str, span: Span, words: Lexicon) -> bool:
    inner = text[span.start : span.end].rstrip()
    following = tokens[index + 1]
    if not inner or inner[-1] not in _ENDS or following.kind not in {"C", "q", "n"}:
        return False
    if inner[-1] == "." and following.kind == "C" and inner[-3:] != "...":
        return True
    return not _verb_follows(tokens, index + 1, words)


def _verb_follows(tokens: Sequence[Token], start: int, words: Lexicon) -> bool:
    for token in tokens[start : start + _VERB_WITHIN]:
        if token.kind == "q" or token.text in {".", "!", "?", ":", ";"}:
            return False
        if token.low in words.finite and (token.kind == "w" or token.low not in words.nounlike):
            return True
    return False
