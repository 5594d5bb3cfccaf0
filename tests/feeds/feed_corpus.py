"""Feeds of every kind and fault, made up by chance from a seed; the same seed gives the same feed."""

# ruff: noqa: E501 - samples of markup are easier to read on one line

from collections.abc import Callable, Sequence
from random import Random
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
    ' xmlns:georss="http://www.georss.org/georss" xmlns:own="https://example.org/ns#"'
)
WORDS = (
    "Київ", "Москва", "war", "minister", "“quoted”", "AT&T", "1 < 2", "a > b", "naïve", "Ã©", "Zürich", "—", "&amp;",
    "&#8217;s", "&nbsp;", "<b>bold</b>", "<p>one</p><p>two</p>", "<br/>", "<script>evil()</script>", "<img src='x'>",
    "C++", "&unknown;", "</i>", "<!-- hidden -->", "🎉", "\u200f", "\u0085", "tab\there", "line\nbreak", "x" * 60,
)  # fmt: skip
DATES = (
    "Sat, 28 Dec 2024 19:02:00 +0200", "Sun, 6 Oct 2024 09:00:00 GMT", "2024-12-28T19:02:00+02:00", "2024-12-28T17:02:00Z",
    "2024-12-28T17:02:00.123Z", "2024-12-28", "28 Dec 2024 19:02", "Sat, 28 Dec 2024 19:02:00 EST", "2024-12-28 19:02:00",
    "28 грудня 2024", "Sat, 32 Dec 2024 19:02:00 +0200", "", "  ", "20241228T190200", "2024-12-28T19:02:00+0530",
    "Sat Dec 28 19:02:00 2024", "Sat, 28 Dec 24 19:02:00 GMT", "0001-01-01T00:00:00Z", "Fri, 28 Dec 2024 24:00:00 +0000",
    "Mon, 01 Jan 2024 00:00:00 Z", "2024-W52", "yesterday", "1735405320",
)  # fmt: skip
LINKS = (
    "https://example.org/news/1/", "https://example.org/a?x=1&y=2&amp;z=3&copy;=4", "/relative/path", "news/2", "#part",
    "http:////many.example/x", "//other.example/y", "", "  https://example.org/spaces  ", "mailto:a@b.c", "4711",
    "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", "tag:example.org,2024:1", "https://[bad", "https://пример.укр/новость",
    "ftp://example.org/file", "?p=5", "javascript:alert(1)", "HTTPS://EXAMPLE.ORG/UP",
)  # fmt: skip


