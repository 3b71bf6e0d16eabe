"""What is said of a restore, before and after it: the same words on the screen and on the command line."""

from __future__ import annotations

from datetime import datetime

from linkinbox.store.keeping.restore import Plan, Restored
from linkinbox.store.times import from_text

_NAMED = 5  # decisions


def plan_words(plan: Plan, now: datetime) -> str:
    """The backup that would be restored; its time is told where ``now`` is."""
    if plan.source is None:
        return "all that can be read (there is no backup)"
    return f"the backup of {_moment(plan.at, now)} ({_decisions(plan.contents.decisions)})"


def restored_lines(restored: Restored, now: datetime) -> list[str]:
    """What became of it, a sentence each."""
    lines = [_source(restored, now)]
    if restored.newer:
        lines.append(
            f"{_decisions(restored.newer)} made later could be read; {restored.reapplied:,} of them stand again"
        )
    if restored.waiting:
        then = "Import your newest export again: they stand as soon as it brings these"
        lines.append(f"{_decisions(restored.waiting)} wait for items that are not here. {then}")
    if restored.unsound:
        kept = "; ".join(restored.unsound[:_NAMED]) + (" and more" if len(restored.unsound) > _NAMED else "")
        lines.append(f"{_decisions(len(restored.unsound))} kept as can be read, which is not what was written: {kept}")
    if restored.items:
        again = "Importing your newest export again completes them"
        lines.append(f"{restored.items:,} items that came later were brought over. {again}")
    if restored.refused:
        lines.append(f"Those that could not be decided again are kept, a line each: {restored.refused}")
    if restored.lost:
        lines.append(f"{_decisions(restored.lost)} can be read nowhere any more")
    if restored.forgotten:
        whom = "1 person was" if restored.forgotten == 1 else f"{restored.forgotten:,} people were"
        lines.append(f"{whom} forgotten again, whom the backup still held")
    if restored.unforgotten:
        lines.append("Whom you had forgotten can be read no longer: forget them again, or the next import meets them")
    if restored.kept_aside:
        lines.append(f"What was there before is kept: {restored.kept_aside}")
    return lines


def _source(restored: Restored, now: datetime) -> str:
    if restored.source is None:
        return "There was no good backup: a new store was made of what could be read"
    last = restored.contents.last
    until = f", the last of {_moment(from_text(last), now)}" if last else ""
    return f"Restored {restored.source.name}: {_decisions(restored.contents.decisions)}{until}"


def _decisions(number: int) -> str:
    return "1 decision" if number == 1 else f"{number:,} decisions"


def _moment(at: datetime, now: datetime) -> str:
    here = at.astimezone(now.tzinfo)
    return f"{here.day} {here:%b %Y, %H:%M}"
