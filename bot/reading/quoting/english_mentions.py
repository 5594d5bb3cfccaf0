"""Where the persons of an English article are mentioned, and the roles that stand beside their names."""

from bot.reading.quoting.cast import Cast, Mention, Person
from bot.reading.quoting.english_genders import FAMILY, said_of
from bot.reading.quoting.lexicon import Lexicon
from bot.reading.quoting.names import Run
from bot.reading.quoting.tokens import Sentence

# Words of "After Megan left for college, …".
_LONGEST_LEAD = 20
# Tokens from "who" to the name in it.
_RELATIVE = 8
# Tokens from the name to its comma, with this.
_BEHIND = 5
# Words of "The minister of state for petroleum", before its comma.
_SHORTEST_OFFICE, _LONGEST_OFFICE = 4, 12
_WHERE = frozenset({"at", "in", "near", "outside", "inside", "into", "on", "the"})
_SOME = frozenset({"a", "an", "another"})
_ASKING = frozenset({"asked", "wondered"})
_WHETHER = frozenset({"whether", "if"})
_FEW_MENTIONS = 4
# Mothers come behind all whose names the text has in full.
_NO_ORDER = -1
_FULL_TITLES = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
    "cllr": "councillor",
}
_WIDER = {"justice": "judge", "senator": "lawmaker", "representative": "lawmaker", "mp": "lawmaker"}


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


