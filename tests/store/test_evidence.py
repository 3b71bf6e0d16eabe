"""What speaks for and against an item, from what the store knows of it."""

from __future__ import annotations

from collections.abc import Callable

from linkinbox.decisions import Accept, Junk
from linkinbox.inbox import Inbox
from linkinbox.model import View
from linkinbox.signals import Look, Signal, SignalKind, interests_from, look_of, said_against
from linkinbox.store.evidence import Judged
from linkinbox.store.written import MESSAGES
from tests.builders import ExportBuilder, Someone
from tests.conftest import Clock

PITCH = "I help founders book 30 calls a month. Do you have 15 minutes this week?"
Fill = Callable[[ExportBuilder], Inbox]


def of(inbox: Inbox, name: str) -> Judged:
    """The person's newest item, judged."""
    ids = inbox.ids(View.ALL)[:]
    id_ = next(row.id for row in inbox.rows(ids) if row.person.name == name)
    return inbox.judged([id_])[id_]


def signals(judged: Judged) -> dict[str, Signal]:
    return {signal.rule: signal for signal in judged.signals}


def flags(judged: Judged) -> set[str]:
    return {signal.rule for signal in judged.standing_flags}


def test_nothing_is_flagged_for_being_empty(filled: Fill):
    inbox = filled(
        ExportBuilder().invitation("Ana Ruiz").message("Ben Lee", "").invitation("李 伟").connection("Cy Fox")
    )
    for judged in inbox.judged(inbox.ids(View.ALL)[:]).values():
        assert not judged.standing_flags
        assert look_of(judged.signals) is Look.UNKNOWN


def test_the_words_stand_where_the_spans_say(filled: Fill):
    judged = of(filled(ExportBuilder().invitation("Ana Ruiz", note=f"Hi Alex, {PITCH}")), "Ana Ruiz")
    pitch = signals(judged)["pitch"]
    assert pitch.words
    assert [f"Hi Alex, {PITCH}"[slice(*span)] for span in pitch.spans] == list(pitch.words)


def test_all_that_came_since_the_owner_wrote_is_judged_and_older_words_are_dated(filled: Fill):
    export = ExportBuilder().message("Ana Ruiz", PITCH, at="2026-11-01T08:00")
    inbox = filled(export.message("Ana Ruiz", "Any thoughts?", at="2026-11-04T08:00"))
    pitch = signals(of(inbox, "Ana Ruiz"))["pitch"]
    assert pitch.why == "pitch wording (in their message of 1 Nov)"
    assert all(PITCH[slice(*span)] == words for span, words in zip(pitch.spans, pitch.words, strict=True))


def test_who_connects_first_and_pitches_second_pitches(filled: Fill):
    export = ExportBuilder().connection("Ana Ruiz", on="2026-11-01")
    export.message("Ana Ruiz", "Thanks for connecting, Alex!", at="2026-11-01T08:00")
    text = "Alex, we help founders grow. Up for a quick 15-min call? https://bit.ly/3xyz"
    judged = of(filled(export.message("Ana Ruiz", text, at="2026-11-01T18:00")), "Ana Ruiz")
    assert look_of(judged.signals) is Look.LOOK
    assert signals(judged)["pitch"].why == "pitch wording"  # of the newest message: no day is told
    assert signals(judged)["fast-pitch"].why == "a pitch within 18 h of connecting"


def test_a_day_of_another_year_is_told_with_its_year(filled: Fill):
    export = ExportBuilder().message("Ana Ruiz", PITCH, at="2025-12-30T08:00")
    inbox = filled(export.message("Ana Ruiz", "Any thoughts?", at="2026-01-04T08:00"))
    assert signals(of(inbox, "Ana Ruiz"))["pitch"].why == "pitch wording (in their message of 30 Dec 2025)"


def test_a_swindle_from_somebody_who_was_answered_is_seen(filled: Fill):
    export = ExportBuilder().message("Ana Ruiz", "Good to meet you", thread="2-ana==")
    export.sent("Ana Ruiz", "Likewise", thread="2-ana==")
    text = "I need you to buy some gift cards for me today"
    judged = of(filled(export.message("Ana Ruiz", text, thread="2-ana==")), "Ana Ruiz")
    assert flags(judged) == {"scam"}


