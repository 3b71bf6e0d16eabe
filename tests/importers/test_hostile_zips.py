"""Zips made to harm: each has its right outcome, in little time and memory, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterable
from pathlib import Path
from subprocess import run

import pytest

from linkinbox.errors import SourceError
from linkinbox.importers.export import open_export
from tests.hostile_zips import HEAVY, HOSTILE_ZIPS, Refused

SECONDS, MEGABYTES = 5, 400
ROOT = Path(__file__).parent.parent.parent
READ_EACH = "import sys; from tests.importers.test_hostile_zips import read_each; read_each(*sys.argv[1:])"


def outcome_of(path: Path) -> list[str] | int:
    """The number of rows, or the name of the error and what it says."""
    try:
        with open_export(path) as source:
            return sum(1 for file in source.files for _ in file.rows())
    except SourceError as error:
        return [type(error).__name__, str(error)]


def read_each(folder: str, *names: str) -> None:
    """Read each zip in a process of its own, whose time and memory are bounded, and print what became of it."""
    for name in names:
        path = Path(folder, "export.zip")
        path.write_bytes(HOSTILE_ZIPS[name].build())
        told, telling = os.pipe()
        sys.stdout.flush()
        if not (child := os.fork()):
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
            os.write(telling, json.dumps(outcome_of(path)).encode()[:60_000])
            os._exit(0)
        os.close(telling)
        with os.fdopen(told) as answer:
            became = answer.read()
        _, status, used = os.wait4(child, 0)
        print(json.dumps([name, status, became, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]), flush=True)


def is_right(wanted: Refused | int, status: int, became: str) -> bool:
    if status or not became:
        return False
    got = json.loads(became)
    if isinstance(wanted, Refused) and isinstance(got, list):
        return got[0] == wanted.error.__name__ and wanted.words in got[1]
    return got == wanted


def figure_of(names: Iterable[str], folder: Path) -> str:
    """Read these zips and hold each to its outcome; returns the figure."""
    told = run([sys.executable, "-c", READ_EACH, str(folder), *names], cwd=ROOT, capture_output=True, check=True).stdout
    results = [json.loads(line) for line in told.splitlines()]
    wrong = [result for result in results if not is_right(HOSTILE_ZIPS[result[0]].outcome, result[1], result[2])]
    assert not wrong, "\n".join(f"{result} instead of {HOSTILE_ZIPS[result[0]].outcome}" for result in wrong)
    longest, largest = max(result[3] for result in results), max(result[4] for result in results)
    assert longest <= SECONDS
    assert largest <= MEGABYTES
    assert [path.name for path in folder.rglob("*")] == ["export.zip"], "nothing is ever unpacked"
    return (
        f"{len(results)} zips, each with its right outcome; at most {longest:.1f} s of CPU, {largest:.0f} MB of memory"
    )


def test_a_hostile_zip_has_its_right_outcome_in_little_time_and_memory(tmp_path, gate):
    names = [name for name in HOSTILE_ZIPS if name not in HEAVY]
    assert len(names) >= 60
    gate(15, "hostile zips", figure_of(names, tmp_path))


@pytest.mark.soak
def test_so_have_those_that_take_long_to_make(tmp_path, gate):
    gate(15, "hostile zips, all", figure_of(HOSTILE_ZIPS, tmp_path))
