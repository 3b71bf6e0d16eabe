"""`linkinbox keys`: shown, dumped, checked; and the start that refuses what cannot be used."""

from __future__ import annotations

import tomllib

import pytest

from linkinbox.actions import ACTIONS
from linkinbox.keymap.profiles import SHIPPED


@pytest.fixture
def configured(tmp_path, cli):
    """Write the configuration that the commands read."""

    def write(text: str):
        file = tmp_path / "config" / "linkinbox" / "config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_the_keys_that_are_in_use_are_printed_and_what_differs_is_marked(cli, configured):
    configured('[keys]\nprofile = "gmail"\njunk = "d"\n')
    lines = cli("keys").stdout.splitlines()
    assert lines[0] == "Profile gmail; * is not the default"
    assert any(line.startswith("* d ") and "Junk: not wanted." in line for line in lines)
    assert any(line.startswith("  a ") and " accept " in line for line in lines)


def test_for_programs_each_action_has_its_keys_and_those_of_the_default(cli, configured):
    configured('[keys]\njunk = ["d", "?x"]\nhelp = "F1"\n')
    told = cli.json("keys", "--json")
    junk = next(key for key in told["keys"] if key["action"] == "junk")
    assert junk == {"action": "junk", "title": "Junk", "keys": ["d", "?x"], "default": ["x", "!"], "differs": True}
    assert [key["action"] for key in told["keys"]] == [action.id for action in ACTIONS]


@pytest.mark.parametrize("profile", SHIPPED)
def test_a_dump_is_a_configuration_that_does_the_same(cli, configured, profile):
    dumped = cli("keys", "--profile", profile, "--dump").stdout
    shown = cli("keys", "--profile", profile).stdout
    configured(dumped)
    assert cli("keys").stdout == shown
    assert cli("keys", "--check").stdout == f"All keys can be used: profile {profile}, {len(ACTIONS)} of your own.\n"
    assert tomllib.loads(dumped)["keys"]["profile"] == profile


def test_the_table_of_the_readme_is_that_of_the_default(cli, configured):
    before = cli("keys", "--markdown").stdout
    configured('[keys]\nprofile = "gmail"\n')
    assert cli("keys", "--markdown").stdout == before


def test_a_profile_is_shown_without_ones_own_keys(cli, configured):
    configured('[keys]\njunk = "d"\n')
    keys = {key["action"]: key["keys"] for key in cli.json("keys", "--profile", "default", "--json")["keys"]}
    assert keys["junk"] == ["x", "!"]
    assert "There is no profile gmial. Did you mean gmail?" in cli("keys", "--profile", "gmial", code=2).stderr


def test_a_check_tells_everything_and_is_exit_1(cli, configured):
    file = configured('[keys]\njunk = "n"\nacept = "a"\n')
    assert cli("keys", "--check", code=1).stdout.splitlines() == [
        f"{file}, line 3: There is no action acept. Did you mean accept?",
        f'{file}, line 2: n is both junk and note. Give note another key, note = "N", or none, note = [].',
    ]
    told = cli.json("keys", "--check", "--json", code=1)
    assert told["findings"][0] == {
        "place": f"{file}, line 3", "problem": "There is no action acept", "suggestion": "Did you mean accept?",
    }  # fmt: skip
    configured("")
    assert cli("keys", "--check").stdout == "All keys can be used: profile default, 0 of your own.\n"
    assert cli.json("keys", "--check", "--json") == {"profile": "default", "findings": []}


def test_keys_that_cannot_be_used_are_refused_where_they_are_needed_and_only_there(cli, configured):
    configured('[keys]\njunk = "n"\nacept = "a"\n')
    stderr = cli("keys", code=2).stderr
    assert "2 of the keys in" in stderr
    assert "acept" in stderr
    assert "n is both junk and note" in stderr
    assert cli.json("list") == []


def test_what_stands_in_a_configuration_acts_on_no_terminal(cli, configured):
    configured('[keys]\nprofile = "\\u001b]0;x\\u0007"\n"a\\u001b[2J" = "b"\njunk = "\\u001b[2J"\n')
    for arguments in (["--check"], []):
        result = cli("keys", *arguments, code=1 if arguments else 2)
        assert not {"\x1b", "\x07"} & {*result.stdout, *result.stderr}
