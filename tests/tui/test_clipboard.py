"""Copying: where a program can say that it worked, that is said; where only the terminal is asked, that is said too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from linkinbox.tui.clipboard import command_for
from tests.tui.conftest import Sit

SSH = {"SSH_TTY": "/dev/pts/1"}


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, and no others."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, script: str = "/bin/cat > {}/copied") -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script.format(folder)}\n")
    (folder / name).chmod(0o700)


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"TMUX": "/tmp/tmux,1,0"}, "tmux"),
        ({"TMUX": "/tmp/tmux,1,0", **SSH}, "tmux"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wl-copy"),
        ({"DISPLAY": ":0"}, "xclip"),
        ({"DISPLAY": ":0", **SSH}, None),
        ({"DISPLAY": ":0", "TEXTUAL_DRIVER": "the.web:Driver"}, None),
        ({}, None),
    ],
)
def test_the_clipboard_is_that_of_where_the_person_sits(programs: Path, monkeypatch, environ, name):
    monkeypatch.setattr(sys, "platform", "linux")
    for known in ("tmux", "wl-copy", "xclip", "xsel", "pbcopy"):
        program(programs, known)
    assert next(iter(command_for(environ)), None) == name
    for known in programs.iterdir():
        known.unlink()
    assert not command_for(environ)


async def test_a_copy_that_a_program_made_is_sure_and_any_other_depends(sit: Sit, programs: Path, monkeypatch):
    asked = []
    async with sit() as user:
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setattr(user.app, "copy_to_clipboard", asked.append)
        program(programs, "xclip")
        await user.press("j", "y")
        assert (programs / "copied").read_text() == user.status.removeprefix("Copied ")
        assert "https://" in user.status
        assert not asked
        program(programs, "xclip", "exit 1")
        await user.press("y")
        assert user.status == f"Copied, if your terminal allows it: {asked[0]}"
