from pathlib import Path

import pytest

from tests.builders import ExportBuilder


@pytest.fixture(autouse=True)
def ana(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz"), tmp_path)


def the_call(cli):
    return cli.json("show", 1)["call"]


def test_a_booked_call_accepts_and_prints_its_calendar_file(cli):
    result = cli("call", 1, "--at", "tomorrow 15:00", "--minutes", 45)
    assert result.stderr == "Call on Wed 25 Nov 15:00 CET, in 1 day: Ana Ruiz\n"
    file = Path(result.stdout.strip())
    assert b"BEGIN:VEVENT" in file.read_bytes()
    (row,) = cli.json("list", "--view", "calls")
    assert (row["state"], row["call_at"]) == ("to-accept", "2026-11-25T14:00:00Z")
    call = the_call(cli)
    assert (call["at"], call["minutes"], call["outcome"]) == ("2026-11-25T14:00:00Z", 45, None)


def test_with_json_stdout_is_json_alone(cli):
    (row,) = cli.json("call", 1, "--at", "tomorrow 15:00")
    assert row["call_at"]


def test_a_held_call_makes_gold(cli):
    cli("call", 1, "--at", "tomorrow 15:00")
    cli("call", 1, "--outcome", "held", "--note", "wants the audit")
    (gold,) = cli.json("path")["golds"]
    assert gold["outcome"] == "call held"
    assert cli.json("list", "--view", "gold")[0]["notes"] == ["wants the audit"]
    assert cli.json("list", "--view", "calls") == []


def test_a_call_that_was_never_booked_can_have_been_held_in_the_past(cli):
    cli("call", 1, "--outcome", "held", "--at", "2026-11-20T10:00")
    (entry,) = cli.json("log")
    assert (entry["action"], entry["payload"]["at"]) == ("outcome", "2026-11-20T09:00:00Z")


def test_a_moved_call_has_a_new_time(cli):
    cli("call", 1, "--at", "tomorrow 15:00")
    first = the_call(cli)
    cli("call", 1, "--outcome", "moved", code=2)
    cli("call", 1, "--outcome", "moved", "--at", "2026-11-01 10:00", code=2)
    cli("call", 1, "--outcome", "moved", "--at", "2026-11-26 10:00")
    moved = the_call(cli)
    assert moved["uid"] == first["uid"]
    assert moved["at"] == "2026-11-26T09:00:00Z"


@pytest.mark.parametrize("outcome", ["no-show", "cancelled"])
def test_a_call_can_come_to_nothing(cli, outcome):
    cli("call", 1, "--outcome", outcome, code=2)
    cli("call", 1, "--at", "tomorrow 15:00")
    cli("call", 1, "--outcome", outcome)
    assert the_call(cli)["outcome"] == outcome
    assert cli.json("list", "--view", "gold") == []


def test_a_call_needs_a_time_or_an_outcome(cli):
    cli("call", 1, code=2)
    cli("call", 1, "--outcome", "held", "--minutes", 5, code=2)
    cli("call", 1, "--outcome", "lovely", code=2)
