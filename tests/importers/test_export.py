import os
from datetime import UTC, date, datetime

import pytest

from linkinbox.errors import NotAnExportError
from linkinbox.importers.export import open_export, source_digest
from linkinbox.importers.records import OtherFile
from linkinbox.importers.sources import import_order
from tests.builders import MESSAGE_HEADERS, ExportBuilder

FULL = ["Profile.csv", "Email Addresses.csv", "Positions.csv", "Connections.csv", "Invitations.csv", "messages.csv"]


def full_export():
    export = ExportBuilder().message("Ana Ruiz").invitation("Ben Lee").connection("Cleo Diaz")
    return export.email("alex@example.com").position("Acme", "Founder")


def names(source):
    return [file.name for file in source.files]


def test_files_come_in_the_order_to_import_them(tmp_path):
    with open_export(full_export().zip(tmp_path)) as source:
        assert names(source) == FULL
        assert source.kind == "zip"
        assert source.name == "Complete_LinkedInDataExport_11-20-2026.zip"


@pytest.mark.parametrize("name", ["x.zip.zip", "x (1).zip", "export", "export.csv", "Ünïcode 📦.zip"])
def test_a_zip_is_known_by_its_content(name, tmp_path):
    with open_export(full_export().zip(tmp_path, name)) as source:
        assert (source.kind, source.name, names(source)) == ("zip", name, FULL)


@pytest.mark.parametrize("top", ["Complete_LinkedInDataExport_11-20-2026", "a/b/c"])
def test_a_zip_may_have_been_packed_again_under_a_folder(top, tmp_path):
    with open_export(full_export().zip(tmp_path, top=top)) as source:
        assert names(source) == FULL


@pytest.mark.parametrize("name", ["export", "Basic_LinkedInDataExport_11-20-2026.zip"])
def test_a_folder_may_be_called_zip(name, tmp_path):
    with open_export(full_export().folder(tmp_path, name)) as source:
        assert (source.kind, source.name, names(source)) == ("folder", name, FULL)


def test_a_folder_in_a_folder_is_found(tmp_path):
    full_export().folder(tmp_path)
    with open_export(tmp_path) as source:
        assert names(source) == FULL


@pytest.mark.parametrize("file", FULL)
@pytest.mark.parametrize("renamed", ["{}", "{} (2)", "{}_123456789"])
def test_a_lone_table_is_known_by_its_name(file, renamed, tmp_path):
    name = renamed.format(file.removesuffix(".csv")) + ".csv"
    with open_export(full_export().csv(tmp_path, file, name)) as source:
        assert (source.kind, names(source)) == ("csv", [name])


@pytest.mark.parametrize("file", FULL)
def test_a_renamed_table_is_known_by_its_columns(file, tmp_path):
    with open_export(full_export().csv(tmp_path, file, "what i saved.txt")) as source:
        assert source.files[0].subject == full_subject(file)


def full_subject(file):
    return {"Email Addresses.csv": "emails"}.get(file, file.removesuffix(".csv").lower())


@pytest.mark.parametrize("name", ["MESSAGES.CSV", "Messages.csv", "messages (1).csv", "messages.CSV"])
def test_messages_are_known_by_their_whole_name(name, tmp_path):
    export = ExportBuilder(profile=False).message("Ana Ruiz")
    export = ExportBuilder(profile=False).raw(name, export.text("messages.csv"))
    with open_export(export.zip(tmp_path)) as source:
        assert [file.subject for file in source.files] == ["messages"]


def test_chats_with_bots_are_never_taken_for_messages(tmp_path):
    export = ExportBuilder().message("Ana Ruiz")
    bots = [
        "guide_messages.csv",
        "coach_messages.csv",
        "learning_coach_messages.csv",
        "learning_role_play_messages.csv",
    ]
    for bot in bots:
        export.raw(bot, MESSAGE_HEADERS[2] + "\n")
    export.raw("LearningCoachMessages.csv", "No conversations found")
    with open_export(export.zip(tmp_path)) as source:
        assert names(source) == ["Profile.csv", "messages.csv"]
        assert {other.why for other in source.others} == {"not needed"}
        assert len(source.others) == 5


def test_other_files_are_listed_as_not_needed_or_unknown(tmp_path):
    known = [
        "Ad_Targeting.csv",
        "Ad Targeting.csv",
        "Comments_12345678.csv",
        "Jobs/Job Applications_2.csv",
        "Receipts_v2.csv",
    ]
    known += ["Articles/Articles/hello.html", "Endorsement_Given_Info.csv", ".DS_Store", "__MACOSX/._messages.csv"]
    unknown = ["Brand New Thing.csv", "photo.jpg", "messages.csv.bak", "my messages.csv", "page.html"]
    export = ExportBuilder()
    for name in known + unknown:
        export.raw(name, "x")
    with open_export(export.zip(tmp_path)) as source:
        assert set(source.others) == {OtherFile(n, "not needed") for n in known} | {
            OtherFile(n, "unknown") for n in unknown
        }


