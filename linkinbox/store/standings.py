"""Bringing items in line with the journal: everything derived from it, in the transaction that wrote it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from linkinbox.model import Verb
from linkinbox.standing import Entry, Facts, Standing, fold, state_of, verb_of
from linkinbox.store import gold, overrules, owing, second_look, tags
from linkinbox.store.alike import read_alike, write_alike
from linkinbox.store.journal import Act, standing_entries
from linkinbox.store.sql import chunks, select_in, write_rows
from linkinbox.store.times import to_text

_WORDS = {"note": "text", "reason": "reason"}  # tables, and where an entry has the words
_COLUMNS = "decision, decided_seen, held_until, call_at, state, filed_because, carried_out, sort_at"
_ITEMS = f"SELECT id, uid, person_id, kind, at, replied_at, connected, {_COLUMNS} FROM item WHERE id IN ({{}})"
_WRITE = f"""WITH fresh (id, {_COLUMNS}) AS (VALUES {{}})
    UPDATE item SET {", ".join(f"{name} = fresh.{name}" for name in _COLUMNS.split(", "))}
    FROM fresh WHERE item.id = fresh.id"""
_GOLDEN = {Verb.GOLD, Verb.OUTCOME}  # acts that can make or unmake a valuable contact


def restand(conn: sqlite3.Connection, act: Act, now: datetime) -> None:
    """Bring the items of an act in line with the journal: state, counters, calls, notes, gold."""
    people: dict[int, None] = {}
    for ids in chunks(act.ids):
        people.update(dict.fromkeys(_restand_chunk(conn, ids, to_text(now))))
    if act.action is Verb.OVERRULE:
        overrules.restand_switches(conn)
        owing.spare_anew(conn, [*people])
    if act.action not in _GOLDEN:
        marked = select_in(conn, "SELECT person_id FROM gold WHERE person_id IN ({})", [*people])
        people = dict.fromkeys(person for (person,) in marked)
    for person in people:
        gold.regold(conn, person)


def _restand_chunk(conn: sqlite3.Connection, ids: Sequence[int], now: str) -> list[int]:
    """Restand a chunk of items, those that are alike at once; returns their people."""
    alike = read_alike(conn, ids)
    for kind, same in alike.kinds.items():
        write_alike(conn, _COLUMNS.split(", "), columns_of(*kind.folded(), now), same)
    gold.handle(conn, {id_: entry and _handled(entry) for id_, entry in alike.entries.items()})
    others = [id_ for id_ in ids if id_ not in alike.entries]
    return [*alike.people, *(_restand(conn, others, now) if others else ())]


def _restand(conn: sqlite3.Connection, ids: Sequence[int], now: str) -> list[int]:
    """Restand items one by one, writing what is others now by few statements; returns their people."""
    items = list(select_in(conn, _ITEMS, ids))
    by_item = standing_entries(conn, [item[1] for item in items])
    noted = {id_ for (id_,) in select_in(conn, "SELECT item_id FROM note WHERE item_id IN ({})", ids)}
    reasoned = {id_ for (id_,) in select_in(conn, "SELECT item_id FROM reason WHERE item_id IN ({})", ids)}
    called = {id_ for (id_,) in select_in(conn, "SELECT item_id FROM call WHERE item_id IN ({})", ids)}
    told = {id_ for (id_,) in select_in(conn, "SELECT item_id FROM raised WHERE item_id IN ({})", ids)}
    looked = {id_ for (id_,) in select_in(conn, "SELECT item_id FROM second_look WHERE item_id IN ({})", ids)}
    fresh: list[tuple[Any, ...]] = []
    handled: dict[int, gold.Handling | None] = {}
    tagged: dict[int, set[str]] = {}
    for id_, uid, person, kind, at, replied, connected, *before in items:
        standing = fold(by_item[uid])
        columns = columns_of(Facts(kind, at, replied, connected), standing, now)
        if columns != before:
            fresh.append((id_, *columns))
        handled[id_] = _handled(standing.handled) if standing.handled else None
        tagged[id_] = standing.tags
        if standing.notes or id_ in noted:
            _keep_words(conn, "note", id_, person, standing.notes)
        if standing.reason or id_ in reasoned:
            _keep_words(conn, "reason", id_, person, [standing.reason] if standing.reason else [])
        if standing.calls or id_ in called:
            _call(conn, id_, standing)
        if standing.raised or id_ in told:
            overrules.restand_item(conn, id_, standing)
        if standing.looks or id_ in looked:
            second_look.restand_item(conn, id_, standing)
    write_rows(conn, _WRITE, fresh)
    gold.handle(conn, handled)
    tags.restand(conn, tagged)
    return [item[2] for item in items]


def columns_of(facts: Facts, standing: Standing, now: str) -> list[str | int | None]:
    """What ``_COLUMNS`` of an item hold."""
    decision = seen = until = None
    if entry := standing.decision:
        decision, seen, until = verb_of(entry).value, entry.payload.get("seen"), entry.payload.get("until")
    stand = state_of(facts._replace(decision=decision, seen=seen, held_until=until), now)
    call = standing.open_call
    because = stand.filed_because.value if stand.filed_because else None
    return [
        decision, seen, until, call.at if call else None, stand.state.value, because, int(stand.carried_out),
        stand.sort_at,
    ]  # fmt: skip


def _handled(entry: Entry) -> gold.Handling:
    return gold.Handling(entry.seq, verb_of(entry).value, int(entry.bulk), entry.at)


def _keep_words(conn: sqlite3.Connection, table: str, id_: int, person_id: int, entries: Sequence[Entry]) -> None:
    """Keep derived words of the user's, and their index, equal to the entries that stand."""
    kept = {seq for (seq,) in conn.execute(f"SELECT id FROM {table} WHERE item_id = ?", (id_,))}
    wanted = {entry.seq: entry for entry in entries}
    for seq in kept - wanted.keys():
        conn.execute(_UNINDEX.format(table), (seq,))
        conn.execute(f"DELETE FROM {table} WHERE id = ?", (seq,))
    for seq in wanted.keys() - kept:
        row = (seq, id_, wanted[seq].at, wanted[seq].payload[_WORDS[table]], person_id)
        conn.execute(f"INSERT INTO {table} SELECT ?, ?, ?, name, ? FROM person WHERE id = ?", row)
        conn.execute(_INDEX.format(table), (seq,))


