"""The bot's conversation with Telegram: its application, its handlers, and how updates reach it."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from typing import Any

from telegram.error import BadRequest, NetworkError
from telegram.ext import Application, ApplicationBuilder

from bot.delivery.brake import Brake
from bot.delivery.client import TelegramClient
from bot.delivery.failures import NotAccepted
from bot.errors import SettingsError
from bot.front.updates import webhook_secret, webhook_url
from bot.health import Health
from bot.messages.catalogue import interface_languages, sentence, words_in
from bot.parts import Parts
from bot.receiving import AnyApplication, LongPolling, set_webhook
from bot.resources import token_of
from config.settings import Settings
from handlers import all_handlers, menu_by_audience
from handlers.albums import later_pictures
from handlers.double_taps import EachTapOnce
from handlers.failures import on_error
from handlers.gate import gate
from handlers.menus import code_for_all, publish
from handlers.pacing import AnswerPace
from handlers.requests import EndingRequest, UpdatesRequest

log = logging.getLogger(__name__)

SHORT_DESCRIPTION = sentence("News in short, with who said what. Send a link, or follow topics, people and sites.")
"""Shown on the bot's page and with its shared link; 120 characters at most (Bot API, setMyShortDescription)."""
_UNKNOWN_TOKEN = ("Unauthorized", "Not Found")  # what Telegram says to a token that it does not know
_STARTING = "nobody is answered yet"
_UPDATES_AT_ONCE = 64
_CONNECTIONS = 64


class _Forgetful(Application[Any, Any, Any, Any, Any, Any]):
    """Keeps no number of whom it met.

    Python-telegram-bot (22.8) notes each chat and person whose data its persistence is to write, and without one, as
    here, it never takes the notes away: a week's soak found them.
    """

    __slots__ = ()

    def _mark_for_persistence_update(self, **_: object) -> None:
        pass


async def check_token(client: TelegramClient) -> None:
    """Ask Telegram who we are; a token that it does not know ends the start with a sentence."""
    try:
        await client.call("getMe", {})
    except NotAccepted as error:
        if error.failure.reason in _UNKNOWN_TOKEN:
            raise SettingsError(what="Telegram does not know this token. Copy it again from @BotFather.") from None
        log.warning("Telegram cannot be asked for our name now: %s", error.failure.reason)


def application_of(parts: Parts) -> AnyApplication:
    """Return python-telegram-bot's application with all handlers, not yet started."""
    settings = parts.services.settings
    application: AnyApplication = (
        ApplicationBuilder()
        .application_class(_Forgetful)
        .token(token_of(settings))
        .base_url(f"{settings.api_url}/bot")
        .base_file_url(f"{settings.api_url}/file/bot")
        .rate_limiter(AnswerPace(parts.resources.pace))
        .concurrent_updates(EachTapOnce(_UPDATES_AT_ONCE))
        .request(EndingRequest(parts.resources.waits, connections=_CONNECTIONS))
        # Two: the long one that is stopped may still hold its connection when the last, which confirms, is sent.
        .get_updates_request(UpdatesRequest(parts.resources.waits, connections=2, health=parts.services.health))
        .build()
    )
    application.add_handler(later_pictures(), group=-2)
    application.add_handler(gate(parts.services), group=-1)
    application.add_handlers(all_handlers(parts.services))
    application.add_error_handler(partial(on_error, parts.services))
    return application


@asynccontextmanager
async def answering(application: AnyApplication, parts: Parts) -> AsyncIterator[None]:
    """Receive updates and answer them."""
    settings = parts.services.settings
    await _once_it_answers(application.initialize, parts.services.health)
    try:
        log.info("answering as @%s", application.bot.username)
        await _introduce(application, settings)
        await application.start()
        async with _receiving(application, parts, settings):
            yield
    finally:
        if application.running:
            await application.stop()
        await application.shutdown()


def _receiving(application: AnyApplication, parts: Parts, settings: Settings) -> AbstractAsyncContextManager[None]:
    services = parts.services
    if not settings.webhook:
        return LongPolling(
            application, services.store, services.health, parts.resources.contest, owner=parts.resources.owner
        ).open()
    if settings.public_url is None:
        raise SettingsError(what="A webhook needs public_url: where Telegram reaches this server.")
    return _by_webhook(application, webhook_url(settings.public_url), secret_of(settings), services.health)


@asynccontextmanager
async def _by_webhook(application: AnyApplication, url: str, secret: str, health: Health) -> AsyncIterator[None]:
    """Let Telegram bring updates; the webhook stays set when one of many receivers ends."""
    await _once_it_answers(partial(set_webhook, application, url, secret), health)
    yield


async def _once_it_answers(ask: Callable[[], Awaitable[object]], health: Health) -> None:
    """Ask Telegram for what a start needs until it can be reached; what needs no answer works meanwhile.

    Raises:
        TelegramError: Telegram answers, and refuses.
    """
    brake = Brake(time.monotonic)
    while True:
        try:
            await ask()
        except NetworkError as error:
            if isinstance(error, BadRequest):
                raise
            log.warning("nobody can be answered yet, Telegram cannot be reached: %s", error)
            health.bad("telegram", str(error), voice=_STARTING)
            brake.blocked()
            await asyncio.sleep(brake.wait())
        else:
            health.good("telegram", voice=_STARTING)
            return


async def _introduce(application: AnyApplication, settings: Settings) -> None:
    """Tell Telegram the command menus and what stands on the bot's page; where that fails, the bot works without."""
    await publish(application.bot, menu_by_audience(), settings.admin_ids)
    with suppress(NetworkError):
        for language in interface_languages():
            said = words_in(language).say(SHORT_DESCRIPTION)
            await application.bot.set_my_short_description(said, language_code=code_for_all(language))


def secret_of(settings: Settings) -> str:
    """Return what Telegram must say with each update that it brings to a webhook."""
    chosen = settings.webhook_secret
    return webhook_secret(token_of(settings), chosen.get_secret_value() if chosen else None)
