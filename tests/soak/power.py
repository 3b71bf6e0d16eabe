"""Cutting the power: every system call of a run is written down, and the disk is put together as a cut would leave it.

What was synced is there. Of what was written since, a disk may have kept nothing, everything, or any of it, torn
at its sectors of 512 bytes (reliability.md §2.1).
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_CALLS = "pwrite64,write,fdatasync,fsync,ftruncate,unlink,unlinkat,openat"
_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_FILE = re.compile(r"\d+<([^>]*)>")


class Event(NamedTuple):
    """One system call: what it did, to which file, where, and with which bytes."""

    call: str
    path: str
    offset: int
    data: bytes


def trace(code: str, *arguments: object, folder: Path) -> list[Event]:
    """The calls of a Python program on files in ``folder``, and what it wrote to its standard output."""
    log = folder.parent / "calls.log"
    strace = ["strace", "-f", "-y", "-xx", "-s", "1048576", "-e", f"trace={_CALLS}", "-e", "signal=none", "-o", log]
    subprocess.run([*strace, sys.executable, "-c", code, *map(str, arguments)], check=True, stdout=subprocess.PIPE)
    with log.open() as lines:
        return [event for line in lines if (event := _event(line, str(folder)))]


def _event(line: str, folder: str) -> Event | None:
    found = _CALL.match(line)
    if not found or int(found[3]) < 0:
        return None
    call, said = found[1], found[2]
    file = _FILE.match(said)
    if call == "write" and said.startswith("1<"):
        return Event("say", "", 0, _bytes(said))
    if call in ("unlink", "unlinkat"):
        path = _bytes(said).decode()
        return Event("unlink", path, 0, b"") if path.startswith(folder) else None
    if file is None or not _plain(file[1]).startswith(folder):
        return None
    path, numbers = _plain(file[1]), said.rsplit(", ", 2)
    match call:
        case "pwrite64":
            return Event("write", path, int(numbers[-1]), _bytes(said))
        case "ftruncate":
            return Event("truncate", path, int(numbers[-1]), b"")
        case "fdatasync" | "fsync":
            return Event("sync", path, 0, b"")
    return None


def _plain(path: str) -> str:
    return bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path


def _bytes(said: str) -> bytes:
    return bytes.fromhex(said.partition('"')[2].partition('"')[0].replace("\\x", ""))


@dataclass(slots=True)
class Disk:
    """Files by path: what is surely there, and what was written since the last sync."""

    durable: dict[str, bytes]
    pending: dict[str, list[Event]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """One more call."""
        match event.call:
            case "say":
                self.said += event.data.decode().split()
            case "sync" if event.path not in self.pending:
                pass  # nothing new; or a folder, whose entries are taken to be there at once
            case "sync":
                self.durable[event.path] = _applied(self.durable.get(event.path, b""), self.pending.pop(event.path, []))
            case "unlink":
                self.durable.pop(event.path, None)
                self.pending.pop(event.path, None)
            case _:
                self.pending.setdefault(event.path, []).append(event)

    def after_a_cut(self, chance: random.Random) -> Iterator[dict[str, bytes]]:
        """The files as they may be found: nothing of what was pending, two times some of it, all of it."""
        paths = {*self.durable, *self.pending}
        for keep in (_none, _torn(chance), _torn(chance), list):
            yield {
                path: _applied(self.durable.get(path, b""), keep(self.pending.get(path, []))) for path in sorted(paths)
            }


def _none(_: Sequence[Event]) -> list[Event]:
    return []


def _torn(chance: random.Random):
    def keep(events: Sequence[Event]) -> list[Event]:
        kept = []
        for event in events:
            if event.call != "write":
                kept += [event] if chance.random() < 0.5 else []
                continue
            for start in range(0, len(event.data), SECTOR):
                if chance.random() < 0.5:
                    kept.append(event._replace(offset=event.offset + start, data=event.data[start : start + SECTOR]))
        return kept

    return keep


def _applied(content: bytes, events: Sequence[Event]) -> bytes:
    if not events:
        return content
    file = bytearray(content)
    for event in events:
        if event.call == "truncate":
            del file[event.offset :]
            file.extend(bytes(event.offset - len(file)))
        else:
            file.extend(bytes(max(0, event.offset - len(file))))
            file[event.offset : event.offset + len(event.data)] = event.data
    return bytes(file)
