"""A large act beside the screen: in a thread of its own, with an inbox of its own, telling the screen by messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from time import monotonic

from textual.message import Message
from textual.message_pump import MessagePump
from textual.worker import get_current_worker

from linkinbox.errors import LinkinboxError
from linkinbox.inbox import Inbox
from linkinbox.model import Change, View

_TOLD_EVERY = 0.1  # seconds

Told = Callable[[int, int], None]
Stop = Callable[[], bool]
Act = Callable[[Inbox, Told, Stop], list[Change]]


class Advanced(Message, bubble=False):
    """So many items are done, of so many."""

    def __init__(self, done: int, of: int) -> None:
        self.done, self.of = done, of
        super().__init__()

    def can_replace(self, message: Message) -> bool:
        """Only the newest is worth showing."""
        return isinstance(message, Advanced)


class WorkEnded(Message, bubble=False):
    """What was done, and which items of each act the views hold now; or why nothing was."""

    def __init__(self, changes: list[tuple[Change, dict[View, set[int]]]], error: LinkinboxError | None = None) -> None:
        self.changes, self.error = changes, error
        super().__init__()


def work_beside(screen: MessagePump, inbox: Inbox, act: Act, views: Iterable[View], stop: Stop) -> None:
    """Do ``act``; to be run in a thread worker of the screen."""
    worker = get_current_worker()
    told_at = 0.0

    def tell(done: int, of: int) -> None:
        nonlocal told_at
        if monotonic() - told_at > _TOLD_EVERY:
            told_at = monotonic()
            screen.post_message(Advanced(done, of))

    try:
        with closing(inbox.another()) as own:
            changes = act(own, tell, lambda: worker.is_cancelled or stop())
            ended = WorkEnded([(change, {view: own.within(view, change.ids) for view in views}) for change in changes])
    except LinkinboxError as error:
        ended = WorkEnded([], error)
    screen.post_message(ended)
