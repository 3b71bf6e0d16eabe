"""What may be written to a terminal: the sequences that Textual itself emits, and text in which nothing acts or hides."""

from __future__ import annotations

import re
import unicodedata

from tests.hostile import HOSTILE

# Cursor to a place, home, erase, colours and attributes, the kitty keyboard pushed and popped, private modes and the
# questions after them, the pointer's shape. No title, no clipboard, no link, no report, no other character set.
ALLOWED = re.compile(
    r"\x1b\[\d+;\d+H|\x1b\[H|\x1b\[[0-9;:]*m|\x1b\[[0-3]?[JK]|\x1b\[>\d+u|\x1b\[<u"
    r"|\x1b\[\?(?:25|1000|1003|1004|1006|1007|1015|1016|1049|2004|2026|2048|7)[hl]|\x1b\[\?(?:2026|2048)\$p"
    r"|\x1b\]22;[a-z]*\x07"
)
SEEN_BY_HALVES = frozenset("\u200c\u200d\ufe0e\ufe0f")  # between letters and after emoji: spelling, not hiding


def violations(written: str) -> list[str]:
    """What was written that acts on a terminal, or cannot be seen, and is none of Textual's own."""
    rest = ALLOWED.sub("\n", written)
    return sorted({f"{rest[max(0, at - 20) : at + 12]!r}" for at, char in enumerate(rest) if is_forbidden(char)})


def is_forbidden(char: str) -> bool:
    """Whether a character acts, reorders or hides."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in SEEN_BY_HALVES | {"\r", "\n"}


def marker(place: str, number: int) -> str:
    """A word that is in no other string; they all begin alike, so that a search finds them all."""
    return f"zq{place}{number:02}"


def marked(place: str, *, limit: int = 400, in_a_name: bool = False) -> list[str]:
    """Every hostile string behind a marker of its own, as a table can hold it, or the name of a file."""
    texts = [f"{marker(place, number)}{raw[:limit]}" for number, raw in enumerate(HOSTILE.values())]
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    return [re.sub("[\0/]", "_", text) for text in texts] if in_a_name else texts


_STYLE = re.compile("\x1b\\[[0-9;:]*m")


def unseen(place: str, shown: str, *, each: int = 1) -> list[str]:
    """The names of the strings, or of each so-many-th, whose marker was not shown, in whatever styles."""
    shown = _STYLE.sub("", shown)
    return [name for number, name in list(enumerate(HOSTILE))[::each] if marker(place, number) not in shown]
