import re

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.parser import Contentlines

from linkinbox.calls.vcard import vcards
from linkinbox.model import Person
from linkinbox.text import safe_body, safe_name, safe_text
from tests.hostile import HOSTILE

ANA = Person(
    1, "in:ana-ruiz", "Ana Ruiz", "Acme, Inc.", "Head of R&D; Porto", url="https://www.linkedin.com/in/ana-ruiz"
)
BEN = Person(2, "weak:1", "Ben Lee")


def cards(*people: tuple[Person, list[str]]) -> list[dict[str, str]]:
    """The properties of each card; those made of fields as they are written, escapes and all."""
    parsed: list[dict[str, str]] = []
    for line in Contentlines.from_ical(vcards(people)):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            parsed.append({})
        elif name not in ("END", ""):
            parsed[-1][name] = value if name in ("N", "ORG") else unescaped(value)
    return parsed


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda escape: "\n" if escape[1] in "nN" else escape[1], value)


def test_a_contact_has_its_name_work_link_and_notes():
    [card] = cards((ANA, ["Met in Porto", "Offers: cold chain, ports"]))
    assert card["FN"] == "Ana Ruiz"
    assert card["N"] == ";Ana Ruiz;;;"
    assert card["ORG"] == r"Acme\, Inc."
    assert card["TITLE"] == "Head of R&D; Porto"
    assert card["URL"] == "https://www.linkedin.com/in/ana-ruiz"
    assert card["NOTE"] == "Met in Porto\nOffers: cold chain, ports"


def test_the_version_comes_first():
    assert vcards([(ANA, [])]).startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n")


def test_what_is_not_known_is_left_out():
    [card] = cards((BEN, []))
    assert card.keys() == {"VERSION", "UID", "FN", "N"}


def test_an_address_that_may_not_be_opened_is_left_out():
    [card] = cards((BEN._replace(url="https://linkedin.com.evil.example/in/x"), []))
    assert "URL" not in card


def test_the_same_person_keeps_its_uid():
    assert cards((ANA, []))[0]["UID"] == cards((ANA._replace(id=7, name="Ana R."), ["x"]))[0]["UID"]
    assert cards((ANA, []))[0]["UID"] != cards((BEN, []))[0]["UID"]


def test_each_person_has_a_card_in_the_order_given():
    assert [card["FN"] for card in cards((BEN, []), (ANA, []))] == ["Ben Lee", "Ana Ruiz"]
    assert vcards([]) == b""


hostile_text = st.one_of(
    st.sampled_from(list(HOSTILE.values())), st.text(), st.text(st.sampled_from('\\n,;:"\r\n\t \x00é漢🚀'))
)


@settings(max_examples=60, deadline=None)
@given(hostile_text, hostile_text, hostile_text)
def test_any_text_stays_in_its_card_and_comes_back_as_it_was_shown(name, position, note):
    person = ANA._replace(name=name, company=name, position=position)
    [card] = cards((person, [note]))
    assert card["FN"] == safe_name(name)
    assert unescaped(card["N"]) == f";{safe_name(name)};;;"
    assert len(re.findall(r"(?<!\\)(?:\\\\)*;", card["N"])) == 4
    assert card.get("TITLE", "") == safe_text(position)
    assert card.get("NOTE", "") == safe_body(note).strip()
    assert all(len(line) <= 75 for line in vcards([(person, [note])]).split(b"\r\n"))
