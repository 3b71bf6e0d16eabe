"""The path to each valuable contact, the journal of each, and what came of each reason to accept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from linkinbox.model import Entry, Path, Stretch, Verb
from linkinbox.path import time_spent
from linkinbox.sitting import Sitting
from linkinbox.tags import tagging_words
from linkinbox.text import SafeText, safe_name, safe_text
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.moving import MovingScreen
from linkinbox.tui.screens.page import PageScreen
from linkinbox.tui.widgets.lines import FootLine
from linkinbox.tui.widgets.path_pane import PathBars
from linkinbox.tui.widgets.reason_table import ReasonTable, as_of_words
from linkinbox.words.key_words import key_of

_AROUND = 7  # lines: title, summary, foot, and blanks between


class PathScreen(MovingScreen):
    """All paths as bars on one scale; Enter reads the journal of one."""

    CSS_PATH = "page.tcss"

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._path = sitting.inbox.figures()  # of all contacts: the sitting knows only the newest
        self.bars = PathBars()
        self._summary = Static(content(summary(self._path)), classes="summary")
        as_of = as_of_words(sitting.counts.as_of, sitting.now())
        self._reasons = ReasonTable(sitting.inbox.reasons(), as_of)
        self._foot = FootLine()

    def compose(self) -> ComposeResult:
        """Title, bars, what they say together, reasons, keys."""
        yield Static(
            content(SafeText("Path to gold: junk handled on the way to each valuable contact")), classes="title"
        )
        with Vertical(id="paths"):
            yield self.bars
            yield self._summary
            yield self._reasons
        yield self._foot

    def on_mount(self) -> None:
        """Show the figures as they are now."""
        self.bars.show(self._path, now=self._sitting.now())
        shown = (("enter", "its journal"), ("back", "back"), ("help", "help"))
        self._foot.show([(key_of(id_), title, id_) for id_, title in shown])

    def on_resize(self, event: events.Resize) -> None:
        """Share the room: bars and reasons get half of it each, and what the other one leaves."""
        super().on_resize(event)
        room = max(2, event.size.height - _AROUND)
        bars, reasons = 1 + len(self._path.golds), len(self._reasons.lines(event.size.width - 6))
        self._reasons.give_room(max(room // 2, room - bars))
        self.bars.styles.max_height = max(room - room // 2, room - reasons)

    def on_path_bars_opened(self) -> None:
        """A double click on a path reads its journal."""
        self.action_enter()

    def move_by(self, delta: int) -> None:
        """Move the cursor by paths."""
        self.bars.move_by(delta)

    def action_enter(self) -> None:
        """Read the journal of the path under the cursor."""
        if stretch := self.bars.selected:
            entries = self._sitting.inbox.stretch(stretch)
            words = Content.assemble(
                (figures(stretch, entries), "$muted"), "\n\n", journal_text(entries, self._sitting.now())
            )
            self.app.push_screen(PageScreen(_title(stretch), words))

    def action_back(self) -> None:
        """Go back to the list."""
        self.dismiss()

    def action_path(self) -> None:
        """Go back, as the key that came here does."""
        self.dismiss()

    def action_quit(self) -> None:
        """Go back: only the list is left by quitting."""
        self.dismiss()


def _title(stretch: Stretch) -> SafeText:
    if stretch.person is None:
        return SafeText("The path since the last valuable contact")
    return safe_text(f"The path to {safe_name(stretch.person.name)}")


def figures(stretch: Stretch, entries: Sequence[Entry]) -> SafeText:
    """What one path took: items, notes, and the time in sweeps."""
    notes = sum(entry.action is Verb.NOTE for entry in entries)
    minutes = round(time_spent(entry.at for entry in entries).total_seconds() / 60)
    words = [
        f"{stretch.junk:,} junk one by one",
        f"{stretch.junk_bulk:,} in bulk" if stretch.junk_bulk else "",
        f"{stretch.accepted:,} accepted",
        f"{stretch.done:,} done",
        f"{notes:,} note{'' if notes == 1 else 's'}" if notes else "",
        f"about {max(1, minutes):,} min of deciding" if entries else "",
    ]
    return safe_text(" · ".join(word for word in words if word))


def summary(path: Path) -> SafeText:
    """What all paths say together."""
    if not path.golds:
        return safe_text(f"No valuable contact so far. {key_of('gold')} in the list marks one.")
    words = [f"{len(path.golds):,} valuable contact{'s' if len(path.golds) > 1 else ''}"]
    if path.median_junk is not None and path.junk_range is not None:
        least, most = path.junk_range
        words.append(f"median {path.median_junk:g} junk, from {least:,} to {most:,}; bulk is left out")
    if path.without_path:
        words.append(f"{path.without_path:,} more without a path: known before anything was decided")
    return safe_text(" · ".join(words))


_VERBS = {
    Verb.ACCEPT: "accept", Verb.JUNK: "junk", Verb.DONE: "done", Verb.HOLD: "hold", Verb.NOTE: "note", Verb.TAG: "tag",
    Verb.GOLD: "gold", Verb.CALL: "call", Verb.OUTCOME: "call was", Verb.UNDO: "undo", Verb.REDO: "redo",
    Verb.FORGET: "forgot", Verb.OVERRULE: "overrule", Verb.SECOND_LOOK: "looked",
}  # fmt: skip


def journal_text(entries: Iterable[Entry], now: datetime) -> Content:
    """Journal entries by day, oldest first: time, what was done, with whom, and its words."""
    local = [(entry.at.astimezone(now.tzinfo), entry) for entry in entries]
    parts: list[Content | tuple[str, str] | str] = []
    for day, of_day in groupby(local, key=lambda pair: pair[0].date()):
        parts.append((f"{day:%a} {day.day} {day:%b %Y}\n", "$muted"))
        parts += [_line(at, entry) for at, entry in of_day]
    return Content.assemble(*parts) if parts else content(SafeText("Nothing was handled on it so far."), "$muted")


def _line(at: datetime, entry: Entry) -> Content:
    name = safe_name(entry.person.name) if entry.person else ""
    tagged = tagging_words(entry.payload.get("add", ()), entry.payload.get("drop", ()))
    said = (tagged, *(entry.payload.get(name) for name in ("text", "note", "outcome", "rule", "reason")))
    words = safe_text(str(next(filter(None, said), "")))
    style = "$muted" if entry.undone or entry.action is Verb.JUNK else ""
    undone = "  (taken back)" if entry.undone else ""
    line = f"  {at:%H:%M}  {_VERBS[entry.action]:<9}{name}{undone}"
    return Content.assemble((line, style), (f"  {words}" if words else "", "$muted"), "\n")
