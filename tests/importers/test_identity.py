import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkinbox.importers.identity import known_person, profile_key, profile_url, weak_key


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/ana-ruiz",
        "http://www.linkedin.com/in/ana-ruiz",
        "www.linkedin.com/in/ana-ruiz",
        "linkedin.com/in/ana-ruiz",
        "//linkedin.com/in/ana-ruiz",
        "https://m.linkedin.com/in/ana-ruiz",
        "https://fr.linkedin.com/in/ana-ruiz/",
        "https://www.linkedin.com/in/ana-ruiz/en-us",
        "https://www.linkedin.com/in/ana-ruiz?trk=x",
        "https://www.linkedin.com/in/ana-ruiz#top",
        "https://www.linkedin.com/mwlite/in/ana-ruiz",
        "https://www.linkedin.com/comm/in/ana-ruiz?midToken=x",
        "HTTPS://WWW.LINKEDIN.COM/IN/Ana-Ruiz",
        " https://www.linkedin.com/in/ana-ruiz ",
    ],
)
def test_every_spelling_of_an_address_is_one_person(url):
    assert profile_key(url) == "in:ana-ruiz"


def test_a_percent_encoded_slug_equals_the_raw_one():
    encoded = "https://www.linkedin.com/in/zo%C3%AB-berg"
    assert profile_key(encoded) == profile_key("https://www.linkedin.com/in/zoë-berg") == "in:zoë-berg"


def test_a_decomposed_slug_equals_the_composed_one():
    assert profile_key("https://www.linkedin.com/in/zoe\u0308") == "in:zo\u00eb"


def test_a_slug_is_decoded_once_only():
    assert profile_key("https://www.linkedin.com/in/a%2541") == "in:a%41"


def test_an_opaque_id_keeps_its_case():
    assert profile_key("https://www.linkedin.com/in/ACoAAbCdEf") == "acoa:ACoAAbCdEf"
    assert profile_key("https://www.linkedin.com/in/ACwAAbCdEf/") == "acoa:ACwAAbCdEf"
    assert profile_key("urn:li:fsd_profile:ACoAAbCdEf") == "acoa:ACoAAbCdEf"
    assert profile_key("https://www.linkedin.com/profile/view?trk=x&id=ACoAAbCdEf") == "acoa:ACoAAbCdEf"


def test_a_member_number_is_a_key_of_its_own_kind():
    assert profile_key("urn:li:member:12345") == "member:12345"
    assert profile_key("https://www.linkedin.com/profile/view?id=12345") == "member:12345"


def test_the_oldest_public_address_keeps_its_three_numbers():
    key = profile_key("https://www.linkedin.com/pub/Ana-Ruiz/1/2b/3c4")
    assert key == "pub:ana-ruiz/1/2b/3c4"
    assert profile_key(profile_url(key)) == key


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://www.linkedin.com/in",
        "https://www.linkedin.com/in/",
        "https://www.linkedin.com/in/?trk=x",
        "https://www.linkedin.com/in/%20",
        "https://www.linkedin.com/pub/ana-ruiz",
        "https://www.linkedin.com/profile/view?id=AAsAAabc",
        "https://www.linkedin.com/company/acme",
        "https://www.linkedin.com/school/acme",
        "https://www.linkedin.com/sales/lead/ACoAAb,x",
        "https://www.linkedin.com/talent/profile/x",
        "https://www.linkedin.com/inbox/x",
        "https://linkedin.com.example.net/in/ana-ruiz",
        "https://xlinkedin.com/in/ana-ruiz",
        "https://linkedin.com@example.net/in/ana-ruiz",
        "https://example.net/https://www.linkedin.com/in/ana-ruiz",
        "javascript:https://www.linkedin.com/in/ana-ruiz",
        "urn:li:member:",
        "urn:li:company:5",
        "urn:li:member:" + "9" * 5000,
    ],
)
def test_what_names_nobody_has_no_key(url):
    assert profile_key(url) is None
    assert known_person("Ana Ruiz", url) is None


def test_only_keys_with_a_public_page_can_be_opened():
    assert profile_url("in:zoë-berg") == "https://www.linkedin.com/in/zo%C3%AB-berg"
    assert profile_url("acoa:ACoAAb") == "https://www.linkedin.com/in/ACoAAb"
    assert profile_url("member:5") is None
    assert profile_url(weak_key("Ana Ruiz", "x")) is None


def test_a_weak_key_binds_a_name_to_its_context():
    assert weak_key("Ana Ruiz", "thread 1") == weak_key("Ana  Ruiz ", "thread 1")
    assert weak_key("Ana Ruiz", "thread 1") != weak_key("Ana Ruiz", "thread 2")
    assert weak_key("Ana", "Ruiz") != weak_key("Ana Ruiz")


def test_a_weak_key_takes_a_lone_surrogate():
    assert weak_key("\ud800").startswith("weak:")


@given(st.text(min_size=1))
def test_the_page_of_a_key_has_the_same_key(slug):
    key = profile_key(f"https://www.linkedin.com/in/{slug}")
    if key is not None and not any("\ud800" <= c <= "\udfff" for c in key):
        assert profile_key(profile_url(key)) == key


@given(st.text())
def test_no_text_breaks_the_key(text):
    assert profile_key(text) is None or ":" in profile_key(text)
