"""Pipes: commands of the user's own that read the item under the cursor. Pure.

A command is a program and its arguments, never a line for a shell; what strangers wrote reaches it on stdin only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from linkinbox.errors import UsageError

_FORMS = ("text", "json")
_OUTPUTS = ("terminal", "show")


class Pipe(NamedTuple):
    """A command that reads an item.

    Args:
        name: the user's.
        command: the program and its arguments.
        form: what it reads: "text", or "json".
        output: "terminal": it has the screen for itself; "show": what it prints is shown on a page.
    """

    name: str
    command: tuple[str, ...]
    form: str = "text"
    output: str = "terminal"


def pipe_from(table: Mapping[str, Any]) -> Pipe:
    """A pipe as it is written down: ``command``, and if wanted ``name``, ``form`` and ``output``.

    Raises:
        UsageError: it is not understood.
    """
    command = table.get("command")
    if not command:
        raise UsageError('a pipe needs a command, such as ["less", "-R"]')
    name = " ".join(table.get("name", "").split()) or command[0].rpartition("/")[2]
    form, output = table.get("form", "text"), table.get("output", "terminal")
    if form not in _FORMS:
        raise UsageError(f'the form of {name} must be "text" or "json"')
    if output not in _OUTPUTS:
        raise UsageError(f'the output of {name} must be "terminal" or "show"')
    return Pipe(name, tuple(command), form, output)
