"""A sweep of five hundred items as a hand types it: the journal is exactly what was decided, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from itertools import cycle, groupby, islice
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from linkinbox.model import State, Verb, View
from tests.builders import ExportBuilder
from tests.tui.terminal_driver import Terminal

ITEMS = 500
VERBS = {"a": Verb.ACCEPT, "x": Verb.JUNK, "e": Verb.DONE}
STATES = {Verb.ACCEPT: State.TO_ACCEPT, Verb.JUNK: State.JUNK, Verb.DONE: State.DONE}
ESCAPE = "\x1b[27u"
UNDO = (Verb.UNDO, frozenset[int]())


class Hand:
    """Types into the terminal, and keeps on paper what should stand in the journal.

    Args:
        terminal: where the inbox is open.
        ids: of the items by their names, as they stand in the list.
    """

    def __init__(self, terminal: Terminal, ids: dict[str, int]) -> None:
        self._terminal = terminal
        self._ids = list(ids.values())
        self._names = list(ids)
        self.acts: list[tuple[Verb, frozenset[int]]] = []
        self.standing: list[tuple[Verb, frozenset[int]]] = []

    def types(self, keys: str) -> None:
        """Type, and wait until all of it is done."""
        self._terminal.type(keys)
        self._terminal.until_idle()

    @property
    def place(self) -> int:
        """Where the cursor is."""
        found = re.search(r"▌[ ●]*(Pat No\d+)", self._terminal.text)
        assert found, self._terminal.text
        return self._names.index(found[1])

    def decides(self, keys: str, ids: Sequence[int], verb: Verb) -> None:
        """Type what decides on these."""
        self.types(keys)
        self.acts.append((verb, frozenset(ids)))
        self.standing.append(self.acts[-1])

    def from_here(self, count: int) -> list[int]:
        """So many items from the cursor on."""
        return self._ids[self.place : self.place + count]

    def places_of(self, ids: Sequence[int]) -> list[int]:
        """Where items stand in the list."""
        return [self._ids.index(id_) for id_ in ids]

    def goes_through(self, wishes: str) -> None:
        """Decide one by one, past those that were decided on before, in one go."""
        begun, decided = self.place, {id_ for _, ids in self.standing for id_ in ids}
        keys = ""
        for id_, wish in zip(self._ids[begun:], wishes, strict=False):
            keys += "j" if id_ in decided else wish
            if id_ not in decided:
                self.acts.append((VERBS[wish], frozenset([id_])))
                self.standing.append(self.acts[-1])
        self.types(keys)
        assert self.place == min(begun + len(wishes), ITEMS - 1)

    def takes_back(self, times: int = 1) -> None:
        """Undo."""
        self.types("u" * times)
        for _ in range(times):
            self.standing.pop()
            self.acts.append(UNDO)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Five hundred invitations; some forty speak of reefers."""
    export = ExportBuilder()
    for number in range(ITEMS):
        note = "Do you know reefer containers?" if number % 12 == 5 else ""
        export.invitation(f"Pat No{number:03}", note=note)
    with closing(Inbox.open(tmp_path / "inbox.db")) as inbox:
        inbox.import_from(export.zip(tmp_path))
    return tmp_path / "inbox.db"


def sweep(hand: Hand, reefers: Sequence[int]) -> None:
    """Decide on all: one by one, by counts, a range, marks, repeats and a search, with undo in between."""
    hand.goes_through("xxaexxxaxx")
    hand.decides("5a", hand.from_here(5), Verb.ACCEPT)
    hand.takes_back()
    hand.decides("5x", hand.from_here(5), Verb.JUNK)
    hand.decides("3.", hand.from_here(3), Verb.JUNK)
    hand.takes_back(2)
    before = hand.place
    hand.types("/reefer\r*e")  # more than twenty-five are asked about
    hand.decides("y", reefers, Verb.DONE)
    hand.types(ESCAPE)
    assert hand.place == before
    new = [id_ for id_ in hand.from_here(10) if id_ not in reefers]
    hand.decides("".join("j" if id_ in reefers else " " for id_ in hand.from_here(10)) + "x", new, Verb.JUNK)
    hand.takes_back(2)
    assert hand.place == min(hand.places_of(reefers)), "the cursor is where what was taken back begins"
    hand.types(f"{before + 1}G")
    hand.decides("/reefer\r*ey", reefers, Verb.DONE)
    hand.types(ESCAPE)
    wishes = cycle("xxaexxxaxxxxeaxxxa")
    while hand.place < ITEMS - 1:
        hand.goes_through("".join(islice(wishes, 40)))


def test_a_sweep_of_five_hundred_leaves_exactly_the_journal_that_was_typed(store: Path):
    with closing(Inbox.open(store)) as inbox:
        rows = inbox.rows(inbox.ids(View.NEW)[:])
        reefers = inbox.ids(View.ALL, "reefer")[:]
    with Terminal("--db", store, columns=120, lines=40) as terminal:
        terminal.until(rows[0].person.name)
        hand = Hand(terminal, {row.person.name: row.id for row in rows})
        sweep(hand, reefers)
        terminal.type("q")
        assert terminal.end() == 0
    with closing(Inbox.open(store)) as inbox:
        by_uid = {row.uid: row.id for row in inbox.rows([row.id for row in rows])}
        log = list(reversed(inbox.log(10_000)))
        acts = [list(act) for _, act in groupby(log, key=lambda entry: entry.batch)]
        told = [(act[0].action, frozenset(by_uid[entry.uid] for entry in act if entry.uid)) for act in acts]
        assert told == hand.acts
        expected = {id_: STATES[verb] for verb, ids in hand.standing for id_ in ids}
        assert {row.id: row.state for row in inbox.rows(list(by_uid.values()))} == expected
        assert len(expected) == ITEMS
