"""From the phrase that names a speaker to the person: full names, pronouns, roles."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reading.quoting.antecedents import antecedent, nearby, protagonist
from bot.reading.quoting.cast import Cast, Person
from bot.reading.quoting.english_genders import said_of
from bot.reading.quoting.english_trades import is_borne
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.names import as_written, without_letters
from bot.reading.quoting.phrases import Phrase, PhraseKind
from bot.reading.quoting.role_holders import JUST_NOW, Place, head_word, holder_of, introduced
from bot.reading.quoting.tokens import Sentence

# "the Ohio Republican", "the West Virginia Democrat"
_WORDS_OF_PARTY = 3
_WORDS_OF_AGE = 4
# "On Smith, he"
_WORDS_OF_ASIDE = 3
_TWO = 2
# Words of a name with its titles.
_NAME_WORDS = 4


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something.

    Attributes:
        name: the full name, or a description that holds a proper name; None where nobody is named.
        named_as: how the text says it at this place.
        is_person: a person of the article's cast.
        is_body: a name that nobody of the cast bears.
    """

    name: str | None
    named_as: str
    is_person: bool = False
    is_body: bool = False


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
    if describes_last(phrase, tokens, cast.words):
        aged = "-year-old" in written
        return _speaker(_just_described(phrase.first, sentence, cast, paragraph, aged=aged), written)
    if cast.words.language == "en" and phrase.first == phrase.last and is_borne(tokens, phrase.first, cast):
        place = phrase.first
        phrase = Phrase(PhraseKind.NAME, place, place, place, place, named=True)  # "Teller said" of Zvi Teller
    if phrase.kind is PhraseKind.NAME:
        return _by_name(phrase, tokens, text, Place(sentence, phrase.first, paragraph), cast)
    if phrase.kind is PhraseKind.PRONOUN:
        return _speaker(_meant(phrase, tokens, sentence, cast, paragraph), written)
    if cast.words.language == "en" and cast.words.has("documents", head_word(phrase, tokens, cast.words)):
        return Speaker(None, written)
    if phrase.named:
        known = introduced(phrase, tokens, sentence, cast)
        if known is None and tokens[phrase.first].low == "the" and cast.words.has("stand_ins", tokens[phrase.last].low):
            return Speaker(None, written)  # "the Durham all-rounder", whom the text has named
        described = Speaker(cast.as_subject(_without_article(written, cast.words), cited=phrase.oblique), written)
        return _speaker(known, written) if known is not None else described
    holder = holder_of(phrase, tokens, Place(sentence, phrase.first, paragraph), cast)
    if holder is None and tokens[phrase.first].low == "the" and cast.words.has("celebrities", tokens[phrase.last].low):
        holder = _just_described(phrase.first, sentence, cast, paragraph)  # "the singer" for whom no word introduced so
    return _speaker(holder, written)


def _by_name(phrase: Phrase, tokens: Sentence, text: str, place: Place, cast: Cast) -> Speaker:
    """Return the speaker that a name stands for, nobody where two are called so."""
    written = _written(text, tokens, phrase.first, phrase.last)
    if phrase.name_first and tokens[phrase.name_first - 1].low in {"younger", "elder"}:
        surname = tokens[phrase.name_last].low
        return _speaker(_just_named(surname, place, cast), written)
    if tokens[phrase.name_first - 1].low == "mrs" and tokens[phrase.name_last].low in cast.mothers:
        return _speaker(cast.mothers[tokens[phrase.name_last].low], written)
    if cast.unclear and (tokens[phrase.name_first - 1].low, tokens[phrase.name_last].low) in cast.unclear:
        return Speaker(None, written)  # "Mr Smith" of two who are called so
    name = without_letters(as_written(tokens, text, phrase.name_first, phrase.name_last), cast.words)
    bearers = cast.by_surname.get(name.lower(), ()) if cast.words.language == "en" else ()
    speaker = _named(name, phrase, cast)
    return speaker if len(bearers) < _TWO or phrase.gender else _who_speaks(bearers, speaker, phrase, tokens, cast)


