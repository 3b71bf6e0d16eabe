"""What commands print for programs: a page at a time, whatever the number of items."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from linkinbox.inbox import Inbox

_PAGE = 100


def print_json(value: Any) -> None:
    """Print a value as JSON in ASCII: nothing in it acts on a terminal."""
    click.echo(json.dumps(value, indent=2))


def print_items(inbox: Inbox, ids: Sequence[int], form: str, limit: int | None = None) -> None:
    """Print items as ``json``, ``ndjson`` (a line each) or ``csv``."""
    from linkinbox.store.exports.forms import WRITERS

    WRITERS[form](_records(inbox, ids, limit, judged=form != "csv"), sys.stdout)
    sys.stdout.flush()  # a closed pipe is to be noticed here, where it ends quietly


def _records(inbox: Inbox, ids: Sequence[int], limit: int | None, *, judged: bool) -> Iterator[dict[str, Any]]:
    from linkinbox.store.exports.shapes import clock_json, judged_json, row_json
    from linkinbox.store.times import utc_now

    now = utc_now()
    start, end = 0, limit or len(ids)
    while page := ids[start : min(start + _PAGE, end)]:
        notes, reasons = inbox.notes_of(page), inbox.reasons_of(page)
        found = inbox.judged(page) if judged else {}
        for row in inbox.rows(page, whole_text=True):
            seen = judged_json(found[row.id]) if row.id in found else {}
            yield {**row_json(row, notes.get(row.id, ()), reasons.get(row.id)), **clock_json(row, now), **seen}
        start += _PAGE
