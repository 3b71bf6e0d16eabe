"""The labelled set stays whole, and no change of words may accuse the honest."""

from __future__ import annotations

from benchmarks.signals.labelled import (
    FLAGS,
    TEXT_REASONS,
    Tally,
    found,
    interests,
    near_misses,
    notes,
    tallies,
    threads,
)

NOTES = notes()


def all_flags(held_out: bool) -> Tally:
    some = [note for note in NOTES if note.held_out is held_out]
    total = Tally()
    for tally in tallies(some, FLAGS, interests()).values():
        total = total.plus(tally)
    return total


def test_the_set_is_large_and_says_only_what_rules_can_say():
    assert len(NOTES) >= 500
    assert len({note.subject.text for note in NOTES}) == len(NOTES)
    for note in NOTES:
        assert note.flags <= set(FLAGS), note
        assert note.reasons <= set(TEXT_REASONS), note


def test_every_language_has_as_many_honest_notes_as_others():
    for language in ("de", "es", "fr", "it", "pt"):
        some = [note for note in NOTES if note.language == language]
        assert len(some) >= 25
        assert sum(not note.flags for note in some) * 2 >= len(some)


def test_flags_are_right_in_95_of_100_cases_and_useful():
    for part, least in ((False, 0.9), (True, 0.7)):
        total = all_flags(part)
        assert total.right / total.raised >= 0.95
        assert total.right / total.expected >= least


def test_near_misses_in_six_languages_and_threads_are_left_alone():
    for some, least in ((near_misses(), 0.8), (threads(), 0.8)):
        total = Tally()
        for tally in tallies(some, FLAGS, interests()).values():
            total = total.plus(tally)
        assert total.right / total.raised >= 0.95
        assert total.right / total.expected >= least
    assert sum(not note.flags for note in near_misses()) >= 60
    assert {note.language for note in near_misses()} == {"de", "en", "es", "fr", "it", "pt"}


def test_a_question_for_a_call_is_no_real_question():
    pitches = [note for note in near_misses() if note.flags]
    assert not [note.subject.text for note in pitches if "question" in found(note, interests())]


def test_no_honest_note_has_two_flags():
    honest = [note for note in NOTES if not note.flags]
    assert all(len(found(note, interests()) & set(FLAGS)) < 2 for note in honest)
