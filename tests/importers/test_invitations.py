import pytest

from linkinbox.importers.records import Ignored, InvitationRow, Quarantined
from tests.builders import INVITATION_HEADERS, ExportBuilder, Someone, person
from tests.importers.reading import rows_of


def read(export, tmp_path):
    return rows_of(export.zip(tmp_path), "invitations")


@pytest.mark.parametrize("version", INVITATION_HEADERS)
def test_every_header_gives_who_when_and_the_note(version, tmp_path):
    export = ExportBuilder(invitations=version)
    export.invitation("Ana Ruiz", note="Hello, Alex", at="2023-07-03T11:05Z")
    export.invitation("Ben Lee", at="2023-01-03T12:05Z", outgoing=True)
    incoming, outgoing = read(export, tmp_path)
    assert (incoming.who.name, incoming.incoming, incoming.at) == ("Ana Ruiz", True, "2023-07-03T11:05:00Z")
    assert incoming.note == "Hello, Alex"
    assert (outgoing.who.name, outgoing.incoming, outgoing.at) == ("Ben Lee", False, "2023-01-03T12:05:00Z")


@pytest.mark.parametrize(("version", "kind"), [(0, "weak:"), (1, "member:"), (2, "weak:"), (3, "in:")])
def test_the_key_is_as_strong_as_the_header_allows(version, kind, tmp_path):
    (row,) = read(ExportBuilder(invitations=version).invitation("Ana Ruiz"), tmp_path)
    assert row.who.key.startswith(kind)


@pytest.mark.parametrize("version", [0, 2])
def test_two_people_of_one_name_stay_two_without_addresses(version, tmp_path):
    export = ExportBuilder(invitations=version).invitation("Ana Ruiz").invitation("Ana Ruiz")
    one, other = read(export, tmp_path)
    assert one.who.key != other.who.key


@pytest.mark.parametrize("version", [0, 2])
def test_a_weak_key_is_the_same_in_the_next_export(version, tmp_path):
    first = ExportBuilder(invitations=version).invitation("Ana Ruiz", at="2023-07-03T11:05Z")
    later = ExportBuilder(invitations=version).invitation("Ben Lee").invitation("Ana Ruiz", at="2023-07-03T11:05Z")
    assert read(first, tmp_path)[0].who == read(later, tmp_path)[1].who


def test_a_slug_is_the_same_here_and_in_connections(tmp_path):
    path = ExportBuilder().invitation("Zoë Berg").connection("Zoë Berg").zip(tmp_path)
    assert rows_of(path, "invitations")[0].who == rows_of(path, "connections")[0].who


def test_a_name_loses_its_trailing_blank_and_a_note_loses_nothing(tmp_path):
    export = ExportBuilder().invitation(Someone("Ana  Ruiz, Ph.D. ", "ana"), note=" =1+1 \u202e<b> ")
    (row,) = read(export, tmp_path)
    assert row.who.name == "Ana Ruiz, Ph.D."
    assert row.note == " =1+1 \u202e<b> "


def test_an_unknown_direction_is_quarantined(tmp_path):
    export = ExportBuilder().row("Invitations.csv", "A", "B", "7/3/23, 4:05 AM", "", "SIDEWAYS", "", "")
    (row,) = read(export, tmp_path)
    assert isinstance(row, Quarantined)
    assert "SIDEWAYS" in row.reason
    assert row.raw.startswith("A,B,")


def test_a_day_first_date_is_quarantined_not_guessed(tmp_path):
    export = ExportBuilder().row("Invitations.csv", "A", "B", "23/7/23, 4:05 AM", "", "INCOMING", "", "")
    (row,) = read(export, tmp_path)
    assert isinstance(row, Quarantined)


def test_a_row_without_any_person_is_quarantined(tmp_path):
    export = ExportBuilder().row("Invitations.csv", "", "Alex Morgan", "7/3/23, 4:05 AM", "hi", "INCOMING", "", "")
    (row,) = read(export, tmp_path)
    assert row.reason == "neither a name nor a profile"


def test_a_person_without_a_name_but_with_an_address_is_kept(tmp_path):
    (row,) = read(ExportBuilder().invitation(Someone("", "ana-ruiz")), tmp_path)
    assert isinstance(row, InvitationRow)
    assert row.who.key == "in:ana-ruiz"


def test_empty_rows_are_counted_as_ignored(tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz").row("Invitations.csv", *[""] * 7)
    export.raw("Invitations.csv", export.text("Invitations.csv") + "\n\n")
    rows = read(export, tmp_path)
    assert rows[1:] == [Ignored(line, "empty row") for line in (3, 4, 5)]


def test_reordered_and_renamed_case_columns_are_found(tmp_path):
    text = (
        "invitee_profile_url,DIRECTION,sent at,Inviter Profile URL,to,FROM,message,new column\n"
        f'x,INCOMING,"7/3/23, 4:05 AM",{person("Ana Ruiz").url},Alex Morgan,Ana Ruiz,Hi,?\n'
    )
    (row,) = read(ExportBuilder().raw("Invitations.csv", text), tmp_path)
    assert (row.who.key, row.note) == ("in:ana-ruiz", "Hi")
