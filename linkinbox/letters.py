"""Letters as they are compared, worked out as they are met: a text is then translated in one go."""

from __future__ import annotations

from collections.abc import Callable

# Those that Unicode does not take apart, as they are typed where no key has them.
PLAIN = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
}  # fmt: skip


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
