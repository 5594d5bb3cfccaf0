"""Which messages a bot gets, by Telegram's privacy mode."""

from bot.playground.formatting.text import entity_text
from bot.playground.world.messages import StoredMessage
from bot.playground.world.state import World


def bot_sees(world: World, message: StoredMessage) -> bool:
    """Return whether the bot gets an update for a person's message.

    In groups with privacy mode: commands (not those for other bots), mentions of it, replies to it, service messages
    (Telegram's "Privacy mode" in "Bot features"). Administrators see all.
    """
    chat = message.chat
    if chat.user is not None:
        return not chat.user.blocked_bot
    status = world.status_of(chat, world.bot)
    if status in {"left", "kicked"}:
        return False
    if chat.type == "channel":
        return status == "administrator"
    if status == "administrator" or not world.options.privacy_mode or message.service:
        return True
    return _answers_bot(world, message) or _names_bot(world, message)


def _answers_bot(world: World, message: StoredMessage) -> bool:
    answered = world.message(message.chat.id, message.reply_to)
    return answered is not None and answered.from_bot


def _names_bot(world: World, message: StoredMessage) -> bool:
    name = f"@{world.bot.username}".lower()
    for entity in message.entities:
        words = entity_text(message.content.body, entity).lower()
        if entity.type == "mention" and words == name:
            return True
        if entity.type == "bot_command" and (words.endswith(name) or "@" not in words):
            return True
    return False
