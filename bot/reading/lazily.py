"""What an object works out only when it is first asked for it."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Lazily(Generic[Value]):
    """A property that is worked out once.

    functools.cached_property takes a lock each time, at three times the cost; a page is read by one thread.
    """

    def __init__(self, function: Callable[[Any], Value]) -> None:
        """Take the method that works it out."""
        self._function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn under which name the value is kept, so that Python finds it there from then on."""
        self._name = name

    def __get__(self, holder: Any, owner: type | None = None) -> Value:
        """Work it out and keep it."""
        value = holder.__dict__[self._name] = self._function(holder)
        return value