def test_what_was_answered_is_no_reason_any_more(filled: Fill):
    question = "Which of the two loggers would you trust in a reefer at sea?"
    export = ExportBuilder().message("Ana Ruiz", question, thread="2-ana==")
    export.sent("Ana Ruiz", "The second", thread="2-ana==")
    inbox = filled(export.message("Ana Ruiz", "Thanks!", thread="2-ana==").message("Ben Lee", question))
    assert "question" not in signals(of(inbox, "Ana Ruiz"))
    assert "question" in signals(of(inbox, "Ben Lee"))


def test_where_the_owner_wrote_last_it_is_what_they_answered_that_is_judged(filled: Fill):
    export = ExportBuilder().message("Ana Ruiz", "Hello there", thread="2-ana==")
    export.sent("Ana Ruiz", "Hello", thread="2-ana==").message("Ana Ruiz", "Guaranteed profit!", thread="2-ana==")
    inbox = filled(export.sent("Ana Ruiz", "No", thread="2-ana=="))
    assert signals(of(inbox, "Ana Ruiz"))["scam"].words == ("Guaranteed profit",)


def test_nothing_is_cleared_that_nobody_read(filled: Fill):
    export = ExportBuilder().message("Ana Ruiz", "Guaranteed leads")
    for number in range(MESSAGES):
        export.message("Ana Ruiz", f"Hello {number}")
    export.message("Ben Lee", f"{'word ' * 1_000}and guaranteed leads")
    for number in range(MESSAGES):
        export.message("Cy Fox", f"Hello {number}")
    inbox = filled(export)
    for name in ("Ana Ruiz", "Ben Lee"):
        assert look_of(of(inbox, name).signals) is Look.UNKNOWN
        assert said_against(of(inbox, name).signals) == "not all of it was read"
    assert said_against(of(inbox, "Cy Fox").signals) == "nothing against"


def test_whom_the_user_ever_wrote_to_is_no_stranger(filled: Fill):
    export = ExportBuilder().sent("Ana Ruiz", "Good to meet you", thread="2-old==")
    judged = of(filled(export.message("Ana Ruiz", PITCH, thread="2-new==")), "Ana Ruiz")
    assert "pitch" not in flags(judged)
    assert signals(judged)["wrote-before"].why == "you have written to them"


def test_who_was_invited_is_known(filled: Fill):
    export = ExportBuilder().invitation("Ana Ruiz", outgoing=True).message("Ana Ruiz", "Thanks for asking")
    assert "you-invited" in signals(of(filled(export), "Ana Ruiz"))


def test_days_without_an_answer_are_counted_not_messages(filled: Fill):
    export = ExportBuilder()
    for hour in (8, 9, 10, 11):
        export.message("Ana Ruiz", "Hello?", at=f"2026-11-01T{hour:02}:00")
    for day in (1, 4, 7):
        export.message("Ben Lee", "Hello?", at=f"2026-11-{day:02}T08:00")
    inbox = filled(export)
    assert "no-answer" not in flags(of(inbox, "Ana Ruiz"))
    assert signals(of(inbox, "Ben Lee"))["no-answer"].why == "wrote on 3 days without an answer"


def test_an_invitation_without_a_note_is_no_day_on_which_somebody_wrote(filled: Fill):
    export = ExportBuilder().invitation("Ana Ruiz", at="2026-11-01T08:00")
    for day in (2, 3):
        export.message("Ana Ruiz", "Hello?", at=f"2026-11-{day:02}T08:00")
    assert "no-answer" not in flags(of(filled(export), "Ana Ruiz"))


def test_a_pitch_on_the_day_of_connecting_is_a_fast_one(filled: Fill):
    export = ExportBuilder()
    for name, day in (("Ana Ruiz", "10"), ("Ben Lee", "01")):
        export.connection(name, on=f"2026-11-{day}").message(name, PITCH, at="2026-11-10T15:30")
    inbox = filled(export)
    assert signals(of(inbox, "Ana Ruiz"))["fast-pitch"].why == "a pitch within 15 h of connecting"
    assert "fast-pitch" not in signals(of(inbox, "Ben Lee"))


def test_colleagues_are_named_whatever_the_case_of_the_company(filled: Fill):
    export = ExportBuilder().connection("Dana Levi", company="Maersk").connection("Eli Roth", company="MAERSK")
    export.connection("Ana Ruiz", company="Maersk").message("Ana Ruiz", "Good morning")
    why = signals(of(filled(export), "Ana Ruiz"))["colleagues"].why
    assert why == "works where 2 of your contacts work (Maersk): Dana Levi, Eli Roth"


