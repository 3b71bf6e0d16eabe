"""Why: every signal of an item with its rule, its words, and how often the rule was right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from linkinbox.decisions import Overrule
from linkinbox.text import SafeText, safe_name
from linkinbox.tui.prompts.prompt_line import PromptLine
from linkinbox.tui.screens.page import PageScreen
from linkinbox.tui.widgets.painting import EMPTY, Ink, Line, as_content
from linkinbox.tui.widgets.quoting import body_lines, quoted_in
from linkinbox.tui.widgets.signal_lines import look_line, signal_words
from linkinbox.words.overruling import ask_what_to_overrule
from linkinbox.words.signal_words import counts_words

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox
    from linkinbox.model import Item, Row
    from linkinbox.store.evidence import Judged
    from linkinbox.store.overrules import Said
    from linkinbox.tui.prompts.line_input import LineInput


_MEASURE = 72  # cells of a line of text


class WhyScreen(PageScreen):
    """The signals of one item.

    Args:
        inbox: where they are read.
        row: the item.
        overrule: writes a decision on it; False if it was not written.
    """

    FOOT = (("overrule", "overrule"), ("down", "down"), ("back", "back"))

    def __init__(self, inbox: Inbox, row: Row, overrule: Callable[[Overrule], bool]) -> None:
        self._inbox, self._row, self._overrule = inbox, row, overrule
        self._judged = inbox.judged([row.id]).get(row.id)
        super().__init__(SafeText(f"Why: {safe_name(row.person.name)}"), self._told())
        self.prompt = PromptLine()

    def compose(self) -> ComposeResult:
        """The page, and the line that asks how far to overrule."""
        title, scroll, foot = super().compose()
        yield from (title, scroll, self.prompt, foot)

    def typing(self) -> LineInput | None:
        """The prompt's line while something is asked."""
        return self.prompt.typing

    def action_overrule(self) -> None:
        """Ask which signal is wrong, and how far; reasons too."""
        if self._judged:
            ask_what_to_overrule(self.prompt, self._judged.overrulable, self._decided)

    def _decided(self, decision: Overrule) -> None:
        if self._overrule(decision):
            self._judged = self._inbox.judged([self._row.id]).get(self._row.id)
            self.show_text(self._told())

    def _told(self) -> Content:
        said = {rule.id: said for rule, said in self._inbox.rules()} if self._judged else {}
        signals = why_text(self._judged, said)
        return signals + written(self._inbox.item(self._row.id), self._judged) if self._judged else signals


def why_text(judged: Judged | None, said: dict[str, Said]) -> Content:
    """The signals in words, each with its rule and how often that was overruled."""
    if judged is None or not judged.signals:
        return Content.assemble((SafeText("Nothing is known for or against."), "$muted"))
    parts: list[tuple[str, str]] = [("".join(text for text, _ in look_line(judged)), "bold"), ("\n\n", "")]
    for signal in judged.told:
        if counted := said.get(signal.rule):
            parts.append((signal_words(signal), "$muted" if signal.overruled else ""))
            parts.append((f"\n  {counts_words(signal.rule, counted)}\n\n", "$muted"))
        else:
            parts.append((f"{signal_words(signal)}\n", "$muted"))
    return Content.assemble(*parts)


def written(item: Item, judged: Judged) -> Content:
    """What the signals are about, their words underlined; where they quote nothing, the newest text."""
    incoming = [message for message in item.messages if message.incoming and message.text.strip()]
    quoted = quoted_in(item, judged)
    shown = [message for message in incoming if quoted.spans_in(message)] or incoming[-1:]
    lines: list[Line] = []
    for message in shown:
        lines += [EMPTY, ((SafeText(f"{message.at.day} {message.at:%b %Y}"), Ink.MUTED),)]
        lines += body_lines(message.text, quoted.spans_in(message), _MEASURE, Ink.TEXT, indent=2)
    return as_content(lines)
