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
    "reason", "tags",
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
    flat["tags"] = " ".join(record["tags"])
    flat |= {name: record["person"][name] for name in ("name", "company", "position")}
    return (flat[name] for name in COLUMNS)


_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Controls, and what reorders or hides: marks and overrides of direction, zero-width signs but joiners, tags.
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
# Where a cell begins; and where one would begin in a spreadsheet that expects semicolons or tabs, as in half of Europe:
# to it our quotes are letters, and each line of a text is a row of its own.
_BEGINS_A_FORMULA = re.compile(r"(?:^|(?<=[\n;\t]))(?=[^\S\n]*[=+\-@＝＋－＠﹦﹢﹣﹫])|^(?=[\t\n])")


def cell(value: Any) -> str:
    """A value as the text of a cell: what a spreadsheet would compute begins with an apostrophe, and nothing acts."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return _BEGINS_A_FORMULA.sub("'", _ACTING.sub("", _BREAK.sub("\n", str(value))))
