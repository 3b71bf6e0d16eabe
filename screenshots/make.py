"""Make every picture of the README from the demo, on a clock that stands still: ``python screenshots/make.py``.

SVG is what the app itself draws; PNG is made of it where rsvg-convert is installed.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from linkinbox.config import Day
from linkinbox.demo import INTERESTS, make_demo
from linkinbox.inbox import Inbox
from linkinbox.signals import interests_from
from linkinbox.tui.app import LinkinboxApp
from linkinbox.tui.themes import DARK, OURS, THEMES

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
WIDE, NARROW = (140, 40), (80, 24)
FONTS = "'DejaVu Sans Mono', 'Noto Sans Mono CJK JP', Menlo, Consolas, monospace"  # the first has all marks
CELL = 12.2  # pixels, as Textual draws it
DEJAVU_ADVANCE = 0.602  # of its size: rsvg-convert does not stretch a text to its length


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file name, and how one gets there.

    Args:
        name: without its ending.
        keys: pressed one after the other; a text in quotes is typed.
        size: columns and lines of the terminal.
        theme: the name of one.
        empty: of an inbox into which nothing was imported yet.
        today: begins with the page of the day.
        days: so many days later.
        pause: seconds that each key takes.
    """

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = WIDE
    theme: str = DARK.name
    empty: bool = False
    today: bool = False
    days: int = 0
    pause: int = 0


_A_LITTLE = ("j", "j", "j", "x", "k", "k", "k")  # three states in sight, and nobody under the cursor who was decided on

PICTURES = (
    Picture("today", size=(140, 24), today=True, days=1),
    Picture(
        "end", ("enter", "x", "a", "x", "e", "h", "'in 3 days'", "enter", "q"), size=(140, 24), today=True, pause=9
    ),
    Picture("inbox", ("j", "j", "j", "x", "k", "k")),
    Picture("flags", ("j", "j", "j")),
    Picture("twins", ("j", "j", "j", "=")),
    Picture("note", ("j", "j", "n", "'knows the Maas terminals; ask for their door log'")),
    Picture("call", ("j", "j", "c", "'tue 3pm'")),
    Picture("reason", ("j", "j", "A")),
    Picture("path", ("P",)),
    Picture("backlog", ("g", "b")),
    Picture("import-report", ("ctrl+o", "'{export}'", "enter"), empty=True),
    Picture("empty", empty=True),
    Picture("small", ("j",), size=NARROW),
    Picture("least", ("/", "'cold'"), size=(60, 20)),
    Picture("roomy", ("j", "j", "j", "space", "space", "v", "j"), size=(200, 50)),
    Picture("search", ("/", "'from:ana OR cold'"), size=(140, 30)),
    Picture("themes", ("j", "j", "j", "g", "T", "j", "j"), size=(140, 24)),
    *(Picture(theme.name.removeprefix(OURS), _A_LITTLE, theme=theme.name) for theme in THEMES if theme is not DARK),
)


async def draw(picture: Picture, store: Path, export: Path) -> str:
    """The picture as SVG."""
    now = NOW + timedelta(days=picture.days)
    with closing(Inbox.open(store, clock=lambda: now, interests=interests_from(INTERESTS))) as inbox:
        app = LinkinboxApp(inbox, clock=lambda: now, zone=ZONE, demo=not picture.empty, day=Day(at_start=picture.today))
        app.theme = picture.theme  # whatever this terminal can show
        async with app.run_test(size=picture.size) as pilot:
            for key in picture.keys:
                typed = key.format(export=export)[1:-1] if key.startswith("'") else ""
                await pilot.press(*typed or [key])
                now += timedelta(seconds=picture.pause)
            await app.workers.wait_for_complete()
            await pilot.pause(0.6)  # what speaks for and against is told when the keys rest
            return app.export_screenshot(title="linkinbox")


def placed(svg: str) -> str:
    """The picture with each word in its cells, and with local fonts: it loads nothing from the web.

    Textual gives a run of text the length of its characters; wide ones take two cells, combining ones none. And a
    column must not be torn along where a text runs from right to left.
    """
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    svg = svg.replace("font-size: 20px", f"font-size: {CELL / DEJAVU_ADVANCE:.3f}px")
    return re.sub(
        r'<text class="(.*?)" x="(.*?)" y="(.*?)" textLength=".*?" (clip-path=".*?")>(.*?)</text>', _words, svg
    )


def _words(run: re.Match[str]) -> str:
    style, left, y, clip, text = run.groups()
    text = unescape(text).replace("\N{NO-BREAK SPACE}", " ")
    words = []
    for word in re.finditer(r"\S+(?: \S+)*", text):
        x = float(left) + CELL * cell_len(text[: word.start()])
        place = f'x="{x:.1f}" y="{y}" textLength="{CELL * cell_len(word[0]):.1f}"'
        words.append(f'<text class="{style}" {place} {clip}>{escape(word[0])}</text>')
    return "".join(words)


def make(picture: Picture, demo: Path, export: Path, folder: Path) -> None:
    """Draw one picture, on a store of its own, and write it in both forms."""
    store = folder / picture.name / "inbox.db"
    store.parent.mkdir()
    if not picture.empty:
        shutil.copy(demo, store)
    svg = HERE / f"{picture.name}.svg"
    svg.write_text(placed(asyncio.run(draw(picture, store, export))), encoding="utf-8")
    if shutil.which("rsvg-convert"):
        subprocess.run(["rsvg-convert", svg, "--output", svg.with_suffix(".png")], check=True)
    print(svg.name)


def main() -> None:
    """Make them all."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        demo = make_demo(folder, now=NOW)
        (export,) = folder.glob("*_11-22-2026.zip")
        for picture in PICTURES:
            make(picture, demo, export, folder)


if __name__ == "__main__":
    main()
