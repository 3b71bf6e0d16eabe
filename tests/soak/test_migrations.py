"""Updates of old stores: killed anywhere, the old one is untouched or the new one whole, and nothing is lost."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from linkinbox.errors import StoreError
from linkinbox.inbox import Inbox
from linkinbox.keeping import Keeping
from linkinbox.store import chain, schema
from linkinbox.store.connection import Store
from linkinbox.store.keeping import backup
from linkinbox.store.schema import first
from tests.gates import few_or_all
from tests.soak.killing import Say, killed
from tests.store.first_schema import make_first_store

_KEPT = ("import_run", "person", "item", "message")


@pytest.fixture(scope="module")
def old(tmp_path_factory) -> Path:
    """A store of the first version with 600 people and 300 decisions."""
    path = tmp_path_factory.mktemp("old") / "inbox.db"
    make_first_store(path, people=600)
    return path


@cache
def first_kept() -> list[tuple[str, str]]:
    """The tables of what is kept, and the columns that they had at first: others came later."""
    with closing(sqlite3.connect(":memory:")) as conn:
        first.make(conn)
        told = [(table, conn.execute(f"PRAGMA table_info({table})").fetchall()) for table in _KEPT]
    return [(table, ", ".join(row[1] for row in columns)) for table, columns in told]


def picture(path: Path) -> tuple[int, list[list[tuple[object, ...]]]]:
    """The version of a store, and all that is kept in it."""
    with closing(sqlite3.connect(path)) as conn:
        said = conn.execute(f"SELECT {chain.COLUMNS} FROM journal ORDER BY seq").fetchall()
        kept = [
            conn.execute(f"SELECT {columns} FROM {table} ORDER BY id").fetchall() for table, columns in first_kept()
        ]
        assert conn.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        return conn.execute("PRAGMA user_version").fetchone()[0], [said, *kept]


def kill_updates(old: Path, folder: Path, many: int) -> str:
    """Kill so many updates, each at another moment; returns the figure."""
    _, kept = picture(old)
    chance, untouched, whole = random.Random(25), 0, 0
    begun = time.monotonic()
    Store(Path(shutil.copy(old, folder / "inbox.db"))).close()
    takes = time.monotonic() - begun
    for turn in range(many):
        store = folder / str(turn) / "inbox.db"
        store.parent.mkdir()
        shutil.copy(old, store)

        def update(say: Say, store: Path = store) -> None:
            say("begun")
            Store(store).close()
            say("done")

        said = killed(update, after=chance.random() * takes * 1.5)
        version, now = picture(store)
        assert now == kept
        assert 1 <= version <= schema.VERSION  # a step is done or not begun
        assert version == schema.VERSION or "done" not in said
        untouched, whole = untouched + (version == 1), whole + (version != 1)
        Store(store).close()
        assert picture(store) == (schema.VERSION, kept)
        assert min(picture(made.path)[0] for made in backup.backups(store)) == 1
        with closing(sqlite3.connect(store)) as conn:
            assert not list(chain.broken(conn))
        shutil.rmtree(store.parent)
    return f"{many} kills: {untouched} times the old store, {whole} times the new one whole, 0 lost"


@pytest.mark.parametrize("kills", few_or_all(6, 100))
def test_an_update_that_is_killed_loses_nothing(kills, old, tmp_path, gate):
    gate(25, "migrations", kill_updates(old, tmp_path, kills))


def test_a_newer_store_is_not_written_to_and_stays_as_it_is(store_path):
    Store(store_path).close()
    with closing(sqlite3.connect(store_path)) as conn:
        conn.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
        conn.execute("PRAGMA journal_mode = DELETE")
    before = store_path.read_bytes()
    keeping = Keeping(store_path)
    keeping.doctor(deep=True, config=store_path)
    with pytest.raises(StoreError, match="newer linkinbox"):
        keeping.repair()
    with closing(Inbox.open(store_path)) as inbox:
        assert inbox.read_only
    assert store_path.read_bytes() == before
