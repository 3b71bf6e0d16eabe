"""Acting on what a query finds."""

from __future__ import annotations

import subprocess

import pytest
from click.testing import CliRunner

from linkinbox.cli import main
from tests.builders import ExportBuilder


@pytest.fixture
def pitched(cli, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz", note="A talk on cold chains", at="2026-11-20 10:00")
    for number in range(30):
        export.invitation(f"Bob {number}", note=f"Shall we book a call {number}", at="2026-06-01 10:00")
    cli.fill(export, tmp_path)


def count(cli, query):
    return int(cli("list", query, "--count").stdout)


QUERY = 'note:"book a call" age:>90d'


def test_a_dry_run_tells_and_changes_nothing(cli, pitched):
    told = cli("junk", QUERY, "--dry-run").stderr
    assert "Would junk 30 items (Bob 29, Bob 28, Bob 27 and 27 more); nothing was changed" in told
    assert len(cli.json("junk", QUERY, "--dry-run")) == 30
    assert count(cli, "is:new") == 31


def test_one_act_is_one_undo(cli, pitched):
    cli("junk", QUERY, "--yes")
    assert (count(cli, "is:junk"), count(cli, "is:new")) == (30, 1)
    cli("undo")
    assert count(cli, "is:new") == 31


def test_more_than_25_are_asked_about(cli, pitched):
    asked = CliRunner().invoke(main, ["junk", QUERY], input="n\n")
    assert asked.exit_code == 1
    assert "Junk 30 items (Bob 29, Bob 28, Bob 27 and 27 more)?" in asked.stderr
    assert count(cli, "is:junk") == 0
    CliRunner().invoke(main, ["junk", QUERY], input="y\n")
    assert count(cli, "is:junk") == 30


def test_without_a_terminal_it_is_refused_with_what_to_do(cli, pitched):
    asked = cli.spawn("junk", QUERY, stdin=subprocess.DEVNULL)
    _, told = asked.communicate()
    assert asked.returncode == 2
    assert "--yes acts on all of them" in told
    assert count(cli, "is:junk") == 0


def test_25_are_not_asked_about(cli, pitched):
    cli("done", "cold chains")
    assert count(cli, "is:done") == 1


def test_what_is_decided_is_left_alone_unless_the_query_says_where(cli, pitched):
    cli("done", "from:ana")
    assert "Nothing new is meant by “from:ana”" in cli("junk", "from:ana", code=2).stderr
    cli("junk", "from:ana is:done")
    assert count(cli, "is:junk") == 1
    cli("note", "from:ana", "asked twice")
    cli("gold", "from:ana")
    assert count(cli, "is:gold note:twice") == 1


def test_several_words_are_one_query_and_ids_stay_ids(cli, pitched):
    (ana,) = cli.json("list", "ana")
    cli("junk", "from:ana", "talk")
    assert count(cli, "is:junk") == 1
    cli("accept", ana["id"], ana["uid"])
    assert count(cli, "is:to-accept") == 1
    assert "others are none" in cli("junk", ana["id"], "ana", code=2).stderr
    cli("junk", 4711, code=2)


def test_an_error_points_at_the_word(cli, pitched):
    for command in (("list",), ("junk",)):
        told = cli(*command, "ana is:jnk", code=2).stderr.splitlines()
        assert told[:3] == ["Error: is: knows no jnk", "  ana is:jnk", "         ^^^"]
        assert told[3].startswith("Did you mean junk?")


def test_a_long_query_is_shown_around_the_error(cli, pitched):
    told = cli("list", f"{'東京 ' * 100}is:jnk {'ana ' * 100}", code=2).stderr.splitlines()
    assert told[1].lstrip().startswith("…")
    assert "jnk" in told[1]
    assert told[2].strip() == "^^^"
    assert max(map(len, told[1:3])) <= 100


def test_list_and_count_take_the_whole_grammar(cli, pitched):
    assert count(cli, "(from:ana OR from:bob) -call") == 1
    assert [row["person"]["name"] for row in cli.json("list", "from:ana", "talk")] == ["Ana Ruiz"]
    assert cli("list", "--view", "new", "--count").stdout == "31\n"
    assert "from:ana" in cli("list", "--help").stdout
