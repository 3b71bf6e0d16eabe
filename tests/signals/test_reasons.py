"""What speaks for somebody, with the words that say so."""

from __future__ import annotations

import pytest

from linkinbox.errors import LinkinboxError
from linkinbox.signals import interests_from
from tests.signals.builders import flags, reasons

WANTED = interests_from(
    {
        "areas": {"logistics": ["cold chain", "reefer*"]},
        "cities": ["Rotterdam", "Porto"],
        "serves": ["student*"],
        "words": ["Kühlkette"],
    }
)


def test_an_area_is_named_with_the_words_that_speak_for_it():
    area = reasons("Enjoyed your talk on Cold-Chain audits and REEFERS", WANTED)["area"]
    assert (area.why, area.words) == ("area: logistics", ("Cold-Chain", "REEFERS"))


def test_the_name_of_an_area_is_looked_for_too():
    assert reasons("I work in logistics", WANTED)["area"].words == ("logistics",)


def test_accents_do_not_matter():
    assert reasons("die kuhlkette", WANTED)["words"].words == ("kuhlkette",)


def test_a_city_is_a_name():
    assert reasons("Um abraço do Porto", WANTED)["city"].words == ("Porto",)
    assert "city" not in reasons("amanhã no porto", WANTED)


def test_what_is_known_of_a_person_counts_where_the_text_is_silent():
    area = reasons("", WANTED, company="Reefer Lines", position="Student")
    assert (area["area"].why, area["area"].spans) == ('area: logistics (company: "Reefer")', ())
    assert area["serves"].words == ("Student",)


def test_without_interests_nothing_is_looked_for():
    assert reasons("cold chain in Rotterdam") == {}


def test_a_real_question_is_quoted():
    asked = reasons("Hi Robin. How do you calibrate a probe at sea? How are you?")["question"]
    assert asked.words == ("How do you calibrate a probe at sea?",)


@pytest.mark.parametrize("text", ["How are you?", "Could we talk on Tuesday about it?", "Really?", "And you, Robin?"])
def test_politeness_and_requests_for_time_are_no_questions(text):
    assert "question" not in reasons(text)


def test_a_question_in_japanese_is_one():
    assert "question" in reasons("監査についてお話を伺えますか？")


def test_a_pitch_asks_no_real_question_and_its_praise_is_worth_nothing():
    text = "Loved your talk at Northpier! Who runs your marketing there today? We guarantee 20 leads."
    assert set(flags(text)) == {"pitch"}
    assert reasons(text) == {}


def test_something_of_yours_is_quoted():
    assert reasons("I read your article on seals")["about-you"].words == ("your article on",)
    assert reasons("I start at Northpier in May")["about-you"].words == ("Northpier",)


def test_a_shared_contact_is_quoted_where_named():
    assert reasons("Priya Nair said hello", mutual=("Priya Nair",))["mutual"].words == ("Priya Nair",)
    assert reasons("Hello", mutual=("Priya Nair", "Tom B"))["mutual"].why == "you both know Priya Nair, Tom B"


def test_contacts_at_the_same_company_are_named():
    known = reasons(company="Maersk", colleagues=("A", "B", "C", "D"))["colleagues"]
    assert known.why == "works where 4 of your contacts work (Maersk): A, B, C and 1 more"


def test_history_speaks_for_somebody():
    found = reasons(wrote_before=2, you_invited=True, endorsed=("Audit",))
    assert [found[rule].why for rule in ("wrote-before", "endorsed", "you-invited")] == [
        "wrote to you 2 times before", "endorsed you: Audit", "you invited them",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"area": ["x"]}, "there are no interests called area"),
        ({"areas": "logistics"}, "areas is no list"),
        ({"areas": {"logistics": "cold chain"}}, "areas.logistics must be a list of words in quotes"),
        ({"words": [3]}, "words must be a list of words in quotes"),
        ({"words": ["a*"]}, "needs at least three letters before a *"),
        ({"words": ["… end"]}, "must begin and end with a word"),
    ],
)
def test_what_is_wrong_with_interests_is_said(table, says):
    with pytest.raises(LinkinboxError, match=says.replace("*", r"\*")) as told:
        interests_from(table)
    assert told.value.hint


def test_what_a_pitch_says_of_its_customers_is_no_interest_of_theirs():
    mine = interests_from({"serves": ["founder*"]})
    assert "serves" in reasons("I am a founder of two years", mine)
    assert "serves" not in reasons("We help founders like you grow. Open to a quick call?", mine)
    assert "serves" in reasons("We help founders like you grow. Open to a call?", mine, position="Founder")


@pytest.mark.parametrize(
    "text",
    [
        "Nice to meet you",
        "Great talk. Nice slides!",
        "Hi Robin, Nice talk",
        "Dear Mr Hale – Nice to meet you",
        "a nice day",
    ],
)
def test_the_capital_of_a_sentence_makes_no_city(text):
    assert "city" not in reasons(text, interests_from({"cities": ["Nice"]}))


@pytest.mark.parametrize("text", ["We met in Nice", "I live in Lyon, Nice and Paris", "See you. Greetings from Nice!"])
def test_a_city_within_a_sentence_is_one(text):
    assert "city" in reasons(text, interests_from({"cities": ["Nice"]}))


def test_a_city_begins_a_position():
    assert "city" in reasons("", interests_from({"cities": ["Nice"]}), position="Nice port authority")
