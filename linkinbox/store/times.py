"""Times as the store keeps them: text in UTC that sorts, and that people and datasette can read."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


def to_text(at: datetime) -> str:
    """An aware time as ``2026-03-01T10:05:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_text(text: str) -> datetime:
    """The aware UTC time of a stored text."""
    return datetime.fromisoformat(text)


def maybe_from_text(text: str | None) -> datetime | None:
    """As ``from_text``, passing None through."""
    return None if text is None else datetime.fromisoformat(text)
