"""A name whose only hint is its bearer's own address beside it: a mailbox or an account that is called as they are."""

import re
from itertools import islice
from urllib.parse import unquote, urlsplit

from bot.reading.author_links import NETWORKS
from bot.reading.bearers import bears_given_name, is_called
from bot.reading.names import is_full_name, split_names
from bot.reading.selectors import Element, following, text_of

_MAX_NEAR = 30  # links after the headline that are looked at
_MAX_LINE = 90
_LONG = 160  # characters of a paragraph of text


def contact_name(headline: Element | None) -> tuple[str, ...]:
    """Return the full name that stands with its bearer's own address between headline and text, () for none.

    Args:
        headline: the article's, None where there is none.
    """
    behind = following(headline, "p", "a") if headline is not None else ()
    links = (one for one in behind if one.tag == "p" or one.get("href") is not None)
    for link in islice(links, _MAX_NEAR):
        around = next(link.iterancestors("p", "div", "li", "td", "section"), None)
        text = link if link.tag == "p" else around
        if text is not None and len(text_of(text, 2 * _LONG)) > _LONG:
            return ()
        if name := _named(link, around):
            return (name,)
    return ()


def signed_with_address(element: Element) -> tuple[str, ...]:
    """Return the name in a last line that is nothing but a name and its bearer's mailbox.

    Args:
        element: the line's.
    """
    line = text_of(element, _MAX_LINE + 1)
    mailbox = re.search(r"[\w.+-]+(?=@[\w-]+\.)", line)
    if mailbox is None or len(line) > _MAX_LINE:
        return ()
    name = line[: mailbox.start()].strip(" ,–—-|•:;(")
    return (name,) if _is_full(name) and is_called(mailbox[0], name) else ()


def _named(link: Element, around: Element | None) -> str:
    """Return the name that a link has as its text, or that all before it in its line is."""
    account = _account(link.get("href") or "")
    if not account:
        return ""
    before = text_of(around, _MAX_LINE).partition(text_of(link, _MAX_LINE) or "@")[0] if around is not None else ""
    names = (" ".join(text.split()).strip(" ,–—-|•:;(") for text in (text_of(link, _MAX_LINE), before))
    return next((name for name in names if _is_full(name) and is_called(account, name)), "")


def _account(href: str) -> str:
    """Return what an address calls its owner: a mailbox's name, or that of an account."""
    if href.startswith("mailto:"):
        return unquote(href[7:]).partition("@")[0]
    if "//" not in href:
        return ""  # a page of the same site
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    known = (parts.hostname or "").removeprefix("www.") in NETWORKS
    return parts.path.strip("/").removeprefix("in/").removeprefix("profile/").lstrip("@") if known else ""


def _is_full(name: str) -> bool:
    return is_full_name(name) and split_names(name) == [name] and bears_given_name(name)
