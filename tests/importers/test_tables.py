"""What happens to files between LinkedIn and here, and to rows that break the table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkinbox.errors import NotAnExportError
from linkinbox.importers.export import open_export
from linkinbox.importers.limits import Limits
from linkinbox.importers.records import Ignored, InvitationRow, Quarantined
from tests.builders import CONNECTION_HEADERS, INVITATION_HEADERS, MESSAGE_HEADERS, ExportBuilder
from tests.importers.reading import rows_of

HEADER = INVITATION_HEADERS[0] + "\n"
GOOD = 'Ana,Alex,"7/3/23, 4:05 AM",Hi,INCOMING\n'


def invitations(content, tmp_path, limits=None):
    path = tmp_path / "Invitations.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return rows_of(path, "invitations", limits)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding, end, tmp_path):
    content = (HEADER + GOOD.replace("Hi", "Zoë 🚀") + GOOD).replace("\n", end).encode(encoding)
    first, second = invitations(content, tmp_path)
    assert (first.note, first.line, second.line) == ("Zoë 🚀", 2, 3)


def test_a_fully_quoted_tab_separated_twin_is_read(tmp_path):
    content = '"From"\t"To"\t"Sent At"\t"Message"\t"Direction"\n"Ana"\t"Alex"\t"7/3/23, 4:05 AM"\t"Hi"\t"INCOMING"\n'
    (row,) = invitations(content.encode("utf-16"), tmp_path)
    assert row.note == "Hi"


def test_bytes_that_are_no_utf8_are_replaced_and_counted(tmp_path):
    path = tmp_path / "Invitations.csv"
    path.write_bytes(HEADER.encode() + GOOD.encode() + GOOD.encode().replace(b"Hi", b"caf\xe9"))
    with open_export(path) as source:
        (file,) = source.files
        assert [row.note for row in file.rows()] == ["Hi", "caf\ufffd"]
        assert file.damaged == 1


def test_what_is_damaged_is_counted_by_the_line_once_and_to_the_end(tmp_path):
    broken = b'Ana,Alex,"7/3/23, 4:05 AM,caf\xe9,INCOMING\n'
    rows = [GOOD.encode().replace(b"Hi", text) for text in (b"caf\xe9", b"a\0b", b"\xef\xbf\xbd", b"fine")]
    path = tmp_path / "Invitations.csv"
    path.write_bytes(HEADER.encode() + broken + b"".join(rows))
    with open_export(path) as source:
        (file,) = source.files
        assert len(list(file.rows())) == 5
        assert file.damaged == 4


def test_nul_and_lone_surrogates_are_replaced(tmp_path):
    content = (HEADER + GOOD.replace("Hi", "a\0b")).encode() + GOOD.encode().replace(b"Hi", b"\xed\xa0\x80")
    nul, surrogate = invitations(content, tmp_path)
    assert nul.note == "a\ufffdb"
    assert set(surrogate.note) == {"\ufffd"}


def test_a_row_of_another_width_is_quarantined_with_its_text(tmp_path):
    rows = invitations(HEADER + GOOD + "Ana,Alex,oops\n" + GOOD, tmp_path)
    assert rows[1] == Quarantined(3, "3 columns where the header has 5", "Ana,Alex,oops")
    assert [type(row) for row in rows] == [InvitationRow, Quarantined, InvitationRow]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path):
    rows = invitations(HEADER + 'Ana,Alex,"7/3/23, 4:05 AM,Hi,INCOMING\n' + GOOD * 3, tmp_path)
    assert isinstance(rows[0], Quarantined)
    assert "quote" in rows[0].reason
    assert [row.line for row in rows[1:]] == [3, 4, 5]
    assert all(isinstance(row, InvitationRow) for row in rows[1:])


def test_a_quote_that_is_never_closed_in_the_last_row_costs_one_row(tmp_path):
    plain = "Ana,Alex,2023-07-03 4:05,Hi,INCOMING\n"
    rows = invitations(HEADER + plain + 'Ana,"Alex\n' + plain * 2, tmp_path)
    assert [type(row) for row in rows] == [InvitationRow, Quarantined, InvitationRow, InvitationRow]
    assert rows[1] == Quarantined(3, "a quote is opened and never closed", 'Ana,"Alex')


def test_a_record_of_too_many_lines_costs_one_row(tmp_path):
    content = HEADER + GOOD.replace("Hi", '"' + "x\n" * 50 + '"') + GOOD
    rows = invitations(content, tmp_path, Limits(record_lines=20))
    assert isinstance(rows[0], Quarantined)
    assert isinstance(rows[-1], InvitationRow)
    assert len(invitations(content, tmp_path)) == 2


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_huge_field_costs_one_row(quote, tmp_path):
    content = HEADER + GOOD.replace("Hi", quote + "x" * 5000 + quote) + GOOD
    first, second = invitations(content, tmp_path, Limits(line_chars=1000))
    assert isinstance(first, Quarantined)
    assert len(first.raw) <= 1000
    assert isinstance(second, InvitationRow)
    assert second.line == 3


def test_a_huge_line_after_an_open_quote_costs_no_line_after_it(tmp_path):
    content = HEADER + 'Ana,"Alex\n' + "x" * 5000 + "\n" + GOOD + GOOD
    rows = invitations(content, tmp_path, Limits(line_chars=1000))
    assert [row.line for row in rows if isinstance(row, InvitationRow)] == [4, 5]


def test_a_file_of_quotes_that_never_close_ends(tmp_path):
    rows = invitations(HEADER + 'a",",""\n' * 3000, tmp_path, Limits(record_lines=100))
    assert all(isinstance(row, Quarantined) for row in rows)


def test_a_file_with_nothing_in_it_has_no_rows(tmp_path):
    assert invitations(HEADER, tmp_path) == []
    assert invitations("\n\n", tmp_path) == []
    assert invitations("No conversations found\n", tmp_path) == []


def test_another_table_is_named_with_what_was_found_and_wanted(tmp_path):
    with pytest.raises(NotAnExportError) as caught:
        invitations("Name,Date Sent\nAna,today\n", tmp_path)
    assert "Name, Date Sent" in str(caught.value)
    assert "From, To, Sent At, Message, Direction" in str(caught.value)


def test_an_ill_formed_preamble_is_skipped(tmp_path):
    path = tmp_path / "Connections.csv"
    path.write_text(
        'Notes:\nsome "words" and an open "quote\n\n' + CONNECTION_HEADERS[3] + "\nAna,Ruiz,,,,,03 Jul 2023\n"
    )
    (row,) = rows_of(path, "connections")
    assert row.who.name == "Ana Ruiz"


# ── whatever comes in, comes out once ──

CELLS = st.text(alphabet='ab,"\n\0é/🚀0123: APM-', max_size=12)
DATES = st.sampled_from(["7/3/23, 4:05 AM", "03 Jul 2023", "2023-07-03 04:05:06 UTC", "", "x"])
NAMES = {"Invitations.csv": INVITATION_HEADERS, "messages.csv": MESSAGE_HEADERS, "Connections.csv": CONNECTION_HEADERS}


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(sorted(NAMES)))
def test_every_row_comes_out_once(tmp_path_factory, data, name):
    version, header = data.draw(st.sampled_from(sorted(NAMES[name].items())))
    width = header.count(",") + 1
    table = data.draw(st.lists(st.lists(CELLS | DATES, min_size=width - 1, max_size=width + 1), max_size=8))
    versions = {"Invitations.csv": "invitations", "messages.csv": "messages", "Connections.csv": "connections"}
    export = ExportBuilder(**{versions[name]: version}, files=[name], profile=False)
    for row in table:
        export.row(name, *row)
    path = export.csv(tmp_path_factory.mktemp("export"), name)
    with open_export(path) as source:
        rows = [row for file in source.files for row in file.rows()]
    assert len(rows) == len(table)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.binary(max_size=30) | st.sampled_from([b'"', b",", b"\n", b'a",",""\n', GOOD.encode()]), max_size=20)
)
def test_no_bytes_break_the_reader_and_no_line_is_lost(tmp_path_factory, pieces):
    path = tmp_path_factory.mktemp("bytes") / "Invitations.csv"
    path.write_bytes(HEADER.encode() + b"".join(pieces) + b"\n" + GOOD.encode())
    with open_export(path) as source:
        (file,) = source.files
        rows = list(file.rows())
        assert file.bytes_read == file.size
    assert rows
    assert [row.line for row in rows] == sorted({row.line for row in rows})
    assert all(isinstance(row, InvitationRow | Ignored | Quarantined) for row in rows)


def test_a_record_of_many_long_lines_costs_no_more_memory_than_one_field(tmp_path):
    content = HEADER + '"' + '\n",\n"'.join(["x" * 800] * 40) + '"\n' + GOOD
    rows = invitations(content, tmp_path, Limits(line_chars=1000))
    assert isinstance(rows[0], Quarantined)
    assert isinstance(rows[-1], InvitationRow)
    assert max(len(row.raw) for row in rows if isinstance(row, Quarantined)) <= 1700
