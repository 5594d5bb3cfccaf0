"""Faults that readers found in digests: no summary has them again."""

from dataclasses import replace

import numpy as np

from bot.models import Article, Paragraph
from bot.reading.choice import without_repeated_standfirst
from bot.reading.coverage import Subject, WordCoverage
from bot.reading.facts import Facts, Told
from bot.reading.forms import forms
from bot.reading.leaning import Wording, runs_together
from bot.reading.material import candidates
from bot.reading.picks import Picks
from bot.reading.selection import Selection
from bot.reading.sentences import split
from bot.reading.summary import summarise
from bot.reading.taste import Taste
from bot.reading.words import stems_of

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
    assert later.introduces == {"Marsh", "Paul"}


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


def test_what_title_and_summary_have_said_is_not_said_again() -> None:
    """A sentence most of whose words the title and the chosen sentences have is passed over, whichever says which."""
    title = "Mayor Anna Hill of Harwick blames the storms of spring"
    again = "Mayor Anna Hill blames storms of this spring that the bridge will be closed."
    assert again not in summarise(article(LEAD, again, *NEWS[1:], title=title), budget=330)
    assert again in summarise(article(LEAD, again, *NEWS[1:], title="Harwick loses its crossing"), budget=330)


STANDFIRST = f"{LEAD} Shops on the eastern bank fear for their customers."
KITCHEN = "In the kitchen of a small house smoke hangs below the lamp while two brothers wash their plates."


def test_a_body_that_begins_with_a_scene_gives_way_below_its_standfirst() -> None:
    """In a long read whose first paragraph tells the news, what begins without a word of that sets a scene."""
    rest = [f"Household number {number} waits for its letter at home." for number in "ABCDEFGHIJKLM"]
    assert KITCHEN in summarise(article(STANDFIRST, KITCHEN, *NEWS[3:], *rest[:3]), budget=260)
    assert KITCHEN not in summarise(article(STANDFIRST, KITCHEN, *NEWS[3:], *rest), budget=260)


def test_what_has_no_word_of_the_news_is_left_far_down() -> None:
    """Far below the lead a sentence that shares no word with it or with the title is torn from its place."""
    filler = ("Nobody knows.",) * 13
    counted = "Frogs, herons, otters and eels of seven valleys {} were counted by volunteers of nine village schools."
    tied, torn = counted.format("below the bridge"), counted.format("below the hills")
    assert tied in summarise(article(LEAD, *filler, tied), budget=250)
    assert torn not in summarise(article(LEAD, *filler, torn), budget=250)


def test_one_persons_story_gives_way_to_the_news() -> None:
    """Somebody whom neither title nor tags name, and who says nothing, is an example: what is reported is news."""
    story = "Anna Hill takes home two loaves every evening from a bakery in another village."
    told = "Anna Hill said that her bakery in another village sells two loaves every evening."
    assert story not in summarise(article(LEAD, story, *NEWS[1:]), budget=300)
    assert candidates(article(LEAD, story))[1].portrays
    assert not candidates(article(LEAD, told))[1].portrays
    assert not candidates(article(LEAD, story, title="Anna Hill and her bakery"))[1].portrays


def test_what_speaks_of_the_page_is_left_out() -> None:
    """The page's own conversation, or its example, is no news."""
    for language, text in (
        ("uk", "Ми зустрілися з перекладачкою у Львові й поговорили про мову та її читачів."),
        ("ru", "Мы попросили рецепт у повара одного из ресторанов старого города."),
        ("de", "Wie das in einer Schule gehen kann, zeigt ein Beispiel aus dem Norden von Frankfurt."),
        ("en", "In this story the council's engineers explain what became of the bridge."),
    ):
        assert not candidates(article(LEAD, text, language=language))[-1].fit


def test_a_box_marked_with_a_sign_is_no_part_of_the_news() -> None:
    """A sign before a line marks a box or a list's item."""
    assert not fit("◆The council of Harwick has eleven members and meets on every first Monday of a month.", LEAD)


