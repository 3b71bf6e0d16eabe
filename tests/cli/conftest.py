"""The command line as a test calls it: in this process, with a home, a store and a time of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result

from linkinbox.cli import main
from tests.builders import ExportBuilder
from tests.conftest import NOW


class Cli:
    """Calls linkinbox and holds it to its exit code."""

    def __call__(self, *args: object, code: int = 0) -> Result:
        result = CliRunner().invoke(main, [str(arg) for arg in args])
        assert result.exit_code == code, (args, result.output, result.exception)
        return result

    def json(self, *args: object, code: int = 0) -> Any:
        return json.loads(self(*args, "--json", code=code).stdout)

    def fill(self, export: ExportBuilder, folder: Path) -> Any:
        """Import an export; its report."""
        return self.json("import", export.zip(folder))

    def spawn(self, *args: object, **more: Any) -> subprocess.Popen[str]:
        """Call it as a process of its own."""
        command = [sys.executable, "-m", "linkinbox", *map(str, args)]
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **more}
        return subprocess.Popen(command, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, **more)


ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Nobody's real home."""
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("LINKINBOX_DB", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    config = tmp_path / "config" / "linkinbox" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'zone = "Europe/Madrid"\ndb = "{tmp_path / "home" / "inbox.db"}"\n')
    with time_machine.travel(NOW):
        yield tmp_path


@pytest.fixture
def cli() -> Cli:
    return Cli()
