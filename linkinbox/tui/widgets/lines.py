"""Single lines of the screen: what was said last, and the keys that matter most."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from textual import events
from textual.message import Message
from textual.strip import Strip

from linkinbox.text import SafeText, safe_text
from linkinbox.tui.widgets.painting import EMPTY, Ink, Inked, Line, cells, cut, fit, width_of

Tone = Literal["plain", "warn", "error"]
Entry = tuple[str, str, str]  # key, title, action id


class OneLine(Inked):
    """A line of the screen."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    OneLine { height: 1; width: 1fr; }
    """

    _painted: Line | None = None

    def line(self, width: int) -> Line:
        """Return what is to be shown in ``width`` cells."""
        raise NotImplementedError

    def repaint_line(self) -> None:
        """Repaint it if it says something else now."""
        if self._painted is None or self._painted != self.line(self.size.width):
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line, and blanks below it."""
        if y:
            return self.paint(EMPTY, self.size.width)
        self._painted = self.line(self.size.width)
        return self.paint(self._painted, self.size.width)


class StatusLine(OneLine):
    """What happened last and how to take it back, or what went wrong: it stays until something else is said."""

    _texts: tuple[SafeText, ...] = (SafeText(""),)
    _ink = Ink.TEXT
    _typed = SafeText("")

    def say(self, text: SafeText, *shorter: SafeText, tone: Tone = "plain") -> None:
        """Show ``text``, or the first of the shorter ones for which there is room."""
        self._texts, self._typed = (text, *shorter), SafeText("")
        self._ink = Ink.TEXT if tone == "plain" else Ink.FLAG
        self.refresh()

    def show_typed(self, text: SafeText) -> None:
        """Show keys being typed in place of what was said; none show that again."""
        if text != self._typed:
            self._typed = text
            self.refresh()

    @property
    def said(self) -> str:
        """What is shown."""
        return self._typed or self._texts[0]

    def line(self, width: int) -> Line:
        """Return the words, cut where there is no room for the shortest."""
        ink, texts = (Ink.STRONG, (self._typed,)) if self._typed else (self._ink, self._texts)
        text = next((text for text in texts if cells(text) <= width - 2), texts[-1])
        return (SafeText(" "), ink), (cut(text, width - 2), ink)


class FootLine(OneLine):
    """The keys that matter most here."""

    _entries: Sequence[Entry] = ()
    _right: Collection[str] = ()

    class Chosen(Message):
        """An action was clicked."""

        def __init__(self, action_id: str) -> None:
            self.action_id = action_id
            super().__init__()

    def show(self, entries: Sequence[Entry], *, right: Collection[str] = ()) -> None:
        """Show ``entries``, the most important first; the last one always stays.

        At the right stand those of the actions in ``right``, and the last one.
        """
        self._entries, self._right = entries, right
        self.refresh()

    def line(self, width: int) -> Line:
        """Return the entries that have room, some of them at the right."""
        pieces: list[tuple[SafeText, Ink]] = []
        for begin, (key, title, _) in self._placed(width):
            gap = fit(SafeText(""), begin - width_of(pieces))
            pieces += [(gap, Ink.TEXT), *_entry(key, title)]
        return tuple(pieces)

    def _placed(self, width: int) -> list[tuple[int, Entry]]:
        """The entries that have room, each with the cell at which it begins."""
        shown = list(self._entries)
        while len(shown) > 1 and _width(shown) > width:  # begun by a blank, and ended by one at least
            shown.pop(-2)
        right = [entry for entry in shown if entry[2] in self._right or entry is shown[-1]]
        left = [entry for entry in shown if entry not in right]
        return [*_side_by_side(1, left), *_side_by_side(max(1 + _width(left), width - _width(right)), right)]

    def on_click(self, event: events.Click) -> None:
        """Post the action that was clicked."""
        for begin, entry in self._placed(self.size.width):
            if begin <= event.x < begin + _width([entry]):
                self.post_message(self.Chosen(entry[2]))


def _width(entries: Sequence[Entry]) -> int:
    return sum(width_of(_entry(key, title)) for key, title, _ in entries)


def _side_by_side(begin: int, entries: Sequence[Entry]) -> list[tuple[int, Entry]]:
    return [(begin + _width(entries[:number]), entry) for number, entry in enumerate(entries)]


def _entry(key: str, title: str) -> Line:
    return (safe_text(key), Ink.STRONG), (safe_text(f" {title.lower()}  "), Ink.MUTED)
