"""Keys of one's own: how they are written, laid over a profile, and refused where they cannot be used."""

from __future__ import annotations

import string
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.keys import _character_to_key

from linkinbox.actions import ACTIONS, BY_ID
from linkinbox.errors import KeysError, UsageError
from linkinbox.keymap import DEFAULT, FIXED, Keymap, tables
from linkinbox.keymap.clashes import clashes
from linkinbox.keymap.names import key_label, parse_keys
from linkinbox.keymap.profiles import SHIPPED, examine, keymap_from, profile_file
from linkinbox.tui.keys import Act, KeyReader, Waiting

NAMED = ["escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown", "up",
    "down", "left", "right", "f1", "f12", "shift+tab", "shift+up", "ctrl+a", "ctrl+right", "alt+x"]  # fmt: skip


def keymap_of(toml: str, folder: Path | None = None) -> Keymap:
    return keymap_from(tomllib.loads(toml)["keys"], _file(toml, folder))


def told(toml: str, folder: Path | None = None) -> list[str]:
    """What is said of a configuration, without the name of its file."""
    file = _file(toml, folder)
    return [str(finding).replace(f"{file}, ", "") for finding in examine(tomllib.loads(toml)["keys"], file)[1]]


def _file(toml: str, folder: Path | None) -> Path:
    if folder is None:
        return Path("config.toml")
    (folder / "config.toml").write_text(toml, encoding="utf-8")
    return folder / "config.toml"


# ── how keys are written ──


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("x", "x"), ("?", "question_mark"), ("#", "number_sign"), ("+", "plus"), ("\\", "backslash"), (" ", "space"),
        ("Enter", "enter"), ("return", "enter"), ("Space", "space"), ("PgDn", "pagedown"), ("pageup", "pageup"),
        ("Esc", "escape"), ("↓", "down"), ("Del", "delete"), ("F5", "f5"), ("⇧Tab", "shift+tab"),
        ("ctrl+p", "ctrl+p"), ("Ctrl-P", "ctrl+p"), ("C-p", "ctrl+p"), ("M-x", "alt+x"), ("shift+a", "A"),
        ("gi", "g i"), ("g i", "g i"), ("gg", "g g"), ("g 1-9", "g #"), ("g1-9", "g #"), ("gEnter", "g enter"),
        ("g?", "g question_mark"), ("ctrl+x k", "ctrl+x k"), ("up", "up"), ("u p", "u p"), ("ü", "ü"), ("c-", "c minus"),
    ],
)  # fmt: skip
def test_keys_are_written_as_people_do(written: str, key: str):
    assert parse_keys(written) == key


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("ctrl+i", "is the same as Tab"), ("ctrl+m", "is the same as Enter"), ("ctrl+[", "is the same as Esc"),
        ("C-h", "is the same as Backspace"), ("ctrl+shift+a", "not told apart"), ("shift+Enter", "not told apart"),
        ("ctrl+Enter", "not told apart"), ("ctrl+1", "not told apart"), ("shift+1", "Write the character itself"),
        ("ctrl+c", "is fixed: it leaves a prompt"), ("ctrl+z", "is fixed"), ("Entr", "Did you mean Enter?"), ("PgDwn", "Did you mean PgDn?"),
        ("gix", "no key “gix”"), ("g i x", "more than two keys"), ("3", "a digit, which counts"), ("3x", "a digit"),
    ],
)  # fmt: skip
def test_what_is_no_key_is_refused_with_what_to_write(written: str, words: str):
    with pytest.raises(UsageError) as error:
        parse_keys(written)
    assert words in f"{error.value.message}. {error.value.hint}"


def test_characters_are_named_as_textual_names_them():
    for char in [*string.punctuation, *string.ascii_letters, "ü", "§", "€"]:
        assert parse_keys(char) == _character_to_key(char)


single = st.sampled_from([*map(_character_to_key, string.punctuation), *string.ascii_letters, *NAMED])


@given(single, single | st.just("") | st.sampled_from([*"0123456789", "#"]))
def test_what_is_shown_is_read_as_the_same_key(first: str, second: str):
    keys = f"{first} {second}".strip()
    assert parse_keys(key_label(keys)) == keys


@settings(max_examples=50)
@given(st.text(max_size=8))
def test_whatever_is_written_is_a_key_or_is_told_to_be_none(text: str):
    key = ""
    with suppress(UsageError):
        key = parse_keys(text)
    assert not key or parse_keys(key_label(key)) == key


# ── one meaning per key ──


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_can_be_used_as_it_is(name: str):
    keymap, findings = examine({"profile": name}, Path("config.toml"))
    assert findings == []
    assert keymap.own == frozenset()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_key_has_one_meaning_whatever_the_screen(name: str):
    keymap = keymap_from({"profile": name}, Path("config.toml"))
    assert list(clashes({action.id: keymap.keys_of(action) for action in ACTIONS})) == []
    KeyReader(ACTIONS, keymap)  # would refuse it too


