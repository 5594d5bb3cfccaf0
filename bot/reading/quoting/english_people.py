"""Persons of an English article: which runs of capitalized words name one, and what is said of them."""

from collections.abc import Sequence

from bot.reading.quoting.cast import Cast, Person, surname_of
from bot.reading.quoting.english_described import take_up_described
from bot.reading.quoting.english_genders import (
    doubt_genders,
    family_gender,
    gender_of,
    is_given,
    learn_genders,
    pronoun_that_speaks,
)
from bot.reading.quoting.english_mentions import mention
from bot.reading.quoting.english_signs import acts, is_person_beside, speaks
from bot.reading.quoting.english_trades import with_trades_borne
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.names import Run, as_written, run_starting, without_letters
from bot.reading.quoting.tokens import COMMAS, KIND, Sentence, Token

_ARTICLES = ("al-", "el-", "ul-", "as-", "ash-", "ad-", "ar-", "an-", "az-")
# Tokens from a dateline's town to its dash.
_DATELINE = 9
_DASHES = COMMAS - {","}
# Tokens in which "Dewi, a retired midwife who" is described.
_DESCRIBED = 7


def gather_english(sentences: Sequence[Sentence], texts: Sequence[str], words: Lexicon) -> Cast:
    """Collect the persons of an article in two passes: full names first, then every mention.

    Args:
        sentences: all sentences in reading order.
        texts: for each sentence its paragraph's text.
        words: the language's words.
    """
    cast = Cast(words)
    runs = [
        (number, run, without_letters(name_text(tokens, text, run), words))
        for number, (tokens, text) in enumerate(zip(sentences, texts, strict=True))
        for run in _runs(tokens, words)
    ]
    alone = _speaking_alone(sentences, runs, words)
    for number, run, name in runs:
        _register(cast, sentences[number], name, run, alone)
    for number, run, _ in runs:
        if run.first == run.last:
            _register_spouse(cast, sentences[number], run)
    for number, run, name in runs:
        if run.name_first == run.last:
            goes_on = number + 1 < len(sentences) and texts[number + 1] is texts[number]
            _register_single(cast, sentences[number], name, run, sentences[number + 1] if goes_on else [])
    for number, run, name in with_trades_borne(cast, sentences, runs):
        mention(cast, number, sentences[number], name, run)
    take_up_described(cast, sentences)
    learn_genders(cast, sentences)
    doubt_genders(cast, sentences, texts)
    return cast


def _runs(tokens: Sentence, words: Lexicon) -> list[Run]:
    runs: list[Run] = []
    past = 0
    for index, token in enumerate(tokens):
        if token[KIND] != "C" or index < past:
            continue
        run = run_starting(tokens, index, words)
        if run is not None:
            past = run.last + 1
            if run.is_name:
                runs.append(run)
    return runs


def name_text(tokens: Sequence[Token], text: str, run: Run) -> str:
    """Return the name of a run as written, without the titles and what stands in quotation marks."""
    return as_written(tokens, text, run.name_first, run.last)


def _speaking_alone(sentences: Sequence[Sentence], runs: Sequence[tuple[int, Run, str]], words: Lexicon) -> set[str]:
    """Return the single words that speak without an article: "Lake said" tells that "Kari Lake" is no lake."""
    found: set[str] = set()
    for number, run, _ in runs:
        if run.name_first == run.last:
            tokens = sentences[number]
            before = tokens[run.first - 1].low if run.first else ""
            name = tokens[run.last].low
            if name not in found and not words.has("determiners", before) and speaks(tokens, run, words):
                found.add(name)
    return found


