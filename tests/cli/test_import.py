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
