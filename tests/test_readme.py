"""The README says what is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from linkinbox.cli import main
from linkinbox.config.example import settings_table
from linkinbox.keymap import DEFAULT, tables
from linkinbox.query.operators import search_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def between(marker: str) -> str:
    """What stands between ``<!-- marker … -->`` and ``<!-- /marker -->``, without the fence of a code block."""
    found = re.search(rf"<!-- {marker}\b.*?-->\n(.*?)\n<!-- /{marker} -->", README, re.DOTALL)
    assert found, marker
    return re.sub(r"^```.*$\n?", "", found[1], flags=re.MULTILINE).strip()


def commands() -> list[list[str]]:
    return [shlex.split(line, comments=True) for line in between("commands").splitlines()]


def test_the_keys_are_those_of_the_table_of_actions():
    assert between("keys") == tables.keys_table(DEFAULT)


def test_the_settings_are_those_of_their_table():
    assert between("settings") == settings_table()


def test_what_can_be_searched_for_is_that_of_the_table_of_operators():
    assert between("search") == search_table()


@pytest.mark.parametrize("marker", ["demo-command", "test-command"])
def test_each_of_the_two_commands_is_one_line(marker: str):
    command = between(marker)
    assert "\n" not in command
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install -q ")


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_that_is_shown_is_understood(words: list[str]):
    program, *arguments = words
    assert program == "linkinbox"
    root = click.Context(main)
    if not arguments or arguments[0].startswith("-"):
        main.make_parser(root).parse_args(arguments)
    else:
        _, command, rest = main.resolve_command(root, arguments)
        assert command is not None
        command.make_parser(click.Context(command)).parse_args(rest)  # an option that is none is a usage error


def test_no_command_is_left_out():
    shown = {words[1] for words in commands() if len(words) > 1}
    assert set(main.list_commands(click.Context(main))) <= shown


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\((?!https?:)([^)#]+)\)", README))))
def test_what_is_linked_is_there(path: str):
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("picture", sorted(re.findall(r"!\[([^\]]*)\]", README)))
def test_every_picture_says_what_it_shows(picture: str):
    assert len(picture) > 20


def test_the_test_command_is_the_one_that_ci_runs():
    """`.ci/run` takes it from between these markers."""
    assert "<!-- test-command -->\n" in README
    assert "test-command" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
