"""The line in which a screen asks its questions, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from linkinbox.text import SafeText, safe_text
from linkinbox.tui.safe_text import content
from linkinbox.tui.widgets.chip_lines import ChipLines
from linkinbox.tui.widgets.offer_line import OfferLine
from linkinbox.tui.widgets.painting import cells
from linkinbox.words.asking import ignore

if TYPE_CHECKING:
    from linkinbox.tui.prompts.completing import Completer, Earlier
    from linkinbox.tui.prompts.line_input import LineInput
    from linkinbox.words.questions import Heard, Question

T = TypeVar("T")

_TOASTS = "#textual-toastrack"
_LABEL_PADDING = 2  # cells at each side, as styled below


def _nothing() -> None:
    """Nothing is done."""


class _Asked(NamedTuple):
    """A question and who wants its answer."""

    question: Question[Any]
    then: Callable[[Any], object]
    left: Callable[[str], object]
    typed: Callable[[str], object]
    judge: Callable[[str], Heard[Any]]
    completer: Completer | None
    earlier: Earlier | None


class PromptLine(Widget):
    """A label, the words being typed, and beneath them what was understood; hidden while nothing is asked.

    Args:
        opened: called when something is asked.
    """

    DEFAULT_CSS = """
    PromptLine {
        height: auto;
        display: none;
        padding: 0 1 1 0;
        Horizontal { height: 1; }
        .prompt--label { width: auto; padding: 0 2; color: $accent; }
        .prompt--heard { height: auto; max-height: 4; padding: 0 0 0 2; color: $muted; }
        &.-wrong .prompt--heard { color: $flag; }
    }
    """

    def __init__(self, *, opened: Callable[[], object] = _nothing, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.input: LineInput
        self._opened = opened
        self._asked: _Asked | None = None
        self._label_cells = 0
        self._wrong_at: tuple[int, int] | None = None
        self._label = Static(classes="prompt--label")
        self._offers = OfferLine()
        self._chips = ChipLines()
        self._heard = Static(classes="prompt--heard")

    def prepare(self) -> None:
        """Make ready to ask: what it is made of is not needed for the first frame."""
        if not self.children:
            from linkinbox.tui.prompts.line_input import LineInput

            self.input = LineInput(typed=self._on_typed, pressed=self._on_pressed, edited=self._offer)
            self.mount(Horizontal(self._label, self.input), self._offers, self._chips, self._heard)

    def get_ready(self, today: date) -> None:
        """Get ready to understand days in words, in a thread."""
        from linkinbox.when import get_ready

        self.run_worker(partial(get_ready, today), thread=True, group="when")

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return self._asked is not None

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed cannot become an answer as it stands."""
        return self.has_class("-wrong")

    @property
    def typing(self) -> LineInput | None:
        """The line that takes the keys while something is asked."""
        return self.input if self.is_open else None

    def ask(  # noqa: PLR0913  # by name only
        self,
        question: Question[T],
        then: Callable[[T], object],
        *,
        text: str = "",
        left: Callable[[str], object] = ignore,
        typed: Callable[[str], object] = ignore,
        edit: Callable[[str], object] | None = None,
        judge: Callable[[str], Heard[T]] | None = None,
        completer: Completer | None = None,
        earlier: Earlier | None = None,
    ) -> None:
        """Ask, and take the keys from now on.

        Args:
            question: what is asked.
            then: called with the answer, once the line is closed.
            text: the words to begin with.
            left: called with the words when Esc leaves the question.
            typed: called with the words whenever they change.
            edit: called with the words when ctrl+e takes them elsewhere; None: it goes to the end of the line.
            judge: what Enter makes of them, if it is not what is heard while they are typed.
            completer: what Tab goes through.
            earlier: what ↑ recalls.
        """
        self.prepare()
        self._opened()
        self._asked = None  # setting the words below is not typing
        self.display = True
        self._show_toasts(most=0)
        self._show_label(safe_text(question.label))
        self.input.placeholder = safe_text(question.example)
        self._write(text, len(text))
        self.input.edit = edit and partial(self._leave_to, edit)
        self._offers.display = completer is not None
        self._asked = _Asked(question, then, left, typed, judge or question.hear, completer, earlier)
        self._hear(self._asked, text)
        self._offer()
        self.screen.set_focus(self.input)

    def _show_label(self, label: SafeText) -> None:
        self._label.update(content(label))
        self._label_cells = cells(label) + 2 * _LABEL_PADDING

    def close(self) -> None:
        """Ask nothing any more; keys belong to the screen again."""
        self._asked = None
        self.display = False
        self._show_toasts(most=None)
        self.screen.set_focus(None)

    def _show_toasts(self, *, most: int | None) -> None:
        """Show so many lines of toasts: they would cover what is asked."""
        for rack in self.screen.query_children(_TOASTS):
            rack.styles.max_height = most

    def _leave_to(self, edit: Callable[[str], object]) -> None:
        self.close()
        edit(self.input.value)

    def leave(self) -> None:
        """Leave the question open, as Esc does."""
        if asked := self._asked:
            self.close()
            asked.left(self.input.value)

    def say(self, text: str) -> None:
        """Show something else beneath the words."""
        heard, said = self._heard, safe_text(text)
        fits = heard.size.height == 1 and cells(said) <= heard.size.width
        heard.update(content(said), layout=not fits)

    def _hear(self, asked: _Asked, words: str) -> Heard[Any]:
        heard = asked.question.hear(words)
        self._show(heard)
        return heard

    def _offer(self) -> None:
        """Show what can be typed where the cursor stands, or what is wrong."""
        if self._asked is None or (completer := self._asked.completer) is None:
            return
        if self._wrong_at:
            left = self._label_cells - self.input.scroll_offset.x - OfferLine.MARGIN
            begin, end = (left + cells(self.input.value[:at]) for at in self._wrong_at)
            self._offers.point(begin, end)
        elif not self.is_wrong:
            completer.look(self.input.value, self.input.cursor_position)
            self._offers.offer(completer.offered)

    def _show(self, heard: Heard[Any]) -> None:
        self.set_class(heard.wrong, "-wrong")
        self._chips.show(heard.chips)
        self.say(heard.said)
        self._wrong_at = heard.wrong_at

    def _on_typed(self, words: str) -> None:
        if asked := self._asked:
            heard = self._hear(asked, words)
            asked.typed(words)
            if heard.at_once:
                self._answer(asked, heard)

    def on_chip_lines_chosen(self, message: ChipLines.Chosen) -> None:
        """A click on a chip does what its digit does."""
        self.input.value = str(message.number)

    def _on_pressed(self, key: str) -> None:
        asked = self._asked
        match key:
            case "enter" if asked:
                self._answer(asked, asked.judge(self.input.value))
            case "escape":
                self.leave()
            case "tab" | "shift+tab" if asked and asked.completer:
                self._complete(asked.completer, 1 if key == "tab" else -1)
            case "tab" if asked:
                self._fill_in(asked.question.hear(self.input.value).completed)
            case "up" | "down" if asked and asked.earlier:
                self._recall(asked.earlier, 1 if key == "up" else -1)

    def _complete(self, completer: Completer, step: int) -> None:
        """Write the next candidate; while they are gone through, all of them stay in sight."""
        if completer.chosen < 0:
            completer.look(self.input.value, self.input.cursor_position)
        if turned := completer.turn(step):
            self._write(*turned)
            if self.is_wrong:
                self._offer()
            else:
                self._offers.offer(completer.offered, completer.chosen)

    def _recall(self, earlier: Earlier, step: int) -> None:
        words = earlier.turn(step, self.input.value)
        if words is not None:
            self._write(words, len(words))
            self._offer()

    def _write(self, words: str, cursor: int) -> None:
        self.input.value = words
        self.input.cursor_position = cursor

    def _fill_in(self, words: str | None) -> None:
        if words is not None:
            self._write(words, len(words))

    def _answer(self, asked: _Asked, heard: Heard[Any]) -> None:
        if self.screen.has_class("-tiny"):
            return  # nothing is decided unseen: Esc leaves, and in a larger window it can be answered
        if heard.answer is not None:
            self.close()
            asked.then(heard.answer)
        elif heard.wrong:
            self._show(heard)
            self._offer()
