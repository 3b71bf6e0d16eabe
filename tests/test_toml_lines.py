"""On which line of a TOML file each setting stands."""

from hypothesis import given
from hypothesis import strategies as st

from linkinbox.toml_lines import line_of, lines_of


def test_each_setting_is_found_on_its_line():
    text = 'db = "x"\n\n[clock] # a comment\n  believed_days = 3\n[[split]]\nname = "A"\n[[ split ]]\nname = """\nfake = 1\n"""\n'
    text += "today . at_start = true\n'q.r' = 1\n"
    assert lines_of(text) == {
        "db": 1, "clock": 3, "clock.believed_days": 4, "split": 5, "split[1]": 5, "split[1].name": 6, "split[2]": 7,
        "split[2].name": 8, "split[2].today": 11, "split[2].today.at_start": 11, "split[2].q": 12, "split[2].q.r": 12,
    }  # fmt: skip
    assert line_of("split[2].name.deeper", lines_of(text)) == 8
    assert line_of("split[3].name", lines_of(text)) == 5
    assert line_of("nowhere", lines_of(text)) is None


@given(st.text())
def test_no_text_breaks_the_search_for_lines(text):
    lines_of(text)
