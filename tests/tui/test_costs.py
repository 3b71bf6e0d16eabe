"""What a start, a key and a decision may cost, on any machine: counted, never timed."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.config import Day
from linkinbox.decisions import Accept, Gold, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.store.pages import FIRST_PAGE
from linkinbox.tui.widgets.row_pages import PAGE, PAGES_KEPT
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.tui.conftest import Sit, User
from tests.tui.terminal_driver import Terminal

ITEMS = 700  # more than any page
GROWS = "item|message|person|journal|batch|handled|note|draft|quarantine|sent_invitation"
FEW = r"(item_id|item_uid|i\.uid|batch) (= |IN )|marked_id FROM gold|GROUP BY verb, bulk|FROM reason r"
KEYS = ("j", "k", "5", "j", "G", "g", "g", "ctrl+d", "ctrl+u", "pagedown", "pageup", "ctrl+f", "enter", "escape")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of many invitations and some threads, of which a third are decided, with seven valuable contacts."""
    folder = tmp_path_factory.mktemp("large")
    export = ExportBuilder()
    for number in range(ITEMS - 20):
        export.invitation(f"Person {number:03}", note=f"talk about audits, part {number}")
    for number in range(20):
        export.message(f"Writer {number:02}", "We met in Hamburg", title="Audits")
    with closing(Inbox.open(folder / "inbox.db", clock=Clock())) as inbox:
        inbox.import_from(export.zip(folder))
        ids = inbox.ids(View.ALL)[:]
        inbox.apply(Junk(), ids[100:300])
        for id_ in ids[300:307]:
            inbox.apply(Accept(), [id_])
            inbox.apply(Gold(), [id_])
    return folder / "inbox.db"


class Asked:
    """The statements that were put to the store, with their values in them."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def connect(self, *args: object, **more: object) -> sqlite3.Connection:
        conn = sqlite3.Connection(*args, **more)  # type: ignore[arg-type]
        conn.set_trace_callback(self.statements.append)
        return conn

    def take(self) -> list[str]:
        taken, self.statements[:] = list(self.statements), []
        return taken


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    asked = Asked()
    monkeypatch.setattr(sqlite3, "connect", asked.connect)
    return asked


@pytest.fixture
def big(large: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(large, tmp_path / "large.db"))


def queries(statements: list[str]) -> list[str]:
    """Those that read the store's tables; the vocabularies of its indexes belong to one connection."""
    read = [sql for sql in statements if sql.lstrip().upper().startswith(("SELECT", "WITH"))]
    return [sql for sql in read if "FROM temp." not in sql]


def plans(store: Path, statements: list[str]) -> Iterator[tuple[str, str]]:
    """Each step of the plan of each query, once."""
    with closing(sqlite3.Connection(store)) as conn:
        for sql in dict.fromkeys(queries(statements)):
            for *_, step in conn.execute(f"EXPLAIN QUERY PLAN {sql}"):
                yield step, sql


ALIASES = {"i": "item", "m": "message", "p": "person", "j": "journal", "b": "batch", "h": "handled", "n": "note"}


def dear(store: Path, statements: list[str]) -> list[str]:
    """What reads a whole table that grows, or sorts more than what belongs to one item, one act or the contacts."""
    found = []
    for step, sql in plans(store, statements):
        if scanned := re.match(r"SCAN (\w+)(?! VIRTUAL)", step):
            from_one_end = "INDEXED BY" in sql or ("LIMIT" in sql and ("USING" in step or "WHERE" not in sql))
            grows = re.fullmatch(GROWS, ALIASES.get(scanned[1], scanned[1]))
            found += [f"{step}: {sql}"] if grows and not from_one_end else []
        elif "TEMP B-TREE" in step:
            found += [] if re.search(FEW, sql) else [f"{step}: {sql}"]
    return found


# ── the start ──


