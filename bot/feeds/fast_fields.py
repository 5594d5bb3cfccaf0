"""The fields of a feed and its entries, filled element by element as feedparser's handlers do it."""

import re
from typing import Any

from feedparser.api import StrictFeedParser

from bot.feeds.assemble import RawEntry
from bot.feeds.fast_values import TEXT_KINDS, Unsure, attributes, author_name, join, leaf_text, typed_text
from bot.feeds.moments import parse_moment
from bot.feeds.reference import is_picture

_REFERENCE_IN_LINK = re.compile("&([A-Za-z0-9_]+);")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_LINK_TYPES = {"html": "text/html", "xhtml": "application/xhtml+xml"}


class _Fields:
    """What feeds and entries share.

    Attributes:
        link: None before any link was stated; an id that is a permalink counts where none was.
    """

    __slots__ = ("_base", "_seen", "link", "related")

    def __init__(self, base: str) -> None:
        self._base = base
        self._seen: set[str] = set()
        self.link: str | None = None
        self.related: list[tuple[str, str]] = []

    def once(self, name: str) -> None:
        """Note that an element was seen.

        Raises:
            Unsure: it was seen before.
        """
        if name in self._seen:
            raise Unsure
        self._seen.add(name)

    def resolved(self, text: str) -> str:
        """Return a link joined to the document's URL as feedparser joins it."""
        return join(self._base, text) if text else text

    def linked(self, element: Any) -> dict[str, str]:
        """Take a link that stands in attributes, and return them."""
        found = attributes(element)
        if "href" not in found or "url" in found or "uri" in found or len(element):
            raise Unsure
        relation = found.setdefault("rel", "alternate")
        media_type = found.get("type", "application/atom+xml" if relation == "self" else "text/html")
        found["href"] = join(self._base, found["href"])
        self.related.append((relation, found["href"]))
        if relation == "alternate" and _LINK_TYPES.get(media_type, media_type) in _HTML_TYPES:
            self.link = found["href"]
        return found


class FeedFields(_Fields):
    """The feed's own fields."""

    __slots__ = ("entries", "language", "texts", "title")

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self.title = ""
        self.language: str | None = None
        self.texts: dict[str, str] = {}
        self.entries: list[EntryFields] = []

    def read_title(self, element: Any) -> None:
        """Take the feed's title."""
        self.once("title")
        if attributes(element).get("type", "") not in TEXT_KINDS:
            raise Unsure
        self.title = leaf_text(element)

    def read_link(self, element: Any) -> None:
        """Take a link: RSS's in text, Atom's in attributes."""
        if element.attrib:
            self.linked(element)
            return
        self.once("link")
        link = _REFERENCE_IN_LINK.sub(r"&\g<1>", self.resolved(leaf_text(element)))
        self.related.append(("alternate", link))
        self.link = link

    def read_id(self, element: Any) -> None:
        """Take an Atom feed's id, which is its link where no other was stated before."""
        self.once("id")
        if element.attrib:
            raise Unsure
        value = self.resolved(leaf_text(element))
        self.link = value if self.link is None else self.link

    def read_language(self, element: Any) -> None:
        """Take an RSS feed's language."""
        self.once("language")
        if element.attrib:
            raise Unsure
        self.language = leaf_text(element)


