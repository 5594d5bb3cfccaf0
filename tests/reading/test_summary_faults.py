"""Faults that readers found in digests: no summary has them again."""

from bot.models import Article, Paragraph
from bot.reading.material import candidates
from bot.reading.summary import summarise

LEAD = "The old bridge of Harwick will be closed for repairs from Monday until the end of December, the council said."
NEWS = (
    LEAD,
    "Inspectors found cracks in four of the nine arches of the bridge in March, and repairs will cost eleven million.",
    "Shops on the eastern bank asked the council for lower rents until the bridge is open for customers again.",
    "The river rose by two metres last year and the cellars of the town hall stood under water for a week.",
    "The bridge was built in 1871 and carried trams until 1955, when the last line of the town was given up.",
)


def article(*texts: str, title: str = "Old bridge of Harwick to close for repairs", language: str = "en") -> Article:
    """Return an article of these paragraphs."""
    return Article(url="", title=title, language=language, paragraphs=tuple(map(Paragraph, texts)))


def fit(text: str, *before: str) -> bool:
    """Say whether a sentence may be shown at all."""
    return candidates(article(*before, text))[-1].fit


def test_a_sentence_from_which_words_are_cut_is_never_shown() -> None:
    """Dots between words are where a paywall has cut; within a quotation they are the reporter's own."""
    assert not fit("The council and the engineers of the county did ... that the bridge has to be closed.", LEAD)
    assert fit("The mayor of the town said that “it is ... not a good day” for all who need the bridge.", LEAD)


def test_a_report_may_begin_with_a_quotation_that_it_then_explains() -> None:
    """Where the first sentence quotes and then tells the news it is the lead; further down it belongs to the quotes."""
    spoken = (
        "“The bridge is tired, and so are all of us on both banks,” says Anna Hill, the mayor "
        "of Harwick, with whose signature the oldest crossing of the river was closed for nine months on Monday."
    )
    assert fit(spoken)
    assert not fit(spoken, LEAD)


def test_a_thing_is_known_once_a_sentence_of_the_summary_has_named_it() -> None:
    """“The company…” may hang in the air: not below the sentence of the summary that tells of it."""
    follows = "The company has run ferries in seven towns since floods, storms and ice destroyed their crossings."
    titled = article(LEAD, follows, title="A private company runs boats")
    assert not candidates(titled)[-1].pointing.hints
    assert candidates(article(LEAD, follows))[-1].pointing.things == {"company"}
    told = "A private {} from the coast will run boats for the council of Harwick until December without any charge."
    below = ("Nobody knows who will pay.", follows, "The river rose by two metres last year and cellars were wet.")
    assert follows in summarise(article(LEAD, told.format("company"), *below), budget=330)
    assert follows not in summarise(article(LEAD, told.format("owner"), *below), budget=330)


def test_a_label_that_no_list_knows_is_an_aside() -> None:
    """“Friday: …” is a line of a calendar, not a sentence of the news."""
    calendar = "Friday: the council meets again to talk about the rents."
    _, labelled, sentence = (found.pointing for found in candidates(article(LEAD, calendar, NEWS[2])))
    assert labelled.aside
    assert not sentence.aside


def test_somebody_named_in_full_only_later_is_unnamed() -> None:
    """A standfirst or a scene that gives a surname alone does not say who that is."""
    first, later = candidates(
        article("But Marsh found four cracks in the old steel.", "The engineer is called Paul Marsh.")
    )
    assert first.unnamed == {"Marsh"}
    assert later.introduces == {"Marsh"}


def test_a_given_name_may_look_like_a_common_word() -> None:
    """“Will Marsh” at the beginning of a sentence is somebody's full name, “But Marsh” is not."""
    texts = ("Will Marsh found four cracks in the old steel.", "But Marsh had looked in vain.")
    first, later = candidates(article(*texts))
    assert first.introduces == {"Marsh"}
    assert later.unnamed == {"Marsh"}


def test_german_nouns_are_nobodys_surname() -> None:
    """All nouns have capitals in German: only a surname whose bearer has a given name somewhere is one."""
    texts = ("Als Gröbner den Ball verliert, steht die Abwehr offen.", "Trainer Mathias Gröbner bleibt.")
    assert candidates(article(*texts, title="Ein Sieg", language="de"))[0].unnamed == {"Gröbner"}
    texts = ("Am Abend kam die Polizei an die alte Brücke.", "Die Berliner Polizei bleibt.")
    assert not candidates(article(*texts, title="Ein Sieg", language="de"))[0].unnamed


def test_what_stands_far_down_has_to_add_more() -> None:
    """A sentence that hardly adds anything is taken near the top and left where it is torn from its place."""
    small = "Nine different trams once went over these arches, as a board of the small museum tells its visitors."
    filler = tuple(f"{LEAD.removesuffix('.')} again, with its museum, on day {number}." for number in range(12))
    assert small in summarise(article(LEAD, small, *filler))
    assert small not in summarise(article(LEAD, *filler, small))
