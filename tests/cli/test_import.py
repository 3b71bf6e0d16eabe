import os

import pytest

from tests.builders import ExportBuilder, Someone

COUNTS = ("new", "changed", "same", "ignored", "quarantined")


def test_the_report_has_the_shape_of_the_contract_and_adds_up(cli, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee").connection("Ben Lee").message("Cy Doe")
    export.raw("Ads Clicked.csv", "a,b\n1,2\n")
    report = cli.json("import", export.zip(tmp_path))
    assert list(report)[:5] == ["source", "kind", "as_of", "owner", "files"]
    assert report["kind"] == "zip"
    assert report["as_of"].startswith("2026-11-20T")
    assert report["as_of"].endswith("Z")
    assert report["owner"] == {"name": "Alex Morgan", "key": "in:alex-morgan"}
    for file in report["files"]:
        assert set(file) == {"name", "rows", *COUNTS, "reasons"}
        assert file["rows"] == sum(file[count] for count in COUNTS)
    assert [other["name"] for other in report["other_files"]] == ["Ads Clicked.csv"]
    assert report["items"]["new"] == 2
    assert report["items"]["already_connected"] == 1
    assert {"unknown_status", "replied"} <= set(report["items"])
    assert isinstance(report["seconds"], float)


def test_importing_it_again_is_exit_3_and_changes_nothing(cli, tmp_path):
    zipped = ExportBuilder().invitation("Ana Ruiz").message("Ben Lee").zip(tmp_path)
    cli("import", zipped)
    before = cli("list", "--view", "all", "--json").stdout
    again = cli.json("import", zipped, code=3)
    assert all(file["new"] == file["changed"] == 0 for file in again["files"])
    assert "nothing is new" in cli("import", zipped, code=3).stdout
    assert cli("list", "--view", "all", "--json").stdout == before


def test_several_sources_are_a_list_and_one_failure_stops_no_other(cli, tmp_path):
    good = ExportBuilder().invitation("Ana Ruiz").csv(tmp_path, "Invitations.csv")
    missing, other = tmp_path / "missing.zip", tmp_path / "other.zip"
    other.write_text("no zip")
    result = cli("import", missing, good, other, "--json", code=1)
    assert result.stderr.count("Error: ") == 2
    first, second, third = cli.json("import", missing, good, other, code=1)
    assert set(first) == set(third) == {"source", "error", "hint"}
    assert first["source"] == str(missing)
    assert second["seen_before"]
    assert [row["person"]["name"] for row in cli.json("list")] == ["Ana Ruiz"]


def test_several_files_are_imported_in_the_order_that_tells_most_and_told_as_given(cli, tmp_path):
    export = ExportBuilder(profile=False).invitation("Ana Ruiz").connection("Ana Ruiz").sent("Ben Lee").sent("Ben Lee")
    names = ["messages.csv", "Invitations.csv", "Connections.csv"]
    reports = cli.json("import", *(export.csv(tmp_path, name) for name in names))
    assert [report["source"] for report in reports] == names
    assert [report["owner"] and report["owner"]["key"] for report in reports[:2]] == ["in:alex-morgan"] * 2
    assert reports[1]["items"]["already_connected"] == 1
    (people,) = [row["person"]["name"] for row in cli.json("list", "--view", "all") if row["kind"] == "invitation"]
    assert people == "Ana Ruiz"


def test_sources_of_one_name_are_told_apart_by_their_paths(cli, tmp_path):
    paths = []
    for name in ("Ana Ruiz", "Ben Lee"):
        (tmp_path / name).mkdir()
        paths.append(ExportBuilder().invitation(name).zip(tmp_path / name, "export.zip"))
    other = ExportBuilder().invitation("Cy Doe").zip(tmp_path, "other.zip")
    reports = cli.json("import", *paths, other)
    assert [report["source"] for report in reports] == [str(paths[0]), str(paths[1]), "other.zip"]
    assert str(paths[1]) in cli("import", *paths, code=3).stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_source_that_may_not_be_read_stops_no_other(cli, tmp_path):
    secret = ExportBuilder().invitation("Ana Ruiz").zip(tmp_path, "secret.zip")
    secret.chmod(0)
    good = ExportBuilder().invitation("Ben Lee").zip(tmp_path, "good.zip")
    refused, report = cli.json("import", secret, good, code=1)
    assert "may not be read" in refused["error"]
    assert report["items"]["new"] == 1


def test_a_name_that_is_no_utf8_is_shown_with_its_bytes_replaced(cli, tmp_path):
    good = ExportBuilder().invitation("Ana Ruiz").zip(tmp_path, os.fsdecode(b"good\xff.zip"))
    bad = tmp_path / os.fsdecode(b"bad\xff.zip")
    bad.write_text("no zip")
    report, refused = cli.json("import", good, bad, code=1)
    assert report["source"] == "good\ufffd.zip"
    assert refused["source"] == f"{tmp_path}/bad\ufffd.zip"
    assert refused["error"].startswith("bad\ufffd.zip is not a zip")
    again = cli("import", good, bad, code=1)
    assert "good\ufffd.zip" in again.stdout
    assert "bad\ufffd.zip" in again.stderr


def test_known_and_new_sources_together_are_exit_0(cli, tmp_path):
    known = ExportBuilder().invitation("Ana Ruiz").zip(tmp_path, "known.zip")
    new = ExportBuilder().invitation("Ben Lee").zip(tmp_path, "new.zip")
    cli("import", known)
    assert len(cli.json("import", known, new)) == 2
    assert len(cli.json("import", known, new, code=3)) == 2


def test_people_read_counts_reasons_and_what_they_mean(cli, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz").invitation("Me Too", outgoing=True)
    result = cli("import", export.zip(tmp_path))
    assert "data of 20 Nov 2026, of Alex Morgan" in result.stdout
    assert "2 rows = 1 new + 0 changed + 0 same + 1 left out + 0 not understood" in result.stdout.replace(
        "2 new + 0 changed + 0 same + 0 left out", "1 new + 0 changed + 0 same + 1 left out"
    )
    assert "1 new to decide on" in result.stdout
    assert "connected with the sender of 1 invitation: no Connections file came with it." in result.stdout
    assert "linkinbox list" in result.stderr


def test_where_many_are_new_the_report_names_the_way_through_them(cli, tmp_path):
    export = ExportBuilder()
    for number in range(201):
        export.invitation(f"Pat No{number}")
    assert "`linkinbox backlog`" in cli("import", export.zip(tmp_path)).stdout


def test_progress_is_for_terminals(cli, tmp_path):
    assert "\r" not in cli("import", ExportBuilder().invitation("Ana Ruiz").zip(tmp_path)).stderr


def test_rows_that_were_not_understood_can_be_listed(cli, tmp_path):
    export = (
        ExportBuilder().invitation("Ana Ruiz").row("Invitations.csv", "Bad \x1b[2J", "Row", "someday", "", "", "", "")
    )
    cli("import", export.zip(tmp_path))
    (problem,) = cli.json("import", "--problems")
    assert {"file", "line", "reason", "raw", "source", "at"} == set(problem)
    assert problem["file"] == "Invitations.csv"
    assert "someday" in problem["raw"]
    shown = cli("import", "--problems").stdout
    assert "someday" in shown
    assert "\x1b" not in shown


def test_more_problems_than_are_shown_are_told_of(cli, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz")
    for number in range(60):
        export.row("Invitations.csv", f"Bad {number}", "Row", "someday", "", "INCOMING", "", "")
    cli("import", export.zip(tmp_path))
    told = cli("import", "--problems")
    assert told.stdout.count("someday") >= 50
    assert told.stderr == "50 are shown and there are more; --limit N shows more of them, --json all\n"
    assert cli("import", "--problems", "--limit", 60).stderr == ""
    assert len(cli.json("import", "--problems")) == 60


def test_no_problems_is_an_empty_list(cli):
    assert cli.json("import", "--problems") == []
    assert cli("import", "--problems").stdout == ""


def test_a_source_or_problems_must_be_asked_for_and_not_both(cli, tmp_path):
    cli("import", code=2)
    cli("import", tmp_path / "x.zip", "--problems", code=2)


def test_limits_of_the_configuration_hold(cli, tmp_path):
    (tmp_path / "config" / "linkinbox" / "config.toml").write_text("[import]\nmembers = 1\n")
    export = ExportBuilder().invitation("Ana Ruiz").message(Someone("Ben Lee", "ben"))
    result = cli("import", export.zip(tmp_path), code=1)
    assert "more than 1 files" in result.stderr
    assert cli.json("list", "--view", "all") == []
