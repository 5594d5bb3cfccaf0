"""The summary: what it may be made of, how it is chosen, and sumy's algorithms beside ours."""

import socket
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import Article, Paragraph, ParagraphKind, Quote
from bot.reading.leaning import Wording, leans
from bot.reading.material import candidates
from bot.reading.sentences import split
from bot.reading.summarizers import ALGORITHMS, OURS, Tokenizer, document, summarizer
from bot.reading.summary import BUDGET, MOST_SENTENCES, summarise
from bot.reading.words import address_words, content_stems

TITLE = "Old bridge of Harwick to close for repairs until December"
NEWS = [
    "The old bridge of Harwick will be closed for repairs from Monday until the end of December, the council said.",
    "It also announced a free ferry. “We know that this is hard for everyone who works on the other bank,” Mayor Anna "
    "Hill told reporters on Friday.",
    "“The steel is tired and we have no time left,” said the engineer Paul Marsh.",
    "Details: the ferry will carry three hundred people an hour between the two banks of the river.",
    "Photo: Ada Stone",
    "Inspectors found cracks in four of the nine arches of the bridge in March, and the council ordered repairs that "
    "will cost eleven million pounds.",
    "Sign up for our newsletter to get the latest news of Harwick every morning.",
    "However, shopkeepers near the bridge fear that they will lose half of their customers before Christmas.",
    "Shops on the eastern bank asked the council for lower rents until the bridge is open for customers again.",
    "Last year the river rose by two metres and the cellars of the town hall stood under water for a week.",
    "The bridge was built in 1871 and carried trams until 1955, when the last line of the town was given up.",
]


def article(*texts: str, title: str = TITLE, language: str = "en", kind: ParagraphKind = ParagraphKind.BODY) -> Article:
    """Return an article of these paragraphs."""
    paragraphs = tuple(Paragraph(text, kind) for text in texts)
    return Article(url="https://news.example/a", title=title, language=language, paragraphs=paragraphs)


def test_the_summary_is_verbatim_in_order_and_within_its_budget() -> None:
    """Every sentence is one of the article's own, in its order, and all fit the room there is."""
    given_article = article(*NEWS)
    everything = [sentence for text in NEWS for sentence in split(text, "en")]
    summary = summarise(given_article)
    assert 1 <= len(summary) <= MOST_SENTENCES
    assert sum(map(len, summary)) <= BUDGET
    assert [everything.index(sentence) for sentence in summary] == sorted(map(everything.index, summary))


def test_the_lead_of_a_news_item_comes_first() -> None:
    """News that begins with what happened is summarized from there."""
    assert summarise(article(*NEWS))[0] == NEWS[0]


def test_what_cannot_stand_alone_is_left_out() -> None:
    """No caption, call, label, quotation or sentence that points back to one not shown is in a summary."""
    for budget in (150, 300, 700, 1200):
        for text in summarise(article(*NEWS), budget=budget, most=9):
            assert not text.startswith(("Photo", "Sign up", "Details", "“"))
            previous = [s for p in NEWS for s in split(p, "en")]
            before = previous[previous.index(text) - 1]
            assert not leans(text, "en") or before in summarise(article(*NEWS), budget=budget, most=9)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "He also stressed the cost.", True),
        ("en", "At the same time, prices fell.", True),
        ("en", "“They left at dawn.", True),
        ("en", "The governor will never do that.", True),
        ("en", "The silence was the answer to his question.", True),
        ("en", "The engineer Paul Marsh gave his answer.", False),
        ("en", "This week the council meets again.", False),
        ("en", "The council meets again.", False),
        ("en", "Hebrew is taught there in two schools of the town.", False),
        ("en", "Two years earlier the council had refused.", True),
        ("de", "Zwei Jahre zuvor hatte der Stadtrat das abgelehnt.", True),
        ("uk", "За рік до цього рада відмовила.", True),
        ("ru", "Через год после этого совет отказал.", True),
        ("uk", "За рік ціни зросли вдвічі.", False),
        ("uk", "Також він наголосив на ціні.", True),
        ("uk", "При цьому ціни впали.", True),
        ("uk", "За його словами, міст закриють.", True),
        ("uk", "Тим часом пором стояв.", True),
        ("uk", "За словами Зеленського, міст закриють.", False),
        ("uk", "Цього року міст не відкриють.", False),
        ("ru", "Также он подчеркнул цену.", True),
        ("ru", "При этом цены упали.", True),
        ("ru", "По его словам, мост закроют.", True),
        ("ru", "По словам мэра, мост закроют.", False),
        ("ru", "В то время как паром стоял, мост закрыли.", False),
        ("de", "Dabei fielen die Preise.", True),
        ("de", "Der Stadtrat schloss die Brücke.", False),
    ],
)
def test_sentences_that_point_back_are_known(language: str, text: str, expected: bool) -> None:
    """Pronouns and connectives at the start, and pronouns at the end, make a sentence lean on the one before."""
    assert leans(text, language) is expected


