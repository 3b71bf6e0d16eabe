"""``linkinbox forget``: asks, tells how much there is, and leaves nothing."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from linkinbox.cli import main
from tests.builders import ExportBuilder


@pytest.fixture
def two(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz", note="hello").invitation("Ben Lee"), tmp_path)
    return cli


def test_it_says_what_there_is_and_asks(two):
    asked = CliRunner().invoke(main, ["forget", "Ana Ruiz"], input="n\n")
    assert asked.exit_code == 1
    assert "Ana Ruiz: items 1, messages 1, notes 0, calls 0" in asked.stderr
    assert "Remove all of it for good?" in asked.stderr
    assert len(two.json("list")) == 2


def test_it_forgets_with_a_yes_and_tells_programs_the_figures(two):
    told = two.json("forget", "Ana Ruiz", "--yes")
    assert told == {"items": 1, "messages": 1, "notes": 0, "calls": 0, "decisions": 0}
    assert [item["person"]["name"] for item in two.json("list")] == ["Ben Lee"]


def test_nobody_of_the_name_is_a_mistake_that_is_told(two):
    assert "Nobody is named Eve" in two("forget", "Eve", "--yes", code=2).stderr
