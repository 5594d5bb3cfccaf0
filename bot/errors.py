"""One tree of errors; each carries what a person needs to act, and a code that the message catalogue translates."""

from typing import Any, ClassVar


class QuotewireError(Exception):
    """The root of all errors that Quotewire raises on purpose.

    Attributes:
        code: the key of the sentence that explains it to a person (bot.messages.errors).
        details: what that sentence needs: the URL, the limit, the status.
    """

    code: ClassVar[str] = "unknown"

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code, details)

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.details.items())
        return f"{self.code} ({facts})" if facts else self.code

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross process borders from the reading workers; keyword arguments need a hand to be pickled.
        return (_rebuild, (type(self), self.details))


def _rebuild(kind: type[QuotewireError], details: dict[str, Any]) -> QuotewireError:
    return kind(**details)


class SourceBlocked(QuotewireError):
    """The operator wants nothing of this source. Details: url."""

    code = "source_blocked"


class FetchError(QuotewireError):
    """A document could not be had from the web. Details: url."""

    code = "fetch"


class UrlInvalid(FetchError):
    """The text is no http or https URL."""

    code = "url_invalid"


class AddressRefused(FetchError):
    """The URL leads to an address that strangers may not reach through us."""

    code = "address_refused"


class HostUnreachable(FetchError):
    """The name does not resolve, or nothing answers there."""

    code = "host_unreachable"


class FetchTimeout(FetchError):
    """The answer was not complete by the deadline. Details: url, seconds."""

    code = "fetch_timeout"


class TooLarge(FetchError):
    """The document passes the size limit, compressed or not. Details: url, limit_bytes."""

    code = "too_large"


class BadEncoding(FetchError):
    """The body's compression is broken, doubled or unknown. Details: url."""

    code = "bad_encoding"


class TooManyRedirects(FetchError):
    """The redirects go in a loop or do not end. Details: url, limit."""

    code = "too_many_redirects"


class HttpStatus(FetchError):
    """The server answered with an error. Details: url, status, retry_after (seconds or None)."""

    code = "http_status"

    @property
    def status(self) -> int:
        """The HTTP status code."""
        return int(self.details["status"])


class BadResponse(FetchError):
    """The server's answer is no proper HTTP, or its headers pass the limits. Details: url."""

    code = "bad_response"


class CertificateInvalid(FetchError):
    """The site's certificate does not prove that it is the site. Details: url."""

    code = "certificate_invalid"


class HostBusy(FetchError):
    """Too many requests to this host are waiting already. Details: url, seconds (how long was waited)."""

    code = "host_busy"


class RobotsRefused(FetchError):
    """The site's robots.txt asks us not to read this page. Details: url."""

    code = "robots_refused"


class ReadingError(QuotewireError):
    """A document was had but is no article that can be read. Details: url."""

    code = "reading"


class NotHtml(ReadingError):
    """The document is a picture, a PDF or another thing that is not a web page. Details: url, content_type."""

    code = "not_html"


class NotAnArticle(ReadingError):
    """The page is a home page, a list or an empty page. Details: url."""

    code = "not_an_article"


class Paywalled(ReadingError):
    """Only a teaser of the article is on the page. Details: url."""

    code = "paywalled"


class ReadingTimeout(ReadingError):
    """Reading the page took longer than its deadline. Details: url, seconds."""

    code = "reading_timeout"


class ReadingCrashed(ReadingError):
    """The page broke its reader, which was replaced. Details: url."""

    code = "reading_crashed"


class FeedError(QuotewireError):
    """A document is no feed, or a feed that cannot be followed. Details: url."""

    code = "not_a_feed"


class NoFeedFound(FeedError):
    """No feed was found on the site. Details: url."""

    code = "no_feed_found"


class DatabaseAway(QuotewireError):
    """The database cannot be asked now, and may be later. No details."""

    code = "database_away"


class SettingsError(QuotewireError):
    """The operator's settings are incomplete or wrong. Details: what."""

    code = "settings"
