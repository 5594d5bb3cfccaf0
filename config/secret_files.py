"""Secrets by file: QUOTEWIRE_TOKEN_FILE names a file that holds what QUOTEWIRE_TOKEN would.

Docker, Kubernetes and systemd hand secrets over as files; an environment is seen by every process of the same user.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsError

SUFFIX = "_FILE"
"""The convention of Docker's official images (postgres, mariadb): a variable's name with _FILE behind it."""


class SecretFiles(PydanticBaseSettingsSource):
    """Reads settings from the files that variables with `_FILE` behind their names point at.

    Args:
        settings_class: whose fields are looked for.
        variables: where; their names count in upper case.
    """

    def __init__(self, settings_class: type[BaseSettings], variables: Mapping[str, str | None]) -> None:
        super().__init__(settings_class)
        self._variables = {name.upper(): value for name, value in variables.items()}
        self._prefix = str(settings_class.model_config.get("env_prefix", ""))

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the content of a field's file without the white space around it, or None; see pydantic-settings.

        Raises:
            SettingsError: the file cannot be read.
        """
        variable = (self._prefix + field_name).upper() + SUFFIX
        path = self._variables.get(variable)
        try:
            content = Path(path).read_text(encoding="utf-8").strip() if path else None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{variable} names a file that cannot be read: {error}") from error
        return content, field_name, self.field_is_complex(field)

    def __call__(self) -> dict[str, Any]:
        """Return the fields that a file gives."""
        found = {}
        for name, field in self.settings_cls.model_fields.items():
            content, key, is_complex = self.get_field_value(field, name)
            if content is not None:
                found[key] = self.prepare_field_value(name, field, content, is_complex)
        return found
