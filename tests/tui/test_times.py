"""Clocks that are set back and dates that no calendar shows: order is kept by number, and every time can be shown."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from linkinbox.decisions import Accept, Done, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import Verb, View
from linkinbox.store.times import from_text
from linkinbox.text import age
from linkinbox.words import times
from tests.builders import ExportBuilder
from tests.conftest import NOW, Clock
from tests.tui.conftest import Sit


def test_what_was_done_keeps_its_order_when_the_clock_is_set_back(filled, clock: Clock):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee").invitation("Cy Young"))
    for decision, id_ in zip((Junk(), Accept(), Done()), inbox.ids(View.NEW)[:], strict=True):
        inbox.apply(decision, [id_])
        clock.forward(days=-400)
    assert [entry.action for entry in inbox.log()] == [Verb.DONE, Verb.ACCEPT, Verb.JUNK]
    undone = [inbox.undo() for _ in range(3)]
    assert [change and change.verb for change in undone] == [Verb.DONE, Verb.ACCEPT, Verb.JUNK]
    assert inbox.undo() is None
    redone = [inbox.redo() for _ in range(3)]
    assert [change and change.verb for change in redone] == [Verb.JUNK, Verb.ACCEPT, Verb.DONE]


def test_nothing_is_younger_than_now():
    assert age(NOW + timedelta(days=9), NOW) == "now"
    assert times.distance(NOW, NOW, UTC) == "just now"


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "1600-02-29T00:00:00Z", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Amsterdam"])
def test_every_time_can_be_shown_in_every_zone(text, zone):
    there = ZoneInfo(zone)
    then, now = from_text(text), NOW.astimezone(there)
    assert datetime(1970, 1, 1, tzinfo=UTC) <= then < datetime(2101, 1, 1, tzinfo=UTC)
    assert all([times.short_time(then, now), times.date(then, now), times.moment(then, now, there), age(then, now)])


async def test_messages_of_the_years_1_and_9999_are_shown_and_decided_on(sit: Sit, tmp_path: Path, clock: Clock):
    export = ExportBuilder().message("Early Bird", at="2001-01-01").message("Late Owl", at="2002-12-31T23:59:59")
    text = export.text("messages.csv").replace("2001-01-01", "0001-01-01").replace("2002-12-31", "9999-12-31")
    path = tmp_path / "odd" / "inbox.db"
    with closing(Inbox.open(path, clock=clock)) as inbox:
        inbox.import_from(export.raw("messages.csv", text).zip(tmp_path))
    async with sit(path=path) as user:
        assert user.names == ["Late Owl", "Early Bird"]
        await user.press("enter", "escape", "j", "enter", "escape", "x", "k", "x", "P")
        assert user.status.startswith("Junked Late Owl")


async def test_a_sweep_goes_on_when_the_clock_is_set_back_meanwhile(sit: Sit, clock: Clock):
    async with sit() as user:
        await user.press("x")
        clock.forward(days=-3)
        await user.press("x", "+", "u", "u", "u")
        assert user.status.startswith("Taken back: junking LinkedIn Member")
