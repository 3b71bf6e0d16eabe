"""What signals come to, and what holds for every text there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.decisions import Scope
from linkinbox.signals import RULES, Look, Signal, SignalKind, judge, look_of, mutes_itself
from linkinbox.signals.reading import READ
from linkinbox.signals.subject import Subject
from tests.hostile import HOSTILE
from tests.signals.builders import OWNER, a_note, flags

PITCH = "We help founders. Open to a chat? https://calendly.com/x"
SPICE = ("we help founders", "quick call", "bitcoin", "daily profit", "add me on WhatsApp", "{{first_name}}", "$500 per day", "https://bit.ly/x", "your talk", "Аnna", "Can you tell me how?", "\u200b", "é", "İ", "ß", "ﬁ", "\u0301")  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(SPICE), st.text(max_size=12)), max_size=12).map(" ".join)


def unknown(rule: str) -> Signal:
    return Signal(SignalKind.UNKNOWN, rule, "not told")


def test_one_flag_is_quiet_and_two_say_look():
    assert look_of(judge(a_note("Guaranteed leads"))) is Look.TRUST
    assert look_of(judge(a_note(PITCH))) is Look.LOOK


def test_nothing_to_read_and_nothing_known_is_unknown():
    assert look_of(judge(a_note())) is Look.UNKNOWN
    assert look_of(judge(a_note("Hello"))) is Look.TRUST
    assert look_of(judge(a_note(you_invited=True))) is Look.TRUST
    assert look_of(judge(a_note(unanswered_days=3))) is Look.TRUST


def test_what_is_overruled_is_told_and_does_not_count():
    signals = judge(a_note(PITCH), overruled={"pitch": Scope.PERSON})
    assert [signal.overruled for signal in signals if signal.rule == "pitch"] == [Scope.PERSON]
    assert look_of(signals) is Look.TRUST


def test_flags_that_quote_the_same_words_are_one_piece_of_evidence():
    fast = judge(a_note("We help founders grow: https://growthmill.example", minutes_connected=5))
    assert {signal.rule for signal in fast if signal.kind is SignalKind.FLAG} == {"pitch", "fast-pitch", "link-first"}
    assert look_of(fast) is Look.TRUST
    assert look_of(judge(a_note("Guaranteed leads https://bit.ly/x"))) is Look.LOOK  # what hides its target is one more


def test_what_rests_on_an_overruled_pitch_falls_with_it():
    text = "We help founders grow. Could you show me the audit of 2024? https://growthmill.example"
    signals = judge(a_note(text, minutes_connected=5), overruled={"pitch": Scope.ITEM})
    assert {signal.rule for signal in signals if signal.kind is not SignalKind.UNKNOWN} == {"pitch", "question"}


@pytest.mark.parametrize(("raised", "overruled", "mute"), [(9, 9, False), (10, 3, False), (10, 4, True), (100, 30, False), (100, 31, True)])  # fmt: skip
def test_a_rule_overruled_in_more_than_thirty_of_a_hundred_mutes_itself(raised, overruled, mute):
    assert mutes_itself(raised, overruled) is mute


def test_every_rule_that_speaks_is_listed():
    listed = {(rule.id, rule.kind) for rule in RULES}
    everything = Subject(
        "Аnna", "Hi {{name}}, guaranteed leads, add me on WhatsApp https://bit.ly/x https://linkedin.com.x.y/",
        OWNER, sponsored=False, unanswered_days=4, minutes_connected=1, twins=3, wrote_before=1, company="X", you_invited=False,
        colleagues=("A",), mutual=("B",), endorsed=("C",),
    )  # fmt: skip
    spoken = {(signal.rule, signal.kind) for signal in judge(everything) if signal.kind is not SignalKind.UNKNOWN}
    assert len(spoken) > 10
    assert spoken <= listed


def test_what_the_export_does_not_tell_is_unknown():
    assert [signal.rule for signal in judge(a_note())] == ["note", "headline", "company", "status"]
    assert judge(a_note("Hello", headline="", company="", connected=False)) == ()


@given(TEXTS)
def test_words_are_quoted_as_they_stand_in_the_text(text):
    for signal in judge(a_note(text)):
        assert tuple(text[begin:end] for begin, end in signal.spans) == signal.words[: len(signal.spans)]
        assert all(0 <= begin < end <= len(text) for begin, end in signal.spans)


@given(TEXTS, st.sampled_from(["headline", "company", "status", "anything"]))
def test_an_unknown_never_changes_the_look(text, rule):
    signals = judge(a_note(text))
    assert look_of((*signals, unknown(rule))) is look_of(signals)


@given(TEXTS)
def test_without_its_text_a_note_has_no_flag_since_each_quotes_it(text):
    assert not flags("")
    assert all(signal.words for signal in flags(text).values())


@given(TEXTS)
def test_not_knowing_never_adds_a_flag(text):
    known = flags(text, minutes_connected=5, unanswered_days=5, twins=5, sponsored=False)
    assert set(flags(text)) <= set(known)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_judged_like_any_other(text):
    for signal in judge(a_note(text, name=text)):
        assert tuple(text[begin:end] for begin, end in signal.spans) == signal.words[: len(signal.spans)]


@pytest.mark.parametrize("shred", ["we help ", "[", "{{a|", "a.", "https://", "1", "$1 ", "add me telegram ", "Аa", "? ", "w" * 40 + " ", "i'd like to ", "\u0301", "www.a@"])  # fmt: skip
def test_only_the_beginning_of_an_endless_text_is_looked_at(shred):
    text = shred * (100_000 // len(shred))
    judged = judge(a_note(text))
    assert [signal for signal in judged if signal.rule != "unread"] == list(judge(a_note(text[:READ])))
    assert any(signal.rule == "unread" for signal in judged)
