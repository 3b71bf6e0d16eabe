"""What was said of rules, and how often each was raised and overruled: derived from the journal, item by item."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from linkinbox.decisions import Overrule, Scope, overrule_words
from linkinbox.errors import UsageError
from linkinbox.standing import Standing
from linkinbox.store.sql import select_in


class Said(NamedTuple):
    """What the user's entries come to for one rule.

    Args:
        raised: items on which it stood when the user decided on them one by one, or overruled it.
        overruled: those of them on which it was overruled.
        on: False: switched off by hand; True: switched on by hand, so that it never mutes itself; None: neither.
    """

    raised: int = 0
    overruled: int = 0
    on: bool | None = None

    @property
    def scope(self) -> Scope | None:
        """How the rule as a whole is silent; None: it is not."""
        from linkinbox.signals import mutes_itself

        if self.on is None:
            return Scope.MUTED if mutes_itself(self.raised, self.overruled) else None
        return None if self.on else Scope.RULE


def said_of_rules(conn: sqlite3.Connection) -> dict[str, Said]:
    """By rule, what was said of it; rules of which nothing was said are left out. A few dozen rows."""
    said = {rule: Said(raised, overruled) for rule, raised, overruled in conn.execute("SELECT * FROM rule_tally")}
    for rule, off in conn.execute("SELECT rule, holds FROM overruled WHERE scope = 'rule' ORDER BY seq"):
        said[rule] = said.get(rule, Said())._replace(on=not off)
    return said


def muted(conn: sqlite3.Connection) -> dict[str, str]:
    """The rules that were overruled so often that they are silent, with a sentence that says so."""
    return {
        rule: f"the rule {rule} is silent from now on: {said.overruled} of {said.raised} were overruled"
        for rule, said in said_of_rules(conn).items()
        if said.scope is Scope.MUTED
    }


_OF_PEOPLE = """SELECT i.person_id, o.rule FROM overruled o CROSS JOIN item i ON i.id = o.item_id
    WHERE o.scope = 'person' AND i.person_id IN ({})"""


def overruled_for(conn: sqlite3.Connection, people: Mapping[int, int]) -> dict[int, dict[str, Scope]]:
    """By item (of ``people``: items and whose they are), its overruled rules and how far they are."""
    wide = {rule: scope for rule, said in said_of_rules(conn).items() if (scope := said.scope)}
    of_people: dict[int, dict[str, Scope]] = {}
    for person, rule in select_in(conn, _OF_PEOPLE, [*{*people.values()}]):
        of_people.setdefault(person, {})[rule] = Scope.PERSON
    found = {id_: {**of_people.get(person, {}), **wide} for id_, person in people.items()}
    of_items = "SELECT item_id, rule FROM overruled WHERE scope = 'item' AND item_id IN ({})"
    for id_, rule in select_in(conn, of_items, [*people]):
        found[id_].setdefault(rule, Scope.ITEM)
    return found


# ── bringing them in line with the journal ──


def restand_item(conn: sqlite3.Connection, id_: int, standing: Standing) -> None:
    """Bring what was said on one item in line with its entries; the tally follows."""
    conn.execute("DELETE FROM overruled WHERE item_id = ?", (id_,))
    conn.executemany(
        "INSERT INTO overruled VALUES (?, ?, ?, 1, ?)",
        [(entry.seq, entry.payload["rule"], entry.payload["scope"], id_) for entry in standing.overrules],
    )
    before = conn.execute("SELECT rule, overruled FROM raised WHERE item_id = ?", (id_,)).fetchall()
    _count(conn, before, step=-1)
    conn.execute("DELETE FROM raised WHERE item_id = ?", (id_,))
    now = [(rule, int(overruled)) for rule, overruled in standing.raised.items()]
    conn.executemany("INSERT INTO raised VALUES (?, ?, ?)", [(id_, *told) for told in now])
    _count(conn, now, step=1)


def _count(conn: sqlite3.Connection, told: Sequence[tuple[str, int]], *, step: int) -> None:
    conn.executemany(
        """INSERT INTO rule_tally VALUES (?, ?, ?) ON CONFLICT (rule) DO UPDATE
           SET raised = raised + excluded.raised, overruled = overruled + excluded.overruled""",
        [(rule, step, step * overruled) for rule, overruled in told],
    )


_SWITCHES = """SELECT j.seq, j.payload FROM journal j JOIN batch b ON b.id = j.batch
    WHERE j.item_uid IS NULL AND j.action = 'overrule' AND b.undone = 0"""


def restand_switches(conn: sqlite3.Connection) -> None:
    """Bring what was said of rules as a whole, on no item, in line with the journal."""
    conn.execute("DELETE FROM overruled WHERE item_id IS NULL")
    for seq, payload in conn.execute(_SWITCHES).fetchall():
        said = json.loads(payload)
        holds = int(said.get("on", True))
        conn.execute("INSERT INTO overruled VALUES (?, ?, ?, ?, NULL)", (seq, said["rule"], said["scope"], holds))


# ── deciding ──


def refuse(decision: Overrule, ids: Sequence[int]) -> None:
    """Refuse what makes no sense, before anything is written.

    Raises:
        UsageError: there is no such rule; or it is overruled on no item, or counts again on one.
    """
    from linkinbox.signals import RULES

    if decision.rule not in {rule.id for rule in RULES}:
        msg = f"There is no rule {decision.rule}"
        raise UsageError(msg, "`linkinbox rules` lists them")
    if not ids and decision.scope is not Scope.RULE:
        msg = "No item was named"
        raise UsageError(msg)
    if decision.scope is Scope.MUTED or (ids and decision.scope is Scope.RULE and not decision.on):
        msg = "A rule as a whole is switched on again without an item"
        raise UsageError(msg, f"linkinbox rules on {decision.rule}")


def said_on(conn: sqlite3.Connection, rule: str, ids: Sequence[int]) -> list[int]:
    """The items on which a rule was overruled so that it does not count on these.

    Raises:
        UsageError: there are none.
    """
    marks = ",".join("?" * len(ids))
    found = conn.execute(
        f"""SELECT item_id FROM overruled WHERE scope = 'item' AND rule = ? AND item_id IN ({marks})
            UNION SELECT o.item_id FROM overruled o CROSS JOIN item i ON i.id = o.item_id WHERE o.scope = 'person'
            AND o.rule = ? AND i.person_id IN (SELECT person_id FROM item WHERE id IN ({marks}))""",
        (rule, *ids, rule, *ids),
    ).fetchall()
    if not found:
        msg = f"The rule {rule} was not overruled here"
        raise UsageError(msg, "`linkinbox rules` shows what is switched off as a whole")
    return [id_ for (id_,) in found]


def words_of(conn: sqlite3.Connection, batch: str) -> str:
    """What an act said of a rule."""
    row = conn.execute("SELECT payload FROM journal WHERE batch = ?", (batch,)).fetchone()
    return overrule_words(json.loads(row[0])) if row else ""
