"""Errors sent to a Sentry-compatible server (Sentry, GlitchTip), where the operator names one; off by default."""

from typing import TYPE_CHECKING, Any

from bot.errors import SettingsError
from bot.logs import redact

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint


def report_errors_to(dsn: str, *, release: str) -> None:
    """Send log records of level ERROR and above, with their tracebacks, to a server.

    Nothing about people is sent: no request, no message, no variables of the stack, and no token.

    Args:
        dsn: the server's address for this project.
        release: our version.

    Raises:
        SettingsError: the library is not installed, or the address is none.
    """
    try:
        import sentry_sdk  # noqa: PLC0415 - optional: pip install sentry-sdk
        from sentry_sdk.utils import BadDsn  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(what="QUOTEWIRE_SENTRY_DSN needs a library: pip install sentry-sdk.") from error
    try:
        sentry_sdk.init(
            dsn,
            release=release,
            include_local_variables=False,
            max_breadcrumbs=0,
            before_send=_redacted,
        )
    except BadDsn as error:
        raise SettingsError(what="QUOTEWIRE_SENTRY_DSN is no address of a Sentry project.") from error


def _redacted(event: "Event", _hint: "Hint") -> "Event":
    cleaned: Event = _deep(event)
    return cleaned


def _deep(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {key: _deep(item) for key, item in value.items()}
    return [_deep(item) for item in value] if isinstance(value, list | tuple) else value
