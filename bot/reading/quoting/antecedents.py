"""Whom the text has last spoken of: what pronouns and roles point back to."""

from collections import Counter
from collections.abc import Sequence

from bot.reading.quoting.cast import Cast, Mention, Person

# A pronoun reaches no farther back than this many sentences.
_FARTHEST = 8
_RANK_COST = 0.4
_UNKNOWN_GENDER = 0.7
_IMPLAUSIBLE = 3.0
_OWNER = 0.5
_SPOKE = 0.3
_SAME_PARAGRAPH = 0.5
# Mentions of whom a text is about, and how many times as many as of others.
_OFTEN, _FAR_OFTENER = 4, 2


def antecedent(  # noqa: PLR0917
    cast: Cast, sentence: int, token: int, gender: str, paragraph: int = 0, other: Person | None = None
) -> Person | None:
    """Return the person that a pronoun most likely means.

    Nearness decides first: each sentence back costs one, each mention before it in its sentence a little (a pronoun
    most often means the last subject, and subjects come first), an unknown gender a little; having just spoken and
    standing in the same paragraph gain something. `other` is somebody who is not meant.
    """
    best: tuple[float, Person] | None = None
    rank: dict[int, int] = {}
    for mention in nearby(cast.mentions, sentence, token):
        place = rank.get(mention.sentence, 0)
        rank[mention.sentence] = place + 1
        person = mention.person
        if person is other or (gender and person.gender not in {"", gender}):
            continue
        cost = (
            sentence - mention.sentence + _RANK_COST * place + (0 if person.gender or not gender else _UNKNOWN_GENDER)
        )
        cost += (0 if person.plausible else _IMPLAUSIBLE) + (_OWNER if mention.owner else 0)
        cost -= _SAME_PARAGRAPH if mention.sentence >= paragraph else 0
        best = _nearer(best, cost, person)
    for number, person in cast.spoke[-_FARTHEST:]:
        if (
            person is not other
            and (not gender or person.gender in {"", gender})
            and sentence - _FARTHEST < number < sentence
        ):
            best = _nearer(best, sentence - number - _SPOKE, person)
    return best[1] if best else None


def protagonist(cast: Cast, sentence: int, gender: str) -> Person | None:
    """Return whom a long text is about, for a "she" behind a page on her without her name.

    That is who is named far oftener than anybody else who may be meant, and has been named by now.
    """
    if gender not in cast.protagonists:
        cast.protagonists[gender] = _named_most(cast, gender)
    first, person = cast.protagonists[gender] or (sentence, None)
    return person if first < sentence else None


def _named_most(cast: Cast, gender: str) -> tuple[int, Person] | None:
    """Return the person and the sentence of the first mention."""
    told = Counter(mention.person.order for mention in cast.mentions)
    fitting = [person for person in cast.people.values() if person.plausible and person.gender in {"", gender}]
    ranked = sorted(fitting, key=lambda person: -told[person.order])
    most, others = next(iter(ranked), None), ranked[1:]
    if most is None or told[most.order] < _OFTEN or most.gender != gender:
        return None
    if others and told[most.order] < _FAR_OFTENER * told[others[0].order]:
        return None
    return next((mention.sentence, most) for mention in cast.mentions if mention.person is most)


def _nearer(best: tuple[float, Person] | None, cost: float, person: Person) -> tuple[float, Person]:
    return best if best is not None and best[0] <= cost else (cost, person)


def nearby(mentions: Sequence[Mention], sentence: int, token: int) -> list[Mention]:
    """Return the mentions of the last sentences before this token, in reading order."""
    found: list[Mention] = []
    for mention in reversed(mentions):
        if mention.sentence > sentence or (mention.sentence == sentence and mention.token >= token):
            continue
        if mention.sentence <= sentence - _FARTHEST:
            break
        found.append(mention)
    return found[::-1]
