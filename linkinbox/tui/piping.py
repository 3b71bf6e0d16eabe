"""Items given to a program of the user's: as JSON, or as text in which nothing acts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import App

from linkinbox.errors import UsageError
from linkinbox.pipes import Pipe
from linkinbox.programs import Capture
from linkinbox.text import SafeText, safe_body, safe_text
from linkinbox.tui.lending import NoTerminalError, lend_terminal
from linkinbox.tui.marks import marks
from linkinbox.tui.safe_text import content
from linkinbox.tui.widgets.card_lines import MEASURE, lay_out

if TYPE_CHECKING:
    from linkinbox.sitting import Sitting
    from linkinbox.tui.prompts.prompt_line import PromptLine
    from linkinbox.tui.screens.page import PageScreen

_MESSAGES = 1_000  # of a thread, the newest
_MOST = 1_000  # items: about a second
NONE = SafeText('No pipe is set: in config.toml, [[pipe]] and below it command = ["less", "-R"]')


def choose(prompt: PromptLine, pipes: Sequence[Pipe], then: Callable[[Pipe], object]) -> None:
    """Take the only one, or ask which by its digit."""
    from linkinbox.words.questions import ChoiceQuestion

    if len(pipes) == 1:
        then(pipes[0])
    else:
        prompt.ask(ChoiceQuestion("pipe to", {pipe.name: pipe for pipe in pipes[:9]}), then)


def given(sitting: Sitting, ids: Sequence[int], pipe: Pipe) -> bytes:
    """What the program reads: texts with a rule between them; in JSON one object, or of several each on its line.

    Raises:
        UsageError: there are more than can be read while somebody waits.
    """
    if len(ids) > _MOST:
        raise UsageError(f"A pipe takes at most {_MOST:,} items", "`linkinbox list --json` prints any number")
    if pipe.form == "json":
        indent = 2 if len(ids) == 1 else None
        text = "\n".join(json.dumps(_shape(sitting, id_), indent=indent) for id_ in ids)
    else:
        text = f"\n\n{marks().rule * MEASURE}\n\n".join(_text(sitting, id_) for id_ in ids)
    return f"{text}\n".encode("utf-8", "replace")


def _text(sitting: Sitting, id_: int) -> str:
    item, judged = sitting.inbox.item(id_, messages=_MESSAGES), sitting.judge([id_])[id_]
    laid = lay_out(item, MEASURE, sitting.now(), sitting.zone, judged)
    return "\n".join("".join(text for text, _ in line).rstrip() for line in laid.lines)


def _shape(sitting: Sitting, id_: int) -> dict[str, Any]:
    """As ``linkinbox show --json`` prints it."""
    from linkinbox.store.exports.shapes import clock_json, item_json, judged_json

    item, judged = sitting.inbox.item(id_, messages=_MESSAGES), sitting.judge([id_])[id_]
    return {**item_json(item), **clock_json(item.row, sitting.now()), **judged_json(judged)}


def run_in_terminal(app: App[None], pipe: Pipe, text: bytes) -> None:
    """Run it with the terminal for itself.

    Raises:
        LinkinboxError: it failed, or there is no terminal to give away.
    """
    try:
        lend_terminal(app, pipe.command, given=text)
    except NoTerminalError as error:
        raise UsageError(error.message, 'output = "show" in its [[pipe]] shows what it prints') from error


def page_of(pipe: Pipe, who: str, capture: Capture) -> PageScreen:
    """Run it beside the screen, in a thread; what it prints of ``who``, as a page.

    Raises:
        LinkinboxError: it failed.
    """
    from linkinbox.tui.screens.page import PageScreen

    printed = capture.run()
    if not printed.text.strip():
        raise UsageError(f"{pipe.name} printed nothing")
    more = ", the beginning" if printed.cut else ""
    return PageScreen(safe_text(f"{pipe.name}: {who}{more}"), content(safe_body(printed.text)))
