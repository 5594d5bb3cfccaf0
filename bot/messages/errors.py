"""Errors as sentences that say what happened and what to do."""

from collections.abc import Callable

from bot.errors import HttpStatus, QuotewireError
from bot.messages import callbacks
from bot.messages.catalogue import Words
from bot.messages.markup import escape
from bot.models import Button, Message

_GONE = {404, 410}
_REFUSED = {401, 402, 403, 451}
_BUSY = {429, 503}
_MEGABYTE = 1_000_000


def explain(error: QuotewireError, words: Words) -> str:
    """Return a plain-text sentence about an error in the reader's language.

    Args:
        error: what happened.
        words: the reader's language.
    """
    return _SENTENCES.get(error.code, _unknown)(error, words)


def render_failure(
    error: QuotewireError,
    words: Words,
    *,
    about: tuple[str, str] | None = None,
    retry: str | None = None,
    feed: bool = False,
) -> Message:
    """Return an error's sentence as an answer, with the ways on.

    Args:
        error: what happened.
        words: the reader's language.
        about: the site and the link that it is about, in a line of its own; the retry finds the link there.
        retry: the callback data that tries again, offered where a retry can help.
        feed: whether a feed was looked for, and no story.
    """
    buttons = []
    if retry is not None and can_retry(error):
        buttons.append(Button("↻ " + words.say("Try again"), data=retry))
    if feed:
        buttons.append(Button("📰 " + words.say("Sources"), data=callbacks.pack(callbacks.SOURCES_PAGE, 0)))
    else:
        buttons.append(Button("🗞 " + words.say("Recent news"), data=callbacks.pack(callbacks.RECENT_PAGE, 0, 0)))
    return Message(escape(explain(error, words)) + _line_about(about), buttons=(tuple(buttons),))


def _line_about(about: tuple[str, str] | None) -> str:
    if about is None:
        return ""
    site, link = about
    return f'\n<i><a href="{escape(link)}">{escape(site)}</a></i>'


def can_retry(error: QuotewireError) -> bool:
    """Tell whether trying the same link again a little later may help."""
    if isinstance(error, HttpStatus):
        return error.status in _BUSY or error.status >= 500  # noqa: PLR2004 - HTTP's class of server errors
    return error.code in {
        "host_unreachable",
        "fetch_timeout",
        "reading_timeout",
        "reading_crashed",
        "bad_response",
        "host_busy",
        "bad_encoding",
        "database_away",
        "unknown",
    }


def _unknown(_error: QuotewireError, words: Words) -> str:
    return words.say("Something went wrong here, and it has been noted. Please try again in a minute.")


def _source_blocked(_error: QuotewireError, words: Words) -> str:
    return words.say("The operator of this bot has blocked that source, so I do not read it. Other news: /recent")


def _url_invalid(_error: QuotewireError, words: Words) -> str:
    return words.say("That is not a web address I can open. Send a link that begins with http:// or https://.")


def _address_refused(_error: QuotewireError, words: Words) -> str:
    return words.say("That address is not on the public internet, so I do not open it.")


def _host_unreachable(_error: QuotewireError, words: Words) -> str:
    return words.say("Nothing answers at that address. Check the link, or try again later.")


def _fetch_timeout(_error: QuotewireError, words: Words) -> str:
    return words.say("The site took too long to answer. Try again later.")


def _too_large(error: QuotewireError, words: Words) -> str:
    limit = error.details.get("limit_bytes")
    if not limit:
        return words.say("That page is too large for me to read.")
    return words.say(
        "That page is larger than {megabytes} MB, which is more than I read.", megabytes=limit // _MEGABYTE or 1
    )


def _bad_encoding(_error: QuotewireError, words: Words) -> str:
    return words.say("The site sent a page that arrived broken. Try again later.")


def _too_many_redirects(_error: QuotewireError, words: Words) -> str:
    return words.say("That link leads round in circles and never reaches a page.")


def _http_status(error: QuotewireError, words: Words) -> str:
    status = int(error.details.get("status", 0))
    if status in _GONE:
        return words.say(
            "There is no page at that link (the site answers {status}). It may have been moved or deleted.",
            status=status,
        )
    if status in _REFUSED:
        return words.say("The site does not let me read that page (it answers {status}).", status=status)
    if status in _BUSY:
        return words.say("The site is busy and asks to wait (it answers {status}). Try again later.", status=status)
    return words.say("The site has a problem of its own (it answers {status}). Try again later.", status=status)


def _certificate_invalid(_error: QuotewireError, words: Words) -> str:
    return words.say(
        "The site's certificate is not valid, so I cannot be sure that it is that site, and do not read it."
    )


def _host_busy(_error: QuotewireError, words: Words) -> str:
    return words.say("Many people are asking for that site just now. Try again in a minute.")


def _robots_refused(_error: QuotewireError, words: Words) -> str:
    return words.say("The site asks programs like me not to read that page, so I leave it alone.")


def _not_html(_error: QuotewireError, words: Words) -> str:
    return words.say("That link leads to a file (a picture, a PDF or the like), not to an article. I read web pages.")


def _not_an_article(_error: QuotewireError, words: Words) -> str:
    return words.say("I found no article on that page. Send a link to one story rather than to a front page or a list.")


def _paywalled(_error: QuotewireError, words: Words) -> str:
    return words.say("Only the opening of that article is free to read; the rest is for the site's subscribers.")


def _reading_timeout(_error: QuotewireError, words: Words) -> str:
    return words.say("That page is built in a way that takes too long to read, so I stopped.")


def _reading_crashed(_error: QuotewireError, words: Words) -> str:
    return words.say("That page is damaged in a way that I cannot read.")


def _not_a_feed(_error: QuotewireError, words: Words) -> str:
    return words.say("There is no news feed at that address.")


def _no_feed_found(_error: QuotewireError, words: Words) -> str:
    return words.say(
        "I found no news feed on that site. If you know the feed's own address (RSS or Atom), send that: /add <address>"
    )


def _database_away(_error: QuotewireError, words: Words) -> str:
    return words.say(
        "I cannot reach my records just now, so I cannot answer. Nothing you follow is lost. "
        "Please try again in a few minutes."
    )


_SENTENCES: dict[str, Callable[[QuotewireError, Words], str]] = {
    "source_blocked": _source_blocked,
    "url_invalid": _url_invalid,
    "address_refused": _address_refused,
    "host_unreachable": _host_unreachable,
    "fetch": _host_unreachable,
    "fetch_timeout": _fetch_timeout,
    "too_large": _too_large,
    "bad_encoding": _bad_encoding,
    "too_many_redirects": _too_many_redirects,
    "http_status": _http_status,
    "bad_response": _bad_encoding,
    "certificate_invalid": _certificate_invalid,
    "host_busy": _host_busy,
    "robots_refused": _robots_refused,
    "not_html": _not_html,
    "not_an_article": _not_an_article,
    "reading": _not_an_article,
    "paywalled": _paywalled,
    "reading_timeout": _reading_timeout,
    "reading_crashed": _reading_crashed,
    "not_a_feed": _not_a_feed,
    "no_feed_found": _no_feed_found,
    "database_away": _database_away,
}