def _who_speaks(bearers: Sequence[Person], usual: Speaker, phrase: Phrase, tokens: Sentence, cast: Cast) -> Speaker:
    """Return who of several Smiths "Smith said she" and "Smith said" mean: a woman, and who has spoken before."""
    gender = said_of(tokens, phrase.name_last, cast.words)
    fitting = [person for person in bearers if not gender or person.gender in {"", gender}]
    spoke = {person.order for _, person in cast.spoke}
    before = [person for person in fitting if person.order in spoke]
    if len(fitting) != 1 and len(before) != 1:
        return usual
    person = fitting[0] if len(fitting) == 1 else before[0]
    return Speaker(person.name, usual.named_as, is_person=person.plausible)


def _written(text: str, tokens: Sentence, first: int, last: int) -> str:
    return " ".join(text[tokens[first].start : tokens[last].end].split())


def _speaker(person: Person | None, written: str) -> Speaker:
    return Speaker(person.name if person else None, written, is_person=person is not None and person.plausible)


def _meant(phrase: Phrase, tokens: Sentence, sentence: int, cast: Cast, paragraph: int) -> Person | None:
    """Return whom a pronoun means; its gender is then that person's."""
    gender = _pronoun_gender(tokens[phrase.first].low, cast.words)
    aside = asked_first(tokens, cast.words) or _opens_aside(phrase.first, tokens, cast.words)
    before = 0 if aside else phrase.first
    said = _who_said_so(phrase.first, tokens, sentence, gender, cast) if gender else None
    other = cast.asking.get(sentence - 1) if sentence == paragraph else None  # an answer opens a paragraph
    person = said or (antecedent(cast, sentence, before, gender, paragraph, other) if gender else None)
    if person is None and gender and cast.words.language == "en":
        person = protagonist(cast, sentence, gender)
    if person is not None:
        person.gender, person.plausible = person.gender or gender, True
    return person


def _opens_aside(pronoun: int, tokens: Sentence, words: Lexicon) -> bool:
    """Tell "On Smith, he said" and "Addressing Smith directly, she added": whom it is about or done to is another."""
    if words.language != "en" or pronoun < _WORDS_OF_ASIDE or tokens[pronoun - 1].text != ",":
        return False
    low = tokens[0].low
    inside = tokens[1 : pronoun - 1]
    opens = words.has("about", low) or (low.endswith("ing") and not words.has("prepositions", low))
    return opens and not any(token.kind in {"p", "q"} and token.text != "." for token in inside)


def _who_said_so(pronoun: int, tokens: Sentence, sentence: int, gender: str, cast: Cast) -> Person | None:
    """Return Smith for "he" in "Asked by Jones, Smith admitted that he": the subject of the verb straight before."""
    verb = pronoun - 1 - (pronoun > 1 and tokens[pronoun - 1].low == "that")
    if cast.words.language != "en" or verb < 1 or tokens[verb].low not in cast.words.finite:
        return None
    near = [m for m in cast.mentions_in(sentence) if verb - _NAME_WORDS <= m.token < verb and not m.owner]
    straight = near and all(token.kind == "C" for token in tokens[near[-1].token : verb])
    return near[-1].person if straight and near[-1].person.gender in {"", gender} else None


