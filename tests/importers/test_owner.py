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


def test_of_one_conversation_without_a_name_nobody_is_guessed_and_that_is_said(tmp_path):
    export = ExportBuilder(profile=False).sent("Ana Ruiz").sent("Ana Ruiz").message("Ana Ruiz")
    with open_export(export.csv(tmp_path, "messages.csv")) as source:
        assert source.owner is None
        (warning,) = source.warnings
        assert [row.incoming for row in source.files[0].rows()] == [True, True, True]
    assert warning == (
        "It cannot be told whose export this is: Alex Morgan, Ana Ruiz take part in equally many conversations; "
        "import the whole zip"
    )


def test_what_can_be_told_brings_no_warning(tmp_path):
    with open_export(ExportBuilder().message("Ana").message("Ben").invitation("Cleo").zip(tmp_path)) as source:
        assert source.warnings == ()


@pytest.mark.parametrize("called", ["Alex Morgan, MBA", "Alex Jones", "Dr. A. Morgan", "ALEX MÓRGAN"])
@pytest.mark.parametrize("version", [0, 1])
def test_of_one_conversation_a_name_that_can_be_the_owners_decides(called, version, tmp_path):
    me = Someone(called, ALEX.slug)
    export = ExportBuilder(invitations=version).message(me, to=["Wei Chen"], thread="2-a==")
    export.message(me, to=["Wei Chen"], thread="2-a==").message("Wei Chen", to=[me], thread="2-a==")
    with open_export(export.invitation("Ana").zip(tmp_path)) as source:
        assert source.owner.key == "in:alex-morgan"
        assert source.owner.name == "Alex Morgan"
        assert source.warnings == ()
        rows = [row for file in source.files if file.subject == "messages" for row in file.rows()]
    assert [row.incoming for row in rows] == [False, False, True]


def test_the_very_name_beats_one_that_only_can_be_it(tmp_path):
    export = ExportBuilder().message("Alex Smith")
    assert owner_of(export, tmp_path).key == "in:alex-morgan"


def test_without_an_address_the_direction_goes_by_the_owners_very_name(tmp_path):
    twins = [Someone("Alex Morgan", "alex-one"), Someone("Alex Morgan", "alex-two")]
    export = ExportBuilder().message(twins[0], to=[twins[1], "Ben Lee"], thread="2-group==")
    export.message("Ben Lee", to=twins, thread="2-group==")
    with open_export(export.zip(tmp_path)) as source:
        assert (source.owner, len(source.warnings)) == (Owner("Alex Morgan", None), 1)
        assert [row.incoming for row in source.files[-1].rows()] == [False, True]


def test_a_renamed_owner_of_messages_without_recipients_addresses_is_found_by_one_of_the_names(tmp_path):
    old = Someone("Alexandra Jones", ALEX.slug)
    export = ExportBuilder(messages=1).message(old, to=["Wei Chen"]).message("Ben Lee").sent("Ben Lee")
    assert owner_of(export, tmp_path).key == "in:alex-morgan"


def test_one_member_in_nearly_all_of_many_conversations_is_the_owner_whatever_the_name(tmp_path):
    export = ExportBuilder(profile=False).profile("Someone Else")
    for number in range(120):
        export.message(f"Person {number}")
    assert owner_of(export, tmp_path).key == "in:alex-morgan"


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
    with open_export(path, owner=known) as source:
        assert source.owner == known
        assert [row.incoming for row in source.files[0].rows()] == [False, False]


def test_another_members_export_is_not_taken_for_the_known_owners(tmp_path):
    path = ExportBuilder().invitation("Ana").zip(tmp_path)
    with open_export(path, owner=Owner("Ben Lee", "in:ben-lee", frozenset({"in:ben-lee"}))) as source:
        assert source.owner == Owner("Alex Morgan", "in:alex-morgan", frozenset({"in:alex-morgan"}))


KNOWN = Owner("Alex Morgan", "in:alex-morgan", frozenset({"in:alex-morgan"}))


def test_a_known_owner_who_uses_another_name_by_now_is_known_by_address(tmp_path):
    me = Someone("Sascha Jones", ALEX.slug)
    path = ExportBuilder().message(me, to=["Wei Chen"]).message(me, to=["Wei Chen"]).csv(tmp_path, "messages.csv")
    with open_export(path, owner=KNOWN) as source:
        assert (source.owner, source.warnings) == (KNOWN, ())
        assert [row.incoming for row in source.files[0].rows()] == [False, False]


def test_an_address_that_changed_is_the_owners_beside_the_one_before(tmp_path):
    renamed = ExportBuilder(owner=Someone("Alex Morgan", "alex-m"))
    with open_export(renamed.invitation("Ana").zip(tmp_path), owner=KNOWN) as source:
        assert source.owner == Owner("Alex Morgan", "in:alex-m", frozenset({"in:alex-m", "in:alex-morgan"}))


def test_another_member_who_wrote_with_the_known_owner_is_not_taken_for_them(tmp_path):
    path = ExportBuilder(owner=Someone("Wei Chen", "wei-chen")).sent(ALEX).sent(ALEX).zip(tmp_path)
    with open_export(path, owner=KNOWN) as source:
        assert source.owner == Owner("Wei Chen", "in:wei-chen", frozenset({"in:wei-chen"}))


def test_a_table_that_names_nobody_is_the_known_owners(tmp_path):
    path = ExportBuilder(profile=False).connection("Ana").csv(tmp_path, "Connections.csv")
    with open_export(path, owner=KNOWN) as source:
        assert source.owner == KNOWN
