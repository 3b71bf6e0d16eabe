"""The quick ways through a CSV file give what the csv module gives, and a passage is known wherever it stands."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkinbox.importers.export import open_export
from linkinbox.importers.limits import Limits
from linkinbox.importers.lines import Lines
from linkinbox.importers.records import Passage, Read
from linkinbox.importers.rows import Rows
from tests.builders import ExportBuilder, Someone

LIMITS = Limits()
TEXTS = st.text(alphabet='ab,"\n\ré🚀 ', max_size=60)
CELLS = st.lists(st.lists(st.text(alphabet='ab,"\né🚀 ', max_size=30), min_size=1, max_size=4), max_size=6)


def rows_of(text: str, delimiter: str = ",") -> list[tuple[int, list[str], object]]:
    lines = Lines(io.BytesIO(text.encode()), LIMITS.line_chars)
    return list(Rows(lines, 1, delimiter, LIMITS))


def by_the_module(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_what_the_csv_module_understands_is_read_the_same(text):
    try:
        wanted = by_the_module(text)
    except csv.Error:
        return
    assert [cells for _, _, cells in rows_of(text)] == [cells or [""] for cells in wanted]


@settings(max_examples=80, deadline=None)
@given(CELLS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(",;\t"))
def test_what_the_csv_module_writes_is_read_back(table, quoting, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(table)
    assert [cells for _, _, cells in rows_of(out.getvalue(), delimiter)] == table


@given(st.lists(TEXTS, max_size=5))
@settings(max_examples=50, deadline=None)
def test_every_line_is_in_one_row_and_numbered(texts):
    text = "\n".join(texts)
    rows = rows_of(text)
    assert "".join(line for _, lines, _ in rows for line in lines) == text
    numbers = [number for number, _, _ in rows]
    assert numbers == [1 + sum(len(lines) for _, lines, _ in rows[:at]) for at in range(len(rows))]


@pytest.mark.parametrize("length", [1 << 18, (1 << 18) - 1, 700_000])
def test_a_line_longer_than_what_is_read_at_once_is_whole(length):
    long = "x" * length
    lines = [*Lines(io.BytesIO(f"a\n{long}\nb\n".encode()), 1 << 20)]
    assert lines == ["a\n", f"{long}\n", "b\n"]


def test_of_a_line_that_is_too_long_the_rest_is_skipped():
    lines = [*Lines(io.BytesIO(b"a\n" + b"x" * 2_000_000 + b"\nb\n"), 1 << 20)]
    assert (lines[0], lines[2:]) == ("a\n", ["b\n"])
    assert 1 << 20 <= len(lines[1]) < 1_500_000


# ── passages ──


def many(export: ExportBuilder, count: int = 200) -> ExportBuilder:
    for number in range(count):
        export.message(f"Person {number}", "word " * (number % 37))
    return export


def read(path, known: frozenset[bytes] = frozenset()) -> list[Read]:
    with open_export(path) as source:
        return [row for file in source.files if file.subject == "messages" for row in file.rows_but(known)]


def digests(rows: list[Read]) -> frozenset[bytes]:
    return frozenset(row.digest for row in rows if isinstance(row, Passage))


def test_passages_that_are_known_are_not_read_again_though_new_rows_stand_before_them(tmp_path):
    old, newer = many(ExportBuilder(messages=4)), ExportBuilder(messages=4).message("Zoë Berg", "new")
    known = digests(read(old.csv(tmp_path, "messages.csv")))
    rows = old.text("messages.csv").partition("\n")[2]
    newer.raw("messages.csv", newer.text("messages.csv") + rows)
    again = read(newer.csv(tmp_path, "messages.csv"), known)
    unread = sum(row.unread for row in again if isinstance(row, Passage))
    handed_out = [row for row in again if not isinstance(row, Passage)]
    assert unread + len(handed_out) == 201
    assert unread > 120


def test_another_owner_or_header_makes_other_passages(tmp_path):
    known = digests(read(many(ExportBuilder(messages=4)).zip(tmp_path, "a.zip")))
    for number, other in enumerate([ExportBuilder(messages=5), ExportBuilder(messages=4, owner=Someone("Bo", "bo"))]):
        assert not known & digests(read(many(other).zip(tmp_path, f"{number}.zip")))


def test_passages_with_rows_that_are_not_understood_or_no_message_are_read_each_time(tmp_path):
    export = ExportBuilder().message("Ana Ruiz").draft("Dear Ana").row("messages.csv", "too", "short")
    assert digests(read(export.zip(tmp_path))) == frozenset()


def test_a_message_that_is_told_apart_by_others_is_read_each_time_though_its_passage_is_known(tmp_path):
    export = many(ExportBuilder(), 40).message("Ana Ruiz", "").message("Bo Li", "Hi", to=["Cy Fox", "Alex Morgan"])
    source = many(export, 40).zip(tmp_path)
    known = digests(read(source))
    rows = [row for row in read(source, known) if not isinstance(row, Passage)]
    assert {"", "Hi"} <= {row.text for row in rows}
    assert len(rows) < 40


def test_a_new_message_like_one_that_is_known_is_not_lost(inbox, tmp_path):
    same = {"at": "2026-03-03 03:03", "thread": "2-a=="}
    export = many(ExportBuilder()).message("Ana Ruiz", "", **same)
    inbox.import_from(export.zip(tmp_path))
    report = inbox.import_from(many(export).message("Ana Ruiz", "", **same).zip(tmp_path, "later.zip"))
    (messages,) = [file for file in report.files if file.name == "messages.csv"]
    assert messages.new == 201
