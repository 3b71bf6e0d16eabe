"""What speaks for and against, on the card and in the rows: asked for when the keys rest, so that none waits for it."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from linkinbox.errors import LinkinboxError
from linkinbox.tui.screens.panes import PanesScreen

if TYPE_CHECKING:
    from textual.timer import Timer

_BITE = 4  # items judged at once: one or two milliseconds
REST = 0.12  # seconds without a move before anything is judged: who goes on looks at names and words


class JudgingScreen(PanesScreen):
    """Judges the item under the cursor, then those in sight, a few at a time while nothing else is to be done."""

    _ready = False  # the word lists are read
    _asked = False
    _moved_at = float("-inf")
    _card_later: Timer | None = None

    async def get_ready_to_judge(self) -> None:
        """Read the word lists in a thread: a tenth of a second."""
        await asyncio.to_thread(_read_word_lists)
        self._ready = True
        self.judge_soon()

    def show_card(self) -> None:
        """Show the item under the cursor with what is known for and against it by now."""
        super().show_card()
        self._moved_at = monotonic()
        self.judge_soon()

    def show_card_soon(self) -> None:
        """Show it when the keys have come to rest: who types words looks at the list."""
        if self._card_later:
            self._card_later.stop()
        self._card_later = self.set_timer(REST, self.show_card)

    def judge_soon(self) -> None:
        """Judge what is in sight and was not judged so far, behind the next frame after the keys have come to rest."""
        if not self._ready or self._asked:
            return
        self._asked = True
        if (wait := self._moved_at + REST - monotonic()) > 0:
            self.set_timer(wait, self._look_again)
        elif self._not_judged():
            self.call_after_refresh(self._judge)
        else:
            self._asked = False

    def _look_again(self) -> None:
        self._asked = False
        self.judge_soon()

    def _not_judged(self) -> list[int]:
        here = self.list.cursor_id
        seen = [id_ for id_ in self.list.ids_in_sight if id_ != here] if here is not None else []
        return [id_ for id_ in (here, *seen) if id_ is not None and self.sitting.judged(id_) is None]

    def _judge(self) -> None:
        self._asked = False
        if not self.is_attached:
            return
        ids = self._not_judged()[:_BITE]
        try:
            found = self.sitting.judge(ids)
        except LinkinboxError as error:
            self.say_error(error)
            return
        self.list.flag({id_: len(judged.standing_flags) for id_, judged in found.items()})
        if (here := self.list.cursor_id) in found:
            self.card.judge(found[here])
        self.judge_soon()


def _read_word_lists() -> None:
    from linkinbox.signals import Subject, judge

    judge(Subject("", "?"))
