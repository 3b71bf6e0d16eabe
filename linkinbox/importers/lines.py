"""The physical lines of a text file, each whole and of bounded length; a line can be read once more."""

from __future__ import annotations

import codecs
import io
from collections import deque
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import IO

_ENDS = ("\n", "\r")
_AT_ONCE = 64  # lines: most work is done on that many, in C
_PIECE = 1 << 18  # characters; of a longer line several are put together


class Lines:
    """The lines of a stream with their ends; as it is read, so that memory stays flat.

    Args:
        stream: UTF-8, or UTF-16 with a byte order mark; closed with the lines.
        longest: characters kept of one line; the rest of a longer one is skipped.
    """

    def __init__(self, stream: IO[bytes], longest: int) -> None:
        self.damaged = 0
        """Lines read so far with a character that was lost before they reached us, or is not UTF-8."""
        self._stream = stream
        self._text = io.TextIOWrapper(stream, _encoding(stream), errors="replace", newline="")
        self.longest = longest
        self._piece = min(longest, _PIECE)
        self._pieces = iter(partial(self._text.readline, self._piece), "")
        self._next: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        while self._next or self._read():
            yield self._next.popleft()

    def again(self, lines: list[str]) -> None:
        """Hand these lines out once more, before those that follow."""
        self._next.extendleft(reversed(lines))

    def close(self) -> None:
        """Let go of the stream."""
        self._text.close()

    @property
    def bytes_read(self) -> int:
        """How far into the stream reading is."""
        return self._stream.tell()

    def _read(self) -> bool:
        lines = list(islice(self._pieces, _AT_ONCE))
        if lines and max(map(len, lines)) >= self._piece:
            lines = self._put_together(lines)
        text = "".join(lines)
        if "\0" in text or "\ufffd" in text:
            lines = [line.replace("\0", "\ufffd") for line in lines]  # SQLite's length() and LIKE stop at NUL
            self.damaged += sum("\ufffd" in line for line in lines)
        self._next.extend(lines)
        return bool(lines)

    def _put_together(self, pieces: list[str]) -> list[str]:
        lines: list[str] = []
        while pieces:
            for piece in pieces:
                if not lines or lines[-1].endswith(_ENDS):
                    lines.append(piece)
                elif len(lines[-1]) < self.longest:
                    lines[-1] += piece
                elif piece.endswith(_ENDS):
                    lines[-1] += "\n"
            pieces = [] if lines[-1].endswith(_ENDS) else list(islice(self._pieces, 1))
        return lines


def _encoding(stream: IO[bytes]) -> str:
    start = stream.read(2)
    stream.seek(0)
    return "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
