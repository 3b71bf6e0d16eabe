"""What stands before the user: all that came in since the owner last wrote, by index and bounded."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from linkinbox.signals import Earlier
from linkinbox.signals.reading import READ
from linkinbox.store.sql import select_in
from linkinbox.store.times import from_text

MESSAGES = 10  # of a thread: who writes more without an answer is flagged for that
# One letter more than is judged tells that there are more, and one message more too.
_NEWEST = f"""SELECT m.item_id, m.incoming, m.at, substr(m.text, 1, {READ + 1}) FROM item i CROSS JOIN message m
    ON m.id IN (SELECT n.id FROM message n WHERE n.item_id = i.id AND n.at <= i.at
      AND n.at > iif(i.replied_at < i.at, i.replied_at, '') ORDER BY n.at DESC LIMIT {MESSAGES + 1})
    WHERE i.id IN ({{}}) AND i.at IS NOT NULL"""


class Written(NamedTuple):
    """What the other wrote since the owner last did; of a thread in which the owner wrote last, what they answered.

    Args:
        messages: when, as the store keeps times, and the text; oldest first.
        all_read: there are no more of them.
    """

    messages: tuple[tuple[str, str], ...] = ()
    all_read: bool = True

    @property
    def newest(self) -> tuple[str, str]:
        """When they wrote last, and what; "" where they wrote nothing."""
        return self.messages[-1] if self.messages else ("", "")

    def earlier(self, connected_on: str | None) -> tuple[Earlier, ...]:
        """The messages before the newest, for rules to read."""
        newest, _ = self.newest
        told = ((at, text) for at, text in self.messages[:-1] if text)
        return tuple(Earlier(text, _called(at, newest), minutes_between(connected_on, at)) for at, text in told)


def read_written(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Written]:
    """What stands before the user on each of a page of items, in one statement."""
    threads: dict[int, list[tuple[str, int, str]]] = {id_: [] for id_ in ids}
    for id_, incoming, at, text in select_in(conn, _NEWEST, ids):
        threads[id_].append((at, incoming, text))
    return {id_: _since_the_owner(thread) for id_, thread in threads.items()}


def _since_the_owner(thread: Sequence[tuple[str, int, str]]) -> Written:
    said: list[tuple[str, str]] = []
    for at, incoming, text in sorted(thread, key=lambda message: message[0], reverse=True):
        if incoming:
            said.append((at, text))
        elif said:
            break
    return Written(tuple(reversed(said[:MESSAGES])), all_read=len(said) <= MESSAGES)


def _called(at: str, newest: str) -> str:
    """A message by its day (in UTC): "their message of 3 Mar"."""
    day = from_text(at)
    return f"their message of {day.day} {day:%b}" + ("" if at[:4] == newest[:4] else f" {day.year}")


def minutes_between(connected_on: str | None, at: str) -> int | None:
    """From the beginning of the day of connecting (in UTC) to a message: at most so many minutes passed."""
    if not connected_on or not at:
        return None
    passed = from_text(at) - datetime.fromisoformat(f"{connected_on}T00:00+00:00")
    return int(passed.total_seconds() // 60)
