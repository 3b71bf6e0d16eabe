"""An import inside the app: in a thread of its own, with an inbox of its own, telling the app by messages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump
from textual.worker import get_current_worker

from linkinbox.errors import LinkinboxError
from linkinbox.inbox import Inbox

if TYPE_CHECKING:
    from linkinbox.importers.limits import Limits
    from linkinbox.store.report import ImportReport, Progress

_TOLD_EVERY = 0.1  # seconds


class Came(Message):
    """An import has come this far."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        super().__init__()

    def can_replace(self, message: Message) -> bool:
        """Only the newest is worth showing."""
        return isinstance(message, Came)


class Finished(Message):
    """An import is done."""

    def __init__(self, report: ImportReport) -> None:
        self.report = report
        super().__init__()


class Failed(Message):
    """An import could not be done."""

    def __init__(self, error: LinkinboxError) -> None:
        self.error = error
        super().__init__()


class _StoppedError(LinkinboxError):
    """The app was left while it imported; what was written is whole, and the next import goes on from there."""


def import_beside(
    app: MessagePump, source: Path, *, open_inbox: Callable[[], Inbox], limits: Limits | None = None
) -> None:
    """Import ``source``; to be run in a thread worker of the app, with an inbox of its own."""
    worker = get_current_worker()
    told_at = 0.0

    def tell(progress: Progress) -> None:
        nonlocal told_at
        if worker.is_cancelled:
            raise _StoppedError("The import was stopped")
        if monotonic() - told_at > _TOLD_EVERY:
            told_at = monotonic()
            app.post_message(Came(progress))

    try:
        with closing(open_inbox()) as inbox:
            report = inbox.import_from(source, progress=tell, limits=limits)
    except LinkinboxError as error:
        app.post_message(Failed(error))
    else:
        app.post_message(Finished(report))
