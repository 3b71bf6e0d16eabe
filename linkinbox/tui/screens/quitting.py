"""Leaving the program from the screens that one is on most of the time: a running import is stopped by two words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from linkinbox.text import safe_text
from linkinbox.tui.screens.moving import MovingScreen
from linkinbox.tui.widgets.lines import StatusLine
from linkinbox.words.key_words import key_of

if TYPE_CHECKING:
    from linkinbox.store.report import Progress


class LessonWanted(Message):
    """The lesson is to be opened."""


class QuittingScreen(MovingScreen):
    """A screen with a status line that quits, unless an import runs and nobody said so twice."""

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.status = StatusLine()
        self.progress: Progress | None = None  # of an import that runs beside
        self._quit_asked = False

    def show_import(self, progress: Progress | None) -> None:
        """Note how far an import in the background has come."""
        self.progress = progress
        self._quit_asked = self._quit_asked and progress is not None

    def action_lesson(self) -> None:
        """Leave for the lesson, which has an inbox of its own; a running import goes first."""
        if self.progress is None:
            self.post_message(LessonWanted())
        else:
            self.status.say(safe_text("An import is running: the lesson can begin when it is done"))

    def action_quit(self) -> None:
        """Quit; a running import is stopped only by a second word."""
        if self.progress is None or self._quit_asked:
            self.app.exit()
        self._quit_asked = True
        self.status.say(
            safe_text(f"An import is running: {key_of('quit')} again stops it and quits; what it read so far is kept")
        )
