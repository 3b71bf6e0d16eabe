"""The path to each valuable contact laid out as lines: bars on one scale, names, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from linkinbox.decider import PATHS_SHOWN
from linkinbox.model import Path, Stretch
from linkinbox.text import SafeText, age, safe_name, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.widgets.painting import Ink, Line, cells, cut, fit, inked, width_of
from linkinbox.words.key_words import key_of
from linkinbox.words.times import date

PANE_BAR, SCREEN_BAR = 24, 64  # cells of the longest bar
_LEAST_BAR = 8  # shorter ones tell nothing
_NAME_CELLS = 24


class Scale(NamedTuple):
    """Columns that all bars share, in cells, and the junk that fills a whole bar."""

    bar: int
    number: int
    bulk: int
    name: int
    outcome: int
    most: int
    bulk_in_words: bool


def scale_of(stretches: Sequence[Stretch], width: int, now: datetime, *, longest: int) -> Scale:
    """Return the columns for ``width`` cells; bulk is the first to lose its words, then the outcome goes."""
    number = max(len(f"{stretch.junk:,}") for stretch in stretches)
    most = max(stretch.junk + stretch.junk_bulk for stretch in stretches)
    widest = max(cells(_name(stretch)) for stretch in stretches)
    outcome = max(len(_outcome(stretch, now)) for stretch in stretches) + 2
    words, figure = (max(len(_bulk(stretch, in_words=long)) for stretch in stretches) for long in (True, False))
    room = width - number - 4
    name = min(_NAME_CELLS, room, widest)
    for bulk, with_outcome in ((words, outcome), (figure, outcome), (words, 0), (figure, 0)):
        bar = room - name - bulk - with_outcome
        if bar >= _LEAST_BAR:
            return Scale(min(longest, bar), number, bulk, name, with_outcome, max(1, most), bulk == words)
    return Scale(max(0, min(longest, room - name)), number, 0, name, 0, max(1, most), bulk_in_words=False)


def bar_line(stretch: Stretch, scale: Scale, now: datetime) -> Line:
    """Return one stretch: its bar with bulk as a lighter tail, junk in figures, the contact, what came of it."""
    ones, bulk = _bar(stretch, scale)
    shown = marks()
    blank = " " * (scale.bar - ones - bulk)
    words = _bulk(stretch, in_words=scale.bulk_in_words) if scale.bulk else SafeText("")
    return (
        (SafeText(shown.bar * ones), Ink.WAITING),
        (SafeText(shown.tail * bulk), Ink.MUTED),
        (SafeText(f"{blank}  {stretch.junk:>{scale.number},}"), Ink.TEXT),
        (SafeText(fit(words, scale.bulk) + "  "), Ink.MUTED),
        (fit(_name(stretch), scale.name), Ink.VALUABLE if stretch.person else Ink.TEXT),
        (cut(SafeText("  " + _outcome(stretch, now)), scale.outcome), Ink.MUTED),
    )


def _bar(stretch: Stretch, scale: Scale) -> tuple[int, int]:
    """Cells of the two parts of a bar; anything above nothing is seen."""
    total = stretch.junk + stretch.junk_bulk
    whole = max(min(total, 1), round(scale.bar * total / scale.most)) if scale.bar else 0
    ones = round(whole * stretch.junk / total) if total else 0
    if stretch.junk and whole:
        ones = max(1, ones)
    return ones, whole - ones


def _bulk(stretch: Stretch, *, in_words: bool) -> SafeText:
    if not stretch.junk_bulk:
        return SafeText("")
    return SafeText(f" + {stretch.junk_bulk:,} in bulk" if in_words else f" +{stretch.junk_bulk:,}")


def _name(stretch: Stretch) -> SafeText:
    return SafeText(f"{marks().gold} {safe_name(stretch.person.name)}") if stretch.person else SafeText("now")


def _outcome(stretch: Stretch, now: datetime) -> str:
    if stretch.outcome is None:
        return _since(stretch, now)
    when = stretch.outcome_at or stretch.decided_at
    outcome = safe_text(stretch.outcome)
    return outcome if when is None else f"{outcome} {date(when, now)}"


def _since(stretch: Stretch, now: datetime) -> str:
    if stretch.began_at is None:
        return ""
    old = age(stretch.began_at, now)
    return "today" if old == "now" else old


def _now_words(path: Path, now: datetime) -> list[str]:
    """The open path, the most important first."""
    if not path.open.handled:
        return ["nothing handled yet" if not path.golds else "nothing handled since"]
    junk = f"{path.open.junk:,} junk{_bulk(path.open, in_words=True)}"
    return [junk, f"{path.open.handled:,} handled", _since(path.open, now)]


def _median(path: Path) -> list[str]:
    if path.median_junk is None or path.junk_range is None:
        return []
    least, most = path.junk_range
    return [f"median {path.median_junk:g}", f"{least:,} to {most:,}", f"{path.golds_count:,} golds"]


def pane_lines(path: Path, now: datetime, width: int, height: int | None = None) -> Iterator[Line]:
    """Return the pane: a title, the open path, as many of the newest golds as have room, and the median."""
    title = SafeText("path to gold ")
    yield (title, Ink.MUTED), (SafeText(marks().rule * max(0, width - len(title))), Ink.HAIRLINE)
    yield (SafeText("now   "), Ink.STRONG), (_dotted(_now_words(path, now), width - 6), Ink.TEXT)
    if not path.golds:
        words = "No gold yet. + marks a valuable contact; how much you went through to find them shows here."
        yield from inked(SafeText(words), width, Ink.MUTED)
        return
    median = _median(path)
    newest = tuple(reversed(path.golds))[: _golds_shown(path.golds_count, 1 if median else 0, height)]
    scale = scale_of(newest, width, now, longest=PANE_BAR)
    for stretch in newest:
        yield bar_line(stretch, scale, now)
    if older := path.golds_count - len(newest):
        yield ((cut(SafeText(f"{marks().ellipsis} {older:,} more, {key_of('path')} shows all"), width), Ink.MUTED),)
    if median:
        yield ((_dotted(median, width), Ink.MUTED),)


def _golds_shown(golds: int, median_lines: int, height: int | None) -> int:
    """How many golds have room: title, open path, the median, and the line that tells of more."""
    room = PATHS_SHOWN if height is None else max(1, height - 2 - median_lines)
    if golds <= min(room, PATHS_SHOWN):
        return golds
    return min(PATHS_SHOWN, room if height is None else max(1, room - 1))


def one_line(path: Path, now: datetime, width: int) -> Line:
    """Return the path in one line: the open one, since whom, and the median."""
    words = _now_words(path, now)[0]
    line: list[tuple[SafeText, Ink]] = [
        (SafeText("now "), Ink.MUTED),
        (cut(SafeText(words), width - 4), Ink.TEXT),
    ]
    if path.golds and path.open.handled:
        name = cut(_name(path.golds[-1]), min(_NAME_CELLS, width - width_of(line) - len(" since ")))
        line += [(SafeText(" since "), Ink.MUTED), (name, Ink.VALUABLE)] if len(name) > 2 else []
    if median := _median(path):
        more = SafeText(f" {marks().dot} {median[0]}")
        if width_of(line) + cells(more) <= width:
            line.append((more, Ink.MUTED))
    return tuple(line)


def _dotted(words: list[str], width: int) -> SafeText:
    """Return as many of ``words`` as have room, at least the first."""
    words = [word for word in words if word]
    dot = f" {marks().dot} "
    while len(words) > 1 and cells(dot.join(words)) > width:
        words = words[:-1]
    return cut(SafeText(dot.join(words)), width)
