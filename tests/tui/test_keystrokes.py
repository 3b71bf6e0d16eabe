"""Ten standard tasks, each done by the keys that the README's table of keystrokes counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from linkinbox.decisions import Junk
from linkinbox.inbox import Inbox
from linkinbox.model import State, View
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.tui.conftest import NOW, Sit, User

README = Path(__file__).parent.parent.parent / "README.md"
PITCH = "I help founders to book thirty calls a month. Do you have 15 minutes this week, {}?"
NAMED = {"Enter": "enter", "Space": "space"}


class Task(NamedTuple):
    """What is to be done, the keys as the README writes them, and whether it was done."""

    what: str
    keys: tuple[str, ...]
    is_done: Callable[[User], bool]
    decided: int = 0  # items that were junked the day before

    @property
    def pressed(self) -> list[str]:
        """The keys one after the other; what is typed counts by the letter."""
        return [key for keys in self.keys for key in ([NAMED[keys]] if keys in NAMED else keys)]


def junked(number: int) -> Callable[[User], bool]:
    """So many are junk."""
    return lambda user: user.sweep.sitting.inbox.counts()[View.JUNK] == number


def first_states(user: User) -> list[State]:
    """Where the first six of the list stand."""
    return [row.state for row in user.sweep.sitting.inbox.rows(user.sweep.sitting.ids[:6])]


TASKS = (
    Task("Turn down the one under the cursor, and see the next", ("x",), junked(1)),
    Task("Turn down five in a row", ("5x",), junked(5)),
    Task("Take back the last three, the next morning", ("uuu",), junked(0), decided=3),
    Task("Put it off until Tuesday at nine", ("h", "tue 9", "Enter"), lambda user: "to Tue 1 Dec 09:00" in user.status),
    Task("Find what Ana wrote about reefers", ("/", "from:ana reefer", "Enter"), lambda user: user.names == ["Ana Ruiz"]),
    Task("Turn down all twelve who sent the same text", ("=", "x"), junked(12)),
    Task(
        "File three that do not stand together",
        ("Space", "j", "Space", "j", "Space", "e"),
        lambda user: first_states(user) == [State.DONE, State.NEW] * 3,
    ),
    Task("See what speaks against somebody, in which words", ("w",), lambda user: "rule pitch" in user.screen),
    Task("Write down why", ("n", "met in Porto", "Enter"), lambda user: "met in Porto" in user.card),
    Task("See who waits for an answer of yours", ("g", "r"), lambda user: user.names == ["Wes Waiting"]),
)  # fmt: skip


def cells(task: Task) -> str:
    """The first two columns of the table."""
    return f"| {task.what} | {' '.join(f'`{keys}`' for keys in task.keys)} **{len(task.pressed)}** |"


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Path:
    """The same pitch from twelve, the newest under the cursor; Ana's question; an answer owed to Wes."""
    export = ExportBuilder().message("Alex Morgan", "A list of ports?", to=["Wes Waiting"], thread="2-wes")
    export.message("Wes Waiting", "Could you send me yours first?", thread="2-wes")
    export.invitation("Ana Ruiz", note="Do you know reefer containers?").invitation("Bo Li", note="Reefers again?")
    for number in range(12):
        export.invitation(f"Twin No{number}", note=PITCH.format(number))
    with closing(Inbox.open(tmp_path / "inbox.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(tmp_path))
    return tmp_path / "inbox.db"


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.what)
async def test_a_task_is_done_by_the_keys_that_are_counted(sit: Sit, store: Path, clock: Clock, task: Task):
    clock.now = NOW - timedelta(days=1)
    with closing(Inbox.open(store, clock=clock)) as inbox:
        for id_ in inbox.ids(View.NEW)[: task.decided]:
            inbox.apply(Junk(), [id_])
    clock.now = NOW
    async with sit((140, 40)) as user:
        assert not task.is_done(user)
        await user.press(*task.pressed)
        await user.pilot.pause()
        await user.judged()
        assert task.is_done(user), user.screen


def test_the_readme_counts_the_keys_of_these_tasks():
    table = re.findall(r"^\| .+ \*\*\d+\*\* \|", README.read_text(), re.MULTILINE)
    assert [re.match(r"(\|[^|]+\|[^|]+\|)", row)[1] for row in table] == [cells(task) for task in TASKS]
