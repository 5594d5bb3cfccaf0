"""Time from a page's bytes to its Digest, and what reading costs the event loop.

    python -m benchmarks.speed pages [--rounds 3]
    python -m benchmarks.speed first [--rounds 3]
    python -m benchmarks.speed loop [--links 200]
    python -m benchmarks.speed summary

`pages`: one process, each page of the corpus read by us, by trafilatura.extract (its defaults: text only), and by the
naive pipeline (trafilatura, then sumy's LexRank with the same words); the best of the rounds; the ratios are of the
same page in the same run. In each round each of them reads all pages in turn, as a worker does: page by page, whoever
comes second would find the page and the parser in the processor's caches. `first`: the same, each page met for the
first time by a process that has read only the other half of the corpus: no word of the page is remembered. `loop`:
that many pages through the ReadingPool while a timer measures how late the event loop is. `summary`: a summary of an
article of 300 sentences.
"""

import argparse
import asyncio
import gc
import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context

import trafilatura

from benchmarks.corpus import saved_pages
from benchmarks.summaries import naive
from bot.errors import QuotewireError
from bot.models import Article, Paragraph
from bot.reading import read
from bot.reading.summary import summarise
from bot.reading.worker import ReadingPool
from bot.reading.worker_process import warm_up
from config.settings import Settings


def corpus() -> list[tuple[bytes, str]]:
    """Return the document and the URL of every page."""
    return [(page.html, page.truth["url"]) for page in saved_pages()]


def ours(html: bytes, url: str) -> None:
    """Read everything: metadata, body, quotes, summary."""
    with suppress(QuotewireError):
        read(html, url)


def extracted(html: bytes, _url: str) -> None:
    """Extract the text alone."""
    trafilatura.extract(html)


def extracted_with_metadata(html: bytes, url: str) -> None:
    """Extract the text, title, authors, date and tags: nearer to what we read, but for quotes and summary."""
    trafilatura.bare_extraction(html, url=url, with_metadata=True)


def naively(html: bytes, url: str) -> None:
    """Extract the text and summarize it with sumy's LexRank."""
    text = trafilatura.extract(html) or ""
    article = Article(url=url, title="", language="en", paragraphs=tuple(map(Paragraph, text.splitlines())))
    naive(article, "lexrank", 700)


SYSTEMS: dict[str, Callable[[bytes, str], None]] = {
    "ours": ours,
    "trafilatura": extracted,
    "and metadata": extracted_with_metadata,
    "naive": naively,
}


Times = Sequence[tuple[str, int, float]]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def spread(values: Sequence[float]) -> str:
    """Return median, p90 and p99 for a table."""
    return "  ".join(f"{percentile(values, share):7.2f}" for share in (0.5, 0.9, 0.99))


def report_pages(rounds: int) -> None:
    """Print times and ratios over the corpus."""
    pages = corpus()
    best: dict[str, list[float]] = {system: [float("inf")] * len(pages) for system in SYSTEMS}
    get_ready(pages)
    for _ in range(rounds):
        take_best(best, measured(range(len(pages)), pages))
    report_times(best, f"{len(pages)} pages, best of {rounds}")


def report_first(rounds: int) -> None:
    """Print times and ratios over the corpus, no page read before."""
    best: dict[str, list[float]] = {system: [float("inf")] * len(corpus()) for system in SYSTEMS}
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as fresh:
        for half in (0, 1) * rounds:
            take_best(best, fresh.submit(half_measured, half).result())
    report_times(best, f"{len(best['ours'])} pages at first sight, best of {rounds}")


def half_measured(half: int) -> Times:
    """Return the times of one half of the corpus in a process that has read only the other."""
    pages = corpus()
    get_ready(pages[1 - half :: 2])
    return measured(range(half, len(pages), 2), pages)


def get_ready(pages: Sequence[tuple[bytes, str]]) -> None:
    """Do what is done once, and is no part of a page's time."""
    warm_up()
    for run in SYSTEMS.values():
        for page in pages:
            run(*page)
    gc.collect()
    gc.freeze()
    gc.disable()  # as in a worker, for all alike: what stays is not looked through, garbage goes between pages


def measured(chosen: Iterable[int], pages: Sequence[tuple[bytes, str]]) -> Times:
    """Return (system, page's index, ms of processor time)."""
    times = []
    for system, run in SYSTEMS.items():
        for index in chosen:
            gc.collect()
            started = time.process_time()
            run(*pages[index])
            times.append((system, index, (time.process_time() - started) * 1000))
    return times


def take_best(best: dict[str, list[float]], times: Times) -> None:
    """Keep the shortest time of each page."""
    for system, index, spent in times:
        best[system][index] = min(best[system][index], spent)


def report_times(best: Mapping[str, Sequence[float]], what: str) -> None:
    """Print the table."""
    print(f"{what}; ms of processor time: median, p90, p99")
    for system, values in best.items():
        print(f"{system:12} {spread(values)}")
    for system in ("trafilatura", "and metadata", "naive"):
        ratios = [a / b for a, b in zip(best["ours"], best[system], strict=True)]
        medians = percentile(best["ours"], 0.5) / percentile(best[system], 0.5)
        print(f"ours / {system:12} {spread(ratios)}   of the medians {medians:.2f}")


async def report_loop(links: int) -> None:
    """Print how late the event loop is while links are read."""
    pages = corpus()
    pool = ReadingPool(Settings(_env_file=None))  # type: ignore[call-arg]  # pydantic-settings' own argument
    started = time.perf_counter()
    await pool.start()
    print(f"workers warm after {time.perf_counter() - started:.1f} s")
    late: list[float] = []

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            late.append((time.perf_counter() - before - 0.005) * 1000)

    async def one(html: bytes, url: str) -> None:
        with suppress(QuotewireError):
            await pool.run(read, html, url, url=url)

    watcher = asyncio.create_task(watch())
    started = time.perf_counter()
    await asyncio.gather(*(one(*pages[number % len(pages)]) for number in range(links)))
    spent = time.perf_counter() - started
    watcher.cancel()
    await pool.stop()
    print(f"{links} links in {spent:.1f} s ({spent / links * 1000:.0f} ms each)")
    print(f"loop late, ms: median, p90, p99 {spread(late)}, most {max(late):.1f}")


def report_summary() -> None:
    """Print the processor time of summarizing 300 sentences."""
    chance = random.Random(1)  # noqa: S311 - made-up text
    words = [
        "".join(chance.choices("bcdfghklmnprst", k=3)) + "a" * chance.randint(1, 3) + chance.choice("mnrst")
        for _ in range(2500)
    ]
    for language in ("en", "uk", "ru"):
        paragraphs = tuple(
            Paragraph(" ".join(" ".join(chance.choices(words, k=22)).capitalize() + "." for _ in range(3)))
            for _ in range(100)
        )
        article = Article(url="", title=" ".join(words[:8]), language=language, paragraphs=paragraphs)
        times = []
        for _ in range(7):
            started = time.process_time()
            summarise(article)
            times.append((time.process_time() - started) * 1000)
        print(f"{language}: 300 sentences of 22 words: {min(times):.1f} ms, the first time {times[0]:.1f} ms")


def main() -> None:
    """Run one of the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measure", choices=["pages", "first", "loop", "summary"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--links", type=int, default=200)
    options = parser.parse_args()
    if options.measure == "pages":
        report_pages(options.rounds)
    elif options.measure == "first":
        report_first(options.rounds)
    elif options.measure == "loop":
        asyncio.run(report_loop(options.links))
    else:
        report_summary()


if __name__ == "__main__":
    main()
