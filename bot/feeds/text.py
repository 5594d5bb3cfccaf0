"""Plain text out of what feeds put into titles and descriptions."""

import html
import re

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_TAG = re.compile(r"""<(?:/?([a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>"']|"[^"]*"|'[^']*')*|[!?][^<>]*)>""")
_UNCLOSED_TAG = re.compile(r"</?[a-zA-Z][^<>]*$")
_HIDDEN = (("<script", "</script"), ("<style", "</style"), ("<!--", "-->"))
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd"}
    | {"mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)

MAX_SOURCE = 50_000
"""Characters of markup looked at: no teaser is longer, and whole articles in feeds are cut to a summary anyway."""


def plain_text(markup: str, limit: int) -> str:
    """Return the words of an HTML fragment: tags, comments, scripts gone, entities decoded, white space evened out.

    Args:
        markup: HTML as feeds carry it: a fragment, often broken or cut off.
        limit: characters of the result, at most; a longer text is cut at a word and ends with an ellipsis.
    """
    markup = markup[:MAX_SOURCE]
    if "<" in markup:
        markup = _UNCLOSED_TAG.sub("", _TAG.sub(_tag_space, _without_hidden(markup)))
    if "&" in markup:
        markup = html.unescape(markup)
    return tidy(markup, limit)


def tidy(text: str, limit: int) -> str:
    """Return a text with even white space and no control characters, cut at a word to the limit in characters."""
    words = " ".join(_CONTROLS.sub(" ", text[:MAX_SOURCE]).split())
    if len(words) <= limit:
        return words
    head, _, _ = words[:limit].rpartition(" ")
    return f"{(head or words[: limit - 1]).rstrip(' ,;:–—-')}…"


def _tag_space(match: re.Match[str]) -> str:
    return "" if (match[1] or "wbr").lower() in _INLINE else " "


def _without_hidden(markup: str) -> str:
    """Cut out what a browser does not show; searched by find, which stays linear on hostile text."""
    lowered = _ascii_lower(markup)
    for start_mark, end_mark in _HIDDEN:
        if start_mark not in lowered:
            continue
        kept, position = [], 0
        while (start := lowered.find(start_mark, position)) >= 0:
            kept.append(markup[position:start])
            end = lowered.find(end_mark, start)
            close = lowered.find(">", end) if end >= 0 else -1
            position = close + 1 if close >= 0 else len(markup)
        kept.append(markup[position:])
        markup = " ".join(kept)
        lowered = _ascii_lower(markup)
    return markup


def _ascii_lower(text: str) -> str:
    """Return a text of the same length: all of Unicode in lower case makes two letters of "İ"."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
