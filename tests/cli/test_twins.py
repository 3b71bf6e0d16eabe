"""Twins from the command line: listed, and decided on as one act."""

from __future__ import annotations

import pytest

from tests.builders import ExportBuilder

PITCH = "Hi Alex, we help founders at {} book thirty qualified calls a month, guaranteed, without any cold calling."


def pitches(count: int) -> ExportBuilder:
    export = ExportBuilder().invitation("Dee Oh", note="I enjoyed your talk on cold-chain audits in Hamburg.")
    for number in range(count):
        export.invitation(f"Ana Ruiz {chr(97 + number)}", note=PITCH.format("Blue Harbor" if number else "Acme"))
    return export


@pytest.fixture
def three(cli, tmp_path) -> dict[str, int]:
    cli.fill(pitches(3), tmp_path)
    return {row["person"]["name"]: row["id"] for row in cli.json("list")}


def states(cli) -> list[str]:
    return [row["state"] for row in cli.json("list", "--view", "all")]


def test_groups_are_listed_with_all_that_a_script_needs(cli, three):
    (group,) = cli.json("twins")
    newest_first = ["Ana Ruiz c", "Ana Ruiz b", "Ana Ruiz a"]
    assert group == {
        "size": 3,
        "ids": [three[name] for name in newest_first],
        "people": newest_first,
        "sample": PITCH.format("Blue Harbor"),
        "differs": ["Blue Harbor", "Acme"],
    }
    assert cli.json("twins", "--limit", "1") == [group]


def test_the_group_of_one_item_is_compared_with_its_text(cli, three):
    (group,) = cli.json("twins", three["Ana Ruiz a"])
    assert group["sample"] == PITCH.format("Acme")
    assert cli.json("twins", three["Dee Oh"]) == []


def test_people_read_who_and_what_differs(cli, three):
    assert "3 alike  3 new  Ana Ruiz c, Ana Ruiz b, Ana Ruiz a" in cli("twins").stdout
    shown = cli("twins", three["Ana Ruiz a"]).stdout
    assert "differs: “Acme” · “Blue Harbor”" in shown
    assert "Ana Ruiz c  new  “Blue Harbor”" in shown


def test_nothing_alike_is_said_so(cli, three):
    assert cli("twins", three["Dee Oh"]).stderr == "Nobody else wrote nearly the same\n"


def test_an_empty_store_has_no_groups(cli):
    assert cli.json("twins") == []
    assert "No two people wrote nearly the same\n" in cli("twins").stderr


def test_twins_are_junked_as_one_act_with_one_undo(cli, three):
    result = cli("junk", three["Ana Ruiz a"], "--twins")
    assert result.stderr == "Junk: Ana Ruiz a and 2 more\n"
    assert states(cli) == ["junk", "junk", "junk", "new"]
    assert cli.json("path")["open"]["junk_bulk"] == 3
    cli("undo")
    assert states(cli) == ["new"] * 4


def test_what_was_decided_before_is_left_alone(cli, three):
    cli("accept", three["Ana Ruiz b"])
    cli("done", three["Ana Ruiz a"], "--twins")
    assert states(cli) == ["done", "to-accept", "done", "new"]
    assert "None of them is new" in cli("junk", three["Ana Ruiz a"], "--twins", code=3).stderr


def test_who_has_no_twins_is_decided_on_alone(cli, three):
    cli("junk", three["Dee Oh"], "--twins")
    assert states(cli) == ["new", "new", "new", "junk"]


def test_more_than_25_that_nobody_named_are_asked_for(cli, tmp_path):
    cli.fill(pitches(26), tmp_path)
    first = cli.json("twins")[0]["ids"][0]
    assert "26 items" in cli("junk", first, "--twins", code=2).stderr
    assert states(cli) == ["new"] * 27
    cli("hold", first, "--twins", "--yes", "--until", "2026-12-01 09:00")
    assert states(cli).count("held") == 26
