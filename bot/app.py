"""The one place where parts are put together, started and stopped in order."""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from telegram import BotCommand, Update
from telegram.error import NetworkError, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.digester import Digester
from bot.errors import SettingsError
from bot.feeds.sources import Source, load_sources
from bot.messages.catalogue import interface_languages, words_in
from bot.reading.worker import ReadingPool
from bot.services import Services
from bot.store import Store, utc_now
from bot.topics import load_aliases
from bot.web.fetch import Fetcher
from config.settings import Settings
from handlers import all_handlers, menu
from handlers.failures import on_error

_UPDATES_AT_ONCE = 64
_CONNECTIONS = 64

log = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    sources: Sequence[Source] | None = None,
    now: Callable[[], datetime] = utc_now,
) -> AsyncIterator[Services]:
    """Run the whole bot while the context is open; leaving it stops everything in order, what is in flight first.

    Args:
        settings: the operator's choices; the token must be there.
        sources: the presets; those of config/sources by default.
        now: what gives the present moment, aware.

    Raises:
        SettingsError: there is no token, or Telegram does not know it.
    """
    async with AsyncExitStack() as stack:
        services = await _services(settings, now, stack)
        await _ensure_sources(services.store, load_sources() if sources is None else sources)
        application = _application(settings, services)
        await stack.enter_async_context(_answering(application))
        yield services


async def _services(settings: Settings, now: Callable[[], datetime], stack: AsyncExitStack) -> Services:
    store = await stack.enter_async_context(Store(settings.database_url, clock=now))
    await store.migrate()
    fetcher = await stack.enter_async_context(Fetcher(settings))
    pool = ReadingPool(settings)
    stack.push_async_callback(pool.stop)
    await pool.start()
    return Services(
        settings=settings,
        store=store,
        fetcher=fetcher,
        pool=pool,
        digester=Digester(fetcher, pool, store),
        aliases=load_aliases(),
        now=now,
        wake_poller=lambda: None,
    )


async def _ensure_sources(store: Store, sources: Sequence[Source]) -> None:
    for source in sources:
        await store.feeds.ensure(
            source.url,
            kind=source.kind,
            slug=source.slug,
            name=source.name,
            language=source.language,
            site_url=source.site_url,
        )


def _application(settings: Settings, services: Services) -> AnyApplication:
    if settings.token is None:
        raise SettingsError(what="There is no token. Set QUOTEWIRE_TOKEN, or write it into .env; @BotFather gives one.")
    application: AnyApplication = (
        ApplicationBuilder()
        .token(settings.token.get_secret_value())
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .concurrent_updates(_UPDATES_AT_ONCE)
        .connection_pool_size(_CONNECTIONS)
        .build()
    )
    application.add_handlers(all_handlers(services))
    application.add_error_handler(on_error)
    return application


@asynccontextmanager
async def _answering(application: AnyApplication) -> AsyncIterator[None]:
    """Receive updates by long polling and answer them."""
    updater = application.updater
    if updater is None:
        raise SettingsError(what="This role receives no updates.")
    await application.initialize()
    try:
        log.info("answering as @%s", application.bot.username)
        await _publish_menu(application)
        await application.start()
        await updater.start_polling(allowed_updates=Update.ALL_TYPES, error_callback=_polling_error(application))
        yield
    finally:
        if updater.running:
            await updater.stop()
        if application.running:
            await application.stop()
        await application.shutdown()


def _polling_error(application: AnyApplication) -> Callable[[TelegramError], None]:
    def report(error: TelegramError) -> None:
        application.create_task(application.process_error(update=None, error=error))

    return report


async def _publish_menu(application: AnyApplication) -> None:
    """Tell Telegram the commands in each language; a menu that cannot be set is no reason not to work."""
    with suppress(NetworkError):
        for language in interface_languages():
            words = words_in(language)
            commands = [BotCommand(name, words.say(description)) for name, description in menu().items()]
            await application.bot.set_my_commands(commands, language_code="" if language == "en" else language)
