"""``linkinbox sweep --plain`` as a process: pipes, poor terminals, signals, and what strangers wrote."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder, Someone
from tests.gates import Gate, few_or_all
from tests.hostile_terminal import marked, marker, violations
from tests.tui.terminal_driver import Terminal

ROOT = Path(__file__).parent.parent.parent
POOR = {"LANG": "C", "LC_ALL": "", "TERM": "dumb"}
ITEMS = 40


def make_store(folder: Path, export: ExportBuilder) -> Path:
    store = folder / "home" / "inbox.db"
    with closing(Inbox.open(store)) as inbox:
        inbox.import_from(export.zip(folder))
    return store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    export = ExportBuilder()
    for number in range(ITEMS):
        export.invitation(f"Zoë Person {number:02}", note=f"We met {number} times in Porto" if number % 2 else "")
    return make_store(tmp_path, export)


def command(store: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "linkinbox", "--db", str(store), "sweep", "--plain", *more]


def environ(folder: Path, **more: str) -> dict[str, str]:
    homes = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "STATE")}
    return {**os.environ, **homes, "PYTHONPATH": str(ROOT), "TZ": "UTC", **POOR, **more}


def sweep(store: Path, answers: str, *more: str, code: int = 0, **env: str) -> str:
    """What is said to answers from a pipe."""
    done = subprocess.run(
        command(store, *more), input=answers.encode(), capture_output=True, check=False, timeout=60,
        env=environ(store.parent, **env),
    )  # fmt: skip
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    return done.stdout.decode()


def journal(store: Path) -> list[tuple[str, int]]:
    """What stands, oldest first: what was done, and the number of the person."""
    with closing(Inbox.open(store)) as inbox:
        entries = [entry for entry in reversed(inbox.log(1_000)) if not entry.undone and entry.person]
        return [(entry.action.value, int(entry.person.name[-2:])) for entry in entries if entry.person]


def test_a_scripted_sweep_leaves_exactly_the_expected_journal(store: Path, gate: Gate):
    """Those with a note come first, the newest first in each."""
    order = [n for n in reversed(range(ITEMS)) if n % 2] + [n for n in reversed(range(ITEMS)) if not n % 2]
    answers: list[str] = []
    expected: list[tuple[str, int]] = []
    for place, number in enumerate(order):
        match place % 8:
            case 0:
                answers += ["a"]
                expected += [("accept", number)]
            case 1:
                answers += ["h", "what?", "in 2 weeks"]
                expected += [("hold", number)]
            case 2:
                answers += ["n", "met in Porto", "A", "harbours"]
                expected += [("note", number), ("accept", number)]
            case 3:
                answers += ["x", "u", "e"]
                expected += [("done", number)]
            case 4:
                answers += ["c", "", "c", "in 3 days", "+", "j"]
                expected += [("call", number), ("gold", number)]
            case _:
                answers += ["x"]
                expected += [("junk", number)]
    said = sweep(store, "".join(f"{answer}\n" for answer in answers))
    assert journal(store) == expected
    assert said.isascii()
    assert "Junked Zoe Person 29 - u undoes.\n" in said
    assert f"{ITEMS} " in said
    assert "The end of this sweep.\n" in said
    keys = sum(len(answer) + 1 for answer in answers)
    gate(
        18,
        "sweep --plain, LANG=C, a pipe",
        f"{ITEMS} items: journal as expected, 0 ESC, {keys / ITEMS:.1f} keys an item",
    )
    assert sweep(store, "2u\nredo\n").count("Taken back: ") == 2


def test_one_key_and_enter_are_enough_for_an_item(store: Path):
    sweep(store, "xxx\n" + "x\na\ne\n" * 13 + "x\nq\n")
    assert len(journal(store)) == ITEMS


def test_yes_is_stopped(store: Path):
    said = sweep(store, "x\n" * 100_000, code=1)
    assert "was answered 25 times in a row" in said
    assert len(journal(store)) == 25
    sweep(store, "x\n" * 15, "--yes")
    sweep(store, "u\n" * 16 + "gs\n40x\n", "--yes")
    assert len(journal(store)) == ITEMS


def test_the_end_of_the_input_leaves_a_draft(store: Path):
    assert "Kept as a note that is begun on Zoe Person 39" in sweep(store, "n\nwe met at th")
    assert journal(store) == []
    sweep(store, "n\n.\n")
    assert journal(store) == [("note", 39)]


def test_marks_from_a_pipe_are_one_act_and_asked_about_above_25(store: Path):
    said = sweep(store, "3Space\nj\n \nx\n")
    assert "Marked Zoe Person 39 and 2 more.\n" in said
    assert "4 marked. For what is marked: a accept, x junk, e done, h hold, Esc unmark, ? help:\n" in said
    assert "Junked Zoe Person 39 and 3 more - u undoes.\n" in said
    assert sorted(journal(store)) == [("junk", 31), ("junk", 35), ("junk", 37), ("junk", 39)]
    sweep(store, "u\n*\nx\n.\n")
    assert journal(store) == [], "neither the end of the input nor another line is a yes"
    sweep(store, "*\nh\nin 2 wee")
    assert journal(store) == [], "a time without its Enter is no answer"
    assert "40 marked. Go on?\n" in sweep(store, "*\ne\n", code=1)
    sweep(store, "*\ne\n", "--yes")
    assert len(journal(store)) == ITEMS


def test_nothing_imported_is_said(tmp_path: Path):
    assert sweep(tmp_path / "inbox.db", "x\n") == "Nothing was imported so far: linkinbox import SOURCE\n"


def test_bytes_that_are_no_letters_decide_nothing(store: Path):
    done = subprocess.run(
        command(store), input=b"\xff\xfe\n\x00x\n\x1b[A\nn\n\xff\xc3\n", capture_output=True, check=False,
        env=environ(store.parent),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert journal(store) == [("note", 39)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_it_with_its_own_exit_code(store: Path, number: signal.Signals):
    with subprocess.Popen(
        command(store), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environ(store.parent),
    ) as running:  # fmt: skip
        assert running.stdin
        assert running.stdout
        running.stdin.write("x\n")
        running.stdin.flush()
        while "2 of 40" not in (line := running.stdout.readline()):
            assert line
        while not running.stdout.readline().startswith("a accept"):
            pass
        running.send_signal(number)
        _, told = running.communicate(timeout=30)
    assert running.returncode == 128 + number
    assert "Traceback" not in told
    assert journal(store) == [("junk", 39)]


def test_a_reader_that_does_not_read_keeps_no_signal_away(store: Path):
    (store.parent / "answers").write_text("?\nw\n" * 1_000)
    with (store.parent / "answers").open() as answers, subprocess.Popen(
        command(store), stdin=answers, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ(store.parent)
    ) as running:  # fmt: skip
        assert running.stdout
        os.read(running.stdout.fileno(), 1)  # it talks
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 128 + signal.SIGTERM


def test_a_reader_that_has_seen_enough_ends_it_quietly(store: Path):
    script = f"yes j | {' '.join(command(store, '--yes'))} 2>{store.parent}/err | head -n 3"
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=False, env=environ(store.parent))
    assert len(done.stdout.splitlines()) == 3
    assert (store.parent / "err").read_bytes() == b""


@pytest.mark.parametrize("columns", few_or_all(40, 200))
def test_a_dumb_terminal_is_asked_line_by_line(store: Path, columns: int):
    env = {**environ(store.parent), "LANG": "C.UTF-8"}
    with Terminal(command=command(store), environ=env, columns=columns) as terminal:
        terminal.until_written("q quit: ")
        for typed in ("h\r", "\x03", "x\r", "n\r", "we met at th\x04\x04"):
            terminal.until_idle()
            terminal.type(typed)
        assert terminal.end() == 0
    assert "\x1b" not in terminal.written
    assert "Left; nothing was done. ctrl+c again quits." in " ".join(terminal.written.split())
    assert "Junked Zoë Person 39 — u undoes." in terminal.written
    said = [line for line in terminal.written.split("\r\n") if not line.endswith("we met at th")]
    assert max(map(len, said)) < columns
    assert journal(store) == [("junk", 39)]
    with closing(Inbox.open(store)) as inbox:
        assert inbox.note_begun(inbox.ids(View.SWEEP)[0]) == "we met at th"


def test_ctrl_c_twice_quits_a_terminal(store: Path):
    with Terminal(command=command(store), environ=environ(store.parent)) as terminal:
        terminal.until_written("q quit: ")
        terminal.type("\x03")
        terminal.until_written("ctrl+c again quits.")
        terminal.type("\x03")
        assert terminal.end() == 130


def test_a_terminal_that_goes_away_takes_nothing_with_it(store: Path):
    with Terminal(command=command(store), environ=environ(store.parent)) as terminal:
        terminal.until_written("q quit: ")
        terminal.type("x\r")
        terminal.until_written("2 of 40")
        terminal.hang_up()
        assert terminal.end() == 128 + signal.SIGHUP
    assert journal(store) == [("junk", 39)]


def test_a_screen_that_cannot_be_drawn_names_the_plain_sweep(store: Path):
    argv = [sys.executable, "-m", "linkinbox", "--db", str(store)]
    with Terminal(command=argv, environ=environ(store.parent)) as terminal:
        assert terminal.end() == 2
    assert "linkinbox sweep --plain" in terminal.written


@pytest.mark.parametrize("more", [["Ana"], ["--limit", "3"]])
def test_words_and_a_limit_are_for_the_plain_sweep(store: Path, more: list[str]):
    argv = [argument for argument in command(store, *more) if argument != "--plain"]
    done = subprocess.run(argv, capture_output=True, check=False, env=environ(store.parent))
    assert done.returncode == 2
    assert b"--plain" in done.stderr


@pytest.mark.parametrize("lang", few_or_all("C.UTF-8", "C"))
def test_what_strangers_wrote_acts_on_nothing(tmp_path: Path, lang: str, gate: Gate):
    names, texts, titles, subjects, companies = (marked(place, limit=120) for place in "ntesc")
    export = ExportBuilder()
    for number, (name, text, title, subject) in enumerate(zip(names, texts, titles, subjects, strict=True)):
        export.message(Someone(name, f"h-{number}"), text, subject=subject, title=title, thread=f"2-{number}==")
        export.connection(
            Someone(name.replace("\r", "\n"), f"h-{number}"), company=companies[number].replace("\r", "\n")
        )
    store = make_store(tmp_path, export)
    said = sweep(store, "w\n=\nn\n\x1b[31m\u202e!\ny\nj\n" * len(names) + "q\n", "--view", "all", LANG=lang)
    assert violations(said) == []
    for place in "ntc":
        missing = [number for number in range(len(names)) if marker(place, number) not in said]
        assert missing == [], place
    gate(1, f"sweep --plain, LANG={lang}", f"{len(names)} hostile strings in 5 fields: 0 act")


def test_it_loads_no_screen():
    script = (
        "import linkinbox.plain.running, linkinbox.plain.conversation, linkinbox.cli.sweeping, sys; print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not {name.split(".")[0] for name in loaded.split()} & {"textual", "rich", "dateparser", "sqlite_utils"}
    assert not [name for name in loaded.split() if name.startswith("linkinbox.tui")]
