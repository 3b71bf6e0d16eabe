import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from linkinbox.calls.ics import remove_call, write_call
from linkinbox.errors import ExportError
from linkinbox.model import BookedCall, CallOutcome, Person
from linkinbox.text import safe_body, safe_name
from tests.hostile import HOSTILE

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ANA = Person(1, "in:ana-ruiz", "Ana Ruiz", url="https://www.linkedin.com/in/ana-ruiz")
CALL = BookedCall("3f2b8c1e-0d5a-5b57-9c1d-6f2a7f0b9e11", datetime(2026, 12, 1, 15, tzinfo=UTC), 45, None)


def written(folder: Path, call: BookedCall = CALL, person: Person = ANA, note: str = "") -> Path:
    return write_call(folder, call, person, note=note, now=NOW)


def events(path: Path) -> list[Event]:
    return Calendar.from_ical(path.read_bytes()).walk("VEVENT")


def event(path: Path) -> Event:
    [only] = events(path)
    return only


def test_a_call_is_one_event_with_its_times_in_utc(tmp_path):
    path = written(tmp_path, note="Cold chain; ask about Porto, too")
    call = event(path)
    assert call["UID"] == CALL.uid
    assert (call.start, call.end, call.stamp) == (CALL.at, CALL.at + timedelta(minutes=45), NOW)
    assert b"DTSTART:20261201T150000Z\r\n" in path.read_bytes()
    assert call["SUMMARY"] == "Call with Ana Ruiz"
    assert call["DESCRIPTION"] == "Cold chain; ask about Porto, too\n\nhttps://www.linkedin.com/in/ana-ruiz"
    assert (call["STATUS"], call["SEQUENCE"]) == ("CONFIRMED", 0)


def test_a_time_of_any_zone_is_written_in_utc(tmp_path):
    there = CALL._replace(at=datetime.fromisoformat("2026-12-01T15:00:00+05:30"))
    assert event(written(tmp_path, there)).start == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def test_the_alarm_comes_ten_minutes_before_in_our_own_words(tmp_path):
    [alarm] = event(written(tmp_path, person=ANA._replace(name="Eve Evil"), note="evil")).walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-10)
    assert alarm["ACTION"] == "DISPLAY"
    assert "vil" not in alarm["DESCRIPTION"]


def test_nobody_is_invited_and_nothing_attached(tmp_path):
    content = written(tmp_path, note="ATTENDEE:mailto:eve@evil.example\r\nATTACH:https://evil.example").read_text()
    assert not [line for line in content.splitlines() if line.startswith(("ATTENDEE", "ATTACH", "ORGANIZER"))]


def test_a_call_without_note_or_link_has_no_description(tmp_path):
    assert "DESCRIPTION" not in event(written(tmp_path, person=ANA._replace(url="https://evil.example/")))


def test_a_cancelled_call_is_said_to_be_and_has_no_alarm(tmp_path):
    call = event(written(tmp_path, CALL._replace(outcome=CallOutcome.CANCELLED)))
    assert call["STATUS"] == "CANCELLED"
    assert call.walk("VALARM") == []


def test_a_moved_call_replaces_its_file(tmp_path):
    written(tmp_path)
    other = written(tmp_path, CALL._replace(uid="another"))
    moved = written(tmp_path, CALL._replace(at=CALL.at + timedelta(days=1), moves=1))
    assert sorted(tmp_path.iterdir()) == sorted([other, moved])
    assert (event(moved)["UID"], event(moved)["SEQUENCE"]) == (CALL.uid, 1)


def test_the_same_call_again_is_the_same_file(tmp_path):
    assert written(tmp_path).read_bytes() == written(tmp_path).read_bytes()
    assert len(list(tmp_path.iterdir())) == 1


def test_the_file_is_named_by_local_time_and_person(tmp_path):
    name = written(tmp_path, person=ANA._replace(name="José Núñez, Ph.D. 🚀")).name
    assert name.startswith(f"{CALL.at.astimezone():%Y-%m-%d-%H%M}-jose-nunez-ph-d-")
    assert name.endswith(".ics")


@pytest.mark.parametrize(
    "name", [*HOSTILE.values(), "../../etc/passwd", "/root", "a" * 300, "陳大文"], ids=lambda name: ascii(name)[:30]
)
def test_no_name_leaves_the_folder_or_the_safe_alphabet(tmp_path, name):
    path = written(tmp_path, person=ANA._replace(name=name))
    assert path.parent == tmp_path
    assert set(path.name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert len(path.name) < 80


def test_a_removed_call_leaves_the_others(tmp_path):
    other = written(tmp_path, CALL._replace(uid="another"))
    written(tmp_path)
    remove_call(tmp_path, CALL.uid)
    assert list(tmp_path.iterdir()) == [other]


def test_removing_a_call_that_has_no_file_is_fine(tmp_path):
    remove_call(tmp_path, CALL.uid)
    remove_call(tmp_path / "missing", CALL.uid)


def test_only_the_owner_can_read_it(tmp_path):
    umask = os.umask(0)
    try:
        path = written(tmp_path / "new" / "calls")
    finally:
        os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_failed_write_leaves_the_earlier_file_whole(tmp_path):
    folder, moved = tmp_path / "calls", CALL._replace(at=CALL.at + timedelta(hours=1), moves=1)
    earlier = written(folder)
    content = earlier.read_bytes()
    (folder / written(tmp_path / "elsewhere", moved).name).mkdir()  # in the way of the new file
    with pytest.raises(ExportError, match="could not be written"):
        written(folder, moved)
    assert earlier.read_bytes() == content
    assert not list(folder.glob(".*"))


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "calls").write_text("")
    with pytest.raises(ExportError) as failure:
        written(tmp_path / "calls")
    assert failure.value.hint


hostile_text = st.one_of(
    st.sampled_from(list(HOSTILE.values())), st.text(), st.text(st.sampled_from('\\n,;:"\r\n\t \x00é漢🚀'))
)


@settings(max_examples=25, deadline=None)
@given(name=hostile_text, note=hostile_text)
def test_any_text_is_in_one_event_and_comes_back_as_it_was_shown(tmp_path_factory, name, note):
    path = written(tmp_path_factory.getbasetemp(), person=ANA._replace(name=name, url=None), note=note)
    call = event(path)
    assert call["SUMMARY"] == f"Call with {safe_name(name)}"
    assert call.get("DESCRIPTION", "") == safe_body(note).strip()
    assert all(len(line) <= 75 for line in path.read_bytes().split(b"\r\n"))
