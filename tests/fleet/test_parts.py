"""What processes share: bells, the lease for long polling, a webhook behind one address, Telegram's limit."""

import asyncio
import time
from pathlib import Path

import httpx
import pytest

from bot.app import running
from bot.commands.run import with_roles
from bot.errors import SettingsError
from bot.front.updates import SECRET_HEADER, webhook_secret
from bot.health import Health
from bot.playground.bot_api import NO_LIMITS, BotApiServer
from bot.receiving import LEASE
from bot.recorder import Recorder
from bot.resources import pace_of
from bot.store import Store, bells, utc_now
from config.settings import Settings
from tests.ports import free_port
from tests.store.stops import stop_at

_END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def _settings(telegram: BotApiServer, database_url: str, **facts: object) -> Settings:
    known = {"token": telegram.token, "api_url": telegram.url, "database_url": database_url, "reading_workers": 1}
    return Settings(_env_file=None, **known | facts)  # type: ignore[arg-type]  facts are settings by name


async def test_a_bell_rings_in_other_processes(postgres_url: str) -> None:
    """Whoever has made work wakes who does it, through the database."""
    heard = asyncio.Event()
    async with Store(postgres_url) as one, Store(postgres_url) as two:
        two.bells.hang("push", heard.set)
        running_bells = [asyncio.create_task(store.bells.run()) for store in (one, two)]
        async with asyncio.timeout(60):
            while not heard.is_set():  # the second may not listen yet when the first rings
                one.bells.ring("push")
                await asyncio.sleep(0.05)
        for store in (one, two):
            store.bells.stop()
        await asyncio.gather(*running_bells)


async def test_a_bell_outlives_a_lost_connection(postgres_url: str) -> None:
    """The database ends the connection; it is made again, and what was rung meanwhile is not lost."""
    rung: list[float] = []
    async with Store(postgres_url) as store, Store(postgres_url) as other:
        store.bells.hang("read", lambda: rung.append(time.monotonic()))
        running_bells = asyncio.create_task(store.bells.run())
        async with asyncio.timeout(60):
            while not rung:  # noqa: ASYNC110  it rings once when it listens
                await asyncio.sleep(0.02)
            async with other._database.write() as connection:
                await connection.exec_driver_sql(_END_OTHERS)
            while len(rung) < 2:  # noqa: ASYNC110  and once more when it listens again
                await asyncio.sleep(0.02)
        store.bells.stop()
        await running_bells


