import unicodedata

import pytest

from tests.builders import ExportBuilder, Someone
from tests.hostile import HOSTILE

COMMANDS = [
    *(["list", "--view", "all", *form] for form in ([], ["--limit", "1000"], ["--json"], ["--nl"], ["--csv"])),
    ["log", "--limit", "1000"], ["log", "--json"], ["path"], ["path", "--json"], ["import", "--problems"],
]  # fmt: skip


@pytest.fixture
def besieged(cli, tmp_path):
    export = ExportBuilder()
    for number, text in enumerate(text[:5_000] for text in HOSTILE.values()):
        clean = text.replace("\0", "").encode("utf-8", "replace").decode()
        export.message(Someone(clean, f"h{number}"), clean, subject=clean, thread=f"2-{number}==", title=clean)
    export.row("Invitations.csv", *list(HOSTILE.values())[:7])
    export.zip(tmp_path)
    result = cli("import", tmp_path / f"{export.name}.zip")
    ids = [row["id"] for row in cli.json("list", "--view", "all")]
    cli("accept", *ids, "--note", HOSTILE["colour"])
    cli("gold", *ids)
    return result, ids


def acts_on_a_terminal(text: str) -> set[str]:
    return {char for char in text if char != "\n" and unicodedata.category(char) == "Cc"}


def test_no_text_of_a_stranger_acts_on_the_terminal(cli, besieged):
    result, ids = besieged
    assert not acts_on_a_terminal(result.output)
    for command in [*COMMANDS, *(["show", id_] for id_ in ids), ["show", ids[0], "--json"]]:
        said = cli(*command)
        assert said.stdout or command[-1] == "--problems"
        allowed = {"\t"} if "--csv" in command else set()
        assert acts_on_a_terminal(said.stdout) <= allowed, command
        assert not acts_on_a_terminal(said.stderr)


def test_a_file_name_acts_on_nothing_either(cli, tmp_path):
    bad = tmp_path / "\x1b[2Jexport.zip"
    bad.write_text("no zip")
    result = cli("import", bad, code=1)
    assert not acts_on_a_terminal(result.output)


def test_what_a_program_reads_is_as_it_came(cli, tmp_path):
    cli.fill(ExportBuilder().message("Ana Ruiz", HOSTILE["colour"] + "\u202e\x9b"), tmp_path)
    assert cli.json("list")[0]["text"] == HOSTILE["colour"] + "\u202e\x9b"
