"""The card: everything known, everything unknown, and the words, in lines that fit."""

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkinbox.model import Also, BookedCall, CallOutcome, FiledBecause, Kind, State, Verb
from linkinbox.tui import marks
from linkinbox.tui.widgets.card import Card
from linkinbox.tui.widgets.card_lines import lay_out
from linkinbox.tui.widgets.painting import width_of
from tests.hostile import HOSTILE
from tests.tui.stage import NOW, ZONE, Stage, entry, item, message, person, row


def said(shown, width=76) -> str:
    laid = lay_out(shown, width, NOW, ZONE)
    return "\n".join("".join(text for text, _ in line).rstrip() for line in laid.lines)


def thread(*messages, **known):
    shown = row(kind=Kind.CONVERSATION, messages=len(messages), text=messages[-1].text)
    return item(shown, messages, **known)


def test_the_head_tells_who_and_when_in_words_and_in_full():
    first, second = said(item()).split("\n")[:2]
    assert first.startswith("Ana Ruiz ")
    assert first.endswith("invitation · 2 h ago")
    assert second.endswith("Tue 24 Nov 07:00 CET")


def test_a_long_name_is_cut_before_the_date_beside_it():
    first = said(item(row(name="Ana " * 30)), 50).split("\n")[0]
    assert first.endswith("…  invitation · 2 h ago")


def test_what_is_known_is_told():
    who = person(
        company="Port of Rotterdam", position="Head of Operations", connected=True, connected_on=date(2021, 3, 4)
    )
    card = said(item(row(who=who, gold=True), others=("Tom Becker",), title="Cold chain"))
    assert "Head of Operations, Port of Rotterdam" in card
    assert "connected since 4 Mar 2021" in card
    assert card.startswith("★ Ana Ruiz ")
    assert "a valuable contact" in card
    assert "with Tom Becker" in card
    assert "Cold chain" in card


def test_what_stands_on_other_items_of_the_person_is_told():
    accepted = row(2, state=State.TO_ACCEPT, text="")
    thread_ = row(3, state=State.FILED, kind=Kind.CONVERSATION, filed_because=FiledBecause.REPLIED, at=NOW, text="")
    day = NOW - timedelta(days=30)
    card = said(item(also=(Also(thread_, None, None), Also(accepted, day, day + timedelta(days=2)))))
    assert "also: messages of 24 Nov, answered; invitation, accepted 25 Oct, call held\n27 Oct" in card


def test_an_item_back_from_a_hold_says_so():
    assert "◷ back from a hold since Tue 24 Nov 08:00 CET" in said(item(row(held_until=NOW - timedelta(hours=1))))


def test_a_place_too_long_for_the_head_is_told_in_full_beneath_it():
    who = person(position="Deputy Head of Terminal Operations", company="Port of Rotterdam")
    lines = said(item(row(who=who)), 60).split("\n")
    assert lines[1].strip() == "Tue 24 Nov 07:00 CET"
    assert lines[3] == "Deputy Head of Terminal Operations, Port of Rotterdam"


def test_what_the_export_lacks_is_told_as_unknown():
    card = said(item(namesake=date(2020, 1, 2)))
    assert "◌ headline, company: not in the export of 12 Nov 2026" in card
    assert "◌ connected or not: the export does not tell" in card
    assert "◌ a connection of this name since 2 Jan 2020" in card
    assert "company" not in said(item(row(who=person(company="Maersk"))))
    assert "connected or not" not in said(item(row(who=person(connected=False))))


def test_paragraphs_stay_apart_and_lines_stay_readable():
    words = "We run three reefer terminals in Rotterdam and would love to compare notes. " * 4
    lines = said(item(messages=(message(f"{words}\n\nBest"),)), 140).split("\n")
    body = lines[5:]
    assert body[-2:] == ["", "Best"]
    assert max(len(line) for line in body) <= 76


@pytest.mark.parametrize(("kind", "words"), [(Kind.INVITATION, "(no note)"), (Kind.CONVERSATION, "(no text)")])
def test_an_item_without_words_says_so(kind, words):
    assert words in said(item(row(text="", kind=kind)))


