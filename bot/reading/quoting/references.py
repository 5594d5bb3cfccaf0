"""From the phrase that names a speaker to the person: full names, pronouns, roles."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reading.quoting.cast import Cast, Mention, Person
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.tokens import Sentence

# A pronoun reaches no farther back than this many sentences.
_FARTHEST = 8
_RANK_COST = 0.4
_JUST_NOW = 2
_SHORTLY = 3
_OF_COUNTRIES = ("ский", "ская", "цкий", "цкая", "ський", "ська", "цький", "цька", "зький", "зька")
# "the Ohio Republican", "the West Virginia Democrat"
_WORDS_OF_PARTY = 3
_UNKNOWN_GENDER = 0.7
_IMPLAUSIBLE = 3.0
_OWNER = 0.5
_SPOKE = 0.3
_SAME_PARAGRAPH = 0.5


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something.

    Attributes:
        name: the full name, or a description that holds a proper name; None where nobody is named.
        named_as: how the text says it at this place.
        is_person: a person of the article's cast.
    """

    name: str | None
    named_as: str
    is_person: bool = False


def resolve(  # noqa: PLR0917
    phrase: Phrase, tokens: Sentence, text: str, sentence: int, cast: Cast, paragraph: int = 0
) -> Speaker | None:
    """Return the speaker that a phrase stands for.

    Args:
        phrase: as read from the sentence.
        tokens: the sentence.
        text: its paragraph.
        sentence: its running number in the article.
        cast: the article's persons.
        paragraph: the number of the paragraph's first sentence.
    """
    written = _written(text, tokens, phrase.first, phrase.last)
    if _describes_last(phrase, tokens, cast.words):
        person = antecedent(cast, sentence, phrase.first, "", paragraph)
        near = person if person is not None and _just_mentioned(person, cast, sentence) else None
        return _speaker(near, written)
    if phrase.kind is PhraseKind.NAME:
        return _named(_written(text, tokens, phrase.name_first, phrase.name_last), phrase, cast)
    if phrase.kind is PhraseKind.PRONOUN:
        return _speaker(_meant(phrase, tokens, sentence, cast, paragraph), written)
    if cast.words.language == "en" and cast.words.has("documents", _head_word(phrase, tokens, cast.words)):
        return Speaker(None, written)
    if phrase.named:
        known = _introduced(phrase, tokens, sentence, cast)
        described = Speaker(cast.as_subject(_without_article(written, cast.words)), written)
        return _speaker(known, written) if known is not None else described
    return _speaker(_by_role(phrase, tokens, sentence, cast, paragraph), written)


def _written(text: str, tokens: Sentence, first: int, last: int) -> str:
    return " ".join(text[tokens[first].start : tokens[last].end].split())


def _speaker(person: Person | None, written: str) -> Speaker:
    return Speaker(person.name if person else None, written, is_person=person is not None and person.plausible)


def _meant(phrase: Phrase, tokens: Sentence, sentence: int, cast: Cast, paragraph: int) -> Person | None:
    """Return whom a pronoun means; its gender is then that person's."""
    gender = _pronoun_gender(tokens[phrase.first].low, cast.words)
    before = 0 if _asked_first(tokens, cast.words) else phrase.first
    person = antecedent(cast, sentence, before, gender, paragraph) if gender else None
    if person is not None:
        person.gender, person.plausible = person.gender or gender, True
    return person


def _describes_last(phrase: Phrase, tokens: Sentence, words: Lexicon) -> bool:
    """Tell "the 18-year-old" and "the Portuguese", which stand for whom the text has just spoken of."""
    first = phrase.first - 1 if phrase.kind is PhraseKind.NAME and phrase.first else phrase.first
    if words.language != "en" or tokens[first].low != "the":
        return False
    low = tokens[phrase.last].low
    if phrase.last != first + 1:
        return words.has("parties", low) and phrase.last - first <= _WORDS_OF_PARTY
    return low.endswith(("-year-old", "-years-old")) or words.has("demonyms", low)


