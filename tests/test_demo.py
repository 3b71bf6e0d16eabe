"""The demo inbox: what every new user sees first."""

from __future__ import annotations

import socket
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from linkinbox.demo import make_demo
from linkinbox.inbox import Inbox
from linkinbox.model import CallOutcome, Item, Kind, Row, State, Verb, View
from linkinbox.text import safe_name

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def opened(folder: Path, now: datetime = NOW) -> Inbox:
    return Inbox.open(make_demo(folder, now=now), clock=lambda: now)


def rows(inbox: Inbox, view: View) -> list[Row]:
    return inbox.rows(inbox.ids(view)[:], whole_text=True)


def names(inbox: Inbox, view: View) -> list[str]:
    return [row.person.name for row in rows(inbox, view)]


def whole(inbox: Inbox) -> list[object]:
    """All that a person could see, but for ids of the journal, which are random."""
    told = [
        (e.at, e.action, e.uid, {k: v for k, v in e.payload.items() if k != "of"}, e.undone) for e in inbox.log(5000)
    ]
    return [rows(inbox, View.ALL), inbox.figures(), inbox.counts(), told]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def inbox(folder: Path) -> Iterator[Inbox]:
    inbox = opened(folder)
    yield inbox
    inbox.close()


def item(inbox: Inbox, name: str, kind: Kind = Kind.INVITATION) -> Item:
    (found,) = [row.id for row in rows(inbox, View.ALL) if row.person.name == name and row.kind is kind]
    return inbox.item(found)


# ── the same for everyone, and nowhere else ──


def test_the_same_now_makes_the_same_inbox(inbox: Inbox, tmp_path: Path):
    again = opened(tmp_path)
    assert whole(again) == whole(inbox)
    again.close()


@pytest.mark.parametrize("hour", [0, 23])
def test_it_can_be_made_at_any_hour(tmp_path: Path, hour: int):
    now = datetime(2027, 3, 14, hour, 5, tzinfo=UTC)
    inbox = opened(tmp_path, now)
    assert [gold.junk for gold in inbox.figures().golds] == [38, 9, 31, 64, 17, 12, 33]
    assert all(entry.at < now for entry in inbox.log(5000))
    assert inbox.counts()[View.CALLS] == 2
    inbox.close()


def test_it_stays_in_its_folder_and_off_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home, folder = tmp_path / "home", tmp_path / "demo"
    home.mkdir()
    folder.mkdir()
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home))
    monkeypatch.setattr(socket, "socket", None)
    store = make_demo(folder, now=NOW)
    assert store.parent == folder
    assert not list(home.iterdir())
    assert stat.S_IMODE(store.stat().st_mode) == 0o600


# ── what is in it ──


def test_the_data_is_two_days_old(inbox: Inbox):
    assert inbox.counts().as_of == NOW - timedelta(days=2)


def test_there_is_a_day_of_sweeping_left(inbox: Inbox):
    counts = inbox.counts()
    assert counts[View.INVITATIONS] == 41
    assert counts[View.MESSAGES] == 12
    assert 400 <= counts[View.ALL] <= 700


def test_every_state_is_there(inbox: Inbox):
    assert {row.state for row in rows(inbox, View.ALL)} == set(State) - {State.SENT}
    for view in View:
        assert inbox.counts()[view] > 0, view


def test_there_are_seven_golds_with_believable_paths(inbox: Inbox):
    path = inbox.figures()
    assert [gold.junk for gold in path.golds] == [38, 9, 31, 64, 17, 12, 33]
    assert [gold.junk_bulk for gold in path.golds] == [60, 0, 0, 24, 0, 12, 0]
    assert path.median_junk == 31
    assert {gold.outcome for gold in path.golds} == {"call held", "marked"}
    assert (path.open.junk, path.without_path) == (23, 0)


def test_decisions_reach_back_four_months(inbox: Inbox):
    log = inbox.log(5000)
    assert timedelta(days=110) < NOW - log[-1].at < timedelta(days=120)
    assert NOW - log[0].at < timedelta(days=2)


