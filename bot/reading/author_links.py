"""Addresses of authors' pages, and hosts of accounts."""

import re

# Below these parts of an address stand the pages of authors.
_PATHS = frozenset(
    (
        "author", "authors", "people", "profile", "profiles", "staff", "journalist", "journalists", "columnist",
        "columnists", "contributor", "contributors", "reporter", "reporters", "writer", "writers", "byline", "by",
        "team", "autor", "autoren", "autorin", "autorinnen",
        "redakteurin", "redakteurinnen", "verfasser", "signataires", "autrices",
        "redaktion", "redakteur", "redakteure", "korrespondenten", "auteur", "auteurs",
        "redacteur", "redacteurs", "journaliste", "journalistes", "autora", "autores", "periodista", "periodistas",
        "columnista", "columnistas", "colunista", "colunistas", "firma", "firmas", "autori", "giornalista",
        "giornalisti", "av", "forfatter", "forfattere", "skribent", "skribenter", "kirjoittaja", "kirjoittajat",
        "toimittaja", "toimittajat", "autorka", "autorzy", "dziennikarz", "dziennikarze", "szerzo",
        "syntaktis", "syntaktes", "arthrografos", "dimosiografos", "kose-yazarlari",
        "kolumnist", "kolumnisten", "kolumnisti", "chroniqueur", "chroniqueurs", "articulista", "articulistas",
        "publicysta", "publicysci", "autorius", "autoriai", "zurnalistas", "novinarji", "nha-bao", "phong-vien",
        "publishers", "columnist-profile", "author-profile", "reporter-profile", "journalist-profile",
        "szerzok", "yazar",
        "yazarlar", "muhabir", "muhabirler", "penulis", "tac-gia", "novinar", "novinari", "redaktor", "redaktorzy",
        "autore", "autors", "profil", "profils", "bio", "bios", "bylines", "correspondents", "avtor", "avtori",
        "avtory",
    )
)  # fmt: skip
_HREF = re.compile(
    rf"/(?:{'|'.join(sorted(_PATHS))}|[a-z-]+-team)/(?:[^?#]*/)?[^/?#]+/?(?:[?#].*)?$",
    re.IGNORECASE,
)
NETWORKS = frozenset(
    (
        "twitter.com", "x.com", "bsky.app", "linkedin.com", "facebook.com", "instagram.com", "threads.net",
        "mastodon.social", "t.me", "youtube.com", "tiktok.com", "pinterest.com", "vk.com", "ok.ru",
    )
)  # fmt: skip
"""Hosts of accounts."""


def leads_to_author(href: str) -> bool:
    """Tell whether an address is that of an author's page: "/autor/eva-roth"."""
    low = href.lower()
    parts = low.split("/")
    if _PATHS.isdisjoint(parts) and "-team/" not in low:  # most links: asked first
        return False
    if low.startswith("http") and parts[2].removeprefix("www.") in NETWORKS:
        return False
    return _HREF.search(href) is not None
