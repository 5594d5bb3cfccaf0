"""Inline mode: "@bot <link>" in any chat gives the digest, "@bot words" searches recent stories and suggests topics."""

import asyncio
import hashlib
import re
from functools import partial
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import BaseHandler, InlineQueryHandler

from bot.deep_links import link_of
from bot.errors import QuotewireError
from bot.messages.catalogue import Words, words_in
from bot.messages.digests import plain_headline
from bot.messages.errors import explain
from bot.messages.lists import topic_name
from bot.messages.markup import cut, escape
from bot.models import Topic, TopicKind
from bot.queries import MAX_QUERY_LENGTH, parse_query
from bot.rendering import card_message, reader_for
from bot.services import Services
from bot.store import Chat, Headline, StoredDigest
from bot.topics import tag_topic
from handlers.replies import unless_too_old
from handlers.sayings import links_used_up
from handlers.visits import Context
from handlers.wishes import full_address

_ROWS = 10
_SUGGESTED = 3
_PATIENCE = 8.0
"""Seconds that a link is read for. Ours: who waits has typed on after that, and Telegram drops late answers."""

_CACHED = 30  # seconds that Telegram keeps an answer for the same words
_TITLE_LIMIT = 120
_DESCRIPTION_LIMIT = 200


def handlers(services: Services) -> list[BaseHandler[Any, Any, Any]]:
    """Return this file's handlers."""
    return [InlineQueryHandler(partial(_answer, services))]


async def _answer(services: Services, update: Update, context: Context) -> None:
    query = update.inline_query
    if query is None:
        return
    chat = await services.store.chats.find(query.from_user.id)
    words = words_in((chat and chat.language) or query.from_user.language_code or services.settings.default_language)
    asked, page = query.query.strip()[:MAX_QUERY_LENGTH], _page(query.offset)
    reader_chat = chat or Chat(0, query.from_user.id, language=words.language)
    more = False
    if address := full_address(asked):
        results = [await _of_link(services, address, query.from_user.id, reader_chat, words)]
    else:
        found = await _stories(services, asked, words, page)
        more = len(found) > _ROWS
        results = [await _of_story(services, story, reader_chat) for story in found[:_ROWS]]
        if asked and not page:
            results = [*await _topics(services, asked, context.bot.username, words), *results]
    with unless_too_old():
        await query.answer(
            results,
            cache_time=_CACHED,
            is_personal=True,
            next_offset=str(page + 1) if more else "",
            button=InlineQueryResultsButton(words.say("Follow news with me"), start_parameter="inline"),
        )


def _page(offset: str) -> int:
    """Return the page that an answer of ours named, 0 for what a client has made up."""
    return int(offset) if re.fullmatch("[0-9]{1,6}", offset) else 0


async def _stories(services: Services, asked: str, words: Words, page: int) -> list[Headline]:
    """Return recent stories: those that the words find, or without words the newest in the person's language."""
    limit, offset = _ROWS + 1, page * _ROWS
    if asked:
        return await services.store.search.stories(parse_query(asked), limit=limit, offset=offset)
    # Chat 0 is nobody's: only presets are shown, never what single chats have added.
    return await services.store.stories.recent(languages=(words.language,), chat_id=0, limit=limit, offset=offset)


async def _of_link(services: Services, address: str, person: int, chat: Chat, words: Words) -> InlineQueryResultArticle:
    # Each keystroke asks anew: what is at hand or under way is counted once.
    if not await services.digester.is_at_hand(address) and not services.links.take(person):
        return _result(cut(links_used_up(services, words), _TITLE_LIMIT), escape(address), address)
    try:
        stored = await asyncio.wait_for(services.digester.digest(address), _PATIENCE)
    except QuotewireError as error:
        return _result(cut(explain(error, words), _TITLE_LIMIT), escape(address), address)
    except TimeoutError:
        said = words.say("Still reading it. Type a space to ask again.")
        return _result(said, escape(address), address)
    return _of_digest(services, stored, chat)


async def _of_story(services: Services, story: Headline, chat: Chat) -> InlineQueryResultArticle:
    stored = await services.store.digests.get(story.digest_id) if story.digest_id else None
    if stored is not None:
        return _of_digest(services, stored, chat)
    return _result(cut(story.title or story.url, _TITLE_LIMIT), plain_headline(story.title, story.url).html, story.url)


def _of_digest(services: Services, stored: StoredDigest, chat: Chat) -> InlineQueryResultArticle:
    article = stored.digest.article
    html = card_message(stored, reader_for(chat, services.settings, services.now())).html
    summary = " ".join(stored.digest.summary)
    return _result(cut(article.title or article.url, _TITLE_LIMIT), html, article.url, cut(summary, _DESCRIPTION_LIMIT))


async def _topics(services: Services, asked: str, username: str, words: Words) -> list[InlineQueryResultArticle]:
    """Return topics that the words may mean, each as a message that lets others follow it."""
    topic = tag_topic(asked, services.aliases)
    near: list[tuple[int, Topic]] = []
    if topic.key and await services.store.topics.is_known(topic):
        near.append((await services.store.topics.ensure(topic), topic))
    person = Topic(TopicKind.PERSON, topic.key, topic.label)
    for each in (topic, person) if topic.key else ():
        near += await services.store.topics.near(each, limit=_SUGGESTED)
    results = []
    for number, each in near[:_SUGGESTED]:
        name, link = topic_name(each), link_of(username, each, number)
        html = words.say("Follow {topic}: {link}", topic=escape(name), link=escape(link))
        results.append(_result("🔔 " + name, html, link, words.say("Let others follow this topic")))
    return results


def _result(title: str, html: str, url: str, description: str = "") -> InlineQueryResultArticle:
    # A message sent inline belongs to no chat of ours, so that its buttons can be links alone.
    return InlineQueryResultArticle(
        id=hashlib.sha256(f"{title}\n{url}".encode()).hexdigest()[:32],
        title=title or url,
        description=description or None,
        input_message_content=InputTextMessageContent(html, parse_mode=ParseMode.HTML),
        reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("↗", url=url)]]),
    )
