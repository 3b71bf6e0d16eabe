"""The editor and pipes: programs of the user's that have the terminal for a while, and what comes back."""

from __future__ import annotations

import json
import signal
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.config import Day
from linkinbox.errors import LinkinboxError
from linkinbox.inbox import Inbox
from linkinbox.model import Item, View
from linkinbox.pipes import Pipe
from linkinbox.programs import Capture, editor, run_here
from tests.tui.conftest import Sit, press
from tests.tui.terminal_driver import Terminal

# Takes the whole screen, as vi does, shows what it edits, and waits for a key that says how to end.
EDITOR = """
import os, signal, sys, termios, tty
path = sys.argv[-1]
text = open(path).read()
before = termios.tcgetattr(0)
tty.setcbreak(0)
signal.signal(signal.SIGINT, signal.SIG_DFL)
sys.stdout.write(f"\\x1b[?1049h\\x1b[2J\\x1b[HEDITING [{text.strip()}] {oct(os.stat(path).st_mode)[-3:]}")
sys.stdout.flush()
open(os.environ["SEEN"], "w").write(path)
while True:
    key = os.read(0, 1)
    if key == b"w":
        open(path, "w").write(text.strip() + " and\\n\\n  more lines\\x1b]0;owned\\x07\\n")
    elif key == b"e":
        open(path, "w").write(" \\n")
    elif key == b"k":
        open(path, "w").write("half of it")
        os.kill(os.getpid(), signal.SIGKILL)
    elif key == b"f":
        sys.exit(7)
    if key in b"weq":
        break
termios.tcsetattr(0, termios.TCSADRAIN, before)
sys.stdout.write("\\x1b[?1049l")
"""


@pytest.fixture
def seen(tmp_path: Path) -> Path:
    """Where the editor writes down which file it was given."""
    return tmp_path / "seen"


@pytest.fixture
def at_the_list(store: Path, tmp_path: Path, seen: Path) -> Callable[..., Terminal]:
    program = tmp_path / "full screen editor.py"
    program.write_text(EDITOR)

    def start(config: str = "", **environ: str) -> Terminal:
        folder = tmp_path / "config"
        (folder / "linkinbox").mkdir(parents=True)
        (folder / "linkinbox" / "config.toml").write_text(f"[today]\nat_start = false\n{config}")
        usual = {"EDITOR": f"'{sys.executable}' '{program}' -w", "VISUAL": None, "SEEN": str(seen)}
        terminal = Terminal("--db", store, config=folder, environ={**usual, **environ})
        terminal.until("Mira Novak")
        terminal.until_idle()
        return terminal

    return start


def newest(store: Path) -> Item:
    with closing(Inbox.open(store)) as inbox:
        return inbox.item(inbox.ids(View.NEW)[0])


def begun(store: Path) -> str:
    with closing(Inbox.open(store)) as inbox:
        return inbox.note_begun(inbox.ids(View.NEW)[0])


def back_and_quit(terminal: Terminal) -> None:
    """The screen is whole again, takes keys, and leaves the terminal as it was."""
    terminal.until("data of")
    terminal.type("jk")
    terminal.until_idle()
    terminal.type("\x11")
    assert terminal.end() == 0
    assert (terminal.termios(), terminal.modes_left_on()) == (terminal.termios_before, set())
    assert "Traceback" not in terminal.written


def test_a_note_begun_in_the_prompt_goes_on_in_the_editor_and_its_lines_become_one(
    at_the_list, store: Path, seen: Path
):
    with at_the_list() as terminal:
        terminal.type("n")
        terminal.until("ctrl+e: editor")
        terminal.type("worth it")
        terminal.until("worth it")
        terminal.type("\x05")
        terminal.until("EDITING [worth it] 600")
        file = Path(seen.read_text())
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        terminal.type("w")
        terminal.until("Noted on LinkedIn Member")
        assert not file.parent.exists()
        back_and_quit(terminal)
    assert newest(store).notes == ("worth it and more lines\x1b]0;owned\x07",)
    assert "\x1b]0;owned" not in terminal.written
    assert begun(store) == ""


