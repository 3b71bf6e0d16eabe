"""The views side by side, each with how many items it holds; at the right, what waits to be shown."""

from __future__ import annotations

from typing import TypeAlias

from textual import events
from textual.message import Message

from linkinbox.actions import ACTIONS
from linkinbox.model import Counts, View
from linkinbox.splits import Split
from linkinbox.text import SafeText, safe_text
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
    View.EXPIRING,
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
_NAME = 20  # letters of a split's name
NOTHING = SafeText("")

Place: TypeAlias = View | Split


class ViewTabs(OneLine):
    """The views that have room, then the splits, a sign when there are more, and a word at the right."""

    _counts: Counts | None = None
    _place: Place = View.NEW
    _splits: tuple[Split, ...] = ()
    word = SafeText("")

    class Chosen(Message):
        """A view or a split was clicked."""

        def __init__(self, place: Place) -> None:
            self.place = place
            super().__init__()

    def show(self, counts: Counts, place: Place, word: SafeText = NOTHING, *, splits: tuple[Split, ...] = ()) -> None:
        """Show ``counts``, with ``place`` as the one that is open, and ``word`` at the right."""
        self._counts, self._place, self.word, self._splits = counts, place, word, splits
        self.repaint_line()

    def line(self, width: int) -> Line:
        """Return those that have room; empty views go first, the open one never."""
        tabs = self._tabs(self._room(width))
        pieces = [
            piece
            for place, text in tabs
            for piece in (
                (SafeText("  "), Ink.TEXT),
                (text, Ink.STRONG if place == self._place else Ink.MUTED),
                (SafeText(" "), Ink.TEXT),
            )
        ]
        if 0 < len(tabs) < len(self.places):
            pieces.append((SafeText(f" {marks().more}"), Ink.MUTED))
        if self.word:
            gap = SafeText(" " * (self._room(width) - width_of(pieces)))
            pieces += [(gap, Ink.TEXT), (SafeText(f" {self.word} "), Ink.MARK)]
        return tuple(pieces)

    @property
    def places(self) -> list[Place]:
        """All that can be opened; of New and Sweep, which hold the same in two orders, one is enough."""
        other = View.NEW if self._place is View.SWEEP else View.SWEEP
        return [*(view for view in _VIEWS if view is not other), *self._splits]

    def _room(self, width: int) -> int:
        """Cells that the views have."""
        return width - cells(self.word) - 2 if self.word else width

    def _tabs(self, width: int) -> list[tuple[Place, SafeText]]:
        if self._counts is None:
            return []
        counts, places = self._counts, self.places
        tabs = [(place, _tab(place, counts)) for place in places]
        empty: list[Place] = [view for view in _TO_DROP if not counts[view]]
        for dropped in [*empty, *reversed(self._splits), *_TO_DROP]:
            mark = _MORE if len(tabs) < len(places) else 0
            if sum(cells(text) + _GAP for _, text in tabs) + mark <= width:
                break
            tabs = [tab for tab in tabs if tab[0] != dropped or dropped == self._place]
        return tabs

    def on_click(self, event: events.Click) -> None:
        """Post the one that was clicked; the sign stands for the first that has no room."""
        tabs, right = self._tabs(self._room(self.size.width)), 0
        for place, text in tabs:
            right += cells(text) + _GAP
            if event.x < right:
                self.post_message(self.Chosen(place))
                return
        shown = [place for place, _ in tabs]
        hidden = [place for place in self.places if place not in shown]
        if hidden and event.x < right + _MORE:
            self.post_message(self.Chosen(hidden[0]))


def _tab(place: Place, counts: Counts) -> SafeText:
    if isinstance(place, Split):
        return safe_text(place.name, limit=_NAME)
    return SafeText(f"{_TITLES[place]} {counts[place]:,}" if counts[place] else _TITLES[place])