_UNINDEX = "INSERT INTO {0}_fts ({0}_fts, rowid, name, text) SELECT 'delete', id, name, text FROM {0} WHERE id = ?"
_INDEX = "INSERT INTO {0}_fts (rowid, name, text) SELECT id, name, text FROM {0} WHERE id = ?"
_MISNAMED = """SELECT w.id, p.name FROM {0} w JOIN item i ON i.id = w.item_id JOIN person p ON p.id = i.person_id
    WHERE w.name != p.name"""


def name_words(conn: sqlite3.Connection) -> None:
    """Give notes and reasons the name of whom their item is with now: a group's thread is with whoever wrote last."""
    for table in _WORDS:
        for id_, name in conn.execute(_MISNAMED.format(table)).fetchall():
            conn.execute(_UNINDEX.format(table), (id_,))
            conn.execute(f"UPDATE {table} SET name = ? WHERE id = ?", (name, id_))
            conn.execute(_INDEX.format(table), (id_,))


def _call(conn: sqlite3.Connection, id_: int, standing: Standing) -> None:
    conn.execute("DELETE FROM call WHERE item_id = ?", (id_,))
    conn.executemany(
        "INSERT INTO call VALUES (?, ?, ?, ?, ?, ?)",
        [(call.uid, id_, call.at, call.minutes, call.outcome, call.moves) for call in standing.calls],
    )