def _just_mentioned(person: Person, cast: Cast, sentence: int) -> bool:
    return any(
        mention.person is person and mention.sentence >= sentence - _JUST_NOW for mention in reversed(cast.mentions)
    )


def _named(name: str, phrase: Phrase, cast: Cast) -> Speaker:
    person = cast.find(name, gender=phrase.gender, oblique=phrase.oblique)
    if phrase.known_only and person is None:
        return Speaker(None, name)
    full = person.name if person else cast.full_name(name, gender=phrase.gender, oblique=phrase.oblique)
    return Speaker(full, name, is_person=person is not None and person.plausible)


def _without_article(written: str, words: Lexicon) -> str:
    first, _, rest = written.partition(" ")
    if first.lower() == "the" and rest and not words.has("articles_kept", first):
        return rest
    return f"{first.lower()} {rest}" if first in {"A", "An", "One"} else written


def _pronoun_gender(low: str, words: Lexicon) -> str:
    return "m" if words.has("male", low) else "f" if words.has("female", low) else ""


def antecedent(cast: Cast, sentence: int, token: int, gender: str, paragraph: int = 0) -> Person | None:
    """Return the person that a pronoun most likely means.

    Nearness decides first: each sentence back costs one, each mention before it in its sentence a little (a pronoun
    most often means the last subject, and subjects come first), an unknown gender a little; having just spoken and
    standing in the same paragraph gain something.
    """
    best: tuple[float, Person] | None = None
    rank: dict[int, int] = {}
    for mention in _nearby(cast.mentions, sentence, token):
        place = rank.get(mention.sentence, 0)
        rank[mention.sentence] = place + 1
        person = mention.person
        if gender and person.gender not in {"", gender}:
            continue
        cost = (
            sentence - mention.sentence + _RANK_COST * place + (0 if person.gender or not gender else _UNKNOWN_GENDER)
        )
        cost += (0 if person.plausible else _IMPLAUSIBLE) + (_OWNER if mention.owner else 0)
        cost -= _SAME_PARAGRAPH if mention.sentence >= paragraph else 0
        best = _nearer(best, cost, person)
    for number, person in cast.spoke[-_FARTHEST:]:
        if (not gender or person.gender in {"", gender}) and sentence - _FARTHEST < number < sentence:
            best = _nearer(best, sentence - number - _SPOKE, person)
    return best[1] if best else None


def _nearer(best: tuple[float, Person] | None, cost: float, person: Person) -> tuple[float, Person]:
    return best if best is not None and best[0] <= cost else (cost, person)


def _asked_first(tokens: Sentence, words: Lexicon) -> bool:
    """Tell a sentence that opens with a question put to its subject: "Asked about Smith, he said"."""
    low = tokens[0].low if tokens else ""
    opening = tokens[1].low if low == "when" and len(tokens) > 1 else low
    return words.has("questioned", opening)


def _nearby(mentions: Sequence[Mention], sentence: int, token: int) -> list[Mention]:
    found: list[Mention] = []
    for mention in reversed(mentions):
        if mention.sentence > sentence or (mention.sentence == sentence and mention.token >= token):
            continue
        if mention.sentence <= sentence - _FARTHEST:
            break
        found.append(mention)
    return found[::-1]


def _introduced(phrase: Phrase, tokens: Sentence, sentence: int, cast: Cast) -> Person | None:
    """Return Smith for "the Vermont senator" where one senator, Smith, has just been mentioned."""
    low = _head_word(phrase, tokens, cast.words)
    owned = any(token.kind == "s" for token in tokens[phrase.first : phrase.last])
    if cast.words.language != "en" or tokens[phrase.first].low != "the" or owned:
        return None
    holders = {person.order for number, person in cast.roles.get(low, []) if number <= sentence}
    near = [m.person for m in _nearby(cast.mentions, sentence, phrase.first) if m.sentence >= sentence - _JUST_NOW]
    fitting = {person.order: person for person in near if person.order in holders}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _head_word(phrase: Phrase, tokens: Sentence, words: Lexicon) -> str:
    """Return "secretary" of "the secretary of state"."""
    for index in range(phrase.first + 1, phrase.last):
        if words.has("prepositions", tokens[index].low):
            return tokens[index - 1].low
    return tokens[phrase.last].low


