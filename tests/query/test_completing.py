"""What is offered while a query is typed."""

from __future__ import annotations

from linkinbox.query import OPERATORS, completions


def texts(text, cursor=None, **known):
    found = completions(text, len(text) if cursor is None else cursor, known=known)
    return [candidate.text for candidate in found.candidates], text[found.start : found.end]


def test_the_beginning_of_a_word_may_be_an_operator():
    assert texts("cold fr") == (["from:"], "fr")
    assert texts("-is:junk r") == (["role:", "reason:"], "r")
    assert texts("cold ") == ([], "")


def test_values_are_offered_with_their_meaning():
    found = completions("is:ju", 5, known={})
    assert [(one.text, one.says) for one in found.candidates] == [("junk", "not wanted")]
    assert texts("flag:sc") == (["scam"], "sc")
    assert texts("age:>3")[0] == [">30d", ">3mo"]


def test_what_the_store_knows_comes_first_and_in_quotes_where_it_needs_them():
    assert texts("company:a", company=["Acme", "A. P. (x)", "Bolt"]) == (["Acme", '"A. P. (x)"'], "a")
    assert texts('company:"a', company=["Acme Ltd"]) == (['"Acme Ltd"'], '"a')


def test_a_name_is_offered_by_any_of_its_words_and_without_accents():
    known = {"from": ["Frieda Möller", "Zoë Søren", "Ben Lee"]}
    assert texts("from:moll", **known)[0] == ['"Frieda Möller"']
    assert texts("from:sor", **known)[0] == ['"Zoë Søren"']
    assert texts("from:ell", **known)[0] == []


def test_the_whole_value_around_the_cursor_is_replaced():
    assert texts("is:held cold", 4) == (["held", "hello"][:1], "held")


def test_the_store_is_asked_for_more_by_operator_and_beginning():
    found = completions("a tag:foll", 10, known={})
    assert (found.operator, found.beginning) == ("tag", "foll")


def test_each_operator_has_an_example_that_is_understood():
    from datetime import UTC

    from linkinbox.query import parse
    from tests.conftest import NOW

    for operator in OPERATORS.values():
        assert parse(operator.example, now=NOW, zone=UTC).root.parts
