"""What a bot says of itself: commands, name, descriptions, by language and scope."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a command menu is for.

    Attributes:
        kind: the type of a BotCommandScope.
        chat_id: of the scopes of one chat.
        user_id: of "chat_member".
    """

    kind: str
    chat_id: int = 0
    user_id: int = 0


DEFAULT = Scope("default")


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who opens a chat's command menu.

    Attributes:
        user_id: who.
        chat_id: where.
        chat_type: as the Chat object names it.
        administrator: whether they lead the chat.
        language: of their client.
    """

    user_id: int
    chat_id: int
    chat_type: str
    administrator: bool = False
    language: str = ""

    def scopes(self) -> Iterator[Scope]:
        """Yield scopes in the order in which Telegram looks for commands (Bot API, "Determining list of commands")."""
        if self.chat_type == "private":
            yield from (Scope("chat", self.chat_id), Scope("all_private_chats"))
        else:
            yield Scope("chat_member", self.chat_id, self.user_id)
            if self.administrator:
                yield Scope("chat_administrators", self.chat_id)
            yield Scope("chat", self.chat_id)
            if self.administrator:
                yield Scope("all_chat_administrators")
            yield Scope("all_group_chats")
        yield DEFAULT


class Profile:
    """Commands and texts."""

    def __init__(self) -> None:
        self._commands: dict[tuple[Scope, str], list[dict[str, str]]] = {}
        self.texts: dict[tuple[str, str], str] = {}

    def set_commands(self, scope: Scope, language: str, commands: list[dict[str, str]]) -> None:
        """Replace the commands of a scope and language."""
        self._commands[scope, language] = commands

    def commands(self, scope: Scope, language: str) -> list[dict[str, str]]:
        """Return what was set for exactly this scope and language."""
        return self._commands.get((scope, language), [])

    def delete_commands(self, scope: Scope, language: str) -> None:
        """Forget the commands of a scope and language."""
        self._commands.pop((scope, language), None)

    def commands_for(self, viewer: Viewer) -> list[dict[str, str]]:
        """Return the commands that a person sees in a chat; channels show none."""
        if viewer.chat_type == "channel":
            return []
        found = (self.commands(scope, code) for scope in viewer.scopes() for code in (viewer.language, ""))
        return next(filter(None, found), [])
