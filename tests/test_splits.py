"""Saved searches: what of them is understood, and what is said of the rest."""

from __future__ import annotations

import re

import pytest

from linkinbox.errors import UsageError
from linkinbox.model import View
from linkinbox.splits import Split, split_from


@pytest.mark.parametrize(
    ("query", "view", "words"),
    [
        ("cold chain", View.ALL, "cold chain"),
        ("view:to-accept", View.TO_ACCEPT, ""),
        ("view:new  reefer", View.NEW, "reefer"),
        ("reefer view:junk chain", View.JUNK, "reefer chain"),
        ("", View.NEW, ""),
        ("https://cal.com", View.ALL, "https://cal.com"),
        ("is:new -pitch OR from:ana", View.ALL, "is:new -pitch OR from:ana"),
        ('"cold  chain" view:new age:>90d', View.NEW, '"cold  chain" age:>90d'),
        ("(view:junk OR a) -view:held view:gold", View.GOLD, "(view:junk OR a) -view:held"),
    ],
)
def test_a_query_is_words_and_a_view(query, view, words):
    assert split_from({"name": " My  own ", "query": query}) == Split("My own", view, words)


def test_its_order_is_that_of_the_view_unless_told():
    assert split_from({"name": "Old", "query": "view:new", "sort": "oldest"}).oldest_first is True
    assert split_from({"name": "Old", "query": "view:new"}).oldest_first is None


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"query": "x"}, "a split needs a name"),
        ({"name": "A", "query": 5}, "the query of A must be in quotes"),
        ({"name": "A", "query": "form:ana"}, "in the query of A, “form:”: There is no form:. Did you mean from:?"),
        ({"name": "A", "query": '"cold chain'}, "This quote is not closed"),
        ({"name": "A", "query": "view:mine"}, "view: knows no mine"),
        ({"name": "A", "query": "view:new view:junk"}, "names two views"),
        ({"name": "A", "query": "x", "sort": "oldest"}, "finds the newest first"),
        ({"name": "A", "query": "", "sort": "best"}, "must be newest or oldest"),
        ({"name": "A", "colour": "red"}, "a split has no colour"),
    ],
)
def test_what_is_not_understood_is_said(table, told):
    with pytest.raises(UsageError, match=re.escape(told)):
        split_from(table)
