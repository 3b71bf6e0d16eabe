import re
import subprocess

import pytest

from tests.builders import ExportBuilder


@pytest.fixture
def four(cli, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee").invitation("Cy Doe").message("Di Fox")
    cli.fill(export, tmp_path)
    return {row["person"]["name"]: row for row in cli.json("list")}


def states(cli):
    return {row["person"]["name"]: row["state"] for row in cli.json("list", "--view", "all")}


@pytest.mark.parametrize(
    ("command", "name", "state", "said"),
    [
        (["accept"], "Ana Ruiz", "to-accept", "To accept: Ana Ruiz\n"),
        (["accept"], "Di Fox", "to-reply", "To reply: Di Fox\n"),
        (["junk"], "Ana Ruiz", "junk", "Junk: Ana Ruiz\n"),
        (["done"], "Ana Ruiz", "done", "Done: Ana Ruiz\n"),
        (
            ["hold", "--until", "2026-12-01 09:00"],
            "Ana Ruiz",
            "held",
            "Held until Tue 1 Dec 09:00 CET, in 7 days: Ana Ruiz\n",
        ),
    ],
)
def test_a_decision_is_kept_and_confirmed_on_stderr(cli, four, command, name, state, said):
    result = cli(*command, four[name]["id"])
    assert (result.stdout, result.stderr) == ("", said)
    assert states(cli)[name] == state


def test_an_item_is_named_by_its_uid_as_well(cli, four):
    cli("junk", four["Ana Ruiz"]["uid"])
    assert states(cli)["Ana Ruiz"] == "junk"


def test_several_ids_are_one_act_and_count_as_bulk(cli, four):
    result = cli("junk", four["Ana Ruiz"]["id"], four["Ben Lee"]["id"], four["Cy Doe"]["id"])
    assert result.stderr == "Junk: Ana Ruiz and 2 more\n"
    assert cli.json("path")["open"] == {"junk": 0, "junk_bulk": 3, "accepted": 0, "done": 0, "days": 0}
    assert len({entry["batch"] for entry in cli.json("log")}) == 1
    cli("undo")
    assert set(states(cli).values()) == {"new"}


def test_one_id_given_twice_is_one_item(cli, four):
    cli("junk", four["Ana Ruiz"]["id"], four["Ana Ruiz"]["uid"])
    assert cli.json("path")["open"]["junk"] == 1


def test_nothing_is_decided_when_one_id_is_unknown(cli, four):
    cli("junk", four["Ana Ruiz"]["id"], 999, code=2)
    assert set(states(cli).values()) == {"new"}


def test_changed_rows_are_printed_if_asked(cli, four):
    rows = cli.json("accept", four["Ana Ruiz"]["id"], four["Ben Lee"]["id"], "--note", "both from the fair")
    assert [(row["person"]["name"], row["state"], row["notes"]) for row in rows] == [
        ("Ana Ruiz", "to-accept", ["both from the fair"]),
        ("Ben Lee", "to-accept", ["both from the fair"]),
    ]
    (row,) = cli.json("note", four["Ana Ruiz"]["id"], "wrote a book")
    assert row["notes"] == ["both from the fair", "wrote a book"]
    (row,) = cli.json("undo")
    assert row["notes"] == ["both from the fair"]


def test_a_note_is_one_line_however_it_was_pasted(cli, four):
    (row,) = cli.json("note", four["Ana Ruiz"]["id"], " two\nlines\r\n\tand  more ")
    assert row["notes"] == ["two lines and more"]
    (row,) = cli.json("accept", four["Ben Lee"]["id"], "--note", "a\nb")
    assert row["notes"] == ["a b"]
    assert "--note TEXT" in cli("accept", "--help").stdout


def test_gold_is_marked_and_unmarked(cli, four):
    assert cli("gold", four["Ana Ruiz"]["id"]).stderr == "Gold: Ana Ruiz\n"
    assert [row["gold"] for row in cli.json("list", "--view", "gold")] == [True]
    assert cli("gold", four["Ana Ruiz"]["id"], "--off").stderr == "No longer gold: Ana Ruiz\n"
    assert cli.json("list", "--view", "gold") == []


@pytest.mark.parametrize("when", ["someday", "9", "2026-11-01 10:00", ""])
def test_a_time_that_is_no_time_to_come_is_exit_2(cli, four, when):
    cli("hold", 1, "--until", when, code=2)
    cli("call", 1, "--at", when, code=2)
    assert set(states(cli).values()) == {"new"}


def test_an_empty_note_is_exit_2(cli, four):
    cli("note", 1, "  ", code=2)
    cli("accept", code=2)


def test_undo_and_redo_work_across_processes(cli, four):
    assert cli.spawn("junk", four["Ana Ruiz"]["id"]).communicate() == ("", "Junk: Ana Ruiz\n")
    assert cli.spawn("undo").communicate() == ("", "Taken back: junk, Ana Ruiz\n")
    assert states(cli)["Ana Ruiz"] == "new"
    assert cli.spawn("redo").communicate() == ("", "Done again: junk, Ana Ruiz\n")
    assert states(cli)["Ana Ruiz"] == "junk"


def test_undo_takes_a_number_and_stops_where_there_is_no_more(cli, four):
    for name in ("Ana Ruiz", "Ben Lee", "Cy Doe"):
        cli("junk", four[name]["id"])
    cli("undo", 2)
    assert states(cli) == {"Ana Ruiz": "junk", "Ben Lee": "new", "Cy Doe": "new", "Di Fox": "new"}
    assert "Nothing to undo beyond that" in cli("undo", 5).stderr
    assert cli("undo", code=3).stderr == "Nothing to undo\n"
    assert cli.json("undo", code=3) == []
    cli("redo", 3)
    assert list(states(cli).values()).count("junk") == 3
    assert cli("redo", code=3).stderr == "Nothing to redo\n"


def test_the_log_is_newest_first_with_what_was_taken_back(cli, four):
    cli("accept", four["Ana Ruiz"]["id"], "--note", "fair")
    cli("junk", four["Ben Lee"]["id"])
    cli("undo")
    log = cli.json("log")
    assert [set(entry) for entry in log] == [{"id", "at", "action", "uid", "person", "payload", "batch", "undone"}] * 4
    assert [(entry["action"], entry["undone"]) for entry in log] == [
        ("undo", False), ("junk", True), ("note", False), ("accept", False),
    ]  # fmt: skip
    assert (log[0]["uid"], log[0]["person"]) == (None, None)
    assert log[1]["uid"] == four["Ben Lee"]["uid"]
    assert log[1]["person"] == four["Ben Lee"]["person"]
    assert log[2]["payload"] == {"text": "fair"}
    assert log[2]["batch"] == log[3]["batch"]
    assert log[0]["at"].endswith("Z")
    assert len(cli.json("log", "--limit", 2)) == 2
    shown = cli("log").stdout.splitlines()
    assert "junk (taken back)" in shown[1]
    assert shown[2].endswith("Ana Ruiz  fair")


def test_an_empty_log_is_empty(cli):
    assert cli.json("log") == []
    assert cli("log").stdout == ""


def test_the_log_tells_what_was_taken_back(cli, four):
    cli("junk", 1, 2)
    cli("undo")
    assert re.search(r" undo +junk .+ and 1 more$", cli("log").stdout.splitlines()[0])
    assert cli("log", "--limit", 1).stdout.rstrip().endswith("undo"), "where the act itself is not listed"


def test_ids_come_from_a_pipe_one_a_line(cli, four, tmp_path, monkeypatch):
    first, second = (four[name] for name in ("Ana Ruiz", "Ben Lee"))
    result = cli.spawn("junk", "-", stdin=subprocess.PIPE).communicate(f'{first["id"]}\n\n"{second["uid"]}"\n')
    assert "Junk: Ana Ruiz and 1 more" in result[1]
    assert states(cli) == {"Ana Ruiz": "junk", "Ben Lee": "junk", "Cy Doe": "new", "Di Fox": "new"}
    cli("undo")
    assert set(states(cli).values()) == {"new"}


def test_a_pipe_that_names_none_decides_nothing(cli, four):
    process = cli.spawn("junk", "-", stdin=subprocess.PIPE)
    assert process.communicate("")[1] == "No item was named on standard input\n"
    assert process.returncode == 3


def test_a_pipe_that_names_what_is_none_decides_nothing(cli, four):
    process = cli.spawn("junk", "-", stdin=subprocess.PIPE)
    assert "There is no item 999" in process.communicate(f"{four['Ana Ruiz']['id']}\n999\n")[1]
    assert set(states(cli).values()) == {"new"}