def test_figures_are_news() -> None:
    """Of two sentences that add as much, the one with figures is taken; a year is no figure."""
    plain = "Engineers of the county will look at every arch of the crossing and its many pillars."
    counted = "Engineers of the county will look at every arch of the crossing and its 36 pillars."
    dated = "Engineers of the county will look at every arch of the crossing and its 1936 pillars."
    weights = list(forms(candidates(article(LEAD, plain, counted, dated)), 0.5))
    assert weights[2] > weights[1] == weights[3]


def test_a_figure_said_again_makes_a_repetition() -> None:
    """Where two sentences share a figure, less else in common makes them say the same; a year does not count."""

    def shared(figure: str) -> float:
        first = ["council", "harwick", "met", figure, "times", "old", "bridge", "engineers"]
        again = [figure, "meetings", "reports", "speakers", "bridge", "council", "cost", "evenings"]
        return float(WordCoverage([first, again], Subject(), np.ones(2)).choose(0)[1])

    assert shared("2024") < Taste().same < shared("42")


def test_the_last_sentence_of_a_digest_tells_something_new() -> None:
    """From the fifth sentence of an article on, the last one of a digest has a name or a figure that is new."""
    filler = ("Nobody knows.",) * 3
    counted = "Frogs and herons below the bridge were counted by volunteers of {} in the spring."
    plain = counted.format("the schools")
    assert plain not in summarise(article(*NEWS[:2], *filler, plain), budget=330)
    for new in ("14 schools", "seven schools", "the Eastmoor schools"):
        assert counted.format(new) in summarise(article(*NEWS[:2], *filler, counted.format(new)), budget=330)


def test_words_are_told_in_whatever_form() -> None:
    """Forms and compounds of a word count as told; in German only people and acronyms are names."""

    def facts(text: str, language: str) -> Facts:
        return Facts(text, text.split(), language)

    told = Told(facts("Viele Länder verurteilen den Militäreinsatz", "de"))
    assert told.shares(facts("Verurteilt wird die Militäroperation", "de")) == 2
    assert not told.brings(facts("Am Abend folgt eine Sitzung", "de"))
    assert told.brings(facts("Am Abend folgt eine Sitzung der UNO", "de"))
    assert told.brings(facts("Am Abend folgen drei Sitzungen", "de"))
    assert not Told(facts("Мост в Москве закрыт", "ru")).brings(facts("Вчера закрыли мост Москвы", "ru"))


def test_a_lead_takes_the_place_of_a_standfirst_that_says_less() -> None:
    """Where both say the same, and the lead has more of the title, one of them is enough."""
    less = "Readers camped for nine days outside the building before councillors voted."
    more = "The council of Harwick voted to keep the library open after readers camped outside for nine days."
    rest = ("The roof needs repairs worth 90,000 pounds.", "A fund has raised a third of that sum.") * 3
    found = summarise(article(less, more, *NEWS[1:], *rest, title="Harwick council votes to keep library open"))
    assert more in found
    assert less not in found


def test_somebody_called_by_a_given_name_alone_is_unnamed() -> None:
    """“Anna lives…” does not say who that is where only another sentence gives the full name."""
    first, _ = candidates(article("By then Anna had left the town for good.", "Anna Hill was its mayor for years."))
    assert first.unnamed == {"Anna"}


def test_icelanders_are_called_by_their_given_names() -> None:
    """A given name that no list has is one before a patronymic."""
    texts = ("Svo fór Malín heim til sín um kvöldið.", "Malín Jónsdóttir býr í Reykjavík.")
    assert candidates(article(*texts, title="Frétt", language="is"))[0].unnamed == {"Malín"}


def test_a_pronoun_behind_a_day_points_back() -> None:
    """A day, though it has a capital, is nobody whom “she” or “her” could mean."""
    for language, text in (
        ("en", "In March, she returned to work in the town hall of Harwick."),
        ("de", "Am Tag nach ihrer Ankunft wurde die Lehrerin in Berlin befragt."),
    ):
        assert candidates(article(LEAD, text, language=language))[-1].leans


