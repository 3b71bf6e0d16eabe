"""The list of items: a line widget over ids and pages of rows, flat in how many items there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip

from linkinbox.model import Row
from linkinbox.text import SafeText
from linkinbox.tui.widgets.found import NOT_SEARCHED, Found, Seen
from linkinbox.tui.widgets.painting import Ink, Inked, Line, may_stray
from linkinbox.tui.widgets.rolling import Rolling
from linkinbox.tui.widgets.row_line import columns, row_line, state_word
from linkinbox.tui.widgets.row_pages import RowPages

STRIPS_KEPT = 200  # lines, too: more than a tall window shows
MARGIN = 3  # cells left of what an empty list says


class _Held(NamedTuple):
    """What a line holds; as long as it holds that it is laid out once.

    Args:
        word: at its right; of what is undecided the age, which grows by itself.
        width: of the line; a window may be painted in a new size before it is told of that.
        sign: that it is marked.
        seen: why it was found.
    """

    row: Row
    word: SafeText
    flags: int
    width: int
    cursor: bool
    sign: SafeText
    seen: Seen


class ItemList(Inked, Rolling, inherit_bindings=False, can_focus=False):
    """Items one a line, with a cursor; its screen routes keys to it.

    Args:
        rows_of: reads one page of rows, in the order of its ids.
        now: tells the time, aware; its zone is the one times are shown in.
    """

    ALLOW_SELECT = False

    # Nothing is arranged by how long the list is, and what has to be painted anew is known by the line.
    virtual_size = Reactive(Size(0, 0), repaint=False)

    DEFAULT_CSS = """
    ItemList {
        width: 1fr;
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size: 0 0;
    }
    """

    class Moved(Message):
        """The cursor is on another item; of several in a row only the last is worth handling."""

        def __init__(self, index: int, id: int) -> None:  # noqa: A002  # the model's own word
            self.index = index
            self.id = id
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Supersede an earlier move that nobody has handled."""
            return isinstance(message, ItemList.Moved)

    class Opened(Message):
        """An item was clicked twice."""

        def __init__(self, id: int) -> None:  # noqa: A002
            self.id = id
            super().__init__()

    def __init__(
        self,
        rows_of: Callable[[Sequence[int]], list[Row]],
        now: Callable[[], datetime],
        *,
        id: str | None = None,  # noqa: A002  # Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self.empty = Content("")
        self._now = now
        self._counts_down = False
        self._found = NOT_SEARCHED
        self._flags: dict[int, int] = {}
        self.sign_of: Callable[[int, int], SafeText] = lambda _index, _id: SafeText("")  # of an item
        self._pages = RowPages(rows_of)
        self._lines: LRUCache[_Held, Line] = LRUCache(STRIPS_KEPT)
        self._painted: dict[int, Line] = {}  # by the line of the window
        self._strips: LRUCache[tuple[Line, int, bool], Strip] = LRUCache(STRIPS_KEPT)

    # ── what is shown ──

    @property
    def _ids(self) -> Sequence[int]:
        return self._pages.ids

    def show(
        self,
        ids: Sequence[int],
        *,
        cursor: int = 0,
        top: int | None = None,
        counts_down: bool = False,
        found: Found = NOT_SEARCHED,
    ) -> None:
        """Show items.

        Args:
            ids: in their order.
            cursor: the index the cursor is at.
            top: the index of the line on top; None: as far as it is scrolled now.
            counts_down: believed days left are told.
            found: what was searched for, to be marked.
        """
        was_empty = not len(self._ids)
        self._counts_down, self._found = counts_down, found
        self._pages.show(ids)
        self.cursor = self._clamped(cursor)
        self.virtual_size = Size(1, len(ids))
        self.scroll_y = self.validate_scroll_y(self.scroll_y if top is None else top)
        self._reveal()
        if was_empty or not len(ids):
            self.refresh()
        else:
            self._repaint_changed()
        self._wipe()

    def grow(self) -> None:
        """Show those that came in at the end of what is shown."""
        first = self.virtual_size.height
        if len(self._ids) != first:
            self._pages.grown(first)
            self.virtual_size = Size(1, len(self._ids))
            if first:
                self._repaint_changed()
            else:
                self.refresh()  # where it was said that there is nothing
                self.announce()

    def replace(self, rows: Iterable[Row]) -> None:
        """Show the new state of ``rows``; each keeps its place."""
        for index in self._pages.replace(rows):
            self._repaint(index)

    def flag(self, flags: Mapping[int, int]) -> None:
        """Show how many flags stand on items."""
        self._flags |= flags
        self._repaint_changed()

    @property
    def ids_in_sight(self) -> list[int]:
        """The ids of the items in the window."""
        return [self._ids[index] for index in self._in_sight]

    @property
    def _in_sight(self) -> range:
        top = self.scroll_offset.y
        return range(top, min(top + self.page, len(self._ids)))

    def forget_pages(self) -> None:
        """Read what is shown again."""
        self._pages.forget()
        self._repaint_changed()

    # ── the cursor ──

    @property
    def cursor_id(self) -> int | None:
        """The id of the item under the cursor; None in an empty list."""
        return self._ids[self.cursor] if len(self._ids) else None

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor; None in an empty list."""
        return self._pages.row(self.cursor) if len(self._ids) else None

    @property
    def page(self) -> int:
        """How many lines can be seen: at least 1."""
        return max(1, self.size.height)

    def move_by(self, delta: int) -> None:
        """Move the cursor by ``delta`` items, as far as there are any."""
        self.move_to(self.cursor + delta)

    def move_to(self, index: int) -> None:
        """Move the cursor to ``index``, or to the nearest end."""
        before, self.cursor = self.cursor, self._clamped(index)
        if before == self.cursor:
            return
        if not self._reveal():
            self.refresh_line(before)
            self.refresh_line(self.cursor)
        self.announce()

    def announce(self) -> None:
        """Tell the screen what the cursor is on: once for all that happens to it in a row."""
        # To the screen, not by way of it: behind the keys typed so far, and before the next frame.
        if len(self._ids):
            self.screen.post_message(self.Moved(self.cursor, self._ids[self.cursor]))

    def _clamped(self, index: int) -> int:
        return max(0, min(index, len(self._ids) - 1))

    def _reveal(self) -> bool:
        """Bring the cursor to the middle if it is out of sight: half a screen at once, and one repaint."""
        top = self.scroll_offset.y
        if top <= self.cursor < top + self.page:
            return False
        self.scroll_to(y=self.cursor - self.page // 2, animate=False)
        self._wipe()
        return self.scroll_offset.y != top

    def _wipe(self) -> None:
        """Paint all of the screen anew if a painted line may have reached into what stands beside the list."""
        if any(may_stray(text) for line in self._painted.values() for text, _ in line):
            self.screen.refresh()

    # ── painting ──

    def render_line(self, y: int) -> Strip:
        """Return the line ``y`` of the window."""
        index = y + self.scroll_offset.y
        if index >= len(self._ids):
            self._painted.pop(y, None)
            return self._blank_line(y)
        width = self.size.width
        line, cursor = self._line(index, width), index == self.cursor
        self._painted[y] = line
        laid_out = line, width, cursor
        strip = self._strips.get(laid_out)
        if strip is None:
            strip = self._strips[laid_out] = self.paint(line, width, cursor=cursor)
        return strip

    def _repaint_changed(self) -> None:
        """Repaint the lines of the window in which something else stands than was painted there last."""
        self.repaint([self._painted.get(y) for y in range(self.page)], self._window())

    def _window(self) -> list[Line]:
        """What stands in each line of the window."""
        width = self.size.width  # asked once: for each line it would cost as much as all else
        return [self._line(index, width) for index in self._in_sight]

    def _line(self, index: int, width: int) -> Line:
        held = self._held(index, width)
        line = self._lines.get(held)
        if line is None:
            line = self._lines[held] = self._laid_out(held)
        return line

    def _held(self, index: int, width: int) -> _Held:
        row = self._pages.row(index)
        word = state_word(row, self._now(), columns(width).right, counts_down=self._counts_down)
        flags, sign = self._flags.get(row.id, 0), self.sign_of(index, row.id)
        seen = self._found.seen(row)
        return _Held(row, word, flags, width, cursor=index == self.cursor, sign=sign, seen=seen)

    def _laid_out(self, held: _Held) -> Line:
        return row_line(
            held.row, columns(held.width), held.word, cursor=held.cursor, flags=held.flags, sign=held.sign,
            hits=self._found.hits, text=held.seen.text,
        )  # fmt: skip

    def _blank_line(self, y: int) -> Strip:
        ground = self.ink(Ink.MUTED)
        width = self.size.width
        lines = [] if len(self._ids) else self.empty.wrap(max(1, width - 2 * MARGIN))
        if not 0 < y <= len(lines):
            return Strip.blank(width, ground)
        segments = lines[y - 1].render_segments(self.visual_ink(Ink.MUTED))
        return Strip([Segment(" " * MARGIN, ground), *segments]).adjust_cell_length(width, ground)

    def _repaint(self, index: int) -> None:
        if 0 <= index - self.scroll_offset.y < self.page:
            self.refresh_line(index)

    def notify_style_update(self) -> None:
        """Paint anew in the styles of the new theme."""
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        """Forget what was laid out for another width, and keep the cursor in sight."""
        self._lines.clear()
        self._strips.clear()
        self._reveal()

    # ── the mouse ──

    def on_click(self, event: events.Click) -> None:
        """Select the clicked item; a double click opens it."""
        index = event.y + self.scroll_offset.y
        if index >= len(self._ids):
            return
        self.move_to(index)
        if event.chain == 2:
            self.post_message(self.Opened(self._ids[index]))

    def roll(self, lines: int) -> None:
        """Scroll, with the cursor in sight."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)
        self._wipe()
        seen = self._in_sight
        if seen and self.cursor not in seen:
            self.move_to(max(seen[0], min(self.cursor, seen[-1])))
