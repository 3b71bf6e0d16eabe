"""What the store knows of items, for the rules to judge: a page at a time, by key only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from linkinbox.decisions import Scope
from linkinbox.signals import Interests, Owner, Signal, SignalKind, Subject, closer, judge
from linkinbox.signals.flags import TWINS_COUNTED
from linkinbox.signals.reading import READ
from linkinbox.signals.reasons import COLLEAGUES_NAMED
from linkinbox.store.acquaintances import named_in
from linkinbox.store.overrules import overruled_for
from linkinbox.store.schema.owing import owed
from linkinbox.store.sql import select_in
from linkinbox.store.twins import FIRST_TEXT
from linkinbox.store.vouching import BY_KEY, BY_NAME
from linkinbox.store.written import Written, minutes_between, read_written

_LOOKED_AT = 500  # messages of a person; items of theirs: more are no more evidence

# Each look-up is by an index, and ends early: a person may have sent ten thousand messages, a company may employ as
# many contacts. Twins are told by the first message that came in, all else by what came since the owner last wrote.
_SUBJECTS = f"""SELECT i.id, i.person_id, i.at, i.sponsored, p.name, p.company, p.position, p.connected, p.connected_on,
    EXISTS (SELECT 1 FROM item a WHERE a.person_id = p.id AND a.replied_at IS NOT NULL),
    EXISTS (SELECT 1 FROM sent_invitation s WHERE s.person_id = p.id),
    (SELECT count(*) FROM (SELECT at FROM item b WHERE b.person_id = p.id LIMIT {_LOOKED_AT}) WHERE at < i.at),
    (SELECT count(DISTINCT substr(at, 1, 10)) FROM (SELECT w.at, w.incoming, w.person_id, w.text FROM item c
        CROSS JOIN message w ON w.item_id = c.id WHERE c.person_id = p.id LIMIT {_LOOKED_AT})
        WHERE incoming = 1 AND person_id = p.id AND text != ''),
    (SELECT json_group_array(name) FROM (SELECT c.name FROM person c WHERE c.company = p.company COLLATE NOCASE
        AND c.connected = 1 AND c.id != p.id AND p.company != '' LIMIT {COLLEAGUES_NAMED + 1})),
    iif(i.last_words IS NOT NULL AND {owed("i")} IS NOT NULL, (SELECT text FROM message WHERE id = i.message_id), NULL),
    iif(g.people > 1 AND i.messages > 1, (SELECT substr(text, 1, {READ}) FROM message WHERE id = {FIRST_TEXT}), NULL),
    iif(i.messages = 1, substr(m.text, 1, {READ + 1}), NULL), {BY_KEY}, {BY_NAME}, g.people,
    iif(g.people > 1, t.twins_id, NULL)
    FROM item i JOIN person p ON p.id = i.person_id LEFT JOIN message m ON m.id = i.message_id
    LEFT JOIN twin t ON t.item_id = i.id LEFT JOIN twins g ON g.id = t.twins_id
    WHERE i.id IN ({{}}) AND i.at IS NOT NULL"""
_JUNKED = f"""SELECT DISTINCT t.person_id FROM
    (SELECT item_id, person_id FROM twin WHERE twins_id = ? LIMIT {TWINS_COUNTED}) t
    JOIN item i ON i.id = t.item_id WHERE i.state = 'junk'"""


_CLOSING, _ONLY = 14, 16  # the columns with the text of a thread that may close, and with the only message's


class Judged(NamedTuple):
    """What speaks for and against an item.

    Args:
        signals: reasons, flags and unknowns; overruled ones too, marked.
        twins: how many other senders wrote nearly the same.
        closer: that no answer is owed, since the last words close; overruled too, marked.
    """

    signals: tuple[Signal, ...] = ()
    twins: int = 0
    closer: Signal | None = None

    @property
    def told(self) -> tuple[Signal, ...]:
        """All that is told of it: the signals, and the closer."""
        return (*self.signals, self.closer) if self.closer else self.signals

    @property
    def standing(self) -> tuple[Signal, ...]:
        """The reasons and flags that were not overruled."""
        return tuple(
            signal for signal in self.signals if signal.overruled is None and signal.kind is not SignalKind.UNKNOWN
        )

    @property
    def overrulable(self) -> tuple[Signal, ...]:
        """What was found by a rule and stands: reasons, flags, and a closer."""
        return (*self.standing, *self.standing_closer)

    @property
    def standing_closer(self) -> tuple[Signal, ...]:
        """The closer, if there is one that was not overruled."""
        return (self.closer,) if self.closer and self.closer.overruled is None else ()

    @property
    def standing_flags(self) -> tuple[Signal, ...]:
        """The flags that were not overruled."""
        return tuple(signal for signal in self.standing if signal.kind is SignalKind.FLAG)


def judged(conn: sqlite3.Connection, ids: Sequence[int], interests: Interests, owner: Owner) -> dict[int, Judged]:
    """Judge a page of items; ids that are gone, or forgotten, are left out."""
    records = list(select_in(conn, _SUBJECTS, ids))
    overruled = overruled_for(conn, {record[0]: record[1] for record in records})
    junked = {twins: {who for (who,) in conn.execute(_JUNKED, (twins,))} for twins in {r[-1] for r in records if r[-1]}}
    alone = {record[0]: Written(((record[2], record[_ONLY]),)) for record in records if record[_ONLY] is not None}
    written = alone | read_written(conn, [record[0] for record in records if record[0] not in alone])
    named = named_in(conn, {id_: [text for _, text in said.messages] for id_, said in written.items()})
    found = {}
    for record in records:
        subject = _subject(record, written[record[0]], named[record[0]], owner, junked.get(record[-1], set()))
        said = overruled[record[0]]
        found[record[0]] = Judged(judge(subject, interests, said), subject.twins, _closer(record[_CLOSING], said))
    return found


def _closer(newest: str | None, overruled: Mapping[str, Scope]) -> Signal | None:
    found = closer(newest) if newest else None
    return found and found._replace(overruled=overruled.get(found.rule))


def _subject(record: Sequence[Any], written: Written, named: Sequence[str], owner: Owner, junked: set[int]) -> Subject:
    (_, person_id, _, sponsored, name, company, position, connected, connected_on, answered, invited,
     before, days, colleagues, _, first, _, by_key, by_name, people, _) = record  # fmt: skip
    twins = (people or 1) - 1
    connected_on = connected_on if connected else None
    at, text = written.newest
    return Subject(
        name=name, text=text, owner=owner, all_read=written.all_read, first=first or "",
        earlier=written.earlier(connected_on),
        sponsored=bool(sponsored), answered=bool(answered),
        you_invited=bool(invited), unanswered_days=0 if answered else days,
        minutes_connected=minutes_between(connected_on, at), twins=twins,
        twins_junked=len(junked - {person_id}),
        wrote_before=before, company=company or None, position=position or None,
        connected=None if connected is None else bool(connected), colleagues=tuple(json.loads(colleagues)),
        mutual=tuple(known for known in named if known.casefold() not in (name.casefold(), owner.name.casefold())),
        endorsed=tuple(dict.fromkeys(json.loads(by_key) or json.loads(by_name))),
        endorsed_by_name=by_key == "[]",
    )  # fmt: skip


def read_owner(conn: sqlite3.Connection) -> Owner:
    """Whose inbox it is: as imports told."""
    name = conn.execute("SELECT name FROM owner ORDER BY id LIMIT 1").fetchone()
    positions = conn.execute("SELECT detail FROM owner_fact WHERE fact = 'position'").fetchall()
    companies = (json.loads(detail).get("Company Name", "").strip() for (detail,) in positions)
    return Owner(name[0] if name else "", tuple(dict.fromkeys(filter(None, companies))))
