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
    assert "Nothing new is meant by “from:ana”" in cli("junk", "from:ana", code=3).stderr
    cli("junk", "from:ana is:done")
    assert count(cli, "is:junk") == 1
    cli("note", "from:ana", "asked twice")
    cli("gold", "from:ana")
    assert count(cli, "is:gold note:twice") == 1


def test_only_a_state_or_a_view_means_what_is_decided_too(cli, pitched):
    cli("done", "from:ana")
    cli("note", "from:bob", "asked twice", "--yes")
    for query in ("is:invitation", "is:message OR is:invitation", "-is:gold", "not view:held"):
        assert len(cli.json("junk", query, "--dry-run")) == 30, query
    for query in ("is:invitation is:done", "is:new OR is:done", "view:all is:invitation"):
        assert 1 in {item["decided"] for item in cli.json("junk", query, "--dry-run")}, query


def test_of_alternatives_each_must_say_where(cli, pitched):
    cli("done", "from:ana")
    assert {item["decided"] for item in cli.json("junk", "is:done OR from:bob", "--dry-run")} == {False}


def test_it_is_told_how_many_are_decided_already(cli, pitched):
    cli("done", "from:ana")
    words = "Would junk 31 items (Ana Ruiz, Bob 29, Bob 28 and 28 more), 1 of them decided already; nothing was changed"
    assert words in cli("junk", "view:all", "--dry-run").stderr
    asked = CliRunner().invoke(main, ["junk", "view:all"], input="n\n")
    assert "(Ana Ruiz, Bob 29, Bob 28 and 28 more), 1 of them decided already?" in asked.stderr
    assert "Would junk 1 item (Ana Ruiz), decided already" in cli("junk", "is:done", "--dry-run").stderr
    cli("junk", "from:bob", "--yes")
    assert ", all of them decided already" in cli("done", "is:junk", "--dry-run").stderr
    assert [item["decided"] for item in cli.json("junk", "is:done", "--dry-run")] == [True]


@pytest.mark.parametrize("command", ["accept", "junk", "done", "gold", "hold", "note"])
def test_what_finds_nothing_is_nothing_new_and_an_empty_list_to_programs(cli, pitched, command):
    more = {"hold": ["--until", "in 2 weeks"], "note": ["a line"]}.get(command, [])
    assert cli(command, "zzqq", *more, "--yes", code=3).stderr.count("is meant by “zzqq”") == 1
    assert cli(command, "zzqq", *more, code=3).stdout == ""
    assert cli.json(command, "zzqq", *more, "--yes", code=3) == []
    assert cli.json(command, "zzqq", *more, "--dry-run", code=3) == []


def test_a_pipe_that_names_nothing_and_twins_of_which_none_is_new_are_nothing_new(cli, pitched):
    empty = CliRunner().invoke(main, ["junk", "-", "--json"], input="")
    assert (empty.exit_code, empty.stdout) == (3, "[]\n")
    (ana,) = cli.json("junk", "from:ana")
    assert cli.json("junk", ana["id"], "--twins", code=3) == []


# ── words that begin with a - ──


def test_a_query_may_begin_with_a_minus(cli, pitched):
    assert count(cli, "-book") == 1
    assert [row["person"]["name"] for row in cli.json("list", "-book", "-(zzqq OR from:bob)")] == ["Ana Ruiz"]
    assert len(cli.json("junk", "-is:held note:book", "--dry-run")) == 30
    assert cli("list", "--limit", 2, "book", "OR", "-call", "--count").stdout == "2\n"
    assert cli("list", "--count", "--", "-book", "--limit").stdout == "0\n"
    assert cli("sweep", "--plain", "-book").exit_code == 0
    cli("note", "-book", "-5 % if they pay at once")
    assert count(cli, 'note:"they pay"') == 1


@pytest.mark.parametrize("slip", ["--dryrun", "-dryrun", "-dry-run"])
def test_an_option_that_is_mistyped_is_no_word(cli, pitched, slip):
    told = cli("junk", "from:ana", slip, code=2).stderr
    assert "Did you mean" in told
    assert "--dry-run" in told
    assert count(cli, "is:junk") == 0


def test_neither_is_a_letter_alone_nor_an_option_without_its_value(cli, pitched):
    assert "-y" in cli("junk", "from:ana", "-y", code=2).stderr
    assert cli.spawn("junk", "-h").communicate()[0].startswith("Usage: ")
    assert "'--note' requires an argument" in cli("junk", "from:ana", "--note", code=2).stderr
    assert count(cli, "is:junk") == 0
    cli("done", "from:ana", "--note", "-10 degrees")
    assert count(cli, 'note:"10 degrees"') == 1


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
