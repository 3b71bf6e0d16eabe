"""The views side by side, each with how many items it holds; at the right, what waits to be shown."""

from __future__ import annotations

from textual import events
from textual.message import Message

from linkinbox.actions import ACTIONS
from linkinbox.model import Counts, View
from linkinbox.text import SafeText
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.lines import OneLine
from linkinbox.tui.widgets.painting import Ink, Line, cells, width_of

_TITLES = {action.view: action.title for action in ACTIONS if action.view is not None}
_VIEWS = tuple(_TITLES)
_TO_DROP = (
    View.SWEEP,
    View.CONNECTED,
    View.ALL,
    View.JUNK,
    View.GOLD,
    View.HELD,
    View.CALLS,
    View.TO_REPLY,
    View.TO_ACCEPT,
    View.MESSAGES,
    View.INVITATIONS,
    View.NEW,
)
_GAP = 3  # cells around a view
_MORE = 2  # cells of the sign that more follow
NOTHING = SafeText("")


class ViewTabs(OneLine):
    """The views that have room, a sign when there are more, and a word at the right."""

    _counts: Counts | None = None
    _view: View = View.NEW
    word = SafeText("")

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, view: View) -> None:
            self.view = view
            super().__init__()

    def show(self, counts: Counts, view: View, word: SafeText = NOTHING) -> None:
        """Show ``counts``, with ``view`` as the one that is open, and ``word`` at the right."""
        self._counts, self._view, self.word = counts, view, word
        self.repaint_line()

    def line(self, width: int) -> Line:
        """Return the views that have room; empty ones go first, the open one never."""
        tabs = self._tabs(self._room(width))
        pieces = [
            piece
            for view, text in tabs
            for piece in (
                (SafeText("  "), Ink.TEXT),
                (SafeText(text), Ink.STRONG if view is self._view else Ink.MUTED),
                (SafeText(" "), Ink.TEXT),
            )
        ]
        if 0 < len(tabs) < len(self._views):
            pieces.append((SafeText(f" {marks().more}"), Ink.MUTED))
        if self.word:
            gap = SafeText(" " * (self._room(width) - width_of(pieces)))
            pieces += [(gap, Ink.TEXT), (SafeText(f" {self.word} "), Ink.MARK)]
        return tuple(pieces)

    @property
    def _views(self) -> list[View]:
        """The sweep holds what is new, in another order: one of the two is enough."""
        other = View.NEW if self._view is View.SWEEP else View.SWEEP
        return [view for view in _VIEWS if view is not other]

    def _room(self, width: int) -> int:
        """Cells that the views have."""
        return width - cells(self.word) - 2 if self.word else width

    def _tabs(self, width: int) -> list[tuple[View, str]]:
        if self._counts is None:
            return []
        counts = self._counts
        tabs = [(view, _tab(view, counts[view])) for view in self._views]
        for view in [view for view in _TO_DROP if not counts[view]] + list(_TO_DROP):
            mark = _MORE if len(tabs) < len(self._views) else 0
            if sum(cells(text) + _GAP for _, text in tabs) + mark <= width:
                break
            tabs = [tab for tab in tabs if tab[0] is not view or view is self._view]
        return tabs

    def on_click(self, event: events.Click) -> None:
        """Post the view that was clicked; the sign stands for the first that has no room."""
        tabs, right = self._tabs(self._room(self.size.width)), 0
        for view, text in tabs:
            right += cells(text) + _GAP
            if event.x < right:
                self.post_message(self.Chosen(view))
                return
        hidden = [view for view in self._views if view not in dict(tabs)]
        if hidden and event.x < right + _MORE:
            self.post_message(self.Chosen(hidden[0]))


def _tab(view: View, count: int) -> str:
    return f"{_TITLES[view]} {count:,}" if count else _TITLES[view]
