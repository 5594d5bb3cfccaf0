"""What stands between and below an article's paragraphs: calls, pointers, notes, contacts, corrections."""
# ruff: noqa: E501 - markup reads best in one line

import pytest

from tests.reading.test_body_kinds import FOOT, H1, MENU, P, document, each, texts

FIVE, REST = each("<p>{}</p>", P[:5]), each("<p>{}</p>", P[5:])


def read_with(line: str, below: str = "", lang: str = "en") -> list[str]:
    """Return what is read of a page with a line in the midst of its text and something below it."""
    return texts(document(f"{MENU}<div class=story>{H1}{FIVE}{line}{REST}{below}</div>{FOOT}", lang=lang))


@pytest.mark.parametrize(
    "line",
    [
        "<p>Pin it for later!</p>",
        "<p><em>This interview has been edited and condensed for clarity.</em></p>",
        "<p><em>This story was updated at 4:15 p.m. to add comments from bakers.</em></p>",
        "<p>This post contains affiliate links. If you buy something through them I may earn a little.</p>",
        '<p><strong>MORE BREAD RECIPES:</strong> <a href="/1">Rye with plums</a>, <a href="/2">Flat loaves</a></p>',
        '<p><b>RELATED: <a href="/3">Everything we know about the mill</a></b></p>',
        "<p>Written by Ida Moor and edited by Olin Tarn.</p>",
        '<p>👉 Hungry for the next one? <a href="/demo">Book a tasting</a> or <a href="/signup">start your free month</a>.</p>',
        '<p>Our journalism is made possible by people like you. <a href="/give">Make a gift today</a>.</p>',
        '<p><strong>Share your experience.</strong> Does your village have an oven? <a href="/form">Tell us about it</a>.</p>',
        "<p><em>Originally published at </em><a href=https://mill.example><em>mill.example</em></a><em> on May 3.</em></p>",
        "<p>By clicking the button you agree to our privacy policy.</p>",
        "<p>[ADVERTISEMENT]</p>",
        "<p>Photo 3 of 14</p>",
        "<p>1/14</p>",
        "<p>— END —</p>",
        "<div><b>Other news:</b> <a href=/1>The bridge is closed</a> <a href=/2>Swans on the pond</a></div>",
        "<p>Click through the gallery above to see more of the oven.</p>",
        "<p>You're receiving this email because you signed up at our bakery. <a href=/u>Unsubscribe</a></p>",
        "<p><em>Comments? Find me on <a href=/m>Mastodon</a> or send me a letter.</em></p>",
    ],
)
def test_calls_and_notices_between_paragraphs_are_left_out(line: str) -> None:
    """Calls to readers, pointers to other pages and notices on how a text was made are no part of it."""
    assert read_with(line) == P


@pytest.mark.parametrize(
    "line",
    [
        "The village has changed its privacy policy twice since the oven was lit, and nobody has read it.",
        "Two loaves were stolen on Monday, the mayor wrote on his Telegram channel, and both were still warm.",
        "First published in 1925, the baker's manual sold poorly until the winter when the pass was closed.",
        "Written by a miller and edited by his widow, the book lists forty kinds of crust.",
        "Reporting by the regional paper showed last year that the lorries had carried more air than bread.",
        "“Follow us to the mill,” the baker told the inspector, and he put on his coat.",
        "Watch: that was the one word which hung above the oven, and everybody knew what it meant.",
        "Families that sign up for a weekly loaf pay in advance, in eggs or in wood.",
        "More: the factory has lowered its prices twice, and it still sells nothing in the valley.",
        "Download the list of your customers once a month and keep it somewhere that is not in the mill.",
        "What do you think happened next? They baked the letters, with stamps, and the bread was good.",
        "If you enjoyed this weather as much as the baker did, you will know where the bench is.",
        "'Follow us to the mill,' the baker told the inspector, and he put on his coat.",
    ],
)
def test_sentences_with_the_words_of_calls_stay(line: str) -> None:
    """A sentence of the article that has words of a call, but speaks to no reader and is not set apart, is text."""
    assert line in read_with(f"<p>{line}</p>")


