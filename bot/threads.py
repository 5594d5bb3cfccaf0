"""Threads that a process which ends does not wait for: a look-up of a name may hang for half a minute."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


class DaemonThreads(ThreadPoolExecutor):
    """Runs each call in a daemon thread of its own; the interpreter joins other executors' threads at its end.

    Args:
        most: calls at once; the others wait.
        name: of the threads.
    """

    def __init__(self, most: int, name: str) -> None:
        super().__init__(most)
        self._turns = threading.Semaphore(most)
        self._name = name

    def submit(self, function: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Result]:
        """Begin a call and return what will have its result."""
        future: Future[Result] = Future()

        def run() -> None:
            with self._turns:
                if future.set_running_or_notify_cancel():
                    _settle(future, lambda: function(*args, **kwargs))

        threading.Thread(target=run, name=self._name, daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Do nothing: what is under way ends with the process."""


def _settle(future: Future[Result], call: Callable[[], Result]) -> None:
    try:
        result = call()
    except BaseException as error:  # whoever waits for it is told
        future.set_exception(error)
    else:
        future.set_result(result)
