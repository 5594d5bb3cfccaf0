"""`quotewire read`, run as a person runs it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import pages

URL = "https://www.pravda.com.ua/eng/news/2024/12/17/7489425/"
LONG = [
    "The footbridge over the river in Verkhivka reopens on Monday after five months of repairs, the council said.",
    "Engineers replaced nine steel beams and the whole deck, and laid a cable for lamps along both of the railings.",
    "The council paid four million for the work, a third less than it had expected when the bridge was closed in June.",
    "Shops on the eastern bank hope that customers who went elsewhere in summer will come back before the holidays.",
    "The river, the bridge, the council, the shops, the beams, the lamps, the engineers and the customers met in June.",
    "Schoolchildren had to take a bus through the next town, which made their way to school an hour longer in winter.",
    "A ferry that carried people across for free will make its last journey on Sunday evening and then leave the town.",
]
NOT_IN_A_DIGEST = {"never_in_the_digest", "recent"}


def quotewire(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own command with the test's arguments
        [sys.executable, "-W", "error", "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("page", ["news-2024.html", "news-2026.html"])
def test_the_json_of_the_seed_pages_is_what_is_expected(shared: Path, page: str) -> None:
    """Every key of expected.json is in the output and equal; the summary is verbatim; nothing foreign is anywhere."""
    folder = shared / "sites" / "ukrainska-pravda"
    expected: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    done = quotewire("read", str(folder / page), "--url", URL, "--json")
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert {key: printed[key] for key in expected.keys() - NOT_IN_A_DIGEST} == {
        key: value for key, value in expected.items() if key not in NOT_IN_A_DIGEST
    }
    text = "\n".join(paragraph["text"] for paragraph in expected["paragraphs"])
    assert printed["summary"]
    assert all(sentence in text for sentence in printed["summary"])
    assert [phrase for phrase in expected["never_in_the_digest"] if phrase in done.stdout] == []


def test_a_file_is_printed_for_people(tmp_path: Path) -> None:
    """Without --json the digest is text: title, byline, summary, quotes, labelled parts and tags."""
    file = tmp_path / "page.html"
    file.write_text(pages.article(), encoding="utf-8")
    done = quotewire("read", str(file), "--url", "https://herald.example/stories/1")
    assert done.stdout.startswith("Footbridge in Verkhivka reopens\nSample Herald · Olena Sad · 2026-11-23 09:05")
    assert "  — Ivan Lis" in done.stdout
    assert "Background: The bridge was closed in June" in done.stdout
    assert "Tags: Verkhivka, Bridges" in done.stdout


def test_the_algorithm_of_the_summary_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of sumy's algorithms may be chosen; the digest's summary is then its own; a misspelled one is refused."""
    page = tmp_path / "page.html"
    told = "".join(f"<p>{line}</p>" for line in LONG)
    page.write_text(f"<html lang=en><body><article><h1>Footbridge reopens</h1>{told}</article></body></html>")
    summaries = {}
    for algorithm in ("quotewire", "reduction"):
        monkeypatch.setenv("QUOTEWIRE_SUMMARY_ALGORITHM", algorithm)
        summaries[algorithm] = json.loads(quotewire("read", str(page), "--json").stdout)["summary"]
    assert summaries["quotewire"] != summaries["reduction"]
    monkeypatch.setenv("QUOTEWIRE_SUMMARY_ALGORITHM", "best")
    refused = quotewire("read", str(page), "--json")
    assert refused.returncode != 0
    assert "QUOTEWIRE_SUMMARY_ALGORITHM" in refused.stderr.upper()
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "no article"), (b"%PDF-1.7", "leads to a file"), (b"\x89PNG\r\n\x1a\n\x00\x00", "leads to a file")],
)
def test_what_is_no_article_is_a_sentence_and_not_a_traceback(tmp_path: Path, content: bytes, says: str) -> None:
    """A file that is no page ends in one line on standard error and exit status 1."""
    file = tmp_path / "file"
    file.write_bytes(content)
    done = quotewire("read", str(file))
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_inside_the_network_is_refused() -> None:
    """A link to one's own network is not opened."""
    done = quotewire("read", "http://127.0.0.1/")
    assert done.returncode == 1
    assert "not on the public internet" in done.stderr
