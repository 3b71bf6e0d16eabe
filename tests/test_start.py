"""Starting without the command line: only where nothing else is asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from linkinbox import __main__ as program
from linkinbox import zones


@pytest.mark.parametrize("args", [[], ["--db", "inbox.db"], ["--db", "~/inbox.db"]])
def test_the_screen_alone_needs_no_command_line(args):
    assert program.is_plain_start(args, {})


@pytest.mark.parametrize(
    "args",
    [["list"], ["--help"], ["--db"], ["--db", ""], ["--db", "."], ["--db=inbox.db"], ["--db", "inbox.db", "list"]],
    ids=" ".join,
)
def test_everything_else_is_the_command_lines(args):
    assert not program.is_plain_start(args, {})


def test_a_shell_that_asks_for_completions_gets_no_screen():
    assert not program.is_plain_start([], {"_LINKINBOX_COMPLETE": "bash_complete"})


def test_a_start_without_a_terminal_fails_in_a_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(sys, "argv", ["linkinbox", "--db", str(tmp_path / "inbox.db")])
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        program.main()
    assert ended.value.code == 2
    assert "The screen needs a terminal" in capsys.readouterr().err
    assert not (tmp_path / "inbox.db").exists()


def test_the_link_of_the_local_time_names_the_zone(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("TZ", raising=False)
    link = tmp_path / "localtime"
    monkeypatch.setattr(zones, "_LOCALTIME", link)
    link.symlink_to("/usr/share/zoneinfo/Europe/Madrid")
    assert zones.local_zone() == ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize("to", ["/usr/share/zoneinfo/Nowhere/Land", "/usr/share/zoneinfo/", "/elsewhere", None])
def test_a_link_that_names_no_zone_says_nothing(tmp_path: Path, to: str | None):
    link = tmp_path / "localtime"
    if to:
        link.symlink_to(to)
    assert zones._linked(link) is None


def test_what_the_environment_says_counts_more_than_the_link(tmp_path: Path, monkeypatch):
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/Madrid")
    monkeypatch.setattr(zones, "_LOCALTIME", link)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr("tzlocal.unix._cache_tz", None)  # what another test asked
    assert str(zones.local_zone()) == "Asia/Tokyo"