def test_one_held_item_is_back_today_and_others_wait(inbox: Inbox):
    assert inbox.counts().due == 1
    assert names(inbox, View.NEW)[0] == "Ellie Penrose"
    assert all(row.held_until and row.held_until > NOW for row in rows(inbox, View.HELD))


def test_one_call_is_today_and_one_later(inbox: Inbox):
    today, later = (row.call_at for row in rows(inbox, View.CALLS))
    assert today is not None
    assert later is not None
    assert NOW < today < NOW + timedelta(hours=4)
    assert later > NOW + timedelta(days=2)


def test_calls_were_held_and_one_was_missed(inbox: Inbox):
    outcomes = [entry.payload["outcome"] for entry in inbox.log(5000) if entry.action is Verb.OUTCOME]
    assert outcomes.count(CallOutcome.HELD) == 5
    assert outcomes.count(CallOutcome.NO_SHOW) == 1


def test_most_that_was_accepted_is_carried_out_and_some_is_not(inbox: Inbox):
    accepted = [row for row in rows(inbox, View.ALL) if row.state is State.TO_ACCEPT]
    carried_out = sum(row.carried_out for row in accepted)
    assert 8 <= len(accepted) - carried_out <= 20
    assert carried_out > 40


def test_notes_hold_reasons_offers_and_needs(inbox: Inbox):
    assert item(inbox, "Priya Nair").notes == (
        "wrote a real question", "#offers temperature logs of 400 mango shipments", "#needs a second auditor in Pune",
    )  # fmt: skip


def test_twins_came_from_different_senders(inbox: Inbox):
    alike = [row for row in rows(inbox, View.NEW) if "book a quick 15-min call with 30 new leads" in row.text]
    assert {row.person.name for row in alike} == {"Sam Cole", "Frieda Möller"}


def test_a_campaign_is_told_as_text(inbox: Inbox):
    (campaign,) = [row for row in rows(inbox, View.MESSAGES) if row.sponsored]
    assert campaign.person.name == "LinkedIn Member"
    assert "%FIRSTNAME%" in campaign.text
    assert "<" not in campaign.text


def test_a_group_names_its_others(inbox: Inbox):
    group = item(inbox, "Agnieszka Kłos", Kind.CONVERSATION)
    assert group.title == "Fruit fair"
    assert set(group.others) == {"Hazel Tully", "Rémi Théry"}


def test_a_draft_waits_in_a_thread_that_is_owed_an_answer(inbox: Inbox):
    owed = item(inbox, "Anke Höhne", Kind.CONVERSATION)
    assert owed.row.state is State.TO_REPLY
    assert owed.drafts == ("Hi Anke, it was the one with",)


def test_names_come_in_many_scripts_and_as_they_were_written(inbox: Inbox):
    new = names(inbox, View.NEW)
    for name in (
        "Vũ Quỳnh",
        "Олена Шевчук",
        "高橋 さくら",
        "عمر منصور",
        "नीरा शर्मा",
        "박서연",
        "Mo 🐟🧊 Salah-Fisher",
        "",
    ):
        assert name in new
    assert "[bold red]Max Tester[/] <b>& Sons</b>" in new
    assert max(map(len, new)) > 80
    assert all(safe_name(name) for name in new)


def test_nobody_writes_in_two_places_by_accident(inbox: Inbox):
    invited = [row.person.key for row in rows(inbox, View.ALL) if row.kind is Kind.INVITATION]
    assert len(invited) == len(set(invited))


def test_one_row_could_not_be_understood_and_is_kept(inbox: Inbox):
    (problem,) = inbox.problems()
    assert problem.file == "Invitations.csv"
    assert "########" in problem.raw


def test_connections_know_where_people_work(inbox: Inbox):
    priya = item(inbox, "Priya Nair").row.person
    assert (priya.company, priya.position, priya.connected) == ("Mirador Cold", "Co-founder", True)
    assert priya.connected_on == date(2026, 8, 13)


def test_importing_its_newest_export_again_changes_nothing(folder: Path, inbox: Inbox):
    before = whole(inbox)
    newest = folder / "Complete_LinkedInDataExport_11-22-2026.zip"
    assert inbox.import_from(newest).nothing_new
    assert whole(inbox) == before
