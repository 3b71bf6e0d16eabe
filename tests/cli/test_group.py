import fcntl
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from linkinbox import __version__
from linkinbox.actions import ACTIONS
from linkinbox.cli import COMMANDS, main
from tests.builders import ExportBuilder
from tests.cli.conftest import ROOT


def loaded_by(*args: str) -> set[str]:
    """The modules that a call of linkinbox imports."""
    program = (
        "import sys\nfrom linkinbox.cli import main\n"
        f"try:\n    main({list(args)!r})\nfinally:\n    print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.parametrize("args", [("--help",), ("-h",), ("list", "-h"), ("--version",)])
def test_help_imports_nothing_heavy(args):
    assert not loaded_by(*args) & {"textual", "sqlite3", "sqlite_utils", "dateparser", "icalendar", "platformdirs"}


def test_a_command_imports_no_other_and_no_screen(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz"), tmp_path)  # makes the store: sqlite-utils is for that alone
    loaded = loaded_by("list", "--json")
    commands = {f"linkinbox.cli.{where.partition(':')[0]}" for where in COMMANDS.values()}
    assert loaded & commands == {"linkinbox.cli.listing"}
    assert not loaded & {"textual", "sqlite_utils", "dateparser", "icalendar", "dateutil"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_in_a_sentence_what_it_does_and_how_it_is_called(name):
    command = main.get_command(click.Context(main), name)
    assert command.name == name
    assert command.get_short_help_str(60).endswith((".", "LinkedIn, or answered."))
    assert "..." not in command.get_short_help_str(60)
    assert f"linkinbox {name}" in command.epilog


def test_every_action_that_names_a_command_has_one():
    assert {action.command for action in ACTIONS if action.command} <= set(COMMANDS)
    assert all(action.command in (None, action.verb) for action in ACTIONS if action.verb)


def test_the_help_of_the_group_lists_the_exit_codes(cli):
    text = cli("--help").stdout
    assert "Exit codes" in text
    assert [name for name in COMMANDS if f"\n  {name} " not in text] == []


def test_the_version_is_told(cli):
    assert cli("--version").stdout == f"linkinbox {__version__}\n"


def test_the_store_is_named_before_or_after_the_command_or_by_the_environment(cli, tmp_path, monkeypatch):
    first, last = tmp_path / "first.db", tmp_path / "last.db"
    assert cli.json("paths")["store"] == str(tmp_path / "home" / "inbox.db")
    monkeypatch.setenv("LINKINBOX_DB", str(tmp_path / "named.db"))
    assert cli.json("--db", first, "paths")["store"] == str(first)
    assert cli.json("paths", "--db", first)["store"] == str(first)
    assert cli.json("--db", first, "paths", "--db", last)["store"] == str(last)
    assert cli.json("paths")["store"] == str(tmp_path / "named.db")


def test_a_tilde_that_no_shell_expanded_is_the_users_home(cli, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cli.json("--db", "~/x.db", "paths")["store"] == str(tmp_path / "x.db")
    monkeypatch.setenv("LINKINBOX_DB", "~/y.db")
    assert cli.json("paths")["store"] == str(tmp_path / "y.db")


def test_an_empty_name_of_a_store_is_exit_2_and_of_the_environment_as_if_not_there(cli, tmp_path, monkeypatch):
    assert "It is empty; name a file" in cli("--db", "", "list", code=2).stderr
    monkeypatch.setenv("LINKINBOX_DB", "")
    assert cli.json("paths")["store"] == str(tmp_path / "home" / "inbox.db")


@pytest.mark.parametrize(
    ("args", "code"),
    [(["list"], 0), (["show", 1], 2), (["path"], 0), (["log"], 0), (["accept", 1], 2), (["undo"], 3), (["import", "--problems"], 0)],
)  # fmt: skip
@pytest.mark.parametrize("named", ["option", "environment"])
def test_a_store_that_was_named_and_is_not_there_is_not_made(cli, tmp_path, monkeypatch, args, code, named):
    store = tmp_path / "new" / "typo.db"
    if named == "environment":
        monkeypatch.setenv("LINKINBOX_DB", str(store))
    else:
        args = ["--db", store, *args]
    result = cli(*args, code=code)
    assert result.stderr.startswith(f"There is no store at {store} so far; `linkinbox import` makes one\n")
    assert not store.parent.exists()


def test_an_inbox_that_is_not_there_yet_is_an_empty_one(cli, tmp_path):
    assert cli.json("--db", tmp_path / "none.db", "list") == []


def test_an_import_makes_the_store_that_was_named(cli, tmp_path):
    store = tmp_path / "new" / "inbox.db"
    cli("--db", store, "import", ExportBuilder().invitation("Ana Ruiz").zip(tmp_path))
    assert [row["id"] for row in cli.json("--db", store, "list")] == [1]


def test_what_makes_no_sense_is_exit_2_with_a_hint(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz"), tmp_path)
    result = cli("show", 999, code=2)
    assert result.stdout == ""
    assert result.stderr == "Error: There is no item 999\n`linkinbox list` shows the ids\n"


def test_an_unknown_command_or_option_is_exit_2(cli):
    cli("sweep", code=2)
    cli("list", "--nope", code=2)
    cli("list", "--view", "nope", code=2)


def test_a_store_of_another_program_is_exit_1(cli, tmp_path):
    other = tmp_path / "other.db"
    other.write_bytes(b"no database at all, and long enough to be read as a header of one" * 9)
    result = cli("--db", other, "list", code=1)
    assert result.stdout == ""
    assert "other.db" in result.stderr


def test_the_screen_without_a_terminal_says_what_works_there(cli):
    for args in ([], ["demo"]):
        result = cli(*args, code=2)
        assert result.stdout == ""
        assert "needs a terminal" in result.stderr
        assert "linkinbox list" in result.stderr


def test_words_that_are_no_unicode_are_taken_as_they_can_be(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz"), tmp_path)
    cli("note", 1, "caf\udce9")
    assert cli.json("list")[0]["notes"] == ["caf\ufffd"]
    cli("show", "\udce9", code=2)


def test_a_closed_pipe_ends_it_quietly(cli, tmp_path):
    export = ExportBuilder()
    for number in range(900):
        export.invitation(f"Person {number}", note="x" * 200)
    cli.fill(export, tmp_path)
    for form in ("--json", "--nl", "--csv"):
        process = cli.spawn("list", form)
        assert process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == ""
        process.wait()
        process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_behind_stdout_is_a_sentence(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz"), tmp_path)
    with Path("/dev/full").open("w") as full:
        process = cli.spawn("list", "--csv", stdout=full)
        _, told = process.communicate()
    assert process.returncode == 1
    assert told == "Error: Output: No space left on device\n"


def has_open(process: subprocess.Popen[str], path: Path) -> bool:
    links = Path(f"/proc/{process.pid}/fd").iterdir()
    return any(link.is_symlink() and link.resolve() == path.resolve() for link in links)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells what a process has open")
def test_ctrl_c_is_exit_130(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz"), tmp_path)
    with (tmp_path / "home" / "inbox.db.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = cli.spawn("accept", 1)
        while not has_open(process, Path(lock.name)):
            assert process.poll() is None
            time.sleep(0.02)
        time.sleep(0.2)  # it waits for the lock by now
        process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130
    assert told.strip() == ""
    assert cli.json("list")[0]["state"] == "new"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(cli, shell):
    script = cli("completion", shell).stdout
    assert "_LINKINBOX_COMPLETE" in script
    assert f"{shell}_complete" in script


def test_the_keys_are_those_of_the_action_table(cli):
    plain, markdown = cli("keys").stdout, cli("keys", "--markdown").stdout
    assert all(action.help in plain and action.help in markdown for action in ACTIONS)
    assert markdown.startswith("| key |")
    assert "|---" not in plain


def test_paths_make_nothing(cli, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    places = cli.json("paths")
    assert places == {
        "store": str(tmp_path / "home" / "inbox.db"),
        "calls": str(tmp_path / "home" / "calls"),
        "config": str(tmp_path / "config" / "linkinbox" / "config.toml"),
        "themes": str(tmp_path / "config" / "linkinbox" / "themes"),
        "screen": str(tmp_path / "state" / "linkinbox" / "screen.json"),
    }
    assert not (tmp_path / "home").exists()
    assert not (tmp_path / "state").exists()
    assert str(tmp_path / "home" / "inbox.db") in cli("paths").stdout


def test_without_a_word_the_store_lies_in_the_users_data_folder(cli, tmp_path):
    (tmp_path / "config" / "linkinbox" / "config.toml").unlink()
    assert cli.json("paths")["store"] == str(tmp_path / "data" / "linkinbox" / "inbox.db")


def test_what_the_configuration_gets_wrong_is_told_on_stderr(cli, tmp_path):
    (tmp_path / "config" / "linkinbox" / "config.toml").write_text("zone = 3\n")
    result = cli("list")
    assert "zone must be" in result.stderr
    assert result.stdout == ""


def test_a_configuration_that_cannot_be_read_stops_it(cli, tmp_path):
    (tmp_path / "config" / "linkinbox" / "config.toml").write_text("zone = \n")
    assert "line 1" in cli("list", code=1).stderr
