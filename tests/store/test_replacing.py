"""Temporary files: one that was left goes with the next, one that is in use never does."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

from linkinbox.store.exports import replacing
from linkinbox.store.exports.replacing import scratch


def test_one_that_a_killed_process_left_goes_with_the_next(tmp_path):
    left = tmp_path / ".linkinbox-left.part"
    left.touch()
    with scratch(tmp_path) as temporary:
        assert list(tmp_path.iterdir()) == [temporary]
    assert list(tmp_path.iterdir()) == []


def test_one_in_use_is_left_alone(tmp_path):
    with scratch(tmp_path) as first, scratch(tmp_path) as second:
        assert {*tmp_path.iterdir()} == {first, second}


def test_one_that_is_swept_away_before_it_is_locked_is_made_again(tmp_path, monkeypatch):
    lock, swept = replacing.fcntl.flock, []

    def another_sweeps_before(descriptor: int, how: int) -> None:
        if not swept:
            swept.append(sweep_elsewhere(tmp_path))
        lock(descriptor, how)

    monkeypatch.setattr(replacing.fcntl, "flock", another_sweeps_before)
    with scratch(tmp_path) as temporary:
        assert swept == [0]
        assert list(tmp_path.iterdir()) == [temporary]
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o600


def sweep_elsewhere(folder: Path) -> int:
    """Another process that begins a temporary file."""
    return subprocess.run([sys.executable, "-c", ANOTHER, folder], check=False).returncode


ANOTHER = """
import sys
from pathlib import Path
from linkinbox.store.exports.replacing import scratch
with scratch(Path(sys.argv[1])):
    pass
"""
