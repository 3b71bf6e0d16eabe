"""What the system lets a test do: these run as root as well as as anybody, and root may read and write everything."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

IS_ROOT = os.geteuid() == 0
SETPRIV = shutil.which("setpriv")
ROOT_ONLY = pytest.mark.skipif(not (IS_ROOT and SETPRIV), reason="needs root and setpriv")

POWERLESS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if IS_ROOT else []  # modes hold for root too
NEEDS_POWERLESS = pytest.mark.skipif(
    IS_ROOT and not SETPRIV, reason="root may write everywhere, and there is no setpriv"
)
BORROWED = [  # another user, who can look everywhere
    "setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override",
]  # fmt: skip


class SmallDisk:
    """A disk in memory, as small as wanted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def resize(self, kib: int) -> None:
        """Give it so much room."""
        self._remount(f"size={kib}k")

    def make_read_only(self) -> None:
        """Let nobody write there."""
        self._remount("ro")

    def _remount(self, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", self.folder], check=True)


@contextmanager
def small_disk(folder: Path, *, kib: int) -> Iterator[SmallDisk]:
    """Mount one; skips the test where that is not allowed."""
    folder.mkdir(parents=True)
    if (
        not IS_ROOT
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kib}k,mode=700", "small", folder], check=False
        ).returncode
    ):
        pytest.skip("only root can mount a small disk")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", folder], check=True)
