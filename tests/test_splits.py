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
        ({"name": "A", "query": "from:ana"}, "“from:ana” is not understood; words and view: are understood so far"),
        ({"name": "A", "query": "a OR b"}, "“OR” is not understood"),
        ({"name": "A", "query": "-pitch"}, "“-pitch” is not understood"),
        ({"name": "A", "query": '"cold chain"'}, "is not understood"),
        ({"name": "A", "query": "view:mine"}, "there is no view mine; there are sweep, new,"),
        ({"name": "A", "query": "view:new view:junk"}, "names two views"),
        ({"name": "A", "query": "x", "sort": "oldest"}, "finds the newest first"),
        ({"name": "A", "query": "", "sort": "best"}, "must be newest or oldest"),
        ({"name": "A", "colour": "red"}, "a split has no colour"),
    ],
)
def test_what_is_not_understood_is_said(table, told):
    with pytest.raises(UsageError, match=re.escape(told)):
        split_from(table)