def test_headings_name_what_a_text_is_about() -> None:
    """A heading above paragraphs may have words that make a notice of a line."""
    parts = f"<h2>Write the privacy policy yourself</h2><p>{P[5]}</p><h2>How do I become a member?</h2><p>{P[6]}</p>"

    assert read_with(parts)[5:9] == ["Write the privacy policy yourself", P[5], "How do I become a member?", P[6]]


def test_german_advice_speaks_to_its_readers() -> None:
    """An article that tells its readers what to do begins sentences as calls do."""
    line = "Melden Sie sich danach bei Ihrer Telefongesellschaft und verlangen Sie eine Sperre."
    call = "<p>Melden Sie sich jetzt für unseren Newsletter an, er ist kostenlos und kommt jeden Morgen.</p>"

    assert read_with(f"<p>{line}</p>{call}", lang="de") == [*P[:5], line, *P[5:]]


def test_a_question_of_an_interview_may_have_the_words_of_a_call() -> None:
    """Questions speak to somebody, who is not the reader."""
    line = "Do you sign up for the idea that a loaf has a soul of its own?"

    assert line in read_with(f"<p><strong>{line}</strong></p>")


PORTRAIT = "Valley Mills grinds flour for eleven villages. It was founded in 1871 and employs nine people."


@pytest.mark.parametrize(
    "below",
    [
        f"<p><b>About Valley Mills</b></p><p>{PORTRAIT}</p>",
        f"<p><b>About Valley Mills</b><br>{PORTRAIT}</p>",
        f"<h3>About Valley Mills:</h3><p>{PORTRAIT}</p><h3>About the Stream Fund</h3><p>The Stream Fund was set up by millers.</p>",
        "<p><b>Media Contact:</b><br>Lena Fischer<br>Valley Mills<br>(303) 555-0148</p>",
        "<h2>Notes</h2><p>1. J. Bass, “Doors in the Dike,” <em>Quarterly</em> 41 (2019): 88–104.</p><p>2. The count is from permits, 1968–2022.</p>",
        "<h2>References</h2><ul><li>Tarn, O. Bread and snow, a history of the upper valley in nine winters.</li></ul>",
        "<h2>About the authors</h2><p>Paula Voss is a senior fellow at the Institute of Ovens, where she leads a program.</p>",
        "<p><sup><a href='#ref1'>1</a></sup> The survey was made between May and September by two people.</p>",
        "<p>The survey was made between May and September by two people. <a href='#ref1'>↩</a></p>",
    ],
)
def test_what_stands_below_a_text_under_a_heading_is_left_out(below: str) -> None:
    """Notes, references, contacts, portraits of companies and of authors below a text are no part of it."""
    assert read_with("", below) == P


def test_a_subhead_about_something_is_text() -> None:
    """A subhead "About …" in the midst of a text heads a part of it; so do notes that are no list of sources."""
    parts = f"<h2>About the oven</h2><p>{P[5]} The oven is older.</p><h2>Notes</h2>{each('<p>{}</p>', P[6:8])}<h2>References</h2><p>{P[8]}</p>"

    said = texts(document(f"{MENU}<div class=story>{H1}{FIVE}{parts}</div>{FOOT}"))

    assert [line for line in said if line not in P] == [
        "About the oven",
        f"{P[5]} The oven is older.",
        "Notes",
        "References",
    ]
    assert P[8] in said


@pytest.mark.parametrize(
    "box", ["<div class=note-box><p>{}</p></div>", "<p><em>{}</em></p>", "<div class=correction>{}</div>"]
)
def test_a_correction_is_read(box: str) -> None:
    """What an article had wrong belongs to it, though it stand in a box."""
    line = "Correction: An earlier version of this story misstated the number of loaves. It is forty, not fourteen."

    assert read_with("", box.format(line)) == [*P, line]


