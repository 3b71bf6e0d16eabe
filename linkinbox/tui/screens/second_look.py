"""The weekly second look: a few junked items one by one, without what was decided on them and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from linkinbox.decisions import Accept, Decision, SecondLook
from linkinbox.errors import LinkinboxError
from linkinbox.model import Item, State
from linkinbox.sitting import Sitting
from linkinbox.text import SafeText, safe_name, safe_text
from linkinbox.tui.prompts.prompt_line import PromptLine
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.key_screen import KeyScreen
from linkinbox.tui.widgets.card import Card
from linkinbox.tui.widgets.lines import FootLine, StatusLine
from linkinbox.words.key_words import key_of
from linkinbox.words.questions import ChoiceQuestion
from linkinbox.words.said import undoes

if TYPE_CHECKING:
    from linkinbox.tui.prompts.line_input import LineInput

_KEYS = (("accept", "would accept now"), ("junk", "still junk"), ("undo", "undo"), ("back", "stop"))
_IN_TRUTH = {"yes, accept it": True, "no, it stays junk": False}
_NONE = "Nothing to look at again: five are drawn each week from what was junked before it."


class SecondLookScreen(KeyScreen):
    """Asks of each whether it would be accepted now.

    Args:
        sitting: what it is read from, and written through.
        left: called with what to say when the look is over, or stopped.
    """

    CSS_PATH = "page.tcss"

    def __init__(self, sitting: Sitting, *, left: Callable[[SafeText], None]) -> None:
        super().__init__()
        self._sitting, self._left = sitting, left
        self._acts = 0  # made here, and not taken back
        self._shown: int | None = None
        self._title = Static(classes="title")
        self.card = Card()
        self.prompt = PromptLine()
        self.status = StatusLine()
        self._foot = FootLine()

    def compose(self) -> ComposeResult:
        """How far it has come, the card, the question behind an accept, keys."""
        yield self._title
        yield self.card
        yield self.prompt
        yield self.status
        yield self._foot

    def on_mount(self) -> None:
        """Show the first one that was not answered this week."""
        self._show_next()

    def _show_next(self) -> None:
        sitting = self._sitting
        look = sitting.inbox.second_look()
        of = look.answered + len(look.ids)
        self._shown = look.ids[0] if look.ids else None
        words = f"{look.answered + 1} of {of}" if look.ids else look.figures if look.answered else _NONE
        self._title.update(content(safe_text(f"Second look: {words}")))
        keys = _KEYS if look.ids else _KEYS[2:]
        self._foot.show([(key_of(id_), title, id_) for id_, title in keys])
        item = None if self._shown is None else blind(sitting.inbox.item(self._shown))
        self.card.show(item, now=sitting.now(), zone=sitting.zone)

    # ── answers ──

    def action_accept(self) -> None:
        """It would be accepted now; whether it is to be in truth is asked."""
        id_ = self._shown
        if id_ is None or not self._answer(id_, accept=True):
            return
        name = safe_name(self._sitting.inbox.item(id_, messages=0).row.person.name)
        self.prompt.ask(
            ChoiceQuestion(f"accept {name} in truth?", _IN_TRUTH),
            lambda yes: self._accept(id_, in_truth=yes),
            left=lambda _typed: self._show_next(),
        )

    def action_junk(self) -> None:
        """It is still junk."""
        if self._shown is not None and self._answer(self._shown, accept=False):
            self._show_next()

    def _answer(self, id_: int, *, accept: bool) -> bool:
        answer = SecondLook(accept, self._sitting.inbox.second_look().week)
        words = "You would accept it now" if accept else "Still junk"
        return self._decide(answer, id_, f"{words} — {undoes()}")

    def _accept(self, id_: int, *, in_truth: bool) -> None:
        if in_truth:
            self._decide(Accept(), id_, f"Accepted — {undoes()}")
        self._show_next()

    def _decide(self, decision: Decision, id_: int, words: str) -> bool:
        try:
            self._sitting.decide_aside(decision, id_)
        except LinkinboxError as error:
            self.status.say(safe_text(str(error)), tone="error")
            return False
        self._acts += 1
        self.status.say(safe_text(words))
        return True

    def action_undo(self) -> None:
        """Take back the last answer, or the accept behind it."""
        try:
            change = self._sitting.undo_aside() if self._acts else None
        except LinkinboxError as error:
            self.status.say(safe_text(str(error)), tone="error")
            return
        self._acts -= change is not None
        self.status.say(SafeText("Taken back" if change else "Nothing to take back here"))
        self._show_next()

    # ── around ──

    def typing(self) -> LineInput | None:
        """The prompt's line while something is asked."""
        return self.prompt.typing

    def action_card_down(self) -> None:
        """Read on in the card."""
        self.card.scroll_page(1)

    def action_card_up(self) -> None:
        """Read back in the card."""
        self.card.scroll_page(-1)

    def action_back(self) -> None:
        """Stop; what is left waits until the week is over."""
        look = self._sitting.inbox.second_look()
        self.dismiss()
        self._left(safe_text(look.figures if look.answered else ""))

    def action_quit(self) -> None:
        """Stop: only the list is left by quitting."""
        self.action_back()


def blind(item: Item) -> Item:
    """An item as it was before anything was decided on it or noted of it."""
    row = item.row._replace(
        state=State.NEW,
        filed_because=None,
        gold=False,
        sponsored=False,
        held_until=None,
        call_at=None,
        carried_out=False,
    )
    return item._replace(row=row, entries=(), notes=(), call=None, drafts=(), also=())