def _by_role(phrase: Phrase, tokens: Sentence, sentence: int, cast: Cast, paragraph: int) -> Person | None:
    """Return who was introduced as "the minister" so far, of several the last one named in the paragraph."""
    words = [token.low for token in tokens[phrase.first : phrase.last + 1]]
    if cast.words.language != "en":
        following = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
        before = tokens[phrase.first - 1].low if phrase.first else ""
        if before.endswith(_OF_COUNTRIES) and phrase.first > 1:  # "подчеркнул французский лидер"
            before = tokens[phrase.first - 2].low
        if cast.words.has("continuing", before):
            continued = _last_speaker(cast, sentence)
            if continued is not None:
                return continued
        bare = (following is None or following.kind in {"p", "q"}) and before in cast.words.finite
        return _slavic_role(words[-1], sentence, phrase.first, cast, paragraph, bare=bare)
    if words[0] not in {"the", "his", "her"} or any(token.kind == "s" for token in tokens[phrase.first : phrase.last]):
        return None
    role = _head_word(phrase, tokens, cast.words)
    return _holder(role, sentence, phrase.first, cast, paragraph)


def _slavic_role(role: str, sentence: int, token: int, cast: Cast, paragraph: int, *, bare: bool) -> Person | None:
    """Return who "the minister" is; where nobody was introduced so, the only person named shortly before.

    The last holds where the role stands alone and is one with which a text takes up a person again ("каже депутат"),
    not one that brings in somebody new ("рассказал очевидец", "каже депутат від опозиції").
    """
    role = cast.words.canonical_role(role)
    if cast.roles.get(role):
        return _holder(role, sentence, token, cast, paragraph)
    if not bare or not cast.words.has("definite_roles", role):
        return None
    genders = {"", _role_gender(role, cast.words)}
    mentions = [
        m
        for m in _nearby(cast.mentions, sentence, token)
        if m.sentence >= sentence - _SHORTLY and (len(genders) == 1 or m.person.gender in genders)
    ]
    last = [m for m in mentions if m.sentence == mentions[-1].sentence]
    subjects = [m for m in last if not m.owner]  # in the nominative, so that others are only spoken of
    near = {m.person.order: m.person for m in subjects or last}
    return next(iter(near.values())) if len(near) == 1 else None


def _last_speaker(cast: Cast, sentence: int) -> Person | None:
    """Return who goes on in "додав чиновник"."""
    number, person = cast.spoke[-1] if cast.spoke else (-_FARTHEST, None)
    newer = [m for m in _nearby(cast.mentions, sentence, 0) if m.sentence > number and not m.owner]
    if newer and newer[-1].person is not person:
        return None  # somebody else has come in between
    return person if number >= sentence - _JUST_NOW else None


def _role_gender(role: str, words: Lexicon) -> str:
    """Return "f" for a word that means women only, "m" for one that means men only, else ""."""
    if words.has("women", role) or role.endswith(("ка", "иця", "ица")):
        return "f"
    return "m" if words.has("men", role) else ""


def _holder(role: str, sentence: int, token: int, cast: Cast, paragraph: int) -> Person | None:
    holders = {person.order: person for number, person in cast.roles.get(role, []) if number <= sentence}
    if len(holders) == 1:
        return next(iter(holders.values()))
    near = [mention.person for mention in _nearby(cast.mentions, sentence, token) if mention.sentence >= paragraph]
    fitting = [person for person in near if person.order in holders]
    return fitting[-1] if fitting else None
