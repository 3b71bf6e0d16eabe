"""Near-identical texts: what makes two of them twins, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.alike import ALIKE, differing, is_everybodys, likeness, runs_of, sketch_of, words_of
from tests.hostile import HOSTILE

PITCH = (
    "Hi {name}, I came across your profile and was impressed by your work at {company}. We help founders book"
    " {count} qualified calls a month, guaranteed. Would you be open to a quick chat {when}?"
)
HONEST = "I enjoyed your talk on cold-chain audits in Hamburg and would like to compare notes about reefers with you."


def runs(text: str, name: str = "") -> frozenset[int]:
    return runs_of(words_of(text, name))


def pitch(name: str, company: str = "Acme", count: int = 30, when: str = "next week") -> frozenset[int]:
    return runs(PITCH.format(name=name, company=company, count=count, when=when), name)


def test_a_filled_in_template_is_like_itself_whatever_was_filled_in():
    assert likeness(pitch("Ana"), pitch("Ben", "Blue Harbor Logistics GmbH", 45, "this Friday")) >= ALIKE
    assert set(sketch_of(pitch("Ana"))) & set(sketch_of(pitch("Ben", "Maersk")))


def test_a_greeting_and_the_persons_name_count_for_nothing():
    assert pitch("Ana") == runs(PITCH.format(name="Zoë", company="Acme", count=30, when="next week")[3:], "Zoë")


def test_two_honest_texts_are_not_alike():
    assert likeness(runs(HONEST), pitch("Ana")) == 0
    assert likeness(runs(HONEST), runs("Thank you for the talk in Hamburg, it helped us with our own audits.")) < ALIKE


def test_a_text_twice_as_long_is_another_one():
    assert likeness(runs(HONEST), runs(HONEST + " " + PITCH)) == 0


@pytest.mark.parametrize("text", ["", "Hi", "Thanks for the invite, Ana!", "Nice to meet you"])
def test_short_words_that_everybody_writes_are_no_evidence(text):
    assert runs(text) == frozenset()
    assert likeness(runs(text), runs(text)) == 0


@pytest.mark.parametrize(
    "offered",
    [
        "I'd like to join your LinkedIn network.",
        "Hi Ana, I'd like to add you to my professional network on LinkedIn.",
        "Ich würde Sie gerne zu meinem beruflichen Netzwerk auf LinkedIn hinzufügen.",
    ],
)
def test_what_linkedin_itself_offers_is_everybodys(offered):
    assert is_everybodys(runs(offered, "Ana"))
    assert not is_everybodys(runs(HONEST))


def test_the_differing_words_are_told_in_their_own_spelling():
    one, other = (
        PITCH.format(name="Ana", company="Acme", count=3, when="now"),
        PITCH.format(name="Ben", company="Maersk Line", count=3, when="now"),
    )
    assert differing(one, other) == [("Ana,", "Ben,"), ("Acme.", "Maersk Line.")]


@given(st.text(max_size=500), st.text(max_size=20))
def test_any_text_is_wholly_like_itself_or_tells_nothing(text, name):
    found = runs(text, name)
    assert likeness(found, found) in {0.0, 1.0}
    assert len(sketch_of(found)) <= 3


@given(st.sampled_from([*HOSTILE.values()]), st.sampled_from([*HOSTILE.values()]))
def test_no_text_of_a_stranger_breaks_it_and_likeness_has_no_sides(one, other):
    assert likeness(runs(one), runs(other)) == likeness(runs(other), runs(one))


CHINESE = "您好，我们帮助中小企业在三个月内把销售额提高一倍，下周可以安排十五分钟的通话吗？"
THAI = "สวัสดีครับ เราช่วยให้ธุรกิจขนาดเล็กเพิ่มยอดขายเป็นสองเท่าภายในสามเดือน สนใจคุยสิบห้านาทีไหมครับ"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CHINESE, CHINESE.replace("下周", "明天")),
        (CHINESE, "李先生，" + CHINESE),
        (THAI, THAI.replace("สามเดือน", "สองเดือน")),
        (
            "弊社のサービスで御社の売上を三か月で二倍にします。来週十五分お時間いただけますか。",
            "田中様、弊社のサービスで御社の売上を三か月で二倍にします。来週お時間いただけますか。",
        ),
    ],
)
def test_texts_without_blanks_are_told_by_their_letters(one, other):
    assert likeness(runs_of(words_of(one)), runs_of(words_of(other))) >= ALIKE


def test_other_texts_without_blanks_are_no_twins():
    other = "我读了您关于冷链审计的文章，想请教您怎样检查冬天的冷藏集装箱，谢谢您的时间。"
    assert likeness(runs_of(words_of(CHINESE)), runs_of(words_of(other))) < ALIKE


@pytest.mark.parametrize("text", ["很高兴认识您", "はじめまして、よろしく", "Hello 您好, nice to meet you", "您好！"])
def test_a_greeting_without_blanks_is_everybodys(text):
    assert runs_of(words_of(text)) == frozenset()
