"""Marks held to a model of a few lines, by sequences of keys that nobody would think of."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from linkinbox.inbox import Inbox
from linkinbox.tui.app import LinkinboxApp
from tests.conftest import Clock
from tests.tui.conftest import AMSTERDAM, AT_THE_LIST, User

KEYS = ("j", "k", "G", "gg", "space", "space", "space", "v", "v", "*", "x", "e", "a", ".", "u", "escape", "ctrl+r")
STATES = {"x": "junk", "e": "done", "a": "accepted"}


class Model:
    """What keys do to a list that keeps its rows: where the cursor is, what is marked, what is decided."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.cursor = 0
        self.marked: set[int] = set()
        self.all = False
        self.anchor: int | None = None
        self.states = ["new"] * size
        self.last = ""
        self.done: list[list[str]] = []
        self.undone: list[list[str]] = []

    @property
    def chosen(self) -> set[int]:
        if self.anchor is None:
            return self.marked
        first, last = sorted((self.anchor, self.cursor))
        return self.marked | {*range(first, last + 1)}

    def press(self, key: str) -> None:
        match key:
            case "j" | "k" | "G" | "gg":
                to = {"j": self.cursor + 1, "k": self.cursor - 1, "G": self.size - 1, "gg": 0}[key]
                self.cursor = max(0, min(to, self.size - 1))
            case "space":
                self.marked ^= {self.cursor}
                self.cursor = min(self.cursor + 1, self.size - 1)
            case "v" if self.anchor is None:
                self.anchor = self.cursor
            case "v":
                self.marked, self.anchor = self.chosen, None
            case "*":
                self.anchor = None
                every = {at for at in range(self.size) if self.states[at] == "new"}
                are_all = every <= self.marked and (self.all or not self.marked)
                self.marked, self.all = (set(), False) if are_all else (self.marked | every, True)
            case "escape" if self.anchor is not None:
                self.anchor = None
            case "escape":
                self.marked, self.all = set(), False
            case "x" | "e" | "a":
                self.decide(key)
            case "." if self.last:
                self.decide(self.last)
            case "u" if self.done:
                self.anchor = None
                self.undone.append(self.states)
                self.states = self.done.pop()
            case "ctrl+r" if self.undone:
                self.anchor = None
                self.done.append(self.states)
                self.states = self.undone.pop()

    def decide(self, key: str) -> None:
        targets = self.chosen or {self.cursor}
        fresh = [at for at in targets if self.states[at] != STATES[key]]
        if fresh:
            self.done.append([*self.states])
            self.undone.clear()
            for at in fresh:
                self.states[at] = STATES[key]
        while self.cursor in targets and self.cursor < self.size - 1:
            self.cursor += 1
        self.last, self.marked, self.all, self.anchor = key, set(), False, None


def states_of(user: User) -> list[str]:
    sitting = user.sweep.sitting
    words = {"to-accept": "accepted", "to-reply": "accepted"}
    rows = sitting.inbox.rows(sitting.ids[:])
    return [words.get(row.state.value, row.state.value) for row in rows]


async def play(path: Path, keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    with closing(Inbox.open(path, clock=clock)) as inbox:
        app = LinkinboxApp(inbox, clock=clock, zone=AMSTERDAM, day=AT_THE_LIST)
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
            user, model = User(app, pilot), Model(len(inbox.ids(app._sitting.view)))
            for key in keys:
                monkeypatch.setattr(user.sweep, "_at_end", float("-inf"), raising=False)  # no key is held
                await user.press(*(["g", "g"] if key == "gg" else [key]))
                model.press(key)
                assert states_of(user) == model.states, key
                assert user.sweep.sitting.marked.count(user.sweep.meant()) == len(model.chosen), key
                signs = [user.sweep.sign_of(at, id_) for at, id_ in enumerate(user.sweep.sitting.ids[:])]
                assert Counter(signs)["•"] == len(model.chosen)
                if key not in {"u", "ctrl+r"}:
                    assert user.sweep.list.cursor == model.cursor, key
                else:
                    model.cursor = user.sweep.list.cursor


sequences = st.lists(st.sampled_from(KEYS), min_size=10, max_size=30)
_SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def obeys(store: Path, monkeypatch: pytest.MonkeyPatch, keys: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(shutil.copy(store, folder)), keys, monkeypatch))


@settings(max_examples=2, phases=[Phase.generate], deadline=None, suppress_health_check=_SLOW)
@given(keys=sequences)
def test_marks_ranges_decisions_and_undo_do_what_a_simple_model_says(sample_store, monkeypatch, keys: list[str]):
    obeys(sample_store, monkeypatch, keys)


@pytest.mark.soak
@settings(max_examples=60, phases=[Phase.generate], deadline=None, suppress_health_check=_SLOW)
@given(keys=sequences)
def test_they_do_so_for_a_long_time(sample_store, monkeypatch, keys: list[str]):
    obeys(sample_store, monkeypatch, keys)
