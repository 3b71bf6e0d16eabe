"""Reasons on the command line."""

from __future__ import annotations

import pytest

from tests.builders import ExportBuilder
from tests.cli.conftest import Cli


@pytest.fixture
def crowd(cli: Cli, tmp_path) -> Cli:
    """A dozen invitations, the first six people connected."""
    export = ExportBuilder()
    for number in range(1, 13):
        export.invitation(f"Person {number:02}")
    for number in range(1, 7):
        export.connection(f"Person {number:02}")
    cli.fill(export, tmp_path)
    return cli


def test_an_item_is_accepted_for_a_reason(crowd: Cli):
    result = crowd("accept", 7, "--reason", " area:\n logistics ")
    assert result.stderr == "To accept: Person 07, because: area: logistics\n"
    item = crowd.json("show", 7)
    assert (item["reason"], item["history"][0]["payload"]["reason"]) == ("area: logistics", "area: logistics")
    assert "accept: because: area: logistics" in crowd("show", 7).stdout
    assert "because: area: logistics" in crowd("log").stdout
    assert [row["id"] for row in crowd.json("list", "logist")] == [7]
    assert crowd("undo").stderr == "Taken back: accept, Person 07, because: area: logistics\n"
    assert crowd.json("show", 7)["reason"] is None


def test_what_it_prints_has_the_reason_or_none(crowd: Cli):
    (item,) = crowd.json("accept", 7, "--reason", "met in person", "--note", "tall")
    assert (item["reason"], item["notes"]) == ("met in person", ["tall"])
    assert {item["reason"] for item in crowd.json("list", "--view", "new")} == {None}
    assert crowd("list", "--view", "to-accept", "--csv").stdout.splitlines()[1].endswith('"met in person",""')


def test_reasons_are_told_with_what_came_of_each(crowd: Cli):
    crowd("accept", *range(1, 11), "--reason", "area: logistics")
    crowd("accept", 11, "--reason", "met in person")
    crowd("gold", 2)
    crowd("call", 3, "--outcome", "held")
    assert crowd.json("reasons") == [
        {"reason": "area: logistics", "to_accept": 10, "connected": 6, "call_held": 1, "gold": 2},
        {"reason": "met in person", "to_accept": 1, "connected": 0, "call_held": 0, "gold": 0},
    ]
    result = crowd("reasons")
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["reason", "to", "accept", "connected", "call", "held", "gold"],
        ["area:", "logistics", "10", "6", "60", "%", "1", "10", "%", "2", "20", "%"],
        ["met", "in", "person", "1", "0", "0", "0"],
    ]
    assert result.stderr == "In people; connected as of 20 Nov 2026, the rest as of now\n"


def test_without_any_it_says_how_to_give_one(crowd: Cli):
    result = crowd("reasons")
    assert result.stdout == ""
    assert "linkinbox accept ID --reason TEXT" in result.stderr
    assert crowd.json("reasons") == []


def test_a_stranger_like_reason_acts_on_no_terminal(crowd: Cli):
    crowd("accept", 7, "--reason", "\x1b[31mred\u202e")
    assert "\x1b" not in crowd("reasons").output
    assert "\u202e" not in crowd("reasons").output
