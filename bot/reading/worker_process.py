"""What runs in the nursery and in the reading workers that it forks.

The nursery loads what readers need, then forks a worker for each socket that it is sent. A worker takes a job from its
socket, does it, answers. All end when the bot is gone.
"""

import gc
import os
import pickle
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from io import BufferedRWPair
from pathlib import Path
from typing import Any, NoReturn

from bot.errors import QuotewireError

# Each message is its length in bytes, then its pickle.
HEADER = struct.Struct("!Q")
# The bot ends a late worker itself; one whose bot has died ends itself this many seconds after its deadline.
_GRACE_SECONDS = 5.0
_SAMPLES = {
    "en": """The council said on Monday that the old bridge would be closed for repairs until the end of the year.
Inspectors found cracks in four of its nine arches in March, and the repairs will cost eleven million pounds.
“We will open it again before winter,” Mayor Anna Hill told reporters. She added that a ferry would run.
Shops on the eastern bank fear that they will lose half of their customers before Christmas, when most people buy.
In May 2021 a survey had found that 9,000 cars cross the river there each day, twice as many as a decade before.""",
    # One of those that have no file of their own and share the data of all these.
    "de": """Der Stadtrat teilte am Montag mit, dass die alte Brücke bis zum Ende des Jahres gesperrt wird.
Gutachter fanden im März in vier der neun Bögen Risse, und die Reparatur wird elf Millionen Euro kosten.
„Wir öffnen sie noch vor dem Winter wieder“, sagte Bürgermeisterin Anna Hügel. Bis dahin werde eine Fähre fahren.
Läden am östlichen Ufer fürchten, dass sie vor Weihnachten, wenn die meisten kaufen, jeden zweiten Kunden verlieren.""",
    "uk": """Міська рада повідомила в понеділок, що старий міст закриють на ремонт до кінця року.
Інспектори знайшли тріщини в чотирьох із дев'яти арок ще в березні, ремонт коштуватиме одинадцять мільйонів.
«Ми відкриємо його до зими», – сказала міська голова Анна Гай журналістам. Вона додала, що ходитиме пором.
Крамниці на східному березі побоюються втратити половину покупців перед Різдвом, коли купують найбільше.""",
    "ru": """Городской совет сообщил в понедельник, что старый мост закроют на ремонт до конца года.
Инспекторы нашли трещины в четырёх из девяти арок ещё в марте, ремонт будет стоить одиннадцать миллионов.
«Мы откроем его до зимы», – сказала мэр города Анна Холмова журналистам. Она добавила, что будет ходить паром.
Магазины на восточном берегу боятся потерять половину покупателей перед Рождеством, когда покупают больше всего.""",
}
# What stands above and below them: a by-line and a topic.
_AROUND = {
    "en": ("By Mary Lane</p><p>6 May 2024", "Bridges"),
    "de": ("Von Maria Lang", "Brücken"),
    "uk": ("Автор: Марія Лан", "Мости"),
    "ru": ("Автор: Мария Лан", "Мосты"),
}


@dataclass(frozen=True, slots=True)
class Startup:
    """The first message to a worker.

    Attributes:
        prepare: run once before the first job.
        memory_bytes: what the process may allocate from then on, what it holds already included.
    """

    prepare: Callable[[], object]
    memory_bytes: int


class Outcome(StrEnum):
    """How a job ended."""

    RETURNED = "returned"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """A worker's answer to a job.

    Attributes:
        outcome: how it ended.
        value: what was returned, the QuotewireError that was raised, or the traceback of anything else.
        resident_bytes: the memory that the worker holds now.
    """

    outcome: Outcome
    value: Any
    resident_bytes: int


def warm_up() -> None:
    """Import the readers and make them load their data, by reading a small page in each language."""
    from bot.reading import read  # noqa: PLC0415 (the bot's own process never imports the readers)
    from bot.reading.language import load_models  # noqa: PLC0415

    load_models()
    for page in sample_pages():
        with suppress(QuotewireError):
            read(page, "https://warm.invalid/2024/05/06/bridge")


