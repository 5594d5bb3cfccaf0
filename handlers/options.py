"""/settings: how news comes to a chat; and, from a subscription, how its news comes. The screens edit themselves."""

from dataclasses import replace
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.messages import callbacks
from bot.messages.catalogue import sentence
from bot.messages.lists import topic_name
from bot.messages.markup import escape
from bot.messages.option_fields import FIELDS
from bot.messages.options import INHERITED, Scope, is_zone, render_field, render_options, zone_of
from bot.models import Message
from bot.options import Choices
from bot.services import Services
from handlers import menu_by_audience
from handlers.menus import Audience, publish_to_members
from handlers.replies import edit, plain, reply, toast
from handlers.sayings import only_admins
from handlers.taps import changing_tap, say_too_old, tapped
from handlers.visits import (
    GROUPS,
    Context,
    Visit,
    is_admin,
    may_change,
    members_may_change,
    reader_of,
    remote_visit,
    visit,
)

FIRST = True  # an answer to a screen may look like anything
MENU = {"settings": sentence("How news comes to you")}
AUDIENCE = {"settings": Audience.CHOOSING}


class _AnswersAScreen(filters.MessageFilter):
    """Lets pass what answers a screen of one option."""

    def filter(self, message: TelegramMessage) -> bool:
        """Say whether a message does."""
        return bool(message.text) and _numbers_of(message.reply_to_message) is not None


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""

    async def settings(update: Update, _context: Context) -> None:
        here = await visit(update, services)
        if update.effective_message:
            await reply(update.effective_message, await _screen(services, here, 0))

    return [
        CommandHandler("settings", settings),
        CallbackQueryHandler(partial(_tap, services), pattern=f"^{callbacks.OPTIONS}:"),
        CallbackQueryHandler(partial(_let_members, services), pattern=f"^{callbacks.MEMBERS}:"),
        CallbackQueryHandler(partial(_pause, services), pattern=f"^{callbacks.PAUSE}:"),
        MessageHandler(filters.UpdateType.MESSAGE & ~filters.COMMAND & _AnswersAScreen(), partial(_answer, services)),
    ]


async def _tap(services: Services, update: Update, _context: Context) -> None:
    tap = await tapped(update, services)
    here = tap.here
    if not tap.verb:
        await say_too_old(tap)
        return
    topic_id, number, index = (*tap.numbers, None, None, None)[:3]
    if index is not None and not await may_change(update, services):
        await toast(tap.query, only_admins(here), alert=True)
        return
    await toast(tap.query)
    if index is not None and number is not None:
        await _choose(services, here, topic_id or 0, number, index)
        here, number = await visit(update, services), None
    if tap.shown is not None:
        await edit(tap.shown, here.shown(await _screen(services, here, topic_id or 0, number)))


async def _let_members(services: Services, update: Update, context: Context) -> None:
    """Let all members of a group choose what it follows, or its admins alone; only these decide that."""
    tap = await tapped(update, services)
    here, shown, group = tap.here, tap.shown, tap.here.chat.telegram_id
    if not tap.numbers or shown is None or shown.chat.type not in GROUPS:
        await say_too_old(tap)
        return
    if not await is_admin(update, services):
        await toast(tap.query, here.words.say("Only this group's admins decide that."), alert=True)
        return
    allowed = tap.numbers[0] == 1
    if await services.store.chats.find(group) is None:  # a forum where only topics were spoken to
        chat = here.chat
        await services.store.chats.ensure(group, kind=chat.kind, title=chat.title, language=chat.language)
    await services.store.chats.let_members_change(group, allowed=allowed)
    await toast(tap.query)
    await edit(shown, await _screen(services, here, 0))
    await publish_to_members(context.bot, menu_by_audience(), group, may_change=allowed)


async def _pause(services: Services, update: Update, _context: Context) -> None:
    tap = await changing_tap(update, services)
    if tap is None:
        return
    here, topic_id = tap.here, tap.number(0)
    await toast(tap.query)
    await services.store.subscriptions.pause(here.chat.id, topic_id, paused=bool(tap.number(1)))
    if tap.shown is not None:
        await edit(tap.shown, here.shown(await _screen(services, here, topic_id)))


