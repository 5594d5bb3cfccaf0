"""Every setting of Quotewire: from the environment (QUOTEWIRE_…), a file for a secret, a .env file, or a TOML file."""

import os
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from config.secret_files import SecretFiles
from config.spellings import items_of, known_zone, with_driver

Role = Literal["updates", "poll", "read", "push"]

ALL_ROLES: frozenset[Role] = frozenset(("updates", "poll", "read", "push"))

_LONGEST_KEPT = 36_500.0  # days: a century; the calendar has no day that is a million days ago


class Settings(BaseSettings):
    """The operator's choices. Names here, in upper case behind QUOTEWIRE_, are the environment's names."""

    model_config = SettingsConfigDict(
        env_prefix="QUOTEWIRE_",
        env_file=".env",
        env_ignore_empty=True,
        enable_decoding=False,  # of JSON: `_listed` takes it, and what people write as well
        toml_file="quotewire.toml",
        extra="ignore",
        frozen=True,
    )

    token: SecretStr | None = Field(None, description="The bot's token from @BotFather.")
    api_url: str = Field("https://api.telegram.org", description="The Bot API server's address.")
    database_url: str = Field(
        "sqlite:///quotewire.db",
        validate_default=True,
        description="The database: sqlite:///file or postgresql://user:password@host/name.",
    )
    allow_loopback: bool = Field(False, description="Let links lead to 127.0.0.1. For the demo and tests only.")
    allowed_ports: frozenset[int] = Field(frozenset({80, 443}), description="Ports that links may name.")
    user_agent: str = Field(
        "Quotewire/1 (+https://github.com/quotewire/quotewire)", description="How we name ourselves to sites."
    )
    fetch_timeout: float = Field(20.0, gt=0, description="Seconds from the first look-up to a document's last byte.")
    fetch_limit_bytes: int = Field(8_000_000, gt=0, description="Bytes of a document, decompressed.")
    host_gap: float = Field(1.0, ge=0, description="Seconds between two requests to one host, at least.")
    refused_networks: frozenset[IPv4Network | IPv6Network] = Field(
        frozenset(), description="Your own networks with public addresses that links must not reach."
    )
    reading_timeout: float = Field(5.0, gt=0, description="Seconds that reading one page may take.")
    reading_memory_bytes: int = Field(
        1_000_000_000, gt=0, description="Bytes of memory that one reading worker may hold."
    )
    reading_workers: int = Field(2, ge=1, description="Reading processes.")
    summary_algorithm: Literal[
        "quotewire", "edmundson", "kl", "lexrank", "lsa", "luhn", "random", "reduction", "sumbasic", "textrank"
    ] = Field("quotewire", description="How sentences of a summary are chosen: our way, or one of sumy's.")
    poll_interval_min: float = Field(300.0, gt=0, description="Seconds between two polls of a feed, at least.")
    poll_interval_max: float = Field(86_400.0, gt=0, description="Seconds between two polls of a feed, at most.")
    push_cap: int = Field(
        10, ge=1, description="Stories of one feed pushed from one poll; the rest is offered as a list."
    )
    roles: frozenset[Role] = Field(
        ALL_ROLES, min_length=1, description="What this process does; `quotewire run --role` says it shorter."
    )
    webhook: bool = Field(
        False, description="Let Telegram bring updates to public_url instead of asking for them; for many receivers."
    )
    webhook_secret: SecretStr | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_-]{1,256}$",
        description="What Telegram shows with each update; made of the token where it is not set.",
    )
    answers_per_second: float = Field(
        5.0,
        gt=0,
        description="Of messages_per_second, what answers may use where other processes answer than push.",
    )
    updates_processes: int = Field(
        1, ge=1, description="Processes with the role updates; they share answers_per_second."
    )
    messages_per_second: float = Field(
        30.0,
        gt=0,
        description="Messages a second over all chats (30 is Telegram's limit; up to 1,000 with paid broadcasts).",
    )
    messages_in_flight: int = Field(
        8,
        ge=1,
        description="Messages under way, which a crash may repeat; for 1,000 a second 128 where answers take 0.1 s.",
    )
    paid_broadcasts: bool = Field(
        False, description="Pay for messages above 30 a second (0.1 Stars each); allowed by Telegram to large bots."
    )
    keep_deliveries_days: float = Field(
        90.0,
        ge=0,
        le=_LONGEST_KEPT,
        description="Days after which a delivery that is done is deleted; 0 keeps it as long as stories are kept.",
    )
    keep_stories_days: float = Field(
        365.0,
        ge=0,
        le=_LONGEST_KEPT,
        validate_default=True,
        description="Days after which a story, and a page that was read, is deleted where nobody needs it any more; "
        "not fewer than keep_deliveries_days; 0 keeps all for ever.",
    )
    admin_ids: frozenset[int] = Field(frozenset(), description="Telegram user ids that may use /admin.")
    links_per_day: int = Field(
        500, ge=0, description="Links and long texts that one person may have read in a day; 0: any number."
    )
    feeds_per_day: int = Field(
        100, ge=0, description="Sites that one person may have looked at for feeds in a day; 0: any number."
    )
    allowed_ids: frozenset[int] = Field(
        frozenset(), description="Telegram ids of the people and chats that alone may use the bot; empty: everybody."
    )
    default_language: str = Field("en", description="The interface's language where a client names none.")
    default_timezone: str = Field("Europe/Kyiv", description="The time zone of a chat that has not chosen one.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="Where the world reaches our HTTP server (https://bot.example.org): feeds' hubs call there.",
    )
    listen_host: str = Field("127.0.0.1", description="The address that our HTTP server listens at.")
    listen_port: int | None = Field(
        None,
        ge=0,
        le=65_535,
        description="Its port; with public_url alone 8080, without either there is no server.",
    )
    sentry_dsn: SecretStr | None = Field(
        None, description="Where errors are reported: a Sentry-compatible server's DSN; needs sentry-sdk."
    )

    @field_validator("allowed_ports", "refused_networks", "roles", "admin_ids", "allowed_ids", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return items_of(value) if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _driven(cls, url: str) -> str:
        return with_driver(url)

    @field_validator("default_timezone")
    @classmethod
    def _zoned(cls, name: str) -> str:
        return known_zone(name)

    @field_validator("keep_stories_days")
    @classmethod
    def _outlives_deliveries(cls, days: float, info: ValidationInfo) -> float:
        """Refuse to keep stories for a shorter time than the deliveries that name them."""
        deliveries = info.data.get("keep_deliveries_days", 0.0)
        if 0 < days < deliveries:
            raise PydanticCustomError(
                "too_short",
                "Stories must be kept as long as deliveries, {deliveries} days (keep_deliveries_days), or longer; "
                "0 keeps them for ever.",
                {"deliveries": f"{deliveries:g}"},
            )
        return days

    @property
    def keep_deliveries(self) -> timedelta | None:
        """How long deliveries that are done are kept, with their stories at most; None: for ever."""
        days = self.keep_deliveries_days or self.keep_stories_days
        return timedelta(days=days) if days else None

    @property
    def keep_stories(self) -> timedelta | None:
        """How long stories and digests are kept; None: for ever."""
        return timedelta(days=self.keep_stories_days) if self.keep_stories_days else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment before .env before quotewire.toml, and a variable before the file that it may name."""
        assert isinstance(dotenv_settings, EnvSettingsSource), "pydantic-settings' own"  # noqa: S101
        return (
            init_settings,
            env_settings,
            SecretFiles(settings_cls, os.environ),
            dotenv_settings,
            SecretFiles(settings_cls, dotenv_settings.env_vars),
            TomlConfigSettingsSource(settings_cls),
            file_secret_settings,
        )