def test_paragraphs_for_subscribers_are_the_same_text() -> None:
    """Wrappers of single paragraphs whose names differ only by who may read them hold one text."""
    text = each("<div class=subscriber-preview><p>{}</p></div>", P[:2])
    text += each("<div class=subscriber-only><p>{}</p></div>", [P[2], "Schools opened on time.", P[3]])

    said = texts(document(f"{MENU}<div class=story>{H1}{text}</div>{FOOT}"))

    assert said == [*P[:3], "Schools opened on time.", P[3]]


def test_titles_of_toggles_are_read() -> None:
    """Questions that fold open are subheads of the text."""
    asked = ["Do they work when it is very cold", "How loud are they"]
    folded = "".join(
        f"<div class=toggle><div class=toggle-title>{ask}</div><div class=toggle-content><p>{line}</p></div></div>"
        for ask, line in zip(asked, P[5:], strict=False)
    )

    assert read_with(folded)[5:9] == [asked[0], P[5], asked[1], P[6]]


SAID = [
    "I had that teacher in 1974 and I can still decline every noun in the language, and have never once been asked to.",
    "Wonderful, another fifty thousand for a dead language while the roof of the gym leaks on the living, every winter.",
]


@pytest.mark.parametrize(
    "below",
    [
        f"<p><b>Comments:</b></p><p>{SAID[0]}</p><p>{SAID[1]}</p>",
        f"<b>What readers say</b><br><br><b>From: Tex</b><br>{SAID[0]}<br><br><b>From: Lund</b><br>{SAID[1]}<br><br>",
        f"<p>Old Alum wrote on April 9 at 6:14 pm:</p><p>{SAID[0]}</p><p>taxpayer wrote on April 9 at 8:51 pm:</p><p>{SAID[1]}</p>",
        f"<p>Marge said...</p><p>{SAID[0]}</p><p>Anonymous said...</p><p>{SAID[1]}</p>",
    ],
)
def test_comments_that_stand_like_the_text_are_left_out(below: str) -> None:
    """Where no element tells comments from paragraphs, the lines that name or sign them do."""
    assert read_with("", below) == P


@pytest.mark.parametrize(
    "lines",
    [
        ["The inspector said:", "Three slices of it, and not a word of complaint from anybody in the room."],
        ["“No,” she said.", "Nobody in the room had expected it.", "“Never,” the baker said.", "He shut the oven."],
        [
            "The ministry wrote:",
            "The oven stays.",
            "On 3 May the mayor said:",
            "It goes.",
            "The baker said:",
            "It burns.",
        ],
    ],
)
def test_people_who_say_something_end_no_text(lines: list[str]) -> None:
    """Short paragraphs that say who speaks are lines of the text: nothing but a moment or an ellipsis signs a comment."""
    assert read_with(each("<p>{}</p>", lines)) == [*P[:5], *lines, *P[5:]]


def test_a_site_that_says_where_else_it_is_says_nothing() -> None:
    """A line with links that are called by the names of networks is no part of a text."""
    line = "<p>Find the bakery on <a href=/x>X</a>, <a href=/f>Facebook</a> and <a href=/i>Instagram</a> as well.</p>"

    assert read_with(line) == P


def test_marks_of_headings_are_not_read() -> None:
    """Links in a heading that lead to itself or to an editor say nothing."""
    part = "<h2><a href='#k'>#</a> Keepers of the oven<span>[<a href=/e>edit</a>]</span></h2>"

    assert read_with(part)[5] == "Keepers of the oven"


def test_a_short_standfirst_in_a_bare_div_is_read() -> None:
    """A sentence right below the headline, in the same element, is a standfirst in whatever tag."""
    head = (
        f"<div>{H1}<div class=x1>When the pass was closed, nobody knew how to bake.</div><div>By Ida Moor</div></div>"
    )

    said = texts(document(f"{MENU}<div class=story>{head}<div>{each('<p>{}</p>', P)}</div></div>{FOOT}"))

    assert said == ["When the pass was closed, nobody knew how to bake.", *P]


