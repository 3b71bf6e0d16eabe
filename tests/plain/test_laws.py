"""Whatever lines come: nothing fails, each decides at most once, and all can be taken back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkinbox.actions import ACTIONS
from linkinbox.inbox import Inbox
from linkinbox.keymap.names import key_label
from linkinbox.model import View
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.plain.talk import Talk

KEYS = sorted({key_label(key.replace("#", "1")) for action in ACTIONS for key in action.keys} - {"o"})
ANSWERS = [
    "",
    "tue 9",
    "in 2 weeks",
    "tomorrow 10",
    "1",
    "2",
    "5",
    "met in Porto",
    ".",
    "reefer -cold",
    "2x",
    " ",
    "2Space",
    "2u",
    "/ana",
]
LINES = st.lists(st.sampled_from([*KEYS, *ANSWERS]) | st.text(max_size=5), max_size=12)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("laws")
    export = (
        ExportBuilder().message("Dan Poe", "Are you around?").invitation("Ana Ruiz", note="How do you audit reefers?")
    )
    export.invitation("Ben Lee", note="We met in Porto").invitation("Cy Fox").connection("Eva Ost")
    with closing(Inbox.open(folder / "home" / "inbox.db", clock=Clock())) as inbox:
        inbox.import_from(export.zip(folder))
    return folder / "home"


@settings(max_examples=40)
@given(LINES)
def test_any_lines_are_answered_and_can_be_taken_back(home: Path, lines: list[str]):
    with TemporaryDirectory() as folder:
        store = copytree(home, Path(folder) / "home") / "inbox.db"
        with closing(Inbox.open(store, clock=Clock())) as inbox:
            before = inbox.counts()
            talk = Talk(inbox, Clock())
            acts = 0
            for line in lines:
                if talk.is_over:
                    break
                talk(" ".join(line.splitlines()))
                assert all(told.strip() and told.isprintable() for told in talk.said), talk.said
                now = len({entry.batch for entry in inbox.log(100)})
                assert now - acts <= (2 if line == "2u" else 1)
                acts = now
            while inbox.undo():
                pass
            assert inbox.counts()[View.NEW] == before[View.NEW]
