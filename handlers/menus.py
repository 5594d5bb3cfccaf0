"""The command menus: which commands each kind of chat shows, to whom, in each language."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from enum import Flag, auto

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.messages.catalogue import SOURCE_LANGUAGE, interface_languages, words_in

log = logging.getLogger(__name__)


class Audience(Flag):
    """Who finds a command in the menu; everybody may type it all the same."""

    PRIVATE = auto()
    MEMBERS = auto()  # of a group
    ADMINS = auto()  # of a group
    OPERATORS = auto()  # those of admin_ids, in their private chats

    CHOOSING = PRIVATE | ADMINS  # who chooses what a chat follows
    EVERYBODY = PRIVATE | MEMBERS | ADMINS


Menu = dict[str, tuple[str, Audience]]
"""Commands in their order: the English description, and for whom it is."""


async def publish(bot: Bot, menu: Menu, operators: Iterable[int]) -> None:
    """Tell Telegram the menus of all kinds of chats in each language.

    Args:
        bot: whose menus they are.
        menu: all commands.
        operators: Telegram's numbers of those who run the bot; one who has never written to it is passed over.
    """
    of_all = (
        (BotCommandScopeDefault(), Audience.EVERYBODY),
        (BotCommandScopeAllPrivateChats(), Audience.PRIVATE),
        (BotCommandScopeAllGroupChats(), Audience.MEMBERS),
        (BotCommandScopeAllChatAdministrators(), Audience.ADMINS),
    )
    await asyncio.gather(
        *(_set(bot, menu, scope, audience) for scope, audience in of_all),
        *(publish_to_operator(bot, menu, number) for number in operators),
    )


async def publish_to_operator(bot: Bot, menu: Menu, number: int) -> None:
    """Let an operator find the commands for operators in their private chat."""
    await _set(bot, menu, BotCommandScopeChat(number), Audience.PRIVATE, Audience.OPERATORS)


async def publish_to_members(bot: Bot, menu: Menu, group: int, *, may_change: bool) -> None:
    """Let a group's members find the commands that its admins find, or no longer."""
    scope = BotCommandScopeChat(group)
    if may_change:
        await _set(bot, menu, scope, Audience.ADMINS)
        return
    for language in interface_languages():
        with suppress(TelegramError):
            await bot.delete_my_commands(scope, language_code=code_for_all(language))


def seen_by(menu: Menu, *audiences: Audience) -> dict[str, str]:
    """Return the commands that one of some audiences finds, with their English descriptions.

    Args:
        menu: all commands.
        audiences: each finds what is for the whole of it.
    """
    return {
        name: description
        for name, (description, meant) in menu.items()
        if any(audience in meant for audience in audiences)
    }


async def _set(bot: Bot, menu: Menu, scope: BotCommandScope, *audiences: Audience) -> None:
    """Set a scope's menu in each language; a menu that cannot be set is no reason not to work."""
    seen = seen_by(menu, *audiences)
    for language in interface_languages():
        words = words_in(language)
        commands = [BotCommand(name, words.say(description)) for name, description in seen.items()]
        try:
            await bot.set_my_commands(commands, scope, language_code=code_for_all(language))
        except TelegramError as error:
            log.info("the menu for %s is not set: %s", scope.to_dict(), error)
            return


def code_for_all(language: str) -> str:
    """Return Telegram's code for what is shown by language; the source language's is for all who have none."""
    return "" if language == SOURCE_LANGUAGE else language
