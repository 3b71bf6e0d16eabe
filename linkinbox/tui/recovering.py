"""The app that opens in place of the inbox when the store is damaged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message
from textual.screen import Screen

from linkinbox.actions import Action
from linkinbox.errors import DamagedStoreError, LinkinboxError
from linkinbox.keeping import Keeping
from linkinbox.store.keeping.restore_words import plan_words, restored_lines
from linkinbox.tui.screens.damaged import DamagedScreen
from linkinbox.tui.screens.help import HelpScreen
from linkinbox.tui.terminal import run
from linkinbox.tui.themed_app import ThemedApp

if TYPE_CHECKING:
    from linkinbox.store.keeping.restore import Restored


class Recovered(Message):
    """The store is whole again."""

    def __init__(self, restored: Restored) -> None:
        self.restored = restored
        super().__init__()


class NotRecovered(Message):
    """It could not be done, and nothing was changed."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__()


class RecoveringApp(ThemedApp):
    """One page: the offer to recover, then the figures.

    Args:
        keeping: of the damaged store.
        damage: what was found.
        now: tells the time where the person sits.
    """

    CSS_PATH = "screens/page.tcss"

    def __init__(self, keeping: Keeping, damage: DamagedStoreError, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.opening_wanted = False
        self._keeping = keeping
        self._now = now
        self._page = DamagedScreen(damage.message, plan_words(keeping.plan(), now()))

    def get_default_screen(self) -> Screen[None]:
        """The page."""
        return self._page

    def show_help(self, actions: Sequence[Action]) -> None:
        """Show the keys; Enter opens no card here."""
        enters = "Restore what can be restored; then open it."
        own = [action._replace(help=enters) if action.id == "enter" else action for action in actions]
        self.push_screen(HelpScreen(own))

    def on_damaged_screen_wanted(self) -> None:
        """Recover in a thread: a large store takes a while."""
        self._page.show_working()
        self.run_worker(self._recover, thread=True, group="recover", exclusive=True)

    def _recover(self) -> None:
        try:
            self.post_message(Recovered(self._keeping.recover()))
        except LinkinboxError as error:
            self.post_message(NotRecovered(str(error)))
        except OSError as error:
            self.post_message(NotRecovered(f"{error.filename}: {error.strerror}"))

    def on_recovered(self, message: Recovered) -> None:
        """Show the figures."""
        self._page.show_outcome(restored_lines(message.restored, self._now()))

    def on_not_recovered(self, message: NotRecovered) -> None:
        """Say why."""
        self._page.show_failure(message.words)

    def on_damaged_screen_opening_wanted(self) -> None:
        """Go on to the inbox."""
        self.opening_wanted = True
        self.exit()


def recovered(keeping: Keeping, damage: DamagedStoreError, *, now: Callable[[], datetime]) -> bool:
    """Offer to recover a damaged store; True when that was done and the inbox is to be opened.

    Raises:
        DamagedStoreError: what lies there never was a store of linkinbox.
        UsageError: there is no terminal to run in.
    """
    if not keeping.was_a_store():
        raise damage
    app = RecoveringApp(keeping, damage, now=now)
    run(app, crash_folder=keeping.path.parent)
    return app.opening_wanted