def test_a_leaning_sentence_may_follow_the_one_that_it_leans_on() -> None:
    """“It also…” is readable right behind the sentence that says who."""
    two = "The council of Harwick closes the old bridge for repairs. It also announced a free ferry until December."
    long = article(two, *NEWS[5:], title="Harwick: a ferry while the bridge is repaired")
    assert summarise(long, most=2, budget=240) == tuple(split(two, "en"))


def test_nothing_is_said_twice() -> None:
    """A sentence that repeats one already chosen in other order is not chosen."""
    again = "From Monday until the end of December the old bridge of Harwick will be closed for repairs."
    assert again not in summarise(article(NEWS[0], again, *NEWS[5:]))


def test_the_title_is_not_said_again() -> None:
    """A subtitle that only repeats the title is no news to who has read it."""
    repeated = "The old bridge of Harwick to close for repairs until December."
    assert repeated not in summarise(article(repeated, *NEWS))
    assert summarise(article(repeated, repeated + " It will."), budget=30) == (repeated,)


def test_the_same_sentence_is_given_once() -> None:
    """A pull quote that repeats a sentence of the text is no second sentence of the summary."""
    summary = summarise(article(NEWS[0], NEWS[5], NEWS[0], *NEWS[8:]))
    assert len(summary) == len(set(summary))


def test_quotations_belong_to_the_quotes() -> None:
    """A sentence that is mostly somebody's words is not summary material while there is anything else."""
    found = candidates(article(NEWS[2], NEWS[0]))
    assert [candidate.fit for candidate in found] == [False, True]


def test_somebody_named_before_is_known_as_unnamed() -> None:
    """A surname alone needs the sentence that gave the full name; a name of the title does not."""
    texts = [
        "Paul Marsh looked at the steel.",
        "Marsh found four cracks.",
        "The cracks are old.",
    ]
    assert [candidate.unnamed for candidate in candidates(article(*texts))] == [set(), {"Marsh"}, set()]
    titled = candidates(article(*texts, title="Marsh finds cracks"))
    assert not titled[1].unnamed


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The company closed two of its shops.", True),
        ("en", "The 19-year-old’s death was confirmed.", True),
        ("en", "One of the best things about this bag is its collar.", True),
        ("en", "Shops closed early this week in Harwick.", False),
        ("en", "The bridge closed for repairs.", False),
        ("de", "Die 30 Jahre alte Ukrainerin arbeitet seit Mai.", True),
        ("de", "Rund tausend Menschen waren dort dem Aufruf gefolgt.", True),
        ("uk", "Мер у цьому рішенні сумнівався.", True),
        ("uk", "Мер приїде цього тижня.", False),
        ("ru", "Мэр в этом решении сомневался.", True),
        ("no", "I 2014 ble denne broen stengt.", True),
        ("en", "In 2017, after a year of tests, the team came back.", True),
        ("en", "Harwick, the town of nine bridges, came back.", False),
        ("de", "Im Mai haben die Forscher den Fluss vermessen.", True),
        ("de", "Im Mai haben Forscher den Fluss vermessen.", False),
        ("en", "The minister was asked about the rents.", True),
        ("de", "In den Schulen waren es nur 147 Kinder.", True),
        ("uk", "Паркомісце за той самий рік приносить шість тисяч.", True),
        ("ru", "Парковка за тот же год приносит шесть тысяч.", True),
    ],
)
def test_words_that_may_point_back_are_known(language: str, text: str, expected: bool) -> None:
    """Definite things, demonstratives and somebody's age alone are better behind the sentence that explains them."""
    assert Wording(text, language).hints(TITLE) is expected


