"""The line in which a screen asks its questions, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from linkinbox.text import safe_text
from linkinbox.tui.safe_text import content
from linkinbox.tui.widgets.chip_lines import ChipLines
from linkinbox.tui.widgets.painting import cells

if TYPE_CHECKING:
    from linkinbox.tui.prompts.line_input import LineInput
    from linkinbox.tui.prompts.questions import Heard, Question

T = TypeVar("T")


def _ignore(_words: str) -> None:
    """Nothing is done with the words."""


class _Asked(NamedTuple):
    """A question and who wants its answer."""

    question: Question[Any]
    then: Callable[[Any], object]
    left: Callable[[str], object]
    typed: Callable[[str], object]


class PromptLine(Widget):
    """A label, the words being typed, and beneath them what was understood; hidden while nothing is asked."""

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

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.input: LineInput
        self._asked: _Asked | None = None
        self._label = Static(classes="prompt--label")
        self._chips = ChipLines()
        self._heard = Static(classes="prompt--heard")

    def prepare(self) -> None:
        """Make ready to ask: what it is made of is not needed for the first frame."""
        if not self.children:
            from linkinbox.tui.prompts.line_input import LineInput

            self.input = LineInput(typed=self._on_typed, pressed=self._on_pressed)
            self.mount(Horizontal(self._label, self.input), self._chips, self._heard)

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        return self._asked is not None

    @property
    def typing(self) -> LineInput | None:
        """The line that takes the keys while something is asked."""
        return self.input if self.is_open else None

    def ask(
        self,
        question: Question[T],
        then: Callable[[T], object],
        *,
        text: str = "",
        left: Callable[[str], object] = _ignore,
        typed: Callable[[str], object] = _ignore,
    ) -> None:
        """Ask, and take the keys from now on.

        Args:
            question: what is asked.
            then: called with the answer, once the line is closed.
            text: the words to begin with.
            left: called with the words when Esc leaves the question.
            typed: called with the words whenever they change.
        """
        self.prepare()
        self._asked = None  # setting the words below is not typing
        self.display = True
        self._label.update(content(safe_text(question.label)))
        self.input.placeholder = safe_text(question.example)
        self.input.value = text
        self.input.cursor_position = len(text)
        self._asked = _Asked(question, then, left, typed)
        self._show(question.hear(text))
        self.screen.set_focus(self.input)

    def close(self) -> None:
        """Ask nothing any more; keys belong to the screen again."""
        self._asked = None
        self.display = False
        self.screen.set_focus(None)

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

    def _show(self, heard: Heard[Any]) -> None:
        self.set_class(heard.wrong, "-wrong")
        self._chips.show(heard.chips)
        self.say(heard.said)

    def _on_typed(self, words: str) -> None:
        if asked := self._asked:
            heard = asked.question.hear(words)
            self._show(heard)
            asked.typed(words)
            if heard.at_once:
                self._answer(asked, heard)

    def on_chip_lines_chosen(self, message: ChipLines.Chosen) -> None:
        """A click on a chip does what its digit does."""
        self.input.value = str(message.number)

    def _on_pressed(self, key: str) -> None:
        asked = self._asked
        if asked and key == "enter":
            self._answer(asked, asked.question.hear(self.input.value))
        elif asked and key == "tab":
            self._complete(asked.question.hear(self.input.value).completed)
        elif key == "escape":
            self.leave()

    def _complete(self, words: str | None) -> None:
        if words is not None:
            self.input.value = words
            self.input.cursor_position = len(words)

    def _answer(self, asked: _Asked, heard: Heard[Any]) -> None:
        if heard.answer is not None:
            self.close()
            asked.then(heard.answer)
