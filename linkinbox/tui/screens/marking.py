"""What a decision is for: the item under the cursor, or all that are marked, one by one, as a range or as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

from linkinbox.decider import UNASKED
from linkinbox.marked import Targets
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.screens.browse import BrowseScreen
from linkinbox.words.key_words import key_of
from linkinbox.words.mark_words import marked_words, marks_status

if TYPE_CHECKING:
    from linkinbox.store.pages import Ids

_BITE = 0.03  # seconds in which as much of a view is marked as can be; then keys are read
_HELD = 0.4  # seconds within which the same key is the same press


class MarkScreen(BrowseScreen):
    """Marks items; how many stands in the topmost line as long as there are any."""

    _anchor: int | None = None  # where the range was begun
    _marking: Ids | None = None  # of which all are to be marked
    _marked_to = 0
    _at_end = float("-inf")  # when the last item was marked

    def on_mount(self) -> None:
        """Show in the list what is marked."""
        self.list.sign_of = self.sign_of

    # ── what is meant ──

    def _targets(self) -> Targets:
        """What a decision is for: a counted number of items, all that is marked, or the one under the cursor."""
        here, shown, marked = self.list.cursor, self.sitting.ids, self.sitting.marked
        if self._marking:
            self.status.say(safe_text(f"Still marking: {len(marked):,} so far"), tone="warn")
            return Targets(())
        if self.count:
            return Targets(shown[here : here + self.count])
        return marked.targets(self.meant()) or Targets(shown[here : here + 1])

    def meant(self) -> Sequence[int]:
        """What counts as marked for now: the range."""
        span = self._span
        return self.sitting.ids[span.start : span.stop]

    @property
    def _span(self) -> range:
        """The indexes of the range."""
        if self._anchor is None:
            return range(0)
        first, last = sorted((self._anchor, self.list.cursor))
        return range(first, last + 1)

    def sign_of(self, index: int, id_: int) -> SafeText:
        """What says in its row that an item is marked; "" if it is not."""
        return SafeText(marks().marked if id_ in self.sitting.marked or index in self._span else "")

    # ── marking ──

    def action_mark(self) -> None:
        """Mark or unmark, and go on; a key that is held stops at the end."""
        here, shown, marked = self.list.cursor, self.sitting.ids, self.sitting.marked
        ids = shown[here : here + (self.count or 1)]
        at_end = here + len(ids) >= len(shown)
        held, self._at_end = monotonic() - self._at_end < _HELD, monotonic() if at_end else float("-inf")
        if not ids or (at_end and held):
            return
        marked.toggle(ids, of=shown)
        self.list.move_by(len(ids))
        self._show_marked()

    def action_range(self) -> None:
        """Begin a range, or mark what it holds."""
        if self._anchor is None:
            self._anchor = self.list.cursor if len(self.sitting.ids) else None
        else:
            ids, self._anchor = self.meant(), None
            self.sitting.marked.add(ids, of=self.sitting.ids)
        self._show_marked()

    def action_mark_all(self) -> None:
        """Mark all in view, or all that is found; if all are, unmark them. What is marked elsewhere stays so.

        What was decided here, and only stands in the list until that is opened anew, is not in view any more.
        """
        shown, marked = self._marking or self.sitting.ids, self.sitting.marked
        self._anchor = None
        left_out = sum(id_ not in marked for id_ in self.sitting.shown.gone)
        are_all = marked.count_in(shown) + left_out >= len(shown)
        if self._marking or (are_all and (marked.through_all or not len(marked))):
            self._marking = None
            if marked.count_in(shown) == len(marked):
                marked.clear()
            else:
                marked.remove(shown[: shown.loaded], of=shown)
            self._show_marked()
        else:
            marked.through_all = True
            self._marking, self._marked_to = shown, 0
            self._mark_on()

    def _mark_on(self) -> None:
        """Mark as many of them as a key can wait for; the rest in further bites."""
        end, all_, marked, gone = monotonic() + _BITE, self._marking, self.sitting.marked, self.sitting.shown.gone
        while all_ and self._marking:
            marked.add((id_ for id_ in all_[self._marked_to : all_.loaded] if id_ not in gone), of=all_)
            self._marked_to = all_.loaded
            if not all_.fill() and self._marked_to == all_.loaded:
                self._marking = None
            elif monotonic() > end:
                self.set_timer(0.001, self._mark_on)
                break
        self.list.grow()
        self._show_marked()

    def on_item_list_moved(self) -> None:
        """Let the range follow the cursor."""
        if self._anchor is not None:
            self._show_marked()

    def leave_marks(self) -> bool:
        """Leave the range, else unmark all; False if there is neither. Of many it is said how they are marked again."""
        count = 0
        if self._anchor is not None:
            self._anchor = None
        elif count := len(self.sitting.marked):
            self._unmark()
        else:
            return False
        self._show_marked()
        self.show_found()
        if count > UNASKED:
            self.status.say(safe_text(f"{count:,} unmarked — {key_of('mark-all')} marks all in view"))
        return True

    def back_does(self) -> str:
        """What going back does next: marks go before what is searched for."""
        return "unmarks" if self.pane == "list" and len(self.sitting.marked) else super().back_does()

    def _unmark(self) -> None:
        self._anchor = self._marking = None
        self.sitting.marked.clear()

    # ── what is said of it ──

    def _show_marked(self) -> None:
        """Show in list and lines what is marked."""
        self.list.refresh()
        self.top.show_marked(self._marked_words())
        self.status.say(self._said_of_marks())

    def _marked_words(self) -> SafeText:
        return marked_words(self.sitting.marked, self.meant(), self.sitting.ids)

    def _said_of_marks(self) -> SafeText:
        count = self.sitting.marked.count(self.meant())
        if self._marking:
            return safe_text(f"{count:,} marked so far — Esc stops and unmarks them")
        return marks_status(count, len(self._span))

    def show_figures(self) -> None:
        """Show how many are marked, too."""
        super().show_figures()
        self.top.show_marked(self._marked_words())

    def show_rows(self, *, cursor: int = 0, top: int | None = None) -> None:
        """Leave the range: it is one of rows that were shown before."""
        self._anchor = None
        super().show_rows(cursor=cursor, top=top)

    def fill(self) -> None:
        """Count again what is marked of all that is loaded by now."""
        super().fill()
        if len(self.sitting.marked):
            self.top.show_marked(self._marked_words())
