"""How much of what editors themselves wrote summaries cover, in equal space.

    python -m benchmarks.summaries [--corpus DIR] [--budget 400] [--by-page]

For each page of the corpus whose standfirst or description is no copy of its first paragraph, the share of
that text's content words that a summary of the body (the standfirst removed) has as well. Each system takes whole
sentences of the same cleaned text in its own order until the budget is full; sumy's get the same words and stems.
benchmarks/pairs.py makes pairs for reading blind.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from benchmarks.corpus import CORPUS, saved_pages
from bot.errors import QuotewireError
from bot.models import Article, ParagraphKind
from bot.reading.pipeline import read_page
from bot.reading.sentences import split
from bot.reading.summarizers import Tokenizer, summarizer
from bot.reading.summary import room, summarise
from bot.reading.words import content_stems

SYSTEMS = ("ours", "lead", "lexrank", "textrank", "reduction", "lsa", "luhn", "sumbasic", "kl")
ASKED = ("ours", "lead", "lexrank", "textrank", "reduction")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the corpus: what was read, what the editors wrote above it or about it, and the former alone."""

    name: str
    article: Article
    editors: str
    standfirst: str


def read_pages(corpus: Path = CORPUS) -> Iterator[Page]:
    """Yield the corpus pages, read."""
    for name, html, truth in saved_pages(corpus):
        try:
            article = read_page(html, truth["url"], use_site_rules=False).article
        except QuotewireError:
            continue
        editors = truth["summary"] if isinstance(truth["summary"], str) else " ".join(truth["summary"])
        yield Page(name, article, editors or _description(html), editors)


def pages(corpus: Path = CORPUS) -> Iterator[Page]:
    """Yield the corpus pages, read, with the standfirst taken out of the article."""
    for page in read_pages(corpus):
        article = page.article
        kept = tuple(p for p in article.paragraphs if not _same(p.text, page.standfirst, article.language))
        yield replace(page, article=replace(article, paragraphs=kept, standfirst=0, quotes=(), lead=""))


def _description(html: bytes) -> str:
    from bot.reading.page import Page as Document  # noqa: PLC0415 - only here

    meta = Document.parse(html, "https://corpus.invalid/").meta
    found = [*meta.get("og:description", ()), *meta.get("description", ())]
    return max(found, key=len, default="")


def _same(text: str, editors: str, language: str | None) -> bool:
    ours, theirs = set(content_stems(text, language)), set(content_stems(editors, language))
    return bool(ours) and len(ours & theirs) / len(ours) > 0.8


def usable(page: Page) -> bool:
    """Say whether the editors' text is there and no copy of the first paragraph."""
    body = [p.text for p in page.article.paragraphs if p.kind is ParagraphKind.BODY]
    stems = set(content_stems(page.editors, page.article.language))
    if len(stems) < 6 or len(body) < 4:
        return False
    first = set(content_stems(body[0], page.article.language))
    return len(stems & first) / len(stems) < 0.7


def lead(article: Article) -> list[str]:
    """Return the sentences of the body from its beginning."""
    return [
        s for p in article.paragraphs if p.kind is not ParagraphKind.HEADING for s in split(p.text, article.language)
    ]


def fill(sentences: Sequence[str], ranked: Sequence[str], budget: int, most: int) -> list[str]:
    """Take ranked sentences while they fit, in article order."""
    taken: list[str] = []
    for sentence in ranked:
        if len(sentence) <= budget and len(taken) < most:
            taken.append(sentence)
            budget -= len(sentence) + 1
    return sorted(taken, key=sentences.index)


def naive(article: Article, algorithm: str, budget: int, most: int = 99) -> list[str]:
    """Summarize with sumy as people do: every sentence of the text is a candidate."""
    tokenizer = Tokenizer(article.language)
    paragraphs = [
        Paragraph([Sentence(s, tokenizer) for s in split(p.text, article.language)])
        for p in article.paragraphs
        if p.kind is not ParagraphKind.HEADING
    ]
    document = ObjectDocumentModel(paragraphs)
    ranked: list[str] = []

    def count(infos: Sequence[Any]) -> Sequence[Any]:
        ranked.extend(str(info.sentence) for info in infos)
        return infos

    summarizer(algorithm, article.language)(document, count)
    return fill(lead(article), list(dict.fromkeys(ranked)), budget, most)


def summary(system: str, article: Article, budget: int) -> list[str]:
    """Return a system's summary within a budget of characters, a share of it where a character says more."""
    if system == "ours":
        return list(summarise(article, budget=budget, most=99))
    return ranked_by(system, article, room(article.language, budget))


def ranked_by(system: str, article: Article, budget: int, most: int = 99) -> list[str]:
    """Return the summary of the lead, or of one of sumy's algorithms."""
    if system == "lead":
        return fill(lead(article), list(dict.fromkeys(lead(article))), budget, most)
    return naive(article, system, budget, most)


def coverage(text: Iterable[str], editors: str, language: str | None) -> float:
    """Return the share of the editors' content words that a text has."""
    wanted = set(content_stems(editors, language))
    return len(wanted & set(content_stems(" ".join(text), language))) / len(wanted)


def _by_language(chosen: Sequence[Page], values: Sequence[float]) -> str:
    """Return the means of English, German and the other pages."""
    groups: dict[str, list[float]] = {"en": [], "de": [], "other": []}
    for page, value in zip(chosen, values, strict=True):
        groups.get(page.article.language or "", groups["other"]).append(value)
    return "  ".join(f"{name} {mean(found):.3f} ({len(found)})" for name, found in groups.items() if found)


def report_coverage(corpus: Path, budget: int, *, by_page: bool) -> None:
    """Print the mean coverage of each system and against how many pages ours is better."""
    chosen = [page for page in pages(corpus) if usable(page)]
    scores: dict[str, list[float]] = {}
    used: dict[str, float] = {}
    for system in SYSTEMS:
        made = [summary(system, page.article, budget) for page in chosen]
        scores[system] = [coverage(m, p.editors, p.article.language) for m, p in zip(made, chosen, strict=True)]
        used[system] = mean(sum(map(len, m)) for m in made)
    print(f"{len(chosen)} pages, {budget} characters; coverage, characters used, pages where ours covers more / less")
    for system, values in scores.items():
        more = sum(a > b for a, b in zip(scores["ours"], values, strict=True))
        less = sum(a < b for a, b in zip(scores["ours"], values, strict=True))
        print(
            f"{system:10} {mean(values):.3f}  {used[system]:4.0f}  {more:2} / {less:2}  {_by_language(chosen, values)}"
        )
    if by_page:
        for index, page in enumerate(chosen):
            print(page.name, *(f"{system} {scores[system][index]:.2f}" for system in ASKED))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--budget", type=int, default=400, help="characters of a summary")
    parser.add_argument("--by-page", action="store_true", help="print each page's figures")
    options = parser.parse_args()
    report_coverage(options.corpus, options.budget, by_page=options.by_page)


if __name__ == "__main__":
    main()
