"""Tags on the command line."""

from __future__ import annotations

import pytest

from tests.builders import ExportBuilder
from tests.cli.conftest import Cli


@pytest.fixture
def three(cli: Cli, tmp_path) -> Cli:
    cli.fill(ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee").invitation("Cy Fox"), tmp_path)
    return cli


def test_several_items_are_tagged_in_one_act(three: Cli):
    tagged = three.json("tag", 1, 2, "Reefer", "2026")
    assert [item["tags"] for item in tagged] == [["2026", "reefer"]] * 2
    assert three("undo").stderr == "Taken back: tag #reefer #2026, Ana Ruiz and 1 more\n"
    assert three.json("list", "--view", "all")[0]["tags"] == []


def test_a_dash_takes_one_away_whatever_letters_it_has(three: Cli):
    three("tag", 1, "cheap", "db")
    assert three("tag", 1, "-cheap", "-db", "port").stderr == "Tagged #port, no longer #cheap #db: Ana Ruiz\n"
    assert three.json("show", 1)["tags"] == ["port"]
    assert "tag  Ana Ruiz  #port, no longer #cheap #db" in three("log").stdout


def test_the_uid_names_an_item_too(three: Cli):
    uid = three.json("show", 3)["uid"]
    assert three.json("tag", uid, "port")[0]["id"] == 3


def test_tags_are_listed_with_how_many_have_them(three: Cli):
    assert three("tags").stderr == "There are no tags so far; `linkinbox tag ID WORD` gives one, and t on the screen\n"
    assert three.json("tags") == []
    three("tag", 1, 2, "reefer")
    three("tag", 1, "cold")
    assert three.json("tags") == [{"tag": "reefer", "count": 2}, {"tag": "cold", "count": 1}]
    assert three("tags").stdout == "#reefer      2\n#cold        1\n"


def test_it_is_shown_on_the_card(three: Cli):
    three("tag", 1, "reefer", "cold")
    assert "#cold #reefer" in three("show", 1).stdout


@pytest.mark.parametrize("words", [("1",), ("reefer",), ("1", "a/b"), ("1", "x" * 33)])
def test_what_makes_no_sense_is_refused(three: Cli, words: tuple[str, ...]):
    three("tag", *words, code=2)
    assert three.json("tags") == []
