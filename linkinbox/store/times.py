"""Times as the store keeps them: text in UTC that sorts, and that people and datasette can read."""

from __future__ import annotations

from datetime import UTC, datetime

_EARLIEST, _LATEST = "1970-01-01T00:00:00Z", "2100-12-31T23:59:59Z"


def utc_now() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


def to_text(at: datetime) -> str:
    """An aware time as ``2026-03-01T10:05:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_text(text: str) -> datetime:
    """The aware UTC time of a stored text; one that no inbox can be of is brought to the nearest that it can.

    No zone could shift the year 9999, nor the year 1. What is stored stays as it came.
    """
    return datetime.fromisoformat(min(max(text, _EARLIEST), _LATEST))


def maybe_from_text(text: str | None) -> datetime | None:
    """As ``from_text``, passing None through."""
    return None if text is None else from_text(text)
