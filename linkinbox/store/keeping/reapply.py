"""Deciding again what was decided: entries of another copy of the store, brought into this one's journal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from linkinbox.model import Verb
from linkinbox.standing import Entry, fold, gold_of
from linkinbox.store import chain, overrules, owing
from linkinbox.store.journal import Act, ids_of
from linkinbox.store.keeping.salvage import Said
from linkinbox.store.rebuild import leave_forgotten, rebuild_acts
from linkinbox.store.run import is_nobodys
from linkinbox.store.sql import select_in
from linkinbox.store.standings import restand
from linkinbox.store.waiting import note_waiting

_UNREADABLE = "it cannot be read any more"
_NO_ITEM = "its item is not in this store, and no import can bring it"
_NO_ACT = "what it takes back, or does again, is not in this store"


class Reapplied(NamedTuple):
    """What became of the entries that this store did not have: written again, or why not.

    Args:
        applied: they are in the journal.
        refused: they are not, with the reason.
        waiting: uids of items that are not here, and how many entries are about each: they stand when it is.
    """

    applied: list[Said]
    refused: list[tuple[Said, str]]
    waiting: Mapping[str, int] = {}

    @property
    def standing(self) -> list[Said]:
        """Those applied that wait for nothing."""
        return [said for said in self.applied if said.item_uid not in self.waiting]

    @property
    def unsound(self) -> list[Said]:
        """Those that were written as they can be read, though that is not what was decided."""
        return [said for said in self.applied if not said.sound]


def reapply(conn: sqlite3.Connection, entries: Sequence[Said], now: datetime, *, touched: Sequence[str]) -> Reapplied:
    """Write the entries that this store lacks, with their own ids, times and acts; to be called in a transaction.

    Args:
        conn: the store.
        entries: in the order of their numbers.
        now: for holds.
        touched: uids of further items to bring in line with the journal.
    """
    outcome = _sorted_out(conn, entries)
    chain.append(conn, (said[1:8] for said in outcome.applied))
    rebuild_acts(conn)
    uids = dict.fromkeys([*touched, *(said.item_uid for said in outcome.applied if said.item_uid)])
    turned = [batch for said in outcome.applied if (batch := _turned(said))]
    decided = "SELECT DISTINCT item_uid FROM journal WHERE batch IN ({}) AND item_uid IS NOT NULL"
    uids |= dict.fromkeys(uid for (uid,) in select_in(conn, decided, turned))
    restand(conn, Act("", Verb.GOLD, ids_of(conn, [*uids])), now)
    overrules.restand_switches(conn)
    people = {who for (who,) in select_in(conn, "SELECT person_id FROM item WHERE uid IN ({})", [*uids])}
    owing.spare_anew(conn, [*people])
    leave_forgotten(conn)
    for index in ("note_fts", "reason_fts"):
        conn.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    return outcome._replace(waiting=note_waiting(conn))


def lacking(conn: sqlite3.Connection, entries: Sequence[Said]) -> list[Said]:
    """The entries that a store lacks: known are those of the same id, and rotten ones by number and digest."""
    ids = {id_ for (id_,) in select_in(conn, "SELECT id FROM journal WHERE id IN ({})", [said.id for said in entries])}
    rotten = [said.seq for said in entries if not said.sound]
    digests = set(select_in(conn, "SELECT seq, digest FROM journal WHERE seq IN ({})", rotten))
    return [said for said in entries if said.id not in ids and (said.sound or (said.seq, said.digest) not in digests)]


def _sorted_out(conn: sqlite3.Connection, entries: Sequence[Said]) -> Reapplied:
    fresh = lacking(conn, entries)
    uids = [*{said.item_uid for said in fresh if said.item_uid}]
    items = {uid for (uid,) in select_in(conn, "SELECT uid FROM item WHERE uid IN ({})", uids)}
    acts = {batch for (batch,) in conn.execute("SELECT DISTINCT batch FROM journal")}
    outcome = Reapplied([], [])
    for said in fresh:
        if why := _refusal(said, items, acts):
            outcome.refused.append((said, why))
        else:
            outcome.applied.append(said)
            acts.add(said.batch)
    return outcome


def _refusal(said: Said, items: set[str], acts: set[str]) -> str:
    if said.action == Verb.FORGET:
        return ""
    if not _makes_sense(said):
        return _UNREADABLE
    if said.action in {Verb.UNDO, Verb.REDO}:
        return "" if _turned(said) in acts else _NO_ACT
    if said.action == Verb.OVERRULE and said.item_uid is None:
        return ""
    return "" if said.item_uid in items or _can_come(said) else _NO_ITEM


def _can_come(said: Said) -> bool:
    """An import can bring its item, which it meets then."""
    return said.sound and said.item_uid is not None and not is_nobodys(said.item_uid)


def _makes_sense(said: Said) -> bool:
    """It can be folded: a bit that rotted may have left no time, no verb, no JSON."""
    try:
        payload: dict[str, Any] = json.loads(said.payload)
        entry = Entry(said.seq, said.id, said.at, said.action, payload, bulk=False)
        standing = fold([entry])
        gold_of([entry])
        times = [said.at, *(payload[name] for name in ("at", "until", "seen") if payload.get(name))]
        readable = all(datetime.fromisoformat(time).tzinfo for time in times)
        words = [payload.get("reason", ""), *standing.tags, *(note.payload["text"] for note in standing.notes)]
        return readable and all(isinstance(said, str) for said in words)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _turned(said: Said) -> str:
    """The act that an undo or a redo is about; "" for other entries."""
    return str(json.loads(said.payload).get("of", "")) if said.action in {Verb.UNDO, Verb.REDO} else ""
