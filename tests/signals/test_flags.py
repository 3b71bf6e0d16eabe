"""What is flagged and, more often, what is not."""

from __future__ import annotations

import pytest

from tests.signals.builders import flags

PITCH = "Hi Robin, we help consultants book more clients. Would you be open to a quick call?"
TWIN = "Always glad to exchange thoughts with leaders who shape the future of their industry."


def test_nothing_is_flagged_for_being_empty():
    assert flags() == {}
    assert flags(name="", headline="", company="", position="") == {}


def test_a_pitch_is_an_offer_and_a_request_and_both_are_quoted():
    assert flags(PITCH)["pitch"].words == ("we help consultants", "open to a quick call")


@pytest.mark.parametrize(
    "half", ["We help consultants book more clients.", "Would you be open to a quick call about the audit?"]
)
def test_an_offer_or_a_request_alone_is_no_pitch(half):
    assert "pitch" not in flags(half)


def test_an_offer_with_a_link_is_a_pitch():
    found = flags("We help founders grow: https://growthmill.example")
    assert set(found) == {"pitch", "link-first"}
    assert found["pitch"].words == ("We help founders", "https://growthmill.example")


def test_some_words_are_a_pitch_by_themselves():
    assert flags("Guaranteed leads, Robin.")["pitch"].words == ("Guaranteed leads",)


def test_somebody_you_wrote_to_does_not_pitch():
    assert flags(PITCH, answered=True, minutes_connected=5) == {}


@pytest.mark.parametrize(
    "written",
    ["BOOK YOUR FREE DEMO", "book  your\nfree demo", "Book your ‘free’ demo", "𝗕𝗼𝗼𝗸 𝘆𝗼𝘂𝗿 𝗳𝗿𝗲𝗲 𝗱𝗲𝗺𝗼", "book your free-demo", "bo\u200bok your fr\u00adee demo"],
)  # fmt: skip
def test_case_quotes_hyphens_styled_and_unseen_letters_hide_nothing(written):
    assert flags(written)["pitch"].words == (written,)


def test_a_pitch_soon_after_connecting_counts_twice():
    assert set(flags(PITCH, minutes_connected=20)) == {"pitch", "fast-pitch"}
    assert flags(PITCH, minutes_connected=20)["fast-pitch"].why == "a pitch within 20 min of connecting"
    assert set(flags(PITCH, minutes_connected=3 * 24 * 60)) == {"pitch"}
    assert set(flags(PITCH, minutes_connected=None)) == {"pitch"}


def test_thanks_soon_after_connecting_are_welcome():
    assert flags("Thanks for connecting!", minutes_connected=1) == {}


def test_a_swindle_is_told_by_a_topic_and_a_promise_and_is_no_pitch_too():
    assert set(flags("Ask me how I earn $5,000 per week with bitcoin")) == {"scam"}
    assert flags("I work on bitcoin transaction graphs") == {}
    assert flags("There is no risk of frost tonight") == {}


def test_a_swindle_is_flagged_from_a_friend_too():
    assert "scam" in flags("Double your money in 7 days", answered=True)


def test_a_stranger_who_leads_to_a_messenger_is_flagged_and_quoted():
    assert flags("Please add me on Telegram: @lena")["messenger"].words == ("add me on Telegram",)
    assert set(flags("Text me: https://wa.me/447700900456")) == {"messenger"}


def test_a_messenger_as_a_subject_is_none_to_move_to():
    assert flags("Does your team use Telegram or Signal for alarms?") == {}
    assert flags("Contact me when the signal is back") == {}


def test_friends_may_move_to_a_messenger():
    assert flags("add me on WhatsApp", answered=True) == {}
    assert flags("add me on WhatsApp", you_invited=True) == {}


@pytest.mark.parametrize("url", ["https://bit.ly/3xY", "https://calendly.com/jo/15min", "www.tinyurl.com/abc"])
def test_a_link_that_hides_or_books_is_flagged_in_a_first_message(url):
    assert flags(f"Have a look: {url}.")["link-first"].words == (url,)


