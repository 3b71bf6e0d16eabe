"""The order of the invitations that are about to go: by the days left, and within a band of those, reasons first.

A reason is found by reading the note, which for a million takes minutes. So it is looked for on the soonest
`LOOKED_AT` alone: in each band those with a reason that stands come before those without one, and both by their days
left. Behind them the list goes on by the days left. Who decides on these and opens the view again sees the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from linkinbox.lifetime import days_left
from linkinbox.model import Row
from linkinbox.signals import SignalKind
from linkinbox.store.evidence import Judged

WEEK, MONTH = 7, 30  # days left: the last week is a band, then the rest of the month, then every 30 days
LOOKED_AT = 100  # some 30 ms


def reasons_first(rows: Sequence[Row], judged: Mapping[int, Judged], now: datetime) -> list[int]:
    """The ids of rows that come by their days left, with reasons first in each band."""
    return [row.id for row in sorted(rows, key=lambda row: (_band(row, now), not _has_reason(judged.get(row.id))))]


def _band(row: Row, now: datetime) -> int:
    left = days_left(row, now) or 0
    return 0 if left <= WEEK else (left - 1) // MONTH + 1


def _has_reason(judged: Judged | None) -> bool:
    return judged is not None and any(signal.kind is SignalKind.REASON for signal in judged.standing)