def _is_attributive(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell Keller in "a spokeswoman for the Keller campaign", which is about the campaign."""
    after = tokens[run.last + 1]
    if after.kind != "w":
        return False
    return after.low not in words.finite and not words.has("closed_class", after.low) and not after.low.endswith("ed")


def _is_led_in(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell Megan in "After Megan left, Keller hired two clerks.", which is about Keller."""
    if run.first > _LONGEST_LEAD or not words.has("leading_in", tokens[0].low):
        return False
    comma = next((index for index, token in enumerate(tokens[: 2 * _LONGEST_LEAD]) if token.text == ","), -1)
    following = tokens[comma + 1 : comma + 2]
    return run.last < comma and bool(following) and following[0].kind == "C"


def _is_told_of(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell Rico in "Kash Dhillon, who plays bad boy Rico this year, said", which is about Dhillon."""
    for token in tokens[run.last + 1 : run.last + _BEHIND]:
        if token.text == ",":
            break
        if token.kind == "C":
            return False
    else:
        return False
    for index in range(run.first - 1, max(1, run.first - _RELATIVE), -1):
        if tokens[index].text == ",":
            return False
        if tokens[index].low == "who":
            return _describes(tokens, index, words)
    return False


def _describes(tokens: Sentence, who: int, words: Lexicon) -> bool:
    """Tell "Smith, who", "Smith, a physician who" and "The Long Road star, who"."""
    for index in range(who - 1, max(1, who - _RELATIVE), -1):
        if tokens[index].text == ",":
            return tokens[index - 1].kind == "C" or words.has("celebrities", tokens[index - 1].low)
        if tokens[index].kind != "w":
            return False
    return False


def _wife(cast: Cast, number: int, surname: str) -> Person | None:
    """Return Grace for "Mrs Parry" behind "Michael Parry died. His wife, Grace, rang."."""
    bearers = cast.by_surname.get(surname, ())
    if not bearers or any(person.gender != "m" for person in bearers):
        return None
    known = [(at, person) for role in ("wife", "widow") for at, person in cast.roles.get(role, ())]
    wives = {p.order: p for at, p in known if " " not in p.name and at <= number}
    return next(iter(wives.values())) if len(wives) == 1 else None


def _mother(cast: Cast, number: int, surname: str, bearer: Person) -> Person | None:
    """Return who "Mrs Parry" is behind "Eleri Parry died. Her mother, Fflur, rang.": not Eleri."""
    low = surname.lower()
    if low in cast.mothers:
        return cast.mothers[low]
    wife = _wife(cast, number, low)
    if wife is not None:
        cast.mothers[low] = wife
    if wife is not None or " " not in bearer.name:
        return wife
    near = {m.person.order for m in cast.mentions[-_FEW_MENTIONS:] if m.sentence >= number - 2}
    mothers = [p for role in ("mother", "mum", "mom") for _, p in cast.roles.get(role, ()) if " " not in p.name]
    if not any(mother.order in near for mother in mothers):
        return None
    cast.mothers[low] = Person(f"Mrs {surname}", _NO_ORDER - len(cast.mothers), "f")
    return cast.mothers[low]


def _is_unclear(cast: Cast, number: int, surname: str, gender: str) -> bool:
    """Tell "Mr Parry" behind "Roy Parry and his son Tom Parry", or "his wife rang Roy. Tom Parry, their son, came."."""
    bearers = [person for person in cast.by_surname.get(surname, ()) if person.gender in {"", gender}]
    met = {m.person.order: m.sentence for m in reversed(cast.mentions) if m.person in bearers}
    named = sorted((met[person.order], person.count) for person in bearers if person.order in met)
    if len(named) > 1:  # as much has been said of both, who came in together
        return named[1][0] - named[0][0] <= 1 and named[0][1] == named[1][1]
    roles = ("husband", "father", "dad") if gender == "m" else ()
    others = [p for role in roles for at, p in cast.roles.get(role, ()) if " " not in p.name and at <= number]
    wives = [person for person in cast.by_surname.get(surname, ()) if person.gender == "f"]
    return bool(others and wives and bearers) and not any(person in bearers for person in others)


def _called(cast: Cast, number: int, tokens: Sentence, run: Run, person: Person) -> Person | None:
    """Return whom a title and a surname mean, None where they may mean two."""
    title, surname = tokens[run.first].low, tokens[run.last]
    if title == "mrs":
        person = _mother(cast, number, surname.text, person) or person
    if not cast.words.has("courtesies", title):
        return person
    if _is_unclear(cast, number, surname.low, "m" if run.male else "f" if run.female else ""):
        cast.unclear.add((title, surname.low))
    return None if (title, surname.low) in cast.unclear else person


def mention(cast: Cast, number: int, tokens: Sentence, name: str, run: Run) -> None:
    """Note that a name stands here, for whom it stands, and the roles said beside it.

    Args:
        cast: the article's persons, all registered.
        number: the sentence's running number.
        tokens: the sentence.
        name: the run as written, without titles.
        run: where in the sentence it stands.
    """
    possible = "m" if run.male else "f" if run.female else ""
    if not possible and run.name_first == run.last and len(cast.by_surname.get(name.lower(), ())) > 1:
        possible = said_of(tokens, run.last, cast.words)
    person = cast.find(name, gender=possible)
    if person is None:
        return
    if run.first < run.name_first == run.last:
        person = _called(cast, number, tokens, run, person)
        if person is None:
            return
    person.count += 1
    if run.name_first == run.last and not person.plausible:  # companies are shortened to their first word
        person.plausible = name.lower() == person.name.rpartition(" ")[2].lower()
    if possible and not person.gender:
        person.gender = possible
    owner = run.last + 1 < len(tokens) and (
        tokens[run.last + 1].kind == "s"
        or (run.first and tokens[run.first - 1].low in {"the", "a"} and _is_attributive(tokens, run, cast.words))
        or _modifies(tokens, run, cast.words)
        or _is_led_in(tokens, run, cast.words)
        or _is_told_of(tokens, run, cast.words)
    )
    if run.first and _is_no_mention(tokens, run, person):
        return
    cast.mentions.append(Mention(number, run.first, person, owner=owner))
    if _asks(tokens, run, cast.words):
        cast.asking[number] = person
    roles = _roles_beside(tokens, run, cast.words)
    person.plausible = person.plausible or bool(roles)
    for role in roles:
        cast.roles.setdefault(role, []).append((number, person))


def _is_no_mention(tokens: Sentence, run: Run, person: Person) -> bool:
    """Tell "A Whitney Houston was typed", a thing, and "the menu at Osteria Nove", a place."""
    before = tokens[run.first - 1].low
    thing = run.first == run.name_first < run.last and before in _SOME
    return thing or (not person.plausible and before in _WHERE)


def _asks(tokens: Sentence, run: Run, words: Lexicon) -> bool:
    """Tell "Smith asked if" and "She was asked by Smith"."""
    following = [token.low for token in tokens[run.last + 1 : run.last + 3]]
    if len(following) > 1 and following[0] in _ASKING and following[1] in _WHETHER:
        return True
    return run.first > 1 and tokens[run.first - 1].low == "by" and words.has("questioned", tokens[run.first - 2].low)


def _roles_beside(tokens: Sentence, run: Run, words: Lexicon) -> list[str]:
    """Return the roles said of a name: in front of it ("Mayor Ann Smith") or after a comma ("Ann Smith, the mayor")."""
    before = [token.low for token in tokens[max(0, run.first - 2) : run.name_first]]
    if run.first and tokens[run.first - 1].low in words.finite and tokens[run.first - 1].low not in words.nounlike:
        before = (
            before[-(run.name_first - run.first) :] if run.name_first > run.first else []
        )  # "the teacher told Smith"
    if run.first and words.has("prepositions", tokens[run.first - 1].low):
        before = before[2:]  # "a former colleague of Smith"
    after = _after_comma(tokens, run, words)
    kept = [tokens[run.name_first].low] if words.has("keep_before_name", tokens[run.name_first].low) else []
    found = [_FULL_TITLES.get(low, low) for low in before + kept + after]
    found += _apposed_to(tokens, run, words)
    roles = [low for low in found if words.has("roles", low) and not words.has("organisation_words", low)]
    return roles + [wider for low in roles if (wider := _wider_role(low))]


def _apposed_to(tokens: Sentence, run: Run, words: Lexicon) -> list[str]:
    """Return the head of a longer phrase before a name: "The minister of state for petroleum, Bola Adeyinka, said"."""
    comma = run.first - 1
    if comma < _SHORTEST_OFFICE or tokens[comma].text != ",":
        return []
    head: list[str] = []
    for index in range(comma - 1, max(-1, comma - _LONGEST_OFFICE), -1):
        token = tokens[index]
        if token.low in words.finite or token.kind not in {"w", "C", "s"}:
            return []
        if words.has("prepositions", token.low) and index:
            head = [tokens[index - 1].low]
        elif words.has("articles", token.low) or words.has("owners", token.low):
            opens = (
                not index or tokens[index - 1].kind in {"p", "q"} or words.has("conjunctions", tokens[index - 1].low)
            )
            return head if opens else []
    return []


def _wider_role(role: str) -> str:
    """Return what a text also calls a justice or a meteorologist."""
    return "scientist" if role.endswith(("ologist", "physicist")) else _WIDER.get(role, "")


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