def _register(cast: Cast, tokens: Sentence, name: str, run: Run, alone: set[str]) -> None:
    if run.name_first == run.last or (not run.first and name.isupper() and _is_dateline(tokens, run)):
        return
    key = name.lower()
    if key in cast.people:
        return
    parts = [token for token in tokens[run.name_first : run.last + 1] if token.text != "."]
    parts = [token for token in parts if token.text and not cast.words.has("letters_behind", token.text)]
    if len(parts) < 2:  # noqa: PLR2004 - first name and surname
        return
    if parts[-1].low in cast.by_surname and _is_two_surnames(cast, key):
        return
    speaks = len(parts) == 2 and (  # noqa: PLR2004 - given name and surname
        _is_said_to_speak(tokens, parts, run, alone, cast.words) or is_person_beside(tokens, run, cast.words)
    )
    if not speaks and (not _may_be_person(parts, run, cast.words) or _is_attribute(tokens, run, cast.words)):
        return
    gender = gender_of(parts[0].low, run, cast.words) or family_gender(tokens, run, cast.words)
    person = Person(
        name,
        len(cast.people),
        gender,
        plausible=bool(gender) or run.titled or is_given(parts[0].low, cast.words) or acts(tokens, run, cast.words),
    )
    cast.people[key] = person
    surname = surname_of([part.text for part in parts])
    cast.by_surname.setdefault(surname, []).append(person)
    if surname.startswith(_ARTICLES):  # "Nouri al-Maliki", later "Maliki"
        cast.by_surname.setdefault(surname.partition("-")[2], []).append(person)
    cast.by_first_name.setdefault(parts[0].low, []).append(person)
    if len(parts) > 2:  # noqa: PLR2004 - "Montserrat Ferrer i Puig", later "Ferrer"
        _register_first_surname(cast, parts, person)


def _register_first_surname(cast: Cast, parts: Sequence[Token], person: Person) -> None:
    """Let "Ferrer" stand for "Montserrat Ferrer i Puig"; given names in the middle and initials are none."""
    surnames = [part.low for part in parts[1:-1] if len(part.text) > 2 and not cast.words.has("particles", part.low)]  # noqa: PLR2004
    if surnames and not is_given(surnames[-1], cast.words):
        cast.by_first_surname.setdefault(surnames[-1], []).append(person)


def _is_two_surnames(cast: Cast, name: str) -> bool:
    """Tell "García Márquez", who has been named in full."""
    bearers = cast.by_surname[name.rpartition(" ")[2]]
    return any(person.name.lower().endswith(f" {name}") for person in bearers)


def _register_spouse(cast: Cast, tokens: Sentence, run: Run) -> None:
    """Take "Roy and Pauline Cardinal" for Roy Cardinal too, where no other Roy is named in full."""
    last = run.last + 1
    if last + 2 >= len(tokens) or tokens[last].low != "and":
        return
    first = tokens[run.first]
    second = run_starting(tokens, last + 1, cast.words)
    if second is None or second.last != second.name_first + 1 or first.low in cast.by_first_name:
        return
    given = is_given(first.low, cast.words) and is_given(tokens[second.name_first].low, cast.words)
    surname = tokens[second.last]
    if not given or surname.kind != "C" or cast.words.has("organisation_words", surname.low):
        return
    name = f"{first.text} {surname.text}"
    person = cast.people[name.lower()] = Person(name, len(cast.people), gender_of(first.low, run, cast.words))
    cast.by_surname.setdefault(surname.low, []).append(person)
    cast.by_first_name[first.low] = [person]


def _is_dateline(tokens: Sentence, run: Run) -> bool:
    """Tell "ALPE D’HUEZ, France (AFP) -" from "KATIE PRICE has revealed"."""
    following = tokens[run.last + 1 : run.last + _DATELINE]
    return bool(following) and following[0].kind == "p" and any(token.text in _DASHES for token in following)


def _is_said_to_speak(tokens: Sentence, parts: Sequence[Token], run: Run, alone: set[str], words: Lexicon) -> bool:
    """Tell whether a surname speaks alone in the text; "Hyun Jae-won" may also speak in full."""
    if _is_hyphenated_given(parts[1]) and not is_given(parts[0].low, words):
        return parts[0].low in alone or speaks(tokens, run, words)
    return parts[1].low in alone and not words.has("adjectives", parts[0].low)


def _is_hyphenated_given(part: Token) -> bool:
    return part.text.count("-") == 1 and _is_compound(part)


