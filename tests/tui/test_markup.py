"""Brackets are letters: on every screen, in every widget, and under the pointer."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkinbox.decisions import Accept, Gold
from linkinbox.errors import SourceError
from linkinbox.model import View
from linkinbox.tui.importing import Failed
from tests.builders import ExportBuilder, Someone
from tests.tui.conftest import Sit

BRACKETS = [
    "[@click=app.quit]Accept[/]", "[@click=app.exit()]x[/]", "[@click='app.bell']x[/]", "[@click=screen.action_junk]x[/]",
    "[/]", "[/bold]", "[/@click]", "[b", "[b]", "[b]x", "[b]x[/b]", "[[b]]", "[[", "]]", "\\[b]", "\\\\[b]x[/b]", "[]",
    "[ ]", "[/ ]", "[bold red on blue]x", "[$primary on $error]x", "[#ff0000]x", "[link=https://evil.example]x[/link]",
    "[on red]", "[not bold]x", "[ACME] Jane [they/them]", "[click]", "[1]", "[a=b]", "[/a=b]", "$v [$v]", ":smile: [:smile:]",
]  # fmt: skip


@pytest.fixture
def bracketed(filled, tmp_path: Path) -> Path:
    """A store in which every name, text, title, company and note is of brackets."""
    export = ExportBuilder()
    for number, text in enumerate(BRACKETS):
        who = Someone(text, f"person-{number}")
        export.message(who, text, title=f"title {text}", subject=f"subject {text}", thread=f"2-{number}==")
        export.connection(who, company=f"company {text}", position=f"position {text}")
    inbox = filled(export)
    ids = inbox.ids(View.ALL)[:]
    for id_, text in zip(ids, reversed(BRACKETS), strict=True):
        inbox.apply(Accept(f"note {text}"), [id_])
    inbox.apply(Gold(), ids)
    return inbox.path


async def test_brackets_are_shown_letter_for_letter_and_do_nothing_when_clicked(sit: Sit, bracketed: Path, gate):
    places = 0
    async with sit((150, 60), path=bracketed) as user:
        begun = user.app.screen

        async def click_everywhere() -> None:
            for y, line in enumerate(user.screen.splitlines()):
                if (x := line.find("[")) >= 0 and y < 8:
                    await user.pilot.click(offset=(x + 2, y))
            assert user.app.is_running
            assert user.app._exit is False

        await user.press("g", "a")
        for text in BRACKETS:
            assert text[:20] in user.screen
        await click_everywhere()
        await user.press("escape", "g", "a", "g", "g")
        for text in reversed(BRACKETS):
            card = " ".join(user.card.split())
            for said in (text, f"title {text}", f"subject {text}", f"position {text}, company {text}", f"note {text}"):
                assert " ".join(said.split()) in card
                places += 1
            await user.press("j")
        await user.press("P")
        for text in BRACKETS:
            assert f"★ {text}"[:20] in user.screen
            places += 1
        await click_everywhere()
        user.app.post_message(Failed(SourceError(BRACKETS[0], BRACKETS[4])))
        await user.until(lambda: "Not imported" in user.screen)
        assert f"{BRACKETS[0]}. {BRACKETS[4]}" in user.screen.replace("\n", " ")
        await click_everywhere()
        await user.press("escape", "escape", "g", "a", "n")
        await user.type(BRACKETS[0])
        assert BRACKETS[0] in user.screen
        await click_everywhere()
        await user.press("escape", "escape")
        await user.until(lambda: user.app.screen is begun)
        log = user.sweep.sitting.inbox.log(500)
    assert len(log) == 2 * len(BRACKETS) + 1 * len(BRACKETS), "no click decided anything"
    gate(
        4,
        "markup inert",
        f"{len(BRACKETS)} strings of brackets in {places + 35} places: letter for letter, 0 actions run",
    )
