import pytest

from linkinbox.importers.records import Ignored, Quarantined
from tests.builders import CONNECTION_HEADERS, ExportBuilder, Someone
from tests.importers.reading import rows_of


def read(export, tmp_path):
    return rows_of(export.zip(tmp_path), "connections")


@pytest.mark.parametrize("version", CONNECTION_HEADERS)
def test_every_header_gives_who_and_since_when(version, tmp_path):
    export = ExportBuilder(connections=version)
    export.connection("Ana Ruiz", on="2023-07-03", company="Acme, Inc.", position="VP", email="ana@example.com")
    (row,) = read(export, tmp_path)
    assert (row.who.name, row.connected_on) == ("Ana Ruiz", "2023-07-03")
    assert (row.company, row.position, row.email) == ("Acme, Inc.", "VP", "ana@example.com")
    assert row.who.key.startswith("in:" if version == 3 else "weak:")


def test_line_numbers_count_the_preamble(tmp_path):
    (row,) = read(ExportBuilder().connection("Ana Ruiz"), tmp_path)
    assert row.line == 5


def test_a_spreadsheet_may_have_removed_the_preamble_and_changed_the_days(tmp_path):
    export = ExportBuilder()
    text = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\nAna,Ruiz,,,Acme,VP,3-Jul-23\r\n"
    (row,) = read(export.raw("Connections.csv", "\ufeff" + text), tmp_path)
    assert row.connected_on == "2023-07-03"


def test_a_semicolon_table_of_a_european_spreadsheet_is_read(tmp_path):
    text = "First Name;Last Name;Company;Position;Connected On\nAna;Ruiz;Acme;VP;03 Jul 2023\n"
    (row,) = read(ExportBuilder().raw("Connections.csv", text), tmp_path)
    assert row.who.name == "Ana Ruiz"


def test_hidden_members_are_counted_and_never_people(tmp_path):
    export = ExportBuilder().date_only_connection().connection("Ana Ruiz").date_only_connection()
    hidden, _, again = read(export, tmp_path)
    assert hidden == Ignored(5, "date-only connection")
    assert again == Ignored(7, "date-only connection")


def test_a_connection_without_an_address_is_weak_by_all_that_its_row_says(tmp_path):
    nobody = Someone("Wei Li")
    export = ExportBuilder().connection(nobody, on="2023-07-03").connection(nobody, on="2023-07-04")
    export.connection(nobody, on="2023-07-03", email="w@example.com").connection(nobody, on="2023-07-03", company="B")
    export.connection(nobody, on="2023-07-03", position="Captain").connection(nobody, on="2023-07-03")
    one, *others, same = (row.who.key for row in read(export, tmp_path))
    assert len({one, *others}) == 5
    assert one == same


def test_a_last_line_without_its_end_is_read(tmp_path):
    export = ExportBuilder().connection("Ana Ruiz")
    export.raw("Connections.csv", export.text("Connections.csv").rstrip("\n"))
    assert len(read(export, tmp_path)) == 1


def test_a_job_without_a_person_is_quarantined(tmp_path):
    export = ExportBuilder().row("Connections.csv", "", "", "", "", "Acme", "VP", "03 Jul 2023")
    (row,) = read(export, tmp_path)
    assert isinstance(row, Quarantined)


def test_a_serial_number_of_a_spreadsheet_is_quarantined(tmp_path):
    (row,) = read(ExportBuilder().row("Connections.csv", "Ana", "Ruiz", "", "", "", "", "45110"), tmp_path)
    assert "45110" in row.reason