def _is_attribute(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell "the Harrow Fell spillway" and "a partner at Foundry Nine": words that no list has as names."""
    if not run.first or run.titled or is_given(tokens[run.name_first].low, words):
        return False
    if tokens[run.first - 1].low == "at":
        return run.first > 1 and words.has("roles", tokens[run.first - 2].low)
    if run.last + 1 >= len(tokens):
        return False
    after = tokens[run.last + 1]
    noun = after.kind == "w" and after.low not in words.finite and not words.has("closed_class", after.low)
    return noun and tokens[run.first - 1].low in {"the", "a", "an"}


def _register_single(cast: Cast, tokens: Sentence, name: str, run: Run, following: Sentence) -> None:
    """Take a single name for a person where the text never gives more but lets it speak or calls it Mr or Ms."""
    courteous = "m" if run.male else "f" if run.female else ""
    if cast.find(name, gender=courteous) is not None or name.isupper():  # "WAVE reported": a station or an agency
        return
    alone_given = _is_introduced_alone(tokens, run, cast.words)
    if _no_person(name.lower(), cast.words) and not (alone_given and is_given(name.lower(), cast.words)):
        return
    alone_given = alone_given or (not run.first and _acts_and_speaks(tokens, run, following, cast.words))
    if run.male or run.female or alone_given or speaks(tokens, run, cast.words):
        gender = gender_of(name.lower(), run, cast.words)
        cast.people[name.lower()] = Person(name, len(cast.people), gender)


def _acts_and_speaks(tokens: Sentence, run: Run, following: Sentence, words: Lexicon) -> bool:
    """Tell "Tillman seized on it. “…,” he said." where the name opens its sentence."""
    behind = tokens[run.last + 1] if run.last + 1 < len(tokens) else None
    acts = behind is not None and behind.kind == "w" and behind.low.endswith("ed")
    return acts and bool(pronoun_that_speaks(following, words))


def _is_introduced_alone(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell a given name that is all we are told: "his wife, Jodie,", "her daughter Ruth", "his first name, Lee,"."""
    known = is_given(tokens[run.last].low, words)
    if known and [token.kind for token in tokens[run.last + 1 : run.last + 3]] == ["p", "n"]:
        return tokens[run.last + 1].text == ","  # "Emma, 34, a teacher"
    if _is_described_alone(tokens, run, words):
        return True
    if known and run.first < run.name_first and words.has("relations", tokens[run.first].low):
        return True  # "Groom Josh"
    if not run.first:
        return False
    place = run.first - (2 if tokens[run.first - 1].text == "," and run.first > 1 else 1)
    before, owner = tokens[place], tokens[place - 1] if place else None
    family = words.has("male_words", before.low) or words.has("female_words", before.low)
    if before.low in {"name", "surname"}:
        return True
    if not known and not (family and owner is not None and (owner.kind == "s" or words.has("owners", owner.low))):
        return False
    return before.kind == "w" and words.has("roles", before.low)


def _is_described_alone(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell a name that opens its sentence in "Dewi, a midwife who goes by one name, said"."""
    following = tokens[run.last + 1 : run.last + _DESCRIBED]
    if run.first or len(following) < _DESCRIBED - 1 or following[0].text != "," or following[1].low not in {"a", "an"}:
        return False
    who = next((place for place, token in enumerate(following) if token.low in {"who", "whose"}), 0)
    return who > 1 and words.has("roles", following[who - 1].low)


def _no_person(low: str, words: Lexicon) -> bool:
    listed = any(words.has(name, low) for name in ("organisation_words", "adjectives", "roles", "common_starts"))
    return listed and not words.has("surname_roles", low)


def _may_be_person(parts: list[Token], run: Run, words: Lexicon) -> bool:
    if any(words.has("determiners", part.low) for part in parts[:-1]):
        return False  # "told The Sun", "V. The Last Day" of a heading
    if words.has("place_starts", parts[0].low) and not run.titled:
        return False  # "in San Jose"
    if "-" in parts[1].text and _is_east_asian(parts, words):
        return True  # "Park Sung-min" is no park
    known = is_given(parts[0].low, words)
    if any(
        words.has("organisation_words", part.low) or _is_compound(part)
        for part in (parts[1:] if known else parts)  # "Bill" is a given name first, a law only alone
    ):
        return False
    return known or run.titled or not any(words.has("adjectives", part.low) for part in parts)


def _is_compound(part: Token) -> bool:
    """Tell "Chicago-based"."""
    return "-" in part.text and part.text.rpartition("-")[2].islower()


def _is_east_asian(parts: Sequence[Token], words: Lexicon) -> bool:
    """Tell "Kim Jong-un" and "Tsai Ing-wen", where the surname stands first."""
    return len(parts) == 2 and words.has("surnames_first", parts[0].low) and parts[1].text.count("-") == 1  # noqa: PLR2004