def test_a_thread_shows_days_senders_and_directions():
    card = said(thread(message("Are you there?", days=3), message("I am", days=1, incoming=False), earlier=12))
    lines = card.split("\n")
    assert "12 earlier messages" in lines
    assert next(line for line in lines if line.startswith("── ")).startswith("── Sat 21 Nov ─")
    assert "← Ana Ruiz  09:00" in lines
    assert "    → you  09:00" in lines
    assert lines.index("  Are you there?") < lines.index("      I am")


def test_directions_are_words_where_there_are_no_arrows():
    try:
        marks.use(marks.ASCII)
        card = said(thread(message("Hello", days=2), message("Hi", incoming=False)))
    finally:
        marks.use(marks.UNICODE)
    assert "from Ana Ruiz  09:00" in card
    assert "by you  09:00" in card
    assert card.isascii()


def test_attachments_and_drafts_are_told_apart_from_the_words():
    card = said(item(messages=(message("See this", attachments=2),), drafts=("Hi, sorry",)))
    assert "(2 attachments, not in the export)" in card
    assert "your draft, not sent\n  Hi, sorry" in card


def test_a_sponsored_message_is_called_one_in_words():
    assert "ad a sponsored message" in said(item(row(sponsored=True)))


def test_characters_that_cannot_be_seen_are_told_of():
    assert "cannot be seen" in said(item(messages=(message("lin\u200bked"),)))
    assert "cannot be seen" in said(item(title="lin\u200bked"))
    assert "cannot be seen" in said(item(row(who=person(company="Ac\u202eme"))))
    assert "cannot be seen" not in said(item())


def test_a_name_that_passes_for_another_is_flagged():
    assert "mixes alphabets" in said(item(row(name="L\u0456nkedIn")))
    assert "mixes alphabets" not in said(item(row(name="Владимир Иванов")))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (BookedCall("u", NOW + timedelta(days=7, hours=6), 30, None), "☎ Tue 1 Dec 15:00 CET, in 7 days, 30 min"),
        (BookedCall("u", NOW + timedelta(days=1), 30, None), "☎ Wed 25 Nov 09:00 CET, tomorrow, 30 min"),
        (
            BookedCall("u", NOW - timedelta(days=2), 30, None),
            "☎ Sun 22 Nov 09:00 CET, 2 d ago: what became of it? c records it",
        ),
        (BookedCall("u", NOW - timedelta(days=2), 30, CallOutcome.HELD), "☎ call held, Sun 22 Nov 09:00 CET"),
    ],
)
def test_a_call_is_told_with_its_time_and_what_to_do(call, words):
    assert words in said(item(call=call))


def test_a_call_in_another_year_names_the_year():
    call = BookedCall("u", NOW + timedelta(days=60), 30, None)
    assert "☎ Sat 23 Jan 2027 09:00 CET" in said(item(call=call))


def test_decisions_and_notes_stand_at_the_end_the_newest_last():
    entries = (
        entry(Verb.NOTE, {"text": "met in Hamburg"}, days=9),
        entry(Verb.HOLD, {"until": "2026-12-01T08:00:00Z"}, days=8),
        entry(Verb.JUNK, days=7),
        entry(Verb.ACCEPT, {"seen": "x"}, days=6),
        entry(Verb.DONE, days=5),
        entry(Verb.GOLD, {"on": True}, days=4),
        entry(Verb.GOLD, {"on": False}, days=3),
        entry(Verb.CALL, {"at": "2026-12-01T14:00:00Z", "minutes": 30}, days=2),
        entry(Verb.OUTCOME, {"outcome": "moved", "at": "2026-12-02T14:00:00Z"}, days=1),
        entry(Verb.OUTCOME, {"outcome": "held"}, days=0),
    )
    assert [line[13:] for line in said(item(entries=entries)).split("\n")[-10:]] == [
        "note  met in Hamburg",
        "held to Tue 1 Dec 09:00 CET",
        "junk",
        "to accept",
        "done",
        "★ valuable contact",
        "no longer a valuable contact",
        "☎ call Tue 1 Dec 15:00 CET",
        "☎ call moved to Wed 2 Dec 15:00 CET",
        "☎ call held",
    ]


