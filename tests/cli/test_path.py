import time_machine

from tests.builders import ExportBuilder
from tests.conftest import NOW

FIGURES = {"junk", "junk_bulk", "accepted", "done", "days"}


def filled(cli, tmp_path, count=40):
    export = ExportBuilder()
    for number in range(count):
        export.invitation(f"Person {number}")
    cli.fill(export, tmp_path)


def test_an_empty_path_has_its_shape(cli):
    assert cli.json("path") == {
        "open": {"junk": 0, "junk_bulk": 0, "accepted": 0, "done": 0, "days": 0},
        "golds": [],
        "median_junk": None,
        "golds_count": 0,
    }
    assert "No valuable contact so far" in cli("path").stdout


def test_a_gold_without_a_path_is_a_valuable_contact_all_the_same(cli, tmp_path):
    filled(cli, tmp_path)
    cli("gold", 1)
    shown = cli("path").stdout
    assert "1 valuable contact has no path: nothing was decided on the way." in shown
    assert "No valuable contact so far" not in shown
    cli("accept", 2)
    cli("gold", 2)
    assert "1 more has no path" in cli("path").stdout


def test_each_gold_counts_what_was_handled_on_the_way(cli, tmp_path):
    filled(cli, tmp_path)
    with time_machine.travel(NOW) as clock:
        cli("junk", 1)
        cli("junk", 2, 3)
        cli("done", 4)
        clock.shift(3 * 86_400 + 60)
        cli("accept", 5)
        cli("junk", 6)
        cli("gold", 5)
        clock.shift(2 * 86_400)
        path = cli.json("path")
        shown = cli("path").stdout
    (gold,) = path["golds"]
    assert list(gold) == [
        "person",
        "uid",
        "decided_at",
        "outcome",
        "outcome_at",
        "junk",
        "junk_bulk",
        "accepted",
        "done",
        "days",
    ]
    assert gold["person"] == {"key": "in:person-4", "name": "Person 4", "company": None, "position": None}
    assert gold["uid"] == cli.json("show", 5)["uid"]
    assert (gold["junk"], gold["junk_bulk"], gold["done"], gold["days"]) == (1, 2, 1, 3)
    assert gold["decided_at"] == "2026-11-27T09:31:00Z"
    assert gold["outcome"] == "marked"
    assert set(path["open"]) == FIGURES
    assert (path["open"]["junk"], path["open"]["days"]) == (1, 2)
    assert (path["median_junk"], path["golds_count"]) == (None, 1)
    assert "★ Person 4" in shown
    assert "1 + 2 in bulk" in shown


def test_from_five_golds_on_there_is_a_median_oldest_first(cli, tmp_path):
    filled(cli, tmp_path)
    item = iter(range(1, 41))
    for junk in (4, 0, 2, 1, 3):
        for _ in range(junk):
            cli("junk", next(item))
        gold = next(item)
        cli("accept", gold)
        cli("gold", gold)
    path = cli.json("path")
    assert [gold["junk"] for gold in path["golds"]] == [4, 0, 2, 1, 3]
    assert (path["median_junk"], path["golds_count"]) == (2, 5)
    assert "median 2 · 0 to 4 · 5 golds" in cli("path").stdout
