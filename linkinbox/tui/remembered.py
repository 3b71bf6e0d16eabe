"""What the screen remembers of itself from run to run: taste, never data. Losing it loses nothing."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

MOST_PANES = 3


class Remembered(NamedTuple):
    """What was chosen on the screen.

    Args:
        theme: the name of the theme; empty: none was chosen.
        panes: how many panes are wanted where there is room, 1 to 3.
        told: what was said of a theme that is hard to read: it is said once.
    """

    theme: str = ""
    panes: int = MOST_PANES
    told: str = ""


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
    words = {key: said[key] for key in ("theme", "told") if isinstance(said.get(key), str)}
    panes = said.get("panes")
    return Remembered(**words, panes=panes if panes in (1, 2, 3) else MOST_PANES)
