"""What can be typed behind a key that begins others: shown over the last lines, moving nothing."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size
from textual.strip import Strip

from linkinbox.text import SafeText
from linkinbox.tui.widgets.painting import EMPTY, Ink, Inked, Piece, cells, fit

_APART = 3  # cells between two columns


class WhichKey(Inked):
    """Keys and what they do, in as many columns as there is room for, read downwards."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    WhichKey { layer: hint; dock: bottom; width: 1fr; height: auto; padding: 0 1; background: $surface; }
    """

    _entries: Sequence[tuple[SafeText, SafeText]] = ()

    def show(self, entries: Sequence[tuple[SafeText, SafeText]]) -> None:
        """Show ``entries``: a key and what it does."""
        self._entries = entries
        self.display = True
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the lines that it takes."""
        return -(-len(self._entries) // self._columns(width))

    def render_line(self, y: int) -> Strip:
        """Return a line of it."""
        width = self.size.width
        lines = self.get_content_height(self.size, self.size, width)
        pieces: list[Piece] = []
        for key, title in self._entries[y::lines] if y < lines else ():
            pieces.append((fit(key, self._key), Ink.STRONG))
            pieces.append((fit(title, self._width - self._key - 1), Ink.MUTED))
        return self.paint(tuple(pieces) or EMPTY, width)

    @property
    def _key(self) -> int:
        return max(cells(key) for key, _ in self._entries) + 1

    @property
    def _width(self) -> int:
        return self._key + max(cells(title) for _, title in self._entries) + _APART

    def _columns(self, width: int) -> int:
        return max(1, width // self._width)
