"""What Prometheus is told by a running bot."""

import json
import logging
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from math import isnan
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import running
from bot.front.metrics import Meters, metrics_route
from bot.front.server import Front
from bot.playground.bot_api import BotApiServer
from bot.store import Store, utc_now
from tests import pages
from tests.bots import settings_at
from tests.ports import free_port
from tests.site import LocalSite

ROOT = Path(__file__).resolve().parents[2]
_OWN = {"quotewire_tasks", "quotewire_malloc_in_use_bytes", "quotewire_python_blocks"}  # of a process, not of the store


def _values(text: str) -> dict[tuple[str, ...], float]:
    """Return the samples by name and label values."""
    families = text_string_to_metric_families(text)
    samples = (sample for family in families for sample in family.samples)
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


@pytest.fixture
async def telegram() -> AsyncIterator[BotApiServer]:
    """Yield a Bot API server."""
    async with BotApiServer() as server:
        yield server


async def test_a_running_bot_tells_what_it_did(telegram: BotApiServer, tmp_path: Path) -> None:
    """A link that was read, one that was not, a chat, and a warning are counted where Prometheus asks."""
    async with LocalSite() as site:
        site.put("/story", pages.article())
        settings = settings_at(telegram, f"sqlite+aiosqlite:///{tmp_path}/bot.db", listen_port=free_port())
        async with running(settings, sources=()):
            user = telegram.add_user()
            telegram.send_text(user, user, f"{site.url}/story {site.url}/nowhere")
            await telegram.wait_for(lambda: len(telegram.bot_messages(telegram.private_chat(user))) >= 2)
            await telegram.wait_for(
                lambda: not any(m.text.startswith("⏳") for m in telegram.bot_messages(telegram.private_chat(user)))
            )
            logging.getLogger("test").warning("something to count")
            async with httpx.AsyncClient() as client:
                answer = await client.get(f"http://127.0.0.1:{settings.listen_port}/metrics")
                ready = await client.get(f"http://127.0.0.1:{settings.listen_port}/readyz")
    assert ready.json()["ok"] is True
    values = _values(answer.text)
    assert values["quotewire_link_seconds_count", "read"] == 1
    assert values["quotewire_link_seconds_count", "http_status"] == 1
    assert values["quotewire_chats", "active"] == 1
    assert values["quotewire_log_records_total", "warning"] >= 1
    assert values["quotewire_tasks",] > 5
    assert values["quotewire_python_blocks",] > 100_000


async def test_a_database_that_is_away_hides_only_its_own_numbers(tmp_path: Path) -> None:
    """While the store cannot be counted, the process's numbers are still served, and no old ones of the store."""
    store, meters = Store(f"sqlite+aiosqlite:///{tmp_path}/bot.db"), Meters()
    async with store, Front([metrics_route(meters, store, utc_now)]) as front, httpx.AsyncClient() as client:
        await store.migrate()
        await store.chats.ensure(1)
        host, port = front.address
        before = await client.get(f"http://{host}:{port}/metrics")
        async with store._database.write() as connection:
            await connection.exec_driver_sql("ALTER TABLE leases RENAME TO elsewhere")
        after = await client.get(f"http://{host}:{port}/metrics")
    assert _values(before.text)["quotewire_chats", "active"] == 1
    told = _values(after.text)
    assert told["process_resident_memory_bytes",] > 0
    assert ("quotewire_chats", "active") not in told
    assert isnan(told["quotewire_oldest_open_delivery_seconds",])


def test_every_metric_is_documented() -> None:
    """The table of docs/running.md names each metric that there is."""
    names = {family.name for family in Meters().registry.collect() if family.name.startswith("quotewire_")}
    table = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    assert {name for name in names if f"`{name}" not in table} == set()


def _asked() -> list[str]:
    """Return what the dashboard asks Prometheus for."""
    dashboard = json.loads((ROOT / "deploy" / "grafana.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def test_the_dashboard_shows_only_metrics_that_exist() -> None:
    """Each metric that deploy/grafana.json asks for is one that the bot tells, and none of ours is left out."""
    asked = " ".join(_asked())
    named = {re.sub(r"_(total|bucket|count)$", "", name) for name in re.findall(r"quotewire_\w+", asked)}
    told = {family.name for family in Meters().registry.collect() if family.name.startswith("quotewire_")}
    assert named == told


def test_each_alert_rule_asks_for_metrics_that_exist_and_none_is_without() -> None:
    """The rules of deploy/alerts.yml name only what the bot tells, and each metric that may worry somebody."""
    rules = (ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8")
    asked = re.findall(r"(?:quotewire|process)_\w+", re.sub(r"#.*|summary:.*", "", rules))
    named = {re.sub(r"_(total|bucket|count)$", "", name) for name in asked}
    told = {family.name for family in Meters().registry.collect()}
    assert told - named <= {name for name in told if name.startswith("process_")} | {"quotewire_chats"}
    assert named - told == set()


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool comes with Prometheus")
@pytest.mark.parametrize("cases", ["hours", "days"])
def test_prometheus_takes_the_alert_rules_and_they_fire_when_they_should(cases: str) -> None:
    """`promtool` accepts the rules; made-up numbers, of a fleet too, fire those and no others."""
    checks = (["check", "rules", "deploy/alerts.yml"], ["test", "rules", f"tests/front/alerts/{cases}.yml"])
    for arguments in checks:
        done = subprocess.run(["promtool", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607  a tool of the machine's
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_error_is_an_increase() -> None:
    """Levels stand at 0 from the start: Prometheus sees no increase in a number that begins with 1."""
    values = _values(Meters().text().decode())
    assert {level: values["quotewire_log_records_total", level] for level in ("warning", "error", "critical")} == {
        "warning": 0,
        "error": 0,
        "critical": 0,
    }


def test_the_dashboard_counts_what_is_kept_once() -> None:
    """Every process of a fleet tells what the one database holds: the highest is taken, never the sum."""
    ours = {family.name: family.type for family in Meters().registry.collect() if family.name.startswith("quotewire_")}
    kept = {name for name, kind in ours.items() if kind == "gauge"} - _OWN
    of_all = [(name, asked) for asked in _asked() for name in kept if name in asked]
    assert {name for name, _ in of_all} == kept
    assert [asked for name, asked in of_all if not re.search(rf"max( by \(\w+\) )?\((deriv\()?{name}\b", asked)] == []
