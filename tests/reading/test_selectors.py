"""CSS selectors find elements in the order of the document."""

import pytest
from cssselect import SelectorError
from lxml import etree

from bot.reading.selectors import select

_PAGE = etree.fromstring(
    "<main><p id='1' class='end lead'/>"
    "<div id='2' class='box'><a id='3' class='lead box'/><p id='4' class='leader'/></div>"
    "<p id='5'><a id='6' class='\n lead\t'/></p><p id='7' class='box'/></main>",
    etree.HTMLParser(),
)


def _found(*selectors: str) -> str:
    return "".join(element.get("id") for element in select(_PAGE, selectors))


def test_classes_and_other_selectors_find_together_in_document_order() -> None:
    """An element of one of the classes, or that another selector finds, is found once and in its place."""
    assert _found(".lead", ".box") == "12367"
    assert _found(".box a", "p.lead", ".lead", "p > a") == "136"
    assert _found(".box", "p:has(> a)") == "2357"
    assert _found("p", ".none") == "1457"
    assert _found() == ""


def test_what_is_no_selector_is_refused() -> None:
    """A class cannot begin with a digit, nor a group hold nothing."""
    for wrong in (".1st", ".", ".lead >"):
        with pytest.raises(SelectorError):
            select(_PAGE, (wrong, ".box"))