def test_whatever_becomes_of_the_editor_no_word_is_lost(at_the_list, store: Path):
    with at_the_list() as terminal:
        terminal.type("n")
        terminal.until("why, in one line")
        terminal.type("worth it\x1b")
        terminal.until_idle()
        for key, told, kept in [
            ("q", "Not saved in the editor: kept as begun", "worth it"),
            ("f", "ended with exit code 7; the note is kept as begun", "worth it"),
            ("\x03", "ended by SIGINT; the note is kept as begun", "worth it"),
            ("k", "was ended by SIGKILL; the note is kept as begun", "half of it"),
        ]:
            terminal.type("\x05")
            terminal.until("EDITING [worth it]")
            terminal.type(key)
            terminal.until(told)
            terminal.until_idle()
            assert (newest(store).notes, begun(store)) == ((), kept)
        terminal.type("\x05")
        terminal.until("EDITING [half of it]")
        terminal.type("e")
        terminal.until("Nothing was noted")
        back_and_quit(terminal)
    assert (newest(store).notes, begun(store)) == ((), "")


@pytest.mark.parametrize(
    ("set_", "told"),
    [
        ("", "No editor is set"),
        ("no-such-editor -w", "no-such-editor did not start"),
        pytest.param("vi 'x", "EDITOR is not understood", marks=pytest.mark.soak),
    ],
)
def test_without_an_editor_that_is_said_and_the_words_are_kept(at_the_list, store: Path, set_: str, told: str):
    with at_the_list(EDITOR=set_) as terminal:
        terminal.type("n")
        terminal.until("why, in one line")
        terminal.type("worth it")
        terminal.until("worth it")
        terminal.type("\x05")
        terminal.until(told)
        back_and_quit(terminal)
    assert begun(store) == "worth it"


def test_the_terminal_is_gone_while_the_editor_has_it(at_the_list, store: Path):
    with at_the_list() as terminal:
        terminal.type("n")
        terminal.until("why, in one line")
        terminal.type("worth it")
        terminal.until("worth it")
        terminal.type("\x05")
        terminal.until("EDITING [worth it]")
        terminal.send_signal(signal.SIGTERM)
        assert terminal.end() == 143
        assert (terminal.termios(), terminal.modes_left_on()) == (terminal.termios_before, set())
    assert begun(store) == "worth it"


# ── pipes ──


def pipe(*command: str, **more: str) -> str:
    settings = "".join(f"{name} = {json.dumps(value)}\n" for name, value in more.items())
    return f"[[pipe]]\ncommand = {json.dumps(command)}\n{settings}"


READER = "import sys; text = sys.stdin.read(); print('\\x1b[2JREAD', len(text), text.split('\\n')[0]); open('/dev/tty').readline()"


def test_a_full_screen_program_has_the_terminal_and_the_screen_comes_back(at_the_list):
    with at_the_list(pipe(sys.executable, "-c", READER, name="Reader")) as terminal:
        terminal.type("|")
        terminal.until("READ")
        terminal.until("LinkedIn Member")
        terminal.type("\n")
        terminal.until("went to Reader")
        back_and_quit(terminal)


def test_of_several_one_is_chosen_by_its_digit_and_what_it_prints_is_shown_safely(at_the_list):
    cat = "import sys, json; item = json.load(sys.stdin); print('\\x1b]0;owned\\x07kind:', item['kind'])"
    two = pipe("false") + pipe(sys.executable, "-c", cat, name="Kind", form="json", output="show")
    with at_the_list(two) as terminal:
        terminal.type("|")
        terminal.until("1 false · 2 Kind")
        terminal.type("2")
        terminal.until("kind: conversation")
        terminal.type("q")
        terminal.until("Mira Novak")
        terminal.type("|")
        terminal.until("1 false")
        terminal.type("1")
        terminal.until("false ended with exit code 1")
        back_and_quit(terminal)
    assert "\x1b]0;owned" not in terminal.written