def test_a_thing_that_the_title_names_needs_no_other_sentence() -> None:
    """Behind "Old bridge…", "the company" is unclear; behind "Company closes shops" it is not."""
    assert not Wording("The company closed two of its shops.", "en").hints("Company closes shops")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "We drove on until it was dark.", True),
        ("en", "Anna Hill said: “We are glad.”", False),
        ("en", "The US closed its embassy.", False),
        ("de", "Wir fuhren weiter, bis es dunkel war.", True),
        ("uk", "Наш кореспондент приїхав удень.", True),
        ("ru", "Мы приехали днём.", True),
    ],
)
def test_the_writers_own_part_is_known(language: str, text: str, expected: bool) -> None:
    """ "We" within quotation marks is somebody else, and the US is not us."""
    assert Wording(text, language).personal is expected


def test_a_scene_gives_way_to_the_news() -> None:
    """A long read that opens with a morning in the hills is summarized from where its title's news stands."""
    scene = "On a clear morning in late March the hills behind the farm were white, and two dogs ran along the fence."
    more = ["Nothing moved but a lorry far below.", "Smoke stood above the farm like a tree without leaves."]
    told = [scene, *more, *NEWS[5:], NEWS[0]]
    summary = summarise(article(*told), budget=340)
    assert scene not in summary
    assert NEWS[0] in summary


def test_nobody_is_met_by_surname_alone() -> None:
    """A sentence that begins with a surname is taken only with the one that gives the full name."""
    texts = [NEWS[0], "“Enough,” said the engineer Paul Marsh.", "Marsh found cracks in four arches.", *NEWS[7:]]
    assert texts[2] not in summarise(article(*texts), budget=400)
    named = [NEWS[0], "Steel of the old bridge was tested by the engineer Paul Marsh in March.", *texts[2:]]
    assert summarise(article(*named), budget=260)[1:] == (named[1], named[2])


def test_who_is_quoted_most_may_go_by_surname() -> None:
    """The digest's quotes give the full name."""
    texts = [
        NEWS[0],
        "“Enough is enough,” said the engineer Paul Marsh.",
        "Marsh found cracks in four of the arches.",
        *NEWS[7:],
    ]
    made = article(*texts)
    assert texts[2] not in summarise(made, budget=240)
    quoted = replace(made, quotes=(Quote("Enough is enough", speaker="Paul Marsh"),))
    assert texts[2] in summarise(quoted, budget=160)


def test_the_tags_tell_what_the_article_is_about() -> None:
    """Where the title is a pun, the tags say which sentences matter."""
    punned = article(*NEWS[4:], title="Troubled water")
    assert NEWS[8] not in summarise(punned, budget=300, most=2)
    tagged = replace(punned, tags=("Shops", "Rents", "Customers", "Eastern Bank"))
    assert NEWS[8] in summarise(tagged, budget=300, most=2)


def test_the_words_of_an_address_are_known() -> None:
    """An address's longest part often words the headline; one of few words, or of numbers, names something else."""
    assert (
        address_words("https://news.example/2024/shops-ask-for-lower-rents-12345.html") == "shops ask for lower rents"
    )
    assert address_words("https://news.example/news/2024/7489425/") == ""
    assert address_words("") == ""


def test_a_sentence_cut_off_by_a_paywall_is_not_shown() -> None:
    """The last sentence of a short article that ends in dots is incomplete."""
    assert summarise(article(NEWS[0], "The council had asked for help from...")) == (NEWS[0],)


@pytest.mark.parametrize(("count", "expected"), [(2, 2), ("20%", 2)])
def test_our_summarizer_counts_as_sumys_do(count: int | str, expected: int) -> None:
    """A number of sentences, or a share of them, may be asked for as of any of sumy's summarizers."""
    made = article(*NEWS[5:], title="Harwick", language="en")
    found = document(made, [c for c in candidates(made) if c.fit])
    share = count if isinstance(count, int) else "40%"
    assert len(summarizer(OURS, "en")(found, share)) == expected