@pytest.mark.parametrize(
    "box",
    [
        "<div class=wp-block-columns><div class=wp-block-column><p>{}</p></div><div class=wp-block-column><img src=a.jpg></div></div>",
        "<div class=wp-block-media-text><div class=wp-block-media-text__content><p>{}</p></div></div>",
        "<div class='wp-block-group has-background'><div class=wp-block-group__inner-container><p>{}</p></div></div>",
    ],
)
def test_what_only_arranges_a_page_hides_no_paragraph(box: str) -> None:
    """A paragraph in an editor's column or group, or beside a picture there, is text as those around it are."""
    line = "The nuns looked at the oven and then at each other, and it rose."

    assert read_with(box.format(line)) == [*P[:5], line, *P[5:]]


def test_a_last_short_paragraph_in_a_part_of_its_own_is_read() -> None:
    """A short sentence behind a call ends the text where it stands in the same kind of wrapper."""
    parts = [*each_part(FIVE), *each_part(REST), "<div class=part><div class=cta><p>Work with us</p></div></div>"]
    parts += each_part("<p>Recordings will be published in May.</p>")

    said = texts(document(f"{MENU}<div class=story>{H1}<div class=parts>{''.join(parts)}</div></div>{FOOT}"))

    assert said == [*P, "Recordings will be published in May."]


def each_part(markup: str) -> list[str]:
    """Return markup as a part of a page that an editor has put together."""
    return [f"<div class=part><div class=part-text>{markup}</div></div>"]


def test_the_first_heading_of_a_list_stands_above_its_picture() -> None:
    """A short heading before the picture of the first thing of a list is read."""
    parts = "".join(
        f"<div class=thing><h2>{i}. The house</h2><figure><img src=a.jpg></figure><div class=t><p>{line}</p></div></div>"
        for i, line in enumerate(P, 1)
    )
    parts = parts.replace("</figure>", "<figcaption>Photo: Ann Hill</figcaption></figure>", 1)

    assert texts(document(f"{MENU}<div class=story>{H1}{parts}</div>{FOOT}"))[:2] == ["1. The house", P[0]]


def test_a_word_of_another_language_speaks_to_nobody() -> None:
    """Words that speak to readers count in their own language only: French "du" is no German "du"."""
    line = "À lire les carnets du boulanger, l'affaire démarre bien : deux cents pains par jour, la moitié réservés."

    assert line in read_with(f"<p>{line}</p>", lang="fr")


@pytest.mark.parametrize("bullet", ["&#149; ", ""])
def test_a_cell_of_headlines_with_their_first_lines_is_left_out(bullet: str) -> None:
    """In a layout of tables, lines that each begin with another article's headline are teasers, whatever follows it."""
    heads = [
        "Seven lakes that freeze early",
        "The last letter carrier of all",
        "Why the owls came back",
        "A bridge for sale again",
    ]
    lines = "<br>".join(f"{bullet}<a href=/{i}>{head}</a> - {P[i][:70]}." for i, head in enumerate(heads))
    story = f"<td><b>{H1}</b>{'<br><br>'.join(P)}</td><td><b>MORE FEATURES</b><br><br>{lines}</td>"

    assert texts(document(f"<table><tr><td>{MENU}</td>{story}</tr></table>{FOOT}")) == P


def test_a_list_of_links_with_remarks_is_text() -> None:
    """Where most of a page are links with what the writer says of them, they are its text."""
    lines = "<br><br>".join(f"<a href=/{i}>A note about house {i}</a>: {line} {line}" for i, line in enumerate(P))

    said = texts(document(f"{MENU}<div class=story>{H1}<div>{lines}</div></div>{FOOT}"))

    assert len(said) == len(P)


def test_a_verdict_and_lists_for_and_against_are_read() -> None:
    """The boxes of a review belong to it, single words too."""
    box = "<div class=pros-cons><h4>Pros</h4><ul><li>Cheap</li><li>Warm in every room</li></ul><h4>Cons</h4><ul><li>Smoky</li></ul></div>"

    assert read_with(box)[5:10] == ["Pros", "Cheap", "Warm in every room", "Cons", "Smoky"]