def test_a_standfirst_that_those_below_it_say_again_is_left_out() -> None:
    """Where all its names and most of its words stand in two sentences below it, it takes room for nothing."""
    below = (
        "Jon Hill, the mayor of Harwick, calls himself a modest member who criticises the schemes of his friends.",
        "The Marshes last month nearly maxed out what may be given, the only gift of both father and son this summer.",
    )

    def left(standfirst: str) -> list[int]:
        found = candidates(article(standfirst, *below))
        words = WordCoverage([stems_of(each.parts, "en") for each in found], Subject(), np.ones(3))
        return list(without_repeated_standfirst(Selection(found, words, Taste()), [0, 1, 2]))

    assert left("Modest mayor Hill of Harwick: father and son nearly max out their gifts to him") == [1, 2]
    assert left("Modest mayor Hill of Harwick: father and son give 900 pounds to him") == [0, 1, 2]


def test_a_scene_may_show_who_the_news_is_about() -> None:
    """The name of the main person ties a scene to no standfirst."""
    told = STANDFIRST.replace("the council said", "Anna Hill said")
    scene = "In her kitchen smoke hangs below the lamp while Anna Hill and two neighbours wash all their plates."
    rest = [f"Household number {number} waits for its letter at home." for number in "ABCDEFGHIJKLM"]
    assert scene not in summarise(article(told, scene, *NEWS[3:], *rest), budget=260)
    assert scene in summarise(article(told, scene, *NEWS[3:], *rest[:3]), budget=260)


def test_a_report_whose_lead_comes_late_begins_with_the_lead() -> None:
    """A first sentence without a word of title or tags is a scene where another paragraph has the title's words."""
    scene = "Nobody in the kitchen of the inn has slept much this week, and the kettle never stands still."
    assert summarise(article(scene, *NEWS), budget=330)[0] == LEAD
    assert summarise(article(scene, *NEWS, title="Sleepless kitchen"), budget=330)[0] == scene
    tagged = Article(
        url="",
        title="Old bridge of Harwick to close for repairs",
        language="en",
        tags=("inns", "kitchen", "kettle"),
        paragraphs=tuple(map(Paragraph, (scene, *NEWS))),
    )
    assert summarise(tagged, budget=330)[0] == scene


def test_one_word_of_the_title_makes_no_lead_of_a_scene() -> None:
    """Nor does the first sentence stand first with one, where a lead has more, but for a figure, a name, or no end."""
    scene = "Nobody near the bridge by the inn has slept much this week, and the kettle never stands still."
    assert summarise(article(scene, *NEWS), budget=330)[0] == LEAD
    for first in (scene.replace("Nobody", "Only 36"), scene.replace("the inn", "Anna Hill"), scene.rstrip(".")):
        assert summarise(article(first, *NEWS), budget=330)[0] == first


def test_below_a_scene_the_lead_needs_one_word_of_the_title() -> None:
    """What stands between a sentence that begins as scenes do and the first with a word of the title is the scene."""
    opening = "It was a quiet night, and only one lamp was lit in the whole of the main street."
    between = "Behind the window two neighbours knead their dough, stack the trays and hardly talk."
    told = "Since January 412 people of the village have run the last bakery themselves."
    titled = article(opening, between, told, *NEWS[3:], title="They bake at night so that all have a bakery")
    assert summarise(titled, budget=330)[0] == told
    assert between not in summarise(titled, budget=330)


def test_a_thing_told_of_before_points_back() -> None:
    """“The grant…” stands below “a large grant…” or not at all; nothing else makes a noun one that was told of."""
    first = "The works council welcomed a large grant of twelve million from the fund of the county."
    told, untold = "The grant has to be repaid.", "The mayor cut the ribbon herself."
    found = candidates(article(LEAD, first, told, untold))
    assert [each.pointing.things for each in found[2:]] == [{"grant"}, frozenset()]
    german = ("Der Kreis zahlt einen Zuschuss für die Brücke.", "Der Zuschuss läuft fünf Jahre.")
    assert candidates(article(LEAD, *german, title="Neu", language="de"))[2].pointing.things == {"zuschuss"}


def test_the_last_sentence_of_a_digest_does_not_point_back() -> None:
    """Two sentences are better than a third that may speak of what is not shown; what the title names is shown."""
    pointing = "The ticket for 36 pounds, which boats ask for, will be given to nine schools on the eastern bank."
    told = ("A ticket was announced.", pointing, *("Nobody knows.",) * 9)
    assert pointing not in summarise(article(*NEWS[:2], *told), budget=420)
    titled = article(*NEWS[:2], *told, title="A ticket for boats below the old bridge of Harwick")
    assert pointing in summarise(titled, budget=420)