@pytest.mark.parametrize("name", SHIPPED)
def test_every_action_can_be_reached(name: str):
    """By a key, or, where a profile says so, by its name in the palette."""
    keymap = keymap_from({"profile": name}, Path("config.toml"))
    text = profile_file(name).read_text(encoding="utf-8")
    unbound = {action.id for action in ACTIONS if not keymap.keys_of(action)}
    by_itself = {action.id for action in ACTIONS if not action.keys}
    assert unbound - by_itself == {id_ for id_, keys in tomllib.loads(text)["keys"].items() if not keys}
    assert keymap.keys_of(BY_ID["palette"])


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_profile_is_copied_as_it_is_printed(name: str):
    keymap = keymap_from({"profile": name}, Path("config.toml"))
    printed = tables.keys_toml(keymap)
    assert printed.startswith("# ")
    again = keymap_of(printed)
    assert all(again.keys_of(action) == keymap.keys_of(action) for action in ACTIONS)
    assert {*tomllib.loads(printed)["keys"]} == {"profile", *(action.id for action in ACTIONS)}


def test_the_keys_of_the_product_do_what_it_says():
    """product.md §4, as far as the actions exist."""
    wanted = {
        "down": "j ↓", "up": "k ↑", "first": "gg", "last": "G", "half-down": "ctrl+d", "half-up": "ctrl+u",
        "accept": "a", "accept-because": "A", "junk": "x !", "done": "e", "hold": "h b", "note": "n", "tag": "t",
        "call": "c", "introduce": "i", "reply": "r", "undo": "u z", "redo": "ctrl+r", "mark": "Space", "range": "v",
        "twins": "=", "mark-all": "*", "repeat": ".", "why": "w", "overrule": "-", "open": "o", "view-to-accept": "O gt",
        "copy": "y", "enter": "Enter", "back": "Esc", "search": "/", "narrow": "\\", "palette": ": ctrl+p", "help": "?",
        "quit": "q", "gold": "+", "path": "P", "selectivity": "S", "focus-next": "Tab", "focus-previous": "⇧Tab",
        "view-invitations": "gi", "view-messages": "gm", "view-to-reply": "gr", "view-calls": "gc", "view-held": "gh",
        "view-expiring": "ge", "view-junk": "gj", "view-all": "ga",
    }  # fmt: skip
    for id_, written in wanted.items():
        if id_ in BY_ID:
            for keys in map(parse_keys, written.split()):
                reader = KeyReader(ACTIONS)
                assert [reader.read(key) for key in keys.split()][-1] == Act(BY_ID[id_]), (id_, keys)


# ── one's own ──


def test_without_keys_of_ones_own_they_are_those_of_the_table():
    assert keymap_from(None, Path("config.toml")) is DEFAULT
    assert all(DEFAULT.keys_of(action) == action.keys and not DEFAULT.differs(action) for action in ACTIONS)


def test_one_key_several_or_none():
    keymap = keymap_of('[keys]\njunk = ["d", "!"]\naccept = "F5"\ncopy = []\nnote = ""\n')
    assert keymap.label(BY_ID["junk"]) == "d !"
    assert keymap.label(BY_ID["accept"]) == "F5"
    assert keymap.keys_of(BY_ID["copy"]) == keymap.keys_of(BY_ID["note"]) == ()
    assert keymap.own == {"junk", "accept", "copy", "note"}
    assert keymap.label(BY_ID["done"]) == "e"


def test_a_key_that_is_free_again_can_be_used_elsewhere():
    keymap = keymap_of('[keys]\njunk = "n"\nnote = "x"\n')
    reader = KeyReader(ACTIONS, keymap)
    assert reader.read("n") == Act(BY_ID["junk"])
    assert reader.read("x") == Act(BY_ID["note"])


def test_keys_lie_over_those_of_a_profile():
    keymap = keymap_of('[keys]\nprofile = "gmail"\njunk = "#"\n')
    assert keymap.label(BY_ID["junk"]) == "#"
    assert keymap.label(BY_ID["undo"]) == "z"
    assert keymap.own == {"junk"}


def test_a_profile_may_be_a_file_of_ones_own_that_builds_on_another(tmp_path):
    (tmp_path / "mine.toml").write_text('[keys]\nprofile = "gmail"\nnote = "i"\n', encoding="utf-8")
    keymap = keymap_of('[keys]\nprofile = "mine.toml"\njunk = "#"\n', tmp_path)
    assert keymap.label(BY_ID["note"]) == "i"
    assert keymap.label(BY_ID["hold"]) == "b h"
    assert keymap.profile == "mine.toml"


