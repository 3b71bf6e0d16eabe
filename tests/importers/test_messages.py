import pytest

from linkinbox.importers.records import Ignored, Quarantined
from tests.builders import ALEX, LINKEDIN_MEMBER, MESSAGE_HEADERS, ExportBuilder, Someone, person
from tests.importers.reading import rows_of

WITH_DRAFTS = [version for version, header in MESSAGE_HEADERS.items() if "IS MESSAGE DRAFT" in header]
WITH_THREADS = [version for version in MESSAGE_HEADERS if version]
WITH_RECIPIENTS = [version for version in MESSAGE_HEADERS if version > 1]


def read(export, tmp_path):
    return rows_of(export.zip(tmp_path), "messages")


@pytest.mark.parametrize("version", MESSAGE_HEADERS)
def test_every_header_gives_sender_direction_time_and_text(version, tmp_path):
    export = ExportBuilder(messages=version)
    export.message("Ana Ruiz", "Hello, Alex", at="2023-07-03T04:05:00Z", subject="Hi")
    export.sent("Ana Ruiz", 'Hello "Ana"', at="2023-07-03T05:05:00Z", subject="Hi")
    incoming, outgoing = read(export, tmp_path)
    assert (incoming.sender.name, incoming.incoming, incoming.text) == ("Ana Ruiz", True, "Hello, Alex")
    assert (incoming.at, incoming.subject) == ("2023-07-03T04:05:00Z", "Hi")
    assert (outgoing.sender.name, outgoing.incoming, outgoing.text) == (ALEX.name, False, 'Hello "Ana"')
    assert [other.name for other in outgoing.others] == ["Ana Ruiz"]
    assert incoming.thread == outgoing.thread
    assert incoming.others == ()
    assert not incoming.draft


@pytest.mark.parametrize("version", WITH_THREADS)
def test_a_thread_keeps_its_id_as_it_is(version, tmp_path):
    (row,) = read(ExportBuilder(messages=version).message("Ana Ruiz", thread="2-YWJj/+ZGVm=="), tmp_path)
    assert row.thread == "2-YWJj/+ZGVm=="


@pytest.mark.parametrize("version", WITH_RECIPIENTS)
def test_recipients_come_from_addresses_never_from_names(version, tmp_path):
    doctor = Someone("Jane Doe, Ph.D.", "jane-doe")
    export = ExportBuilder(messages=version)
    export.sent(doctor).message(ALEX, to=[doctor, "Ben Lee"], thread="2-group==")
    alone, group = read(export, tmp_path)
    assert [(who.key, who.name) for who in alone.others] == [("in:jane-doe", "Jane Doe, Ph.D.")]
    assert [who.key for who in group.others] == ["in:jane-doe", "in:ben-lee"]
    assert [who.name for who in group.others] == ["", ""]


def test_names_of_a_group_are_given_where_no_comma_can_mislead(tmp_path):
    (row,) = read(ExportBuilder().message(ALEX, to=["Ana Ruiz", "Ben Lee"], thread="2-group=="), tmp_path)
    assert [who.name for who in row.others] == ["Ana Ruiz", "Ben Lee"]


def test_the_owner_is_not_among_the_others_of_a_group(tmp_path):
    (row,) = read(ExportBuilder().message("Ana Ruiz", to=[ALEX, "Ben Lee"]).profile("Alex Morgan"), tmp_path)
    assert row.incoming
    assert [who.key for who in row.others] == ["in:ben-lee"]


def test_a_comma_inside_an_address_does_not_split_it(tmp_path):
    (row,) = read(ExportBuilder().invitation("X").sent(Someone("Ana", "ana,ruiz")), tmp_path)
    assert [who.key for who in row.others] == ["in:ana,ruiz"]


@pytest.mark.parametrize("version", [0, 1])
def test_without_addresses_a_recipient_is_one_whole_weak_name(version, tmp_path):
    (row,) = read(ExportBuilder(messages=version).sent("Jane Doe, Ph.D."), tmp_path)
    (other,) = row.others
    assert other.name == "Jane Doe, Ph.D."
    assert other.key.startswith("weak:")


def test_people_without_an_address_are_one_per_thread(tmp_path):
    export = ExportBuilder()
    for thread in ("2-a==", "2-a==", "2-b=="):
        export.message(LINKEDIN_MEMBER, thread=thread)
    one, same, other = (row.sender.key for row in read(export, tmp_path))
    assert one == same != other
    assert one.startswith("weak:")


def test_the_threads_of_2018_are_told_apart_by_name_and_subject(tmp_path):
    export = ExportBuilder(messages=0)
    export.message("Ana Ruiz", subject="A").sent("Ana Ruiz", subject="A").message("Ana Ruiz", subject="B")
    one, answer, other = read(export, tmp_path)
    assert one.thread == answer.thread != other.thread
    again = read(ExportBuilder(messages=0).message("Ana Ruiz", subject="A"), tmp_path)
    assert again[0].thread == one.thread


