"""Time on the command line: days left, what may be gone, and answers owed, for people and for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import ExportBuilder
from tests.cli.conftest import Cli
from tests.conftest import NOW


def ago(days: int):
    return NOW - timedelta(days=days, minutes=5)


@pytest.fixture
def aged(cli: Cli, tmp_path) -> Cli:
    """Four invitations, two threads that the owner began, and a stranger's message."""
    export = ExportBuilder().connection("Fay Low")
    for name, days in (("Ana Old", 200), ("Ben Soon", 170), ("Cy New", 3), ("Fay Low", 40)):
        export.invitation(name, at=ago(days))
    export.sent("Dan Poe", "Hello", at=ago(9)).message("Dan Poe", "Which day?", at=ago(8))
    export.sent("Eva Kim", "Hello", at=ago(7)).message("Eva Kim", "Thanks, see you!", at=ago(6))
    cli.fill(export.message("Gil Roe", "A stranger", at=ago(5)), tmp_path)
    return cli


def by_name(items: list[dict]) -> dict[str, dict]:
    return {item["person"]["name"]: item for item in items}


def test_each_item_tells_its_age_and_an_invitation_its_believed_days(aged: Cli):
    told = by_name(aged.json("list", "--view", "all"))
    days = {name: (item["age_days"], item["days_left"], item["may_be_gone"]) for name, item in told.items()}
    assert days == {
        "Ana Old": (200, 0, True),
        "Ben Soon": (170, 10, False),
        "Cy New": (3, 177, False),
        "Fay Low": (40, None, None),  # connected
        "Dan Poe": (8, None, None),
        "Eva Kim": (6, None, None),
        "Gil Roe": (5, None, None),
    }


def test_what_was_decided_has_no_days_left(aged: Cli):
    (soon,) = [item for item in aged.json("list") if item["person"]["name"] == "Ben Soon"]
    aged("accept", soon["id"])
    shown = aged.json("show", soon["id"])
    assert (shown["age_days"], shown["days_left"], shown["may_be_gone"]) == (170, None, None)


def test_what_is_owed_is_told_with_its_reason_and_what_is_not_with_the_words(aged: Cli):
    told = by_name(aged.json("list", "--view", "all"))
    owed = {name: (item["owed"], item["owed_because"]) for name, item in told.items() if item["owed"]}
    assert owed == {"Dan Poe": (True, "your-turn")}
    assert told["Eva Kim"]["closer"] == {
        "kind": "closer",
        "rule": "closer",
        "words": ["Thanks", "see you"],
        "why": "last words that need no answer",
        "overruled": False,
    }
    assert told["Dan Poe"]["closer"] is None
    assert {signal["kind"] for item in told.values() for signal in item["signals"]} <= {"reason", "flag", "unknown"}
    aged("accept", told["Gil Roe"]["id"])
    replies = aged.json("list", "--view", "to-reply")
    assert {item["person"]["name"]: item["owed_because"] for item in replies} == {
        "Gil Roe": "worth-answering",
        "Dan Poe": "your-turn",
    }


def test_a_view_of_what_is_about_to_go(aged: Cli):
    assert [item["person"]["name"] for item in aged.json("list", "--view", "expiring")] == ["Ben Soon", "Cy New"]
    told = aged("list", "--view", "new").stdout
    assert "new 10 d left" in told
    assert "new may be gone" in told
    assert "new owed" in told


def test_a_card_tells_it_in_words(aged: Cli):
    ids = {name: item["id"] for name, item in by_name(aged.json("list", "--view", "all")).items()}
    assert "170 d old, 10 d left of a believed 180 d" in aged("show", ids["Ben Soon"]).stdout
    assert "may be gone: 200 d old, believed to last 180 d" in aged("show", ids["Ana Old"]).stdout
    assert "an answer is owed: they wrote last, 8 d ago" in aged("show", ids["Dan Poe"]).stdout
    shown = aged("show", ids["Eva Kim"]).stdout
    assert "· closer: last words that need no answer “Thanks” “see you”" in shown
    assert "owed:" not in shown


def test_a_closer_is_overruled_as_any_rule_is(aged: Cli):
    eva = by_name(aged.json("list", "--view", "all"))["Eva Kim"]["id"]
    assert "closer does not count here" in aged("overrule", eva, "closer").stderr
    shown = aged.json("show", eva)
    assert (shown["owed"], shown["owed_because"], shown["closer"]["overruled"]) == (True, "your-turn", True)
    aged("undo")
    assert aged.json("show", eva)["owed"] is False
    aged("rules", "off", "closer")
    assert len(aged.json("list", "--view", "to-reply")) == 2
    (rule,) = [rule for rule in aged.json("rules") if rule["rule"] == "closer"]
    assert (rule["kind"], rule["state"]) == ("closer", "off")
    aged("rules", "on", "closer")
    assert len(aged.json("list", "--view", "to-reply")) == 1


def test_how_long_they_last_is_a_setting(aged: Cli, tmp_path):
    config = tmp_path / "config" / "linkinbox" / "config.toml"
    config.write_text(config.read_text() + "\n[clock]\nbelieved_days = 365\n")
    told = by_name(aged.json("list", "--view", "expiring"))
    assert {name: item["days_left"] for name, item in told.items()} == {"Ana Old": 165, "Ben Soon": 195, "Cy New": 362}
    assert "200 d old, 165 d left of a believed 365 d" in aged("show", told["Ana Old"]["id"]).stdout


def test_of_an_empty_store_nothing_expires_and_nothing_is_owed(cli: Cli):
    assert cli.json("list", "--view", "expiring") == cli.json("list", "--view", "to-reply") == []
