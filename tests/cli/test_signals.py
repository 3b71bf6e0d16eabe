"""Signals on the command line: told to people and programs, overruled, and switched."""

from __future__ import annotations

import pytest

from linkinbox.signals import RULES
from tests.builders import ExportBuilder
from tests.cli.conftest import Cli

PITCH = "I help founders book 30 calls a month. Do you have 15 minutes? https://bit.ly/3xyz"


@pytest.fixture
def pitched(cli: Cli, tmp_path) -> Cli:
    """Ben, without a note, is item 1; Ana's pitch is item 2, and Cy's note, that speaks of a talk, item 3."""
    export = ExportBuilder().invitation("Ben Lee").invitation("Ana Ruiz", note=PITCH)
    cli.fill(export.invitation("Cy Fox", note="Your talk on audits was great"), tmp_path)
    return cli


def signals(item: dict) -> dict[str, dict]:
    return {signal["rule"]: signal for signal in item["signals"]}


def test_a_list_for_programs_tells_the_look_and_each_signal_with_its_words(pitched: Cli):
    cy, ana, ben = pitched.json("list")
    assert [item["look"] for item in (cy, ana, ben)] == ["trust", "look", "unknown"]
    assert signals(ana)["pitch"] == {
        "kind": "flag",
        "rule": "pitch",
        "words": ["I help founders", "have 15 minutes"],
        "why": "pitch wording",
        "overruled": False,
    }
    assert signals(cy)["about-you"]["kind"] == "reason"
    assert {signal["kind"] for signal in ben["signals"]} == {"unknown"}
    assert ana["twins"] == 0


def test_show_tells_the_same_as_the_list(pitched: Cli):
    shown, listed = pitched.json("show", 2), pitched.json("list")[1]
    assert {name: shown[name] for name in ("look", "signals", "twins")} == {
        name: listed[name] for name in ("look", "signals", "twins")
    }


def test_show_tells_people(pitched: Cli):
    told = pitched("show", 2).stdout
    assert "Signals\n  look: 2 flags\n" in told
    assert "⚑ pitch: pitch wording “I help founders”" in told
    assert "Signals\n  unknown: nothing was written\n" in pitched("show", 1).stdout


def test_a_table_for_spreadsheets_is_what_it_was(pitched: Cli):
    assert "look" not in pitched("list", "--csv").stdout.splitlines()[0]


def test_a_signal_is_overruled_and_taken_back(pitched: Cli):
    result = pitched("overrule", 2, "pitch")
    assert result.stderr == "pitch does not count here: Ana Ruiz\n"
    item = pitched.json("show", 2)
    assert (item["look"], signals(item)["pitch"]["overruled"]) == ("trust", True)
    assert item["history"][0]["payload"] == {"rule": "pitch", "scope": "item", "on": True}
    assert "(overruled: item)" in pitched("show", 2).stdout
    assert pitched("undo").stderr == "Taken back: pitch does not count here, Ana Ruiz\n"
    assert pitched.json("show", 2)["look"] == "look"


def test_it_prints_the_item_as_it_is_now(pitched: Cli):
    (item,) = pitched.json("overrule", 2, "pitch", "--person")
    assert (item["id"], item["look"]) == (2, "trust")


def test_a_signal_counts_again(pitched: Cli):
    pitched("overrule", 2, "pitch", "--person")
    assert pitched("overrule", 2, "pitch", "--off").stderr == "pitch counts again here: Ana Ruiz\n"
    assert pitched.json("show", 2)["look"] == "look"


@pytest.mark.parametrize(
    ("rule", "told"), [("twins", "twins does not count on item 2"), ("spam", "There is no rule spam")]
)
def test_what_does_not_stand_cannot_be_overruled(pitched: Cli, rule: str, told: str):
    assert told in pitched("overrule", 2, rule, code=2).stderr


def test_rules_are_listed_with_what_was_said_of_them(pitched: Cli):
    pitched("overrule", 2, "pitch", "--rule")
    rules = {rule["rule"]: rule for rule in pitched.json("rules")}
    assert list(rules) == [rule.id for rule in RULES]
    assert rules["pitch"] == {
        "rule": "pitch", "kind": "flag", "says": "words that sell to a stranger", "raised": 1, "overruled": 1,
        "state": "off", "by_hand": True,
    }  # fmt: skip
    assert rules["twins"]["state"] == "on"
    line = next(line for line in pitched("rules").stdout.splitlines() if line.startswith("pitch"))
    assert " ".join(line.split()) == "pitch flag off 1 of 1 overruled words that sell to a stranger"


def test_a_rule_is_switched_off_and_on(pitched: Cli):
    assert pitched("rules", "off", "pitch").stderr == "pitch is switched off\n"
    assert pitched.json("show", 2)["look"] == "trust"
    assert pitched("rules", "on", "pitch").stderr == "pitch is switched on\n"
    assert pitched("undo").stderr == "Taken back: pitch is switched on\n"
    assert pitched.json("show", 2)["look"] == "trust"
    assert [entry["uid"] for entry in pitched.json("log")] == [None, None, None]


def test_a_rule_that_is_none_is_not_switched(pitched: Cli):
    assert "There is no rule spam" in pitched("rules", "off", "spam", code=2).stderr
    assert "No rule was named" in pitched("rules", "off", code=2).stderr


def test_interests_come_from_the_configuration(pitched: Cli, tmp_path):
    config = tmp_path / "config" / "linkinbox" / "config.toml"
    config.write_text(config.read_text() + '[interests.areas]\ncompliance = ["audit*"]\n')
    assert signals(pitched.json("show", 3))["area"]["words"] == ["audits"]


def test_interests_that_cannot_be_looked_for_are_told(pitched: Cli, tmp_path):
    config = tmp_path / "config" / "linkinbox" / "config.toml"
    config.write_text(config.read_text() + '[interests]\nhobbies = ["sailing"]\n')
    assert "there is no setting interests.hobbies; there are areas, industries" in pitched("show", 3).stderr
