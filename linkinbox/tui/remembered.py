"""What the screen remembers of itself from run to run: taste, never data. Losing it loses nothing."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

MOST_PANES = 3
_RECENT = 8  # commands


class Remembered(NamedTuple):
    """What was chosen on the screen.

    Args:
        recent: the ids of the commands last chosen in the palette, the latest first.
        lesson: it came up by itself once.
        theme: the name of the theme; empty: none was chosen.
        panes: how many panes are wanted where there is room, 1 to 3.
        told: what was said of a theme that is hard to read: it is said once.
    """

    recent: tuple[str, ...] = ()
    lesson: bool = False
    theme: str = ""
    panes: int = MOST_PANES
    told: str = ""

    def with_recent(self, id_: str) -> Remembered:
        """The same, and that a command was chosen."""
        others = [other for other in self.recent if other != id_]
        return self._replace(recent=(id_, *others)[:_RECENT])


class Memory:
    """A small file of the user's own.

    Args:
        file: where; None: nothing is remembered beyond this run.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.now = _read(file) if file else Remembered()

    def keep(self, remembered: Remembered) -> None:
        """Remember this from now on; a folder that cannot be written to is no reason to say anything."""
        if remembered == self.now:
            return
        self.now = remembered
        if self._file:
            with suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                beside = self._file.with_name(f"{self._file.name}.{os.getpid()}")
                beside.touch(mode=0o600)
                beside.write_text(json.dumps(remembered._asdict(), indent=1), encoding="utf-8")
                beside.replace(self._file)


def state_file() -> Path:
    """Where that file lies."""
    import platformdirs

    return platformdirs.user_state_path("linkinbox") / "screen.json"


def _read(file: Path) -> Remembered:
    """What the file says, as far as it says something sensible."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Remembered()
    said = said if isinstance(said, dict) else {}
    panes = said.get("panes")
    return Remembered(
        recent=_words(said.get("recent"))[:_RECENT],
        lesson=said.get("lesson") is True,
        theme=_word(said.get("theme")),
        panes=panes if panes in (1, 2, 3) else MOST_PANES,
        told=_word(said.get("told")),
    )


def _words(said: Any) -> tuple[str, ...]:
    return tuple(word for word in said if isinstance(word, str)) if isinstance(said, list) else ()


def _word(said: Any) -> str:
    return said if isinstance(said, str) else ""
