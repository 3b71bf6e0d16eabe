"""What the screen remembers from one start to the next and could do without: a small file beside the store."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

FILE = "remembered.json"
_RECENT = 8  # commands


class Remembered:
    """Read when it is first asked for; a file that cannot be read or written is as good as none.

    Nothing in it is about people: only ids of our own commands.

    Args:
        path: where it is kept; None: until the end of the run.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._kept: dict[str, Any] | None = None

    @property
    def recent(self) -> Sequence[str]:
        """The ids of the commands that were chosen in the palette, the latest first."""
        recent = self._read().get("recent")
        return [id_ for id_ in recent if isinstance(id_, str)][:_RECENT] if isinstance(recent, list) else []

    def note(self, id_: str) -> None:
        """Note that a command was chosen."""
        self._write("recent", [id_, *(other for other in self.recent if other != id_)][:_RECENT])

    @property
    def lesson_was_offered(self) -> bool:
        """Whether the lesson came up once by itself."""
        return self._read().get("lesson") is True

    def note_lesson(self) -> None:
        """Note that it did."""
        self._write("lesson", value=True)

    def _read(self) -> dict[str, Any]:
        if self._kept is None:
            self._kept = {}
            with suppress(OSError, ValueError):  # there is none, or somebody else's words stand in it
                kept = json.loads(self._path.read_text(encoding="utf-8")) if self._path else {}
                self._kept = kept if isinstance(kept, dict) else {}
        return self._kept

    def _write(self, name: str, value: object) -> None:
        kept = self._read()
        kept[name] = value
        if self._path:
            with suppress(OSError):
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
                with os.fdopen(os.open(self._path, flags, 0o600), "w", encoding="utf-8") as file:
                    json.dump(kept, file)
