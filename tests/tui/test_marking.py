"""What was searched for, marked in rows and on the card, and the excerpt chosen so that it can be seen."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from linkinbox.hits import Hits
from linkinbox.model import Kind, Verb
from linkinbox.text import SafeText
from linkinbox.tui.widgets.card_lines import HEAD, Laid, lay_out
from linkinbox.tui.widgets.found import Found
from linkinbox.tui.widgets.marking import mark_lines
from linkinbox.tui.widgets.painting import Ink, Line
from linkinbox.tui.widgets.row_line import columns, row_line
from tests.tui.stage import NOW, ZONE, entry, item, message, person, row

FAR = f"We met {'at length, ' * 20}and spoke of cold stores in Gdynia and of much else that day"


def marked(lines: list[Line] | tuple[Line, ...]) -> list[str]:
    return [text for line in lines for text, ink in line if ink is Ink.FOUND]


def words(line: Line) -> str:
    return "".join(text for text, _ in line)


def shown(text: str, *phrases: str, width: int = 80, **known: object) -> Line:
    return row_line(row(text=text, **known), columns(width), SafeText("2 h"), cursor=False, hits=Hits(phrases))


def card(*phrases: str, **known: object) -> Laid:
    return lay_out(item(**known), 60, NOW, ZONE, hits=Hits(phrases))


# ── rows ──


def test_a_name_and_an_excerpt_are_marked_and_the_columns_stay():
    line = shown("Enjoyed Ana’s talk", "ana")
    assert marked([line]) == ["Ana", "Ana"]
    assert words(line) == words(shown("Enjoyed Ana’s talk"))


def test_an_excerpt_begins_a_little_before_what_was_found_far_behind():
    line = shown(FAR, "cold stores")
    assert marked([line]) == ["cold stores"]
    assert "…" in words(line)
    assert "…spoke of cold stores in Gdynia" in words(line)


def test_at_the_end_of_a_text_as_much_as_has_room_stands_before_it():
    line = shown(FAR, "day")
    assert words(line).rstrip().removesuffix("2 h").rstrip().endswith("of much else that day")


def test_an_excerpt_in_a_script_without_blanks_begins_where_it_was_found():
    line = shown("您好，" * 40 + "我想和您建立联系", "建立")
    assert marked([line]) == ["建立"]


def test_a_text_begins_as_ever_where_it_was_found_in_its_beginning():
    assert words(shown(FAR, "met")) == words(shown(FAR))


@given(st.text("ab cß田語 \n-", max_size=200), st.sampled_from(["a", "b c", "田", "ß"]), st.integers(20, 140))
def test_every_row_is_as_wide_as_any_other(text: str, phrase: str, width: int):
    from linkinbox.tui.widgets.painting import width_of

    assert width_of(shown(text, phrase, width=width)) == width_of(shown("", width=width))


def test_a_row_shows_the_text_that_was_found_if_its_own_does_not_tell():
    texts = [("", "We met in Hamburg"), ("note", "the one from the fair")]
    found = Found(Hits(["fair"]), lambda _: texts)
    assert found.seen(row()).text == "note: the one from the fair"
    assert Found(Hits(["talk"]), lambda _: texts).seen(row()).text == "Enjoyed your talk"
    assert Found(Hits(["ana"]), lambda _: texts).seen(row()).text == "Enjoyed your talk"
    assert Found(Hits(["nowhere"]), lambda _: texts).seen(row()).text == "Enjoyed your talk"


def test_a_name_does_not_tell_where_the_other_word_stands():
    found = Found(Hits(["ana", "fair"]), lambda _: [("note", "the one from the fair")])
    assert found.seen(row()).text == "note: the one from the fair"


def test_texts_are_read_once_for_each_row():
    asked: list[int] = []
    found = Found(Hits(["fair"]), lambda id_: asked.append(id_) or [])
    assert {found.seen(row()).text for _ in range(3)} == {"Enjoyed your talk"}
    assert asked == [1]


def test_another_letter_reads_no_text_again_that_told_before():
    asked: list[int] = []

    def texts_of(id_: int) -> list[tuple[str, str]]:
        asked.append(id_)
        return [("", "a fairy tale"), ("note", "the one from the fair")]

    shown = []
    found = None
    for typed in ("fai", "fair", "fairy", "fairly"):
        found = Found(Hits([typed]), texts_of, found)
        shown.append(found.seen(row()).text)
    assert shown == [*["a fairy tale"] * 3, "Enjoyed your talk"]
    assert asked == [1, 1], "a word that no longer stands in it is looked for"


def test_the_label_of_a_text_tells_nothing_of_longer_words():
    texts = [("note", "nothing new"), ("", "a note of thanks")]
    shorter = Found(Hits(["not"]), lambda _: texts)
    assert shorter.seen(row()).text == "note: nothing new"
    assert Found(Hits(["note"]), lambda _: texts, shorter).seen(row()).text == "a note of thanks"


# ── cards ──


def test_names_companies_texts_and_notes_are_marked():
    who = person(company="Ana Reefers", position="Analyst")
    note = entry(Verb.NOTE, {"text": "Ana from the fair"})
    assert marked(card("ana", shown=row(who=who, text="I am Ana"), entries=(note,)).lines) == [
        "Ana",
        "Analyst",
        "Ana",
        "Ana",
        "Ana",
    ]


def test_what_the_program_says_is_not_marked():
    note = entry(Verb.NOTE, {"text": "the fair"})
    laid = card("note", "invitation", "not", "headline", "connected", shown=row(who=person(connected=True)), entries=(note,))  # fmt: skip
    assert marked(laid.lines) == []


def test_a_phrase_is_marked_over_the_end_of_a_line():
    laid = card("cold chain", shown=row(text=f"{'word ' * 11}cold chain"))
    assert marked(laid.lines) == ["cold", "chain"]


def thread(*texts: str) -> Laid:
    messages = tuple(message(text, days=len(texts) - number) for number, text in enumerate(texts))
    known = {"kind": Kind.CONVERSATION, "messages": len(texts), "at": NOW - timedelta(days=1)}
    return card("fair", shown=row(text=texts[-1], **known), messages=messages)


def test_a_thread_opens_at_its_newest_message_if_that_was_found():
    laid = thread("fair", *["so"] * 20, "fair")
    assert laid.top(20) == laid.newest - HEAD


def test_a_thread_opens_at_the_newest_place_that_was_found():
    laid = thread("fair", *["so"] * 20, "the second fair", *["so"] * 20)
    top = laid.top(20)
    in_sight = [words(line) for line in laid.lines[top + HEAD : top + 20]]
    assert any("the second fair" in line for line in in_sight)


def test_a_note_below_a_long_text_is_scrolled_to():
    note = entry(Verb.NOTE, {"text": "from the fair"})
    laid = card("fair", shown=row(text="so it goes " * 200), entries=(note,))
    top = laid.top(20)
    assert any("from the fair" in words(line) for line in laid.lines[top + HEAD : top + 20])


def test_a_card_stays_at_its_top_if_the_name_was_found():
    note = entry(Verb.NOTE, {"text": "Ana from the fair"})
    assert card("ana", shown=row(text="so it goes " * 200), entries=(note,)).top(20) == 0


@given(st.lists(st.text("ab ß田-", max_size=12), max_size=6), st.sampled_from(["a", "b a", "田", "ß"]))
def test_marking_changes_no_letter(texts: list[str], phrase: str):
    lines: list[Line] = [((SafeText(text), Ink.TEXT), (SafeText("b"), Ink.MUTED)) for text in texts]
    now = mark_lines(lines, Hits([phrase]))
    assert [words(line) for line in now] == [words(line) for line in lines]
    assert all(text in phrase.split() or Hits([phrase]).are_in(text) for text in marked(now))