def test_a_heading_that_announces_other_articles_ends_a_text() -> None:
    """What stands below "Related to this story" is no text where it is made otherwise than the paragraphs above."""
    cards = each(
        "<div class=v><h4>{0}</h4><p>It was the second such incident this month in the neighborhood.</p></div>", TITLES
    )
    story = (
        f"<div class=body>{each('<p>{}</p>', P[:3])}</div><div class=more><h3>Related to this story</h3>{cards}</div>"
    )

    assert texts(document(f"{MENU}<div>{H1}{story}</div>{FOOT}")) == P[:3]


def test_a_box_of_related_articles_within_a_text_does_not_end_it() -> None:
    """Where the paragraphs go on as they were, the heading stood in a box."""
    box = f"<div class=more><h3>Related to this story</h3><ul>{each('<li><a href=/x>{}</a></li>', TITLES)}</ul></div>"

    assert read_with(box) == P


TITLES = ["Voters split on the plan", "A court agrees to hear it", "What we know about the new rules"]


def test_headlines_glued_to_their_first_lines_are_teasers() -> None:
    """Elements of one make that begin with a headline, parted from what follows by a style sheet alone, are left out."""
    cards = "".join(
        f"<div class=rec><a href=/{i}><b>{title}</b></a><i>{P[i]}</i></div>" for i, title in enumerate(TITLES)
    )

    assert read_with("", cards) == P


def test_a_credit_beside_a_picture_is_no_text() -> None:
    """A line that stands alone with a picture and says whose it is belongs to the picture."""
    parts = "".join(
        f"<h2>House {i}</h2><div><img src=a.jpg><span>SHUTTERSTOCK</span></div><p>{line}</p>"
        for i, line in enumerate(P)
    )

    assert "SHUTTERSTOCK" not in texts(document(f"{MENU}<div class=story>{H1}{parts}</div>{FOOT}"))


def test_a_networks_post_is_no_text_by_its_signature() -> None:
    """A post in a quotation without a telling name ends with its writer, the writer's handle and the day."""
    post = f"<blockquote><p>{P[0]} Nobody knows.</p>— Ann Hill (@annhill) <a href=/s>July 18, 2026</a></blockquote>"
    quoted = f"<blockquote><p>{P[1]} So it was.</p></blockquote>"

    assert read_with(post + quoted) == [*P[:5], f"{P[1]} So it was.", *P[5:]]


@pytest.mark.parametrize(
    "heading",
    ["Our thoughts", "Response", "What people are saying", "Safe harbor", "Downloads", "About the winter", "Kommentar"],
)
def test_subheads_that_sound_like_what_stands_below_texts_end_none(heading: str) -> None:
    """A review's "Our thoughts", a report's "Response" and a harbour that is safe head parts of the text."""
    assert read_with(f"<h2>{heading}</h2>") == [*P[:5], heading, *P[5:]]


def test_a_short_last_sentence_goes_on_below_a_box() -> None:
    """A box of other articles above an article's last sentence does not end the text, short as that is."""
    box = f"<div class=more><h2>Most Read</h2>{each('<h3><a href=/x>{}</a></h3>', TITLES[:2])}</div>"

    assert texts(document(f"{MENU}<div class=story>{H1}{FIVE}{box}<p>Voting begins on Tuesday.</p></div>{FOOT}")) == [
        *P[:5],
        "Voting begins on Tuesday.",
    ]


def test_a_bold_label_before_a_link_points_elsewhere() -> None:
    """ "More football:" and a link is a pointer; a label that says what the article is about is none."""
    pointer = "<p><strong>More football:</strong> <a href=/1>All results of the second round</a></p>"
    fact = "<p><strong>Where:</strong> <a href=/map>The old mill</a></p>"

    assert read_with(pointer + fact) == [*P[:5], "Where: The old mill", *P[5:]]
