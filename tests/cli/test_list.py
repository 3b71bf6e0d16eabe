import csv
import io
import json
from pathlib import Path

import pytest

from linkinbox.model import View
from tests.builders import ExportBuilder
from tests.stores import made_once

KEYS = [
    "id", "uid", "kind", "person", "at", "state", "decided", "filed_because", "connected", "sponsored", "gold", "text",
    "held_until", "notes",
]  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("swept") / "inbox.db"


@pytest.fixture
def swept(cli, tmp_path, kept):
    """An inbox with something in every view; the ids by first names."""
    made_once(kept, lambda _: sweep(cli, tmp_path), tmp_path / "home" / "inbox.db")
    return ids(cli)


def ids(cli):
    return {row["person"]["name"].split()[0]: row["id"] for row in cli.json("list", "--view", "all")}


def sweep(cli, folder):
    export = ExportBuilder()
    for name in ("Ana Ruiz", "Ben Lee", "Cy Doe", "Di Fox", "Eve Gray", "Flo Hill"):
        export.invitation(name, note=f"From {name}", at=f"2026-11-0{ord(name[0]) - 64} 10:00")
    export.message("Gus Iver", "A question", at="2026-11-07 10:00").message("Hal Jay", "Another", at="2026-11-08 10:00")
    cli.fill(export.connection("Flo Hill", company="Reefer Ltd", position="Captain"), folder)
    of = ids(cli)
    cli("accept", of["Ana"])
    cli("junk", of["Ben"])
    cli("hold", of["Cy"], "--until", "2026-12-01T09:00Z")
    cli("gold", of["Di"])
    cli("call", of["Eve"], "--at", "2026-12-02T15:00Z")
    cli("accept", of["Gus"], "--note", "ask for the audit")


def names(cli, *args):
    return [row["person"]["name"].split()[0] for row in cli.json("list", *args)]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("new", ["Hal", "Di"]),
        ("invitations", ["Di"]),
        ("messages", ["Hal"]),
        ("held", ["Cy"]),
        ("calls", ["Eve"]),
        ("to-accept", ["Eve", "Ana"]),
        ("to-reply", ["Gus"]),
        ("junk", ["Ben"]),
        ("gold", ["Di"]),
        ("connected", ["Flo"]),
        ("all", ["Hal", "Gus", "Flo", "Eve", "Di", "Cy", "Ben", "Ana"]),
    ],
)
def test_a_view_lists_its_items_newest_first(cli, swept, view, expected):
    assert names(cli, "--view", view) == expected


def test_the_help_states_the_order(cli):
    told = " ".join(cli("list", "--help").stdout.split())
    assert "newest come first; an item that was held counts as of when it came back" in told
    assert "In views held and calls, the soonest come first" in told


def test_every_view_of_the_issue_can_be_listed(cli):
    for view in View:
        assert cli.json("list", "--view", view) == []


def test_an_item_has_the_shape_of_the_contract(cli, swept):
    rows = {row["id"]: row for row in cli.json("list", "--view", "all")}
    held, filed, answered = rows[swept["Cy"]], rows[swept["Flo"]], rows[swept["Gus"]]
    assert list(held)[: len(KEYS)] == KEYS
    assert held["person"] == {"key": "in:cy-doe", "name": "Cy Doe", "company": None, "position": None}
    assert (held["kind"], held["at"], held["state"]) == ("invitation", "2026-11-03T10:00:00Z", "held")
    assert (held["text"], held["held_until"]) == ("From Cy Doe", "2026-12-01T09:00:00Z")
    assert (filed["state"], filed["filed_because"], filed["connected"]) == ("filed", "connected", True)
    assert (filed["person"]["company"], filed["person"]["position"]) == ("Reefer Ltd", "Captain")
    assert (answered["kind"], answered["state"], answered["notes"]) == (
        "conversation", "to-reply", ["ask for the audit"],
    )  # fmt: skip
    assert rows[swept["Eve"]]["call_at"] == "2026-12-02T15:00:00Z"
    assert rows[swept["Di"]]["gold"] is True


def test_only_a_held_item_tells_until_when(cli, swept):
    cli("done", swept["Cy"])
    (row,) = [row for row in cli.json("list", "--view", "all") if row["id"] == swept["Cy"]]
    assert row["held_until"] is None


