"""answerCallbackQuery and answerInlineQuery: each query is answered once, and in time."""

from typing import Any

from bot.playground.api_errors import ApiError, bad_request
from bot.playground.methods.markup import checked_markup
from bot.playground.methods.words import read_text
from bot.playground.world.state import World

_ANSWER_LIMIT = 200
_MOST_RESULTS = 50
_ID_BYTES = 64
_OFFSET_BYTES = 64  # Bot API, answerInlineQuery


def _too_old() -> ApiError:
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def answer_callback_query(world: World, arguments: dict[str, Any]) -> bool:
    """Let a pressed button come to rest, with a line of text or a dialogue if wanted."""
    text = arguments.get("text", "")
    if len(text) > _ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press = world.queries.take_press(arguments["callback_query_id"])
    if press is None or world.clock() - press.at > world.options.answer_within:
        raise _too_old()
    press.answered, press.text, press.alert = True, text, bool(arguments.get("show_alert"))
    press.url = arguments.get("url")
    world.changes.tell(
        {"kind": "answer", "query_id": press.id, "text": text, "alert": press.alert, "chat_id": press.message.chat.id}
    )
    return True


def answer_inline_query(world: World, arguments: dict[str, Any]) -> bool:
    """Offer results for an inline query."""
    results = _results(arguments["results"])
    if len(arguments.get("next_offset", "").encode()) > _OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    query = world.queries.take_inline(arguments["inline_query_id"])
    if query is None or world.clock() - query.at > world.options.answer_within:
        raise _too_old()
    query.answered, query.results = True, results
    query.next_offset, query.button = arguments.get("next_offset", ""), arguments.get("button")
    world.changes.tell({"kind": "inline", "query_id": query.id, "results": results})
    return True


def _results(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list) or len(given) > _MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if not all(isinstance(each, dict) for each in given):
        raise bad_request("can't parse inline query result: InlineQueryResult must be an Object")
    identifiers = [str(each.get("id", "")) for each in given]
    if len(set(identifiers)) != len(identifiers):
        raise bad_request("RESULT_ID_DUPLICATE")
    if any(not 1 <= len(each.encode()) <= _ID_BYTES for each in identifiers):
        raise bad_request("RESULT_ID_INVALID")
    for each in given:
        _check_result(each)
    return given


def _check_result(result: dict[str, Any]) -> None:
    checked_markup(result.get("reply_markup"), inline_only=True)
    content = result.get("input_message_content")
    if content and "message_text" in content:
        read_text(content | {"text": content["message_text"]})
    if result.get("type") == "article" and not (result.get("title") and content):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
