"""What tells that an English name is a person's: it speaks, or is described as persons are."""

from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.names import Run, run_starting
from bot.reading.quoting.tokens import Sentence, Token

# Tokens of ", the former landlady".
_APPOSITION = 6


def acts(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell whether the name speaks or is described as a person is: "Zosin said", "Yevhen Zosin, 74,"."""
    if speaks(tokens, run, words):
        return True
    if run.first and tokens[run.first - 1].text == "," and words.has("questioned", tokens[0].low):
        return True  # "Asked about it, Zosin was silent."
    following = tokens[run.last + 1 : run.last + 4]
    if len(following) < 2 or following[0].text != ",":  # noqa: PLR2004 - the comma and one word
        return False
    aged = following[1].kind == "n" and following[2:3] and following[2].kind != "w"  # not "the Col, 61 kilometres"
    return bool(aged) or following[1].low in {"who", "whose", "a", "an", "from", "of"}


def _is_asked(tokens: Sentence, behind: int, words: Lexicon) -> bool:
    """Tell "was asked" and ", for his part," behind a name."""
    if behind + 1 >= len(tokens) or tokens[behind].low not in {"was", ","}:
        return False
    low = [token.low for token in tokens[behind : behind + 3]]
    asked = low[0] == "was" and words.has("questioned", low[1])
    return asked or low in ([",", "for", "his"], [",", "for", "her"])


def speaks(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell whether a verb of speech or a question belongs to the name: "Zosin said", "“…,” said Zosin"."""
    behind = run.last + 1
    if _is_asked(tokens, behind, words):
        return True
    before = tokens[run.first - 1] if run.first else None
    if behind + 1 < len(tokens) and tokens[behind].low in {"of", "from", "at"}:
        behind = _past_employer(tokens, run, words)
    if behind < len(tokens) and _plain_verb(tokens[behind], words):
        return before is None or not words.has("prepositions", before.low)
    return (
        before is not None and _plain_verb(before, words) and run.first > 1 and tokens[run.first - 2].kind in {"q", "p"}
    )


def _past_employer(tokens: Sentence, run: Run, words: Lexicon) -> int:
    """Return the place behind "Renad Mansour of Chatham House", behind the name where nothing of the kind follows."""
    behind = run.last + 1
    if run.first == run.last:
        return behind
    employer = run_starting(tokens, behind + (2 if tokens[behind + 1].low == "the" else 1), words)
    return employer.last + 1 if employer is not None else behind


def _plain_verb(token: Token, words: Lexicon) -> bool:
    return token.low in words.finite and token.low not in words.nounlike and not words.has("weak_verbs", token.low)


def is_person_beside(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell "Glenys Park, the landlady," and "Carol Hill, 71, said": a given name, and what only persons are called."""
    if not words.has("given_names", tokens[run.name_first].low):
        return False
    following = tokens[run.last + 1 : run.last + _APPOSITION]
    if len(following) < _APPOSITION - 1 or following[0].text != ",":
        return False
    if following[1].low == "who" or (following[1].kind == "n" and following[2].text == ","):
        return True
    for token in following[2:]:
        if token.kind != "w" or words.has("prepositions", token.low):
            return False
        if words.has("roles", token.low) and not words.has("organisation_words", token.low):
            return words.has("articles", following[1].low)
    return False