def test_words_that_a_chosen_sentence_quotes_are_not_quoted_again() -> None:
    """A further sentence that quotes the same words tells nothing new, unless it has a new figure."""
    first = f"{LEAD.removesuffix('.')}, and the mayor Anna Hill called it “a bad joke”."
    again = "Owner Paul Marsh of the ferry said that “a bad joke” was what his wife and all neighbours think of it."
    filler = ("Nobody knows.",) * 12
    assert again not in summarise(article(first, again, *filler), budget=330)
    for other in (again.replace("bad joke", "fine idea"), again.replace("all", "36")):
        assert other in summarise(article(first, other, *filler), budget=330)


def test_a_rank_is_no_figure() -> None:
    """“No. 1” tells no number."""
    assert not Facts("It was the No. 1 motive, and № 2 of them", (), "en").figures
    assert Facts("There were 31 of them", (), "en").figures == {"31"}


def test_what_stands_below_a_lists_item_leans_on_its_heading() -> None:
    """In a list of numbered items, only sentences with a word of the title, numbers apart, stand alone."""
    items = ("1. Spoons", "The potter has two thousand of them from forty countries.", "2. Bread", "3. Water")
    listed = candidates(
        article(LEAD, *items, "Three rooms are all there is to see of a museum.", title="Three museums")
    )
    assert [each.pointing.leans for each in listed[2::4]] == [True]
    assert not listed[-1].pointing.leans
    assert not candidates(article(LEAD, *items[:2]))[2].pointing.leans


def test_a_border_that_the_page_has_lost_keeps_a_sentence_out() -> None:
    """“… until May However, it …” are two sentences; a name of such a word is none."""
    torn = "The offer of the ferry with 36 places is valid until May However, it costs two pounds."
    assert runs_together(torn, "en")
    assert not runs_together(torn.replace(" However", ". However"), "en")
    assert torn not in summarise(article(*NEWS[:2], torn), budget=330)
    german = "Die Aktion ist kurz gültig Ebenso gibt es 36 Karten."
    assert runs_together(german, "de")


def test_a_scene_of_somebody_begins_with_when() -> None:
    """“When Anna opened…” sets a scene; “When prices rise…” need not."""
    for language, text in (("en", "When Anna opened the door,"), ("de", "Als Anna die Tür öffnete,")):
        assert Wording(f"{text} …", language).sets_scene
    assert not Wording("When prices rise, shops close.", "en").sets_scene
    assert not Wording("Als Grund nannte sie den Preis.", "de").sets_scene


def test_a_person_of_the_first_paragraph_is_named_in_full() -> None:
    """A standfirst's second sentence about somebody whom only the text below names gives way."""
    second = "A new one is what Marsh, who found the cracks, has in mind."
    told = (f"{LEAD} {second}", "That was Paul Marsh.", *("Nobody knows.",) * 12)
    assert second not in summarise(article(*told), budget=250)
    assert second in summarise(article(*told, title="Marsh on the old bridge of Harwick"), budget=250)


def test_a_place_that_is_a_tag_is_nobodys_surname() -> None:
    """What a tag of one word names may stand alone."""
    texts = ("Shops in Upper Eastmoor are shut.", "Buses still go to Eastmoor.")
    tagged = Article(url="", title="Shops", language="en", tags=("Eastmoor",), paragraphs=tuple(map(Paragraph, texts)))
    assert candidates(article(*texts))[1].unnamed == {"Eastmoor"}
    assert not candidates(tagged)[1].unnamed


def test_words_that_begin_like_the_titles_tell_of_the_subject() -> None:
    """Compounds and forms of a title's words weigh what those weigh."""
    sentences = [["drogenfund", "palma"], ["wetterlage", "palma"]]
    worth = WordCoverage(sentences, Subject(title=["drogenrazzia"]), np.ones(2)).worth
    assert worth[0] > worth[1]


def test_what_follows_a_dash_is_all_said() -> None:
    """A paragraph that opens with a dash is an answer, each sentence of it, unless a second dash ends what is said."""
    answer = "— Do not run from the bear. Speak to it calmly and go back three steps."
    told = "— Do not run from the bear, — said Anna Hill. The council has put up nine signs."
    assert not any(each.fit for each in candidates(article(LEAD, answer))[1:])
    assert [each.fit for each in candidates(article(LEAD, told))[1:]] == [False, True]