def test_a_short_article_is_shown() -> None:
    """What fits the budget is not summarized; only what cannot stand there is left out."""
    short = article(NEWS[0], "It also announced a free ferry.", "Photo: Ada Stone", NEWS[10])
    assert summarise(short) == (NEWS[0], "It also announced a free ferry.", NEWS[10])


def test_background_serves_only_where_there_is_nothing_else() -> None:
    """Background and reference paragraphs, sources and headings are not what happened."""
    old = "The two banks of the river have been joined by this bridge of nine arches since the year 1871. " * 10
    mixed = article(*NEWS)
    mixed = replace(mixed, paragraphs=(*mixed.paragraphs, Paragraph(old, ParagraphKind.BACKGROUND)))
    assert not set(split(old, "en")) & set(summarise(mixed, most=9, budget=3000))
    assert summarise(article(old, kind=ParagraphKind.BACKGROUND))


def test_an_article_without_a_whole_sentence_still_says_something() -> None:
    """Where no sentence is fit, the least bad one is better than nothing."""
    listed = [
        f"{number}. Item number {number} of a long list of things that somebody has written down"
        for number in range(40)
    ]
    assert summarise(article(*listed))


def test_an_empty_article_has_no_summary() -> None:
    """Nothing comes of nothing."""
    assert summarise(article()) == ()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm_of_sumy_can_be_chosen(algorithm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours and sumy's work on the same material, offline: no NLTK data is looked for on the net."""

    def no_net(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", no_net)
    summary = summarise(article(*NEWS), algorithm=algorithm)
    assert summary
    assert all(any(sentence in text for text in NEWS) for sentence in summary)
    assert not any(sentence.startswith(("Photo", "Sign up")) for sentence in summary)


def test_an_unknown_algorithm_is_an_error() -> None:
    """A misspelled setting does not pass in silence."""
    with pytest.raises(KeyError):
        summarise(article(*NEWS), algorithm="best")


def test_the_tokenizer_has_sumys_shape() -> None:
    """Sumy's parsers and summarizers call these two methods."""
    tokenizer = Tokenizer("uk")
    assert tokenizer.to_sentences("Міст на вул. Садовій закрили. Пором ходить.") == (
        "Міст на вул. Садовій закрили.",
        "Пором ходить.",
    )
    assert tokenizer.to_words("Об'єкт «Міст-2» закрили!") == ("об'єкт", "міст-2", "закрили")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The bridges were repaired", "Repairing the bridge"),
        ("uk", "Зруйновані мости відновлюють", "зруйнованого мосту"),
        ("ru", "Разрушенные мосты восстанавливают", "разрушенного моста"),
    ],
)
def test_word_forms_meet_in_their_stems(language: str, one: str, other: str) -> None:
    """Inflected forms of a word count as one word, and stop words do not count."""
    assert set(content_stems(other, language)) <= set(content_stems(one, language))


WORDS = st.sampled_from(
    [
        *"abcdефґї",
        "bridge",
        "міст",
        "He",
        "Він",
        "Mr.",
        "U.S.",
        "“",
        "”",
        "«",
        "»",
        '"',
        "(",
        ")",
        ".",
        "!",
        "?",
        "…",
        "\n",
        "。",
        "5",
        "橋",
    ]
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=80)


@settings(max_examples=60, deadline=None)  # the first example loads sumy
@given(
    st.lists(st.tuples(TEXTS, st.sampled_from(ParagraphKind)), max_size=12),
    TEXTS,
    st.sampled_from(["en", "uk", "ru", "de", "ja", "xx", None]),
    st.integers(0, 400),
)
def test_any_text_gives_a_summary_of_its_own_words(
    paragraphs: list[tuple[str, ParagraphKind]], title: str, language: str | None, budget: int
) -> None:
    """Whatever an article holds, its summary is made of its sentences, and there is no exception."""
    parts = tuple(Paragraph(text, kind) for text, kind in paragraphs)
    made = Article(url="https://news.example/a", title=title, language=language, paragraphs=parts)
    everything = [sentence for text, _ in paragraphs for sentence in split(text, language)]
    assert set(summarise(made, algorithm=OURS, budget=budget)) <= set(everything)
