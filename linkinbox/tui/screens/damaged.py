"""The store is damaged: what can be done, and what became of it."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.message import Message
from textual.widgets import Static

from linkinbox.text import SafeText, safe_body
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.page import PageScreen
from linkinbox.words.key_words import key_of

_TITLE = SafeText("The store is damaged")


class DamagedScreen(PageScreen):
    """Offers to recover; then shows the figures, and opens the inbox.

    Args:
        told: what is wrong, in words for people.
        plan: what would be restored.
    """

    FOOT: ClassVar = (("enter", "restore"), ("down", "down"), ("quit", "leave everything as it is"))

    class Wanted(Message):
        """It is to be recovered."""

    class OpeningWanted(Message):
        """The recovered inbox is to be opened."""

    def __init__(self, told: str, plan: str) -> None:
        self.told = _offer(told, plan)
        self._stage: Literal["asks", "works", "done"] = "asks"
        super().__init__(_TITLE, content(safe_body(self.told)))

    def show_working(self) -> None:
        """Say that it is under way."""
        self._stage = "works"
        self._say("Reading the backup back, and what can be read of the damaged store…")

    def show_outcome(self, lines: list[str]) -> None:
        """Show the figures."""
        self._stage = "done"
        self._say("\n\n".join([*(f"{line}." for line in lines), f"Enter opens the inbox; {key_of('quit')} leaves."]))
        self._foot.show([(key_of("enter"), "open the inbox", "enter"), (key_of("quit"), "quit", "quit")])

    def show_failure(self, told: str) -> None:
        """Say why nothing was done; it can be tried again."""
        self._stage = "asks"
        self._say(f"{told}\n\nNothing was changed. Enter tries again; {key_of('quit')} leaves everything as it is.")

    def _say(self, text: str) -> None:
        self.told = text
        self.query_one("#text", Static).update(content(safe_body(text)))

    def action_enter(self) -> None:
        """Recover, or open what was recovered."""
        if self._stage == "asks":
            self.post_message(self.Wanted())
        elif self._stage == "done":
            self.post_message(self.OpeningWanted())

    def action_quit(self) -> None:
        """Leave; not while files change places."""
        if self._stage != "works":
            self.app.exit()

    def action_back(self) -> None:
        """Leave."""
        self.action_quit()


def _offer(told: str, plan: str) -> str:
    return (
        f"{told}.\n\n"
        f"Enter restores {plan}, and decides again what can be read of later decisions. The damaged store is kept "
        "aside, and nothing of it is deleted.\n\n"
        f"{key_of('quit')} leaves everything as it is."
    )
