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
    assert told == {
        "items": 1, "messages": 1, "notes": 0, "calls": 0, "decisions": 0, "copies": [], "deleted": [], "backup": None,
    }  # fmt: skip
    assert [item["person"]["name"] for item in two.json("list")] == ["Ben Lee"]


def test_nobody_of_the_name_is_a_mistake_that_is_told(two):
    assert "Nobody is named Eve" in two("forget", "Eve", "--yes", code=2).stderr


# ── copies from before ──


@pytest.fixture
def copied(two):
    """A backup, and a store that a restore kept aside."""
    two("backup")
    two("junk", "2")
    two("restore", "newest", "--yes")
    return two


def files(home):
    store = home / "home"
    return {path.name for path in (*(store / "backups").iterdir(), *store.glob("inbox.db.*-*"))}


def test_copies_from_before_are_named_and_stay_unless_asked(copied, home):
    before = files(home)
    told = copied("forget", "Ana Ruiz", "--yes").stderr
    assert "These copies from before may still hold them" in told
    assert all(name in told for name in before)
    assert len(before) == 2
    assert files(home) == before
    noted = [finding for finding in copied.json("doctor")["findings"] if finding["check"] == "forgotten"]
    assert [(one["severity"], one["what"]) for one in noted] == [
        ("note", "2 copies from before may still hold somebody you forgot")
    ]


def test_with_copies_they_go_after_a_new_backup_was_made(copied, home):
    before = files(home)
    told = copied.json("forget", "Ana Ruiz", "--copies", "--yes")
    (made,) = files(home)
    assert made not in before
    assert told["backup"].endswith(made)
    assert {path.rsplit("/", 1)[1] for path in told["deleted"]} == before
    assert b"Ana Ruiz" not in (home / "home" / "backups" / made).read_bytes()
    assert b"Ben Lee" in (home / "home" / "backups" / made).read_bytes()
    assert told["items"] == 1


def test_they_can_go_later_and_it_asks(copied, home):
    copied("forget", "Ana Ruiz", "--yes")
    before = files(home)
    asked = CliRunner().invoke(main, ["forget", "--copies"], input="n\n")
    assert asked.exit_code == 1
    assert "Make a new backup, and delete these 2 copies for good?" in asked.stderr
    assert files(home) == before
    copied("forget", "--copies", "--yes")
    assert not files(home) & before
    assert "No copy from before is here" in copied("forget", "--copies", "--yes").stderr
    copied("backup")
    assert "No copy from before is here" in copied("forget", "--copies", "--yes").stderr


def test_where_nobody_was_forgotten_no_copy_is_deleted(copied, home):
    before = files(home)
    assert copied.json("forget", "--copies", "--yes") == {"copies": [], "deleted": [], "backup": None}
    assert files(home) == before


def test_without_a_person_and_without_copies_it_is_a_mistake(two):
    assert "Name a person, or --copies alone" in two("forget", code=2).stderr


def test_without_a_store_there_is_nothing_to_delete_and_none_is_made(cli, home):
    assert "No copy from before is here" in cli("forget", "--copies", "--yes").stderr
    assert not (home / "home").exists()
