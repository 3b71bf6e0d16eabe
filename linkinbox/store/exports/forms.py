"""Items as JSON, JSON lines and CSV, written one by one: a million items take no more memory than ten."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO

COLUMNS = (
    "id", "uid", "kind", "person_key", "name", "company", "position", "at", "state", "filed_because", "connected",
    "sponsored", "gold", "text", "held_until", "notes", "call_at", "messages", "carried_out",
)  # fmt: skip

Record = Mapping[str, Any]


def write_json(records: Iterable[Record], out: TextIO) -> None:
    """Write a JSON array, one item a line."""
    out.write("[")
    out.writelines(f",\n {line}" if number else line for number, line in enumerate(map(as_line, records)))
    out.write("]\n")


def write_json_lines(records: Iterable[Record], out: TextIO) -> None:
    """Write one JSON object a line."""
    out.writelines(f"{as_line(record)}\n" for record in records)


def write_csv(records: Iterable[Record], out: TextIO) -> None:
    """Write CSV with a header, every cell quoted; notes are a line each."""
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in _cells(record)] for record in records)


WRITERS: dict[str, Callable[[Iterable[Record], TextIO], None]] = {
    "csv": write_csv,
    "json": write_json,
    "ndjson": write_json_lines,
}
"""The forms in which items leave, by the name that is also the ending of a file."""


def as_line(record: Record) -> str:
    """A record as JSON in ASCII: any terminal may see it, since no character in it acts on one."""
    return json.dumps(record)


def _cells(record: Record) -> Iterator[Any]:
    flat = {**record, "person_key": record["person"]["key"], "notes": "\n".join(record["notes"])}
    flat |= {name: record["person"][name] for name in ("name", "company", "position")}
    return (flat[name] for name in COLUMNS)


_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """A value as the text of a cell: what a spreadsheet would compute gets a leading apostrophe, controls are out."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    cleaned = _ACTING.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{cleaned}" if text.startswith((*_FORMULA, "\r")) or cleaned.startswith(_FORMULA) else cleaned
