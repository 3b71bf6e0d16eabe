"""A damaged store on the screen: a plain page, the offer to recover, the figures; never a crash."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest

from linkinbox.config import Settings
from linkinbox.decisions import Junk, Note
from linkinbox.errors import DamagedStoreError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.model import View
from linkinbox.store.keeping import backup
from linkinbox.store.lock import FileLock
from linkinbox.tui import recovering, running
from linkinbox.tui.app import LinkinboxApp
from linkinbox.tui.recovering import RecoveringApp
from linkinbox.tui.running import run_app
from tests.rot import garble
from tests.tui.conftest import AMSTERDAM, AT_THE_LIST, NOW


@pytest.fixture
def damaged(store, clock):
    """A store with a backup and two later decisions, whose first page is noise."""
    with closing(Inbox.open(store, clock=clock)) as inbox:
        ids = inbox.ids(View.ALL)[:]
        inbox.apply(Junk(), ids[:1])
        Keeping(store, clock=clock).back_up()
        inbox.apply(Junk(), ids[1:3])
    garble(store, 1)
    return store


@asynccontextmanager
async def sit_at(store, clock):
    keeping = Keeping(store, clock=clock)
    damage = DamagedStoreError(f"{store.name} is damaged (malformed)")
    app = RecoveringApp(keeping, damage, now=lambda: clock().astimezone(AMSTERDAM))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        yield app, pilot


def shown(app) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def until(pilot, true):
    for _ in range(250):
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError(shown(pilot.app))


async def test_the_page_says_what_enter_does_and_what_q_does(damaged, clock):
    async with sit_at(damaged, clock) as (app, _):
        words = " ".join(shown(app).split())
    assert "The store is damaged" in words
    assert "Enter restores the backup of 24 Nov 2026, 10:30 (1 decision)" in words
    assert "q leaves everything as it is" in words


async def test_q_leaves_everything_as_it_is(damaged, clock):
    before = {file.name: file.read_bytes() for file in damaged.parent.iterdir() if file.is_file()}
    async with sit_at(damaged, clock) as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
    assert not app.opening_wanted
    assert {file.name: file.read_bytes() for file in damaged.parent.iterdir() if file.is_file()} == before


async def test_enter_recovers_and_tells_the_figures_and_enter_opens(damaged, clock):
    async with sit_at(damaged, clock) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "Enter opens the inbox" in shown(app))
        words = " ".join(shown(app).split())
        assert "2 decisions made later could be read; 2 of them stand again" in words
        assert "damaged-2026-11-24T093000Z" in words.replace(" ", "")
        await pilot.press("enter")
        await pilot.pause()
    assert app.opening_wanted
    with closing(Inbox.open(damaged, clock=clock)) as inbox:
        assert inbox.counts()[View.JUNK] == 3


async def test_without_a_backup_it_says_so(damaged, clock):
    shutil.rmtree(backup.folder_of(damaged))
    async with sit_at(damaged, clock) as (app, _):
        assert "there is no backup" in shown(app)


async def test_what_cannot_be_done_is_told_and_can_be_tried_again(damaged, clock):
    other = FileLock(damaged.with_name(f"{damaged.name}.open"))
    other.share()  # as somebody who has it open
    async with sit_at(damaged, clock) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing was changed" in shown(app))
        other.close()
        await pilot.press("enter")
        await until(pilot, lambda: "Enter opens the inbox" in shown(app))


# ── a start, and a sitting ──


@pytest.fixture
def ran(monkeypatch):
    """The apps that were run, without a terminal."""
    apps = []

    def run(app, *, crash_folder, mouse=True):
        apps.append(app)
        return 0

    monkeypatch.setattr(running, "run", run)
    monkeypatch.setattr(recovering, "run", run)
    return apps


def test_a_damaged_store_opens_the_page_and_nothing_else(damaged, clock, ran):
    assert run_app(Settings(db=damaged, zone=AMSTERDAM), clock=clock) == 1
    assert [type(app) for app in ran] == [RecoveringApp]


def test_what_never_was_a_store_is_refused_as_before(tmp_path, clock, ran):
    letter = tmp_path / "letter.txt"
    letter.write_text("dear aunt " * 500)
    with pytest.raises(DamagedStoreError, match="not a linkinbox store"):
        run_app(Settings(db=letter), clock=clock)
    assert ran == []
    assert list(tmp_path.iterdir()) == [letter]


def test_damage_that_was_noted_is_asked_about_at_the_next_start(store, clock, ran):
    with closing(sqlite3.connect(store)) as conn:
        root = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'message_thread'").fetchone()[0]
    garble(store, root)
    Keeping(store).note_damage("malformed")
    assert run_app(Settings(db=store), clock=clock) == 1
    assert [type(app) for app in ran] == [RecoveringApp]


def test_a_store_that_is_sound_after_all_opens(store, clock, ran):
    Keeping(store).note_damage("malformed")
    assert run_app(Settings(db=store), clock=clock) == 0
    assert [type(app) for app in ran] == [LinkinboxApp]
    assert not store.with_name(f"{store.name}.damage").exists()


async def sit_while_it_rots(app, store):
    async with app.run_test(size=(120, 30)) as pilot:
        with closing(sqlite3.connect(store)) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            roots = conn.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 1").fetchall()
        garble(store, *(root for (root,) in roots))
        app.inbox._store.conn.execute("PRAGMA shrink_memory")
        for key in "jjGgaP":
            await pilot.press(key)


async def test_damage_that_is_met_in_a_sitting_ends_it_with_a_sentence(store, clock):
    with closing(Inbox.open(store, clock=clock)) as inbox:
        app = LinkinboxApp(inbox, clock=clock, zone=AMSTERDAM, day=AT_THE_LIST)
        with pytest.raises(Exception, match="malformed"):
            await sit_while_it_rots(app, store)
        assert app.crash == ""
        assert app.return_code == 1
        assert "is damaged" in str(app.failure)


async def sit_while_the_disk_fails(app, error, monkeypatch):
    async with app.run_test(size=(120, 30)) as pilot:
        monkeypatch.setattr("linkinbox.store.pages.read_rows", Mock(side_effect=error))  # no test makes a disk fail
        app.screen.call_later(app.screen.list.forget_pages)
        await pilot.pause(0.1)


async def test_a_disk_that_fails_in_a_sitting_ends_it_with_a_sentence(store, clock, monkeypatch):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    with closing(Inbox.open(store, clock=clock)) as inbox:
        app = LinkinboxApp(inbox, clock=clock, zone=AMSTERDAM, day=AT_THE_LIST)
        with pytest.raises(sqlite3.OperationalError):
            await sit_while_the_disk_fails(app, error, monkeypatch)
        assert app.crash == ""
        assert app.return_code == 1
        assert "The disk reports an error" in str(app.failure)


async def test_a_decision_that_damage_refuses_is_told_and_remembered(sit, store):
    async with sit() as user:
        with closing(sqlite3.connect(store)) as conn:
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            root = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'journal'").fetchone()[0]
        garble(store, root)
        user.app.inbox._store.conn.execute("PRAGMA shrink_memory")
        await user.press("x")
        assert "is damaged" in user.status
    assert store.with_name(f"{store.name}.damage").exists()


async def test_the_backup_of_the_day_is_made_behind_the_screen(sit, store, clock):
    with closing(Inbox.open(store, clock=clock)) as inbox:
        inbox.apply(Junk(), inbox.ids(View.ALL)[:1])
    clock.forward(days=1)
    async with sit() as user:
        user.app._check_store()
        await user.until(lambda: bool(backup.backups(store)))
    assert [made.reason for made in backup.backups(store)] == [backup.Reason.DAILY]
    assert backup.backups(store)[0].at == NOW + timedelta(days=1)


async def test_a_decision_that_rotted_is_damage_and_the_next_start_asks(sit, store, clock, ran):
    with closing(Inbox.open(store, clock=clock)) as inbox:
        inbox.apply(Note("call in May"), inbox.ids(View.ALL)[:1])
    raw = store.read_bytes()
    store.write_bytes(raw.replace(b'{"text": "call in May"}', b'{"text": "call in Mai"}'))
    async with sit() as user:
        user.app._check_store()
        await user.until(lambda: store.with_name(f"{store.name}.damage").exists())
        assert "of the journal was changed" in [*user.app._notifications][-1].message
    assert run_app(Settings(db=store), clock=clock) == 1
    assert [type(app) for app in ran] == [RecoveringApp]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda store: store.write_bytes(b"")], ids=["gone", "empty"])
def test_a_store_that_is_gone_is_asked_about_and_no_new_inbox(store, clock, ran, spoil):
    Keeping(store, clock=clock).back_up()
    spoil(store)
    assert run_app(Settings(db=store), clock=clock) == 1
    (app,) = ran
    assert "was a store, and is" in app._page.told
    assert "the backup of 24 Nov" in app._page.told


@pytest.mark.parametrize("decide", [True, False])
def test_a_short_sitting_leaves_the_backup_of_the_day_if_something_was_decided(store, clock, monkeypatch, decide):
    def run(app, *, crash_folder, mouse=True):
        if decide:
            app.inbox.apply(Junk(), app.inbox.ids(View.ALL)[:1])
        return 0

    monkeypatch.setattr(running, "run", run)
    for _ in range(2):
        assert run_app(Settings(db=store), clock=clock) == 0
    assert [made.reason for made in backup.backups(store)] == [backup.Reason.DAILY] * decide
