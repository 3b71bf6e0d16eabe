"""The sweep of an invented inbox that waits for one key after the other, and then is left alone."""

from __future__ import annotations

from linkinbox.actions import Action
from linkinbox.model import Change
from linkinbox.sitting import Sitting
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.lesson import Lesson
from linkinbox.tui.screens.sweep import SweepScreen
from linkinbox.tui.widgets.lines import OneLine
from linkinbox.tui.widgets.painting import Ink, Line, cells, cut
from linkinbox.words.key_words import key_of

_LEAVES = SafeText("Esc ends it")


class LessonLine(OneLine):
    """What is asked for, and at the right how to get out."""

    DEFAULT_CSS = """
    LessonLine { background: $surface; }
    """

    _words = SafeText("")
    _leaves = SafeText("")

    def say(self, words: SafeText, *, leaves: SafeText) -> None:
        """Show ``words``, and ``leaves`` at the right if there is room."""
        self._words, self._leaves = words, leaves
        self.refresh()

    def line(self, width: int) -> Line:
        """Return the words, cut where there is no room for them."""
        gap = width - 2 - cells(self._words) - cells(self._leaves)
        leaves = f"{' ' * gap}{self._leaves}" if gap > 1 else ""
        return (SafeText(" "), Ink.TEXT), (cut(self._words, width - 2), Ink.MARK), (SafeText(leaves), Ink.MUTED)


class LessonScreen(SweepScreen):
    """Teaches five keys; anything else but moving does nothing until they are done or Esc was pressed.

    Args:
        sitting: at an invented inbox.
        label: as of every sweep.
    """

    def __init__(self, sitting: Sitting, *, label: str = "") -> None:
        super().__init__(sitting, label=label)
        self._lesson: Lesson | None = Lesson()
        self.lesson_line = LessonLine()

    def on_mount(self) -> None:
        """Say what is asked for, above the news."""
        self.mount(self.lesson_line, before=self.status)
        self._show_lesson()

    def act(self, action: Action, count: int | None = None) -> None:
        """Do ``action`` if it is the one that is taught; Esc ends the lesson."""
        lesson = self._lesson
        if lesson and (lesson.step is None or action.id == "back"):
            self._end_lesson()
            if action.id == "back":
                return
        if lesson and not lesson.lets(action):
            self.status.say(safe_text(f"{action.title}: later. {key_of('back')} ends the lesson"))
            return
        super().act(action, count)
        if self._lesson:
            self._lesson.did(action)
            self._show_lesson()

    def _show_change(self, change: Change) -> None:
        super()._show_change(change)
        if self._lesson:
            self._lesson.saw(change)
            self._show_lesson()

    def _show_lesson(self) -> None:
        if self._lesson:
            self.lesson_line.say(self._lesson.words, leaves=_LEAVES if self._lesson.step else SafeText(""))

    def _end_lesson(self) -> None:
        self._lesson = None
        self.lesson_line.display = False
        self.status.say(safe_text(f"The lesson is over; {key_of('palette')} Lesson begins it again"))