class FeedMaker:
    """Makes one feed from a seed.

    Args:
        seed: of the chance.
        plain: 0 to 1, how ordinary the feed is.
    """

    def __init__(self, seed: int, plain: float = 0.7) -> None:
        self._random = Random(seed)  # noqa: S311 - a test's chance
        self._plain = plain

    def make(self) -> bytes:
        """Return the document: RSS or Atom."""
        document = self._rss() if self._random.random() < 0.6 else self._atom()
        if self._odd(0.15):
            document = self._broken(document)
        return document.encode("utf-8", "replace")

    def _odd(self, chance: float) -> bool:
        """Tell whether something out of the ordinary happens here."""
        return self._random.random() < chance * (1 - self._plain) * 2

    def _one(self, values: Sequence[str]) -> str:
        return self._random.choice(values)

    def _text(self) -> str:
        words = " ".join(self._random.choices(WORDS, k=self._random.randint(0, 6)))
        if self._plain > 0.9:
            words = words.replace("\u0085", "").replace("Ã©", "é")
        if self._odd(0.1):
            return words.replace("&", "")  # markup that is not escaped, often not well-formed
        if self._random.random() < 0.3 and "]]>" not in words:
            return f"<![CDATA[{words}]]>"
        return escape(words)

    def _leaf(self, name: str, text: str, attributes: str = "") -> str:
        if self._odd(0.03):
            attributes += self._one(
                [' xml:lang="uk"', ' type="html"', ' own:x="1"', ' mode="escaped"', ' xml:base="/b/"']
            )
        if self._odd(0.03):
            text += self._one(["<!-- c -->", "<own:in>x</own:in>", "<?pi x?>", "<b>x</b>"])
        return f"<{name}{attributes}>{text}</{name}>"

    def _some(self, parts: Sequence[Callable[[], str]], chance: float) -> str:
        chosen = [part() for part in parts if self._random.random() < chance]
        if self._odd(0.1) and chosen:
            chosen.append(self._one(chosen))
        if self._odd(0.3):
            self._random.shuffle(chosen)
        return self._one(["", "\n", "\n    "]).join(chosen)

    def _strange(self) -> str:
        """Return an element that few feeds have."""
        return self._one(
            [
                "<own:thing a='1'>text</own:thing>", "<own:title>not the title</own:title>", "<id>x</id>", "<links>z</links>",
                "<media:group><media:title>In</media:title></media:group>", "<media:title>Film</media:title>",
                "<itunes:summary>Sum</itunes:summary>", "<itunes:keywords>a, b</itunes:keywords>", "<source url='/s'>S</source>",
                "<image><url>/i.png</url><title>Image</title><link>/il</link></image>", "<image><id>4</id></image>",
                "<textInput><title>T</title><name>n</name></textInput>", "<dc:title>DC</dc:title>", "<created>2020</created>",
                "<dc:subject>Subject</dc:subject>", "<author><name>N</name></author>", "<content>c</content>",
                "<summary>s</summary>", "<georss:point>1 2</georss:point>", "<comments>/c</comments>", "<date>2020</date>",
                "<slash:comments>4</slash:comments>", "<wfw:commentRss>/w</wfw:commentRss>", "<tags>a,b</tags>",
                "<unknown><title>deep</title></unknown>", "<svg xmlns='http://www.w3.org/2000/svg'><title>s</title></svg>",
                "<itunes:image href='/cover.jpg'/>", "<rights>All</rights>", "<category domain='d'/>", "<guid/>", "<link/>",
                "<pubDate>2020-01-01</pubDate>", "<updated>2021-01-01</updated>", "<contributor><name>C</name></contributor>",
                "<itunes:author>It</itunes:author>", "<media:credit>c</media:credit>", "<TITLE>Upper</TITLE>", "<media:keywords/>",
            ]
        )  # fmt: skip

    def _rss(self) -> str:
        channel = self._some(
            [
                lambda: self._leaf("title", self._text()),
                lambda: self._leaf("link", escape(self._one(LINKS))),
                lambda: self._leaf("description", self._text()),
                lambda: self._leaf("language", self._one(["en", "uk-UA", "ru_RU", "", "english please"])),
                lambda: self._leaf("ttl", self._one(["15", "", "x", "-1"])),
                lambda: self._leaf("sy:updatePeriod", self._one(["hourly", "daily", "often"])),
                lambda: self._leaf("sy:updateFrequency", self._one(["1", "2", ""])),
                lambda: (
                    f"<atom:link rel={quoteattr(self._one(['self', 'hub', 'next', 'Alternate']))} href='/feed' type='text/HTML'/>"
                ),
                lambda: "<image><url>/i.png</url><title>Pic</title><link>/il</link><width>1</width></image>",
                lambda: self._leaf("generator", "G"),
                lambda: self._leaf("lastBuildDate", self._one(DATES)),
                lambda: self._leaf("managingEditor", "ed@example.org (Ed)"),
                lambda: "<itunes:owner><itunes:name>O</itunes:name></itunes:owner>",
                lambda: self._strange() if self._odd(0.5) else "",
            ],
            0.7,
        )
        items = "".join(f"<item>{self._rss_item()}</item>" for _ in range(self._random.randint(0, 4)))
        version = self._one(['version="2.0"', 'version="0.91"', "", 'version="2.0" xml:lang="en-GB"'])
        return f"<rss {version}{NAMESPACES}><channel>{channel}{items}</channel></rss>"

    def _rss_item(self) -> str:
        permalink = self._one(["", ' isPermaLink="true"', ' isPermaLink="false"', ' ispermalink="TRUE"'])
        return self._some(
            [
                lambda: self._leaf("title", self._text()),
                lambda: self._leaf("link", escape(self._one(LINKS))),
                lambda: self._leaf("guid", escape(self._one(LINKS)), permalink),
                lambda: self._leaf("pubDate", self._one(DATES)),
                lambda: self._leaf("description", self._text()),
                lambda: self._leaf("content:encoded", self._text()),
                lambda: self._leaf("category", self._text()),
                lambda: self._leaf("category", self._text(), ' domain="https://example.org/tags"'),
                lambda: self._leaf("dc:creator", self._text()),
                lambda: self._leaf("author", self._one(["Jane", "jane@example.org (Jane)", ""])),
                lambda: "<enclosure url='/a.mp3' type='Audio/mpeg' length='1'/>",
                lambda: "<enclosure url='https://example.org/p.jpg' type='image/jpeg'/>",
                lambda: (
                    "<media:content url='https://example.org/m.jpg' medium='image'><media:credit>C</media:credit></media:content>"
                ),
                lambda: "<media:thumbnail url='https://example.org/t.jpg'/>",
                lambda: self._leaf("slash:comments", "4"),
                lambda: self._leaf("own:kind", "news"),
                lambda: self._strange() if self._odd(0.5) else "",
            ],
            0.6,
        )

    def _atom(self) -> str:
        feed = self._some(
            [
                lambda: self._leaf("title", self._text(), self._kind()),
                lambda: f"<link rel='self' href={quoteattr(self._one(LINKS))}/>",
                lambda: f"<link href={quoteattr(self._one(LINKS))}/>",
                lambda: "<link rel='hub' href='https://hub.example/'/>",
                lambda: self._leaf("id", escape(self._one(LINKS))),
                lambda: self._leaf("updated", self._one(DATES)),
                lambda: "<author><name>Feed Author</name></author>",
                lambda: self._leaf("subtitle", self._text()),
                lambda: self._strange() if self._odd(0.5) else "",
            ],
            0.8,
        )
        entries = "".join(f"<entry>{self._atom_entry()}</entry>" for _ in range(self._random.randint(0, 4)))
        language = self._one(["", ' xml:lang="en"', ' xml:lang=""'])
        return f'<feed xmlns="http://www.w3.org/2005/Atom"{language}{NAMESPACES}>{feed}{entries}</feed>'

    def _kind(self) -> str:
        return self._one(
            ["", ' type="text"', ' type="html"', ' type="HTML"', ' type="xhtml"' if self._odd(0.3) else ""]
        )

    def _atom_entry(self) -> str:
        return self._some(
            [
                lambda: self._leaf("title", self._text(), self._kind()),
                lambda: f"<link href={quoteattr(self._one(LINKS))}/>",
                lambda: (
                    f"<link rel='{self._one(['alternate', 'edit', 'enclosure', 'related'])}' type='text/html' href='/r'/>"
                ),
                lambda: "<link rel='enclosure' type='image/png' href='/e.png'/>",
                lambda: self._leaf("id", escape(self._one(LINKS))),
                lambda: self._leaf("published", self._one(DATES)),
                lambda: self._leaf("updated", self._one(DATES)),
                lambda: self._leaf("summary", self._text(), self._kind()),
                lambda: self._leaf("content", self._text(), self._kind()),
                lambda: f"<category term={quoteattr(self._one(WORDS))} label={quoteattr(self._one(WORDS))}/>",
                lambda: f"<category term={quoteattr(self._one(WORDS))}/>",
                lambda: f"<author><name>{self._text()}</name><email>a@b.example</email></author>",
                lambda: "<author><email>only@b.example</email></author>" if self._odd(0.3) else "",
                lambda: self._strange() if self._odd(0.5) else "",
            ],
            0.6,
        )

    def _broken(self, document: str) -> str:
        """Return the document with a fault that real feeds have."""
        cut = self._random.randint(0, len(document))
        return self._one(
            [
                document[:cut],
                document[:cut] + "&nbsp;" + document[cut:],
                document[:cut] + "\x08" + document[cut:],
                document[:cut] + "&" + document[cut:],
                document[:cut] + "&#151;" + document[cut:],
                document.replace("</title>", "", 1),
                "<!DOCTYPE rss [<!ENTITY uuml '&#252;'>]>" + document,
                "<!-- first --><?xml-stylesheet href='a.xsl'?>" + document,
                document.replace(' xmlns:dc="http://purl.org/dc/elements/1.1/"', ""),
                document.replace("http://search.yahoo.com/mrss/", "http://SEARCH.yahoo.com/mrss"),
            ]
        )
