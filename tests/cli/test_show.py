from tests.builders import ALEX, ExportBuilder, Someone

KEYS = {"messages", "history", "call", "url", "title", "drafts", "others", "as_of", "id", "uid", "person", "state"}


def test_a_card_as_json_has_the_lists_fields_and_the_rest(cli, tmp_path):
    export = ExportBuilder().message(
        "Ana Ruiz", "Hi\nthere", subject="Audit", attachments=["https://files.example/a"], at="2026-11-01 10:00"
    )
    export.sent("Ana Ruiz", "Hello", at="2026-11-02 10:00").message("Ana Ruiz", "When?", at="2026-11-03 10:00")
    export.draft("Perhaps", to="Ana Ruiz", thread="2-ana-ruiz==")
    cli.fill(export, tmp_path)
    (row,) = cli.json("list")
    cli("accept", row["id"], "--note", "knows ports")
    card = cli.json("show", row["id"])
    assert set(card) >= KEYS
    assert [(m["at"], m["sender"], m["incoming"], m["text"]) for m in card["messages"]] == [
        ("2026-11-01T10:00:00Z", "Ana Ruiz", True, "Hi\nthere"),
        ("2026-11-02T10:00:00Z", "Alex Morgan", False, "Hello"),
        ("2026-11-03T10:00:00Z", "Ana Ruiz", True, "When?"),
    ]
    assert set(card["messages"][0]) == {"at", "sender", "incoming", "subject", "text", "attachments"}
    assert (card["messages"][0]["subject"], card["messages"][0]["attachments"]) == ("Audit", 1)
    assert [entry["action"] for entry in card["history"]] == ["accept", "note"]
    assert card["notes"] == ["knows ports"]
    assert card["drafts"] == ["Perhaps"]
    assert card["call"] is None
    assert card["url"].startswith("https://www.linkedin.com/messaging/thread/")
    assert card == cli.json("show", row["uid"])


def test_a_whole_thread_is_shown_to_programs_and_its_end_to_people(cli, tmp_path):
    export = ExportBuilder()
    for number in range(70):
        export.message("Ana Ruiz", f"Message {number}")
    cli.fill(export, tmp_path)
    assert len(cli.json("show", 1)["messages"]) == 70
    shown = cli("show", 1).stdout
    assert "20 earlier messages" in shown
    assert "Message 69" in shown
    assert "Message 19\n" not in shown


def test_people_see_who_what_and_what_nobody_knows(cli, tmp_path):
    cli.fill(ExportBuilder().invitation("Ana Ruiz", note="About\ncold chain", at="2026-11-01 10:00"), tmp_path)
    cli("call", 1, "--at", "2026-12-01T15:00Z", "--note", "her audit")
    shown = cli("show", 1).stdout
    assert shown.startswith("Ana Ruiz\n")
    assert "not in the export: headline, company, whether you are connected" in shown
    assert "1 Nov 2026 11:00  Ana Ruiz" in shown
    assert "  About\n  cold chain\n" in shown
    assert "call 1 Dec 2026 16:00, 30 minutes: booked" in shown
    assert "note: her audit" in shown
    assert "https://www.linkedin.com/in/ana-ruiz" in shown


def test_others_in_a_thread_are_named(cli, tmp_path):
    ana, ben = Someone("Ana Ruiz", "ana"), Someone("Ben Lee", "ben")
    export = ExportBuilder().message(ben, "Hi both", to=[ALEX, ana], thread="2-three==", title="Three of us")
    export.message(ana, "Hi", to=[ALEX, ben], thread="2-three==", title="Three of us")
    cli.fill(export, tmp_path)
    card = cli.json("show", 1)
    assert card["title"] == "Three of us"
    assert len(card["others"]) == 1
    assert "also in the thread" in cli("show", 1).stdout