def test_a_large_company_is_not_counted_to_the_end(filled: Fill):
    export = ExportBuilder().connection("Ana Ruiz", company="Maersk").message("Ana Ruiz", "Good morning")
    for number in range(40):
        export.connection(f"Contact {number:02}", company="Maersk")
    why = signals(of(filled(export), "Ana Ruiz"))["colleagues"].why
    assert why.startswith("works where more than 20 of your contacts work (Maersk): ")
    assert why.count(",") == 2


def test_nobody_works_together_at_self_employed(filled: Fill):
    export = ExportBuilder()
    for name in ("Ana Ruiz", "Ben Lee", "Cy Fox"):
        export.connection(name, company="Self-employed")
    assert "colleagues" not in signals(of(filled(export.message("Ana Ruiz", "Good morning")), "Ana Ruiz"))


def test_what_speaks_of_the_owners_work_is_a_reason(filled: Fill):
    export = ExportBuilder().position("Northpier", "Auditor").position("Halden Cold Stores", "Auditor")
    judged = of(filled(export.invitation("Ana Ruiz", note="I read what Northpier wrote")), "Ana Ruiz")
    assert signals(judged)["about-you"].words == ("Northpier",)


def test_interests_speak_for_a_person(store_path, clock: Clock, tmp_path):
    interests = interests_from({"areas": {"logistics": ["cold chain"]}})
    inbox = Inbox.open(store_path, clock=clock, interests=interests)
    inbox.import_from(ExportBuilder().invitation("Ana Ruiz", note="Your talk on cold-chain audits").zip(tmp_path))
    area = signals(of(inbox, "Ana Ruiz"))["area"]
    assert (area.kind, area.why, area.words) == (SignalKind.REASON, "area: logistics", ("cold-chain",))
    inbox.close()


def test_campaigns_share_no_history(filled: Fill):
    export = ExportBuilder().sponsored("Grow", thread="2-a==").sponsored("Shrink", thread="2-b==")
    inbox = filled(export)
    assert all("wrote-before" not in signals(judged) for judged in inbox.judged(inbox.ids(View.ALL)[:]).values())


def test_who_came_before_did(filled: Fill):
    export = ExportBuilder().invitation("Ana Ruiz", note="Hello").message("Ana Ruiz", "Hello again")
    assert signals(of(filled(export), "Ana Ruiz"))["wrote-before"].why == "wrote to you once before"


def test_a_decision_changes_nothing_of_what_is_judged(filled: Fill):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz", note=PITCH))
    before = of(inbox, "Ana Ruiz")
    for decision in (Accept(), Junk()):
        inbox.apply(decision, inbox.ids(View.ALL)[:])
        assert of(inbox, "Ana Ruiz") == before


def test_a_page_is_judged_by_a_few_statements_whatever_its_size(filled: Fill):
    export = ExportBuilder()
    for number in range(60):
        export.message(Someone(f"Writer {number}", f"writer-{number}"), f"{PITCH} part {number}")
    inbox = filled(export)
    inbox.judged(inbox.ids(View.ALL)[:1])  # whose inbox it is, is read once
    ids, asked = inbox.ids(View.ALL)[:60], []
    inbox._store.conn.set_trace_callback(asked.append)
    inbox.judged(ids)
    assert len(asked) == 6, asked  # one of them for each group of twins: here one


def test_the_same_text_from_others_is_counted_and_who_of_them_was_junked(filled: Fill):
    export = ExportBuilder().invitation("Dee Roe", note="Shall we compare notes on how you audit reefers in winter?")
    for name in ("Ana Ruiz", "Ben Lee", "Cy Fox"):
        export.invitation(name, note="We restore wooden boats on the canal and look for somebody who can hold a chisel")
    inbox = filled(export)
    assert (of(inbox, "Ana Ruiz").twins, of(inbox, "Dee Roe").twins) == (2, 0)
    assert signals(of(inbox, "Ana Ruiz"))["twins"].why == "same text from 2 others"
    inbox.apply(Junk(), [row.id for row in inbox.rows(inbox.ids(View.ALL)[:]) if row.person.name == "Ben Lee"])
    assert signals(of(inbox, "Ana Ruiz"))["twins"].why == "same text from 2 others, 1 of them you junked"
    assert signals(of(inbox, "Ben Lee"))["twins"].why == "same text from 2 others"
