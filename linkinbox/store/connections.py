"""Writing the rows of Connections.csv: who is connected, where they work, and since when."""

from __future__ import annotations

from collections.abc import Sequence

from linkinbox.importers.records import ConnectionRow
from linkinbox.store.report import FileReport
from linkinbox.store.run import Run, distinct, refile
from linkinbox.store.schema.query import index_people, unindex_people
from linkinbox.store.sql import select_in

_NOW = "SELECT id, name, email, company, position, connected, connected_on, as_of FROM person WHERE id IN ({})"
_SET = """UPDATE person SET name = ?, email = ?, company = ?, position = ?, connected = 1, connected_on = ?, as_of = ?,
    named_by = ? WHERE id = ?"""


def write_connections(run: Run, rows: Sequence[ConnectionRow], report: FileReport) -> None:
    """Write a batch; an older export fills what is missing and overwrites nothing."""
    if not rows:
        return
    unlike = distinct(rows, [row[1:] for row in rows], report).values()
    by_who = distinct(unlike, [row.who.key for row in unlike], report, "same person again")
    people = run.people.find(row.who for row in by_who.values())
    before = {id_: rest for id_, *rest in select_in(run.conn, _NOW, [known.id for known in people.values()])}
    updates, met, changed = [], [], []
    for row in by_who.values():
        id_ = people[row.who].id
        *was, connected, since, as_of = before[id_]
        wanted = [row.who.name, row.email or None, row.company or None, row.position or None]
        if connected and as_of is not None and run.as_of < as_of:
            wanted = [old or new for old, new in zip(was, wanted, strict=True)]
        if not connected:
            report.new += 1
            met.append(id_)
        elif wanted != was or row.connected_on != since:
            report.changed += 1
        else:
            report.same += 1
            continue
        changed.append(id_)
        updates.append((*wanted, row.connected_on, max(run.as_of, as_of or ""), run.id, id_))
    unindex_people(run.conn, changed)
    run.conn.executemany(_SET, updates)
    index_people(run.conn, changed)
    run.people.forget()
    refile(run, met)


def close_the_list(run: Run) -> None:
    """The connections of this export are all read: whoever has a profile link and is not among them is none."""
    run.conn.execute("UPDATE person SET connected = 0 WHERE connected IS NULL AND key GLOB 'in:*'")
    run.conn.execute(
        """UPDATE item SET connected = 0 WHERE connected IS NULL
           AND person_id IN (SELECT id FROM person WHERE connected = 0)"""
    )
    run.people.forget()
    run.people.listed = True
