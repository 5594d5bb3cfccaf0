"""The text or caption of a request: its formatting read, its length checked."""

from typing import Any

from bot.playground.api_errors import ApiError, bad_request
from bot.playground.formatting.addresses import checked_link
from bot.playground.formatting.html import EntityError, parse_html
from bot.playground.formatting.links import with_automatic_entities
from bot.playground.formatting.text import (
    Entity,
    FormattedText,
    trimmed,
    utf16_length,
    without_controls,
    without_nesting_faults,
)

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_FIELDS = frozenset({"type", "offset", "length"})
_KINDS = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    }
)


def read_text(arguments: dict[str, Any]) -> FormattedText:
    """Return the text of a request with all entities.

    Raises:
        ApiError: 400 for formatting that cannot be read, an empty text, one of more than 4,096 UTF-16 units.
    """
    text = _formatted(arguments.get("text", ""), arguments.get("parse_mode"), arguments.get("entities"))
    if not text.text:
        raise bad_request("message text is empty")
    if utf16_length(text.text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text


def read_caption(arguments: dict[str, Any]) -> FormattedText:
    """Return the caption of a request with all entities; an empty one is no fault.

    Raises:
        ApiError: 400 for formatting that cannot be read, a caption of more than 1,024 UTF-16 units.
    """
    text = _formatted(arguments.get("caption", ""), arguments.get("parse_mode"), arguments.get("caption_entities"))
    if utf16_length(text.text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text


def _formatted(source: str, parse_mode: str | None, entities: Any) -> FormattedText:
    try:
        source.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    mode = (parse_mode or "").lower()
    if mode not in {"", "html", "none"}:
        raise _unsupported(mode)
    read = _from_html(source) if mode == "html" else _from_entities(source, entities)
    return with_automatic_entities(read)


def _unsupported(mode: str) -> ApiError:
    if mode in {"markdown", "markdownv2"}:
        return bad_request("this server reads no Markdown; send HTML or entities")
    return bad_request("unsupported parse_mode")


def _from_html(source: str) -> FormattedText:
    try:
        return parse_html(source)
    except EntityError as error:
        raise bad_request(f"can't parse entities: {error}") from None


def _from_entities(source: str, entities: Any) -> FormattedText:
    read = tuple(_entity(each) for each in entities or ())
    text = without_controls(source)
    kept = without_nesting_faults(each for each in read if each.length > 0 and _addressed(each)) if read else ()
    return trimmed(FormattedText(text, kept))


def _addressed(entity: Entity) -> bool:
    return entity.type != "text_link" or bool(checked_link(entity.url or ""))


def _entity(given: Any) -> Entity:
    if not isinstance(given, dict) or given.get("type") not in _KINDS:
        raise bad_request("can't parse entities: Unsupported type specified")
    offset, length = given.get("offset"), given.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length < 0:
        raise bad_request('can\'t parse entities: Field "offset" must be of type Integer')
    extra = tuple((name, value) for name, value in given.items() if name not in _FIELDS)
    return Entity(str(given["type"]), offset, length, extra)
