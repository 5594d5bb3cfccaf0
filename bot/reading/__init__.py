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


def read_in_worker(body: bytes, url: str, charset: str | None, summary_algorithm: str = "quotewire") -> Digest:
    """Read a page: the job of a reading worker, which finds it by name.

    Here and not with its caller, whose imports (the database's and the network's) no worker needs: they cost one that
    has just started more than a second, of the few that the page has, and 50 MB.
    """
    return read(body, url, charset=charset, summary_algorithm=summary_algorithm)