def test_the_entities_of_2018_are_decoded_and_later_ones_are_what_was_typed(tmp_path):
    assert read(ExportBuilder(messages=0).message("Ana", "a &lt;b&gt; &amp;"), tmp_path)[0].text == "a <b> &"
    assert read(ExportBuilder().message("Ana", "a &lt;b&gt;"), tmp_path)[0].text == "a &lt;b&gt;"


@pytest.mark.parametrize("version", WITH_DRAFTS)
def test_a_draft_is_marked_and_never_incoming(version, tmp_path):
    export = ExportBuilder(messages=version).message("Ana Ruiz")
    export.draft("Dear Ana", to="Ana Ruiz", thread="2-ana-ruiz==").draft("Dear nobody")
    _, known, lone = read(export, tmp_path)
    assert (known.draft, known.incoming, known.thread) == (True, False, "2-ana-ruiz==")
    assert (lone.draft, lone.incoming, lone.thread, lone.others) == (True, False, "", ())


def test_a_draft_needs_no_date_and_a_message_does(tmp_path):
    export = ExportBuilder(messages=5)
    for draft in ("Yes", "No"):
        export.row("messages.csv", "2-a==", "", "Ana", "", "Alex Morgan", "", "", "", "hi", "", "", draft)
    draft, message = read(export, tmp_path)
    assert draft.at == ""
    assert isinstance(message, Quarantined)


def test_a_message_of_no_conversation_is_quarantined(tmp_path):
    (row,) = read(ExportBuilder().message("Ana Ruiz", thread=""), tmp_path)
    assert row.reason == "no conversation id"


def test_rows_from_nobody_to_nobody_are_ignored(tmp_path):
    export = (
        ExportBuilder(messages=2)
        .message("Ana")
        .row("messages.csv", "2-bot==", *[""] * 5, "2026-01-01 00:00:00 UTC", "", "beep", "INBOX")
    )
    assert read(export, tmp_path)[1] == Ignored(3, "no sender and no recipient")


def test_a_message_to_nobody_else_is_read(tmp_path):
    export = (
        ExportBuilder()
        .invitation("Ana")
        .message(ALEX, "note to self", to=[ALEX])
        .message(ALEX, "x", to=[], thread="2-x==")
    )
    to_self, to_nobody = read(export, tmp_path)
    assert (to_self.incoming, to_self.others) == (False, ())
    assert (to_nobody.incoming, to_nobody.others) == (False, ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_breaks_in_a_message_are_kept(end, tmp_path):
    export = ExportBuilder(messages=6).message("Ana Ruiz", f"Hello{end}{end}Alex").message("Ben Lee")
    first, second = read(export, tmp_path)
    assert first.text == f"Hello{end}{end}Alex"
    assert (first.line, second.line) == (2, 5)


def test_ordinary_text_comes_as_it_was_typed(tmp_path):
    text = "if a <b> then &amp; <script>alert(1)</script> \x1b[31m[bold] \u202e\u202f\ufffd =cmd  "
    (row,) = read(ExportBuilder().message("Ana Ruiz", text), tmp_path)
    assert row.text == text


def test_attachments_are_counted(tmp_path):
    links = ["https://www.linkedin.com/dms/prv/image/v2/a?e=1,2", "https://www.linkedin.com/dms/prv/vid/v2/b"]
    (row,) = read(ExportBuilder().message("Ana Ruiz", attachments=links), tmp_path)
    assert row.attachments == 2


@pytest.mark.parametrize("version", MESSAGE_HEADERS)
def test_a_campaign_is_recognised_by_its_editor(version, tmp_path):
    (row,) = read(ExportBuilder(messages=version).sponsored("Tom &amp; Co", title="", sender="Tom Sale"), tmp_path)
    assert row.sponsored
    assert row.text == "Tom & Co"


@pytest.mark.parametrize("version", WITH_THREADS)
def test_a_campaign_is_recognised_by_its_title(version, tmp_path):
    export = ExportBuilder(messages=version)
    export.message(LINKEDIN_MEMBER, "Buy <now>", thread="2-a==", title="Sponsored Conversation")
    export.sent(LINKEDIN_MEMBER, "No", thread="2-a==", title="Sponsored Conversation")
    export.message(person("Ana Ruiz"), "Hi", title="Sponsored Conversation")
    campaign, answer, stranger = read(export, tmp_path)
    assert campaign.sponsored
    assert campaign.text == "Buy <now>"
    assert not answer.sponsored
    assert not stranger.sponsored


def test_a_stranger_of_the_owners_name_stays_a_stranger(tmp_path):
    (_, row) = read(ExportBuilder().message("Ana").message(Someone("Alex Morgan", "another-alex")), tmp_path)
    assert row.incoming
