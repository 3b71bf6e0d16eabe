"""What all screens share: keys and commands become their ``action_`` methods, by the one table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual import events
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from linkinbox.actions import ACTIONS, BY_ID, MARKING, Action, Group
from linkinbox.text import safe_text
from linkinbox.tui.keys import Act, KeyReader, Unknown, Waiting
from linkinbox.tui.late_keys import pass_on
from linkinbox.words.key_words import keymap

if TYPE_CHECKING:
    from textual.timer import Timer

    from linkinbox.store.report import Progress
    from linkinbox.tui.palette import Command
    from linkinbox.tui.prompts.line_input import LineInput
    from linkinbox.tui.widgets.lines import FootLine
    from linkinbox.tui.widgets.which_key import WhichKey


HINT_AFTER = 0.5  # seconds that a key which begins others rests: who knows the next has typed it by then
_LEAST_WIDTH, _LEAST_HEIGHT = 40, 10  # cells and lines; with less nothing is shown but that


def method_name(action: Action) -> str:
    """The screen's method of an action; one for all views."""
    return "action_view" if action.view else f"action_{action.id.replace('-', '_')}"


def _is_tiny(size: Size) -> bool:
    return size.width < _LEAST_WIDTH or size.height < _LEAST_HEIGHT


def _is_harmless(action: Action) -> bool:
    """Whether it only looks around, or leaves: going back is not, it unmarks."""
    return action.id in {"help", "quit"} or (action.group is Group.MOVE and action.id not in MARKING)


class Helping(Protocol):
    """What these screens ask of their app."""

    def show_help(self, actions: Sequence[Action]) -> None:
        """Show the keys of ``actions``."""

    def show_themes(self) -> None:
        """Choose a theme."""

    def show_palette(self, commands: Sequence[Command]) -> None:
        """Find one of ``commands``, and do it."""


class KeyScreen(Screen[None]):
    """A screen that can do those actions it has a method for; help, palette and foot are told by the same.

    Keys are read here in the order they came, never through Textual's bindings: see `linkinbox.tui.keys`.
    """

    DEFAULT_CSS = """
    KeyScreen {
        layers: default hint;
        .too-small { display: none; color: $muted; }
        &.-tiny { overflow: hidden; }
        &.-tiny > * { display: none; }
        &.-tiny > .too-small { display: block; }
    }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = []

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.keys = KeyReader(self.actions(), keymap())
        self.count: int | None = None  # the number typed before the action being done
        self._hint: WhichKey | None = None
        self._hint_later: Timer | None = None

    @classmethod
    def actions(cls) -> list[Action]:
        """What can be done here, in the order of the table."""
        return [action for action in ACTIONS if hasattr(cls, method_name(action))]

    def on_foot_line_chosen(self, message: FootLine.Chosen) -> None:
        """A click on a key does what the key does."""
        self.act(BY_ID[message.action_id])

    def act(self, action: Action, count: int | None = None) -> None:
        """Do ``action``, whoever asked for it: a key, the palette or the foot."""
        if not self.is_attached:
            return  # what was typed behind q
        if _is_tiny(self.app.size) and not _is_harmless(action):
            return  # nothing is decided, marked or begun unseen
        self.count = count
        method = getattr(self, method_name(action))
        method(action.view) if action.view else method()

    def typing(self) -> LineInput | None:
        """The line that takes the keys now, if any."""
        return None

    def show_typed(self, text: str) -> None:
        """Show what was begun (a count, the first of two keys), or that no action has it."""

    def show_import(self, progress: Progress | None) -> None:
        """Show how far an import in the background has come; None: none is running."""

    def action_palette(self) -> None:
        """Find an action by its name."""
        cast("Helping", self.app).show_palette(self.commands())

    def commands(self) -> list[Command]:
        """What the palette offers here."""
        from linkinbox.tui.palette import commands_of

        return commands_of(self.actions(), self.act, self.why_not)

    def action_theme(self) -> None:
        """Choose a theme."""
        cast("Helping", self.app).show_themes()

    def why_not(self, action: Action) -> str:  # noqa: ARG002  # other screens look at it
        """Why an action that belongs here cannot be done now; "" when it can."""
        return ""

    def action_help(self) -> None:
        """Show the keys of this screen."""
        # Called, not posted: a key typed right behind must find the help in front.
        cast("Helping", self.app).show_help(self.actions())

    def action_quit(self) -> None:
        """Quit: everything is saved already."""
        self.app.exit()

    def on_resize(self, event: events.Resize) -> None:
        """Say so, calmly, where there is too little room to show anything."""
        tiny = _is_tiny(event.size)
        if tiny and not self.query(".too-small"):
            self.mount(Static(f"At least {_LEAST_WIDTH}×{_LEAST_HEIGHT} is needed.", classes="too-small"))
        self.set_class(tiny, "-tiny")

    def on_key(self, event: events.Key) -> None:
        """Read a key; one that came a moment too late for this screen goes where it belongs."""
        if self.app.screen is not self:
            pass_on(event, self.app.screen)
        elif line := self.typing():
            self.set_focus(line)  # a window that is not in front has none
            pass_on(event, self)
        elif not self._is_read(event.key):
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Write pasted text where one types, also when it came before that line had the focus; it is never keys."""
        if self.app.screen is not self:
            return
        if line := self.typing():
            line.paste(event.text)
        else:
            self.show_typed("Pasted text does nothing here")

    def _is_read(self, key: str) -> bool:
        self._hide_hint()
        match self.keys.read(key):
            case Act(action, count):
                self.show_typed("")
                self.act(action, count)
            case Waiting(typed):
                self.show_typed(typed)
                self._hint_later = self.set_timer(HINT_AFTER, self._show_hint)
            case Unknown(typed, alone=True):
                self._say_nothing_done(key, typed)
                return False
            case Unknown(typed):
                self.show_typed(f"{typed} is no key")
        return True

    def _say_nothing_done(self, key: str, typed: str) -> None:
        """Say of a key that does something elsewhere that it does nothing here, of a letter that it is no key."""
        if action := next((action for action in ACTIONS if key in keymap().keys_of(action)), None):
            self.show_typed(f"{action.title} does nothing here")
        elif len(typed) == 1:
            self.show_typed(f"{typed} is no key")

    # ── what can be typed next ──

    def _show_hint(self) -> None:
        from linkinbox.tui.widgets.which_key import WhichKey

        if not (entries := self.keys.continuations()):
            return
        if self._hint is None:
            self._hint = WhichKey()
            self.mount(self._hint)
        self._hint.show([(safe_text(key), safe_text(action.title)) for key, action in entries])

    def _hide_hint(self) -> None:
        if self._hint_later:
            self._hint_later.stop()
        if self._hint:
            self._hint.display = False
