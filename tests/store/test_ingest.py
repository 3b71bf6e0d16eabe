"""Imports, through the inbox: what becomes an item, what is filed, and that nothing is lost or asked twice."""

from __future__ import annotations

import time
from datetime import date

import pytest

from linkinbox.decisions import Accept, Done, Gold, Junk, Note
from linkinbox.errors import LinkinboxError, NotAnExportError, SourceError
from linkinbox.inbox import Inbox
from linkinbox.model import FiledBecause, Kind, Row, State, View
from linkinbox.store import ingest
from tests.builders import LINKEDIN_MEMBER, ExportBuilder, Someone


def rows(inbox, view=View.ALL) -> list[Row]:
    ids = inbox.ids(view)
    return inbox.rows(ids[: len(ids)])


def names(inbox, view=View.ALL) -> list[str]:
    return [row.person.name for row in rows(inbox, view)]


def one(inbox, name) -> Row:
    (row,) = [row for row in rows(inbox) if row.person.name == name]
    return row


def the_file(report, name):
    (file,) = [file for file in report.files if file.name == name]
    return file


def adds_up(report) -> bool:
    return all(f.rows == f.new + f.changed + f.same + f.ignored + f.quarantined for f in report.files)


# ── what becomes an item ──


def test_an_incoming_invitation_of_a_stranger_is_new(filled):
    inbox = filled(ExportBuilder().invitation("Ana Ruiz", note="Enjoyed your talk").connection("Ben Lee"))
    (row,) = rows(inbox, View.NEW)
    assert (row.kind, row.state, row.text) == (Kind.INVITATION, State.NEW, "Enjoyed your talk")
    assert row.person.connected is False


def test_an_invitation_of_a_connection_is_filed_and_not_asked_about(filled):
    inbox = filled(ExportBuilder().invitation("Ben Lee").connection("Ben Lee", company="Acme", position="CEO"))
    (row,) = rows(inbox)
    assert (row.state, row.filed_because) == (State.FILED, FiledBecause.CONNECTED)
    assert (row.person.company, row.person.position, row.person.connected_on) == ("Acme", "CEO", date(2026, 1, 7))
    assert rows(inbox, View.NEW) == []


def test_a_percent_encoded_slug_in_connections_is_the_raw_one_in_invitations(filled):
    inbox = filled(ExportBuilder().invitation("Zoë Søren").connection("Zoë Søren"))
    assert one(inbox, "Zoë Søren").filed_because is FiledBecause.CONNECTED


def test_without_a_connections_file_the_status_is_unknown(inbox, tmp_path):
    report = inbox.import_from(ExportBuilder().invitation("Ana Ruiz").zip(tmp_path))
    assert one(inbox, "Ana Ruiz").person.connected is None
    assert (report.items.new, report.items.unknown_status) == (1, 1)


def test_outgoing_invitations_are_kept_and_are_no_items(inbox, tmp_path):
    report = inbox.import_from(ExportBuilder().invitation("Ana Ruiz", outgoing=True).zip(tmp_path))
    assert rows(inbox) == []
    assert the_file(report, "Invitations.csv").new == 1


def test_a_thread_is_one_item_with_its_newest_incoming_message(filled):
    inbox = filled(
        ExportBuilder()
        .message("Ana Ruiz", "First", at="2026-10-01 10:00")
        .sent("Ana Ruiz", "Answer", at="2026-10-02 10:00")
        .message("Ana Ruiz", "Second", at="2026-10-03 10:00")
    )
    (row,) = rows(inbox, View.MESSAGES)
    assert (row.text, row.messages, row.at.isoformat()) == ("Second", 3, "2026-10-03T10:00:00+00:00")
    assert [m.text for m in inbox.item(row.id).messages] == ["First", "Answer", "Second"]
    assert [m.incoming for m in inbox.item(row.id).messages] == [True, False, True]


def test_a_thread_whose_last_message_is_mine_is_filed(filled):
    inbox = filled(ExportBuilder().message("Ana Ruiz", "Hi").sent("Ana Ruiz", "Hello"))
    assert one(inbox, "Ana Ruiz").filed_because is FiledBecause.REPLIED


