"""Choosing an export to import, with completion of its path, and watching it come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from linkinbox.actions import BY_ID
from linkinbox.config import at_home
from linkinbox.errors import LinkinboxError
from linkinbox.text import SafeText, safe_body, safe_text
from linkinbox.tui.marks import marks
from linkinbox.tui.prompts.line_input import LineInput
from linkinbox.tui.prompts.paths import common, completions, likely_exports
from linkinbox.tui.safe_text import content
from linkinbox.tui.screens.key_screen import KeyScreen
from linkinbox.tui.widgets.lines import FootLine

if TYPE_CHECKING:
    from linkinbox.store.report import ImportReport, Progress

_OFFERED = 10  # lines


class ImportScreen(KeyScreen):
    """A path to type; Tab completes it, Enter imports it, Esc leaves (a running import goes on)."""

    CSS_PATH = "page.tcss"

    class Wanted(Message):
        """Somebody wants a source imported."""

        def __init__(self, source: Path) -> None:
            self.source = source
            super().__init__()

    class ReportWanted(Message):
        """Somebody wants to read the report of the newest import."""

    def __init__(self, progress: Progress | None = None, imported: ImportReport | None = None) -> None:
        super().__init__()
        self._progress = progress
        self._imported = imported
        self._candidates: list[str] = []
        self._chosen = -1
        self.input = LineInput(typed=self._on_typed, pressed=self._on_pressed)
        self._offered = Static(id="offered")
        self.news = Static(id="news")
        self._foot = FootLine()

    def compose(self) -> ComposeResult:
        """Title, path, what it may become, what happens, keys."""
        yield Static("Import an export", classes="title")
        with Horizontal(id="path"):
            yield Static("path", classes="label")
            yield self.input
        yield self._offered
        yield self.news
        yield self._foot

    def on_mount(self) -> None:
        """Offer what is likely to be meant."""
        self.input.placeholder = "the zip from LinkedIn, its unzipped folder, or one of its CSV files"
        self.set_focus(self.input)
        self._foot.show([("Enter", "import", "enter"), ("Tab", "complete", "focus-next"), ("Esc", "back", "back")])
        self._offer(likely_exports())
        self.show_import(self._progress)
        if self._imported and not self._progress:
            self._say(f"Imported {self._imported.source}.\nEnter on an empty line shows its report again.")

    # ── typing ──

    def typing(self) -> LineInput | None:
        """All keys are for the path."""
        return self.input

    def _on_typed(self, typed: str) -> None:
        if self._chosen < 0 or typed != self._candidates[self._chosen]:
            self._offer(completions(typed) if typed else likely_exports())

    def _on_pressed(self, key: str) -> None:
        action = {"enter": "enter", "escape": "back", "tab": "focus-next"}.get(key)
        if action:
            self.act(BY_ID[action])
        else:
            self._choose(-1 if key in ("up", "shift+tab") else 1)

    def _choose(self, step: int) -> None:
        if self._candidates:
            self._chosen = max(0, min(self._chosen + step, len(self._candidates) - 1))
            self._write(self._candidates[self._chosen])
            self._show_offered()

    def _offer(self, candidates: list[str]) -> None:
        self._candidates, self._chosen = candidates, -1
        self._show_offered()

    def _show_offered(self) -> None:
        first = max(0, min(self._chosen - _OFFERED // 2, len(self._candidates) - _OFFERED))
        shown = self._candidates[first : first + _OFFERED]
        cursor = f"{marks().cursor} "
        lines = [(cursor if first + n == self._chosen else "  ") + safe_text(path) for n, path in enumerate(shown)]
        if (more := len(self._candidates) - len(shown)) > 0:
            lines.append(f"  and {more} more")
        self._offered.update(content(SafeText("\n".join(lines))))

    def _write(self, path: str) -> None:
        self.input.value = path
        self.input.cursor_position = len(path)

    # ── what the keys do ──

    def action_focus_next(self) -> None:
        """Complete what was typed, as far as there is one way on."""
        typed = self.input.value
        completed = common(self._candidates)
        if completed != typed and completed.casefold().startswith(typed.casefold()):
            self._write(completed)
        else:
            self._choose(1)

    def action_enter(self) -> None:
        """Import what the path says."""
        if self._progress is not None:
            self._say("An import is running already; this one can begin when it is done")
        elif typed := self.input.value.strip().strip("'\""):
            self._say("Looking into it…")
            self.post_message(self.Wanted(at_home(Path(typed))))
        elif self._imported:
            self.post_message(self.ReportWanted())

    def action_back(self) -> None:
        """Go back; a running import goes on by itself."""
        self.dismiss()

    # ── what happens ──

    def show_import(self, progress: Progress | None) -> None:
        """Show how far an import has come."""
        self._progress = progress
        if progress is not None:
            self._say(f"{progress_words(progress)}\n\nEsc goes back to the list; the import goes on meanwhile.")

    def show_failure(self, error: LinkinboxError) -> None:
        """Say why nothing was imported; the path stays to be mended."""
        self._progress = None
        self._say(f"{error.message}.\n{error.hint}".strip(), tone="$flag")

    def _say(self, text: str, tone: str = "") -> None:
        self.news.update(content(safe_body(text), tone))


def progress_words(progress: Progress) -> SafeText:
    """How far an import has come, in one line."""
    share = f"{100 * progress.bytes // progress.total_bytes} %" if progress.total_bytes else ""
    size = f"{progress.bytes / 1e6:,.0f} of {progress.total_bytes / 1e6:,.0f} MB"
    parts = [f"Importing {progress.file}", f"{progress.rows:,} rows", size, share]
    return safe_text(" · ".join(filter(None, parts)))
