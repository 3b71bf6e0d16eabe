"""What strangers wrote, on every screen and by every command, in a real terminal: all is seen, and nothing acts."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from linkinbox.decisions import Accept, Call, Gold
from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder, Someone
from tests.conftest import NOW, Clock
from tests.gates import few_or_all
from tests.hostile import HOSTILE
from tests.hostile_terminal import marked, marker, unseen, violations
from tests.tui.terminal_driver import RUN_EACH, Terminal

ALL = len(HOSTILE)
_PAINTED = 40  # characters: what is fewer only hides the cursor
NAMED = "\x1b]0;owned\x07\u202e[@click=app.quit]x[b]"


def besieged(folder: Path) -> Path:
    """A store in which everybody is hostile, in every field that an export has; all are gold, with notes."""
    export = ExportBuilder()
    names, texts, titles, subjects, companies, positions, rows = (marked(place, limit=120) for place in "ntescob")
    for number in range(ALL):
        who = Someone(names[number], f"hostile-{number}")
        export.message(who, texts[number], subject=subjects[number], title=titles[number], thread=f"2-{number}==")
        # A bare carriage return would end the row: here nobody is to be left out.
        told = (names[number], companies[number], positions[number])
        name, company, position = (text.replace("\r", "\n") for text in told)
        export.connection(Someone(name, who.slug), company=company, position=position)
        export.row("messages.csv", rows[number])
    store = folder / "inbox.db"
    with closing(Inbox.open(store, clock=Clock())) as inbox:
        inbox.import_from(export.zip(folder, f"{NAMED}.zip"))
        ids = inbox.ids(View.ALL)[:]
        for id_, note in zip(ids, marked("w", limit=120), strict=False):
            inbox.apply(Accept(note), [id_])
        inbox.apply(Gold(), ids)
        inbox.apply(Call(NOW.replace(year=2030), 30, "\x1b[2J"), ids[:1])
    return store


def hostile_files(folder: Path) -> Path:
    """A folder of files whose names are hostile, and which are no exports."""
    folder.mkdir()
    for name in marked("f", limit=30, in_a_name=True):
        (folder / f"{name}.csv").write_text("x")
    return folder


def hostile_export(folder: Path) -> Path:
    """An export that can be imported, with hostile names of files and rows that are not understood."""
    folder.mkdir()
    export = ExportBuilder().invitation("Ana Ruiz")
    for name, row in zip(marked("m", limit=30, in_a_name=True), marked("r"), strict=True):
        export.raw(f"{name}.csv", "x").row("Invitations.csv", row)
    return export.zip(folder, f"{NAMED}.zip")


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("siege")
    besieged(folder)
    hostile_files(folder / "files")
    hostile_export(folder / "export")
    return folder


class Sitting:
    """Types keys, and reads what they bring until it is all there."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.places = 0

    def keys(self, *keys: str, rest: float = 0.06) -> None:
        """Type keys one by one, each when what the one before brought is painted: of a burst only the end is."""
        for key in keys:
            begun, deadline = len(self._terminal.written), monotonic() + 0.5
            self._terminal.type(key)
            while len(self._terminal.written) < begun + _PAINTED and monotonic() < deadline:
                self._terminal.settle(0.02)
            self._terminal.settle(rest)

    def shows(self, place: str, *keys: str, each: int = 1) -> None:
        """Hold that every string of a place, or each so-many-th, is shown on the way of these keys.

        A busy machine may skip what is gone again before it is painted; then the same way is gone more slowly.
        """
        begun = len(self._terminal.written)
        for rest in (0.06, 0.3, 1):
            self.keys(*keys, rest=rest)
            self._terminal.settle(0.3)
            missing = unseen(place, self._terminal.written[begun:], each=each)
            if not missing:
                break
        assert missing == [], f"{place}: {missing}"
        self.places += 1

    def cards(self, places: str, *, each: int) -> None:
        """Show each so-many-th card in full, and wait for what is on it."""
        for number in range(ALL - 1, -1, -each):
            for place in places:
                self._terminal.until_written(marker(place, number))
            self._terminal.type(f"{each}j")
        self.places += len(places)