def test_a_thread_with_only_my_messages_is_no_item_until_the_other_writes(inbox, tmp_path):
    first = ExportBuilder().sent("Ana Ruiz", "Hello?", at="2026-10-01 10:00")
    inbox.import_from(first.zip(tmp_path))
    assert (rows(inbox), inbox.counts()[View.ALL]) == ([], 0)
    inbox.import_from(first.message("Ana Ruiz", "Yes!", at="2026-10-02 10:00").zip(tmp_path, "later.zip"))
    assert one(inbox, "Ana Ruiz").state is State.NEW


def test_sponsored_threads_are_marked_and_their_html_is_text(filled):
    inbox = filled(ExportBuilder().sponsored("Hi %FIRSTNAME% &amp; co").sponsored("More", thread="2-other=="))
    first, second = rows(inbox)
    assert first.sponsored
    assert second.sponsored
    assert second.text == "Hi %FIRSTNAME% & co"
    assert first.person.key != second.person.key


def test_drafts_are_kept_apart_and_file_nothing(inbox, tmp_path):
    export = ExportBuilder().message("Ana Ruiz", "Hi").draft("Dear Ana", thread="2-ana-ruiz==").draft("Nobody yet")
    report = inbox.import_from(export.zip(tmp_path))
    row = one(inbox, "Ana Ruiz")
    assert row.state is State.NEW
    assert inbox.item(row.id).drafts == ("Dear Ana",)
    assert the_file(report, "messages.csv").reasons == {"draft": 2}


def test_date_only_connections_are_counted_and_are_nobody(inbox, tmp_path):
    export = ExportBuilder().connection("Ben Lee").date_only_connection().date_only_connection()
    file = the_file(inbox.import_from(export.zip(tmp_path)), "Connections.csv")
    assert (file.rows, file.new, file.ignored, file.reasons) == (3, 1, 2, {"date-only connection": 2})


def test_people_without_a_link_are_never_merged(filled):
    inbox = filled(ExportBuilder(invitations=0).invitation("Jo Kim", note="one").invitation("Jo Kim", note="two"))
    first, second = rows(inbox)
    assert first.person.key != second.person.key


def test_a_namesake_among_the_connections_is_a_hint_and_no_match(filled):
    inbox = filled(ExportBuilder(invitations=0, connections=1).invitation("Jo Kim").connection("Jo Kim"))
    row = one(inbox, "Jo Kim")
    assert (row.state, row.person.connected) == (State.NEW, None)
    assert inbox.item(row.id).namesake == date(2026, 1, 7)


def test_a_link_taken_over_by_a_stranger_is_told_and_kept_apart(inbox, tmp_path):
    inbox.import_from(ExportBuilder().invitation(Someone("Ana Ruiz", "ana"), at="2026-10-01 10:00").zip(tmp_path))
    later = ExportBuilder().invitation(Someone("Bob Stone", "ana"), at="2026-11-01 10:00")
    report = inbox.import_from(later.zip(tmp_path, "later.zip"))
    assert len({row.person.key for row in rows(inbox)}) == 2
    assert "in:ana was Ana Ruiz before and is Bob Stone here" in report.warnings[0]


def test_a_linkedin_member_is_somebody_else_in_each_thread(filled):
    inbox = filled(
        ExportBuilder().message(LINKEDIN_MEMBER, "a", thread="2-a==").message(LINKEDIN_MEMBER, "b", thread="2-b==")
    )
    first, second = rows(inbox)
    assert first.person.key != second.person.key


# ── again, later, in pieces ──


def test_the_same_file_again_changes_nothing(inbox, tmp_path):
    source = ExportBuilder().invitation("Ana Ruiz").message("Ben Lee").zip(tmp_path)
    inbox.import_from(source)
    again = inbox.import_from(source)
    assert again.nothing_new
    assert again.seen_before is not None
    assert adds_up(again)
    assert [f.same for f in again.files] == [f.rows for f in again.files]


