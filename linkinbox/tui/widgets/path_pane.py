"""The path to each valuable contact: how much was handled on the way, on one scale."""

from __future__ import annotations

from datetime import datetime

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from linkinbox.model import Path, Stretch
from linkinbox.text import SafeText
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.painting import EMPTY, Ink, Inked, Line
from linkinbox.tui.widgets.path_lines import SCREEN_BAR, Scale, bar_line, one_line, pane_lines, scale_of
from linkinbox.tui.widgets.rolling import Rolling


class PathPane(Inked):
    """The open path and the newest golds; a single line where there is room for no more."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    PathPane { width: 1fr; height: auto; padding: 0 1 0 2; }
    """

    class Opened(Message):
        """The pane was clicked."""

    _path: Path | None = None
    _laid: tuple[Size, tuple[Line, ...]] | None = None  # lines, and the size they were laid out in

    def show(self, path: Path, *, now: datetime) -> None:
        """Show the figures of ``path`` as of ``now``; its zone is the one days are told in."""
        before, golds = self._window(), None if self._path is None else self._path.golds_count
        self._path, self._now, self._laid = path, now, None
        if golds == path.golds_count:
            self.repaint(before, self._window())
        else:
            self.refresh(layout=True)

    def lines(self, width: int, height: int | None = None) -> tuple[Line, ...]:
        """Return the pane in lines of at most ``width`` cells, and in no more than ``height`` of them."""
        if self._path is None:
            return ()
        if height == 1:
            return (one_line(self._path, self._now, width),)
        return tuple(pane_lines(self._path, self._now, width, height))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return as many lines as there are to show."""
        return max(1, len(self.lines(width)))

    def render_line(self, y: int) -> Strip:
        """Return the line ``y``."""
        lines = self._window()
        return self.paint(lines[y] if y < len(lines) else EMPTY, self.size.width)

    def on_click(self) -> None:
        """Ask to see all paths."""
        self.post_message(self.Opened())

    def _window(self) -> tuple[Line, ...]:
        """Return what is shown, laid out once for a size."""
        if self._laid is None or self._laid[0] != self.size:
            self._laid = self.size, self.lines(*self.size)
        return self._laid[1]


class PathBars(Inked, Rolling, inherit_bindings=False, can_focus=False):
    """All paths, the open one first, with a cursor: what the path screen shows."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    PathBars { width: 1fr; height: auto; overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0; }
    """

    class Opened(Message):
        """A stretch was clicked twice."""

        def __init__(self, stretch: Stretch) -> None:
            self.stretch = stretch
            super().__init__()

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self._stretches: tuple[Stretch, ...] = ()
        self._scale: Scale | None = None

    def show(self, path: Path, *, now: datetime) -> None:
        """Show ``path``, the open one first, then the newest gold."""
        self._stretches = (path.open, *reversed(path.golds))
        self._now = now
        self._scale = None
        self.virtual_size = Size(1, len(self._stretches))
        self.cursor = min(self.cursor, len(self._stretches) - 1)
        self.refresh()

    @property
    def selected(self) -> Stretch | None:
        """The stretch under the cursor."""
        return self._stretches[self.cursor] if self._stretches else None

    def move_by(self, delta: int) -> None:
        """Move the cursor by ``delta`` stretches, as far as there are any."""
        self.cursor = max(0, min(self.cursor + delta, len(self._stretches) - 1))
        top = self.scroll_offset.y
        if not top <= self.cursor < top + self.size.height:
            self.scroll_to(y=self.cursor - self.size.height // 2, animate=False)
        self.refresh()

    def roll(self, lines: int) -> None:
        """Scroll, with the cursor in sight."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)
        top = self.scroll_offset.y
        self.move_by(max(top, min(self.cursor, top + self.size.height - 1)) - self.cursor)

    def render_line(self, y: int) -> Strip:
        """Return the line ``y`` of the window."""
        index, width = y + self.scroll_offset.y, self.size.width
        if index >= len(self._stretches):
            return self.paint(EMPTY, width)
        on_it = index == self.cursor
        bar = (SafeText(f" {marks().cursor if on_it else ' '} "), Ink.STRONG)
        if self._scale is None:
            self._scale = scale_of(self._stretches, width - 4, self._now, longest=SCREEN_BAR)
        return self.paint((bar, *bar_line(self._stretches[index], self._scale, self._now)), width, cursor=on_it)

    def on_resize(self) -> None:
        """Scale the bars anew."""
        self._scale = None
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Select the clicked stretch; a double click opens it."""
        index = event.y + self.scroll_offset.y
        if index >= len(self._stretches):
            return
        self.move_by(index - self.cursor)
        if event.chain == 2:
            self.post_message(self.Opened(self._stretches[index]))
