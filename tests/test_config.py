from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from linkinbox.config import Day, load_settings
from linkinbox.errors import LinkinboxError
from linkinbox.importers.limits import Limits


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
    (warning,) = configured("[xyzzy]\nqwq = 1\n").warnings
    assert (
        "no setting xyzzy.qwq; there are db, calls_folder, zone, selectivity, theme, mouse, clock.believed_days"
        in warning
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[import]\nmember = 5", "; did you mean import.members?"),
        ("members = 5", "; did you mean import.members?"),
        ("[import]\nqwq = 1", "; there are db,"),
        ("[import]\nimport = 1", "; there are db,"),
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
        ("import = 3", "no setting import"),
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
    assert [warning.partition(", ")[2].partition(":")[0] for warning in settings.warnings] == ["split 2", "split 4"]
    assert configured('split = "x"\n').warnings == (f"{settings.file}: begin each split with [[split]]",)


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
    assert "theme must be the name of a theme in quotes" in configured("theme = 3\n").warnings[0]
