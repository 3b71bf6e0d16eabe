"""Going through what can be typed next, one candidate after the other."""

from __future__ import annotations

from collections.abc import Callable

from linkinbox.query import Completions

NOTHING = Completions(0, 0)


class Completer:
    """Puts one candidate after the other where the cursor stood; after the only one it offers what comes next.

    Args:
        complete: the words and the cursor in them → what can be typed there.
    """

    def __init__(self, complete: Callable[[str, int], Completions]) -> None:
        self._complete = complete
        self._words = ""
        self.offered = NOTHING
        self.chosen = -1  # none yet

    def look(self, words: str, cursor: int) -> None:
        """Offer what can be typed at a cursor."""
        self._words, self.chosen = words, -1
        self.offered = self._complete(words, cursor)

    def turn(self, step: int) -> tuple[str, int] | None:
        """Return the words with the next candidate in them, or the one before, and the cursor; None: there is none."""
        start, end, candidates, *_ = self.offered
        if not candidates:
            return None
        begin = -1 if self.chosen < 0 < step else max(self.chosen, 0)
        self.chosen = (begin + step) % len(candidates)
        text = candidates[self.chosen].text
        words, cursor = f"{self._words[:start]}{text}{self._words[end:]}", start + len(text)
        if len(candidates) == 1:
            self.look(words, cursor)
        return words, cursor


class Earlier:
    """What was typed before, from the newest on; at the near end stands what is being typed.

    Args:
        entries: the newest last.
    """

    def __init__(self, entries: list[str]) -> None:
        self._entries = entries
        self._back = 0
        self._typed = ""

    def turn(self, step: int, words: str) -> str | None:
        """Return what stands a step back, or forth again; None: nothing does."""
        back = self._back + step
        if not 0 <= back <= len(self._entries):
            return None
        if self._back == 0:
            self._typed = words
        self._back = back
        return self._entries[-back] if back else self._typed