def test_all_that_is_marked_goes_to_it_texts_apart_and_objects_each_on_its_line(at_the_list):
    count = "import sys, json; print('people:', *[json.loads(line)['person']['name'] for line in sys.stdin])"
    rules = "import sys; print('rules:', sum(line.startswith('───') for line in sys.stdin))"
    two = pipe(sys.executable, "-c", count, name="J", form="json", output="show")
    two += pipe(sys.executable, "-c", rules, name="T", output="show")
    with at_the_list(two) as terminal:
        terminal.type("  |1")
        terminal.until("people: LinkedIn Member Mira Novak")
        terminal.type("q|2")
        terminal.until("rules: 1")
        terminal.type("q")
        terminal.until("2 marked")
        back_and_quit(terminal)


def test_one_that_never_ends_is_stopped_by_esc_or_by_leaving(at_the_list):
    with at_the_list(pipe("sleep", "600", output="show")) as terminal:
        terminal.type("|")
        terminal.until("sleep is running; Esc stops it")
        terminal.type("\x1b")
        terminal.until("sleep was stopped")
        terminal.type("|")
        terminal.until("sleep is running")
        back_and_quit(terminal)


def showing(name: str, program: str) -> Day:
    """A pipe to a program in Python, whose output is shown."""
    return Day(at_start=False, pipes=(Pipe(name, (sys.executable, "-c", program), output="show"),))


SLEEP = showing("Slow", "import time; time.sleep(600)")


@pytest.mark.parametrize("before", [["g", "s"], ["g", "s", "space"], ["v"], ["/", *"hamburg", "enter"]])
async def test_the_pipe_that_runs_is_what_esc_stops_first(sit: Sit, before: list[str]):
    async with sit(day=SLEEP) as user:
        await user.press(*before)
        await user.press("|")
        assert user.status == "Slow is running; Esc stops it"
        shown, marks = user.names, user.sweep._marked_words()
        await user.press("escape")
        await user.until(lambda: user.sweep._capture is None)
        assert user.status.endswith("was stopped")
        assert (user.app.screen, user.names, user.sweep._marked_words()) == (user.sweep, shown, marks)


@pytest.fixture
def held_back(tmp_path: Path) -> tuple[Day, Path]:
    """A pipe that prints as soon as there is a file."""
    file = tmp_path / "go on"
    program = f"import os, time\nwhile not os.path.exists({str(file)!r}): time.sleep(0.01)\nprint('here it is')"
    return showing("Slow", program), file


async def test_what_it_prints_waits_while_something_is_typed(sit: Sit, held_back: tuple[Day, Path]):
    day, file = held_back
    async with sit(day=day) as user:
        await user.press("|")
        await user.type("nmet in ")
        file.touch()
        await user.until(lambda: user.status == "Slow is ready: | shows it")
        await user.type("Hamburg x\n")
        inbox = user.sweep.sitting.inbox
        assert [*inbox.notes_of(inbox.ids(View.ALL)[:]).values()] == [["met in Hamburg x"]]
        assert user.app.screen is user.sweep
        await press(user, "j", "|")
        assert user.screen.splitlines()[0].strip() == "Slow: LinkedIn Member"
        assert "here it is" in user.screen
        await press(user, "escape")
        file.unlink()
        await user.press("|")
        assert user.status == "Slow is running; Esc stops it", "what was shown is not shown again"


@pytest.mark.parametrize("meanwhile", [["?"], ["x"], ["g"]])
async def test_it_takes_no_key_from_who_went_on(sit: Sit, held_back: tuple[Day, Path], meanwhile: list[str]):
    day, file = held_back
    async with sit(day=day) as user:
        await press(user, "|", *meanwhile)
        front = user.app.screen
        file.touch()
        await user.until(lambda: user.sweep._capture is None)
        assert user.app.screen is front
        assert user.status == "Slow is ready: | shows it"