def test_keys_that_answer_questions_stay_where_they_are():
    keymap = keymap_of('[keys]\nback = "U"\nquit = []\n')
    assert keymap.label(BY_ID["back"]) == "U Esc"
    assert keymap.label(BY_ID["quit"]) == "ctrl+q"
    for key, owner in FIXED.items():
        other = next(id_ for id_ in ("junk", "note") if id_ != owner)
        (said,) = told(f'[keys]\n{other} = "{key_label(key)}"\n')
        assert f"is fixed: it is {owner} everywhere" in said


def test_a_count_still_counts():
    reader = KeyReader(ACTIONS, keymap_of('[keys]\njunk = "d"\nlast = "Z Z"\n'))
    assert [reader.read(key) for key in "3d"] == [Waiting("3"), Act(BY_ID["junk"], 3)]
    assert [reader.read(key) for key in "40ZZ"][-1] == Act(BY_ID["last"], 40)


# ── refused ──


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('acept = "a"', "There is no action acept. Did you mean accept?"),
        ("junk = 5", 'junk must be a key in quotes, or several. Write junk = "F2" or junk = ["F2", "gz"].'),
        ('junk = "Entr"', "There is no key “Entr”. Did you mean Enter?"),
        ('junk = "n"', 'n is both junk and note. Give note another key, note = "N", or none, note = [].'),
        ('junk = "u"', 'u is both junk and undo. Write undo = ["z"] to leave it to junk.'),
        ('junk = "xx"\nnote = "x"', 'x is note and begins xx, which is junk. Give junk another key, such as junk = "X".'),
        ('junk = "g"', "g is junk and begins "),
        ('today = "g3"', 'g3 is both today and split. Give split another key, split = "d1-9"'),
        ('split = "s"', "“s” is no key for split"),
        ('help = ""', 'No key is left for help. Write help = "?".'),
        ("palette = []", 'No key is left for palette. Write palette = ":".'),
        ('profile = "gmial"', "There is no profile gmial. Did you mean gmail?"),
        ("profile = 3", "The profile must be a name or a path in quotes."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_line_and_a_way_out(tmp_path, line: str, said: str):
    (finding,) = told(f"\n[keys]\n{line}\n", tmp_path)
    assert finding.startswith(("line 3: ", "line 4: "))
    assert said in finding


def test_everything_is_told_in_one_message(tmp_path):
    with pytest.raises(KeysError) as error:
        keymap_of('[keys]\njunk = ["n", "ctrl+i", "Entr"]\nacept = "a"\nhelp = []\n', tmp_path)
    assert error.value.message.startswith("5 of the keys in ")
    assert len(error.value.findings) == 5


def test_a_profile_that_names_itself_is_no_endless_way(tmp_path):
    (tmp_path / "one.toml").write_text('[keys]\nprofile = "one.toml"\n', encoding="utf-8")
    (finding,) = told('[keys]\nprofile = "one.toml"\n', tmp_path)
    assert "in a circle" in finding


def test_a_fault_in_a_profile_of_ones_own_names_that_file(tmp_path):
    (tmp_path / "one.toml").write_text('[keys]\njunk = "n"\n', encoding="utf-8")
    (finding,) = told('[keys]\nprofile = "one.toml"\n', tmp_path)
    assert finding.startswith(f"{tmp_path / 'one.toml'}, line 2: n is both junk and note.")
    (tmp_path / "one.toml").write_text("keys = [", encoding="utf-8")
    (finding,) = told('[keys]\nprofile = "one.toml"\n', tmp_path)
    assert "cannot be read" in finding


def test_keys_that_are_no_table_are_refused():
    assert [str(finding) for finding in examine(["x"], Path("c.toml"))[1]] == [
        "c.toml: keys is no table. Begin it with [keys]."
    ]


words = st.sampled_from([*string.ascii_letters, *string.punctuation, "gi", "gg", "Enter", "ctrl+p", "ctrl+i", "", "F3"])
tables_of_keys = st.dictionaries(st.sampled_from([action.id for action in ACTIONS]), words | st.lists(words, max_size=3), max_size=6)  # fmt: skip


@given(tables_of_keys, st.sampled_from(SHIPPED))
def test_whatever_is_accepted_can_be_typed(table: dict[str, object], profile: str):
    keymap, findings = examine({**table, "profile": profile}, Path("config.toml"))
    if findings:
        return
    for action in ACTIONS:
        for keys in keymap.keys_of(action):
            reader = KeyReader(ACTIONS, keymap)
            typed = [reader.read("7" if key == "#" else key) for key in keys.split()]
            assert isinstance(typed[-1], Act)
            assert typed[-1].action is action
