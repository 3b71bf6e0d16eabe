"""The gates against strangers in full: as many cases as the plan asks for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import hostile_gates as gates
from tests.builders import ExportBuilder
from tests.tui.test_hostile import ALL, Written, run_commands, siege, sit_through, violations

pytestmark = pytest.mark.soak

__all__ = ["siege"]


def test_nothing_a_stranger_wrote_acts_on_a_terminal(siege: Path, tmp_path: Path, gate):
    store = Path(shutil.copy(siege / "inbox.db", tmp_path / "inbox.db"))
    with Written("--db", store, columns=150, lines=60) as terminal:
        places = sit_through(terminal, siege, each=1)
        assert terminal.end() == 0
    assert violations(terminal.written) == []
    commands = run_commands(siege, store, each=1)
    figure = f"{ALL} strings, each one on {places} kinds of places of the screen and through {commands} commands"
    gate(1, "no stranger's byte acts, all", f"{figure}: 0 violations, all seen")


def test_any_text_is_made_safe(gate):
    gate(2, "text made safe, all", gates.texts_are_safe(20_000))


def test_any_table_adds_up(tmp_path, gate):
    gate(13, "tables, all", gates.tables_add_up(10_000, 2_000, tmp_path))


def test_an_import_may_be_repeated_and_in_any_order(tmp_path, gate):
    gate(14, "imports again, all", gates.imports_are_idempotent(200, tmp_path))


def test_an_export_computes_nothing_and_reads_back(tmp_path, gate):
    gate(21, "exports, all", gates.exports_are_safe(2_000, tmp_path))


def test_only_pages_of_linkedin_reach_the_browser(tmp_path, monkeypatch, gate):
    gate(22, "addresses, all", gates.only_linkedin_is_opened(10_000, tmp_path, monkeypatch))


def test_nothing_that_is_searched_fails(filled, gate):
    gate(
        22, "searches, all", gates.no_search_fails(20_000, filled(ExportBuilder().invitation("Ana Ruiz", note="Hello")))
    )
