"""Marks, ranges and repeated decisions in the plain sweep: the keys and the words of the screen."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from linkinbox.actions import ACTIONS
from linkinbox.decider import LARGE, UNASKED
from linkinbox.decisions import Junk
from linkinbox.inbox import Inbox
from linkinbox.keymap.names import key_label
from linkinbox.model import State, View
from tests.builders import ExportBuilder
from tests.conftest import NOW
from tests.plain.talk import Talk
from tests.plain.test_conversation import PITCH, decide_elsewhere, done, people, states

NAMES = ("Ana Ruiz", "Ben Lee", "Cy Fox", "Dan Poe", "Eva Ost")


@pytest.fixture
def five(filled) -> Inbox:
    return filled(people(*NAMES))


@pytest.fixture
def many(filled) -> Inbox:
    return filled(people(*(f"Person {n}" for n in range(30))))


# ── marks ──


def test_a_decision_is_for_all_that_are_marked_and_is_one_undo(five, clock):
    talk = Talk(five, clock)
    assert talk("Space")[:2] == ["Marked Ana Ruiz.", "2 of 5: Ben Lee."]
    assert talk.asked.startswith("1 marked. For what is marked: a accept, x junk, e done, h hold, Esc unmark, ")
    talk("j", "mark")
    assert talk.asked.startswith("2 marked. ")
    assert talk("x")[:2] == ["Junked Ana Ruiz and 1 more — u undoes.", "4 of 5: Dan Poe."]
    assert done(five) == [("junk", "Ana Ruiz"), ("junk", "Cy Fox")]
    assert talk.asked.startswith("a accept, ")
    assert talk("u")[0] == "Taken back: junking Ana Ruiz and 1 more — ctrl+r does it again."
    assert set(states(five).values()) == {State.NEW}
    assert "marked" not in talk.asked, "undo marks nothing again"


def test_a_line_of_one_blank_is_the_key_and_an_empty_one_is_not(five, clock):
    talk = Talk(five, clock)
    talk(" ")
    assert talk.asked.startswith("1 marked")
    talk("", "  ")
    assert talk.asked.startswith("1 marked")
    talk("h", " ")
    assert talk.asked.startswith("1 marked. For"), "a blank leaves a question, as Enter does"


def test_a_marked_item_says_so_and_the_key_unmarks_it(five, clock):
    talk = Talk(five, clock)
    talk("Space", "k")
    assert "Marked." in talk.said
    assert talk("Space")[0] == "Unmarked Ana Ruiz."
    assert "marked" not in talk.asked


def test_a_count_marks_as_many_that_wait(five, clock):
    talk = Talk(five, clock)
    talk("j", "x", "gg")
    assert talk("3Space")[:2] == ["Marked Ana Ruiz and 2 more.", "5 of 5: Eva Ost."]
    talk("a")
    assert states(five) == dict.fromkeys(NAMES, State.TO_ACCEPT) | {"Ben Lee": State.JUNK, "Eva Ost": State.NEW}
    assert talk.who == "Eva Ost"


def test_what_is_marked_to_the_end_is_decided_there(five, clock):
    talk = Talk(five, clock)
    talk("4j", "Space")
    assert talk.who == ""
    assert talk.asked.startswith("1 marked. For what is marked: ")
    assert talk("Space") == ["There is no item here."]
    assert talk("e")[0] == "Done with Eva Ost — u undoes."


def test_questions_say_for_how_many_they_are(five, clock):
    talk = Talk(five, clock)
    talk("2Space", "h")
    assert talk.asked == "2 marked. Hold 2 until (tue 9, in 2 weeks, 1 dec; Enter alone leaves it):"
    assert talk("tue 9")[1].startswith("Held Ana Ruiz and 1 more to Tue 1 Dec 09:00")
    talk("2Space", "t")
    assert talk("reefer") == ["Tagged Cy Fox and 1 more #reefer — u undoes."]
    talk("gg", "Space", "c")
    assert talk.asked.startswith("1 marked. Call at"), "a call is with the one that is told"


def test_marks_outlive_searches_and_views_and_those_elsewhere_are_told(five, clock):
    talk = Talk(five, clock)
    talk("2Space", "/Eva")
    assert talk.asked.startswith("2 marked, 2 elsewhere. ")
    talk("Space")
    assert talk("esc")[0] == "Nothing is marked.", "Esc unmarks before it leaves the search"
    talk("esc")
    assert talk.who == "Cy Fox"
    talk("gs", "Space", "/Eva", "Space", "x")
    assert done(five) == [("junk", "Ana Ruiz"), ("junk", "Eva Ost")]


def test_a_count_goes_before_the_marks_and_leaves_them(five, clock):
    talk = Talk(five, clock)
    talk("4j", "Space", "gg", "2x")
    assert done(five) == [("junk", "Ana Ruiz"), ("junk", "Ben Lee")]
    assert talk.asked.startswith("1 marked. ")


def test_what_another_program_decided_stays_marked_and_is_told(five, clock):
    talk = Talk(five, clock)
    talk("3Space")
    decide_elsewhere(five, "Ben")
    assert talk("a") == ["1 of what is marked was decided elsewhere: your answer changed nothing."]
    assert talk.asked.startswith("3 marked, 1 decided meanwhile. ")
    talk("a")
    assert states(five)["Ben Lee"] is State.TO_ACCEPT


def test_messages_that_were_accepted_by_marks_are_not_asked_about_again(filled, clock):
    export = ExportBuilder()
    for number, name in enumerate(NAMES):
        export.message(name, "Are you around?", thread=f"t{number}")
    talk = Talk(filled(export), clock)
    talk("j", "2Space", "gg")
    assert talk("a")[0].startswith("To reply: ")
    told = {talk.who}
    while talk.who:
        talk("j")
        told.add(talk.who)
    assert len(told - {""}) == 3
    talk("gs")
    assert talk.said[0] == "Sweep: 5.", "they are owed an answer, and asked about in a sweep of its own"


# ── ranges, and all ──


def test_moves_extend_a_range_and_a_decision_takes_it_as_it_is(five, clock):
    talk = Talk(five, clock)
    assert talk("v") == ["Range of 1 — moves extend it, v marks it, Esc leaves it."]
    talk("j", "j")
    assert talk.asked.startswith("Range of 3. For all of it: a accept, x junk, e done, h hold, v mark it, Esc leave it")
    assert talk("x")[0] == "Junked Ana Ruiz and 2 more — u undoes."
    assert talk.who == "Dan Poe"
    assert talk.asked.startswith("a accept, ")


def test_a_range_is_marked_by_its_second_key_and_left_by_esc(five, clock):
    talk = Talk(five, clock)
    talk("4j", "Space", "gg", "j", "v", "j")
    assert talk.asked.startswith("Range of 2, 1 more marked. ")
    assert talk("esc")[0].startswith("1 marked — ")
    talk("v", "k")
    assert talk("v")[0].startswith("3 marked — a x e h decide on them, Esc unmarks")
    assert talk("esc") == ["Nothing is marked."]
    talk("v", "j", "gn")
    assert "Range" not in talk.asked, "it is one of what was shown"


def test_a_range_passes_over_what_was_decided(five, clock):
    talk = Talk(five, clock)
    talk("v", "j", "esc", "x", "gg", "v", "G")
    assert talk.asked.startswith("Range of 4. ")


def test_all_in_view_and_again_none(five, clock):
    talk = Talk(five, clock)
    talk("x")
    assert talk("*") == ["4 marked — a x e h decide on them, Esc unmarks."]
    assert talk("*") == ["Nothing is marked."]
    talk("*")
    assert talk("e")[0] == "Done with Ben Lee and 3 more — u undoes."
    assert talk.who == ""
    assert talk("*") == ["Nothing is marked."]


@pytest.mark.parametrize("answers", [("*",), ("30Space",), ("v", "G", "v"), ("v", "G")])
def test_more_than_25_are_asked_about(many, clock, answers):
    talk = Talk(many, clock)
    talk(*answers, "x")
    assert UNASKED == 25
    assert talk.said[-1] == "Junk 30 items, as one act with one undo? Answer “go on”; else nothing is done."
    assert talk("no") == ["Nothing was done."]
    assert "30" in talk.asked
    talk("x", "go on")
    assert many.counts()[View.JUNK] == 30
    talk("u")
    assert many.counts()[View.JUNK] == 0


def test_ctrl_c_leaves_the_question_and_the_marks_stay(many, clock):
    talk = Talk(many, clock)
    talk("*", "h")
    talk.does(talk.conversation.interrupt)
    assert talk.asked.startswith("30 marked. ")
    talk("x")
    talk.does(talk.conversation.end)
    assert talk.conversation.exit_code == 1
    assert many.log() == []


def test_twins_and_marks_are_one_selection(filled, clock):
    export = ExportBuilder().invitation("Zoe Orr", note="How do you audit reefers?", at=NOW - timedelta(days=90))
    for name in reversed(NAMES[:3]):
        export.invitation(name, note=PITCH.format("Alex").replace("Worth", f"{name}: worth"))
    inbox = filled(export)
    talk = Talk(inbox, clock)
    talk("G", "Space", "gg", "=")
    assert talk.asked == "For all that are new, and 1 marked: x junk, a accept, e done, h hold, Esc leave them:"
    talk("x")
    assert inbox.counts()[View.JUNK] == 4


# ── once more ──


def test_the_last_decision_is_repeated_with_its_answers(five, clock):
    talk = Talk(five, clock)
    assert talk(".") == ["Nothing was decided so far in this run: nothing to repeat."]
    talk("A", "met in Porto")
    assert talk(".")[0] == "To accept: Ben Lee, because: met in Porto — u undoes."
    talk("h", "tue 9")
    assert talk("2.")[0] == "Held Dan Poe and 1 more to Tue 1 Dec 09:00 — u undoes."
    assert talk.who == ""


def test_it_is_repeated_on_what_is_marked(five, clock):
    talk = Talk(five, clock)
    talk("x", "j", "2Space")
    assert talk("repeat")[0] == "Junked Cy Fox and 1 more — u undoes."


def test_a_call_is_not_repeated(five, clock):
    talk = Talk(five, clock)
    talk("n", "met in Porto", "c", "tomorrow 10", "j")
    assert talk(".") == ["Noted on Ben Lee — u undoes."]


# ── the keys ──


def test_every_key_of_the_screen_works_or_says_that_it_is_only_there(five, clock):
    told = "\n".join(Talk(five, clock)("?", *[""] * 5))
    for action in ACTIONS:
        line = key_label(action.keys[0].replace("#", "1")) if action.keys else action.id
        is_told = any(said.split(":")[0].split(" or ")[0] == line.replace("g1", "g1-9") for said in told.split("\n"))
        is_refused = action.id != "open" and any(
            said.startswith(f"{action.title} is only on the screen") for said in Talk(five, clock)(line)
        )
        assert is_told or is_refused, action.id
        assert not (is_told and is_refused), action.id


def test_a_large_act_tells_that_it_begins_and_stops_between_chunks(filled, clock):
    names = [f"Person {n}" for n in range(2 * LARGE + 500)]
    inbox = filled(people(*names))
    talk = Talk(inbox, clock)
    told: list[str] = []
    talk.conversation.attend(told.append, lambda: True)
    talk("*", "x")
    talk("go on")
    assert told == ["Junking 2,500 items; ctrl+c stops it, and what is done stays."]
    junked = inbox.counts()[View.JUNK]
    assert 0 < junked < len(names)
    assert f"stopped: {len(names) - junked:,} are left as they were" in talk.said[0]
    assert talk.said[1].startswith(f"{junked + 1:,} of 2,500: ")
    assert talk.does(talk.conversation.interrupt) == [], "what stopped it is no word about leaving"
    assert talk.does(talk.conversation.interrupt) == ["ctrl+c again quits."]
    talk("u")
    assert inbox.counts()[View.JUNK] == 0
    with closing(Inbox.open(inbox.path, clock=clock)) as again:
        assert again.apply(Junk(), again.ids(View.NEW)[:1]).ids
