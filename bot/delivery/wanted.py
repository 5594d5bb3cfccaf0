"""Whether a subscription wants a story: by its words, seen through inflection, and its source's language."""

from functools import lru_cache

from bot.models import Article
from bot.options import Options
from bot.reading.words import stemmer, words_of
from bot.store import Delivery


def is_wanted(delivery: Delivery, options: Options) -> bool:
    """Say whether a story passes what a subscription asks of it.

    Words are looked for in the headline, the standfirst, the summary and the tags; an article's depths mention
    too much.
    """
    if options.languages and not _speaks(delivery, options.languages):
        return False
    if not options.with_words and not options.without_words:
        return True
    text, language = _text(delivery), _language(delivery)
    if any(_mentions(text, phrase, language) for phrase in options.without_words):
        return False
    return not options.with_words or any(_mentions(text, phrase, language) for phrase in options.with_words)


def _speaks(delivery: Delivery, languages: tuple[str, ...]) -> bool:
    language = delivery.language or _language(delivery)
    return language is None or language in languages


def _language(delivery: Delivery) -> str | None:
    return (delivery.digest and delivery.digest.digest.article.language) or delivery.language


def _text(delivery: Delivery) -> str:
    if delivery.digest is None:
        return delivery.headline
    digest = delivery.digest.digest
    article: Article = digest.article
    # A sign between the parts, so that no phrase is found across them.
    return " ¶ ".join([article.title, article.lead, *digest.summary, *article.tags])


def _mentions(text: str, phrase: str, language: str | None) -> bool:
    sought = _stemmed(phrase, language)
    return bool(sought.strip()) and sought in _stemmed(text, language)


@lru_cache(maxsize=256)  # of a fan-out, all chats ask about the same few stories
def _stemmed(text: str, language: str | None) -> str:
    stem = stemmer(language)
    parts = (" ".join(stem(word) for word in words_of(part)) for part in text.split("¶"))
    return " " + " ¶ ".join(parts) + " "
