"""What the web room hands out: documents and the validators to ask for them again."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognize a document by (RFC 9110 section 8.8).

    Kept as Latin-1 text so that they go back byte for byte: quotes, a W/ prefix and odd dates included.

    Attributes:
        etag: the ETag header, or None.
        last_modified: the Last-Modified header, or None.
    """

    etag: str | None = None
    last_modified: str | None = None

    def as_headers(self) -> list[tuple[bytes, bytes]]:
        """Return the conditional request headers; a validator that cannot be a header's value is left out."""
        pairs = ((b"If-None-Match", self.etag), (b"If-Modified-Since", self.last_modified))
        return [(name, value.encode("latin-1")) for name, value in pairs if value and _is_header_value(value)]


def _is_header_value(value: str) -> bool:
    """Tell whether text can stand in a header: Latin-1 without control characters."""
    return all(" " <= character <= "\xff" and character != "\x7f" for character in value)


@dataclass(frozen=True, slots=True)
class Response:
    """A document from the web, or the word that it has not changed.

    Attributes:
        requested_url: the URL that was asked for, as given.
        url: where the document was found, after redirects.
        status: 200, or 304 where the validators still hold (the body is empty then).
        headers: names in lower case; repeated headers joined by ", ".
        body: the document, decompressed.
        content_type: the media type in lower case without parameters; "" where the server gives none.
        charset: the Content-Type's charset in lower case, or None.
        moved_to: the new URL where every redirect on the way was permanent (301, 308); None otherwise.
        validators: to be sent when the document is asked for again; after a 304, those that held.
        seconds: how long the servers took, redirects included; waiting for a host's turn does not count.
    """

    requested_url: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    content_type: str
    charset: str | None
    moved_to: str | None
    validators: Validators
    seconds: float = 0.0
