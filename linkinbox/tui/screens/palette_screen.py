"""The palette: a line to type in, and below it what fits, each with its keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip

from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.palette import Command, matching
from linkinbox.tui.prompts.line_input import LineInput
from linkinbox.tui.remembered import Memory
from linkinbox.tui.screens.key_screen import KeyScreen
from linkinbox.tui.widgets.painting import EMPTY, Ink, Inked, cells, fit, fit_right

_KEYS, _NAME = 14, 30  # cells at most
_LINES, _HIGH, _AROUND = 16, 24, 7  # of commands; of the window for which that is meant; around them


class PaletteScreen(KeyScreen):
    """Finds what can be done, and does it.

    Args:
        commands: what is offered.
        memory: what was used lately comes first.
    """

    DEFAULT_CSS = """
    PaletteScreen {
        align: center top;
        background: $background 70%;
        #palette { width: 90; max-width: 100%; height: auto; max-height: 100%; margin: 2 0 0 0; background: $surface; }
        LineInput { margin: 1 2; }
        CommandList { height: auto; margin: 0 0 1 0; }
        ToastRack { max-height: 0; }
    }
    PaletteScreen.-short { #palette { margin: 0; } LineInput { margin: 0 2; } CommandList { margin: 0; } }
    """

    def __init__(self, commands: Sequence[Command], memory: Memory) -> None:
        super().__init__()
        self._commands = commands
        self._memory = memory
        self.input = LineInput(typed=self._on_typed, pressed=self._on_pressed)
        self.list = CommandList()

    def compose(self) -> ComposeResult:
        """The line, and the list."""
        with Vertical(id="palette"):
            yield self.input
            yield self.list

    def on_mount(self) -> None:
        """Offer everything, what was used lately first."""
        self.input.placeholder = "what to do: a name, a word, or a key"
        self.set_focus(self.input)
        self._on_typed(self.input.value)

    def on_resize(self, event: events.Resize) -> None:
        """Use every line where there are few."""
        super().on_resize(event)
        short = event.size.height < _HIGH
        self.set_class(short, "-short")
        self.list.styles.max_height = min(_LINES, event.size.height - (1 if short else _AROUND))

    def typing(self) -> LineInput | None:
        """All keys are for the line."""
        return self.input

    def _on_typed(self, typed: str) -> None:
        self.list.show(matching(self._commands, typed, self._memory.now.recent))

    def _on_pressed(self, key: str) -> None:
        match key:
            case "enter":
                self._do(self.list.under_cursor)
            case "escape":
                self.dismiss()
            case "up" | "shift+tab":
                self.list.move_by(-1)
            case _:
                self.list.move_by(1)

    def on_command_list_chosen(self, message: CommandList.Chosen) -> None:
        """A click does it too."""
        self._do(message.command)

    def _do(self, command: Command | None) -> None:
        if command and not command.why_not:
            self._memory.keep(self._memory.now.with_recent(command.id))
            self.dismiss()
            command.do()


class CommandList(Inked):
    """Commands, one a line: what it is called, what it does, its keys."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """A command was clicked."""

        def __init__(self, command: Command) -> None:
            self.command = command
            super().__init__()

    def __init__(self) -> None:
        super().__init__()
        self._commands: Sequence[Command] = ()
        self._cursor = self._top = 0
        self._keys = self._names = 0  # cells

    def show(self, commands: Sequence[Command]) -> None:
        """Show ``commands`` with the cursor on the first."""
        self._commands, self._cursor, self._top = commands, 0, 0
        self._keys = min(_KEYS, max((cells(command.keys) for command in commands), default=0))
        self._names = min(_NAME, max((cells(command.name) for command in commands), default=0))
        self.styles.height = max(1, len(commands))
        self.refresh()

    def move_by(self, delta: int) -> None:
        """Move the cursor, as far as there is something."""
        self._cursor = max(0, min(self._cursor + delta, len(self._commands) - 1))
        self.refresh()

    @property
    def under_cursor(self) -> Command | None:
        """The command under the cursor; None: nothing fits."""
        return self._commands[self._cursor] if self._commands else None

    def _number(self, y: int) -> int:
        """Which command stands on a line: as far down as needed for the cursor to be in sight."""
        self._top = max(self._cursor - self.size.height + 1, min(self._top, self._cursor))
        return self._top + y

    def render_line(self, y: int) -> Strip:
        """Return the command on the line ``y``."""
        width, number = self.size.width, self._number(y)
        if not self._commands and y == 0:
            return self.paint(((SafeText("   Nothing is called like that"), Ink.MUTED),), width)
        if number >= len(self._commands):
            return self.paint(EMPTY, width)
        command, on_it = self._commands[number], number == self._cursor
        keys = fit_right(safe_text(command.keys), self._keys)
        name = fit(command.name, min(self._names, width - cells(keys) - 6))
        about = fit(safe_text(command.why_not or command.help), max(0, width - cells(name) - cells(keys) - 8))
        line = (
            (SafeText(f" {marks().cursor if on_it else ' '} "), Ink.STRONG),
            (name, Ink.MUTED if command.why_not else Ink.STRONG if on_it else Ink.TEXT),
            (SafeText(f"  {about} "), Ink.FLAG if command.why_not and on_it else Ink.MUTED),
            (keys, Ink.MUTED if command.why_not else Ink.STRONG),
        )
        return self.paint(line, width, cursor=on_it)

    def on_click(self, event: events.Click) -> None:
        """Post the command that was clicked."""
        if (number := self._number(event.y)) < len(self._commands):
            self.post_message(self.Chosen(self._commands[number]))
