"""How much of what editors themselves wrote summaries cover, in equal space; and pairs for reading blind.

    python -m benchmarks.summaries coverage [--budget 400] [--by-page]
    python -m benchmarks.summaries pairs [--count 40] [--against lexrank]
    python -m benchmarks.summaries tally

`coverage`: for each page of the corpus whose standfirst or description is no copy of its first paragraph, the share of
that text's content words that a summary of the body (the standfirst removed) has as well. Each system takes whole
sentences of the same cleaned text in its own order until the budget is full; sumy's get the same words and stems.
`pairs` writes benchmarks/out/pairs.txt (ours and another's digest of each page, in random order, without names) and the
key to benchmarks/out/pairs-key.json; put 1, 2 or = behind each "choice:" and run `tally`.
"""

import argparse
import gzip
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from bot.errors import QuotewireError
from bot.models import Article, ParagraphKind
from bot.reading.pipeline import read_page
from bot.reading.sentences import split
from bot.reading.summarizers import Tokenizer, summarizer
from bot.reading.summary import summarise
from bot.reading.words import content_stems

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pages"
OUT = Path(__file__).resolve().parent / "out"
SYSTEMS = ("ours", "lead", "lexrank", "textrank", "reduction", "lsa", "luhn", "sumbasic", "kl")
ASKED = ("ours", "lead", "lexrank", "textrank", "reduction")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the corpus: what was read, and what the editors wrote above it."""

    name: str
    article: Article
    editors: str


def pages() -> Iterable[Page]:
    """Yield the corpus pages, read, with the standfirst taken out of the article."""
    for truth_file in sorted(CORPUS.glob("*.json")):
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        html = gzip.decompress(truth_file.with_suffix(".html.gz").read_bytes())
        try:
            article = read_page(html, truth["url"], use_site_rules=False).article
        except QuotewireError:
            continue
        editors = truth["summary"] if isinstance(truth["summary"], str) else " ".join(truth["summary"])
        kept = tuple(p for p in article.paragraphs if not _same(p.text, editors, article.language))
        yield Page(truth_file.stem, replace(article, paragraphs=kept, quotes=()), editors or _description(html))


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


def fill(sentences: Sequence[str], ranked: Sequence[str], budget: int) -> list[str]:
    """Take ranked sentences while they fit, in article order."""
    taken: list[str] = []
    for sentence in ranked:
        if len(sentence) <= budget:
            taken.append(sentence)
            budget -= len(sentence) + 1
    return sorted(taken, key=sentences.index)


def naive(article: Article, algorithm: str, budget: int) -> list[str]:
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
    return fill(lead(article), list(dict.fromkeys(ranked)), budget)


def summary(system: str, article: Article, budget: int) -> list[str]:
    """Return a system's summary within a budget of characters."""
    if system == "ours":
        return list(summarise(article, budget=budget, most=99))
    if system == "lead":
        return fill(lead(article), list(dict.fromkeys(lead(article))), budget)
    return naive(article, system, budget)


def coverage(text: Iterable[str], editors: str, language: str | None) -> float:
    """Return the share of the editors' content words that a text has."""
    wanted = set(content_stems(editors, language))
    return len(wanted & set(content_stems(" ".join(text), language))) / len(wanted)


def report_coverage(budget: int, *, by_page: bool) -> None:
    """Print the mean coverage of each system and against how many pages ours is better."""
    chosen = [page for page in pages() if usable(page)]
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
        print(f"{system:10} {mean(values):.3f}  {used[system]:4.0f}  {more:2} / {less:2}")
    if by_page:
        for index, page in enumerate(chosen):
            print(page.name, *(f"{system} {scores[system][index]:.2f}" for system in ASKED))


def write_pairs(count: int, against: str, systems: Callable[[str, Article, int], list[str]] = summary) -> None:
    """Write anonymous pairs of summaries to benchmarks/out."""
    OUT.mkdir(exist_ok=True)
    chance = random.Random()  # noqa: S311 - nobody is to know the order beforehand
    chosen = [page for page in pages() if page.article.language in {"en", "uk", "ru", "de"}]
    chance.shuffle(chosen)
    key, lines = [], []
    others = [against] if against != "all" else [system for system in ASKED if system != "ours"]
    for number, page in enumerate(chosen[:count]):
        other = others[number % len(others)]
        pair = [("ours", list(summarise(page.article))), (other, systems(other, page.article, 700)[:3])]
        chance.shuffle(pair)
        key.append({"page": page.name, "1": pair[0][0], "2": pair[1][0]})
        lines.append(f"=== {number} {page.article.title}")
        for place, (_, sentences) in enumerate(pair, 1):
            lines += [f"[{place}] " + " ".join(sentences), ""]
        lines += ["choice: ", ""]
    (OUT / "pairs.txt").write_text("\n".join(lines), encoding="utf-8")
    (OUT / "pairs-key.json").write_text(json.dumps(key), encoding="utf-8")
    print(f"wrote {len(key)} pairs to {OUT / 'pairs.txt'}")


def tally() -> None:
    """Print how often ours was chosen, against each system."""
    key = json.loads((OUT / "pairs-key.json").read_text(encoding="utf-8"))
    text = (OUT / "pairs.txt").read_text(encoding="utf-8")
    choices = [line.removeprefix("choice:").strip() for line in text.splitlines() if line.startswith("choice:")]
    counts: dict[str, dict[str, int]] = {}
    for names, choice in zip(key, choices, strict=True):
        if choice:
            other = next(names[place] for place in "12" if names[place] != "ours")
            result = "even" if choice == "=" else "ours" if names[choice] == "ours" else "other"
            row = counts.setdefault(other, {"ours": 0, "other": 0, "even": 0})
            row[result] += 1
    for other, row in counts.items():
        print(f"against {other}: ours {row['ours']}, {other} {row['other']}, even {row['even']}")


def main() -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["coverage", "pairs", "tally"])
    parser.add_argument("--budget", type=int, default=400, help="characters of a summary")
    parser.add_argument("--by-page", action="store_true", help="print each page's figures")
    parser.add_argument("--count", type=int, default=40, help="pairs to write")
    parser.add_argument("--against", default="all", help="the system to compare with")
    options = parser.parse_args()
    if options.command == "coverage":
        report_coverage(options.budget, by_page=options.by_page)
    elif options.command == "pairs":
        write_pairs(options.count, options.against)
    else:
        tally()


if __name__ == "__main__":
    main()
