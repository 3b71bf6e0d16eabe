"""The plain sweep asks, and does what it was answered; said in the words of the screen."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from linkinbox.config import Day
from linkinbox.decisions import Accept, Call, Junk
from linkinbox.inbox import Inbox
from linkinbox.keymap import Keymap
from linkinbox.model import State, View
from linkinbox.splits import Split
from linkinbox.words import key_words
from tests.builders import ExportBuilder
from tests.conftest import NOW
from tests.plain.talk import Talk

PITCH = "Hi {}, we help firms like yours book a quick 15-min call with 30 new leads a month. Worth a chat next week?"


TEXTS = ("How do you audit reefers in winter?", "We met in Porto last spring", "A book on tides that you may like")


def people(*names: str, note: str = "") -> ExportBuilder:
    """Invitations, the first one the newest."""
    export = ExportBuilder()
    for number, name in reversed([*enumerate(names)]):
        export.invitation(name, note=note or (TEXTS[number] if number < len(TEXTS) else ""))
    return export


@pytest.fixture
def three(filled) -> Inbox:
    return filled(people("Ana Ruiz", "Ben Lee", "Cy Fox"))


def states(inbox: Inbox) -> dict[str, State]:
    return {row.person.name: row.state for row in inbox.rows(inbox.ids(View.ALL)[:])}


def done(inbox: Inbox) -> list[tuple[str, str]]:
    """The journal, oldest first: what was done, and with whom."""
    entries = [entry for entry in reversed(inbox.log(500)) if not entry.undone]
    return [(entry.action.value, entry.person.name if entry.person else "") for entry in entries]


# ── what is told ──


def test_it_begins_with_today_and_the_first_item(three, clock):
    talk = Talk(three, clock)
    assert talk.said[:4] == [
        "Today, Tuesday 24 November.",
        "3 new: those who wrote something come first.",
        "Data of 20 Nov, 4 d old.",
        "1 of 3: Ana Ruiz.",
    ]
    assert TEXTS[0] in talk.said
    assert "Trust: nothing against." in talk.said
    assert "Unknown: headline, company: not in the export of 20 Nov 2026." in talk.said
    assert talk.asked.startswith("a accept, x junk, e done, h hold, n note, c call,")


def test_the_keys_are_told_in_full_once_and_after_help(three, clock):
    talk = Talk(three, clock)
    talk("j")
    assert talk.asked == "a accept, x junk, e done, h hold, ? help:"
    talk("?")
    assert "x or !: Junk: not wanted." in talk.said
    assert "q quit" in talk.asked


def test_each_line_makes_sense_alone(filled, clock):
    """No line is drawn, aligned by blanks or marked by a sign without a word."""
    export = people("Ana Ruiz", note="Hello").message("Ben Lee", "On  two\n\n   lines").connection("Ben Lee")
    talk = Talk(filled(export), clock)
    told = [*talk.said, *talk("j", "w", "+", "n", "why not", "?", "k", "q")]
    for line in told:
        assert line.strip()
        assert "  " not in line, line
        assert not set(line) & set("│─╭▌★⚑☎◷◌✓⇧·"), line


def test_what_is_known_is_told_as_on_the_card(filled, clock):
    export = (
        ExportBuilder().invitation("Ana Ruiz", note=PITCH.format("Alex")).message("Ben Lee", "Tuesday?", thread="t")
    )
    export.sent("Ben Lee", "Yes", thread="t").message(
        "Ben Lee", "Fine, at what time?", thread="t", attachments=["https://example.com/a.pdf"]
    )
    export.connection("Ben Lee", company="Acme", position="Founder")
    inbox = filled(export)
    talk = Talk(inbox, clock, view=View.ALL)
    talk("gr")
    assert talk.said[1] == "1 of 1: Ben Lee, Founder, Acme."
    assert "Connected since 7 Jan 2026." in talk.said
    assert any(line.startswith("An answer is owed: they wrote last") for line in talk.said)
    assert [line for line in talk.said if line.startswith(("Ben Lee,", "You,"))][1].endswith(": Yes")
    assert "(an attachment, not in the export)" in talk.said
    talk("gi")
    assert any(line.startswith("Flag: pitch wording: “") for line in talk.said)
    talk("x", "ga", "gg", "2G")
    assert "Now: junk." in talk.said
    assert any(line.startswith("Decided Tue 24 Nov 10:30: junk.") for line in talk.said)


def test_a_long_text_is_told_a_page_at_a_time(filled, clock):
    export = ExportBuilder().invitation("Ana Ruiz", note="\n".join(f"line {n} of a long story" for n in range(200)))
    talk = Talk(filled(export), clock)
    assert "More of it: Enter. 12 pages left." in talk.said
    assert talk.asked.startswith("Enter more, ")
    assert "line 40 of a long story" not in talk.said
    told = talk(*[""] * 12)
    assert "line 199 of a long story" in told
    assert not talk.asked.startswith("Enter more")
    assert talk("") == []
    assert talk.who == "Ana Ruiz"


def test_the_newest_messages_come_first_and_the_earlier_on_request(filled, clock):
    export = ExportBuilder()
    for number in range(30):
        export.message("Ana Ruiz", f"message {number} " + "and a few words more " * 5)
    talk = Talk(filled(export), clock)
    first = talk.text
    assert first.index("message 27") < first.index("message 29") < first.index("message 26")
    assert "message 0 " not in first
    assert "message 0 " in "\n".join(talk("", "", ""))


# ── deciding ──


def test_decisions_go_on_and_are_said_when_they_are_written(three, clock):
    talk = Talk(three, clock)
    assert talk("x")[:2] == ["Junked Ana Ruiz — u undoes.", "2 of 3: Ben Lee."]
    assert talk("accept")[0] == "To accept: Ben Lee — u undoes."
    assert talk("e")[:2] == ["Done with Cy Fox — u undoes.", "End of Sweep — 3 decided in this sitting."]
    assert done(three) == [("junk", "Ana Ruiz"), ("accept", "Ben Lee"), ("done", "Cy Fox")]


def test_at_the_end_stands_what_it_came_to(three, clock):
    talk = Talk(three, clock)
    talk("x", "a")
    clock.forward(seconds=30)
    talk("a")
    assert talk.said[1:] == [
        "End of Sweep — 3 decided in this sitting.",
        "The end of this sweep.",
        "3 in 30 s: 2 to accept, 1 junk.",
        "1 junk so far.",
        "2 to carry out: accepted here, still to be done on LinkedIn; gt lists them.",
    ]
    assert talk.asked == "u undo, k back, gs sweep again, ? help, q quit:"
    assert talk("q") == []
    assert talk.conversation.exit_code == 0


def test_who_fell_silent_is_named_and_opened_by_number(filled, clock):
    export = people("Ana Ruiz", "Ben Lee").connection("Ana Ruiz", on="2026-08-07")
    inbox = filled(export)
    with closing(Inbox.open(inbox.path, clock=lambda: NOW - timedelta(days=100))) as then:
        then.apply(Accept(reason="reefers"), then.ids(View.ALL, "Ana")[:])
    talk = Talk(inbox, clock)
    talk("x")
    named = [line for line in talk.said if line.startswith("1: Ana Ruiz: accepted 16 Aug")]
    assert named
    assert talk("1")[0].endswith("Ana Ruiz, Founder, Acme.")
    assert talk.who == "Ana Ruiz"


def test_a_hold_is_asked_again_until_its_time_is_understood(three, clock):
    talk = Talk(three, clock)
    assert talk("h") == []
    assert talk.asked == "Hold until (tue 9, in 2 weeks, 1 dec; Enter alone leaves it):"
    assert "Name the day" in talk("9")[0]
    assert "not understood" in talk("when it suits")[0]
    assert talk("tue 9")[:2] == [
        "Tue 1 Dec 09:00 CET, in 7 days.",
        "Held Ana Ruiz to Tue 1 Dec 09:00 — u undoes.",
    ]


def test_a_reason_is_chosen_by_its_digit_or_told(three, clock):
    talk = Talk(three, clock)
    talk("A")
    assert talk.asked.startswith("Accept, because: 1 a real question; or your own words; Enter")
    assert talk("1")[0] == "To accept: Ana Ruiz, because: a real question — u undoes."
    assert talk("A", "met in Porto")[0] == "To accept: Ben Lee, because: met in Porto — u undoes."
    talk("A", "")
    assert talk.who == "Cy Fox"
    assert states(three)["Cy Fox"] is State.NEW


def test_an_empty_line_never_decides(three, clock):
    talk = Talk(three, clock)
    for key in ("", "h", "A", "n", "c", "t", "/"):
        talk(key, "")
        assert talk.who == "Ana Ruiz"
    assert three.log() == []


def test_notes_calls_gold_and_tags_stay_on_the_item(three, clock):
    talk = Talk(three, clock)
    assert talk("n", "met in Porto") == ["Noted on Ana Ruiz — u undoes."]
    assert talk("+") == ["Gold: Ana Ruiz — u undoes."]
    assert talk("t", "reefer") == ["Tagged Ana Ruiz #reefer — u undoes."]
    call = talk("c", "tomorrow 10")
    assert call[0] == "Wed 25 Nov 10:00 CET, in 1 day."
    assert call[1].startswith("Call with Ana Ruiz on Wed 25 Nov 10:00; ")
    assert talk.who == "Ana Ruiz"
    assert talk("+") == ["No longer gold: Ana Ruiz — u undoes."]
    talk("enter")
    assert "Your tags: #reefer." in talk.said
    assert any("Your note, Tue 24 Nov 10:30: met in Porto." in line for line in talk.said)
    assert talk("n", "esc is a word here")[-1] == "Noted on Ana Ruiz — u undoes."


def test_a_flag_is_overruled_by_digits(filled, clock):
    inbox = filled(people("Ana Ruiz", note=PITCH.format("Alex")))
    talk = Talk(inbox, clock)
    talk("-")
    assert talk.asked == "Overrule pitch? 1 here; 2 for this person; 3 the rule as a whole; Enter alone leaves it:"
    assert talk("7") == ["“7” is none of these."]
    assert talk("1") == ["Ana Ruiz: pitch does not count here — u undoes."]


def test_a_number_before_a_key_is_for_as_many_that_wait(three, clock):
    talk = Talk(three, clock)
    talk("j", "x", "gg")
    assert talk("2x")[0] == "Junked Ana Ruiz and 1 more — u undoes."
    assert done(three) == [("junk", "Ben Lee"), ("junk", "Ana Ruiz"), ("junk", "Cy Fox")]
    assert talk("2u")[:2] == [
        "Taken back: junking Ana Ruiz and 1 more — ctrl+r does it again.",
        "Taken back: junking Ben Lee — ctrl+r does it again.",
    ]


def test_more_than_25_at_once_are_asked_about(filled, clock):
    inbox = filled(people(*(f"Person {n}" for n in range(30))))
    talk = Talk(inbox, clock)
    assert talk("30x") == ["Junk 30 items, as one act with one undo? Answer “go on”; else nothing is done."]
    assert talk("x") == ["Nothing was done."]
    talk("30x", "go on")
    assert inbox.counts()[View.JUNK] == 30
    talk("u")
    assert inbox.counts()[View.JUNK] == 0
    assert talk("400u") == ["Take back up to 400 acts? Answer “go on”; else nothing is done."]


# ── back and forth ──


def test_undo_and_redo_work_after_a_restart_too(three, clock):
    Talk(three, clock)("x", "a", "q")
    with closing(Inbox.open(three.path, clock=clock)) as again:
        talk = Talk(again, clock)
        assert talk("u")[0] == "Taken back: accepting Ben Lee — ctrl+r does it again."
        talk("u")
        assert talk("u") == ["Nothing to take back."]
        talk("redo", "ctrl+r")
        assert talk("redo") == ["Nothing to do again."]
        assert states(again) == {"Ana Ruiz": State.JUNK, "Ben Lee": State.TO_ACCEPT, "Cy Fox": State.NEW}


def test_an_undo_goes_back_to_the_item(three, clock):
    talk = Talk(three, clock)
    talk("x", "j")
    assert talk.who == "Cy Fox"
    assert talk("u")[1] == "1 of 3: Ana Ruiz."
    assert talk("k") == ["This is the first."]


def test_skipped_items_wait_for_another_sweep(three, clock):
    talk = Talk(three, clock)
    talk("j", "x", "j")
    assert "End of Sweep" in talk.text
    assert talk("gs")[0] == "Sweep: 2."
    assert talk.who == "Ana Ruiz"


# ── what happens meanwhile ──


def decide_elsewhere(inbox: Inbox, name: str) -> None:
    with closing(Inbox.open(inbox.path, clock=lambda: NOW)) as other:
        other.apply(Junk(), other.ids(View.ALL, name)[:])


def test_what_was_decided_elsewhere_is_passed_with_a_word(three, clock):
    talk = Talk(three, clock)
    decide_elsewhere(three, "Ben")
    assert talk("a")[1] == "Decided elsewhere meanwhile, and left out: Ben Lee."
    assert talk.who == "Cy Fox"


def test_an_answer_changes_nothing_that_was_decided_elsewhere(three, clock):
    talk = Talk(three, clock)
    decide_elsewhere(three, "Ana")
    assert talk("a")[0] == "Ana Ruiz is junk by now, decided elsewhere: your answer changed nothing."
    assert talk.who == "Ben Lee"
    assert states(three)["Ana Ruiz"] is State.JUNK


def test_a_note_on_it_is_kept(three, clock):
    talk = Talk(three, clock)
    talk("n")
    decide_elsewhere(three, "Ana")
    talk("met in Porto")
    assert three.note_begun(three.ids(View.JUNK)[0]) == "met in Porto"


# ── twins, search, views ──


def test_twins_are_told_before_a_key_is_for_all_of_them(filled, clock):
    names = ["Ana Ruiz", "Ben Lee", "Cy Fox"]
    export = ExportBuilder().invitation(
        "Dan Poe", note="How do you audit reefers in winter?", at=NOW - timedelta(days=90)
    )
    for name in reversed(names):
        export.invitation(name, note=PITCH.format("Alex").replace("Worth", f"{name}: worth"))
    inbox = filled(export)
    talk = Talk(inbox, clock)
    talk("=")
    assert talk.said[:2] == ["Ana Ruiz and 2 others wrote nearly the same.", "All 3 are new."]
    assert "They are: Ana Ruiz, new; Ben Lee, new; Cy Fox, new." in talk.said
    assert talk.asked == "For all that are new: x junk, a accept, e done, h hold, Esc leave them:"
    talk("esc")
    assert talk.asked.startswith("a accept")
    talk("=", "n", "a pitch")
    talk("=", "x")
    assert inbox.counts()[View.JUNK] == 3
    assert talk.who == "Dan Poe"
    assert talk("=") == ["Nobody else wrote nearly the same as Dan Poe."]


def test_a_search_looks_everywhere_and_esc_comes_back(three, clock):
    talk = Talk(three, clock)
    talk("x")
    assert talk("/ana")[:2] == ["1 in All with “ana”; Esc ends the search.", "1 of 1: Ana Ruiz."]
    assert talk("esc")[:2] == ["The search is over.", "2 of 3: Ben Lee."]
    assert talk("/", "nobody")[-1].startswith("Nothing in All has “nobody”.")
    assert talk("esc")[1] == "2 of 3: Ben Lee."
    assert talk("/a") == ["From two letters on."]
    assert talk("/王")[0].startswith("0 in All with “王”")
    assert talk("esc")[0] == "The search is over."
    assert talk("\\", "cy")[:2] == ["1 in Sweep with “cy”; Esc ends the search.", "1 of 1: Cy Fox."]
    assert talk("esc")[1] == "2 of 3: Ben Lee."
    assert talk("/fron:ana") != []
    assert talk.who == "Ben Lee", "a search that is not understood leaves all as it was"
    assert talk("/from:ana is:junk")[1] == "1 of 1: Ana Ruiz."


def test_a_view_words_or_a_limit_are_swept_alone(three, clock):
    assert Talk(three, clock, view=View.JUNK).said[-1].startswith("No junk.")
    assert Talk(three, clock, view=View.NEW, words="Ben").said[3] == "1 of 1: Ben Lee."
    talk = Talk(three, clock, limit=2)
    talk("x", "x")
    assert "2 decided: 2 junk." in talk.said


def test_selectivity_is_told_in_sentences(three, clock):
    talk = Talk(three, clock)
    told = talk("S")
    assert told[-1].startswith("Of the newest 1,000 accepted or junked one by one here")
    assert all(line.endswith(".") for line in told)
    off = Talk(three, clock, day=Day(selectivity=False))
    assert off("S") == ["Selectivity is switched off in config.toml."]


def test_splits_are_views_too(three, clock):
    talk = Talk(three, clock, day=Day(splits=(Split("Bens", View.NEW, "Ben"),)))
    assert talk("g1")[:2] == ["Bens: 1.", "1 of 1: Ben Lee."]
    assert "There is no split 2" in talk("g2")[0]


# ── calls that are over ──


@pytest.fixture
def called(three, clock) -> Inbox:
    three.apply(Call(NOW + timedelta(hours=1)), three.ids(View.NEW, "Ana")[:])
    clock.forward(hours=3)
    return three


def test_what_became_of_a_call_is_asked_first(called, clock):
    talk = Talk(called, clock)
    assert talk.said[-2].startswith("Your call with Ana Ruiz, Tue 24 Nov 11:30 CET")
    assert talk.asked.startswith("What became of it? 1 held; 2 moved; 3 no-show; 4 held, intro owed; 5 cancelled;")
    talk("4")
    assert talk.asked == "Call held, intro owed; note (Enter alone: nothing more to say):"
    assert talk("")[0] == "Recorded the call with Ana Ruiz, now gold — u undoes."
    assert talk.who == "Ben Lee"


def test_a_moved_call_gets_its_new_time(called, clock):
    talk = Talk(called, clock)
    told = talk("2", "thu 14:30", "she is ill")
    assert told[0] == "Thu 26 Nov 14:30 CET, in 2 days."
    assert told[1].startswith("Call with Ana Ruiz on Thu 26 Nov 14:30")


def test_what_was_recorded_is_taken_back_though_the_next_call_is_asked_about(called, clock):
    called.apply(Call(NOW + timedelta(hours=4)), called.ids(View.NEW, "Ben")[:])
    clock.forward(hours=3)
    talk = Talk(called, clock)
    talk("1", "")
    assert "Your call with Ben Lee" in talk.text
    assert talk("u")[0].startswith("Taken back: what became of the call with Ana Ruiz")
    assert "Your call with Ana Ruiz" in talk.text


def test_enter_asks_again_next_time_and_esc_never(called, clock):
    Talk(called, clock)("")
    talk = Talk(called, clock)
    assert talk.asked.startswith("What became of it?")
    talk("esc")
    assert talk.who == "Ben Lee"
    assert Talk(called, clock).who == "Ben Lee"
    assert called.counts().calls_due == 1


# ── lines that are no answers ──


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("jnuk", "“jnuk” is no key here; the nearest is x, junk; ? tells the keys."),
        ("a friend of mine", "“a friend of mine” is no key here; ? tells the keys."),
        ("X", "“X” is no key here; ? tells the keys."),
        ("xx", "“xx” is no key here; ? tells the keys."),
        ("P", "Path to gold is only on the screen; its command is `linkinbox path`."),
        ("\x1b[A", "“␛[A” is no key here; ? tells the keys."),
    ],
)
def test_what_is_no_key_changes_nothing(three, clock, line, told):
    talk = Talk(three, clock)
    assert talk(line) == [told]
    assert three.log() == []


def test_keys_of_ones_own_are_those_that_count(three, clock):
    before = key_words.keymap()
    key_words.use(Keymap(chosen={"junk": ("d",), "undo": (), "search": ("s",)}))
    try:
        talk = Talk(three, clock)
        assert ", d junk, " in talk.asked
        assert ", undo, " in talk.asked
        assert talk("x")[0].startswith("“x” is no key here")
        assert talk("d")[0].startswith("Junked Ana Ruiz")
        talk("some words")
        assert talk.said[0].startswith("“some words” is no key here")
        assert talk("undo")[0].startswith("Taken back: junking Ana Ruiz")
    finally:
        key_words.use(before)


def test_pasted_words_are_answered_line_by_line(three, clock):
    talk = Talk(three, clock)
    talk("Dear all,", "xaeu", "a new junk mail, done.", "3 cheers", "h", "Best", "Alex", "")
    assert three.log() == []


def test_what_can_only_be_read_says_so_and_goes_on_asking(three, clock):
    three.close()
    with closing(sqlite3.connect(three.path)) as conn:
        conn.execute("PRAGMA user_version = 99")
    with closing(Inbox.open(three.path, clock=clock)) as newer:
        talk = Talk(newer, clock)
        assert talk.said[0] == "Read-only: made by a newer linkinbox."
        assert talk("x") == ["Read-only: made by a newer linkinbox. Update linkinbox to decide here."]
        assert talk("j", "n", "met in Porto")[-1].startswith("Read-only")
        assert talk("n")[0].startswith("Begun before: “met in Porto”.")


# ── nobody answers ──


def test_the_same_answer_on_and_on_is_asked_about(filled, clock):
    inbox = filled(people(*(f"Person {n}" for n in range(60))))
    talk = Talk(inbox, clock, piped=True)
    talk(*["x"] * 26)
    assert talk.said[-1].startswith("“x” was answered 25 times in a row.")
    assert inbox.counts()[View.JUNK] == 25
    talk("x")
    assert talk.conversation.exit_code == 1
    assert inbox.counts()[View.JUNK] == 25


def test_who_says_so_goes_on(filled, clock):
    inbox = filled(people(*(f"Person {n}" for n in range(60))))
    talk = Talk(inbox, clock, piped=True)
    talk(*["x"] * 26, "go on", *["x"] * 34)
    assert inbox.counts()[View.JUNK] == 60


def test_lines_of_which_nothing_comes_end_it(three, clock):
    talk = Talk(three, clock, piped=True)
    talk(*(f"line {n} of a book" for n in range(25)))
    assert talk.said[-1] == "Nothing came of 25 lines in a row: this ends here."
    assert talk.conversation.exit_code == 1


# ── how it ends ──


def test_the_end_of_the_input_keeps_a_note_that_is_begun(three, clock):
    talk = Talk(three, clock)
    talk("n")
    talk.does(lambda: talk.conversation.end("met in Por"))
    assert talk.said == ["Kept as a note that is begun on Ana Ruiz: “met in Por”."]
    assert three.log() == []
    again = Talk(three, clock)
    assert "A note is begun, not written down: “met in Por”." in again.said
    assert again("n")[0].startswith("Begun before: “met in Por”.")
    again("and Lisbon")
    assert three.item(three.ids(View.NEW)[0]).notes == ("met in Por and Lisbon",)
    assert again.conversation.sitting.note_begun(three.ids(View.NEW)[0]) == ""


def test_a_line_without_its_enter_is_no_answer(three, clock):
    talk = Talk(three, clock)
    assert talk.does(lambda: talk.conversation.end("x")) == ["“x” was not ended by Enter: nothing was done."]
    assert talk.conversation.exit_code == 0
    assert three.log() == []


def test_ctrl_c_leaves_a_question_and_twice_quits(three, clock):
    talk = Talk(three, clock)
    talk("h")
    assert talk.does(talk.conversation.interrupt) == ["Left; nothing was done. ctrl+c again quits."]
    assert talk.asked.startswith("a accept")
    talk("x")
    talk.does(talk.conversation.interrupt)
    talk.does(talk.conversation.interrupt)
    assert talk.conversation.exit_code == 130


def test_as_many_flags_are_told_as_are_counted(filled, clock):
    inbox = filled(ExportBuilder().sponsored(PITCH.format("Alex")))
    talk = Talk(inbox, clock)
    counted = next(line for line in talk.said if "flag" in line and not line.startswith("Flag"))
    told = [line for line in talk.said if line.startswith("Flag: ")]
    assert "Flag: sponsored: paid to reach you." in told
    assert counted == f"Look: {len(told)} flags." if len(told) > 1 else counted.startswith("Trust: one flag")
    assert not any(line.startswith("A sponsored message") for line in talk.said), "it is told once"
