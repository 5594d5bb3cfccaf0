"""Whether a person of an English article is a man or a woman, as names, titles and pronouns tell."""

from collections import Counter
from collections.abc import Sequence

from bot.reading.quoting.cast import Cast, Person
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.names import Run
from bot.reading.quoting.tokens import Sentence

FAMILY = 5
"""Words between a name and what describes it."""


def is_given(low: str, words: Lexicon) -> bool:
    """Tell whether a lower-case word is a given name that the lists have."""
    return words.has("male_names", low) or words.has("female_names", low)


def gender_of(first: str, run: Run, words: Lexicon) -> str:
    """Return "m" or "f" by the title or the given name, "" where neither tells or both bear it."""
    if run.male or run.female:
        return "m" if run.male else "f"
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
    return [
        "m" if words.has("male", t.low) else "f"
        for t in tokens
        if (words.has("male", t.low) or words.has("female", t.low)) and t.low != "him"  # "Ann, who voted to oust him"
    ]
