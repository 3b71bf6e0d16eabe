"""What is refused, and with which words; a refused source is never read as far as a row."""

import inspect
import os
import stat
import sys
import zipfile
from contextlib import suppress

import pytest

from linkinbox.errors import NotAnExportError, SourceError, UnsafeSourceError
from linkinbox.importers.export import open_export, source_digest
from linkinbox.importers.limits import Limits
from tests.builders import MESSAGE_HEADERS, ExportBuilder

AS_ROOT = os.geteuid() == 0 if hasattr(os, "geteuid") else False


def refused(path, kind=SourceError, limits=None):
    with pytest.raises(kind) as caught, open_export(path, limits):
        pass
    return str(caught.value)


def zip_of(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def a_zip(tmp_path):
    return ExportBuilder().message("Ana Ruiz").invitation("Ben Lee").zip(tmp_path)


def test_a_path_that_does_not_exist(tmp_path):
    assert "does not exist" in refused(tmp_path / "nowhere.zip")
    with pytest.raises(SourceError):
        source_digest(tmp_path / "nowhere.zip")


@pytest.mark.parametrize("name", ["noise.csv", "messages.csv", "Profile.csv"])
def test_a_file_that_is_no_text_is_named_without_its_noise(name, tmp_path):
    (tmp_path / name).write_bytes(bytes(range(1, 256)) * 20)
    told = refused(tmp_path / name, NotAnExportError)
    assert told.startswith(name)
    assert "is no text" in told
    assert told.isprintable()


def test_an_empty_file(tmp_path):
    (tmp_path / "x.zip").touch()
    assert "is empty" in refused(tmp_path / "x.zip")


def test_an_empty_folder(tmp_path):
    assert "is empty" in refused(tmp_path, NotAnExportError)


def test_an_empty_zip(tmp_path):
    assert "is empty" in refused(zip_of(tmp_path / "x.zip"), NotAnExportError)


def test_a_page_saved_as_a_zip(tmp_path):
    (tmp_path / "x.zip").write_text("<html>Sign in</html>")
    assert "is not a zip" in refused(tmp_path / "x.zip")


@pytest.mark.parametrize("kept", [0.99, 0.5, 0.1])
def test_a_download_that_broke_off(kept, tmp_path):
    path = a_zip(tmp_path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    assert "cut off" in refused(path)


def test_a_damaged_member(tmp_path):
    path = ExportBuilder().message("Ana Ruiz", "unmistakable " * 3).zip(tmp_path)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("messages.csv")
    content = bytearray(path.read_bytes())
    content[info.header_offset + 30 + len("messages.csv") + 40] ^= 0xFF
    path.write_bytes(content)
    assert "messages.csv is damaged" in refused(path)


def flagged(path, *, flag=0, method=None):
    """The zip with a flag set, or another method named, in the records of all its members."""
    content = path.read_bytes()
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = content.split(signature)
        for part in range(1, len(parts)):
            record = bytearray(parts[part])
            record[at - 4] |= flag
            if method is not None:
                record[at - 2] = method
            parts[part] = bytes(record)
        content = signature.join(parts)
    path.write_bytes(content)
    return path


def test_a_password(tmp_path):
    assert "password" in refused(flagged(a_zip(tmp_path), flag=1))


def test_an_exotic_compression(tmp_path):
    assert "compressed in a way" in refused(flagged(a_zip(tmp_path), method=97))


@pytest.mark.parametrize("name", ["book.xlsx", "Connections.csv", "book.zip"])
def test_a_spreadsheet(name, tmp_path):
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "Open your original zip; this was saved by a spreadsheet" in refused(tmp_path / name, NotAnExportError)


def test_a_spreadsheet_of_the_old_kind(tmp_path):
    (tmp_path / "messages.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99)
    assert "Open your original zip" in refused(tmp_path / "messages.xls", NotAnExportError)


def test_a_zip_in_a_zip(tmp_path):
    inner = a_zip(tmp_path)
    outer = zip_of(tmp_path / "outer.zip", export__zip=inner.read_bytes())
    assert "Unpack it and import export.zip" in refused(outer, NotAnExportError)


def test_a_folder_that_holds_only_the_zip(tmp_path):
    inner = a_zip(tmp_path)
    assert f"Import {inner.name}" in refused(tmp_path, NotAnExportError)


def test_a_zip_of_something_else(tmp_path):
    assert "none of Invitations.csv" in refused(zip_of(tmp_path / "x.zip", a__txt="x"), NotAnExportError)


def test_a_table_of_something_else(tmp_path):
    (tmp_path / "prices.csv").write_text("Item,Price\nTea,2\n")
    message = refused(tmp_path / "prices.csv", NotAnExportError)
    assert "Item,Price" in message
    assert "Invitations.csv" in message


def test_a_bots_chat_alone(tmp_path):
    (tmp_path / "guide_messages.csv").write_text(MESSAGE_HEADERS[2] + "\n")
    assert "not needed" in refused(tmp_path / "guide_messages.csv", NotAnExportError)


def test_one_table_that_is_another_refuses_the_whole_zip(tmp_path):
    export = ExportBuilder().message("Ana Ruiz").raw("Invitations.csv", "Item,Price\nTea,2\n")
    message = refused(export.zip(tmp_path), NotAnExportError)
    assert "Invitations.csv" in message
    assert "Item, Price" in message


def test_a_device(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in refused(tmp_path / "pipe")


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = a_zip(tmp_path)
    path.chmod(0)
    assert "may not be read" in refused(path)


def test_a_folder_that_may_not_be_listed(tmp_path, monkeypatch):
    folder = ExportBuilder().message("Ana Ruiz").folder(tmp_path)
    if AS_ROOT:
        pytest.skip("root may read everything")
    folder.chmod(0)
    try:
        assert "may not be read" in refused(folder)
    finally:
        folder.chmod(0o700)


# ── made to harm ──


def test_two_files_for_one_thing(tmp_path):
    export = ExportBuilder().message("Ana Ruiz")
    export.raw("Messages.csv", export.text("messages.csv"))
    message = refused(export.zip(tmp_path), UnsafeSourceError)
    assert "messages twice" in message
    assert "one export at a time" in message


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name(tmp_path):
    path = a_zip(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("messages.csv", MESSAGE_HEADERS[7] + "\n")
    assert "twice" in refused(path, UnsafeSourceError)


def test_a_bomb(tmp_path):
    path = zip_of(tmp_path / "bomb.zip", messages__csv=MESSAGE_HEADERS[2] + "\n" + "\n" * (9 << 20))
    assert "200 times" in refused(path, UnsafeSourceError)


def test_a_bomb_that_lies_about_its_size(tmp_path):
    path = zip_of(tmp_path / "bomb.zip", messages__csv=MESSAGE_HEADERS[2] + "\n" * (9 << 20))
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("messages.csv").file_size.to_bytes(4, "little")
    path.write_bytes(content.replace(size, (1000).to_bytes(4, "little")))
    assert "damaged" in refused(path)


def test_too_large_a_file_or_too_many_of_them(tmp_path):
    path = a_zip(tmp_path)
    assert "more than the" in refused(path, UnsafeSourceError, Limits(member_bytes=50))
    assert "of tables" in refused(path, UnsafeSourceError, Limits(total_bytes=50))
    assert "more than 2 files" in refused(path, UnsafeSourceError, Limits(members=2))
    folder = ExportBuilder().message("Ana Ruiz").folder(tmp_path)
    assert "more than 1 files" in refused(folder, UnsafeSourceError, Limits(members=1))


def test_members_that_overlap(tmp_path):
    path = a_zip(tmp_path)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        one, other = archive.infolist()[:2]
    at = content.rindex(other.filename.encode()) - 46
    field = slice(at + 42, at + 46)
    overlapping = content[: field.start] + one.header_offset.to_bytes(4, "little") + content[field.stop :]
    path.write_bytes(overlapping)
    assert "overlap" in refused(path, UnsafeSourceError)


def test_a_member_that_is_a_link(tmp_path):
    info = zipfile.ZipInfo("messages.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(info, "/etc/hostname")
    assert "is a link" in refused(tmp_path / "x.zip", UnsafeSourceError)


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    folder = ExportBuilder().invitation("Ana Ruiz").folder(tmp_path, "export")
    (folder / "messages.csv").symlink_to(secret)
    (folder / "round").symlink_to(folder)
    with open_export(folder) as source:
        assert [file.name for file in source.files] == ["Profile.csv", "Invitations.csv"]


def test_names_that_climb_out_are_only_names(tmp_path):
    export = ExportBuilder().raw("../../../../tmp/evil.csv", "x").raw("/etc/\x1b[2Jpasswd", "x").message("Ana Ruiz")
    before = sorted(tmp_path.rglob("*"))
    path = export.zip(tmp_path)
    with open_export(path) as source:
        rows = [row for file in source.files for row in file.rows()]
        assert len(rows) == 2
        assert {other.why for other in source.others} == {"unknown"}
    assert sorted(tmp_path.rglob("*")) == [*before, path]


@pytest.mark.parametrize("name", ["../messages.csv", "..\\messages.csv", "C:\\x\\messages.csv"])
def test_a_table_whose_name_climbs_out_is_read_like_any(name, tmp_path):
    text = ExportBuilder().message("Ana Ruiz").text("messages.csv")
    with open_export(ExportBuilder(profile=False).raw(name, text).zip(tmp_path)) as source:
        assert len(list(source.files[0].rows())) == 1


def test_any_cut_or_flipped_byte_gives_a_source_error_or_whole_rows(tmp_path):
    good = a_zip(tmp_path).read_bytes()
    path = tmp_path / "bent.zip"
    for at in range(0, len(good), 7):
        path.write_bytes(good[:at] + bytes([good[at] ^ 0x55]) + good[at + 1 :])
        with suppress(SourceError), open_export(path) as source:
            for file in source.files:
                assert all(file.rows())


def test_memory_stays_flat_in_the_size_of_a_zip(tmp_path):
    import tracemalloc

    rows = "\n".join(f'2-a==,,Ana,,Alex,,2026-01-01 00:00:00 UTC,,"{n} {"x" * 900}",INBOX' for n in range(8000))
    path = zip_of(tmp_path / "x.zip", messages__csv=f"{MESSAGE_HEADERS[2]}\n{rows}")
    with open_export(path, Limits(ratio=1000)) as source:
        tracemalloc.start()
        try:
            count = sum(1 for _ in source.files[0].rows())
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert count == 8000
    assert peak < 2_000_000


def test_a_damaged_spreadsheet_is_still_told_to_be_one(tmp_path):
    path = tmp_path / "Connections.xlsx"
    path.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(NotAnExportError, match="Open your original zip"):
        open_export(path)


# ── odd folders and paths ──


def test_a_folder_nested_deeper_than_python_would_recurse_is_looked_through(tmp_path):
    folder = ExportBuilder().message("Ana Ruiz").folder(tmp_path, "export")
    folder.joinpath(*["d"] * 300).mkdir(parents=True)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 150)
    try:
        with open_export(folder) as source:
            assert [file.name for file in source.files] == ["Profile.csv", "messages.csv"]
    finally:
        sys.setrecursionlimit(limit)


def test_a_path_with_nul_in_it_is_no_path(tmp_path):
    assert "is no path" in refused(tmp_path / "a\0b")


def test_a_time_that_no_calendar_has_is_none(tmp_path):
    folder = ExportBuilder().message("Ana Ruiz").folder(tmp_path, "export")
    with suppress(OSError, OverflowError):  # not every file system keeps such a time
        os.utime(folder / "messages.csv", (0, 1 << 40))
    with open_export(folder) as source:
        assert len(source.files) == 2
