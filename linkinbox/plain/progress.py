"""How far a large act has come, told every few seconds: too often is noise to who listens."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

_EVERY = 5.0  # seconds


class Progress:
    """Tells how much of a large act is done.

    Args:
        tell: tells a sentence at once.
        begins: what is said before it begins.
    """

    def __init__(self, tell: Callable[[str], object], begins: str) -> None:
        self._tell = tell
        self._told_at = monotonic()
        tell(begins)

    def __call__(self, done: int, of: int) -> None:
        """Take how many are done, of how many."""
        if done < of and monotonic() - self._told_at >= _EVERY:
            self._told_at = monotonic()
            self._tell(f"{done:,} of {of:,} done.")
