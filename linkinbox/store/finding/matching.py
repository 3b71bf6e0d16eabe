"""Which of some items a query means: a handful at a time, whatever is asked of them.

What SQL can tell is asked in one statement; texts and signals are read for those that are left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from linkinbox.query.tree import And, Fact, Node, Not, Or, Text, Where
from linkinbox.store.finding.conditions import TWINS, Condition, Context, condition_of
from linkinbox.store.finding.spelling import Vocabulary
from linkinbox.store.finding.typed import Match, Words
from linkinbox.store.sql import chunks, select_in

if TYPE_CHECKING:
    from linkinbox.store.evidence import Judged

_APART = 1_000  # ids between two messages that are rather asked for along with their neighbours
_TOGETHER = 20  # of so many messages that lie together an index is asked
_MARKS = "?？؟;"
TABLES = {
    Where.ANY: ("message", "note", "reason"),
    Where.FROM: ("message",),
    Where.NOTE: ("message", "note"),
    Where.REASON: ("reason",),
}
TEXTS = {
    "message": "SELECT id, item_id, sender, subject, text FROM message WHERE id IN ({}) AND incoming >= ?",
    "note": "SELECT id, item_id, name, '', text FROM note WHERE id IN ({}) AND 0 = ?",
    "reason": "SELECT id, item_id, name, '', text FROM reason WHERE id IN ({}) AND 0 = ?",
}
_OF_TEXTS = ("pitch", "fast-pitch", "scam", "messenger", "link-first", "link-target", "template", "mixed-script")
# A rule can only stand where this holds: it is told sooner than a signal.
_NEEDED = {
    **dict.fromkeys(_OF_TEXTS, "worded = 1"),
    "sponsored": "sponsored = 1",
    "twins": f"{TWINS} > 0",
}

Holds = Callable[[Sequence[int]], Iterable[int]]


class Matching:
    """Tells which items a tree holds of.

    Args:
        node: the tree.
        context: what it is understood with.
    """

    def __init__(self, node: Node, context: Context) -> None:
        self._context = context
        self._conn = context.conn
        self._holds = self._compiled(node)

    def among(self, ids: Sequence[int]) -> set[int]:
        """Those of some items of which it holds."""
        return set(self._holds(ids))

    def _compiled(self, node: Node) -> Holds:  # noqa: PLR0911 - one for each kind
        if (condition := condition_of(node, self._context)) is not None:
            return lambda ids: holding(self._conn, condition, ids)
        match node:
            case And():
                return self._all(node)
            case Or(parts):
                some = [self._compiled(part) for part in parts]
                return lambda ids: {id_ for holds in some for id_ in holds(ids)}
            case Not(part):
                inner = self._compiled(part)
                return lambda ids: set(ids).difference(inner(ids))
            case Text(_, Where.COMPANY | Where.ROLE):
                people = people_of(self._context.vocabulary, node)
                return lambda ids: self._of_people(people, ids)
            case Text():
                return self._text(Words(self._context.vocabulary, [node]))
            case Fact("has", "link" | "question" as what):
                return lambda ids: self._with_text(what, ids)
            case Fact():
                return self._signal(node)
        raise AssertionError(node)

    def _all(self, node: And) -> Holds:
        plain, told, others = parted(node, self._context)
        each = [self._compiled(part) for part in (told, *sorted(others, key=_cost)) if part != And(())]
        if plain:
            each.insert(1, self._text(Words(self._context.vocabulary, plain)))

        def hold(ids: Sequence[int]) -> Sequence[int]:
            for holds in each:
                if not (ids := [*holds(ids)]):
                    break
            return ids

        return hold

    # ── texts ──

    def _text(self, words: Words) -> Holds:
        if words.is_empty:
            return lambda _ids: ()
        matches = {table: words.matches(table) for table in TABLES[words.where]}
        return lambda ids: {
            item for table, asked in matches.items() for item in self._in_table(table, words, asked, ids)
        }

    def _in_table(self, table: str, words: Words, matches: Sequence[Match], ids: Sequence[int]) -> Iterable[int]:
        rows = dict(select_in(self._conn, f"SELECT id, item_id FROM {table} WHERE item_id IN ({{}})", ids))
        left = sorted(rows)
        if len(left) < _TOGETHER * len([*spans(left, _APART)]):  # to read them is less than to ask so often
            return read(self._conn, table, words, left, whole=True)
        for match in matches:
            asked = {*left}
            left = [id_ for span in spans(left, _APART) for id_ in matching(self._conn, match, span) if id_ in asked]
        if not words.is_exact:
            return read(self._conn, table, words, left)
        return {rows[id_] for id_ in left}

    def _with_text(self, what: str, ids: Sequence[int]) -> Iterable[int]:
        """Items in which somebody wrote a link, or asked something."""
        from linkinbox.signals.links import links_in

        may = " OR ".join(f"instr(text, '{sign}')" for sign in (_MARKS if what == "question" else "."))
        sql = f"SELECT item_id, text FROM message WHERE item_id IN ({{}}) AND incoming = 1 AND ({may})"
        for item_id, text in select_in(self._conn, sql, ids):
            marks = [at for at, letter in enumerate(text) if letter in _MARKS] if what == "question" else []
            links = links_in(text)
            asks = any(not any(link.begin <= at < link.end for link in links) for at in marks)
            if asks or (what == "link" and links):
                yield item_id

    # ── people ──

    def _of_people(self, people: set[int], ids: Sequence[int]) -> Iterable[int]:
        rows = select_in(self._conn, "SELECT id, person_id FROM item WHERE id IN ({})", ids)
        return (id_ for id_, person in rows if person in people)

    # ── signals ──

    def _signal(self, fact: Fact) -> Holds:
        kind = "flag" if "flag" in (fact.operator, fact.value) else "reason"
        rule = fact.value if fact.operator in ("flag", "reason") else None
        needed = Condition(_NEEDED.get(rule or "", "1"))
        given = "SELECT item_id FROM reason WHERE item_id IN ({})"

        def hold(ids: Sequence[int]) -> Iterable[int]:
            known = {id_ for (id_,) in select_in(self._conn, given, ids)} if fact == ("has", "reason") else set()
            left = [id_ for id_ in holding(self._conn, needed, ids) if id_ not in known]
            return known | {id_ for id_, one in self._context.judge(left).items() if _stands(one, kind, rule)}

        return hold


def _stands(judged: Judged, kind: str, rule: str | None) -> bool:
    return any(signal.kind == kind and rule in (None, signal.rule) for signal in judged.standing)


class Parted(NamedTuple):
    """The parts of an And: words that must stand in one text, what SQL can tell at once, and the rest."""

    plain: tuple[Text, ...]
    told: And
    others: list[Node]


def parted(node: And, context: Context) -> Parted:
    """Take an And apart."""
    plain = tuple(part for part in node.parts if isinstance(part, Text) and part.where is Where.ANY)
    told: list[Node] = []
    others: list[Node] = []
    for part in node.parts:
        if part in plain and isinstance(part, Text):
            continue
        (told if condition_of(part, context) is not None else others).append(part)
    return Parted(plain, And(tuple(told)), others)


def _cost(node: Node) -> int:
    """What is dear is asked last."""
    match node:
        case And(parts) | Or(parts):
            return max(map(_cost, parts), default=0)
        case Not(part):
            return _cost(part)
        case Fact("flag" | "reason", _) | Fact("has", "flag" | "reason"):
            return 2
        case Text(_, Where.COMPANY | Where.ROLE):
            return 0
    return 1


def holding(conn: sqlite3.Connection, condition: Condition, ids: Sequence[int]) -> list[int]:
    """Those of some items of which a condition holds."""
    found: list[int] = []
    for chunk in chunks(ids):
        sql = f"SELECT id FROM item WHERE id IN ({','.join('?' * len(chunk))}) AND ({condition.sql})"
        found += (id_ for (id_,) in conn.execute(sql, (*chunk, *condition.values)))
    return found


def matching(conn: sqlite3.Connection, match: Match, span: tuple[int, int]) -> list[int]:
    """The rows from an id to another that an index finds."""
    sql = f"SELECT rowid FROM {match.of} WHERE {match.of} MATCH ? AND rowid BETWEEN ? AND ?"
    return [id_ for (id_,) in conn.execute(sql, (match.query, *span))]


def read(conn: sqlite3.Connection, table: str, words: Words, ids: Sequence[int], *, whole: bool = False) -> set[int]:
    """The items of texts that hold the words where they are looked for.

    Args:
        conn: the store's connection.
        table: of the texts.
        words: those.
        ids: of the texts.
        whole: no index was asked for them before.
    """
    found = set()
    for chunk in chunks(ids):
        incoming = int(table == "message" and words.where is not Where.ANY)
        sql = TEXTS[table].format(",".join("?" * len(chunk)))
        for _, item_id, name, about, text in conn.execute(sql, (*chunk, incoming)):
            if words.are_in(name, about, text, whole=whole):
                found.add(item_id)
    if table == "message" and words.where is Where.NOTE:
        return set(holding(conn, Condition("kind = 'invitation'"), sorted(found)))
    return found


def people_of(vocabulary: Vocabulary, text: Text) -> set[int]:
    """Who works there, or as that: some tens of thousands at most, as only contacts are known by it."""
    from linkinbox.query.folding import Sought, fold

    conn, sought = vocabulary.conn, Sought(text.words)
    column = "company" if text.where is Where.COMPANY else "position"
    if sought.runs:  # no index has their middle
        rows = conn.execute(f"SELECT id, {column} FROM person WHERE connected = 1 AND {column} IS NOT NULL")
        return {id_ for id_, known in rows if sought.is_in(fold(known))}
    if not sought.words:
        return set()
    query = vocabulary.phrase(column, sought.words)
    return {id_ for (id_,) in conn.execute("SELECT rowid FROM person_fts WHERE person_fts MATCH ?", (query,))}


def spans(ids: Sequence[int], gap: int) -> Iterable[tuple[int, int]]:
    """First and last of sorted ids that lie together, with no larger gap between two."""
    if not ids:
        return
    first = ids[0]
    for before, id_ in pairwise(ids):
        if id_ - before > gap:
            yield first, before
            first = id_
    yield first, ids[-1]
