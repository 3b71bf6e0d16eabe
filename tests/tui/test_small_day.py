"""A whole small day in a real terminal: the call of yesterday, the sweep, its end, and what is left to carry out."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from linkinbox.decisions import Call
from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.tui.terminal_driver import Terminal


def yesterday(folder: Path) -> Path:
    """A store in which a call was booked for yesterday."""
    now = datetime.now(UTC)
    export = (
        ExportBuilder().invitation("Ana Ruiz", note="Your talk").invitation("Ben Lee").invitation("Cy Fox", note="Hi")
    )
    with closing(Inbox.open(folder / "inbox.db", clock=Clock(now - timedelta(days=2)))) as inbox:
        inbox.import_from(export.message("Dan Poe", "Tuesday?").zip(folder))
        inbox.apply(Call(now - timedelta(days=1)), inbox.ids(View.MESSAGES)[:])
        return inbox.path


def test_a_small_day_from_the_call_of_yesterday_to_the_carry_out_list(tmp_path: Path):
    store = yesterday(tmp_path)
    with Terminal("--db", store, config=tmp_path) as terminal:
        terminal.until("Your call with Dan Poe")
        terminal.type("4wants to meet Ana\r")
        terminal.until("Recorded the call with Dan Poe, now gold")
        terminal.type("\r")
        terminal.until("▌ Cy Fox")
        terminal.type("ax")
        terminal.until("▌ Dan Poe")
        terminal.type("ja")
        terminal.until("The end of this sweep")
        terminal.until(": 2 to accept, 1 junk, 1 intro.")
        terminal.type("\r")
        terminal.until("To accept 2")
        terminal.type("q")
        assert terminal.end() == 0
    with closing(Inbox.open(store)) as inbox:
        assert [entry.action for entry in inbox.log(6)] == ["accept", "junk", "accept", "note", "outcome", "call"]
        assert inbox.counts()[View.TO_ACCEPT] == 2