async def _answer(services: Services, update: Update, _context: Context) -> None:
    message = update.effective_message
    numbers = _numbers_of(message.reply_to_message if message else None)
    if message is None or numbers is None:
        return
    here = await _visit_of_answer(services, update, message.reply_to_message)
    if not await may_change(update, services):
        await reply(message, plain(only_admins(here)))
        return
    topic_id, number = numbers
    understood = await _say(services, here, topic_id, number, message.text or "")
    here = await _visit_of_answer(services, update, message.reply_to_message)
    screen = await _screen(services, here, topic_id, None if understood else number)
    if not understood:
        sorry = here.words.say("I did not understand that. Please try again:")
        screen = replace(screen, html=f"{escape(sorry)}\n\n{screen.html}")
    await reply(message, here.shown(screen))


async def _visit_of_answer(services: Services, update: Update, screen: TelegramMessage | None) -> Visit:
    """Return the visit of the chat that an answered screen is about."""
    here, pressed = await visit(update, services), _first_button(screen)
    if pressed is None or pressed.place is None:
        return here
    return await remote_visit(update, services, here, pressed.place)


def _first_button(screen: TelegramMessage | None) -> callbacks.Callback | None:
    rows = screen.reply_markup.inline_keyboard if screen and screen.reply_markup else ()
    data = rows[0][0].callback_data if rows and rows[0] else None
    return callbacks.unpack(data) if isinstance(data, str) else None


def _numbers_of(screen: TelegramMessage | None) -> tuple[int, int] | None:
    """Return which topic and option a screen of ours is about; its first button says so."""
    pressed = _first_button(screen)
    if pressed is None or pressed.verb != callbacks.OPTIONS or len(pressed.numbers) != 3:  # noqa: PLR2004  with a value
        return None
    return pressed.numbers[0], pressed.numbers[1]


async def _screen(services: Services, here: Visit, topic_id: int, number: int | None = None) -> Message:
    scope, reader = await _scope(services, here, topic_id), await reader_of(here.chat, services)
    if number is None or not 0 <= number <= len(FIELDS) or (is_zone(number) and scope.topic_id):
        is_group = here.chat.kind in GROUPS
        members = await members_may_change(services, here.chat.telegram_id) if is_group else None
        return render_options(scope, reader, members=members)
    return render_field(number, scope, reader)


async def _scope(services: Services, here: Visit, topic_id: int) -> Scope:
    """Return what a screen is about; the chat itself where it does not follow the topic any more."""
    topic = await services.store.topics.get(topic_id) if topic_id else None
    said = await services.store.options.of_subscription(here.chat.id, topic_id) if topic else None
    if topic is None or said is None:
        paused = await services.store.subscriptions.is_paused(here.chat.id)
        return Scope(0, "", await services.store.options.of_chat(here.chat.id), paused=paused)
    paused = await services.store.subscriptions.is_paused(here.chat.id, topic_id)
    return Scope(topic_id, topic_name(topic), said.chat, said.own, paused)


async def _choose(services: Services, here: Visit, topic_id: int, number: int, index: int) -> None:
    """Take one of the ready values."""
    if is_zone(number):
        if zone := zone_of(index):
            await services.store.chats.set_timezone(here.chat.id, zone)
        return
    if not 0 <= number < len(FIELDS) or not INHERITED <= index < len(FIELDS[number].ready):
        return
    value = None if index == INHERITED else FIELDS[number].ready[index]
    await _set(services, here, topic_id, number, value)


async def _say(services: Services, here: Visit, topic_id: int, number: int, text: str) -> bool:
    """Take a value that a person wrote, and say whether it is one."""
    if is_zone(number):
        return await _say_zone(services, here, text.strip())
    if not 0 <= number < len(FIELDS):
        return False
    value = FIELDS[number].understand(text.strip())
    if value is None:
        return False
    await _set(services, here, topic_id, number, value)
    return True


async def _say_zone(services: Services, here: Visit, name: str) -> bool:
    known = {zone.lower(): zone for zone in available_timezones()}
    zone = known.get(name.lower().replace(" ", "_"))
    if zone is None:
        return False
    await services.store.chats.set_timezone(here.chat.id, ZoneInfo(zone).key)
    return True


async def _set(services: Services, here: Visit, topic_id: int, number: int, value: Any) -> None:
    name, options = FIELDS[number].name, services.store.options
    said = Choices(**{name: value})
    if topic_id:
        await options.set_subscription(here.chat.id, topic_id, said, only=name)
    else:
        await options.set_chat(here.chat.id, said, only=name)