async def test_a_bell_outlives_a_connection_lost_before_it_listens(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is there and ends before the bell's first word on it: another is made."""
    heard = asyncio.Event()
    async with Store(postgres_url) as store, Store(postgres_url) as other:
        gate = stop_at("_driver_of", bells, monkeypatch)
        store.bells.hang("read", heard.set)
        running_bells = asyncio.create_task(store.bells.run())
        async with asyncio.timeout(60):
            await gate.reached.wait()
            async with other._database.write() as connection:
                await connection.exec_driver_sql(_END_OTHERS)
            gate.open.set()
            done, _ = await asyncio.wait(
                {running_bells, asyncio.create_task(heard.wait())}, return_when=asyncio.FIRST_COMPLETED
            )
        assert running_bells not in done
        store.bells.stop()
        await running_bells


async def test_a_worker_that_ends_makes_its_process_unready(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody thought of ends one worker: the others work on, and health names it until a restart."""

    async def ending(_recorder: Recorder) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(Recorder, "run", ending)
    async with BotApiServer(limits=NO_LIMITS) as telegram:
        settings = _settings(telegram, sqlite_url, roles=["push"])
        async with running(settings, sources=()) as services, asyncio.timeout(60):
            while services.health.ok:  # noqa: ASYNC110  it ends at its first step
                await asyncio.sleep(0)
            reason = services.health.troubles["Recorder"].reason
    assert reason == "it has ended and does its work no more: RuntimeError"


async def test_one_process_asks_for_updates_and_the_next_takes_over(database_url: str) -> None:
    """The second waits, and its health says for whom; when the first ends, it answers."""
    async with BotApiServer(limits=NO_LIMITS) as telegram:
        settings = _settings(telegram, database_url, roles=["updates"])
        async with running(settings, sources=()) as first, asyncio.timeout(60):
            holder = await first.store.leases.holder(LEASE)
            async with running(settings, sources=()) as second:
                assert "updates" not in first.health.notes
                assert str(holder) in second.health.notes["updates"]
                assert await second.store.leases.holder(LEASE) == holder


async def test_updates_come_by_webhook_to_many_receivers(database_url: str) -> None:
    """Two receivers behind one address each answer what is brought to them; a stranger reaches none."""
    async with BotApiServer(limits=NO_LIMITS) as telegram:
        public = {"webhook": True, "public_url": "https://bot.example.org/tg"}
        ports = [free_port(), free_port()]
        first, second = (
            _settings(telegram, database_url, roles=["updates"], listen_port=port, **public) for port in ports
        )
        user = telegram.add_user()
        secret = webhook_secret(telegram.token, None)
        async with running(first, sources=()), running(second, sources=()):
            for number, port in enumerate(ports):
                update = _start_update(user.id, number + 1)
                async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                    assert (await client.post("/tg/telegram", json=update)).status_code == 403
                    wrong = {SECRET_HEADER: "wrong"}
                    assert (await client.post("/telegram", json=update, headers=wrong)).status_code == 403
                    right = {SECRET_HEADER: secret}
                    assert (await client.post("/telegram", content=b"{", headers=right)).status_code == 400
                    assert (await client.post("/tg/telegram", json=update, headers=right)).status_code == 200
                count = number + 1
                await telegram.wait_for(lambda count=count: len(telegram.bot_messages(user.id)) >= count)
        assert telegram.requests_of("getUpdates") == []
        (asked, *_) = telegram.requests_of("setWebhook")
        assert asked.arguments["secret_token"] == secret


def _start_update(user: int, number: int) -> dict[str, object]:
    person = {"id": user, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    command = [{"type": "bot_command", "offset": 0, "length": 6}]
    message = {
        "message_id": 1000 + number,
        "date": int(utc_now().timestamp()),
        "chat": {"id": user, "type": "private", "first_name": "Ann"},
        "from": person,
        "text": "/start",
        "entities": command,
    }
    return {"update_id": 5000 + number, "message": message}


@pytest.mark.parametrize(
    ("roles", "processes", "share"),
    [
        ("updates,poll,read,push", 1, 30.0),
        ("push", 1, 25.0),
        ("updates", 1, 5.0),
        ("updates", 4, 1.25),
        ("updates,push", 2, 27.5),
    ],
)
def test_all_processes_together_keep_to_telegrams_limit(roles: str, processes: int, share: float) -> None:
    """What answers may use is set aside where other processes answer than push, and shared by those that answer."""
    settings = with_roles(Settings(_env_file=None, updates_processes=processes), roles)
    assert pace_of(settings) == share


def test_a_wrong_role_is_said_in_a_sentence() -> None:
    """Not as a traceback, and with the names that there are."""
    with pytest.raises(SettingsError) as caught:
        with_roles(Settings(_env_file=None), "push,pull")
    assert "'pull'" in str(caught.value.details["what"])
    assert "read" in str(caught.value.details["what"])


def test_answers_must_leave_something_for_pushes() -> None:
    """A share of answers as large as the limit is refused at the start."""
    with pytest.raises(SettingsError):
        pace_of(with_roles(Settings(_env_file=None, answers_per_second=30.0), "push"))


async def test_reading_and_polling_need_no_token(tmp_path: Path) -> None:
    """Machines that only read get no secret that they do not need."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    settings = Settings(
        _env_file=None, token=None, database_url=url, roles=frozenset(("poll", "read")), reading_workers=1
    )
    async with running(settings, sources=()) as services:
        assert isinstance(services.health, Health)
