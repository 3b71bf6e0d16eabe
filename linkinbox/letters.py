"""Letters as they are compared, worked out as they are met: a text is then translated in one go."""

from __future__ import annotations

from collections.abc import Callable


class Letters(dict[int, str]):
    """What `str.translate` takes.

    Args:
        folded: a letter as it is compared: one letter stays one.
    """

    def __init__(self, folded: Callable[[str], str]) -> None:
        super().__init__()
        self._folded = folded

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._folded(chr(code))
        return folded
