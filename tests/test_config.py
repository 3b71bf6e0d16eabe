import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from linkinbox.config import Day, load_settings, settings_despite_all
from linkinbox.config.example import example
from linkinbox.config.forms import TABLE
from linkinbox.config.settings import SETTINGS, TABLES
from linkinbox.errors import LinkinboxError
from linkinbox.importers.limits import Limits
from linkinbox.pipes import Pipe


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """Settings as a configuration of this text gives them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def load(text: str | bytes):
        file = tmp_path / "linkinbox" / "config.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return load_settings()

    return load


def test_without_a_file_there_are_defaults_and_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    settings = load_settings()
    assert settings.db == tmp_path / "data" / "linkinbox" / "inbox.db"
    assert (settings.calls_folder, settings.zone, settings.limits, settings.warnings) == (None, None, Limits(), ())
    assert list(tmp_path.iterdir()) == []


def test_every_setting_is_read(configured):
    settings = configured(
        'db = "/data/my.db"\ncalls_folder = "~/calls"\nzone = "Asia/Tokyo"\n'
        "[clock]\nbelieved_days = 90\n[import]\nmembers = 5\nmember_mb = 6\ntotal_mb = 7\nratio = 8\n"
    )
    assert settings.db == Path("/data/my.db")
    assert settings.calls_folder == Path.home() / "calls"
    assert settings.zone == ZoneInfo("Asia/Tokyo")
    assert settings.believed_days == 90
    assert settings.limits == Limits(members=5, member_bytes=6_000_000, total_bytes=7_000_000, ratio=8)
    assert settings.warnings == ()


def test_a_relative_path_is_beside_the_configuration(configured, tmp_path):
    assert configured('db = "my.db"\n').db == tmp_path / "linkinbox" / "my.db"


@pytest.mark.parametrize("path", ["a\\u0000b", "~nobody-of-this-name/inbox.db", ""])
def test_what_is_no_path_is_told_and_the_default_is_used(configured, path, tmp_path):
    settings = configured(f'db = "{path}"\n')
    assert settings.db == tmp_path / "data" / "linkinbox" / "inbox.db"
    assert "db must be a path in quotes" in settings.warnings[0]


def test_an_unknown_setting_is_told_with_its_line_and_the_nearest_name(configured):
    settings = configured('db = "/data/my.db"\n\nzones = "Asia/Tokyo"\n')
    assert settings.db == Path("/data/my.db")
    (warning,) = settings.warnings
    assert "config.toml, line 3: there is no setting zones; did you mean zone?" in warning


def test_a_name_like_no_other_lists_those_there_are(configured):
    (warning,) = configured("qwq = 1\n").warnings
    assert "line 1: there is no setting qwq; there are db, calls_folder, zone, selectivity, theme, mouse" in warning


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[import]\nmember = 5", "; did you mean import.members?"),
        ("members = 5", "; did you mean import.members?"),
        ("[import]\nbogus = 1", "; there are members, member_mb"),
        ("[import]\nimport = 1", "; there are members,"),
        ("[todays]\nat_start = false", "config.toml, line 1: there is no table [todays]; did you mean [today]?"),
        ("[xyzzy]\na = 1\nb = 2", "there is no table [xyzzy]; there are [clock],"),
        ("Zone = 1", "; did you mean zone?"),
        ("\n[[splti]]\nname = 3", "config.toml, line 2: there is no table [[splti]]; did you mean [[split]]?"),
        ("[splti]\nname = 3", "there is no table [splti]; did you mean [[split]]?"),
        (
            "[[qwq]]",
            "there is no table [[qwq]]; there are [clock], [interests], [today], [nudges], [[split]], [[pipe]],",
        ),
        ("qwq = [1]", "there is no setting qwq;"),
        ('[[split]]\nname = "A"\nqery = "x"', "line 3: there is no setting split[1].qery; did you mean split.query?"),
    ],
)
def test_what_was_meant_is_guessed_by_the_name_and_not_by_its_table(configured, text, meant):
    (warning,) = configured(text).warnings
    assert meant in warning


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("zone = 3", "zone must be the name of a zone"),
        ('zone = "Atlantis"', "zone must be the name of a zone"),
        ('zone = "../../etc/passwd"', "zone must be the name of a zone"),
        ("db = true", "db must be a path in quotes"),
        ('db = ""', "db must be a path in quotes"),
        ("[clock]\nbelieved_days = 0", "clock.believed_days must be a whole number above 0"),
        ("import = 3", "line 1: import is a table: write [import] once, and its settings below it"),
        ("[[import]]\nratio = 3", "import is a table: write [import] once"),
        ("[import]\nratio = true", "import.ratio must be a whole number above 0"),
        ("[import]\nratio = 0", "import.ratio must be a whole number above 0"),
        ('[import]\nratio = "many"', "import.ratio must be a whole number above 0"),
    ],
)
def test_a_value_of_the_wrong_form_is_told_and_the_default_kept(configured, line, expected):
    settings = configured(line)
    (warning,) = settings.warnings
    assert expected in warning
    assert (settings.zone, settings.limits, settings.db.name) == (None, Limits(), "inbox.db")


@pytest.mark.parametrize("text", ["zone = \n", "[import\n", b"zone = '\xff'\n"])
def test_what_is_no_toml_is_an_error_that_names_the_file(configured, text):
    with pytest.raises(LinkinboxError, match=r"config\.toml"):
        configured(text)


def test_interests_are_read(configured):
    settings = configured('[interests]\ncities = ["Porto"]\n[interests.areas]\nlogistics = ["reefer*"]\n')
    assert settings.warnings == ()
    assert settings.interests.areas == (("logistics", ("logistics", "reefer*")),)
    assert settings.interests.cities == (("Porto", ("Porto",)),)


@pytest.mark.parametrize("text", ["interests = 3", "[interests]\ncities = 3", '[interests]\nwords = ["#"]'])
def test_interests_of_the_wrong_form_are_told_and_none_are_looked_for(configured, text):
    settings = configured(text)
    assert settings.interests is None
    assert [warning for warning in settings.warnings if "interests" in warning]


def test_how_a_day_begins_and_ends_is_set(configured):
    day = configured("[today]\nat_start = false\n[nudges]\ndays = 0\n").day
    assert (day.at_start, day.nudge_days) == (False, 0)
    assert configured("").day == Day(at_start=True, nudge_days=30, splits=())
    told = configured('[today]\nat_start = "no"\n[nudges]\ndays = -1\n').warnings
    assert ["must be true or false" in told[0], "must be a whole number of days; 0 for none" in told[1]] == [True, True]


def test_splits_keep_their_order_and_what_is_not_understood_is_left_out(configured):
    settings = configured(
        '[[split]]\nname = "Reefers"\nquery = "view:new reefer"\n[[split]]\nname = "Bad"\nquery = "form:ana"\n'
        '[[split]]\nname = "Oldest"\nquery = "view:new"\nsort = "oldest"\n[[split]]\nname = "Oldest"\nquery = "x"\n'
    )
    assert [split.name for split in settings.day.splits] == ["Reefers", "Oldest"]
    assert [warning.partition("config.toml, ")[2].partition(":")[0] for warning in settings.warnings] == [
        "line 4",
        "line 11",
    ]
    assert "split 4: there is a split Oldest already; it is left out" in settings.warnings[1]
    assert configured('split = "x"\n').warnings == (f"{settings.file}, line 1: begin each split with [[split]]",)


def test_selectivity_can_be_switched_off(configured):
    assert configured('zone = "Asia/Tokyo"\n').day.selectivity
    assert not configured("selectivity = false\n").day.selectivity
    assert (
        configured("selectivity = 0\n").warnings[0].endswith("selectivity must be true or false; the default is used")
    )


def test_the_look_of_the_screen_can_be_set(configured):
    plain, other = configured('zone = "Asia/Tokyo"\n'), configured('theme = "light"\nmouse = false\n')
    assert (plain.theme, plain.mouse) == ("", True)
    assert (other.theme, other.mouse) == ("light", False)
    assert "theme must be words in quotes" in configured("theme = 3\n").warnings[0]


def test_a_single_table_will_do_where_there_may_be_several(configured):
    settings = configured('[split]\nname = "Reefers"\nquery = "reefer"\n[pipe]\ncommand = ["less", "-R"]\n')
    assert [split.name for split in settings.day.splits] == ["Reefers"]
    assert settings.day.pipes == (Pipe("less", ("less", "-R")),)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('name = "A"', "pipe 1: a pipe needs a command"),
        (
            'command = "less -R"',
            "command must be a program and its arguments, each in quotes, in a list; it is left out",
        ),
        ("command = []", "a pipe needs a command"),
        ('command = ["/bin/cat"]\nform = "xml"', 'the form of cat must be "text" or "json"'),
        ('command = ["cat"]\noutput = "nowhere"', 'the output of cat must be "terminal" or "show"'),
        ('command = ["cat"]\noutput = 3', "output must be words in quotes"),
    ],
)
def test_a_pipe_that_is_not_understood_is_left_out(configured, table, told):
    settings = configured(f"[[pipe]]\n{table}\n")
    assert settings.day.pipes == ()
    assert told in settings.warnings[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('zone = "Asia/Tokyo\n', "line 1, column 19: this is not TOML: Illegal character"),
        ("selectivity = true\n[import\n", "line 2, column 8: this is not TOML: Expected"),
        ("selectivity = true\nselectivity = false\n", "line 2, column 20: this is set twice"),
        ("[clock]\n[clock]\n", "line 2, column 7: [clock] stands here twice: write its settings together"),
        ("a = " + "[" * 5_000, "this is not TOML"),
    ],
)
def test_what_is_no_toml_is_told_with_line_and_column(configured, text, told):
    with pytest.raises(LinkinboxError) as caught:
        configured(text)
    assert told in caught.value.message
    assert caught.value.hint == "`linkinbox config` opens it; moved away, the defaults hold"


# ── no TOML: the screen opens all the same, but never another store ──


def test_a_screen_opens_with_the_defaults_and_says_so(configured, tmp_path):
    with pytest.raises(LinkinboxError):
        configured("selectivity = false\n[today\n")
    settings = settings_despite_all()
    assert (settings.day, settings.db) == (Day(), tmp_path / "data" / "linkinbox" / "inbox.db")
    assert "line 2, column 7" in settings.warnings[0]
    assert "The defaults hold until it is corrected: `linkinbox config` opens it" in settings.warnings[0]


def test_it_opens_the_store_that_is_named_there(configured):
    with pytest.raises(LinkinboxError):
        configured('db = "/data/my.db"\n[today\n')
    assert settings_despite_all().db == Path("/data/my.db")


@pytest.mark.parametrize("line", ['db = "/data/my.db', "db = 3", 'db = "a"\ndb = "b"', 'db = "a" "b"'])
def test_where_the_store_cannot_be_told_it_does_not_open(configured, line):
    with pytest.raises(LinkinboxError):
        configured(f"{line}\n[today\n")
    with pytest.raises(LinkinboxError):
        settings_despite_all()


# ── files ──


def test_another_file_can_be_named(tmp_path, monkeypatch):
    monkeypatch.setenv("LINKINBOX_CONFIG", str(tmp_path / "mine.toml"))
    with pytest.raises(LinkinboxError, match=r"LINKINBOX_CONFIG names .*mine.toml, which is not there"):
        load_settings()
    (tmp_path / "mine.toml").write_text('db = "mine.db"\n')
    assert load_settings().db == tmp_path / "mine.db"


def test_a_link_is_followed_and_a_folder_is_none(configured, tmp_path):
    file = configured("").file
    file.rename(tmp_path / "real.toml")
    (tmp_path / "real.toml").write_text("selectivity = false\n")
    file.symlink_to(tmp_path / "real.toml")
    assert not load_settings().day.selectivity
    file.unlink()
    file.mkdir()
    with pytest.raises(LinkinboxError, match="cannot be read: Is a directory"):
        load_settings()


def test_a_mark_at_the_beginning_as_some_editors_write_is_no_error(configured):
    assert configured(b"\xef\xbb\xbfselectivity = false\n").warnings == ()


# ── the example ──


def test_the_example_sets_nothing(configured):
    assert configured(example()) == configured("")


def test_every_setting_of_the_example_is_understood_once_it_is_used(configured):
    used = re.sub(r"^#(?=[\[\w])", "", example(), flags=re.MULTILINE)
    settings = configured(used)
    assert settings.warnings == ()
    keys = [setting.name.rpartition(".")[2] for setting in SETTINGS if setting.form is not TABLE]
    assert {f"{key} = " for key in keys} <= set(re.findall(r"^\w+ = ", used, re.MULTILINE))
    assert settings.day._replace(splits=(), pipes=()) == Day()
    assert settings.interests.areas
    assert (len(settings.day.splits), len(settings.day.pipes)) == (1, 1)
    assert settings.keys == {"profile": "gmail", "junk": "x"}


def test_every_table_is_told_about():
    assert {setting.name.partition(".")[0].removesuffix("[]") for setting in SETTINGS if "." in setting.name} == {
        *TABLES
    }
    assert all(setting.help.endswith(".") and "\n" not in setting.help for setting in SETTINGS)
