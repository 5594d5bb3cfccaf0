"""Reading: a page becomes an Article and a Digest. Pure: no network, no database, no Telegram."""

from bot.models import Digest


def read(html: bytes | str, url: str, *, charset: str | None = None, summary_algorithm: str = "quotewire") -> Digest:
    """Read one page.

    Args:
        html: the document; bytes are decoded in the order browsers use (BOM, `charset`, meta, content).
        url: where the document came from, after redirects.
        charset: what the Content-Type header states.
        summary_algorithm: the setting of that name.

    Raises:
        ReadingError: the document is no article (see bot.errors for the kinds).
    """
    # The parts are imported here so that `import bot.reading` stays cheap in processes that never read.
    from bot.reading.pipeline import read_page  # noqa: PLC0415

    return read_page(html, url, charset=charset, summary_algorithm=summary_algorithm)
