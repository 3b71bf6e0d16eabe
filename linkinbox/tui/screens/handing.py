"""Handing the item to programs of the user's: the note to an editor, the item to a pipe."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

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


class HandingScreen(DecidingScreen):
    """Writes notes, here or in an editor, and pipes items. A note that was begun is never lost."""

    _noted: int | None = None  # the item that a note is being written on
    _capture: Capture | None = None  # the pipe whose output is waited for

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
        """Pipe the item, or all that are marked, to a program; of several, ask to which."""
        from linkinbox.tui.piping import NONE, choose

        if not self.sitting.day.pipes:
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

        try:
            text = given(self.sitting, ids, pipe)
            if pipe.output == "show":
                self._wait_for(pipe, text)
                return
            run_in_terminal(self.app, pipe, text)
        except LinkinboxError as error:
            self.say_error(error)
        else:
            (first,) = self.sitting.inbox.rows(ids[:1])
            who = safe_name(first.person.name) if len(ids) == 1 else f"{len(ids):,} items"
            self.status.say(safe_text(f"{who} went to {pipe.name}"))

    def _wait_for(self, pipe: Pipe, text: bytes) -> None:
        from linkinbox.programs import Capture

        if self._capture:
            raise UsageError("A pipe is running", f"{key_of('back')} stops it")
        self._capture = Capture(pipe.command, text)
        self.status.say(safe_text(f"{pipe.name} is running; {key_of('back')} stops it"))
        self.run_worker(partial(self._show, pipe, self._capture), thread=True, group="pipe")

    def _show(self, pipe: Pipe, capture: Capture) -> None:
        """Show what it prints; in a thread."""
        from linkinbox.tui.piping import show_printed

        said: LinkinboxError | None = None
        try:
            show_printed(self.app, pipe, capture)
        except LinkinboxError as error:
            said = error
        if self.is_attached:
            self.app.call_from_thread(self._is_shown, said)

    def _is_shown(self, error: LinkinboxError | None) -> None:
        self._capture = None
        if error:
            self.say_error(error)
        else:
            self.status.say(safe_text(""))

    def action_back(self) -> None:
        """Stop the pipe that is waited for, or go back."""
        if self._capture:
            self._capture.stop()
        else:
            super().action_back()

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
