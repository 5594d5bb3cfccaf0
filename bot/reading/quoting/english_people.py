"""Persons of an English article: which runs of capitalized words name one, and what is said of them."""

from collections.abc import Sequence

from bot.reading.quoting.cast import Cast, Mention, Person, surname_of
from bot.reading.quoting.english_genders import FAMILY, family_gender, gender_of, is_given, learn_genders
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.names import Run, as_written, run_starting, without_letters
from bot.reading.quoting.tokens import KIND, Sentence, Token

# Words of "After Megan left for college, …".
_LONGEST_LEAD = 20
_FULL_TITLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
}


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
    for number, run, name in runs:
        if run.name_first == run.last:
            _register_single(cast, sentences[number], name, run)
    for number, run, name in runs:
        _mention(cast, number, sentences[number], name, run)
    learn_genders(cast, sentences)
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
            if not words.has("determiners", before) and _speaks(tokens, run, words):
                found.add(tokens[run.last].low)
    return found


def _register(cast: Cast, tokens: Sentence, name: str, run: Run, alone: set[str]) -> None:
    if run.name_first == run.last:
        return
    key = name.lower()
    if key in cast.people:
        return
    parts = [token for token in tokens[run.name_first : run.last + 1] if token.text != "."]
    parts = [token for token in parts if token.text and not cast.words.has("letters_behind", token.text)]
    if len(parts) < 2:  # noqa: PLR2004 - first name and surname
        return
    speaks = len(parts) == 2 and parts[1].low in alone and not cast.words.has("adjectives", parts[0].low)  # noqa: PLR2004
    if not speaks and not _may_be_person(parts, run, cast.words):
        return
    gender = gender_of(parts[0].low, run, cast.words) or family_gender(tokens, run, cast.words)
    person = Person(
        name,
        len(cast.people),
        gender,
        plausible=bool(gender) or run.titled or is_given(parts[0].low, cast.words) or _acts(tokens, run, cast.words),
    )
    cast.people[key] = person
    cast.by_surname.setdefault(surname_of([part.text for part in parts]), []).append(person)
    cast.by_first_name.setdefault(parts[0].low, []).append(person)


def _register_single(cast: Cast, tokens: Sentence, name: str, run: Run) -> None:
    """Take a single name for a person where the text never gives more but lets it speak or calls it Mr or Ms."""
    courteous = "m" if run.male else "f" if run.female else ""
    if cast.find(name, gender=courteous) is not None or name.isupper():  # "WAVE reported": a station or an agency
        return
    alone_given = _is_introduced_alone(tokens, run, cast.words)
    if _no_person(name.lower(), cast.words) and not (alone_given and is_given(name.lower(), cast.words)):
        return
    if run.male or run.female or alone_given or _speaks(tokens, run, cast.words):
        gender = gender_of(name.lower(), run, cast.words)
        cast.people[name.lower()] = Person(name, len(cast.people), gender)


