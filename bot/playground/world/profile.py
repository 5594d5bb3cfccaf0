"""What a bot says of itself: commands, name, descriptions, by language and scope."""

import json
from typing import Any

_DEFAULT_SCOPE = {"type": "default"}
# The order in which Telegram looks for a chat's commands (Bot API, "Determining list of commands").
_PRIVATE_SCOPES = ("chat", "all_private_chats", "default")
_GROUP_SCOPES = ("chat", "all_group_chats", "default")


class Profile:
    """Commands and texts."""

    def __init__(self) -> None:
        self._commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.texts: dict[tuple[str, str], str] = {}

    def set_commands(self, scope: dict[str, Any] | None, language: str, commands: list[dict[str, str]]) -> None:
        """Replace the commands of a scope and language."""
        self._commands[_key(scope), language] = commands

    def commands(self, scope: dict[str, Any] | None, language: str) -> list[dict[str, str]]:
        """Return what was set for exactly this scope and language."""
        return self._commands.get((_key(scope), language), [])

    def delete_commands(self, scope: dict[str, Any] | None, language: str) -> None:
        """Forget the commands of a scope and language."""
        self._commands.pop((_key(scope), language), None)

    def commands_for(self, chat_id: int, *, private: bool, language: str) -> list[dict[str, str]]:
        """Return the commands that a person with `language` sees in a chat."""
        for kind in _PRIVATE_SCOPES if private else _GROUP_SCOPES:
            scope = {"type": kind} | ({"chat_id": chat_id} if kind == "chat" else {})
            for code in (language, ""):
                if found := self.commands(scope, code):
                    return found
        return []


def _key(scope: dict[str, Any] | None) -> str:
    return json.dumps(scope or _DEFAULT_SCOPE, sort_keys=True)
