"""The card: everything known, and unknown, of the item under the cursor."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from linkinbox.hits import NOTHING, Hits
from linkinbox.model import Item
from linkinbox.text import SafeText
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.card_lines import HEAD, Laid, lay_out
from linkinbox.tui.widgets.painting import EMPTY, Ink, Inked, Line, fit_right
from linkinbox.tui.widgets.twin_lines import lay_out_twins
from linkinbox.twins import TwinGroup
from linkinbox.words.key_words import key_of

if TYPE_CHECKING:
    from linkinbox.store.evidence import Judged


class Card(Inked, ScrollView, inherit_bindings=False, can_focus=False):
    """An item in full, laid out once each time it is shown; it scrolls on its own under its name.

    A thread that does not fit opens at its newest message, or at the newest place where something was found.
    """

    DEFAULT_CSS = """
    Card {
        width: 1fr;
        height: 1fr;
        padding: 0 1 0 2;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size: 0 0;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._shown: tuple[Item, Judged | None, datetime, tzinfo] | None = None
        self._hits = NOTHING
        self._group: TwinGroup | None = None
        self._laid = Laid((), 0)

    def show(
        self, item: Item | None, judged: Judged | None = None, *, now: datetime, zone: tzinfo, hits: Hits = NOTHING
    ) -> None:
        """Show ``item`` with what speaks for and against it, times in ``zone``; no item shows nothing.

        The item that is shown already stays where it was scrolled to, with what was known of it until it is judged.
        What was searched for (``hits``) is marked; the card opens where some of it can be seen.
        """
        stay = bool(item and self._shown and item.row.id == self._shown[0].row.id and hits is self._hits)
        self._hits = hits
        if stay and self._shown and judged is None:
            judged = self._shown[1]
        self._shown = None if item is None else (item, judged, now, zone)
        self._group = None
        self._lay_out(stay=stay)

    def show_twins(self, group: TwinGroup | None) -> None:
        """Show all who wrote nearly the same as the item that is shown, in its place; None shows the item again."""
        self._group = group
        self._lay_out()

    def judge(self, judged: Judged) -> None:
        """Show what speaks for and against the item that is shown, where it was scrolled to."""
        if self._shown is not None:
            item, _, now, zone = self._shown
            self._shown = item, judged, now, zone
            self._lay_out(stay=True)

    def scroll_page(self, delta: int) -> None:
        """Scroll by ``delta`` pages, keeping two lines in sight."""
        step = max(1, self.size.height - HEAD - 2)
        self.scroll_to(y=self.scroll_offset.y + delta * step, animate=False)

    @property
    def text(self) -> str:
        """What the card says, line by line."""
        return "\n".join("".join(text for text, _ in line).rstrip() for line in self._laid.lines)

    def _lay_out(self, *, stay: bool = False) -> None:
        """Lay out what is shown, and repaint those lines that are others now."""
        before, width = self._window(), self.size.width
        if width and self._shown is not None:
            item, judged, now, zone = self._shown
            group = self._group
            self._laid = (
                lay_out_twins(item, group, width) if group else lay_out(item, width, now, zone, judged, hits=self._hits)
            )
        else:
            self._laid = Laid((), 0)
        # Set past its watchers: they would arrange the whole screen anew for every item.
        self.set_reactive(ScrollView.virtual_size, Size(1, len(self._laid.lines)))
        top = self._laid.top(self.size.height)
        if top != self.scroll_offset.y and not stay:
            self.scroll_to(y=top, animate=False)
        self.repaint(before, self._window())

    def render_line(self, y: int) -> Strip:
        """Return the line ``y`` of the window."""
        return self.paint(self._line(y, self.scroll_offset.y), self.size.width)

    def _window(self) -> list[Line]:
        top = self.scroll_offset.y
        return [self._line(y, top) for y in range(self.size.height)]

    def _line(self, y: int, top: int) -> Line:
        """Return what stands in line ``y`` of the window; the head stays while the rest scrolls."""
        if y == HEAD - 1:
            return self._out_of_sight()
        at = y if y < HEAD else y + top
        lines = self._laid.lines
        return lines[at] if at < len(lines) else EMPTY

    def _out_of_sight(self) -> Line:
        """Return how much stands above and below, and the keys that lead there."""
        above = self.scroll_offset.y
        below = max(0, len(self._laid.lines) - self.size.height - above)
        hidden = ((above, "above", key_of("card-up")), (below, "below", key_of("card-down")))
        words = f" {marks().dot} ".join(f"{_lines(count)} {where}, {key}" for count, where, key in hidden if count)
        return ((fit_right(SafeText(words), self.size.width), Ink.MUTED),) if words else EMPTY

    def on_resize(self) -> None:
        """Lay out anew in the new width."""
        self._lay_out()


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"
