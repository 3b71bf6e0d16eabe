"""The views side by side, each with how many items it holds."""

from __future__ import annotations

from textual import events
from textual.message import Message

from linkinbox.actions import ACTIONS
from linkinbox.model import Counts, View
from linkinbox.text import SafeText
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.lines import OneLine
from linkinbox.tui.widgets.painting import Ink, Line, cells

_TITLES = {action.view: action.title for action in ACTIONS if action.view is not None}
_VIEWS = tuple(_TITLES)
_TO_DROP = (
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
_MORE = 2  # cells of the mark that more follow


class ViewTabs(OneLine):
    """The views that have room, and a mark when there are more."""

    _counts: Counts | None = None
    _view: View = View.NEW

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, view: View) -> None:
            self.view = view
            super().__init__()

    def show(self, counts: Counts, view: View) -> None:
        """Show ``counts``, with ``view`` as the one that is open."""
        self._counts, self._view = counts, view
        self.refresh()

    def line(self, width: int) -> Line:
        """Return the views that have room; empty ones go first, the open one never."""
        tabs = self._tabs(width)
        pieces = [
            piece
            for view, text in tabs
            for piece in (
                (SafeText("  "), Ink.TEXT),
                (SafeText(text), Ink.STRONG if view is self._view else Ink.MUTED),
                (SafeText(" "), Ink.TEXT),
            )
        ]
        if 0 < len(tabs) < len(_VIEWS):
            pieces.append((SafeText(f" {marks().more}"), Ink.MUTED))
        return tuple(pieces)

    def _tabs(self, width: int) -> list[tuple[View, str]]:
        if self._counts is None:
            return []
        counts = self._counts
        tabs = [(view, _tab(view, counts[view])) for view in _VIEWS]
        for view in [view for view in _TO_DROP if not counts[view]] + list(_TO_DROP):
            mark = _MORE if len(tabs) < len(_VIEWS) else 0
            if sum(cells(text) + _GAP for _, text in tabs) + mark <= width:
                break
            tabs = [tab for tab in tabs if tab[0] is not view or view is self._view]
        return tabs

    def on_click(self, event: events.Click) -> None:
        """Post the view that was clicked; the mark stands for the first that has no room."""
        tabs, right = self._tabs(self.size.width), 0
        for view, text in tabs:
            right += cells(text) + _GAP
            if event.x < right:
                self.post_message(self.Chosen(view))
                return
        hidden = [view for view in _VIEWS if view not in dict(tabs)]
        if hidden and event.x < right + _MORE:
            self.post_message(self.Chosen(hidden[0]))


def _tab(view: View, count: int) -> str:
    return f"{_TITLES[view]} {count:,}" if count else _TITLES[view]
