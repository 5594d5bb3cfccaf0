"""The summary: a few sentences of the article, verbatim and in its order, that say what happened."""

from collections.abc import Sequence

from bot.models import Article, ParagraphKind
from bot.reading.boilerplate import is_boilerplate
from bot.reading.candidate import Candidate
from bot.reading.leaning import runs_together
from bot.reading.material import candidates
from bot.reading.pieces import is_head
from bot.reading.summarizers import OURS, Room, chosen

BUDGET = 700
"""Characters of a summary that leave room for the quotes on a phone's screen. Ours."""

MOST_SENTENCES = 3
"""What happened, in so many sentences. Ours."""

# In these scripts a character says as much as two or three elsewhere.
_DENSE = frozenset({"ja", "zh", "ko"})


def summarise(
    article: Article, *, algorithm: str = OURS, budget: int = BUDGET, most: int = MOST_SENTENCES
) -> tuple[str, ...]:
    """Choose the sentences that tell the news.

    Each is verbatim, complete, and readable where it stands: none is a caption, a call, mostly a quotation, or begins
    by pointing back to a sentence that is not shown. An article whose whole body fits the budget is shown, not
    summarized. Background and reference paragraphs serve only where there is nothing else.

    Args:
        article: what was read.
        algorithm: "quotewire", or one of sumy's: see bot.reading.summarizers.ALGORITHMS.
        budget: characters of all sentences together, at most; one sentence is given even if it is longer.
        most: sentences, at most, of an article that is summarized.

    Raises:
        KeyError: there is no such algorithm.
    """
    budget = room(article.language, budget)
    found = candidates(article)
    fit = [candidate for candidate in found if candidate.fit]
    if fit and _is_short(article, budget):
        return _readable(found, article.language)
    material = fit or [candidate for candidate in found if candidate.quoted < 1]
    while True:
        texts = tuple(candidate.text for candidate in chosen(algorithm, article, material, Room(budget, most)))
        # Looked at last, since it costs most.
        calls = {text for text in texts if _is_out_of_place(text, article.language)}
        if not calls:
            return texts
        material = [candidate for candidate in material if candidate.text not in calls]


def room(language: str | None, budget: int) -> int:
    """Return a budget of characters in the scripts of a language, where one may say as much as two elsewhere."""
    return budget // 2 if language in _DENSE else budget


def _is_short(article: Article, budget: int) -> bool:
    body = article.texts(ParagraphKind.BODY, ParagraphKind.DETAILS, ParagraphKind.QUOTE)
    heads = [text for text in article.texts(ParagraphKind.HEADING) if is_head(text)]
    return sum(map(len, (*body, *heads))) <= budget


def _is_out_of_place(text: str, language: str | None) -> bool:
    """Say whether this is a call, or two sentences in one; few texts have either within a paragraph."""
    return is_boilerplate(text) or runs_together(text, language)


def _readable(found: Sequence[Candidate], language: str | None) -> tuple[str, ...]:
    """Leave out calls, and what leans on what is not shown; questions and heads stand before their answers."""
    last = next(candidate for candidate in reversed(found) if candidate.fit)
    shown: list[Candidate] = []
    head: Candidate | None = None
    for candidate in found:
        if not candidate.fit:
            head = candidate if _heads(candidate, language) else None
            continue
        before = [head] if head else []
        follows = bool(shown) and shown[-1].order == candidate.order - 1
        cut = candidate is last and candidate.text.endswith(("...", "…"))  # where a paywall stands
        if (follows or before or not candidate.leans) and not cut and not _is_out_of_place(candidate.text, language):
            shown += [*before, candidate]
        head = None
    return tuple(candidate.text for candidate in shown)


def _heads(candidate: Candidate, language: str | None) -> bool:
    """Say whether this is a subhead that asks or names an item, too short to be shown alone."""
    text = candidate.text
    return is_head(text) and not candidate.quoted and not _is_out_of_place(text, language)
