"""The gates against strangers: as many cases as a usual run has time for; the long run takes those of the plan."""

from __future__ import annotations

import pytest

from tests import hostile_gates as gates
from tests.builders import ExportBuilder
from tests.gates import few_or_all


@pytest.mark.parametrize("many", few_or_all(1_000, 20_000))
def test_any_text_is_made_safe(many, gate):
    gate(2, "text made safe", gates.texts_are_safe(many))


@pytest.mark.parametrize("tables_and_files", few_or_all((60, 30), (10_000, 2_000)))
def test_any_table_adds_up(tables_and_files, tmp_path, gate):
    gate(13, "tables", gates.tables_add_up(*tables_and_files, tmp_path))


@pytest.mark.parametrize("pairs", few_or_all(5, 200))
def test_an_import_may_be_repeated_and_in_any_order(pairs, tmp_path, gate):
    gate(14, "imports again", gates.imports_are_idempotent(pairs, tmp_path))


@pytest.mark.parametrize("people", few_or_all(200, 2_000))
def test_an_export_computes_nothing_and_reads_back(people, tmp_path, gate):
    gate(21, "exports", gates.exports_are_safe(people, tmp_path))


@pytest.mark.parametrize("many", few_or_all(1_000, 10_000))
def test_only_pages_of_linkedin_reach_the_browser(many, tmp_path, monkeypatch, gate):
    gate(22, "addresses", gates.only_linkedin_is_opened(many, tmp_path, monkeypatch))


@pytest.mark.parametrize("many", few_or_all(1_000, 20_000))
def test_nothing_that_is_searched_fails(many, filled, gate):
    gate(22, "searches", gates.no_search_fails(many, filled(ExportBuilder().invitation("Ana Ruiz", note="Hello"))))
