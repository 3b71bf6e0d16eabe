"""Times in words: in the zone of whoever reads, and as short as the room asks."""

from __future__ import annotations

from datetime import datetime, tzinfo

from linkinbox.text import age


def short_time(then: datetime, now: datetime) -> str:
    """Return ``then`` in at most 6 letters, in the zone of ``now``: "15:00" today, "Tue", "1 Dec", "2027"."""
    local = then.astimezone(now.tzinfo)
    days = (local.date() - now.date()).days
    if days == 0:
        return f"{local:%H:%M}"
    if 0 < days <= 6:
        return f"{local:%a}"
    if abs(days) <= 300:  # within a year no month is named twice
        return f"{local.day} {local:%b}"
    return f"{local:%Y}"


def day(then: datetime, now: datetime) -> str:
    """Return the day of ``then`` in its own zone, its year only when it is another: "Tue 1 Dec"."""
    year = "" if then.year == now.astimezone(then.tzinfo).year else f" {then:%Y}"
    return f"{then:%a} {then.day} {then:%b}{year}"


def date(then: datetime, now: datetime) -> str:
    """Return the date of ``then`` in the zone of ``now``, its year only when it is another: "1 Dec"."""
    local = then.astimezone(now.tzinfo)
    year = "" if local.year == now.year else f" {local:%Y}"
    return f"{local.day} {local:%b}{year}"


def moment(then: datetime, now: datetime, zone: tzinfo) -> str:
    """Return day, time and zone: "Tue 1 Dec 15:00 CET"."""
    local = then.astimezone(zone)
    return f"{day(local, now)} {local:%H:%M %Z}"


def distance(then: datetime, now: datetime, zone: tzinfo) -> str:
    """Return how far ``then`` is from now: "in 6 days", "tomorrow", "in 2 h", "3 d ago"."""
    days = (then.astimezone(zone).date() - now.astimezone(zone).date()).days
    if then <= now:
        passed = age(then, now)
        return "just now" if passed == "now" else f"{passed} ago"
    if days == 0:
        hours, minutes = divmod(int((then - now).total_seconds()) // 60, 60)
        return f"in {hours} h" if hours else f"in {minutes} min"
    return "tomorrow" if days == 1 else f"in {days} days"
