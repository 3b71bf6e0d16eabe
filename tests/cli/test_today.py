"""What waits today, as the command line tells it."""

from __future__ import annotations

import time_machine

from tests.builders import ExportBuilder
from tests.conftest import NOW

TOMORROW = NOW.replace(day=25, hour=16)


def day(cli, folder):
    export = ExportBuilder().invitation("Ana Ruiz", note="Hello").invitation("Ben Lee").message("Cy Fox", "Tuesday?")
    cli.fill(export.message("Dan Poe", "Are you around?"), folder)
    return {row["person"]["name"]: row["id"] for row in cli.json("list")}


def test_a_day_is_one_line(cli, tmp_path):
    ids = day(cli, tmp_path)
    cli("accept", ids["Ana Ruiz"])
    cli("accept", ids["Cy Fox"])
    cli("call", ids["Dan Poe"], "--at", "2026-11-25T15:00")
    assert cli("today").stdout == "1 new · 1 call · 2 owed · 1 to carry out · data 4 d\n"


def test_a_call_that_is_over_is_asked_about_until_its_outcome_is_told(cli, tmp_path):
    ids = day(cli, tmp_path)
    cli("call", ids["Ana Ruiz"], "--at", "2026-11-25T15:00")  # in Madrid: 14:00 UTC
    with time_machine.travel(TOMORROW):
        told = cli("today").stdout.splitlines()
        assert told[1] == (
            f"The call with Ana Ruiz, 25 Nov 2026 15:00: what became of it? "
            f"linkinbox call {ids['Ana Ruiz']} --outcome held|moved|no-show|cancelled"
        )
        cli("call", ids["Ana Ruiz"], "--outcome", "held", "--intro-owed")
        assert cli.json("today")["ask"] == []
        assert "held, intro owed" in cli("log").stdout
        cli("undo")
        assert [call["person"]["name"] for call in cli.json("today")["ask"]] == ["Ana Ruiz"]


def test_a_call_that_is_held_right_now_is_not_asked_about(cli, tmp_path):
    ids = day(cli, tmp_path)
    cli("call", ids["Ana Ruiz"], "--at", "2026-11-25T15:00", "--minutes", "45")
    with time_machine.travel(TOMORROW.replace(hour=14, minute=30)):
        assert cli.json("today")["ask"] == []
    with time_machine.travel(TOMORROW.replace(hour=14, minute=45)):
        assert len(cli.json("today")["ask"]) == 1


def test_programs_get_the_figures(cli, tmp_path):
    ids = day(cli, tmp_path)
    cli("hold", ids["Ben Lee"], "--until", "2026-11-25T08:00")
    cli("call", ids["Dan Poe"], "--at", "2026-11-25T09:00")
    with time_machine.travel(TOMORROW):
        told = cli.json("today")
    (asked,) = told.pop("ask")
    assert told == {
        "new": 3, "calls": 0, "owed": 1, "held_due": 1, "to_carry_out": 0, "as_of": "2026-11-20T08:00:00Z",
        "data_age_days": 5,
    }  # fmt: skip
    assert (asked["id"], asked["person"]["name"], asked["call_at"]) == (
        ids["Dan Poe"],
        "Dan Poe",
        "2026-11-25T08:00:00Z",
    )


def test_before_the_first_import_nothing_waits(cli):
    empty = {"new": 0, "calls": 0, "owed": 0, "held_due": 0, "to_carry_out": 0, "as_of": None, "data_age_days": None}
    assert cli.json("today") == {**empty, "ask": []}
    result = cli("today")
    assert result.stdout == "0 new\n"
    assert "linkinbox import" in result.stderr


def test_an_introduction_is_promised_only_in_a_call_that_was_held(cli, tmp_path):
    ids = day(cli, tmp_path)
    cli("call", ids["Ana Ruiz"], "--at", "2026-11-25T15:00")
    assert "only be promised" in cli("call", ids["Ana Ruiz"], "--outcome", "no-show", "--intro-owed", code=2).stderr


def test_a_nudge_is_held_off_without_touching_the_item(cli, tmp_path):
    ids = day(cli, tmp_path)
    cli("accept", ids["Ana Ruiz"])
    (row,) = cli.json("hold", ids["Ana Ruiz"], "--until", "in 4 weeks", "--nudge")
    assert (row["state"], row["held_until"]) == ("to-accept", None)
    assert "only the nudge" in cli("log").stdout
