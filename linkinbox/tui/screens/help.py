"""The help: the keys of the screen it was asked on, as they are set, by the table of actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from linkinbox.actions import Action, Group
from linkinbox.text import SafeText, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.prompts.prompt_line import PromptLine
from linkinbox.tui.screens.page import PageScreen
from linkinbox.tui.widgets.painting import cells
from linkinbox.words.key_words import key_of, keymap, keys_of

if TYPE_CHECKING:
    from linkinbox.tui.prompts.line_input import LineInput

_KEYS = 14  # cells
_WIDE = 132  # cells, from which on there is room for two columns
_APART = 4  # cells between them
_AROUND = 6  # cells that the page leaves at its sides
_LEAST = 20  # cells; a window with fewer shows nothing of it
_FEW = 12  # actions, which fit below one another
_SENTENCE = 62  # cells; longer lines are hard to read
_WARNINGS = 5  # with more of them no key would be seen
_ABOUT = _KEYS + _SENTENCE  # of what has no key before it

Part = tuple[str, str]  # text and style
Line = list[Part]


class HelpScreen(PageScreen):
    """What can be done on a screen, and a line to search it by.

    Args:
        actions: those of that screen.
        warnings: what there is to know before that.
    """

    FOOT: ClassVar = (("search", "find"), ("down", "down"), ("up", "up"), ("back", "back"))

    def __init__(self, actions: Sequence[Action], warnings: Sequence[str] = ()) -> None:
        self._actions = actions
        self._warnings = warnings
        self._words = ""
        super().__init__(_title(), Content(""))
        self.prompt = PromptLine()

    def compose(self) -> ComposeResult:
        """The page, and the line that finds something on it."""
        title, scroll, foot = super().compose()
        yield from (title, scroll, self.prompt, foot)

    def on_resize(self, event: events.Resize) -> None:
        """Use the width there is."""
        super().on_resize(event)
        self._show_found(event.size.width)

    def typing(self) -> LineInput | None:
        """The line while something is looked for."""
        return self.prompt.typing

    def action_search(self) -> None:
        """Show only what has the words, as they are typed; Esc shows everything again."""
        from linkinbox.words.questions import LineQuestion

        question = LineQuestion("find", "a key or a word", "Enter keeps what was found, Esc shows all", optional=True)
        self.prompt.ask(question, self._find, text=self._words, typed=self._find, left=lambda _words: self._find(""))

    def _find(self, words: str) -> None:
        self._words = words
        self._show_found(self.size.width)

    def _show_found(self, width: int) -> None:
        found = [action for action in self._actions if has(action, self._words)]
        room = max(_LEAST, width - _AROUND)
        text = help_text(found, room, about=not self._words)
        self.show_text(text if self._words else warning_text(self._warnings, room) + text)
        self.move_to(0)

    def action_back(self) -> None:
        """Show everything again, or go back."""
        if self._words:
            self._find("")
        else:
            super().action_back()

    def action_help(self) -> None:
        """Close the help, as the key that opened it does."""
        self.dismiss()


def _title() -> SafeText:
    return safe_text(f"Keys of where you are · profile {keymap().profile}")


def has(action: Action, words: str) -> bool:
    """Whether an action has all of the words, in its keys or in what is said of it."""
    told = f"{keys_of(action.id)} {action.title} {action.help} {action.group.value}".casefold()
    return all(word in told for word in words.casefold().split())


def warning_text(warnings: Sequence[str], width: int) -> Content:
    """The first warnings, each behind a sign, and how to read the others."""
    if not warnings:
        return Content("")
    room, more = min(_ABOUT, width) - 2, len(warnings) - _WARNINGS
    lines: list[Line] = [[("Warnings", "$accent")]]
    for warning in warnings[:_WARNINGS]:
        first, *others = wrap(safe_text(warning), room)
        lines += [
            [(f"{sign} {line}", "$flag")] for sign, line in ((marks().flag, first), *((" ", each) for each in others))
        ]
    lines += [[(f"  {more:,} more: `linkinbox config --check`", "$flag")]] if more > 0 else []
    return Content.assemble(*(part for line in (*lines, []) for part in (*line, ("\n", ""))))


def help_text(actions: Sequence[Action], width: int, *, about: bool = True) -> Content:
    """The actions in their groups, keys and one sentence each, in one column or two.

    Args:
        actions: in the order of the table.
        width: the room there is, in cells.
        about: say what counts, and what a decision is, below them.
    """
    if not actions:
        return Content.assemble(("Nothing here has these words.", "$muted"))
    two = width >= _WIDE and len(actions) > _FEW
    room = (width - _APART) // 2 if two else width
    groups = [list(_group(group, actions, room)) for group in Group]
    if about:
        groups.append([[(line, "$muted")] for line in wrap(_about(), room)])
    groups = [lines for lines in groups if lines]
    lines = _beside(groups, room) if two else [line for lines in groups for line in (*lines, [])]
    return Content.assemble(*(part for line in lines for part in (*line, ("\n", ""))))


def _group(group: Group, actions: Sequence[Action], width: int) -> Iterator[Line]:
    in_it = [action for action in actions if action.group is group]
    if in_it:
        yield [(group.value, "$accent")]
    for action in in_it:
        keys = keys_of(action.id)
        first, *more = wrap(action.help, min(_SENTENCE, max(16, width - _KEYS)))
        shown = keys or f"{key_of('palette')}{marks().ellipsis}"
        yield [(f"{shown:{_KEYS - 1}} ", "bold" if keys else "$muted"), (first, "")]
        yield from ([(f"{'':{_KEYS}}{line}", "")] for line in more)


def _beside(groups: list[list[Line]], room: int) -> Iterator[Line]:
    """Whole groups in two columns of about the same length."""
    total = sum(len(lines) + 1 for lines in groups)
    left: list[Line] = []
    right: list[Line] = []
    for lines in groups:
        column = left if not right and len(left) + len(lines) // 2 < total // 2 else right
        column += [*lines, []]
    nothing: Line = []
    for one, other in zip_longest(left, right, fillvalue=nothing):
        used = sum(cells(text) for text, _ in one)
        yield [*one, (" " * (room + _APART - used), ""), *other]


def _about() -> str:
    down, junk, last, open_ = (key_of(id_) for id_ in ("down", "junk", "last", "open"))
    return (
        f"A number before a key repeats it or counts: 5{down}, 3{junk}, 40{last}. Two letters, such as "
        f"{key_of('view-all')}, are typed one after the other. What is decided is written at once and can be taken "
        "back, also tomorrow. Nothing is ever sent to LinkedIn: “to accept” means that you open it there "
        f"({open_}) and accept it yourself; the next import shows it done. Enter, Esc, Tab and digits answer "
        "questions, whatever is configured."
    )
