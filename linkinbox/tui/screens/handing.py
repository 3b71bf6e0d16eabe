"""Handing the item to programs of the user's: the note to an editor, the item to a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from linkinbox.actions import Action
from linkinbox.decisions import Note
from linkinbox.errors import LinkinboxError, UsageError
from linkinbox.marked import Targets
from linkinbox.text import safe_name, safe_text
from linkinbox.tui.screens.deciding import DecidingScreen
from linkinbox.words.key_words import key_of, keys_of
from linkinbox.words.mark_words import for_many

if TYPE_CHECKING:
    from linkinbox.pipes import Pipe
    from linkinbox.programs import Capture
    from linkinbox.tui.palette import Command
    from linkinbox.tui.screens.page import PageScreen


class HandingScreen(DecidingScreen):
    """Writes notes, here or in an editor, and pipes items. A note that was begun is never lost."""

    _noted: int | None = None  # the item that a note is being written on
    _capture: Capture | None = None  # the pipe whose output is waited for
    _went_on = False  # keys were typed since it was started
    _printed: PageScreen | None = None  # what it printed, to be shown when that is asked for

    # ── notes ──

    def action_note(self) -> None:
        """Ask for a note; what was begun and left is still there."""
        from linkinbox.words.questions import LineQuestion

        if not (targets := self._targets()).ids:
            return
        first = self._noted = targets.ids[0]
        label = for_many("note{}", targets)
        self.prompt.ask(
            LineQuestion(label, "why, in one line", "Enter writes it down, Esc keeps it for later, ctrl+e: editor"),
            partial(self._write_down, targets),
            text=self.sitting.note_begun(first),
            left=partial(self._keep_begun, first),
            edit=partial(self._edit, targets),
        )

    def action_edit(self) -> None:
        """Write a note in the editor; what was begun and left is still there."""
        if (targets := self._targets()).ids:
            self._edit(targets, self.sitting.note_begun(targets.ids[0]))

    def _edit(self, targets: Targets, words: str) -> None:
        from linkinbox.tui.writing import write_in_editor

        first = targets.ids[0]
        self._keep_begun(first, words)  # whatever becomes of the editor, and of us
        try:
            written = write_in_editor(self.app, words)
        except LinkinboxError as error:
            self.say_error(error)
            return
        if written.saved and written.words:
            self._write_down(targets, written.words)
            return
        self._keep_begun(first, written.words)
        if written.failure:
            kept = f"; the note is kept as begun: {key_of('note')}" if written.words else ""
            self.status.say(safe_text(f"{written.failure.message}{kept}"), tone="error")
        else:
            self.status.say(safe_text(self._nothing_saved(written.words)))

    def _nothing_saved(self, words: str) -> str:
        return f"Not saved in the editor: kept as begun, {key_of('note')} goes on" if words else "Nothing was noted"

    def _write_down(self, targets: Targets, text: str) -> None:
        kept, lost = (partial(self._keep_begun, targets.ids[0], words) for words in ("", text))
        self._decide(Note(text), targets, then=kept, left=lost)

    def _keep_begun(self, id_: int, text: str) -> None:
        self._noted = None
        try:
            self.sitting.keep_note_begun(id_, text)
        except LinkinboxError as error:
            self.say_error(error)

    def on_unmount(self) -> None:
        """Keep the note that is being written, whatever ends the program; and end what runs for it."""
        if self._noted is not None and self.typing():
            self._keep_begun(self._noted, self.prompt.input.value)
        if self._capture:
            self._capture.stop()

    # ── pipes ──

    def action_pipe(self) -> None:
        """Show what a pipe has ready; else pipe the item, or all that are marked; of several, ask to which."""
        from linkinbox.tui.piping import NONE, choose

        if self._printed:
            self._show_page(self._printed)
        elif not self.sitting.day.pipes:
            self.status.say(NONE, tone="warn")
        elif (targets := self._targets()).ids:
            choose(self.prompt, self.sitting.day.pipes, lambda pipe: self._pipe(pipe, targets))

    def pipe_to(self, pipe: Pipe) -> None:
        """Pipe the item, or all that are marked, to a program."""
        if (targets := self._targets()).ids:
            self._pipe(pipe, targets)

    def _pipe(self, pipe: Pipe, targets: Targets) -> None:
        self._if_sure(lambda: f"Give {pipe.name}", targets, lambda: self._give(pipe, targets.ids))

    def _give(self, pipe: Pipe, ids: Sequence[int]) -> None:
        """Give items to a program; what is marked stays so."""
        from linkinbox.tui.piping import given, run_in_terminal

        who = self._who(ids)
        try:
            text = given(self.sitting, ids, pipe)
            if pipe.output == "show":
                self._wait_for(pipe, who, text)
                return
            run_in_terminal(self.app, pipe, text)
        except LinkinboxError as error:
            self.say_error(error)
        else:
            self.status.say(safe_text(f"{who} went to {pipe.name}"))

    def _who(self, ids: Sequence[int]) -> str:
        if len(ids) > 1:
            return f"{len(ids):,} items"
        return "".join(safe_name(row.person.name) for row in self.sitting.inbox.rows(ids))

    def _wait_for(self, pipe: Pipe, who: str, text: bytes) -> None:
        from linkinbox.programs import Capture

        if self._capture:
            raise UsageError("A pipe is running", f"{key_of('back')} stops it")
        self._capture, self._printed, self._went_on = Capture(pipe.command, text), None, False
        self.status.say(safe_text(f"{pipe.name} is running; {key_of('back')} stops it"))
        self.run_worker(partial(self._capture_page, pipe, who, self._capture), thread=True, group="pipe")

    def _capture_page(self, pipe: Pipe, who: str, capture: Capture) -> None:
        """Make a page of what it prints; in a thread."""
        from linkinbox.tui.piping import page_of

        came: PageScreen | LinkinboxError
        try:
            came = page_of(pipe, who, capture)
        except LinkinboxError as error:
            came = error
        if self.is_attached:
            self.app.call_from_thread(self._has_ended, pipe, came)

    def _has_ended(self, pipe: Pipe, came: PageScreen | LinkinboxError) -> None:
        """Show what came of it; who went on meanwhile is told of it, since a page would take the next keys."""
        self._capture = None
        if isinstance(came, LinkinboxError):
            self.say_error(came)
        elif self._went_on or self.typing() or self.app.screen is not self:
            self._printed = came
            self.status.say(safe_text(f"{pipe.name} is ready: {key_of('pipe')} shows it"))
        else:
            self._show_page(came)

    def _show_page(self, page: PageScreen) -> None:
        self._printed = None
        self.status.say(safe_text(""))
        self.app.push_screen(page)

    def on_key(self, event: events.Key) -> None:  # noqa: ARG002  # any of them; read above
        """Note that somebody goes on while a pipe runs."""
        self._went_on = True

    def act(self, action: Action, count: int | None = None) -> None:
        """Do ``action``; going back first stops the pipe that is waited for, as was said when it began."""
        if action.id == "back" and self._capture and not self.is_working:
            self._capture.stop()
        else:
            super().act(action, count)

    def commands(self) -> list[Command]:
        """The pipes too, by their names."""
        from linkinbox.tui.palette import Command

        pipes = self.sitting.day.pipes
        key = keys_of("pipe") if len(pipes) == 1 else ""
        offered = [
            Command(f"pipe-{pipe.name}", safe_text(f"Pipe to: {pipe.name}"), partial(self.pipe_to, pipe), key)
            for pipe in pipes
        ]
        return [*super().commands(), *offered]
