"""Whether the picture before a name is its bearer's portrait, or one that they may have taken."""

import re
from itertools import islice

from bot.reading.selectors import Element, names_of, text_of

_PICTURES = frozenset({"img", "picture", "figure", "video", "iframe"})
_LARGE = re.compile(
    r"(?<![a-z])(?:hero|images?|photos?|pictures?|media|lead|featured|gallery|cover|bild|foto|imagen|immagine|visual)(?![a-z])",
    re.IGNORECASE,
)
_PORTRAIT = re.compile(r"avatar|author|autor|auteur|profile|byline|headshot|portrait|mugshot|gravatar", re.IGNORECASE)
_SIZES = frozenset(map(str, range(1, 161)))  # pixels of a portrait beside a name
_NAME = 60
_CAPTION = 300  # characters of a picture's caption


def is_of_picture(element: Element, *, surely: bool = False) -> bool:
    """Tell whether a picture that is no portrait stands right before a name or around it.

    Args:
        element: the name's.
        surely: count only pictures that something calls the article's own.
    """
    if next(element.iterancestors("figure", "figcaption", "blockquote"), None) is not None:
        return True
    name = text_of(element, _NAME)
    around = (element, *islice(element.iterancestors(), 2))
    before = [beside for one in around if (beside := one.getprevious()) is not None]
    inside = [element] if element.find(".//img") is not None else []
    return any(_is_picture(one, name, surely) for one in (*inside, *before))


def has_portrait(element: Element, name: str) -> bool:
    """Tell whether a picture right before or around a name says that it shows its bearer."""
    around = [element, *islice(element.iterancestors(), 2)]
    beside = [one.getprevious() for one in around]
    images = (one.iter("img") for one in (*around[:2], *beside) if one is not None)
    return any(name in (image.get("alt") or "") for found in images for image in islice(found, 2))


def _is_picture(element: Element, name: str, surely: bool) -> bool:
    image = element if element.tag == "img" else next(element.iter("img"), None)
    if image is None:
        return element.tag in _PICTURES
    if len(text_of(element, 2 * _CAPTION)) > _CAPTION:
        return False  # a text with pictures
    said = " ".join(names_of(one, "class", "id", "src") for one in (element, image))
    alike = name in (image.get("alt") or "?") or any((image.get(key) or "?") in _SIZES for key in ("width", "height"))
    linked = next(image.iterancestors("a"), None)
    alike = alike or (linked is not None and text_of(linked, _NAME) == name)
    if alike or _PORTRAIT.search(said):
        return False
    box = element if element.tag != "img" else element.getparent()
    large = element.tag in {"figure", "picture"} or _LARGE.search(names_of(box, "class", "id"))
    return bool(large) or not surely
