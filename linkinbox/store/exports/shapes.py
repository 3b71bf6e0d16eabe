"""What programs read of items, entries and paths: the JSON contract of the command line and of exported files.

Names and meanings are stable; tests hold them. Times are ISO 8601 in UTC with a Z.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from linkinbox import lifetime
from linkinbox.model import BookedCall, Entry, Item, Path, Person, Row, State, Stretch
from linkinbox.store.times import to_text
from linkinbox.text import age_days

if TYPE_CHECKING:
    from linkinbox.signals import Signal
    from linkinbox.store.evidence import Judged


def person_json(person: Person) -> dict[str, Any]:
    """A person, as items, entries and paths name one."""
    return {"key": person.key, "name": person.name, "company": person.company, "position": person.position}


def row_json(row: Row, notes: Sequence[str], reason: str | None) -> dict[str, Any]:
    """An item, as ``list --json`` gives it."""
    return {
        "id": row.id,
        "uid": row.uid,
        "kind": row.kind.value,
        "person": person_json(row.person),
        "at": to_text(row.at),
        "state": row.state.value,
        "decided": row.state.is_decided,
        "filed_because": row.filed_because.value if row.filed_because else None,
        "connected": row.person.connected,
        "sponsored": row.sponsored,
        "gold": row.gold,
        "text": row.text,
        "held_until": _maybe(row.held_until) if row.state is State.HELD else None,
        "notes": list(notes),
        "call_at": _maybe(row.call_at),
        "messages": row.messages,
        "carried_out": row.carried_out,
        "reason": reason,
        "tags": list(row.tags),
    }


def item_json(item: Item) -> dict[str, Any]:
    """An item with all that its card shows; ``messages`` become a list, ``url`` is the thread's or the person's."""
    return {
        **row_json(item.row, item.notes, item.reason),
        "messages": [
            {
                "at": to_text(message.at),
                "sender": message.sender,
                "incoming": message.incoming,
                "subject": message.subject,
                "text": message.text,
                "attachments": message.attachments,
            }
            for message in item.messages
        ],
        "history": [entry_json(entry) for entry in item.entries],
        "call": _call_json(item.call) if item.call else None,
        "url": item.url or item.row.person.url,
        "title": item.title,
        "drafts": list(item.drafts),
        "others": list(item.others),
        "as_of": _maybe(item.as_of),
    }


def clock_json(row: Row, now: datetime) -> dict[str, Any]:
    """What time makes of an item, as ``list --json`` and ``show --json`` add it; days are those of UTC.

    ``days_left`` and ``may_be_gone`` are beliefs, and null where there is nothing to believe: see linkinbox.lifetime.
    """
    left = lifetime.days_left(row, now)
    return {
        "age_days": age_days(row.at, now),
        "days_left": left,
        "may_be_gone": None if left is None else left == 0,
        "owed": row.owed_because is not None,
        "owed_because": row.owed_because.value if row.owed_because else None,
    }


def judged_json(judged: Judged) -> dict[str, Any]:
    """What speaks for and against an item, as ``list --json`` and ``show --json`` add it."""
    from linkinbox.signals import look_of

    return {
        "look": look_of(judged.signals).value,
        "signals": [_signal_json(signal) for signal in judged.signals],
        "twins": judged.twins,
        "closer": _signal_json(judged.closer) if judged.closer else None,
    }


def _signal_json(signal: Signal) -> dict[str, Any]:
    return {
        "kind": signal.kind.value,
        "rule": signal.rule,
        "words": list(signal.words),
        "why": signal.why,
        "overruled": signal.overruled is not None,
    }


def _call_json(call: BookedCall) -> dict[str, Any]:
    outcome = call.outcome.value if call.outcome else None
    return {"uid": call.uid, "at": to_text(call.at), "minutes": call.minutes, "outcome": outcome, "moves": call.moves}


def entry_json(entry: Entry) -> dict[str, Any]:
    """A line of the journal, as ``log --json`` gives it."""
    return {
        "id": entry.id,
        "at": to_text(entry.at),
        "action": entry.action.value,
        "uid": entry.uid,
        "person": person_json(entry.person) if entry.person else None,
        "payload": entry.payload,
        "batch": entry.batch,
        "undone": entry.undone,
    }


def path_json(path: Path, now: datetime) -> dict[str, Any]:
    """The path to gold, as ``path --json`` gives it."""
    return {
        "open": _figures(path.open, now),
        "golds": [_gold_json(gold, now) for gold in path.golds],
        "median_junk": path.median_junk,
        "golds_count": len(path.golds),
    }


def _gold_json(gold: Stretch, now: datetime) -> dict[str, Any]:
    return {
        "person": person_json(gold.person) if gold.person else None,
        "uid": gold.uid,
        "decided_at": _maybe(gold.decided_at),
        "outcome": gold.outcome,
        "outcome_at": _maybe(gold.outcome_at),
        **_figures(gold, now),
    }


def _figures(stretch: Stretch, now: datetime) -> dict[str, int]:
    return {
        "junk": stretch.junk,
        "junk_bulk": stretch.junk_bulk,
        "accepted": stretch.accepted,
        "done": stretch.done,
        "days": days(stretch, now),
    }


def days(stretch: Stretch, now: datetime) -> int:
    """Whole days a path took; the open one until now."""
    if stretch.began_at is None:
        return 0
    return max(0, ((stretch.decided_at or now) - stretch.began_at).days)


def _maybe(at: datetime | None) -> str | None:
    return to_text(at) if at else None