class EntryFields(_Fields):
    """One entry's fields."""

    __slots__ = (
        *("_last_author", "authors", "content", "cover", "enclosures", "guid", "pictures", "published", "summary"),
        *("tags", "thumbnails", "title", "updated"),
    )

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self.guid = ""
        self.title = ("", False)
        self.summary: tuple[str, bool] | None = None
        self.content: tuple[str, bool] | None = None
        self.published = ""
        self.updated = ""
        self.tags: list[str] = []
        self.authors: list[str] = []
        self._last_author = ""
        self.enclosures: list[dict[str, str]] = []
        self.pictures: list[str] = []
        self.thumbnails: list[str] = []
        self.cover = ""

    def raw(self) -> RawEntry:
        """Return the fields as the reference gives them."""
        # A stated summary goes before the content, but an empty one does not.
        summary, summary_html = (self.summary if self.summary and self.summary[0] else self.content) or ("", True)
        enclosed = [link.get("href", "") for link in self.enclosures]
        enclosed_pictures = [link.get("href", "") for link in self.enclosures if is_picture(link)]
        pictures = (*self.pictures, *self.thumbnails, *enclosed_pictures, self.cover)
        return RawEntry(
            guid=self.guid,
            title=self.title[0],
            title_html=self.title[1],
            summary=summary,
            summary_html=summary_html,
            links=(self.link or "", *enclosed),
            published=parse_moment(self.published),
            updated=parse_moment(self.updated),
            tags=tuple(self.tags),
            authors=tuple(self.authors) or (self._last_author,),
            image=next((url for url in pictures if url.strip()), ""),
        )

    def read_guid(self, element: Any) -> None:
        """Take a guid or id; one that is a permalink is the link where no other was stated before."""
        self.once("guid")
        permalink = attributes(element).get("ispermalink", "true") == "true"
        value = leaf_text(element)
        self.guid = self.resolved(value) if permalink else value
        if permalink and self.link is None:
            self.link = self.guid

    def read_published(self, element: Any) -> None:
        """Take the date of publication."""
        self.once("published")
        self.published = leaf_text(element)
        if element.attrib:
            raise Unsure

    def read_updated(self, element: Any) -> None:
        """Take the date of the last change."""
        self.once("updated")
        self.updated = leaf_text(element)
        if element.attrib:
            raise Unsure

    def read_rss_title(self, element: Any) -> None:
        """Take an RSS title, which is markup where it looks like it."""
        self.once("title")
        if element.attrib:
            raise Unsure
        text = leaf_text(element)
        self.title = (text, ("<" in text or "&" in text) and bool(StrictFeedParser.looks_like_html(text)))

    def read_rss_link(self, element: Any) -> None:
        """Take an RSS link."""
        self.once("link")
        if element.attrib:
            raise Unsure
        link = self.resolved(leaf_text(element))
        self.link = _REFERENCE_IN_LINK.sub(r"&\g<1>", link.replace("&amp;", "&")) if "&" in link else link

    def read_description(self, element: Any) -> None:
        """Take an RSS description, which is markup."""
        self.once("description")
        if element.attrib:
            raise Unsure
        self.summary = (leaf_text(element), True)

    def read_content_encoded(self, element: Any) -> None:
        """Take the full text of an RSS item, which is markup."""
        self.once("content")
        if element.attrib or len(element):
            raise Unsure
        if not (self.summary and self.summary[0]):  # else nobody asks for a text that is long to copy
            self.content = (leaf_text(element), True)

    def read_rss_category(self, element: Any) -> None:
        """Take an RSS category."""
        found = attributes(element)
        text = leaf_text(element)
        if found.keys() - {"domain"} or (found and not text):
            raise Unsure
        if text:
            self.tags.append(text)

    def read_rss_author(self, element: Any) -> None:
        """Take an author: a name, or an address with a name beside it."""
        self._last_author = leaf_text(element)
        if element.attrib:
            raise Unsure
        if name := author_name(self._last_author):
            self.authors.append(name)

    def read_enclosure(self, element: Any) -> None:
        """Take an enclosure's attributes."""
        found = attributes(element)
        if len(element) or "uri" in found or "href" in found:
            raise Unsure
        if "url" in found:
            found["href"] = found.pop("url")
        self.enclosures.append(found)

    def read_media_content(self, element: Any) -> None:
        """Take a Media RSS content, with a credit or a thumbnail in it."""
        found = attributes(element)
        if is_picture(found):
            self.pictures.append(found.get("url") or found.get("href") or "")
        for child in element:
            name = child.tag.rpartition("}")[2]
            if name == "thumbnail" and child.tag[: -len(name)] == element.tag[: -len("content")]:
                self.read_media_thumbnail(child)
            elif name != "credit" or len(child):
                raise Unsure

    def read_media_thumbnail(self, element: Any) -> None:
        """Take a Media RSS thumbnail."""
        found = attributes(element)
        if len(element) or (element.text or "").strip():
            raise Unsure
        self.thumbnails.append(found.get("url") or found.get("href") or "")

    def read_cover(self, element: Any) -> None:
        """Take a podcast episode's picture."""
        found = attributes(element)
        if len(element):
            raise Unsure
        self.cover = found.get("href") or found.get("url") or self.cover

    def read_atom_title(self, element: Any) -> None:
        """Take an Atom title, which says what kind of text it is."""
        self.once("title")
        self.title = typed_text(element)

    def read_atom_summary(self, element: Any) -> None:
        """Take an Atom summary."""
        self.once("summary")
        self.summary = typed_text(element)

    def read_atom_content(self, element: Any) -> None:
        """Take an Atom entry's content, as far as it stands in the feed as text."""
        self.once("content")
        self.content = typed_text(element)

    def read_atom_link(self, element: Any) -> None:
        """Take an Atom link."""
        found = self.linked(element)
        if found["rel"] == "enclosure":
            self.enclosures.append(found)

    def read_atom_category(self, element: Any) -> None:
        """Take an Atom category: its label, or its term."""
        found = attributes(element)
        if leaf_text(element) or not found.get("term"):
            raise Unsure
        self.tags.append(found.get("label") or found["term"])

    def read_atom_author(self, element: Any) -> None:
        """Take an Atom author's name."""
        parts = {child.tag.rpartition("}")[2]: child for child in element}
        if (
            element.attrib
            or parts.keys() - {"name", "uri", "email"}
            or len(parts) != len(element)
            or "name" not in parts
        ):
            raise Unsure
        if any(len(child) or child.attrib for child in element):
            raise Unsure
        name = (parts["name"].text or "").strip()
        if not name:
            raise Unsure
        self.authors.append(name)