def describes_last(phrase: Phrase, tokens: Sentence, words: Lexicon) -> bool:
    """Tell "the 18-year-old" and "the Portuguese", which stand for whom the text has just spoken of."""
    first = phrase.first - 1 if phrase.kind is PhraseKind.NAME and phrase.first else phrase.first
    if words.language != "en" or tokens[first].low != "the":
        return False
    low = tokens[phrase.last].low
    aged = tokens[first + 1].low.endswith("-year-old") and first + 1 < phrase.last <= first + _WORDS_OF_AGE
    if aged and not words.has("organisation_words", low):
        return True  # "the 52-year-old auto-electrician", of whatever trade
    following = tokens[phrase.last + 1 : phrase.last + 3]
    aged_behind = [token.kind for token in following] == ["p", "n"] and following[0].text == ","
    if aged_behind and phrase.kind is not PhraseKind.NAME:
        return True  # "the Starfall actress, 36, tells us"
    if phrase.last != first + 1:
        if words.has("celebrities", low):
            return True
        return words.has("parties", low) and phrase.last - first <= _WORDS_OF_PARTY
    if low.endswith(("-year-old", "-years-old")) or words.has("demonyms", low):
        return True
    unlisted = low.endswith(("ian", "ese")) and tokens[phrase.last].kind == "C"  # "the Umbrian"
    return unlisted and not words.has("organisation_words", low)


def _just_described(token: int, sentence: int, cast: Cast, paragraph: int, *, aged: bool = False) -> Person | None:
    """Return whom "the Norwegian" means: the nearest person as a subject, else who has just spoken."""
    person = antecedent(cast, sentence, token, "", paragraph)
    if aged and person is not None and _alone_of_late(person, cast, sentence, token):
        return person
    if person is None or not _just_mentioned(person, cast, sentence):
        return None
    last = next(mention for mention in reversed(cast.mentions) if mention.person is person)
    if last.sentence >= paragraph or last.token < _NAME_WORDS:
        return person
    number, speaker = cast.spoke[-1] if cast.spoke else (0, person)
    return speaker if number >= sentence - JUST_NOW else None


def _alone_of_late(person: Person, cast: Cast, sentence: int, token: int) -> bool:
    """Tell whom alone the last sentences name, wherever in them: "After the fire, Ann Smith walked over it."."""
    return all(mention.person is person for mention in nearby(cast.mentions, sentence, token))


def _just_named(surname: str, place: Place, cast: Cast) -> Person | None:
    """Return whom "the younger Smith" means: the only Smith of the paragraph so far."""
    near = [m.person for m in nearby(cast.mentions, *place[:2]) if m.sentence >= place.paragraph]
    fitting = {person.order: person for person in near if person.name.lower().endswith(surname)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _just_mentioned(person: Person, cast: Cast, sentence: int) -> bool:
    return any(
        mention.person is person and mention.sentence >= sentence - JUST_NOW for mention in reversed(cast.mentions)
    )


def _named(name: str, phrase: Phrase, cast: Cast) -> Speaker:
    person = cast.find(name, gender=phrase.gender, oblique=phrase.oblique)
    if phrase.known_only and person is None:
        return Speaker(None, name)
    full = person.name if person else cast.full_name(name, gender=phrase.gender, oblique=phrase.oblique)
    body = person is None or (not person.gender and " " in full)  # what the text calls neither he nor she
    return Speaker(full, name, is_person=person is not None and person.plausible, is_body=body)


def _without_article(written: str, words: Lexicon) -> str:
    first, _, rest = written.partition(" ")
    if first.lower() == "the" and rest and not words.has("articles_kept", first):
        return rest
    plain = first in {"A", "An", "One"} or (words.language == "en" and words.has("common_starts", first.lower()))
    plain = plain and not words.has("titles", first.lower())
    return f"{first.lower()} {rest}" if plain and rest else written


def _pronoun_gender(low: str, words: Lexicon) -> str:
    return "m" if words.has("male", low) else "f" if words.has("female", low) else ""


def asked_first(tokens: Sentence, words: Lexicon) -> bool:
    """Tell a sentence that opens with a question put to its subject: "Asked about Smith, he said"."""
    low = tokens[0].low if tokens else ""
    opening = tokens[1].low if low == "when" and len(tokens) > 1 else low
    return words.has("questioned", opening)
