"""Where a search best begins: with what leaves the fewest candidates, or gives the newest soonest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from linkinbox.model import View
from linkinbox.query.tree import And, Came, Fact, Node, Number, Or, Text, Where
from linkinbox.store.finding.conditions import (
    ALWAYS,
    STATES,
    Condition,
    Context,
    both,
    came_of,
    condition_of,
    span_of_keys,
    tags_of,
)
from linkinbox.store.finding.matching import parted, people_of
from linkinbox.store.finding.sources import FEW, Run, RunSource, SetSource, Source, Union, WordSource, is_rare
from linkinbox.store.finding.typed import Words
from linkinbox.store.sql import chunks
from linkinbox.store.times import to_text

A_SET = 4_000  # candidates that are asked for all at once: some 10 ms
SOME = 5_000  # texts: of more, a list is as good a beginning

_STATES = {state: Run("item INDEXED BY item_state", f"state = '{state}'", "sort_at") for state in STATES}
_CONNECTED = Run("item INDEXED BY item_connected", "connected = 1 AND at IS NOT NULL")
_BACK = Condition("SELECT id FROM item INDEXED BY item_back WHERE held_until IS NOT NULL AND state = 'new'")
_GOLD = Condition("SELECT i.id FROM gold g CROSS JOIN item i ON i.person_id = g.person_id")
_MARKED = Condition("SELECT marked_id FROM gold")
_CALLS = Condition("SELECT id FROM item WHERE call_at IS NOT NULL")
NOTHING = Condition("SELECT 0 WHERE 0")
_TALLY = "SELECT ifnull(sum(n), 0) FROM tally WHERE "


class Plan(NamedTuple):
    """A way to begin.

    Args:
        size: how many candidates there are, about.
        source: begins it, given what the candidates must be besides.
        done: the part of the query that needs not be asked again.
    """

    size: float
    source: Callable[[Condition], Source]
    done: Node | None = None


class Bounds(NamedTuple):
    """Between which times all hits came."""

    since: str = ""
    before: str = ""


def source_of(root: And, context: Context) -> tuple[Source, And]:
    """Where to begin, and what is left to be asked of the candidates."""
    plain, told, others = parted(root, context)
    words = Words(context.vocabulary, plain) if plain else None
    if (
        words is not None and words.is_exact and not told.parts and not others
    ):  # as most are typed: no key waits for a plan
        return _source_of_words(words, context, ALWAYS), And(())
    bounds = _bounds(root, context)
    condition = condition_of(told, context) or ALWAYS
    plans = [_everything(context, bounds), *_plans(And((*told.parts, *others)), context, bounds)]
    if words is not None:
        plans.append(_of_words(words, context, bounds))
    best = min(plans, key=lambda plan: plan.size)
    left = [part for part in others if part is not best.done]
    if words is not None and not (best is plans[-1] and words.is_exact):
        left += plain
    return best.source(condition), And(tuple(left))


def _bounds(root: And, context: Context) -> Bounds:
    cames = [part for part in root.parts if isinstance(part, Came)]
    lefts = [part for part in root.parts if isinstance(part, Number) and part.operator == "left"]
    cames += [came_of(left, context) for left in lefts]
    since = max((to_text(came.since) for came in cames if came.since), default="")
    before = min((to_text(came.before) for came in cames if came.before), default="")
    return Bounds(since, before)


def _everything(context: Context, bounds: Bounds) -> Plan:
    return _of_run(Run(), context, bounds, inf)


def _plans(root: And, context: Context, bounds: Bounds) -> Iterator[Plan]:
    for part in root.parts:
        if plan := _plan(part, context, bounds):
            yield plan


def _plan(node: Node, context: Context, bounds: Bounds) -> Plan | None:  # noqa: C901, PLR0911 - one for each kind
    match node:
        case Or(parts):
            return _of_any(parts, context, bounds)
        case And():
            return min(_plans(node, context, bounds), key=lambda plan: plan.size, default=None)
        case Fact("is" | "view", value):
            return _of_fact(node, value, context, bounds)
        case Fact("flag", "twins"):
            return _of_twins(Number("twins", least=1), context)
        case Number("twins"):
            return _of_twins(node, context)
        case Number("left"):
            return _of_any((Fact("is", "new"), Fact("is", "held")), context, bounds)
        case Text(words, Where.TAG):
            return _of_tags(tags_of(context.conn, words), context)
        case Text(words, Where.PERSON):
            people = Condition("SELECT id FROM person WHERE key >= ? AND key < ?", span_of_keys(words))
            return _of_people(people, context)
        case Text(_, Where.COMPANY | Where.ROLE):
            return _of_employees(sorted(people_of(context.vocabulary, node)), context, bounds)
        case Text(_, where):
            plan = _of_words(Words(context.vocabulary, [node]), context, bounds)
            return plan if where is Where.ANY else plan._replace(done=node)
    return None


# ── texts ──


def _source_of_words(words: Words, context: Context, condition: Condition, *, since: str = "") -> Source:
    if words.is_empty:
        return SetSource(context.conn, NOTHING, condition)
    return WordSource(context.conn, words, condition, since=since)


def _of_words(words: Words, context: Context, bounds: Bounds) -> Plan:
    def source(condition: Condition) -> Source:
        return _source_of_words(words, context, condition, since=bounds.since)

    if words.is_empty or words.where is Where.REASON:
        return Plan(0, source)
    if is_rare(context.conn, words, FEW):
        return Plan(FEW, source)
    some = is_rare(context.conn, words, SOME)
    # The newest first is not where hits before a time are: a list begins there.
    return Plan(SOME if some else inf if bounds.before else 4 * SOME, source)


# ── lists ──


def _of_run(run: Run, context: Context, bounds: Bounds, size: float) -> Plan:
    def source(condition: Condition) -> Source:
        since, before = bounds
        if run.where == _STATES["held"].where or run.by not in ("at", "sort_at"):
            before = ""
        listed = RunSource(context.conn, run, condition, since=since, before=before)
        if before and run.by == "sort_at":  # those that are back from a hold count as of then
            back = SetSource(context.conn, _BACK, both(Condition(run.where), condition))
            return Union(context.conn, [listed, back])
        return listed

    return Plan(size, source)


def _of_fact(fact: Fact, value: str, context: Context, bounds: Bounds) -> Plan | None:  # noqa: PLR0911 - one for each
    match fact.operator, value:
        case "is", "gold":
            return _of_set(_GOLD, context)
        case (_, "call" | "calls"):
            return _of_set(_CALLS, context)
        case "is", "owed":
            return _of_view(View.TO_REPLY, context, bounds)
        case "is", "connected":
            return _of_run(_CONNECTED, context, bounds, _counted("connected = 1", context))
        case "is", "accepted":
            parts = (Fact("is", "to-accept"), Fact("is", "to-reply"))
            return _of_any(parts, context, bounds)
        case "is", _ if value in _STATES:
            return _of_run(_STATES[value], context, bounds, _counted(_STATES[value].where, context))
        case "view", _ if value != View.ALL:
            return _of_view(View(value), context, bounds)
    return None


_VIEW_COUNTS = {
    View.NEW: "state = 'new'",
    View.INVITATIONS: "state = 'new' AND kind = 'invitation'",
    View.EXPIRING: "state = 'new' AND kind = 'invitation'",
    View.MESSAGES: "state = 'new' AND kind = 'conversation'",
    View.HELD: "state = 'held'",
    View.TO_ACCEPT: "state = 'to-accept' AND carried_out = 0",
    View.TO_REPLY: "owed != ''",
    View.JUNK: "state = 'junk'",
    View.CONNECTED: "connected = 1",
    View.SWEEP: "state = 'new' OR owed != ''",
}


def _of_view(view: View, context: Context, bounds: Bounds) -> Plan | None:
    listing = context.listing(view)
    if view is View.GOLD:
        return _of_set(_MARKED, context)
    size = _counted(_VIEW_COUNTS[view], context)
    runs = [Run(part.source, part.where, part.by) for part in listing.parts or (listing,)]
    plans = [_of_run(run, context, bounds, size) for run in runs]
    if len(plans) == 1:
        return plans[0]
    return Plan(size, lambda condition: Union(context.conn, [plan.source(condition) for plan in plans]))


def _counted(where: str, context: Context) -> int:
    return int(context.conn.execute(_TALLY + where).fetchone()[0])


# ── sets ──


def _of_set(which: Condition, context: Context) -> Plan | None:
    """Ids that a statement selects, if they are few."""
    count = _few(which, context)
    return None if count is None else Plan(count, lambda more: SetSource(context.conn, which, more))


def _few(which: Condition, context: Context) -> int | None:
    sql = f"SELECT count(*) FROM (SELECT 1 FROM ({which.sql}) LIMIT {A_SET + 1})"
    count = int(context.conn.execute(sql, which.values).fetchone()[0])
    return count if count <= A_SET else None


def _of_people(people: Condition, context: Context) -> Plan | None:
    items = Condition(f"SELECT i.id FROM ({people.sql}) p CROSS JOIN item i ON i.person_id = p.id", people.values)
    return _of_set(items, context)


def _of_employees(people: Sequence[int], context: Context, bounds: Bounds) -> Plan:
    if len(people) > A_SET // 4:  # nobody's company is known but that of contacts
        return _of_run(_CONNECTED, context, bounds, _counted("connected = 1", context))
    sets = [
        Condition(f"SELECT id FROM item WHERE person_id IN ({','.join('?' * len(some))})", tuple(some))
        for some in chunks(people)
    ] or [NOTHING]
    return Plan(
        2 * len(people), lambda more: Union(context.conn, [SetSource(context.conn, some, more) for some in sets])
    )


def _of_tags(tags: Sequence[str], context: Context) -> Plan | None:
    if not tags:
        return Plan(0, lambda more: SetSource(context.conn, NOTHING, more))
    which = Condition(f"SELECT item_id FROM item_tag WHERE tag IN ({','.join('?' * len(tags))})", tuple(tags))
    return _of_set(which, context)


def _of_twins(number: Number, context: Context) -> Plan | None:
    """Members of the groups that are so large, if they are few; of those that are small there are many."""
    if not number.least or number.least < 1:
        return None
    bounds = (number.least + 1, (number.most if number.most is not None else 2**31) + 1)
    groups = "SELECT id FROM twins WHERE people > 1 AND people BETWEEN ? AND ?"
    which = Condition(f"SELECT t.item_id FROM ({groups}) g CROSS JOIN twin t ON t.twins_id = g.id", bounds)
    return _of_set(which, context)


# ── one of several ──


def _of_any(parts: Sequence[Node], context: Context, bounds: Bounds) -> Plan | None:
    plans: list[Plan] = []
    for part in parts:
        if (plan := _plan(part, context, bounds)) is None:
            return None
        plans.append(plan)
    size = sum(plan.size for plan in plans)
    return Plan(size, lambda condition: Union(context.conn, [plan.source(condition) for plan in plans]))
