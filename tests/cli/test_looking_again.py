"""Selectivity, the second look and the backlog on the command line."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import time_machine

from linkinbox.decisions import Accept, Junk, SecondLook
from linkinbox.inbox import Inbox
from linkinbox.model import View
from tests.builders import ExportBuilder
from tests.cli.conftest import Cli
from tests.conftest import NOW
from tests.store.test_backlog import piled_up
from tests.store.test_selectivity import people


@pytest.fixture
def decided(cli: Cli, tmp_path: Path) -> Cli:
    """Forty invitations: 36 junked one by one, two accepted."""
    cli.fill(people(40).connection("Dana Levi"), tmp_path)
    with closing(Inbox.open(tmp_path / "home" / "inbox.db")) as inbox:
        ids = inbox.ids(View.NEW)[:]
        for number, id_ in enumerate(ids[:38]):
            inbox.apply(Junk() if number < 36 else Accept(), [id_])
    return cli


def test_selectivity_is_a_line_and_its_limits(decided: Cli):
    told = decided("selectivity")
    line = "accepted 5 % of 38 decided │ closed ◄●────► LION │ network 1 (under 300: small)\n"
    assert told.stdout == line
    assert told.stderr.startswith("Of the newest 1,000")


def test_selectivity_as_json(decided: Cli):
    assert decided.json("selectivity") == {
        "decided": 38, "accepted": 2, "percent": 5, "network": 1, "junked_with_reasons": 0, "accepted_with_flags": 0,
        "shown": True, "least": 30, "words": "",
    }  # fmt: skip


def test_selectivity_under_thirty_has_no_figure(cli: Cli):
    assert cli("selectivity").stdout == (
        "0 decided one by one so far: shown from 30 on │ network unknown: no Connections file told\n"
    )
    assert cli.json("selectivity")["percent"] is None


def test_selectivity_can_be_switched_off(cli: Cli, home: Path):
    with (home / "config" / "linkinbox" / "config.toml").open("a") as config:
        config.write("selectivity = false\n")
    told = cli("selectivity")
    assert (told.stdout, told.stderr) == ("", "Selectivity is switched off in config.toml\n")
    assert cli.json("selectivity") == {"shown": False}


def test_a_second_look_asks_nothing_where_there_is_no_terminal(decided: Cli):
    assert decided("second-look").stdout == "Nothing was looked at again so far\n"
    with time_machine.travel(NOW.replace(month=12)):
        look = decided.json("second-look")
    assert len(look.pop("ids")) == 5
    assert look == {"week": "2026-W52", "answered": 0, "looked": 0, "regretted": 0, "percent": None}


def test_a_backlog_is_told_step_by_step(cli: Cli, tmp_path: Path):
    export = piled_up()
    for name in ("Pia Pitch", "Per Pitch", "Pam Pitch"):
        export.invitation(name, note="We help firms like yours book a quick call with thirty leads a month, promised")
    cli.fill(export, tmp_path)
    assert cli("backlog").stdout.splitlines() == [
        "1 of people you are connected with: filed",
        "2 believed expired",
        "1 groups of the same text from several, 3 new items in them",
        "9 new in all",
    ]
    told = cli.json("backlog")
    assert (told["filed"], told["new"], len(told["expired"]), list(map(len, told["twins"]))) == (1, 9, 2, [3])
    assert len(told["next"]) == 9
    cli("done", *told["expired"])
    assert cli.json("backlog")["expired"] == []
    cli("undo")
    assert cli.json("backlog")["expired"] == told["expired"]


def test_an_empty_inbox_has_no_backlog(cli: Cli):
    assert cli.json("backlog") == {"filed": 0, "new": 0, "expired": [], "twins": [], "next": []}


def test_an_answer_is_told_by_the_log(cli: Cli, tmp_path: Path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz"), tmp_path)
    with closing(Inbox.open(tmp_path / "home" / "inbox.db")) as inbox:
        inbox.apply(Junk(), [1])
        inbox.apply(SecondLook(accept=True, week="2026-W48"), [1])
    assert "second-look  Ana Ruiz  would accept" in cli("log", "--limit", 1).stdout
    assert "Taken back: second-look, Ana Ruiz" in cli("undo").stderr
