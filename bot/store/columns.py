"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

# SQLite gives row numbers only to a column declared INTEGER; it is 64 bits wide there.
Id = BigInteger().with_variant(Integer(), "sqlite")


def storable(text: str) -> str:
    """Return text without what PostgreSQL or UTF-8 cannot hold: NUL characters and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _storable_deep(value: Any) -> Any:
    match value:
        case str():
            return storable(value)
        case dict():
            return {storable(str(key)): _storable_deep(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_storable_deep(inner) for inner in value]
    return value


class Words(TypeDecorator[str]):
    """Text from outside, which may hold anything."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's signature
        """Write text without what no database takes."""
        return None if value is None else storable(value)


class Document(TypeDecorator[Any]):
    """A JSON document, whose texts are made storable."""

    impl = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002  SQLAlchemy's signature
        """Write the document with its texts made storable."""
        return _storable_deep(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment, given back in UTC; SQLite keeps no zone, so it is written there as UTC without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write a moment; a naive one is refused, since nobody knows when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read a moment as UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if dialect.name == "sqlite" else moment.astimezone(UTC)