def _is_introduced_alone(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell a given name that is all we are told: "his wife, Jodie,", "her daughter Ruth", "his first name, Lee,"."""
    known = is_given(tokens[run.last].low, words)
    if known and [token.kind for token in tokens[run.last + 1 : run.last + 3]] == ["p", "n"]:
        return tokens[run.last + 1].text == ","  # "Emma, 34, a teacher"
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


def _no_person(low: str, words: Lexicon) -> bool:
    return any(words.has(name, low) for name in ("organisation_words", "adjectives", "roles", "common_starts"))


def _acts(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell whether the name speaks or is described as a person is: "Zosin said", "Yevhen Zosin, 74,"."""
    if _speaks(tokens, run, words):
        return True
    following = tokens[run.last + 1 : run.last + 3]
    if len(following) < 2 or following[0].text != ",":  # noqa: PLR2004 - the comma and one word
        return False
    return following[1].kind == "n" or following[1].low in {"who", "whose", "a", "an", "from"}


def _is_asked(following: Sentence, words: Lexicon) -> bool:
    """Tell "was asked" and ", for his part," behind a name."""
    low = [token.low for token in following]
    asked = len(low) > 1 and low[0] == "was" and words.has("questioned", low[1])
    return asked or low in ([",", "for", "his"], [",", "for", "her"])


def _speaks(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    if _is_asked(tokens[run.last + 1 : run.last + 4], words):
        return True
    before = tokens[run.first - 1] if run.first else None
    if run.last + 1 < len(tokens) and _plain_verb(tokens[run.last + 1], words):
        return before is None or not words.has("prepositions", before.low)
    return (
        before is not None and _plain_verb(before, words) and run.first > 1 and tokens[run.first - 2].kind in {"q", "p"}
    )


def _plain_verb(token: Token, words: Lexicon) -> bool:
    return token.low in words.finite and token.low not in words.nounlike and not words.has("weak_verbs", token.low)


def _may_be_person(parts: list[Token], run: Run, words: Lexicon) -> bool:
    if words.has("determiners", parts[0].low) or (words.has("place_starts", parts[0].low) and not run.titled):
        return False  # "told The Sun", "in San Jose"
    known = is_given(parts[0].low, words)
    if any(
        words.has("organisation_words", part.low) or (_is_compound(part) and not _is_east_asian(parts, words))
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


def _modifies(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell Keller in "Keller campaign manager Jo Smith said", which is about the manager."""
    for index in range(run.last + 1, min(run.last + FAMILY, len(tokens) - 1)):
        token = tokens[index]
        if token.kind != "w" or words.has("prepositions", token.low):
            return False
        if token.low in words.finite and token.low not in words.nounlike:
            return False
        if tokens[index + 1].kind == "C":
            return words.has("roles", token.low)
    return False


def _is_led_in(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell Megan in "After Megan left, Keller hired two clerks.", which is about Keller."""
    if run.first > _LONGEST_LEAD or not words.has("leading_in", tokens[0].low):
        return False
    comma = next((index for index, token in enumerate(tokens[: 2 * _LONGEST_LEAD]) if token.text == ","), -1)
    following = tokens[comma + 1 : comma + 2]
    return run.last < comma and bool(following) and following[0].kind == "C"


def _mention(cast: Cast, number: int, tokens: Sentence, name: str, run: Run) -> None:
    possible = "m" if run.male else "f" if run.female else ""
    person = cast.find(name, gender=possible)
    if person is None:
        return
    person.count += 1
    if run.name_first == run.last and not person.plausible:  # companies are shortened to their first word
        person.plausible = name.lower() == person.name.rpartition(" ")[2].lower()
    if possible and not person.gender:
        person.gender = possible
    owner = run.last + 1 < len(tokens) and (
        tokens[run.last + 1].kind == "s" or _modifies(tokens, run, cast.words) or _is_led_in(tokens, run, cast.words)
    )
    cast.mentions.append(Mention(number, run.first, person, owner=owner))
    roles = _roles_beside(tokens, run, cast.words)
    person.plausible = person.plausible or bool(roles)
    for role in roles:
        cast.roles.setdefault(role, []).append((number, person))


def _roles_beside(tokens: Sentence, run: Run, words: Lexicon) -> list[str]:
    """Return the roles said of a name: in front of it ("Mayor Ann Smith") or after a comma ("Ann Smith, the mayor")."""
    before = [token.low for token in tokens[max(0, run.first - 2) : run.name_first]]
    if run.first and tokens[run.first - 1].low in words.finite and tokens[run.first - 1].low not in words.nounlike:
        before = (
            before[-(run.name_first - run.first) :] if run.name_first > run.first else []
        )  # "the teacher told Smith"
    after = _after_comma(tokens, run, words)
    kept = [tokens[run.name_first].low] if words.has("keep_before_name", tokens[run.name_first].low) else []
    found = [_FULL_TITLES.get(low, low) for low in before + kept + after]
    return [low for low in found if words.has("roles", low) and not words.has("organisation_words", low)]


def _after_comma(tokens: Sentence, run: Run, words: Lexicon) -> list[str]:
    """Return the words that describe a name behind it; none where they are a subject: "asked Smith, his aide said"."""
    after: list[str] = []
    if run.last + 2 >= len(tokens) or tokens[run.last + 1].text != ",":
        return after
    for token in tokens[run.last + 2 : run.last + 12]:
        if token.low in words.finite and token.low not in words.nounlike:
            return []
        if token.text == "," or token.kind == "q" or words.has("prepositions", token.low):
            break
        after.append(token.low)
    return after