@pytest.mark.parametrize("url", ["https://speakerdeck.example/x", "https://www.linkedin.com/posts/1", "https://lnkd.in/eX", "https://maps.app.goo.gl/x"])  # fmt: skip
def test_slides_posts_and_maps_are_fine(url):
    assert flags(f"Here is what you asked for: {url}") == {}


def test_words_in_an_address_are_nobodys():
    assert flags("https://shop.example.com/book-your-free-demo/guaranteed-leads") == {}


@pytest.mark.parametrize("text", ["we use Node.js", "see readme.md", "ana@ruiz.example", "e.g. this", "the end.So we"])
def test_not_everything_with_a_dot_is_a_link(text):
    assert flags(f"We help founders, {text}") == {}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("www.bank.example (https://evil.example/c)", "a link that reads bank.example and leads to evil.example"),
        ("https://linkedin.com.verify.xyz/a", "a link that reads linkedin.com and leads to linkedin.com.verify.xyz"),
        ("https://www.linkedin.com@evil.example/a", "a link that reads linkedin.com and leads to evil.example"),
    ],
)
def test_a_link_that_leads_elsewhere_than_it_says_is_flagged(text, why):
    assert flags(text)["link-target"].why == why


def test_a_link_that_leads_below_what_it_says_is_fine():
    assert flags("shop.example (https://www.shop.example/c)") == {}


@pytest.mark.parametrize(
    "blank", ["%FIRSTNAME%", "{{first_name}}", "{firstName}", "[Name]", "<First Name>", "*|FNAME|*", "{{contact.first_name|there}}", "[Vorname]", "{prénom}", "[Empresa]", "{Hi|Hello|Hey}"],
)  # fmt: skip
def test_an_unfilled_blank_is_flagged_and_quoted(blank):
    assert flags(f"Hi {blank}, glad to meet you")["template"].words == (blank,)


@pytest.mark.parametrize("text", ["Robin [Hale]", "is {temp} optional?", "100% sure, 50% ready", 'writes <temp unit="C">', "Sam [they/them]"])  # fmt: skip
def test_brackets_of_people_who_write_are_fine(text):
    assert flags(text) == {}


def test_a_campaigns_blanks_are_left_by_the_export():
    assert set(flags("Hi %FIRSTNAME%", sponsored=True)) == {"sponsored"}


@pytest.mark.parametrize("name", ["Аnna Keller", "Mіchael Voss", "Αlex Martin"])
def test_a_name_in_letters_that_only_look_latin_is_flagged(name):
    assert flags("Hello", name=name)["mixed-script"].words[0] in name


@pytest.mark.parametrize("name", ["Zoë Brontë-Müller", "美咲 (Misaki) 伊藤", "Анна Ковальова", "Νίκος Papadopoulos", "Иван Petrov", "Łukasz Žižek"])  # fmt: skip
def test_a_name_in_its_own_letters_is_fine(name):
    assert flags("Hello", name=name) == {}


def test_disguised_words_are_read_all_the_same():
    raised = flags("Еarn dаily prоfit with bitсoin")
    assert set(raised) == {"mixed-script", "scam"}
    assert raised["mixed-script"].words == ("Еarn", "dаily", "prоfit", "bitсoin")


def test_a_forgotten_keyboard_and_greek_letters_are_fine():
    assert flags("Cпасибо за отчёт. The λ-sensor drifts by 2 µm") == {}


def test_the_same_text_from_others_is_flagged_with_their_number():
    assert flags(TWIN, twins=11)["twins"].why == "same text from 11 others"
    assert flags(TWIN, twins=1, twins_junked=1)["twins"].why == "same text from 1 other, 1 of them you junked"
    assert flags(TWIN, twins=1) == {}


@pytest.mark.parametrize("usual", ["Hi Robin, I’d like to join your LinkedIn network.", "Happy birthday Robin! 🎂", "Congrats on your work anniversary!", "", "Hello"])  # fmt: skip
def test_what_everybody_writes_is_no_twin(usual):
    assert flags(usual, twins=40) == {}


def test_writing_on_three_days_without_an_answer_is_flagged():
    assert flags("Hello again", unanswered_days=3)["no-answer"].why == "wrote on 3 days without an answer"
    assert flags("Hello again", unanswered_days=2) == {}
    assert flags("Hello again", unanswered_days=9, answered=True) == {}