def test_progress_ends_at_the_size_of_the_file(tmp_path):
    export = ExportBuilder()
    for _ in range(600):
        export.message("Ana Ruiz", "x" * 100)
    with open_export(export.zip(tmp_path)) as source:
        messages = source.files[-1]
        seen = {messages.bytes_read for _ in messages.rows()}
        assert len(seen) > 1
        assert messages.bytes_read == messages.size == len(export.text("messages.csv"))


def test_a_file_can_be_read_twice(tmp_path):
    with open_export(full_export().zip(tmp_path)) as source:
        assert list(source.files[-1].rows()) == list(source.files[-1].rows())


@pytest.mark.parametrize("file", ["Profile.csv", "Email Addresses.csv", "Positions.csv"])
def test_a_table_about_the_owner_that_is_not_understood_stops_nothing(file, tmp_path):
    export = full_export().raw(file, "Firma,Titel\nAcme,Chefin\n")
    with open_export(export.zip(tmp_path)) as source:
        assert names(source) == [name for name in FULL if name != file]
        (other,) = source.others
        assert other.name == file
        assert other.why == "not read: it is not the table it should be: its columns are Firma, Titel"
        assert source.owner.key == "in:alex-morgan"


@pytest.mark.parametrize("file", ["Connections.csv", "Invitations.csv", "messages.csv"])
def test_a_table_of_the_inbox_that_is_not_understood_stops_it(file, tmp_path):
    path = full_export().raw(file, "Firma,Titel\nAcme,Chefin\n").zip(tmp_path)
    with pytest.raises(NotAnExportError, match=file), open_export(path):
        pass


def test_names_that_are_no_utf8_are_shown_with_the_bytes_replaced(tmp_path):
    folder = full_export().folder(tmp_path, os.fsdecode(b"bad\xff"))
    (folder / os.fsdecode(b"Ads\xfe.csv")).write_text("x")
    lone = full_export().csv(tmp_path, "messages.csv", os.fsdecode(b"messages\xff.csv"))
    with open_export(folder) as source, open_export(lone) as other:
        assert (source.name, other.name) == ("bad\ufffd", "messages\ufffd.csv")
        assert source.others == (OtherFile("Ads\ufffd.csv", "unknown"),)
        assert other.files[0].name == "messages\ufffd.csv"
    assert source_digest(folder)


def test_several_sources_are_imported_in_the_order_of_an_export(tmp_path):
    paths = [full_export().csv(tmp_path, name) for name in FULL]
    paths += [full_export().csv(tmp_path, "Connections.csv", "saved.txt"), full_export().zip(tmp_path), tmp_path]
    order = [path.name for path in sorted(paths, key=import_order)]
    assert order == [*(path.name for path in paths[-2:]), *FULL[:4], "saved.txt", *FULL[4:]]


# ── as of when ──


def test_data_is_as_of_the_time_its_files_were_compiled(tmp_path):
    made = datetime(2026, 11, 19, 22, 30, 10, tzinfo=UTC)
    with open_export(full_export().zip(tmp_path, made=made)) as source:
        assert source.as_of == made


@pytest.mark.parametrize("made", [datetime(1980, 1, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)])
def test_the_date_in_the_name_wins_over_times_of_a_copy(made, tmp_path):
    with open_export(full_export().zip(tmp_path, made=made)) as source:
        assert source.as_of == datetime(2026, 11, 20, tzinfo=UTC)


def test_without_a_date_in_the_name_the_newest_file_tells(tmp_path):
    made = datetime(2026, 3, 1, 4, 5, 6, tzinfo=UTC)
    with open_export(full_export().zip(tmp_path, "export 99-99-2026.zip", made=made)) as source:
        assert source.as_of == made


def test_a_zip_whose_clock_was_never_set_tells_nothing(tmp_path):
    with open_export(full_export().zip(tmp_path, "x.zip", made=datetime(1980, 1, 1, tzinfo=UTC))) as source:
        assert source.as_of is None


def test_an_unzipped_folder_keeps_the_date_in_its_name(tmp_path):
    with open_export(ExportBuilder(as_of=date(2024, 2, 29)).folder(tmp_path)) as source:
        assert source.as_of == datetime(2024, 2, 29, tzinfo=UTC)


def test_a_lone_table_is_as_of_its_own_time(tmp_path):
    path = full_export().csv(tmp_path, "messages.csv")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    with open_export(path) as source:
        assert source.as_of == datetime.fromtimestamp(1_700_000_000, tz=UTC)


# ── the same source again ──


def test_the_digest_is_of_the_content_not_of_the_name(tmp_path):
    one, other = full_export().zip(tmp_path, "a.zip"), full_export().zip(tmp_path, "b.zip")
    assert source_digest(one) == source_digest(other)


def test_a_folder_is_the_same_while_its_tables_are(tmp_path):
    path = full_export().folder(tmp_path)
    before = source_digest(path)
    (path / "holiday.jpg").write_bytes(b"x")
    assert source_digest(path) == before
    (path / "messages.csv").write_text(full_export().message("Ben Lee").text("messages.csv"))
    assert source_digest(path) != before
