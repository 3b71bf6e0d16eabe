"""The gates against strangers, with as many cases as a usual run has time for; the long run takes them all."""

from __future__ import annotations

from tests import hostile_gates as gates
from tests.builders import ExportBuilder


def test_any_text_is_made_safe(gate):
    gate(2, "text made safe", gates.texts_are_safe(1_000))


def test_any_table_adds_up(tmp_path, gate):
    gate(13, "tables", gates.tables_add_up(60, 30, tmp_path))


def test_an_import_may_be_repeated_and_in_any_order(tmp_path, gate):
    gate(14, "imports again", gates.imports_are_idempotent(5, tmp_path))


def test_an_export_computes_nothing_and_reads_back(tmp_path, gate):
    gate(21, "exports", gates.exports_are_safe(200, tmp_path))


def test_only_pages_of_linkedin_reach_the_browser(tmp_path, monkeypatch, gate):
    gate(22, "addresses", gates.only_linkedin_is_opened(1_000, tmp_path, monkeypatch))


def test_nothing_that_is_searched_fails(filled, gate):
    gate(22, "searches", gates.no_search_fails(1_000, filled(ExportBuilder().invitation("Ana Ruiz", note="Hello"))))