def sit_through(terminal: Terminal, folder: Path, *, each: int) -> int:
    """Go through every screen; returns in how many places strings were seen."""
    sitting = Sitting(terminal)
    page, down, escape, enter = "\x1b[6~", "\x1b[B", "\x1b[27u", "\r"  # a bare one before a letter would be Alt
    terminal.until_written("path to gold")
    sitting.shows("n", "ga", "gg", page, page, "G")
    sitting.shows("t", "gg", page, page, "G", "gg")
    sitting.cards("tesco", each=each)
    sitting.keys("gg", enter, escape)
    sitting.keys("P")
    sitting.shows("n", "gg", page, page, "G")
    sitting.keys("gg", "j", enter, "q", "q")
    sitting.shows("n", "/", "\x15", "zq", enter, "gg", page, page, "G", escape)
    for number, raw in list(enumerate(marked("d", limit=24)))[::each]:
        begun = len(terminal.written)
        for typed, told in (
            ("n", "Enter writes it down"), (f"\x1b[200~{raw}\x1b[201~", marker("d", number)), (enter, "Noted on"),
        ):  # fmt: skip
            terminal.type(typed)
            terminal.until_written(told, after=begun)
    sitting.places += 1
    sitting.keys(":", escape, "?", escape, "c", escape)
    sitting.keys("\x0f")
    sitting.shows("f", "\x15", f"{folder / 'files'}/", *[down * 9] * (ALL // 9 + 1))
    begun = len(terminal.written)
    sitting.keys(enter)
    terminal.until_written("none of the tables", after=begun)
    sitting.keys("\x15", f"{folder / 'export'}/", down, enter)
    terminal.until_written("not understood", after=begun)
    sitting.shows("m", *[page] * 4, *["\x1b[5~"] * 4)
    sitting.keys("q", "u", "q")
    return sitting.places


@pytest.mark.parametrize("each", few_or_all(12, 1))
def test_nothing_a_stranger_wrote_acts_on_a_terminal(siege: Path, tmp_path: Path, each: int, gate):
    store = shutil.copy(siege / "inbox.db", tmp_path / "inbox.db")
    with Terminal("--db", store, columns=150, lines=60) as terminal:
        places = sit_through(terminal, siege, each=each)
        assert terminal.end() == 0
    assert violations(terminal.written) == []
    many = f"{ALL} strings" if each == 1 else f"{ALL} strings (of cards each {each}th)"
    gate(1, "no stranger's byte acts", f"{many} on {places} kinds of places of the screen: 0 violations, all seen")


def commands_on(siege: Path, *, each: int) -> list[list[str]]:
    """Every command that shows what a stranger, or the person who pasted it, wrote."""
    listed = [["list", "--view", view, "--limit", "1000"] for view in ("all", "gold", "calls")]
    shown = [["show", str(number)] for number in range(1, ALL + 1, each)]
    failing = [["import", str(path)] for path in sorted((siege / "files").iterdir())[::each]]
    return [
        *listed, *shown, *failing, *([*command, "--json"] for command in (listed[0], shown[0], failing[0])),
        ["list", "zq", "--csv"], ["list", "\x1b[2J\x9b"], ["log", "--limit", "1000"], ["log", "--json"], ["path"],
        ["import", str(next((siege / "export").iterdir()))], ["import", "--problems", "--limit", "1000"],
        ["note", "1", "\x1b[2Jnoted"], ["gold", "1", "--off"], ["undo"], ["redo"], ["accept", "\x1b[2J"],
        ["hold", "2", "--until", "\x1b[2J"], ["call", "3", "--at", "2030-12-01 15:00", "--note", "\x9b2J"],
        ["export", str(siege / "\x1b[2J.zip")], ["export", "--force", str(siege / f"{NAMED}.csv")],
        ["\x1b[2Jcommand"], ["list", "--\x1b[2J"], ["list", "--view", "\x1b[2J"], ["paths"], ["--db", "\x1b[2J", "paths"],
        ["doctor"], ["doctor", "--json"], ["backup", str(siege / "\x1b[2J.db")], ["backup", "--list"],
        ["restore", "\x1b[2J"], ["forget", "\x1b[2J"], ["forget", "4", "--yes"], ["rules"], ["rules", "off", "\x1b[2J"],
        ["overrule", "5", "\x1b[2J"],
    ]  # fmt: skip


def run_commands(siege: Path, store: Path, *, each: int) -> int:
    """Run them all in a terminal; returns how many."""
    commands = commands_on(siege, each=each)
    asked = [sys.executable, "-c", RUN_EACH, json.dumps(commands)]
    with Terminal(command=asked, environ={"LINKINBOX_DB": str(store)}, columns=200, lines=60) as terminal:
        terminal.end()
    for place, every in (("n", 1), ("t", 1), ("e", each), ("s", each), ("c", each), ("o", each), ("w", 1), ("f", each)):
        assert unseen(place, terminal.written, each=every) == [], place
    assert unseen("b", terminal.written) == unseen("r", terminal.written) == []
    assert "Traceback" not in terminal.written
    assert violations(terminal.written.replace("\t", " ")) == []  # a tab of a table may stay
    return len(commands)


@pytest.mark.parametrize("each", few_or_all(12, 1))
def test_nor_does_it_by_any_command(siege: Path, tmp_path: Path, each: int, gate):
    store = Path(shutil.copy(siege / "inbox.db", tmp_path / "inbox.db"))
    count = run_commands(siege, store, each=each)
    gate(1, "nor by a command", f"{ALL} strings through {count} commands in a terminal: 0 violations, all seen")
