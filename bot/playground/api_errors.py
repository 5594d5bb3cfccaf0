"""The answers with which the Bot API refuses a request, in Telegram's own words."""

from typing import Any


class ApiError(Exception):
    """A refusal as Telegram words it.

    Args:
        code: the error_code, which is also the HTTP status.
        description: the whole text, with its prefix ("Bad Request: …").
        parameters: ResponseParameters: retry_after (whole seconds) or migrate_to_chat_id.
    """

    def __init__(self, code: int, description: str, parameters: dict[str, int] | None = None) -> None:
        self.code = code
        self.description = description
        self.parameters = parameters or {}
        super().__init__(code, description, self.parameters)

    def to_json(self) -> dict[str, Any]:
        """Return the body of the refusal."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(what: str) -> ApiError:
    """Return a 400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {what}")


def forbidden(what: str) -> ApiError:
    """Return a 403 with Telegram's prefix."""
    return ApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> ApiError:
    """Return a 409 with Telegram's prefix."""
    return ApiError(409, f"Conflict: {what}")


def not_found(what: str = "") -> ApiError:
    """Return a 404; without a text it is what an address without a bot answers."""
    return ApiError(404, f"Not Found: {what}" if what else "Not Found")


def unauthorized() -> ApiError:
    """Return what a token that no bot has is told."""
    return ApiError(401, "Unauthorized")


def too_many_requests(retry_after: int) -> ApiError:
    """Return a flood refusal that asks for `retry_after` whole seconds of patience."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def upgraded(new_chat_id: int) -> ApiError:
    """Return what a group that became the supergroup `new_chat_id` answers."""
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": new_chat_id},
    )


def wrong_gateway() -> ApiError:
    """Return what Telegram answers when its own servers fail."""
    return ApiError(502, "Bad Gateway")
