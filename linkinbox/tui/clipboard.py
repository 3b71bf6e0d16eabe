"""Copying: by a program that says whether it worked, and else by asking the terminal, which does not say."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

_PATIENCE = 1  # seconds for a program that hangs, as one on a display that is gone


def copy(app: App[None], text: str, environ: Mapping[str, str]) -> bool:
    """Put ``text`` into the clipboard; True: it is there, False: the terminal was asked to (OSC 52)."""
    command = command_for(environ)
    if command and _done(command, text):
        return True
    app.copy_to_clipboard(text)
    return False


def command_for(environ: Mapping[str, str]) -> Sequence[str]:
    """The program that copies here; none over ssh or in a browser, where the person's clipboard is elsewhere.

    tmux passes OSC 52 on only with ``set-clipboard on``, which is not its default; but it does copy what it is given,
    with -w (3.2 and later) also to the terminal around it.
    """
    here: list[Sequence[str]] = []
    if "TEXTUAL_DRIVER" in environ:  # in a browser
        pass
    elif "TMUX" in environ:
        here = [("tmux", "load-buffer", "-w", "-")]
    elif "SSH_TTY" in environ or "SSH_CONNECTION" in environ:
        pass
    elif sys.platform == "darwin":
        here = [("pbcopy",)]
    elif "WAYLAND_DISPLAY" in environ:
        here = [("wl-copy",)]
    elif "DISPLAY" in environ:
        here = [("xclip", "-selection", "clipboard"), ("xsel", "--clipboard", "--input")]
    return next((command for command in here if shutil.which(command[0])), ())


def _done(command: Sequence[str], text: str) -> bool:
    """Whether the program took the text; what it prints is nobody's business."""
    nowhere = subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, input=text.encode(), stdout=nowhere, stderr=nowhere, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
