"""On which line of a TOML file each setting stands: tomllib does not tell it."""

from __future__ import annotations

import re
from collections import Counter

_PART = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAME})\s*\]")
_KEY = re.compile(rf"\s*({_NAME})\s*=")
_MULTILINE = re.compile(r'"""|' + "'''")


def lines_of(text: str) -> dict[str, int]:
    """The lines of tables and keys by their names: ``clock.believed_days``, ``split[1].name``; the first is 1.

    What stands nowhere by itself has the line of the first of what stands in it: ``clock``, ``split``.
    """
    lines: dict[str, int] = {}
    seen: Counter[str] = Counter()
    table, inside = "", False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside and (header := _HEADER.match(line)):
            table = _plain(header[2])
            _note(lines, table, number)
            if header[1] == "[[":
                seen[table] += 1
                table = f"{table}[{seen[table]}]"
            _note(lines, table, number)
        elif not inside and (key := _KEY.match(line)):
            _note(lines, ".".join(filter(None, (table, _plain(key[1])))), number)
        inside ^= len(_MULTILINE.findall(line)) % 2 == 1
    return lines


def _note(lines: dict[str, int], name: str, number: int) -> None:
    while name:
        lines.setdefault(name, number)
        name = name.rpartition(".")[0]


def line_of(name: str, lines: dict[str, int]) -> int | None:
    """The line of a setting, or of the nearest table or key that it stands in."""
    while name not in lines and name:
        name = name[: max(name.rfind("."), name.rfind("["), 0)]
    return lines.get(name)


def _plain(name: str) -> str:
    return ".".join(part.strip("\"'") for part in re.findall(_PART, name))
