"""Coming and going: the bot is added, blocked, removed, or a group becomes a supergroup."""

from contextlib import suppress
from functools import partial
from typing import Any

from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.delivery.sender import keyboard, preview
from bot.messages.catalogue import words_in
from bot.models import Message
from bot.services import Services
from bot.store import ChatState
from handlers import menu_by_audience
from handlers.channel_screens import channel_screen
from handlers.connecting import is_connecting, welcome
from handlers.menus import publish_to_members
from handlers.standings import Standings
from handlers.start import introduction
from handlers.visits import Context, is_leader, members_may_change, remote, visit

_OUT = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    return [
        ChatMemberHandler(partial(_changed, services, Standings()), ChatMemberHandler.MY_CHAT_MEMBER),
        ChatMemberHandler(partial(_others_changed, services), ChatMemberHandler.CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, partial(_migrated, services)),
        MessageHandler(filters.StatusUpdate.FORUM_TOPIC_REOPENED, partial(_reopened, services)),
    ]


async def _changed(services: Services, standings: Standings, update: Update, context: Context) -> None:
    change = update.my_chat_member
    if change is None:
        return
    place = change.date, update.update_id
    async with standings.change(change.chat.id, place, is_out=_is_out(change)) as counts:
        if counts:
            await _see_to(services, update, change, context)


def _is_out(change: ChatMemberUpdated) -> bool:
    member = change.new_chat_member
    return member.status in _OUT or (change.chat.type == ChatType.CHANNEL and not is_leader(member))


async def _see_to(services: Services, update: Update, change: ChatMemberUpdated, context: Context) -> None:
    services.rights.forget(change.chat.id)
    if change.new_chat_member.status in _OUT:
        state = ChatState.BLOCKED if change.chat.type == ChatType.PRIVATE else ChatState.KICKED
        await services.store.chats.leave(change.chat.id, state, known_to=change.from_user.id)
    elif change.chat.type == ChatType.CHANNEL:
        await _in_channel(services, change, context)
    else:
        await _in_group(services, update, change, context)


async def _others_changed(services: Services, update: Update, _context: Context) -> None:
    if update.chat_member:
        services.rights.forget(update.chat_member.chat.id)


async def _migrated(services: Services, update: Update, context: Context) -> None:
    message = update.effective_message
    if message and message.migrate_to_chat_id:
        await services.store.chats.move(message.chat_id, message.migrate_to_chat_id)
        if await members_may_change(services, message.migrate_to_chat_id):
            await publish_to_members(context.bot, menu_by_audience(), message.migrate_to_chat_id, may_change=True)


async def _reopened(services: Services, update: Update, _context: Context) -> None:
    """Know a forum topic again that was closed, so that its news goes on."""
    await visit(update, services)


async def _in_group(services: Services, update: Update, change: ChatMemberUpdated, context: Context) -> None:
    """Greet a group that the bot has come to; a person who has come back is known again."""
    here = await visit(update, services)
    if not change.from_user.is_bot:
        await services.store.chats.set_configurer(here.chat.id, change.from_user.id)
    if change.old_chat_member.status in _OUT and change.chat.type != ChatType.PRIVATE:
        await _greet(context, change.chat.id, introduction(here.words))


async def _in_channel(services: Services, change: ChatMemberUpdated, context: Context) -> None:
    """Remember a channel where the bot may post from now on, or that it may not any more."""
    person, number = change.from_user, change.chat.id
    if not is_leader(change.new_chat_member):
        await services.store.chats.leave(number, ChatState.MUTED, known_to=person.id)
        return
    spoken = words_in(person.language_code or services.settings.default_language).language
    # Looked up first: connecting, which may go on meanwhile, ends only after the channel is no longer new.
    alone = await services.store.chats.find(person.id)
    channel, is_new = await welcome(services, number, change.chat.title or "", person.id, spoken)
    # Who shares a channel with the bot lets it in by that, and hears of it there.
    if is_new and alone and not is_connecting(alone, services):
        there = remote(channel, words_in(alone.language or spoken))
        await _greet(context, person.id, await channel_screen(services, there))


async def _greet(context: Context, chat_id: int, greeting: Message) -> None:
    """Say a first word; where that cannot be done, as in a closed topic, the commands are there all the same."""
    with suppress(TelegramError):
        await _say(context, chat_id, greeting)


async def _say(context: Context, chat_id: int, greeting: Message) -> None:
    await context.bot.send_message(
        chat_id,
        greeting.html,
        parse_mode="HTML",
        reply_markup=keyboard(greeting.buttons),
        link_preview_options=preview(greeting.preview_url),
    )
