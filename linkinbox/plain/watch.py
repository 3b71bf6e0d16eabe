"""Noticing that nobody answers: a pipe says the same on and on, or what nothing comes of."""

from __future__ import annotations

MOST = 25  # lines in a row; as many items as a command decides on without asking


class Watch:
    """Counts the lines of a pipe; ``yes x`` has a million of them."""

    def __init__(self) -> None:
        self._line = ""
        self._repeated = 0
        self._in_vain = 0

    def is_repeated(self, line: str, items: int) -> bool:
        """Take a line that is for so many items; True: the same line was for more than `MOST` in a row."""
        self._repeated = items + (self._repeated if line == self._line else 0)
        self._line = line
        return self._repeated > MOST and self._repeated > items

    def is_in_vain(self, *, came_of_it: bool) -> bool:
        """Take whether something came of a line; True: nothing came of `MOST` in a row."""
        self._in_vain = 0 if came_of_it else self._in_vain + 1
        return self._in_vain >= MOST