def test_without_a_connections_file_nobody_knows(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz"), tmp_path)
    assert cli.json("list")[0]["connected"] is None


def test_words_are_looked_for_everywhere_unless_a_view_is_named(cli, swept):
    assert names(cli, "from", "cy") == ["Cy"]
    assert names(cli, "audit") == ["Gus"]
    assert names(cli, "from", "cy", "--view", "new") == []


def test_the_text_is_whole(cli, tmp_path):
    cli.fill(ExportBuilder().message("Ana Ruiz", "word " * 2_000), tmp_path)
    assert cli.json("list")[0]["text"].split() == ["word"] * 2_000


def test_the_three_forms_say_the_same(cli, swept):
    rows = cli.json("list", "--view", "all")
    lines = cli("list", "--view", "all", "--nl").stdout.splitlines()
    cells = list(csv.DictReader(io.StringIO(cli("list", "--view", "all", "--csv").stdout)))
    assert [json.loads(line) for line in lines] == rows
    assert [(row["id"], row["state"], row["name"]) for row in cells] == [
        (str(row["id"]), row["state"], row["person"]["name"]) for row in rows
    ]
    assert all(row["gold"] in ("true", "false") for row in cells)


def test_an_empty_list_is_still_json(cli):
    assert cli("list", "--json").stdout == "[]\n"
    assert cli("list", "--nl").stdout == ""
    assert cli("list", "--csv").stdout.startswith('"id","uid"')


def test_programs_get_everything_and_people_fifty(cli, tmp_path):
    export = ExportBuilder()
    for number in range(1_203):
        export.invitation(f"Person {number}")
    cli.fill(export, tmp_path)
    rows = cli.json("list")
    assert len({row["id"] for row in rows}) == 1_203
    assert [row["at"] for row in rows] == sorted((row["at"] for row in rows), reverse=True)
    assert len(cli("list", "--nl", "--limit", 501).stdout.splitlines()) == 501
    shown = cli("list")
    assert len(shown.stdout.splitlines()) == 50
    assert "50 of 1,203" in shown.stderr
    assert len(cli("list", "--limit", 60).stdout.splitlines()) == 60


def test_people_see_columns_that_are_aligned_in_any_script(cli, tmp_path):
    export = ExportBuilder()
    for name in ("Ana Ruiz", "伊藤 美咲", "Zoë Berg", "Nguyễn Văn", "प्रिया नायर", "A" * 60):
        export.invitation(name, note="Hello there " * 20)
    cli.fill(export, tmp_path)
    from linkinbox.cli.columns import cells

    lines = cli("list").stdout.splitlines()
    assert len({cells(line[: line.index("Hello")]) for line in lines}) == 1
    assert all(cells(line) <= 100 for line in lines)
    assert all(line.endswith("…") for line in lines)


def test_an_empty_view_says_so_on_stderr(cli, tmp_path):
    assert "linkinbox import" in cli("list").stderr
    cli.fill(ExportBuilder().invitation("Ana Ruiz"), tmp_path)
    assert cli("list", "--view", "junk").stderr == "Nothing in junk\n"
    assert "zebra" in cli("list", "zebra").stderr


def test_a_search_lists_every_hit(cli, tmp_path):
    export = ExportBuilder()
    for number in range(1_010):
        export.invitation(f"Person {number}", note="cold chain")
    cli.fill(export, tmp_path)
    assert len(cli("list", "cold", "--nl").stdout.splitlines()) == 1_010
    assert len(cli("list", "cold", "--nl", "--limit", 5).stdout.splitlines()) == 5


def test_a_split_is_listed_by_its_name(cli, home, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz", note="Cold chain audits").invitation("Ben Lee"), tmp_path)
    config = home / "config" / "linkinbox" / "config.toml"
    splits = '[[split]]\nname = "Reefers"\nquery = "cold chain"\n[[split]]\nname = "Old"\nquery = "view:new"\nsort = "oldest"\n'
    config.write_text(config.read_text() + splits)
    assert [row["person"]["name"] for row in cli.json("list", "--split", "reefers")] == ["Ana Ruiz"]
    assert [row["person"]["name"] for row in cli.json("list", "--split", "Old")] == ["Ana Ruiz", "Ben Lee"]
    assert "There are Reefers, Old" in cli("list", "--split", "New", code=2).stderr
    assert "its own words" in cli("list", "audit", "--split", "Old", code=2).stderr
