"""Words and sentences of a paragraph, each quotation standing as one token."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.marks import Span
from bot.reading.remembered import Remembered

# Abbreviations and initials; times of day; words; the possessive ending (the only group); short forms; signs.
_WORD = re.compile(
    r"[DIR]-(?:[A-Z]\.){2,}|(?:[^\W\d_]\.){2,}|[A-ZА-ЯІЇЄҐ]\.(?!\w)"
    r"|\d+:\d\d\b|@?\w+(?:[’'ʼ-](?!(?:s|d|ll|ve|re|m)\b)\w+)*"
    r"|([’']s\b|(?<=s)[’'](?=\s))"
    r"|(?<=\w)[’'](?:d|ll|ve|re|m)\b"
    r"|\.\.\.|--|[^\w\s]"
)
COMMAS = frozenset({",", "—", "–", "-", "--"})
"""Signs that set a part of a sentence off: commas and dashes."""

_ENDS = ".!?…"
_MARKS = frozenset(",.;:!?")
# Only to what ends in one of these it matters whether a space follows.
_APOSTROPHES = ("’", "'")
# What is an abbreviation in small letters too; "wash." and "miss." are words then.
_SMALL_ABBREVIATIONS = frozenset({"no", "vs"})
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
# Text, lower case, start, end and kind of a token.
_Shape: TypeAlias = tuple[str, str, int, int, str]
KIND = Token._fields.index("kind")


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
    append, new, known = tokens.append, tuple.__new__, _BEFORE_SPACE  # an English page spends a tenth of its time here
    parts = text[start:end].split(" ")
    last = parts.pop() if parts[-1].endswith(_APOSTROPHES) else ""
    for part in parts:
        size = len(part)
        if part.isalpha():  # most are: telling so costs less than looking them up
            if part.islower():
                append(new(Token, (part, part, start, start + size, "w", -1)))
            else:
                kind = "C" if part[0].isupper() else "w"
                append(new(Token, (part, part.lower(), start, start + size, kind, -1)))
        elif size > 2 and part[-1] in _MARKS and (word := part[:-1]).isalpha():  # noqa: PLR2004 - "A." is an initial
            behind, mark = start + size - 1, part[-1]
            append(new(Token, (word, word.lower(), start, behind, "C" if word[0].isupper() else "w", -1)))
            append(new(Token, (mark, mark, behind, behind + 1, "p", -1)))
        else:
            for word, low, first, past, kind in known[part]:
                append(new(Token, (word, low, start + first, start + past, kind, -1)))
        start += size + 1
    tokens += [Token(word, low, start + first, start + past, kind) for word, low, first, past, kind in _shapes(last)]


def _shapes(part: str) -> tuple[_Shape, ...]:
    """Return the tokens of what stands between two spaces."""
    return tuple(
        (found[0], found[0].lower(), found.start(), found.end(), "s" if found.lastindex else _kind(found[0]))
        for found in _WORD.finditer(part)
    )


def _before_space(part: str) -> tuple[_Shape, ...]:
    """Return the same for what a space follows, which matters to an apostrophe."""
    return _shapes(part + " ")


_BEFORE_SPACE = Remembered(_before_space)


def _kind(word: str) -> str:
    if not (word[0].isalnum() or word[0] == "@"):
        return "w" if len(word) > 1 and word[0] in "’'" else "p"
    if word[0].isdigit():
        return "n"
    if word[0].isupper() or word[0] == "@":
        return "C"
    return "C" if "-" in word and _ARTICLE.match(word) else "w"


def sentences(tokens: list[Token], text: str, spans: Sequence[Span], words: Lexicon) -> list[Sentence]:
    """Cut tokens into sentences.

    A quotation that ends with a full stop inside its marks ends the sentence when a capital follows; one that ends with
    a question or exclamation mark does not when a speech verb follows closely ("Really?" Smith asked).
    """
    ends = [
        index + 1
        for index, token in enumerate(tokens)
        if (kind := token[KIND]) != "w"
        and (kind == "q" or token.text[-1] in _ENDS)
        and _ends_here(tokens, index, text, spans, words)
    ]
    if tokens and (not ends or ends[-1] < len(tokens)):
        ends.append(len(tokens))
    return [tokens[start:end] for start, end in pairwise([0, *ends])]


def _ends_here(tokens: Sequence[Token], index: int, text: str, spans: Sequence[Span], words: Lexicon) -> bool:
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None:
        return True
    if token.kind == "p" and token.text in {".", "!", "?", "…", "..."}:
        if following.kind == "n" and following.start == token.end:
            return False  # "2.1 million"
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
    if before.end != tokens[index].start or (before.low == "no" and tokens[index + 1].kind != "n"):
        return False  # "No. 4", but "She voted no. The"
    if words.language == "en" and before.kind == "w" and before.low not in _SMALL_ABBREVIATIONS:
        return False  # "Seattle, Wash.", but "Smith listened in a car wash."
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