def test_no_summary_begins_with_somebody_unnamed() -> None:
    """“Marsh was born…” is not tried for a first sentence, though what leans on it adds much; “Paul Marsh…” is."""

    def tried(text: str) -> bool:
        told = ("Bears came into nine villages.", "We met the engineer Paul Marsh: read on to learn more.", text)
        found = [each for each in candidates(article(*told, title="What to know")) if each.fit]
        words = WordCoverage([stems_of(each.parts, "en") for each in found], Subject(), np.ones(len(found)))
        return len(found) - 1 in Picks(Selection(found, words, Taste()), 700).starts()

    assert not tried("Marsh was born in Harwick and has counted bears in the hills since 2003.")
    assert tried("Paul Marsh was born in Harwick and has counted bears in the hills since 2003.")


def test_below_a_title_that_is_all_quotation_the_first_sentence_is_the_lead() -> None:
    """Such a title says nothing of what the article is about, so that no word of it is asked of a lead."""

    def leads(title: str) -> bool:
        found = candidates(
            article("Anna Hill spoke for weeks with two of the men who held the town hall.", *NEWS, title=title)
        )
        words = WordCoverage([stems_of(each.parts, "en") for each in found], Subject(), np.ones(len(found)))
        return Selection(found, words, Taste()).is_lead(0)

    assert leads("“I wanted them to like me. So one survives.”")
    assert not leads("“I wanted them to like me”: how one survives")


def test_a_sentence_of_one_telling_word_is_left_out() -> None:
    """“And now they wait.” has no figure, no name, and hardly a word: it is not shown even where nothing else is."""
    filler = ("Nobody knows.",) * 20
    for only, shown in (
        ("And now they wait.", False),
        ("And now 36 wait.", True),
        ("And now shops wait outside.", True),
    ):
        assert (only in summarise(article(f"{LEAD} {only}", *filler), budget=250)) is shown


SCENE = (
    "The tower is a steel box with windows all around, fourteen feet on a side, and it smells of kerosene.",
    "At the top of the stairs stands a stool with glass feet, for the days when there is lightning.",
    "A kettle hums.",
)
STANDFIRST = "Ruby Lund has watched for smoke from one chair since 1978. On Saturday the Forest Service takes it."


def with_standfirst(standfirst: str, *texts: str, title: str) -> tuple[str, ...]:
    """Return the digest of an article whose first paragraph its page sets apart."""
    return summarise(replace(article(standfirst, *texts, title=title), standfirst=1), budget=350)


def test_a_standfirst_opens_the_digest_whole_where_the_text_begins_with_a_scene() -> None:
    """A standfirst is the editors' own summary: it is shown in all its sentences rather than the scene below it."""
    filler = [f"Room {number} of the station was let to campers from the coast." for number in range(12)]

    found = with_standfirst(STANDFIRST, *SCENE, *filler, title="The last lookout on Sharp Top")

    assert found[:2] == tuple(split(STANDFIRST, "en"))


def test_a_lead_with_the_titles_words_comes_before_a_standfirst_without_them() -> None:
    """Where the first sentence below a standfirst tells the news of the title, the standfirst is no better."""
    lead = "The council of Harwick will close the old bridge for repairs until December, it said on Monday."
    filler = [f"Shop {number} on the eastern bank sells nets, ropes and lamps to fishermen." for number in range(12)]

    found = with_standfirst(
        "Traders fear the worst.", lead, *filler, title="Old bridge of Harwick to close for repairs"
    )

    assert lead in found


def test_a_digest_that_says_very_little_is_filled_up() -> None:
    """One short sentence of a long text is no digest: what else stands by itself follows, though it tells little."""
    lead, far = (
        "A wooden wolf divides the farmers of a village.",
        "The jars are swept up by boys from behind the tower.",
    )
    talk = ("How do you know when to stop?", "“I never know, and nobody ever does,” he says, and laughs out loud.")

    assert summarise(article(lead, *talk * 8, far, title="The wolf and the jars of Harwick")) == (lead, far)