def test_an_accepted_message_is_to_be_answered():
    assert "to reply" in said(item(row(kind=Kind.CONVERSATION, state=State.TO_REPLY), entries=(entry(Verb.ACCEPT),)))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_in_its_lines(text):
    hostile = thread(message(text, subject=text), message(text))._replace(title=text, drafts=(text,), others=(text,))
    for width in (20, 76):
        for line in lay_out(hostile, width, NOW, ZONE).lines:
            assert width_of(line) <= width
            assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for words, _ in line for char in words)


@given(text=st.text(max_size=300), width=st.integers(20, 140))
@settings(max_examples=80, deadline=None)
def test_no_line_is_wider_than_the_card(text, width):
    shown = item(row(name=text), (message(text),), entries=(entry(Verb.NOTE, {"text": text}),))
    assert all(width_of(line) <= width for line in lay_out(shown, width, NOW, ZONE).lines)


# ── the widget ──


def stage(shown, **options):
    card = Card()
    return card, Stage(card, lambda: card.show(shown, now=NOW.astimezone(UTC), zone=ZONE), **options)


async def test_a_card_is_shown_in_any_window():
    card, app = stage(item())
    async with app.run_test() as pilot:
        for size in [(20, 1), (20, 4), (40, 10), (80, 24), (140, 40)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert len(app.lines()) == size[1]
            assert card.virtual_size.width <= size[0]


async def test_no_item_is_an_empty_card():
    card, app = stage(None)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert card.text == ""
        card.scroll_page(1)


async def test_a_thread_that_does_not_fit_opens_at_its_newest_message_under_its_name():
    card, app = stage(thread(*(message(f"number {day}\n" * 3, days=30 - day) for day in range(30)), earlier=3))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        lines = app.lines()
        assert "Ana Ruiz" in lines[0]
        assert "number 29" in lines[-1]
        assert lines[2].strip() == f"{card.scroll_offset.y} lines above, ctrl+b"


async def test_a_card_scrolls_by_pages_and_tells_what_is_out_of_sight():
    card, app = stage(item(messages=(message("\n".join(f"line {number}" for number in range(60))),)))
    async with app.run_test(size=(80, 13)) as pilot:
        await pilot.pause()
        assert app.lines()[2].strip() == "53 lines below, ctrl+f"
        card.scroll_page(1)
        await pilot.pause()
        assert card.scroll_offset.y == 8
        assert "Ana Ruiz" in app.lines()[0]
        for _ in range(9):
            card.scroll_page(1)
        await pilot.pause()
        assert "line 59" in app.lines()[-1]
        card.scroll_page(-20)
        await pilot.pause()
        assert card.scroll_offset.y == 0


async def test_the_next_card_repaints_only_the_lines_that_differ():
    card, app = stage(item(messages=(message("one\n\nend"),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        asked: list[int] = []
        refresh = card.refresh
        card.refresh = lambda *regions, **how: (asked.extend(region.y for region in regions), refresh(*regions, **how))[
            1
        ]
        before = app.lines()
        card.show(item(messages=(message("two\n\nend"),)), now=NOW, zone=ZONE)
        await pilot.pause()
        differ = [y for y, line in enumerate(app.lines()) if line != before[y]]
        assert asked == differ
        assert len(differ) == 1


async def test_a_card_is_laid_out_anew_in_a_new_width():
    card, app = stage(item(messages=(message("word " * 40),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        wide = len(card.text.split("\n"))
        await pilot.resize_terminal(40, 24)
        await pilot.pause()
        assert len(card.text.split("\n")) > wide


async def test_the_next_card_begins_at_its_top():
    card, app = stage(item(messages=(message("line\n" * 60),)))
    async with app.run_test(size=(80, 12)) as pilot:
        card.scroll_page(1)
        card.show(item(row(2, "Tom Becker"), (message("line\n" * 60),)), now=NOW, zone=ZONE)
        await pilot.pause()
        assert card.scroll_offset.y == 0
        assert "Tom Becker" in app.lines()[0]
