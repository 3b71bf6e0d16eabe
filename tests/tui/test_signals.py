"""What speaks for and against, on the screen: seen in one key, overruled in two, and never in the way."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from linkinbox.decisions import Junk, Overrule, Scope
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.signals import interests_from
from linkinbox.tui import marks
from linkinbox.words.overruling import OverruleQuestion
from tests.builders import ExportBuilder
from tests.conftest import Clock
from tests.tui.conftest import Sit

PITCH = "Hi Alex,\r\n\r\nI help founders book 30 calls a month. Do you have 15 minutes? https://bit.ly/3xyz"


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Path:
    """Tom's pitch with two flags, the newest; Ana's note with a reason; Ben without a note; an advertisement."""
    export = ExportBuilder().sponsored("Grow your pipeline")
    export.invitation("Ben Lee").invitation("Cy Fox", note="Ich helfe Gründern. Haben Sie 15 Minuten? Mein %VORNAME%")
    export.invitation("Ana Ruiz", note="Enjoyed your talk on cold-chain audits.").invitation("Tom Becker", note=PITCH)
    inbox = Inbox.open(tmp_path / "inbox.db", clock=clock)
    inbox.import_from(export.zip(tmp_path))
    inbox.close()
    return tmp_path / "inbox.db"


async def test_the_card_tells_what_speaks_against_with_its_words_underlined(sit: Sit):
    async with sit() as user:
        await user.judged()
        assert user.under_cursor == "Tom Becker"
        assert "Look ⚑⚑ 2 flags" in user.card
        card = " ".join(user.card.split())
        assert "⚑ pitch wording: “I help founders”" in card
        assert "⚑ a shortened link from a stranger: “https://bit.ly/3xyz”" in card
        assert {"I help founders", "https://bit.ly/3xyz"} <= set(user.underlined)


async def test_the_card_tells_what_speaks_for(sit: Sit):
    async with sit() as user:
        await user.press("j")
        await user.judged()
        assert "Trust ✓ (nothing against)" in user.card
        assert "+ speaks of something of yours (“your talk on”)" in user.card


async def test_nothing_is_flagged_for_being_empty(sit: Sit):
    async with sit() as user:
        await user.press("3", "j")
        await user.judged()
        assert user.under_cursor == "Ben Lee"
        assert "⚑" not in user.card
        assert "Unknown ◌ (nothing was written)" in user.card
        assert "⚑" not in user.line("Ben Lee")


async def test_one_flag_is_quiet_in_the_list_and_two_are_two(sit: Sit):
    async with sit() as user:
        await user.judged()
        assert " ⚑⚑ " in user.line("Tom Becker")
        assert "⚑" not in user.line("Ana Ruiz")
        assert "⚑" in user.line("Cy Fox")
        assert " ad " in user.line("LinkedIn Member")


async def test_flags_change_neither_the_order_nor_a_name(sit: Sit):
    async with sit() as user:
        names = user.names
        await user.judged()
        assert user.names == names
        at = user.sweep.list
        styles = {
            name: next(s.style for s in at.render_line(y) if name in s.text)
            for y, name in enumerate(["Tom Becker", "Ana Ruiz"])
        }
        tom, ana = styles["Tom Becker"], styles["Ana Ruiz"]
        assert (tom.color, tom.bold) == (ana.color, ana.bold)


async def test_why_shows_every_signal_with_its_rule_and_counts(sit: Sit):
    async with sit() as user:
        await user.judged()
        await user.press("w")
        page = user.screen
        assert "Why: Tom Becker" in page
        assert "rule pitch: not counted so far" in page
        assert "“I help founders”" in page
        assert "◌ headline: not in the export" in page
        await user.press("escape")
        await user.press("x", "u", "minus", "1")
        await user.judged()
        await user.press("w")
        assert "rule pitch: raised 1, overruled 1" in user.screen


async def test_why_shows_the_text_with_the_quoted_words_underlined(sit: Sit):
    async with sit((80, 24)) as user:
        await user.judged()
        await user.press("w")
        text = user.app.screen.text
        assert "I help founders book 30 calls a month. Do you have 15 minutes?" in text.plain
        underlined = [text.plain[span.start : span.end] for span in text.spans if "underline" in str(span.style)]
        assert "I help founders" in underlined
        assert "https://bit.ly/3xyz" in underlined


async def test_a_flag_is_overruled_in_two_keys_and_taken_back_in_one(sit: Sit):
    async with sit() as user:
        await user.press("2", "j")
        await user.judged()
        assert user.under_cursor == "Cy Fox"
        assert "⚑ an unfilled blank of a mail merge" in user.card
        flags = user.sweep.sitting.judged(user.sweep.list.cursor_id).standing_flags
        assert len(flags) == 1
        await user.press("minus", "1")
        await user.judged()
        assert user.status == "Cy Fox: template does not count here — u undoes"
        assert user.under_cursor == "Cy Fox"
        assert "Trust ✓ (nothing against)" in user.card
        assert "overruled here" in user.card
        assert "⚑" not in user.line("Cy Fox")
        await user.press("u")
        await user.judged()
        assert "Taken back: template does not count here, Cy Fox" in user.status
        assert "⚑" in user.line("Cy Fox")


async def test_of_several_flags_one_digit_picks_which_and_how_far(sit: Sit):
    async with sit() as user:
        await user.judged()
        await user.press("minus")
        assert "1-3 pitch · 4-6 link-first: here, for this person, the" in user.screen
        await user.press("6")
        await user.judged()
        assert "link-first is switched off" in user.status
        assert "Trust ✓ (one flag, no more)" in user.card


async def test_where_nothing_stands_there_is_nothing_to_overrule(sit: Sit):
    async with sit() as user:
        await user.press("3", "j", "minus")
        assert user.status == "Nothing to overrule on Ben Lee"


async def test_a_reason_is_overruled_from_why(sit: Sit):
    async with sit() as user:
        await user.press("j")
        await user.judged()
        await user.press("w", "minus", "1")
        assert "overruled here" in user.screen
        await user.press("escape")
        await user.judged()
        assert "about-you" not in [s.rule for s in user.sweep.sitting.judged(user.sweep.list.cursor_id).standing]


async def test_what_stood_when_one_decided_is_counted(sit: Sit):
    async with sit() as user:
        await user.judged()
        await user.press("x")
        said = {rule.id: said.raised for rule, said in user.sweep.sitting.inbox.rules()}
        assert (said["pitch"], said["link-first"], said["twins"]) == (1, 1, 0)


async def test_a_rule_that_mutes_itself_says_so_once(sit: Sit, clock: Clock, tmp_path: Path):
    export = ExportBuilder()
    for number in range(12):
        export.invitation(f"Seller {number}", note="I help founders book 30 calls. Do you have 15 minutes?")
    inbox = Inbox.open(tmp_path / "sellers.db", clock=clock)
    inbox.import_from(export.zip(tmp_path, "sellers.zip"))
    inbox.apply(Overrule("twins", Scope.RULE), [])
    for id_ in inbox.ids(View.NEW)[2:11]:
        inbox.apply(Overrule("pitch"), [id_])
    inbox.close()
    async with sit(path=tmp_path / "sellers.db") as user:
        await user.judged()
        await user.press("minus", "1")
        assert "the rule pitch is silent from now on: 10 of 10 were overruled" in user.status
        await user.press("j")
        await user.judged()
        assert "overruled too often: the rule is silent" in " ".join(user.card.split())
        await user.press("x")
        assert "silent from now on" not in user.status


async def test_a_rule_that_mutes_itself_at_a_decision_is_silent_on_the_rows_in_sight(
    sit: Sit, clock: Clock, tmp_path: Path
):
    export = ExportBuilder()
    for number in range(12):
        export.invitation(f"Seller {number}", note="Guaranteed leads!")
    with closing(Inbox.open(tmp_path / "sellers.db", clock=clock)) as inbox:
        inbox.import_from(export.zip(tmp_path, "sellers.zip"))
        ids = inbox.ids(View.NEW)[:]
        for id_ in ids[8:]:
            inbox.apply(Overrule("pitch"), [id_])
        for id_ in ids[3:8]:
            inbox.apply(Junk(), [id_], raised=["pitch"])
    async with sit(path=tmp_path / "sellers.db") as user:
        await user.judged()
        assert "⚑" in user.line("Seller 10")
        await user.press("x")
        assert "the rule pitch is silent from now on: 4 of 10 were overruled" in user.status
        await user.judged()
        assert "overruled too often: the rule is silent" in " ".join(user.card.split())
        assert "⚑" not in user.line("Seller 10")
        await user.press("u")
        await user.judged()
        assert "⚑" in user.line("Seller 10")


async def test_invisible_characters_and_mixed_alphabets_are_told_once(sit: Sit, clock: Clock, tmp_path: Path):
    inbox = Inbox.open(tmp_path / "odd.db", clock=clock)
    inbox.import_from(ExportBuilder().invitation("Аna Ruiz", note="Hel\u200blo there").zip(tmp_path, "odd.zip"))
    inbox.close()
    async with sit(path=tmp_path / "odd.db") as user:
        await user.judged()
        assert user.card.count("letters that only look Latin") == 1
        assert "mixes alphabets" not in user.card
        assert user.card.count("holds characters that cannot be seen") == 1


async def test_a_move_asks_nothing_more_when_what_is_in_sight_is_judged(sit: Sit):
    async with sit() as user:
        await user.judged()
        asked: list[str] = []
        user.sweep.sitting.inbox._store.conn.set_trace_callback(asked.append)
        await user.press("j")
        await user.pilot.pause()
        assert not [sql for sql in asked if "overruled" in sql or "twins" in sql]


async def test_interests_are_told_by_the_users_own_names(sit: Sit, store: Path, clock: Clock):
    inbox = Inbox.open(store, clock=clock, interests=interests_from({"areas": {"logistics": ["cold chain"]}}))
    async with sit() as user:
        user.sweep.sitting.inbox, theirs = inbox, user.sweep.sitting.inbox
        await user.press("j")
        await user.judged()
        user.sweep.sitting._judged.clear()
        user.sweep.show_card()
        await user.judged()
        assert "+ area: logistics (“cold-chain”)" in user.card
        user.sweep.sitting.inbox = theirs
    inbox.close()


async def test_what_was_said_elsewhere_is_shown_and_taken_back_here(sit: Sit, store: Path, clock: Clock):
    async with sit() as user:
        await user.judged()
        with closing(Inbox.open(store, clock=clock)) as other:
            other.apply(Overrule("pitch", Scope.RULE), [])
        user.sweep.look_outside()
        await user.judged()
        assert "⚑⚑" not in user.line("Tom Becker")
        assert "overruled as a whole" in " ".join(user.card.split())
        await user.press("u")
        await user.judged()
        assert user.status == "Taken back: pitch is switched off — ctrl+r does it again"
        assert "⚑⚑" in user.line("Tom Becker")


async def test_an_overrule_stands_in_the_history(sit: Sit):
    async with sit() as user:
        await user.judged()
        await user.press("minus", "2")
        await user.judged()
        assert "pitch does not count for this person" in " ".join(user.card.split())


async def test_words_are_underlined_where_they_stand_in_a_thread(sit: Sit, clock: Clock, tmp_path: Path):
    with closing(Inbox.open(tmp_path / "thread.db", clock=clock)) as inbox:
        export = ExportBuilder().message("Tom Becker", f"  Tom here.\n{PITCH}").message("Tom Becker", "Any thoughts?")
        inbox.import_from(export.zip(tmp_path, "thread.zip"))
    async with sit(path=tmp_path / "thread.db") as user:
        await user.judged()
        assert {"I help founders", "https://bit.ly/3xyz"} <= set(user.underlined)


async def test_in_plain_letters_marks_have_plain_twins(sit: Sit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(marks, "_current", marks.ASCII)
    async with sit() as user:
        await user.judged()
        assert "Look !! 2 flags" in user.card
        assert " !! " in user.line("Tom Becker")
        await user.press("j")
        assert "Trust ok (nothing against)" in user.card


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_every_rule_can_be_overruled_as_far_as_wanted_by_a_digit(count: int):
    rules = [f"rule-{number}" for number in range(count)]
    question, found = OverruleQuestion(rules), set()
    for _ in range(3):
        heard = [question.hear(digit).answer for digit in "123456789"]
        found |= {(answer.rule, answer.scope) for answer in heard if isinstance(answer, Overrule)}
        more = question.hear("0").answer
        question = question._replace(first=more) if isinstance(more, int) else question
    assert found == {(rule, scope) for rule in rules for scope in (Scope.ITEM, Scope.PERSON, Scope.RULE)}
