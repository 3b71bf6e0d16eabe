"""``linkinbox config``: the file is made, opened in the user's editor, and checked."""

from __future__ import annotations

import json
import stat
import sys
import tomllib
from pathlib import Path

import pytest

from linkinbox.config.example import example
from tests.cli.conftest import Cli


@pytest.fixture
def file(home: Path) -> Path:
    return home / "config" / "linkinbox" / "config.toml"


@pytest.fixture
def editor(home: Path, monkeypatch: pytest.MonkeyPatch):
    """An editor that runs a script of Python on the path that it is given, and is called with an argument of its own."""

    def set_(script: str, name: str = "EDITOR") -> None:
        program = home / "an editor.py"
        program.write_text(
            f"import sys\nfrom pathlib import Path\nassert sys.argv[1] == '-w'\nfile = Path(sys.argv[2])\n{script}\n"
        )
        monkeypatch.setenv(name, f"'{sys.executable}' '{program}' -w")

    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    return set_


def test_one_that_is_not_there_is_made_of_the_example_for_its_owner_alone(cli: Cli, file: Path, editor):
    file.unlink()
    file.parent.rmdir()
    editor("assert file.read_text()")
    assert "all of it is understood. It holds from the next start on" in cli("config").stderr
    assert file.read_text() == example()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_one_that_is_there_is_opened_as_it_is_and_checked_afterwards(cli: Cli, file: Path, editor):
    file.write_text("zone = 'Asia/Tokyo'\n")
    editor("file.write_text(file.read_text() + 'zones = 3\\n')")
    assert "config.toml, line 2: there is no setting zones; did you mean zone?" in cli("config").stderr
    assert file.read_text() == "zone = 'Asia/Tokyo'\nzones = 3\n"


def test_what_is_no_toml_is_opened_too(cli: Cli, file: Path, editor):
    file.write_text("[today\n")
    editor("file.write_text('[today]\\n')")
    assert "all of it is understood" in cli("config").stderr


def test_visual_goes_before_editor(cli: Cli, editor, file: Path):
    editor("file.write_text('selectivity = false\\n')", "VISUAL")
    cli("config")
    assert file.read_text() == "selectivity = false\n"


def test_a_link_to_nowhere_makes_what_it_leads_to(cli: Cli, file: Path, home: Path, editor):
    file.unlink()
    file.symlink_to(home / "dotfiles.toml")
    editor("pass")
    cli("config")
    assert (home / "dotfiles.toml").read_text() == example()


def test_without_an_editor_it_says_where_the_file_is_and_what_to_set(cli: Cli, file: Path, editor):
    told = cli("config", code=2).stderr
    assert f"No editor is set, and the settings lie in {file}" in told
    assert "Set EDITOR in your shell" in told


@pytest.mark.parametrize(
    ("script", "told"),
    [("sys.exit(3)", "ended with exit code 3"), ("import os; os.kill(os.getpid(), 9)", "was ended by SIGKILL")],
)
def test_an_editor_that_fails_is_told(cli: Cli, editor, script: str, told: str):
    editor(script)
    assert told in cli("config", code=1).stderr


def test_an_editor_that_is_not_there_is_told(cli: Cli, editor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EDITOR", "no-such-editor -w")
    assert "no-such-editor did not start: No such file" in cli("config", code=1).stderr
    monkeypatch.setenv("EDITOR", "vi 'x")
    assert "EDITOR is not understood" in cli("config", code=2).stderr


def test_a_folder_in_its_place_is_told(cli: Cli, file: Path, editor):
    file.unlink()
    file.mkdir()
    editor("pass")
    assert "config.toml is a folder" in cli("config", code=1).stderr


def test_it_is_checked_for_people_and_for_programs(cli: Cli, file: Path):
    assert "all of it is understood" in cli("config", "--check").stderr
    file.write_text("selectivity = true\n[todays]\n")
    assert "line 2: there is no table [todays]; did you mean [today]?" in cli("config", "--check", code=1).stderr
    said = "there is no table [todays]; did you mean [today]?"
    assert cli.json("config", "--check", code=1) == {
        "file": str(file), "there": True, "ok": False,
        "problems": [{"file": str(file), "says": said, "line": 2, "column": None, "setting": "todays"}],
    }  # fmt: skip
    file.write_text("selectivity = \n")
    (problem,) = cli.json("config", "--check", code=1)["problems"]
    assert (problem["line"], problem["column"], problem["says"]) == (1, 15, "this is not TOML: Invalid value")


def test_it_says_that_there_is_none(cli: Cli, file: Path):
    file.unlink()
    assert "is not there: the defaults hold" in cli("config", "--check").stderr
    assert cli.json("config", "--path") == {"file": str(file), "there": False}
    assert cli("config", "--path").stdout == f"{file}\n"


def test_the_example_is_toml_that_sets_nothing(cli: Cli):
    assert tomllib.loads(cli("config", "--example").stdout) == {}


def test_json_goes_with_what_has_something_to_tell(cli: Cli):
    cli("config", "--example", "--json", code=2)


def test_a_command_does_not_run_on_settings_that_are_none(cli: Cli, file: Path):
    file.write_text("[today\n")
    assert "line 1, column 7" in cli("list", code=1).stderr
    assert json.loads(cli("config", "--check", "--json", code=1).stdout)["ok"] is False


def test_what_the_start_says_of_themes_is_told_too(cli: Cli, file: Path):
    file.write_text('# mine\ntheme = "lihgt"\n')
    themes = file.parent / "themes"
    themes.mkdir()
    (themes / "harbour.toml").write_text('extends = "dark"\nmutde = "#fff"\n')
    told = cli("config", "--check", code=1).stderr
    assert f"{file}, line 2: there is no theme lihgt; did you mean light?" in told
    assert f"{themes / 'harbour.toml'}, line 2: there is no mutde in a theme; did you mean muted?" in told
    assert [Path(problem["file"]).name for problem in cli.json("config", "--check", code=1)["problems"]] == [
        "harbour.toml",
        "config.toml",
    ]
    file.write_text('theme = "harbour"\n')
    (themes / "harbour.toml").write_text('extends = "dark"\n')
    assert cli.json("config", "--check")["ok"]


def test_a_program_that_is_not_there_is_told(cli: Cli, file: Path):
    file.write_text('[[pipe]]\ncommand = ["cat"]\n[[pipe]]\nname = "A"\ncommand = ["no-such-program", "-x"]\n')
    told = cli("config", "--check", code=1).stderr
    assert told == f"{file}, line 5: pipe 2: there is no program no-such-program in PATH\n"
    assert "no-such-program" not in cli("list").stderr


def test_keys_that_would_keep_the_screen_shut_are_told_too(cli: Cli, file: Path):
    file.write_text('[keys]\njunk = "ctrl+i"\naccpet = "x"\n')
    told = json.loads(cli("config", "--check", "--json", code=1).stdout)["problems"]
    assert [(problem["line"], problem["setting"]) for problem in told] == [(2, "keys"), (3, "keys")]
    assert "Did you mean accept?" in told[1]["says"]
