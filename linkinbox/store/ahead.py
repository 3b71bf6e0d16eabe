"""Making the next of something while the last is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Hands out lists; the next one can be made in another thread while this one waits for SQLite.

    SQLite's long statements let go of the interpreter's lock, its short ones would only fight for it: so the other
    thread works beside a statement where that is asked for, and nowhere else.
    """

    def __init__(self, items: Iterator[list[T]], thread: ThreadPoolExecutor) -> None:
        self._items = items
        self._thread = thread
        self._begun: Future[list[T]] | None = None

    def begin(self) -> None:
        """Begin to make the next list; what that raises, `next` raises."""
        self._begun = self._thread.submit(next, self._items, [])

    def next(self) -> list[T]:
        """The next list, when it is made; an empty one at the end."""
        begun, self._begun = self._begun, None
        return begun.result() if begun else next(self._items, [])


@contextmanager
def ahead(items: Iterator[list[T]]) -> Iterator[Ahead[T]]:
    """Within it, lists are made ahead; what is being made at its end is waited for."""
    with ThreadPoolExecutor(1, "ahead") as thread:
        yield Ahead(items, thread)