async def test_it_is_shown_at_once_to_who_waits(sit: Sit, held_back: tuple[Day, Path]):
    day, file = held_back
    async with sit(day=day) as user:
        await user.press("x", "|")
        file.touch()
        await user.until(lambda: "here it is" in user.screen)
        assert user.status == ""


async def test_without_one_it_says_what_to_write_and_where(sit: Sit):
    async with sit() as user:
        await user.press("|")
        assert user.status == 'No pipe is set: in config.toml, [[pipe]] and below it command = ["less", "-R"]'


async def test_the_palette_offers_them_by_name(sit: Sit):
    async with sit(day=Day(at_start=False, pipes=(Pipe("Read", ("less",)), Pipe("Kind", ("cat",))))) as user:
        assert [command.name for command in user.sweep.commands()][-2:] == ["Pipe to: Read", "Pipe to: Kind"]


async def test_a_window_in_a_browser_has_no_terminal_to_give_away(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EDITOR", "true")
    async with sit(day=Day(at_start=False, pipes=(Pipe("Read", ("less",)),))) as user:
        await user.press("ctrl+e")
        assert user.status.startswith("There is no terminal here that true could have")
        await user.press("|")
        assert user.status.startswith("There is no terminal here that less could have")


# ── what runs, without a screen ──


def test_the_editor_is_split_as_a_shell_would_and_no_shell_sees_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", "code -w '/a b'; rm $HOME")
    assert editor() == ["code", "-w", "/a b;", "rm", "$HOME"]
    monkeypatch.setenv("VISUAL", "vim")
    assert editor() == ["vim"]


def test_endless_output_is_cut_and_its_program_ended():
    printed = Capture([sys.executable, "-c", "while True: print('y' * 1000)"], b"").run()
    assert printed.cut
    assert len(printed.text) == 1_000_000


def test_one_that_takes_too_long_is_ended_with_all_that_it_started():
    with pytest.raises(LinkinboxError, match="took more than"):
        Capture(["sh", "-c", "sleep 600 & sleep 600"], b"", seconds=0.2).run()


def test_one_that_reads_nothing_is_no_failure():
    assert Capture(["true"], b"x" * 10_000_000).run().text == ""
    run_here(["true"], given=b"x" * 10_000_000)


def test_why_it_failed_is_told_in_its_own_last_words():
    with pytest.raises(LinkinboxError, match="sh ended with exit code 3: it is broken"):
        Capture(["sh", "-c", "echo first; echo it is broken >&2; exit 3"], b"").run()


@pytest.mark.parametrize("command", [["/nowhere/program"], ["a\0b"], ["/tmp"]])
def test_one_that_does_not_start_is_told(command: list[str]):
    with pytest.raises(LinkinboxError, match="did not start"):
        Capture(command, b"").run()
    with pytest.raises(LinkinboxError, match="did not start"):
        run_here(command)


# ── ctrl+c ──


async def test_ctrl_c_leaves_a_prompt_and_keeps_the_draft(sit: Sit):
    async with sit() as user:
        await user.type("nworth it")
        await user.press("ctrl+c", "j")
        assert (user.prompt, user.under_cursor) == (None, "Mira Novak")
        await user.press("k", "n")
        assert user.prompt == "worth it"


async def test_ctrl_c_leaves_a_search_as_esc_does(sit: Sit):
    async with sit() as user:
        before = user.names
        await user.type("/hamburg")
        await user.press("ctrl+c")
        assert (user.names, user.prompt) == (before, None)


async def test_end_goes_to_the_end_of_a_note_and_ctrl_e_of_any_other_line(sit: Sit):
    async with sit() as user:
        await user.type("nab")
        await user.press("home", "x", "end", "y")
        assert user.prompt == "xaby"
        await user.press("escape")
        await user.type("/ab")
        await user.press("home", "x", "ctrl+e", "y")
        assert user.prompt == "xaby"
