"""The quotes that a digest shows."""

from bot.models import Article, Paragraph, Quote
from bot.reading.key_quotes import key_quotes

_LONG = "We have waited for this bridge for ten years and now at last the children can walk to school."
_OTHER = "Nobody asked the people who live here whether they wanted the trucks under their windows."
_THIRD = "The money came from three towns, and every one of them will get its share of the tolls."


def _article(*quotes: Quote, title: str = "Bridge opens", text: str = "") -> Article:
    paragraphs = (*(Paragraph(quote.text) for quote in quotes), Paragraph(text))
    return Article(url="", title=title, paragraphs=paragraphs, quotes=quotes)


def test_fragments_are_left_out() -> None:
    """A few words, a start in mid-sentence and a half before "she said, “and …”" are no quotes to show alone."""
    whole = Quote(_LONG, "Ann Hill", None, 3)
    article = _article(
        Quote("Very well.", "Ann Hill", None, 0),
        Quote("a bridge to nowhere for people who do not exist", "Ann Hill", None, 1),
        Quote("We said at the time that it would come", "Ann Hill", None, 2),
        Quote("and it has come to all of us", "Ann Hill", None, 2),
        Quote("And we will go on to do so.", "Ann Hill", None, 2),
        whole,
    )
    assert key_quotes(article, ()) == (whole,)


def test_nothing_is_shown_twice() -> None:
    """A quote that the summary or the title tells, and a near-repeat of a chosen one, are left out."""
    once = Quote(_LONG, "Ann Hill", None, 0)
    again = Quote(_LONG.replace("at last", "finally"), "Bo Lund", None, 1)
    in_summary = Quote(_OTHER, "Cy Marr", None, 2)
    assert key_quotes(_article(once, again, in_summary), (f"Cy Marr said: “{_OTHER}”",)) == (once,)


def test_the_prominent_come_first_and_others_are_heard() -> None:
    """Whom the article names most is quoted first; a second voice comes before his second quote."""
    first, second = Quote(_LONG, "Ann Hill", None, 0), Quote(_THIRD, "Ann Hill", None, 1)
    other = Quote(_OTHER, "Bo Lund", None, 2)
    chosen = key_quotes(_article(first, second, other, text="Hill came. Hill spoke. Hill left."), (), limit=2)
    assert chosen == (first, other)


def test_a_voice_without_a_name_yields_to_named_ones() -> None:
    """Quotes of nobody are shown only where nobody is named."""
    nobody, named = Quote(_LONG, None, None, 0), Quote(_OTHER, "Bo Lund", None, 1)
    assert key_quotes(_article(nobody, named), ()) == (named,)
    assert key_quotes(_article(nobody), ()) == (nobody,)


def test_quotes_stay_an_addition() -> None:
    """Together they take about a thousand characters, the first whatever its length."""
    speech = Quote(" ".join([_LONG, _OTHER, _THIRD] * 5), "Ann Hill", None, 0)
    assert key_quotes(_article(speech, Quote(_OTHER, "Bo Lund", None, 1)), ())[0].text in {_OTHER, speech.text}
    assert sum(len(quote.text) for quote in key_quotes(_article(*[speech] * 3), ())) == len(speech.text)
