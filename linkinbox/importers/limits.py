"""What a source may hold at most: far above any real export, far below what would hurt."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Bounds against hostile or broken sources; sizes in bytes, uncompressed."""

    members: int = 100_000  # files in a zip or folder
    member_bytes: int = 1 << 30  # of one file that is read; a real messages.csv has a few million
    total_bytes: int = 2 << 30  # of all files that are read
    ratio: int = 200  # uncompressed to compressed; CSV reaches 10
    ratio_above: int = 8 << 20  # smaller files may be as repetitive as they like
    line_chars: int = 16 << 20  # of one physical line, and of one field
    record_lines: int = 10_000  # in one record; LinkedIn allows a message 8,000 characters
