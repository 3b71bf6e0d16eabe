import pytest

from linkinbox.importers.export import open_export
from linkinbox.importers.records import Owner
from tests.builders import ALEX, ExportBuilder, Someone


def owner_of(export, tmp_path):
    with open_export(export.zip(tmp_path)) as source:
        return source.owner


def test_the_owner_sent_the_outgoing_and_received_the_incoming_invitations(tmp_path):
    export = ExportBuilder(profile=False).invitation("Ana").invitation("Ben", outgoing=True).invitation("Cleo")
    owner = owner_of(export, tmp_path)
    assert (owner.name, owner.key, owner.keys) == ("Alex Morgan", "in:alex-morgan", {"in:alex-morgan"})


def test_an_address_beats_the_name_of_the_profile(tmp_path):
    export = ExportBuilder().invitation("Ana").profile("Alex Morgan-Smith")
    owner = owner_of(export, tmp_path)
    assert (owner.name, owner.key) == ("Alex Morgan-Smith", "in:alex-morgan")


@pytest.mark.parametrize("version", [0, 1, 2])
def test_where_invitations_have_no_address_messages_tell(version, tmp_path):
    export = ExportBuilder(invitations=version).invitation("Ana").message("Ana").message("Ben").message("Cleo")
    owner = owner_of(export, tmp_path)
    assert owner.key == "in:alex-morgan"
    assert (f"member:{ALEX.urn.rpartition(':')[2]}" in owner.keys) == (version == 1)


def test_the_owner_is_in_most_conversations(tmp_path):
    export = ExportBuilder(profile=False)
    for name in ("Ana", "Ben", "Cleo"):
        export.message(name).sent(name)
    assert owner_of(export, tmp_path).key == "in:alex-morgan"


def test_of_one_conversation_the_name_decides(tmp_path):
    assert owner_of(ExportBuilder().sent("Ana").sent("Ana"), tmp_path).key == "in:alex-morgan"


def test_of_one_conversation_without_a_name_the_one_written_to_is_taken(tmp_path):
    assert owner_of(ExportBuilder(profile=False).message("Ana"), tmp_path).key == "in:alex-morgan"


def test_before_recipients_had_addresses_the_name_leads_to_the_address(tmp_path):
    export = ExportBuilder(messages=1, profile=False).message("Ana").message("Ben").sent("Ben").message("Cleo")
    owner = owner_of(export, tmp_path)
    assert (owner.name, owner.key) == ("Alex Morgan", "in:alex-morgan")


def test_in_2018_there_is_only_a_name(tmp_path):
    owner = owner_of(ExportBuilder(messages=0, profile=False).message("Ana").sent("Ana"), tmp_path)
    assert (owner.name, owner.key) == ("Alex Morgan", None)


def test_an_export_of_connections_has_no_owner(tmp_path):
    assert owner_of(ExportBuilder(profile=False).connection("Ana"), tmp_path) is None


def test_a_renamed_owner_of_old_messages_is_known_by_address(tmp_path):
    old = Someone("Alexandra Jones", ALEX.slug)
    export = ExportBuilder().invitation("Ana").message(old, to=["Ana"]).message("Ana")
    with open_export(export.zip(tmp_path)) as source:
        rows = [row for file in source.files if file.subject == "messages" for row in file.rows()]
    assert [row.incoming for row in rows] == [False, True]


def test_summer_2023_joins_urns_and_addresses(tmp_path):
    export = ExportBuilder(invitations=1, messages=1).invitation("Ana").message("Ana").sent("Ana")
    with open_export(export.zip(tmp_path)) as source:
        rows = [row for file in source.files if file.subject == "messages" for row in file.rows()]
    assert [row.incoming for row in rows] == [True, False]


def test_what_a_lone_table_leaves_open_earlier_imports_tell(tmp_path):
    known = Owner("Alex Morgan", "in:alex-morgan", frozenset({"in:alex-morgan", "member:5"}))
    path = ExportBuilder().sent("Ana").sent("Ana").csv(tmp_path, "messages.csv")
    with open_export(path) as source:
        assert source.owner.key == "in:ana"
    with open_export(path, owner=known) as source:
        assert source.owner == known
        assert [row.incoming for row in source.files[0].rows()] == [False, False]


def test_another_members_export_is_not_taken_for_the_known_owners(tmp_path):
    path = ExportBuilder().invitation("Ana").zip(tmp_path)
    with open_export(path, owner=Owner("Ben Lee", "in:ben-lee", frozenset({"in:ben-lee"}))) as source:
        assert source.owner == Owner("Alex Morgan", "in:alex-morgan", frozenset({"in:alex-morgan"}))
