"""The summary: a few sentences of the article, verbatim and in its order, that say what happened."""

from bot.models import Article, ParagraphKind
from bot.reading.sentences import split

# A message shows about this many characters of summary without pushing the quotes off a phone's screen.
BUDGET = 700
MOST_SENTENCES = 3


def summarise(article: Article, *, algorithm: str = "quotewire", budget: int = BUDGET) -> tuple[str, ...]:
    """Choose the sentences that tell the news.

    Args:
        article: what was read; its quotes may be there or not.
        algorithm: "quotewire", or the name of one of sumy's summarizers.
        budget: characters of all sentences together, at most (one sentence is given even if it is longer).
    """
    del algorithm
    chosen: list[str] = []
    for text in article.texts(ParagraphKind.BODY, ParagraphKind.DETAILS) or article.texts(ParagraphKind.BACKGROUND):
        for sentence in split(text, article.language):
            if len(chosen) == MOST_SENTENCES or (chosen and sum(map(len, chosen)) + len(sentence) > budget):
                return tuple(chosen)
            chosen.append(sentence)
    return tuple(chosen)
