"""Tagging at the keyboard."""

from __future__ import annotations

from linkinbox.tui.widgets.painting import cells
from linkinbox.tui.widgets.row_line import columns, row_line, state_word
from tests.tui.conftest import Sit
from tests.tui.stage import NOW, row


async def test_a_tag_is_typed_and_stands_on_card_and_row_and_the_cursor_stays(sit: Sit):
    async with sit() as user:
        await user.type("3jtReefer cold\n")
        assert user.status == "Tagged Ana Ruiz #reefer #cold — u undoes"
        assert user.under_cursor == "Ana Ruiz"
        assert "#cold #reefer" in user.card
        assert "#cold #reefer" in next(line for line in user.screen.split("\n") if "Ana Ruiz" in line[:30])
        await user.press("u")
        assert user.status == "Taken back: tagging Ana Ruiz #reefer #cold — ctrl+r does it again"
        assert "#cold" not in user.screen.replace(user.status, "")


async def test_tab_completes_one_already_used(sit: Sit):
    async with sit() as user:
        await user.type("treefer\n")
        await user.type("jtre")
        assert "Tab: #reefer" in user.screen
        await user.press("tab")
        assert user.sweep.prompt.input.value == "reefer "
        await user.type("port\n")
        assert user.status.endswith("#reefer #port — u undoes")


async def test_several_are_tagged_at_once_and_taken_away_with_a_dash(sit: Sit):
    async with sit() as user:
        await user.type("3tport\n")
        assert user.status.endswith("and 2 more #port — u undoes")
        await user.type("jt-")
        assert "Tab: #port" in user.screen
        await user.press("tab", "enter")
        assert user.status.endswith("no longer #port — u undoes")
        assert user.sweep.sitting.inbox.tags() == [("port", 2)]


async def test_what_is_no_tag_is_said_as_it_is_typed(sit: Sit):
    async with sit() as user:
        await user.type("ta/b\n")
        assert "“a/b” is no tag" in user.screen
        await user.press("escape")
        assert user.sweep.sitting.inbox.tags() == []


def test_a_row_shows_tags_only_where_words_have_room_beside_them():
    tagged = row(text="Enjoyed your talk on cold-chain audits in Hamburg", tags=("cold", "reefer", "a-rather-long-one"))
    for width in range(20, 200):
        at = columns(width)
        line = row_line(tagged, at, state_word(tagged, NOW, at.right), cursor=False)
        text = "".join(piece for piece, _ in line)
        assert cells(text) == width
        assert ("#cold" in text) == (at.excerpt >= 19)