def test_overlapping_exports_merge_without_duplicates(inbox, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz").message("Ben Lee", "Hi").connection("Cy Fox")
    inbox.import_from(export.zip(tmp_path))
    report = inbox.import_from(export.invitation("Dan Poe").message("Ben Lee", "Still there?").zip(tmp_path, "b.zip"))
    assert sorted(names(inbox)) == ["Ana Ruiz", "Ben Lee", "Dan Poe"]
    assert (the_file(report, "Invitations.csv").new, the_file(report, "Invitations.csv").same) == (1, 1)
    assert (the_file(report, "messages.csv").new, the_file(report, "messages.csv").same) == (1, 1)
    assert (the_file(report, "Connections.csv").new, the_file(report, "Connections.csv").same) == (0, 1)


def test_what_a_later_export_lacks_stays(inbox, tmp_path):
    inbox.import_from(ExportBuilder().invitation("Ana Ruiz").zip(tmp_path))
    inbox.import_from(ExportBuilder().invitation("Ben Lee").zip(tmp_path, "later.zip"))
    assert sorted(names(inbox, View.NEW)) == ["Ana Ruiz", "Ben Lee"]


def test_the_partial_zip_first_leads_to_the_same_as_the_complete_one_alone(inbox, store_path, tmp_path, clock):
    whole = ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee").connection("Ben Lee").message("Cy Fox")
    partial = ExportBuilder().raw("Connections.csv", whole.files()["Connections.csv"])
    inbox.import_from(partial.zip(tmp_path, "partial.zip"))
    inbox.import_from(whole.zip(tmp_path))
    other = Inbox.open(tmp_path / "other" / "inbox.db", clock=clock)
    other.import_from(whole.zip(tmp_path))
    told = [[(r.uid, r.state, r.text, r.person.connected) for r in rows(i)] for i in (inbox, other)]
    other.close()
    assert told[0] == told[1]


def test_connections_that_come_later_file_what_was_new(inbox, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee")
    inbox.import_from(export.csv(tmp_path, "Invitations.csv"))
    report = inbox.import_from(export.connection("Ben Lee").csv(tmp_path, "Connections.csv"))
    assert one(inbox, "Ben Lee").filed_because is FiledBecause.CONNECTED
    assert one(inbox, "Ana Ruiz").person.connected is False
    assert report.items.now_connected == 1


def test_lone_files_of_one_day_know_of_one_another(inbox, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz").connection("Ben Lee")
    inbox.import_from(export.csv(tmp_path, "Connections.csv"))
    inbox.import_from(export.csv(tmp_path, "Invitations.csv"))
    assert one(inbox, "Ana Ruiz").person.connected is False


def test_an_old_list_of_connections_does_not_say_who_is_none_today(inbox, tmp_path):
    inbox.import_from(ExportBuilder(as_of=date(2026, 11, 20)).invitation("Ana Ruiz").zip(tmp_path))
    inbox.import_from(ExportBuilder(as_of=date(2024, 3, 1)).connection("Cy Fox").zip(tmp_path))
    assert one(inbox, "Ana Ruiz").person.connected is None


def test_todays_list_of_connections_says_so_of_old_invitations_too(inbox, tmp_path):
    inbox.import_from(ExportBuilder(as_of=date(2026, 11, 20)).connection("Ben Lee").zip(tmp_path))
    inbox.import_from(ExportBuilder(as_of=date(2024, 3, 1)).connection("Cy Fox").invitation("Ana Ruiz").zip(tmp_path))
    assert one(inbox, "Ana Ruiz").person.connected is False


def test_an_older_export_overwrites_no_newer_position(inbox, tmp_path):
    inbox.import_from(ExportBuilder(as_of=date(2026, 11, 20)).connection("Ben Lee", company="New").zip(tmp_path))
    inbox.import_from(
        ExportBuilder(as_of=date(2025, 1, 1)).connection("Ben Lee", company="Old").invitation("Ben Lee").zip(tmp_path)
    )
    assert one(inbox, "Ben Lee").person.company == "New"


def test_a_new_position_is_a_change(inbox, tmp_path):
    inbox.import_from(ExportBuilder(as_of=date(2025, 1, 1)).connection("Ben Lee", company="Old").zip(tmp_path))
    report = inbox.import_from(ExportBuilder().connection("Ben Lee", company="New").zip(tmp_path))
    assert the_file(report, "Connections.csv").changed == 1


def test_exact_duplicate_rows_are_one_message_and_are_counted(inbox, tmp_path):
    export = ExportBuilder()
    for _ in range(3):
        export.message("Ana Ruiz", "Hi", at="2026-10-01 10:00")
    report = inbox.import_from(export.zip(tmp_path))
    file = the_file(report, "messages.csv")
    assert (file.rows, file.new, file.reasons) == (3, 1, {"exact duplicate": 2})
    assert one(inbox, "Ana Ruiz").messages == 1


def test_two_texts_in_one_second_are_two_messages(filled):
    inbox = filled(
        ExportBuilder()
        .message("Ana Ruiz", "Hi", at="2026-10-01 10:00")
        .message("Ana Ruiz", "there", at="2026-10-01 10:00")
    )
    assert one(inbox, "Ana Ruiz").messages == 2


@pytest.mark.parametrize("batch", [1, 2, 3, 7])
def test_the_size_of_a_batch_changes_nothing(inbox, tmp_path, clock, monkeypatch, batch):
    export = ExportBuilder().connection("Ben Lee").invitation("Ana Ruiz").invitation("Ben Lee")
    for number in range(12):
        export.message("Ana Ruiz" if number % 3 else "Cy Fox", f"text {number}")
    export.sent("Cy Fox", "done").message("Cy Fox", "done", at="2026-01-01 10:00").sponsored().sponsored("x")
    source = export.zip(tmp_path)
    whole = inbox.import_from(source)
    monkeypatch.setattr(ingest, "LARGE", batch)
    other = Inbox.open(tmp_path / "other" / "inbox.db", clock=clock)
    pieces = other.import_from(source)
    told = [[(r.uid, r.state, r.text, r.messages, r.at, r.sponsored) for r in rows(i)] for i in (inbox, other)]
    counts = [i.counts().views for i in (inbox, other)]
    other.close()
    assert told[0] == told[1]
    assert counts[0] == counts[1]
    assert (whole.items, [f.as_json() for f in whole.files]) == (pieces.items, [f.as_json() for f in pieces.files])


def test_an_import_that_was_cut_off_is_completed_by_the_next_run(inbox, tmp_path, monkeypatch):
    export = ExportBuilder()
    for number in range(20):
        export.message("Ana Ruiz", f"text {number}")
    source = export.zip(tmp_path)
    monkeypatch.setattr(ingest, "LARGE", 5)

    def cut_off(progress):
        if progress.rows >= 12:
            raise KeyboardInterrupt

    monkeypatch.setattr(ingest, "TOLD_EVERY", 1)
    with pytest.raises(KeyboardInterrupt):
        inbox.import_from(source, progress=cut_off)
    assert one(inbox, "Ana Ruiz").messages == 10
    report = inbox.import_from(source)
    assert (the_file(report, "messages.csv").same, the_file(report, "messages.csv").new) == (10, 10)
    assert one(inbox, "Ana Ruiz").messages == 20
    assert inbox.import_from(source).nothing_new


def test_line_breaks_that_an_older_export_flattened_are_taken_over(inbox, tmp_path):
    flat = ExportBuilder(messages=4).message("Ana Ruiz", "Hello  world", at="2026-10-01 10:00")
    inbox.import_from(flat.zip(tmp_path))
    real = ExportBuilder(messages=6).message("Ana Ruiz", "Hello\nworld", at="2026-10-01 10:00")
    report = inbox.import_from(real.zip(tmp_path, "b.zip"))
    row = one(inbox, "Ana Ruiz")
    assert (row.text, row.messages, the_file(report, "messages.csv").changed) == ("Hello\nworld", 1, 1)
    inbox.import_from(flat.zip(tmp_path, "flat.zip", top="x"))
    assert one(inbox, "Ana Ruiz").text == "Hello\nworld"
    assert len(inbox.ids(View.ALL, "hello world")) == 1


@pytest.mark.parametrize("later", [Someone("Ana Ruiz", "ana-ruiz-phd"), LINKEDIN_MEMBER])
def test_a_sender_whose_link_changed_or_went_wrote_the_same_message(inbox, tmp_path, later):
    inbox.import_from(ExportBuilder().message("Ana Ruiz", "Hi", at="2026-10-01 10:00", thread="2-a==").zip(tmp_path))
    report = inbox.import_from(
        ExportBuilder().message(later, "Hi", at="2026-10-01 10:00", thread="2-a==").zip(tmp_path, "b.zip")
    )
    assert (the_file(report, "messages.csv").same, one(inbox, "Ana Ruiz").messages) == (1, 1)


def test_two_people_may_say_the_same_in_one_second(filled):
    both = {"at": "2026-10-01 10:00", "thread": "2-group=="}
    inbox = filled(ExportBuilder().message("Ana Ruiz", "Congrats!", **both).message("Ben Lee", "Congrats!", **both))
    assert [row.messages for row in rows(inbox)] == [2]


def test_what_differs_is_no_exact_duplicate(inbox, tmp_path):
    same = {"at": "2026-10-01 10:00"}
    export = (
        ExportBuilder()
        .message("Ana Ruiz", "Hi", subject="one", **same)
        .message("Ana Ruiz", "Hi", subject="two", **same)
        .message("Ben Lee", "", attachments=["https://a"], **same)
        .message("Ben Lee", "", attachments=["https://b"], **same)
        .invitation("Cy Fox", note="one", **same)
        .invitation("Cy Fox", note="two", **same)
    )
    report = inbox.import_from(export.zip(tmp_path))
    assert [f.reasons for f in report.files] == [{}, {}, {}]
    assert sorted(row.messages for row in rows(inbox)) == [1, 1, 2, 2]


def test_a_note_is_not_lost_to_an_older_or_emptier_export(inbox, tmp_path):
    at = "2026-01-10 10:00"
    inbox.import_from(ExportBuilder().invitation("Ana Ruiz", note="new text", at=at).zip(tmp_path))
    for number, (note, as_of) in enumerate([("", date(2026, 11, 22)), ("old text", date(2026, 1, 20))]):
        inbox.import_from(
            ExportBuilder(as_of=as_of).invitation("Ana Ruiz", note=note, at=at).zip(tmp_path, f"{number}.zip")
        )
        assert one(inbox, "Ana Ruiz").text == "new text"
    newer = ExportBuilder(as_of=date(2026, 11, 23)).invitation("Ana Ruiz", note="newest", at=at)
    assert the_file(inbox.import_from(newer.zip(tmp_path)), "Invitations.csv").changed == 1
    assert one(inbox, "Ana Ruiz").text == "newest"


def test_another_name_in_the_same_export_is_the_same_person(filled):
    inbox = filled(
        ExportBuilder().connection(Someone("Margaret Draper", "mo")).invitation(Someone("Peggy Olson", "mo"))
    )
    (row,) = rows(inbox)
    assert (row.filed_because, row.person.name) == (FiledBecause.CONNECTED, "Margaret Draper")


def test_a_person_met_without_a_name_is_named_by_a_later_row(filled):
    export = ExportBuilder().message("Alex Morgan", "Hi all", to=["Jane Doe, Ph.D.", "Max Low"], thread="2-group==")
    inbox = filled(export.invitation(Someone("Jane Doe, Ph.D.", "jane-doe-ph-d")))
    assert names(inbox) == ["Jane Doe, Ph.D."]


def test_a_row_that_cannot_be_used_says_nothing_of_the_owner(inbox, tmp_path):
    bad = ExportBuilder(profile=False, owner=Someone("Pat Stranger", "pat"))
    bad.row(
        "Invitations.csv", "Bob", "Pat Stranger", "yesterday", "", "INCOMING", "https://www.linkedin.com/in/bob", ""
    )
    with pytest.raises(NotAnExportError):
        inbox.import_from(bad.zip(tmp_path, "bad.zip"))
    inbox.import_from(ExportBuilder().invitation("Ana Ruiz").zip(tmp_path))
    assert names(inbox) == ["Ana Ruiz"]


def test_a_draft_that_was_sent_since_is_none_any_more(inbox, tmp_path):
    export = ExportBuilder().message("Ana Ruiz", "Hi").draft("Dear Ana", thread="2-ana-ruiz==")
    inbox.import_from(export.zip(tmp_path))
    inbox.import_from(export.sent("Ana Ruiz", "Dear Ana").zip(tmp_path, "b.zip"))
    assert inbox.item(one(inbox, "Ana Ruiz").id).drafts == ()


def test_the_report_after_a_cut_off_import_counts_what_that_one_made(inbox, tmp_path, monkeypatch):
    export = ExportBuilder()
    for number in range(20):
        export.invitation(f"Person {number}")
    source = export.zip(tmp_path)
    monkeypatch.setattr(ingest, "LARGE", 5)
    monkeypatch.setattr(ingest, "TOLD_EVERY", 1)

    def cut_off(progress):
        if progress.rows >= 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        inbox.import_from(source, progress=cut_off)
    assert inbox.import_from(source).items.new == 20


# ── decisions and imports ──


def test_an_import_never_touches_a_decision(inbox, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz").invitation("Ben Lee").message("Cy Fox", "Hi")
    inbox.import_from(export.zip(tmp_path))
    inbox.apply(Accept(), [one(inbox, "Ana Ruiz").id])
    inbox.apply(Junk(), [one(inbox, "Ben Lee").id])
    inbox.apply(Junk(), [one(inbox, "Cy Fox").id])
    inbox.apply(Note("met in Hamburg"), [one(inbox, "Ana Ruiz").id])
    inbox.import_from(
        export.connection("Ana Ruiz").connection("Ben Lee").message("Cy Fox", "Hm?").zip(tmp_path, "b.zip")
    )
    assert (one(inbox, "Ana Ruiz").state, one(inbox, "Ana Ruiz").carried_out) == (State.TO_ACCEPT, True)
    assert one(inbox, "Ben Lee").state is State.JUNK
    assert one(inbox, "Cy Fox").state is State.JUNK
    assert inbox.item(one(inbox, "Ana Ruiz").id).notes == ("met in Hamburg",)


def test_what_is_carried_out_leaves_the_list_of_what_to_do(inbox, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz")
    inbox.import_from(export.zip(tmp_path))
    inbox.apply(Accept(), [one(inbox, "Ana Ruiz").id])
    assert names(inbox, View.TO_ACCEPT) == ["Ana Ruiz"]
    inbox.import_from(export.connection("Ana Ruiz").zip(tmp_path, "b.zip"))
    assert names(inbox, View.TO_ACCEPT) == []
    assert names(inbox, View.CONNECTED) == ["Ana Ruiz"]


@pytest.mark.parametrize("decision", [Done(), Accept()])
def test_a_thread_that_was_dealt_with_is_new_again_when_the_other_writes_again(inbox, tmp_path, decision):
    export = ExportBuilder().message("Ana Ruiz", "Hi", at="2026-10-01 10:00")
    inbox.import_from(export.zip(tmp_path))
    inbox.apply(decision, [one(inbox, "Ana Ruiz").id])
    export.sent("Ana Ruiz", "Hello", at="2026-10-02 10:00")
    inbox.import_from(export.zip(tmp_path, "b.zip"))
    assert one(inbox, "Ana Ruiz").state in {State.DONE, State.TO_REPLY}
    report = inbox.import_from(export.message("Ana Ruiz", "So?", at="2026-10-03 10:00").zip(tmp_path, "c.zip"))
    assert one(inbox, "Ana Ruiz").state is State.NEW
    assert report.items.back == 1


def test_what_a_valuable_contact_writes_later_is_marked_too(inbox, tmp_path):
    export = ExportBuilder().invitation("Ana Ruiz")
    inbox.import_from(export.zip(tmp_path))
    inbox.apply(Gold(), [one(inbox, "Ana Ruiz").id])
    inbox.import_from(export.message("Ana Ruiz", "Hi").zip(tmp_path, "b.zip"))
    assert [row.gold for row in rows(inbox)] == [True, True]


def test_filed_items_can_be_decided_on(filled):
    inbox = filled(ExportBuilder().invitation("Ben Lee").connection("Ben Lee"))
    inbox.apply(Junk(), [one(inbox, "Ben Lee").id])
    assert one(inbox, "Ben Lee").state is State.JUNK


# ── what goes wrong ──


def test_bad_rows_are_kept_named_and_counted_and_the_good_ones_imported(inbox, tmp_path):
    export = (
        ExportBuilder().invitation("Ana Ruiz").row("Invitations.csv", "Bob", "Alex Morgan", "yesterday", "", "INCOMING")
    )
    report = inbox.import_from(export.zip(tmp_path))
    file = the_file(report, "Invitations.csv")
    assert (file.new, file.quarantined) == (1, 1)
    assert adds_up(report)
    (problem,) = inbox.problems()
    assert problem.file == "Invitations.csv"
    assert "Bob" in problem.raw


def test_equal_bad_rows_are_each_kept_and_told_once_however_often_they_come(inbox, tmp_path):
    bad = ["Bob", "Alex Morgan", "yesterday", "", "INCOMING", "", ""]
    export = ExportBuilder().invitation("Ana Ruiz").row("Invitations.csv", *bad).row("Invitations.csv", *bad)
    report = inbox.import_from(export.zip(tmp_path))
    assert the_file(report, "Invitations.csv").quarantined == len(inbox.problems()) == 2
    inbox.import_from(export.zip(tmp_path, "again.zip", top="x"))
    assert len(inbox.problems()) == 2


def test_no_usable_row_is_an_error_that_says_what_was_expected(inbox, tmp_path):
    export = ExportBuilder(profile=False).row("Invitations.csv", "Bob", "Al", "yesterday", "", "INCOMING", "", "")
    with pytest.raises(NotAnExportError, match=r"Expected Invitations\.csv"):
        inbox.import_from(export.zip(tmp_path))
    assert inbox.is_empty()


def test_another_members_export_is_refused_before_anything_is_mixed(inbox, tmp_path):
    inbox.import_from(ExportBuilder().invitation("Ana Ruiz").zip(tmp_path))
    theirs = ExportBuilder(owner=Someone("Robin Vale", "robin-vale")).invitation("Ben Lee")
    with pytest.raises(SourceError, match="Robin Vale's export"):
        inbox.import_from(theirs.zip(tmp_path, "theirs.zip"))
    assert names(inbox) == ["Ana Ruiz"]


def test_a_new_slug_of_ones_own_is_no_other_member(inbox, tmp_path):
    inbox.import_from(ExportBuilder().invitation("Ana Ruiz").zip(tmp_path))
    renamed = ExportBuilder(owner=Someone("Alex Morgan", "alex-morgan-phd")).invitation("Ben Lee")
    inbox.import_from(renamed.zip(tmp_path, "renamed.zip"))
    assert sorted(names(inbox)) == ["Ana Ruiz", "Ben Lee"]


def test_a_lone_file_that_does_not_tell_the_owner_is_read_with_the_one_that_is_known(inbox, tmp_path):
    inbox.import_from(ExportBuilder().invitation("Ana Ruiz").zip(tmp_path))
    lone = ExportBuilder(profile=False).sent("Ben Lee", "Hi").message("Ben Lee", "Hello back")
    inbox.import_from(lone.csv(tmp_path, "messages.csv"))
    assert [m.incoming for m in inbox.item(one(inbox, "Ben Lee").id).messages] == [False, True]


def test_a_bad_source_changes_nothing(inbox, tmp_path):
    bad = tmp_path / "export.zip"
    bad.write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(LinkinboxError):
        inbox.import_from(bad)
    assert inbox.counts()[View.ALL] == 0


def test_progress_tells_rows_and_bytes(inbox, tmp_path):
    told = []
    inbox.import_from(ExportBuilder().invitation("Ana Ruiz").message("Ben Lee").zip(tmp_path), progress=told.append)
    assert told[-1].bytes == told[-1].total_bytes > 0


def test_an_import_beside_a_screen_writes_in_small_steps(inbox, store_path, tmp_path, monkeypatch):
    naps = []
    monkeypatch.setattr(time, "sleep", naps.append)
    monkeypatch.setattr(ingest, "SMALL", 1)
    export = ExportBuilder().message("Ana Ruiz").message("Ben Lee")
    screen = Inbox.open(store_path)
    inbox.import_from(export.zip(tmp_path))
    screen.close()
    assert len(naps) >= 2
    naps.clear()
    inbox.import_from(export.message("Cy Fox").zip(tmp_path, "alone.zip"))
    assert naps == []


@pytest.mark.parametrize("version", range(8))
def test_every_header_of_messages_imports_with_counts_that_add_up(inbox, tmp_path, version):
    export = (
        ExportBuilder(messages=version).message("Ana Ruiz", "Hi").sent("Ana Ruiz", "Hello").message("Ben Lee", "Yo")
    )
    report = inbox.import_from(export.zip(tmp_path))
    assert the_file(report, "messages.csv").new == 3
    assert adds_up(report)
    assert "Ben Lee" in names(inbox, View.NEW)
    assert inbox.import_from(export.zip(tmp_path, "again.zip", top="top")).nothing_new


@pytest.mark.parametrize("version", range(4))
def test_every_header_of_invitations_imports_with_counts_that_add_up(inbox, tmp_path, version):
    export = ExportBuilder(invitations=version).invitation("Ana Ruiz").invitation("Ben Lee", outgoing=True)
    report = inbox.import_from(export.zip(tmp_path))
    assert the_file(report, "Invitations.csv").new == 2
    assert names(inbox, View.NEW) == ["Ana Ruiz"]
    assert inbox.import_from(export.zip(tmp_path, "again.zip", top="top")).nothing_new


@pytest.mark.parametrize("version", range(4))
def test_every_header_of_connections_imports_with_counts_that_add_up(inbox, tmp_path, version):
    export = ExportBuilder(connections=version).connection("Ana Ruiz").connection("Ben Lee")
    report = inbox.import_from(export.zip(tmp_path))
    assert the_file(report, "Connections.csv").new == 2
    assert adds_up(report)
