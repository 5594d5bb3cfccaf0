"""Addresses behind words and buttons: which of them Telegram keeps, and in which form."""

import re

_LINK = re.compile(
    r"^(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?:[^/?#@\s]*@)?(?P<host>\[[0-9a-f:.]+\]|[^/?#:\s\[\]]+)"
    r"(?::(?P<port>\d{1,5}))?(?P<rest>[/?#]\S*)?$",
    re.IGNORECASE,
)


def checked_link(url: str) -> str:
    """Return the address as Telegram keeps it, or "" for one that it drops without a word.

    Telegram keeps http, https, ftp, tg and ton links whose host has a dot; "localhost" has none.
    """
    return "" if link_fault(url) else _normalized(url.strip())


def link_fault(url: str) -> str:
    """Say in TDLib's words what is wrong with a link, "" where nothing is."""
    found = _LINK.match(url.strip())
    if found is None:
        return "Wrong HTTP URL"
    scheme = (found["scheme"] or "http").lower()
    if scheme in {"tg", "ton", "tonsite"}:
        return ""
    if scheme not in {"http", "https", "ftp"}:
        return "Unsupported URL protocol"
    host = found["host"]
    return "" if "." in host.strip(".") or host.startswith("[") else "Wrong HTTP URL"


def _normalized(url: str) -> str:
    found = _LINK.match(url)
    if found is None:
        return url
    scheme = (found["scheme"] or "http").lower()
    start = found.start("host")
    host = found["host"]
    tail = url[start + len(host) :]
    login = url[:start].rpartition("://")[2]
    slash = "" if found["rest"] and found["rest"].startswith("/") else "/"
    if not found["rest"]:
        return f"{scheme}://{login}{host.lower()}{tail}{slash}"
    return f"{scheme}://{login}{host.lower()}{tail}"