def sample_pages() -> list[str]:
    """Return a page in each language that has data of its own, and one in another.

    Each has what most pages have, so that all that is loaded or compiled when it is first needed is there: a by-line,
    topics; the English one a day with its month, too, and too much text to be shown as it is. The names of months come
    with 1.3 MB for each language, most of whose loading (9 ms) is done with the first.
    """
    pages = []
    for language, text in _SAMPLES.items():
        title, *_ = lines = text.splitlines()
        author, topic = _AROUND[language]
        paragraphs = "".join(f"<p>{line}</p>" for line in lines)
        pages.append(
            f"<html lang={language}><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            f"<p class=byline>{author}</p>{paragraphs * 2}"
            f"<ul class=tags><li><a href=/tag/1>{topic}</a></ul></article></body></html>"
        )
    return pages


def main() -> None:
    """Be the nursery until the socket at standard input closes."""
    control = _private_control()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the bot decides when we end
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for workers: they are gone as soon as they end
    os.nice(5)  # reading is never more urgent than the event loop
    with suppress(EOFError, OSError):
        with control.makefile("rwb") as talk:
            startup = _received(talk)
            ready = _done(startup.prepare, ())
            _stop_collecting()
            _answer(talk, ready)
        while end := _next_end(control):
            with end:
                if os.fork() == 0:
                    control.close()
                    _be_worker(end, startup.memory_bytes)


def _next_end(control: socket.socket) -> socket.socket | None:
    """Return the next worker's end of its socket; None where the bot is gone."""
    said, descriptors, *_ = socket.recv_fds(control, 1, 1)
    return socket.socket(fileno=descriptors[0]) if said else None


def _be_worker(end: socket.socket, memory_bytes: int) -> NoReturn:
    """Serve jobs until the bot is gone; this process never returns to the nursery's code."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _limit_memory(memory_bytes)
        with suppress(EOFError, BrokenPipeError, ConnectionError), end.makefile("rwb") as talk:
            _serve(talk)
    except BaseException:  # whatever it is, it is the end of this process
        traceback.print_exc()
    finally:
        os._exit(1)


def _serve(talk: BufferedRWPair) -> NoReturn:
    """Say who we are, then do jobs.

    Raises:
        EOFError: the bot is gone.
        MemoryError: the ceiling was reached.
    """
    _answer(talk, Answer(Outcome.RETURNED, os.getpid(), _resident_bytes()))
    while True:
        function, args, seconds = _received(talk)
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_SECONDS)
        answer = _done(function, args)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _answer(talk, answer)
        gc.collect()


def _stop_collecting() -> None:
    """Let nobody wait for the garbage collector: it runs between jobs, and never again over the readers' own data.

    A job's garbage in cycles lives until its end, within the memory ceiling.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


def _private_control() -> socket.socket:
    """Take the socket for ourselves: what a library prints must not end up between answers."""
    control = socket.socket(fileno=os.dup(0))
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    return control


def _received(requests: BufferedRWPair) -> Any:
    (size,) = HEADER.unpack(_exactly(requests, HEADER.size))
    # From the bot, over a socket that nobody else holds.
    return pickle.loads(_exactly(requests, size))  # noqa: S301  # nosec B301


def _exactly(requests: BufferedRWPair, size: int) -> bytes:
    data = requests.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _done(function: Callable[..., Any], args: tuple[Any, ...]) -> Answer:
    """Do one job.

    Raises:
        MemoryError: the ceiling was reached; the state of the C libraries is unknown then, so the process must end.
    """
    try:
        return Answer(Outcome.RETURNED, function(*args), _resident_bytes())
    except QuotewireError as error:
        return Answer(Outcome.REFUSED, error, _resident_bytes())
    except MemoryError:
        raise
    except Exception:
        # Whatever a page does to a library is that page's answer.
        return Answer(Outcome.FAILED, traceback.format_exc(), _resident_bytes())


def _answer(answers: BufferedRWPair, answer: Answer) -> None:
    try:
        data = pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
        data = pickle.dumps(Answer(Outcome.FAILED, traceback.format_exc(), answer.resident_bytes))
    answers.write(HEADER.pack(len(data)))
    answers.write(data)
    answers.flush()


def _resident_bytes() -> int:
    """Return the memory held now, or the most ever held where the system does not say."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _limit_memory(memory_bytes: int) -> None:
    """Bound what the process may allocate.

    On Linux RLIMIT_DATA counts private writable memory, mapped or not (man setrlimit, since 4.7), so that mapped
    dictionaries and libraries do not count; elsewhere the address space is the nearest thing.
    """
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (memory_bytes, memory_bytes))
