"""Whether a person of an English article is a man or a woman, as names, titles and pronouns tell."""

from collections import Counter
from collections.abc import Sequence

from bot.reading.quoting.cast import Cast, Person
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.names import Run
from bot.reading.quoting.tokens import Sentence

FAMILY = 5
"""Words between a name and what describes it."""


# Tokens of "“…,” she said".
_SAID = 3


def is_given(low: str, words: Lexicon) -> bool:
    """Tell whether a lower-case word is a given name that the lists have."""
    return words.has("given_names", low)


def gender_of(first: str, run: Run, words: Lexicon) -> str:
    """Return "m" or "f" by the title or the given name, "" where neither tells or both bear it."""
    if run.male or run.female:
        return "m" if run.male else "f"
    if words.has("keep_before_name", first):
        return "f" if words.has("female_words", first) else "m" if words.has("male_words", first) else ""
    male, female = words.has("male_names", first), words.has("female_names", first)
    return "" if male == female else "m" if male else "f"


def family_gender(tokens: Sentence, run: Run, words: Lexicon) -> str:
    """Tell a woman in "his sister, the playwright Ada Obi"."""
    for index in range(run.first - 1, max(0, run.first - FAMILY), -1):
        token, owner = tokens[index], tokens[index - 1]
        if (token.kind not in {"w", "p"} and not words.has("determiners", token.low)) or token.low in words.finite:
            return ""
        if owner.kind == "s" or words.has("owners", owner.low):
            return "f" if words.has("female_words", token.low) else "m" if words.has("male_words", token.low) else ""
    return ""


def learn_genders(cast: Cast, sentences: Sequence[Sentence]) -> None:
    """Take a person's gender from the pronouns of sentences where nobody else is mentioned."""
    alone: dict[int, Person | None] = {}
    for mention in cast.mentions:
        known = alone.setdefault(mention.sentence, mention.person)
        if known is not mention.person:
            alone[mention.sentence] = None
    votes: dict[int, Counter[str]] = {}
    first = {mention.sentence: mention.token for mention in reversed(cast.mentions)}
    for number, person in alone.items():
        if person is not None and not person.gender:
            # A pronoun before the name is somebody else's: "His rival, Ann Smith, …".
            votes.setdefault(person.order, Counter()).update(
                _pronoun_genders(sentences[number][first[number] :], cast.words)
            )
    for person in cast.people.values():
        person.gender = person.gender or _elected(votes.get(person.order))
        person.plausible = person.plausible or bool(person.gender)


def _elected(votes: Counter[str] | None) -> str:
    if not votes or votes["m"] == votes["f"]:
        return ""
    return votes.most_common(1)[0][0]


def _pronoun_genders(tokens: Sentence, words: Lexicon) -> list[str]:
    male, female = words.words["male"], words.words["female"]
    return [
        "m" if t.low in male else "f"
        for t in tokens
        if (t.low in male or t.low in female) and t.low != "him"  # "Ann, who voted to oust him"
    ]


def doubt_genders(cast: Cast, sentences: Sequence[Sentence], texts: Sequence[str]) -> None:
    """Turn a gender that only a given name tells where the text says otherwise: "Jesse Smith spoke. “…,” she said."

    Args:
        cast: the article's persons.
        sentences: all sentences in reading order.
        texts: for each sentence its paragraph's text.
    """
    votes: dict[int, Counter[str]] = {}
    doubted: dict[int, Person] = {}
    for number in range(1, len(sentences)):
        if texts[number] is not texts[number - 1]:
            continue
        pronoun = pronoun_that_speaks(sentences[number], cast.words)
        person = _told_alone(cast, number - 1, sentences, pronoun) if pronoun else None
        if person is None or cast.mentions_in(number):
            continue
        gender = "m" if pronoun == "he" else "f"
        votes.setdefault(person.order, Counter())[gender] += 1
        if person.gender not in {"", gender}:
            doubted[person.order] = person
    for order, person in doubted.items():
        person.gender = _elected(votes[order]) or person.gender


def pronoun_that_speaks(tokens: Sentence, words: Lexicon) -> str:
    """Return "she" of "“…,” she said" that opens the sentence."""
    if len(tokens) < _SAID or tokens[0].kind != "q" or tokens[2].low not in words.finite:
        return ""
    return tokens[1].low if tokens[1].low in {"he", "she"} else ""


def _told_alone(cast: Cast, number: int, sentences: Sequence[Sentence], pronoun: str) -> Person | None:
    """Return the only person of a sentence, where it tells what that person said and speaks of no other "she"."""
    mentions = cast.mentions_in(number)
    tokens = sentences[number]
    if len(mentions) != 1 or mentions[0].owner or _is_titled(tokens, mentions[0].token, cast.words):
        return None
    verb = next((i for i in range(mentions[0].token + 1, len(tokens)) if tokens[i].low in cast.words.finite), -1)
    if verb < 0 or cast.words.has("weak_verbs", tokens[verb].low):
        return None
    addressed = tokens[verb].low not in {"said", "says"} and tokens[verb + 1 : verb + 2]
    if addressed and addressed[0].low in {"him", "her"}:
        return None
    return None if any(token.low == pronoun for token in tokens) else mentions[0].person


def _is_titled(tokens: Sentence, first: int, words: Lexicon) -> bool:
    return words.has("male_words", tokens[first].low) or words.has("female_words", tokens[first].low)


def said_of(tokens: Sentence, last: int, words: Lexicon) -> str:
    """Return "f" for the Smith of "Smith said she would come", "" where no such pronoun follows."""
    following = [token.low for token in tokens[last + 1 : last + 4]]
    if not following or following[0] not in words.finite:
        return ""
    pronoun = following[2:3] if following[1:2] == ["that"] else following[1:2]
    return {"he": "m", "she": "f"}.get(pronoun[0], "") if pronoun else ""
