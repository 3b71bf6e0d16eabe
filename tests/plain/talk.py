"""A plain sweep as a script: lines go in, sentences come out; no stream, no terminal."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from linkinbox.config import Day
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.plain.conversation import Conversation
from linkinbox.plain.watch import Watch
from linkinbox.sitting import Sitting
from tests.conftest import Clock

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Talk:
    """Answers, and reads what was said to the last answer."""

    def __init__(
        self, inbox: Inbox, clock: Clock, *, view: View = View.SWEEP, words: str = "", limit: int | None = None,
        piped: bool = False, day: Day = Day(),  # noqa: B008  # it cannot be changed
    ) -> None:  # fmt: skip
        sitting = Sitting(inbox, clock=clock, zone=AMSTERDAM, day=day, view=view)
        if words:
            sitting.open(view, words)
        self.conversation = Conversation(sitting, limit=limit, watch=Watch() if piped else None)
        self.conversation.begin()
        self.said = self.conversation.take()

    def __call__(self, *lines: str) -> list[str]:
        """Answer with lines; what was said to all of them."""
        self.said = []
        for line in lines:
            assert not self.is_over, f"it was over before {line!r}"
            self.conversation.hear(f"{line}\n")
            self.said += self.conversation.take()
        return self.said

    @property
    def text(self) -> str:
        return "\n".join(self.said)

    @property
    def asked(self) -> str:
        return self.conversation.asked

    @property
    def who(self) -> str:
        """The name of the one that is asked about."""
        row = self.conversation.row
        return row.person.name if row else ""

    @property
    def is_over(self) -> bool:
        return self.conversation.exit_code is not None

    def does(self, act: Callable[[], object]) -> list[str]:
        act()
        self.said = self.conversation.take()
        return self.said
