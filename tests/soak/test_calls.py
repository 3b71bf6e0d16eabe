"""An import killed at its k-th write, for every k, is completed by the next run: as if nothing had happened."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linkinbox.inbox import Inbox
from tests.builders import ExportBuilder
from tests.soak.killing import is_sound, picture
from tests.soak.test_power import IMPORT

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to kill at a system call"),
]

KILLS = 300


@pytest.fixture
def source(tmp_path: Path) -> Path:
    export = ExportBuilder()
    for number in range(500):
        export.invitation(f"Newcomer {number}", note=f"note {number}").message(f"Writer {number % 90}", "hello")
    return export.zip(tmp_path)


def under_strace(path: Path, source: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = ["strace", "-f", *options, sys.executable, "-c", IMPORT, str(path), str(source)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def count_writes(path: Path, source: Path) -> int:
    told = under_strace(path, source, "-c", "-e", "trace=pwrite64").stderr
    (line,) = [line for line in told.splitlines() if line.endswith("pwrite64")]
    return int(line.split()[3])


def test_an_import_killed_at_each_write_is_completed_by_the_next_run(tmp_path, source, gate):
    fresh: Callable[[str], Path] = lambda name: tmp_path / name / "inbox.db"  # noqa: E731
    whole = picture(fresh("whole"), source)
    Inbox.open(fresh("counted")).close()
    writes = count_writes(fresh("counted"), source)
    steps = sorted({1 + turn * writes // KILLS for turn in range(KILLS)})
    Inbox.open(fresh("empty")).close()
    for at in steps:
        path = fresh("killed")
        shutil.rmtree(path.parent, ignore_errors=True)
        shutil.copytree(fresh("empty").parent, path.parent)
        killed = under_strace(path, source, "-o", "/dev/null", "-e", f"inject=pwrite64:signal=KILL:when={at}")
        assert killed.returncode != 0
        assert picture(path, source) == whole, at
        assert is_sound(path)
    gate(7, "kill at call k, importing", f"{len(steps)} of {writes:,} writes: completed by the next run, equal")
