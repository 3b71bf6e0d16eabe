"""``python -m benchmarks.signals``: how often each rule is right on the labelled set, tuned on and held out."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterable
from pathlib import Path

from benchmarks.signals.labelled import (
    FLAGS,
    TEXT_REASONS,
    Note,
    Tally,
    found,
    interests,
    mistakes,
    near_misses,
    notes,
    tallies,
    threads,
)
from linkinbox.signals import judge

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
HEAD = (
    "rule",
    "raised",
    "right",
    "precision",
    "should be",
    "recall",
    "raised ",
    "right ",
    "precision ",
    "should be ",
    "recall ",
)
RULES = (*FLAGS, *TEXT_REASONS)


def main() -> None:
    """Measure, print, and write down where asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.signals", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/signals/README.md")
    parser.add_argument("--mistakes", action="store_true", help="the notes of the tuning part that rules are wrong on")
    options = parser.parse_args()
    every = notes()
    if options.mistakes:
        looked_at = [note for note in every if not note.held_out]
        wrong = [*mistakes(looked_at, RULES, interests()), *mistakes([*near_misses(), *threads()], FLAGS, interests())]
        for note, rule, what in wrong:
            print(f"{what} {rule} [{note.language}, {note.who}] {note.subject.text}")
        return
    report = "\n".join(
        (_counts(every), "", *_by_rule(every), "", *_by_language(every), "", *_apart(), "", _speed(every))
    )
    print(report)
    if options.write:
        before, rest = README.read_text("utf-8").split(BEGIN)
        README.write_text(f"{before}{BEGIN}\n{report}\n{END}{rest.split(END)[1]}", "utf-8")


def _counts(every: list[Note]) -> str:
    held = [note for note in every if note.held_out]
    honest = sum(not note.flags for note in every)
    return f"{len(every)} notes ({honest} honest): {len(every) - len(held)} to tune on, {len(held)} held out."


def _by_rule(every: list[Note]) -> list[str]:
    tuned, held = (
        tallies([note for note in every if note.held_out is part], RULES, interests()) for part in (False, True)
    )
    rows = [(rule, *_figures(tuned[rule]), *_figures(held[rule])) for rule in RULES]
    totals = (_sum(part[rule] for rule in FLAGS) for part in (tuned, held))
    rows.insert(len(FLAGS), ("**all flags**", *(cell for total in totals for cell in _figures(total))))
    return ["Left: tuned on; right: held out.", "", *_table(HEAD, rows)]


def _apart() -> list[str]:
    """The two parts that stand for themselves, by rule; rules of which neither has a case are left out."""
    lines = []
    for name, some in (("near misses", near_misses()), ("threads", threads())):
        told = tallies(some, FLAGS, interests())
        rows = [(rule, *_figures(told[rule])) for rule in FLAGS if told[rule].raised or told[rule].expected]
        rows.append(("**all flags**", *_figures(_sum(told.values()))))
        honest = [note for note in some if not note.flags]
        accused = sum(bool(found(note, interests()) & set(FLAGS)) for note in honest)
        what = f"{name.capitalize()}: {len(some)}, of them {len(honest)} honest, {accused} of those flagged."
        lines += [what, "", *_table(("rule", "raised", "right", "precision", "should be", "recall"), rows), ""]
    return lines[:-1]


def _by_language(every: list[Note]) -> list[str]:
    rows = []
    for language in sorted({note.language for note in every}):
        some = [note for note in every if note.language == language]
        honest = [note for note in some if not note.flags]
        accused = sum(bool(found(note, interests()) & set(FLAGS)) for note in honest)
        bad = [note for note in some if note.flags]
        seen = sum(bool(found(note, interests()) & note.flags) for note in bad)
        rows.append((language, str(len(honest)), str(accused), str(len(bad)), str(seen)))
    return _table(("language", "honest", "of them flagged", "others", "of them flagged"), rows)


def _speed(every: list[Note]) -> str:
    """CPU time of judging a note, and beside it that of an empty loop: machines differ."""
    wanted = interests()
    letters = statistics.mean(len(note.subject.text) for note in every)
    turns = []
    for _ in range(7):
        begun = time.process_time()
        for note in every:
            judge(note.subject, wanted)
        judged = (time.process_time() - begun) / len(every)
        begun = time.process_time()
        for _ in range(100_000):
            pass
        turns.append((judged, (time.process_time() - begun) / 100_000))
    micro = statistics.median(judged for judged, _ in turns) * 1e6
    loops = statistics.median(judged / loop for judged, loop in turns)
    what = f"Judging a note of {letters:.0f} letters takes {micro:.0f} µs of CPU here"
    return f"{what}, as long as {loops:,.0f} turns of an empty loop."


def _figures(tally: Tally) -> tuple[str, ...]:
    return (
        str(tally.raised),
        str(tally.right),
        _share(tally.right, tally.raised),
        str(tally.expected),
        _share(tally.right, tally.expected),
    )


def _share(part: int, whole: int) -> str:
    """A percentage, and none of fewer than ten."""
    return f"{part / whole:.0%}" if whole >= 10 else "–"


def _sum(some: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in some:
        total = total.plus(tally)
    return total


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (head, *rows)
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return lines


if __name__ == "__main__":
    main()
