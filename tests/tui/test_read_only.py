"""On the screen: what can only be read says so all the time, and what is wrong with the store is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.tui import app
from tests.powers import small_disk
from tests.tui.conftest import Sit, sample


@pytest.fixture
def newer(store: Path) -> Path:
    """A store that a newer linkinbox has made."""
    with closing(sqlite3.connect(store)) as conn:
        conn.execute("PRAGMA user_version = 99")
    return store


@pytest.mark.parametrize(
    ("width", "words"), [(140, "read-only: made by a newer linkinbox   11 new"), (80, "read-only: made by a newer"), (40, "read-only  11 new")]
)  # fmt: skip
async def test_what_can_only_be_read_says_so_in_every_window(sit: Sit, newer: Path, width: int, words: str):
    async with sit((width, 24)) as user:
        assert user.screen.splitlines()[0].startswith(f" {words}")


async def test_a_key_that_decides_says_why_not_and_the_cursor_stays(sit: Sit, newer: Path):
    async with sit() as user:
        before = user.under_cursor
        for key in "axeu":
            await user.press(key)
            assert user.status == "Read-only: made by a newer linkinbox. Update linkinbox to decide here"
            assert user.under_cursor == before


async def test_a_note_that_cannot_be_kept_is_still_there_to_be_copied(sit: Sit, newer: Path):
    async with sit() as user:
        await user.type("nknows Ana\n")
        assert user.status.startswith("Read-only")
        await user.press("n")
        assert user.prompt == "knows Ana"


async def test_reading_searching_and_the_path_go_on(sit: Sit, newer: Path):
    async with sit() as user:
        await user.press("j", "enter", "escape")
        await user.type("/hamburg\n")
        assert user.names == ["Mira Novak"]
        await user.press("P")
        assert "path" in user.screen.lower()


async def test_what_is_for_deciding_does_not_begin_and_selectivity_is_still_shown(sit: Sit, newer: Path):
    async with sit() as user:
        for keys in ("gb", "gl"):
            await user.press(*keys)
            assert user.app.screen is user.sweep
            assert user.status == "Read-only: made by a newer linkinbox"
        await user.press("S")
        assert "decided one by one so far" in user.screen


async def test_a_disk_that_has_room_again_needs_no_new_start(sit: Sit, store: Path, tmp_path: Path):
    with small_disk(tmp_path / "disk", kib=2_000) as disk:
        path = disk.folder / "inbox.db"
        path.write_bytes(store.read_bytes())
        filler = disk.folder / "filler"
        filler.write_bytes(bytes((2_000 << 10) - path.stat().st_size - 4096))
        async with sit(path=path) as user:
            await user.press("x")
            assert "Make room" in user.status
            filler.unlink()
            await user.press("x")
            assert user.status.startswith("Junked")
            assert "read-only" not in user.screen


async def test_an_import_into_what_can_only_be_read_is_refused(sit: Sit, newer: Path, tmp_path: Path):
    export = sample().zip(tmp_path)
    async with sit() as user:
        await user.press("ctrl+o")
        await user.type(f"{export}\n")
        await user.until(lambda: "Read-only: made by a newer linkinbox" in user.screen)


async def test_damage_is_told_after_a_while_and_stays_on_the_screen(
    sit: Sit, store: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(app, "_CHECK_AFTER", 0.01)
    with closing(sqlite3.connect(store)) as conn:
        page = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'item_person'").fetchone()[0]
        size = conn.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(store.read_bytes())
    content[(page - 1) * size : page * size] = bytes([10]) + bytes(size - 1)
    store.write_bytes(content)
    async with sit() as user:
        await user.until(lambda: "linkinbox doctor" in user.screen)


async def test_a_sound_store_is_looked_through_without_a_word(sit: Sit, store: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app, "_CHECK_AFTER", 0.01)
    async with sit() as user:
        await user.until(lambda: user.app._checking is not None and not user.app._checking._thread.is_alive())
        assert not user.app._notifications
    with closing(sqlite3.connect(store)) as conn:
        assert conn.execute("SELECT value FROM meta WHERE name = 'checked_at'").fetchone()
    assert not Path(f"{store}-wal").exists()
