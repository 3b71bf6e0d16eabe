"""The machine's time zone."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, tzinfo
from pathlib import Path

_LOCALTIME = Path("/etc/localtime")


def local_zone() -> tzinfo:
    """Return the machine's zone, by its IANA name where it has one; UTC when it cannot be told."""
    # Nearly every system tells it by a link; tzlocal looks into six files first, a fiftieth of the first frame.
    if not os.environ.get("TZ") and (zone := _linked(_LOCALTIME)):
        return zone
    import tzlocal

    try:
        return tzlocal.get_localzone()
    except (LookupError, ValueError, OSError):  # an unknown name in TZ, or files that contradict each other
        return UTC


def _linked(path: Path) -> tzinfo | None:
    """The zone whose file ``path`` is a link to; None if it is none."""
    from zoneinfo import ZoneInfo

    with suppress(OSError, LookupError, ValueError):
        _, _, name = str(path.readlink()).partition("/zoneinfo/")
        return ZoneInfo(name) if name else None
    return None
