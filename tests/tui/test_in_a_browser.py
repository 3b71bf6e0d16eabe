"""In a browser: what textual-serve runs is a program on two pipes, whose packets it passes on to the page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def packet(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload


def test_the_screen_runs_on_the_pipes_of_textual_serve(store: Path, tmp_path: Path):
    web = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "TEXTUAL_COLOR_SYSTEM": "truecolor"}
    environ = (
        os.environ
        | web
        | {"COLUMNS": "100", "ROWS": "30", "XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    )
    argv = [sys.executable, "-m", "linkinbox", "--db", str(store)]
    with subprocess.Popen(
        argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ
    ) as app:
        assert app.stdin
        assert app.stdout
        assert app.stdout.readline() == b"__GANGLION__\n"
        app.stdin.write(packet(b"M", json.dumps({"type": "resize", "width": 100, "height": 30}).encode()))
        app.stdin.write(packet(b"D", b"gT"))
        app.stdin.flush()
        drawn = b""
        while b"high-contrast-light" not in drawn:
            read = os.read(app.stdout.fileno(), 65536)
            assert read, "it has ended"
            drawn += read
        app.stdin.write(packet(b"D", b"q") + packet(b"D", b"q"))
        app.stdin.flush()
        rest, errors = app.communicate(timeout=30)
        assert b'{"type": "exit"}' in drawn + rest
        assert (app.returncode, errors) == (0, b"")