def loaded_at_first_frame(store: Path, *, today: bool) -> set[str]:
    code = f"""
import asyncio, sys
from pathlib import Path
from linkinbox.__main__ import is_plain_start
from linkinbox.config import load_settings
from linkinbox.start import open_screen
from linkinbox.tui.app import LinkinboxApp
from linkinbox.inbox import Inbox
from linkinbox.config import Day
async def first_frame():
    load_settings()
    day = Day(at_start={today})
    async with LinkinboxApp(Inbox.open(Path({str(store)!r})), day=day).run_test() as pilot:
        await pilot.pause()
        print(*sys.modules)
asyncio.run(first_frame())
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(told.stdout.split())


@pytest.mark.parametrize("today", [True, False], ids=["today", "list"])
def test_a_start_loads_only_what_the_first_frame_shows(big: Path, today: bool):
    loaded = loaded_at_first_frame(big, today=today)
    libraries = {"click", "sqlite_utils", "dateutil", "dateparser", "icalendar", "csv", "zipfile"}
    assert not {name.split(".")[0] for name in loaded} & libraries
    screens = {
        f"linkinbox.tui.screens.{name}" for name in ("help", "import_screen", "path_screen", "report", "welcome", "end")
    }
    others = {"linkinbox.tui.palette", "linkinbox.tui.importing", "linkinbox.words.questions", "linkinbox.when"}
    store = {f"linkinbox.store.{name}" for name in ("decide", "journal", "search", "ingest", "export", "report")}
    assert not loaded & (screens | others | store)
    assert "linkinbox.tui.screens.sweep" in loaded


async def test_the_page_of_today_reads_little_whatever_the_size(big: Path, asked: Asked, sit: Sit):
    async with sit(size=(140, 40), path=big, day=Day()) as user:
        assert "Today, Tuesday 24 November" in user.screen
        statements = asked.take()
        assert "\n".join(dear(big, statements)) == ""
    assert len(queries(statements)) <= 45
    with closing(sqlite3.Connection(big)) as conn:
        assert all(len(conn.execute(sql).fetchall()) <= FIRST_PAGE for sql in queries(statements))


async def test_a_start_reads_little_whatever_the_size(big: Path, asked: Asked, sit: Sit):
    async with sit(size=(140, 40), path=big) as user:
        statements = asked.take()
        assert user.sweep.list._pages.held <= PAGE
        assert "\n".join(dear(big, statements)) == ""
    with closing(sqlite3.Connection(big)) as conn:
        shown = [sql for sql in queries(statements) if " LIMIT 4000" not in sql]  # the tail comes after the frame
        assert shown
        for sql in shown:
            assert len(conn.execute(sql).fetchall()) <= FIRST_PAGE, sql
        assert not [sql for sql in shown if re.search(r"count\(\*\) FROM (item|message|person|journal)(?! )", sql)]


async def test_no_theme_is_set_that_would_style_the_first_frame_twice(
    big: Path, sit: Sit, monkeypatch: pytest.MonkeyPatch
):
    from textual.css.stylesheet import Stylesheet

    parsed_anew: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", parsed_anew.append)
    async with sit(path=big) as user:
        assert (user.app.theme, parsed_anew) == ("linkinbox-dark", [])


# ── keys ──


async def press(user: User, asked: Asked, *keys: str) -> list[str]:
    asked.take()
    await user.press(*keys)
    await user.pilot.pause()
    return asked.take()


async def test_keys_ask_by_index_only(big: Path, asked: Asked, sit: Sit):
    async with sit(size=(140, 40), path=big) as user:
        await user.press(*KEYS)
        for view in "simrhctjoka":
            await user.press("g", view)
        await user.press("slash", "a", "u", "d", "enter", "escape", "P", "j", "escape", "g", "n")
        await user.press("x", "a", "e", "plus", "u", "ctrl+r", "3", "x")
        await user.pilot.pause()
        statements = asked.take()
    assert len(statements) > 200
    assert "\n".join(dear(big, statements)) == ""


async def test_few_rows_are_held_wherever_one_goes(big: Path, sit: Sit):
    async with sit(size=(140, 40), path=big) as user:
        await user.press("g", "a")
        for _ in range(ITEMS // 20):
            await user.press("pagedown")
        assert user.sweep.list.cursor == ITEMS - 1
        assert 0 < user.sweep.list._pages.held <= PAGES_KEPT * PAGE


@pytest.mark.parametrize(("key", "most"), [("j", 9), ("x", 48), ("u", 47)])
async def test_a_key_puts_few_statements(big: Path, asked: Asked, sit: Sit, key: str, most: int):
    async with sit(size=(140, 40), path=big) as user:
        await user.press("x", "j", "j")
        statements = await press(user, asked, key)
    assert 0 < len(statements) <= most, "\n".join(statements)


def test_a_move_writes_few_bytes(big: Path):
    terminal = Terminal("--db", big)
    terminal.until("Writer 19")
    terminal.type("jj")
    terminal.until("▌ Writer 17")
    before = len(terminal.written.encode())
    for number in range(16, 6, -1):
        terminal.type("j")
        terminal.until(f"▌ Writer {number:02}")
    a_move = (len(terminal.written.encode()) - before) / 10
    terminal.type("q")
    assert terminal.end() == 0
    assert 100 < a_move <= 4_000
