"""Marking line by line: what a decision is for. What was decided already is marked only where it was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linkinbox.marked import Targets
from linkinbox.model import State
from linkinbox.plain.sentences import sentence
from linkinbox.plain.walk import Walk
from linkinbox.text import safe_name
from linkinbox.words.mark_words import marked_words, marks_status, range_words

if TYPE_CHECKING:
    from linkinbox.store.pages import Ids


class Marking(Walk):
    """Marks items; how many are marked is part of each line that asks."""

    _anchor: tuple[Ids, int] | None = None  # what was shown where the range was begun, and the place in it

    # ── what is meant ──

    def targets(self) -> Targets:
        """What a decision is for: a counted number of items, all that is meant or marked, or the one that was told."""
        if self.twins and not self.twins.ids_in(State.NEW):
            self.say("None of them is new: nothing to decide.")
            return Targets(())
        if not self.count and (targets := self.sitting.marked.targets(self._meant())):
            return targets
        return Targets(self.course.targets(self.count or 1) if self.here() else ())

    def _meant(self) -> Sequence[int]:
        """What counts as marked for now: the new ones of the twins, this one first; else the range."""
        if self.twins is None:
            return self._in_range()
        here = self.row and self.row.id
        return sorted(self.twins.ids_in(State.NEW), key=lambda id_: id_ != here)

    def _in_range(self) -> Sequence[int]:
        """The items of the range that wait."""
        if not self.has_range or self._anchor is None:
            return ()
        first, last = sorted((self._anchor[1], self.course.at))
        return self.course.waiting(first, last)

    @property
    def has_range(self) -> bool:
        """Whether a range was begun; it is one of what was shown then."""
        return self._anchor is not None and self._anchor[0] is self.sitting.ids

    def marks_words(self) -> str:
        """How many are marked, and how many of them are a range; "" where there are none. Twins are told otherwise."""
        in_range, marked = self._in_range(), self.sitting.marked
        if self.has_range:
            return range_words(marked.count(in_range), len(in_range))
        return marked_words(marked, (), self.sitting.ids)

    # ── marking ──

    def action_mark(self) -> None:
        """Mark or unmark, and go on."""
        if (row := self.here()) is None:
            return
        marked, ids = self.sitting.marked, self.course.targets(self.count or 1)
        before = len(marked)
        is_marked = marked.toggle(ids, of=self.sitting.ids)
        more = abs(len(marked) - before) - 1
        self.say(f"{'Marked' if is_marked else 'Unmarked'} {safe_name(row.person.name)}{_and_more(more)}.")
        self.course.go_behind(ids[-1])
        self.show_next()

    def action_range(self) -> None:
        """Begin a range, or mark what it holds."""
        if self.has_range:
            self.sitting.marked.add(self._in_range(), of=self.sitting.ids)
            self.leave_range()
        elif self.here():
            self._anchor = self.sitting.ids, self.course.at
        self._say_marks()

    def action_mark_all(self) -> None:
        """Mark all that waits in view, or of what is found; if all of it is, unmark that."""
        self.leave_range()
        marked, ids = self.sitting.marked, self.course.waiting(0, len(self.course) - 1)
        if marked.through_all and all(id_ in marked for id_ in ids):
            marked.remove(ids, of=self.sitting.ids)
        elif ids:
            marked.add(ids, of=self.sitting.ids)
            marked.through_all = True
        self._say_marks()

    def leave_range(self) -> None:
        """Leave the range; what was marked stays so."""
        self._anchor = None

    def action_back(self) -> None:
        """Leave the range, else unmark all, else go back."""
        if self.twins is None and self.has_range:
            self.leave_range()
            self._say_marks()
        elif self.twins is None and len(self.sitting.marked):
            self.sitting.marked.clear()
            self._say_marks()
        else:
            super().action_back()

    def _say_marks(self) -> None:
        in_range = self._in_range()
        self.say(sentence(marks_status(self.sitting.marked.count(in_range), len(in_range))))


def _and_more(count: int) -> str:
    return f" and {count:,} more" if count else ""
