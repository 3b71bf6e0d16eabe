"""The value of each operator: read into a leaf of the tree, or said what is allowed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo

from linkinbox.query.dates import read_age, read_day
from linkinbox.query.operators import Operator, nearest
from linkinbox.query.tree import Came, Fact, Node, Number, Or, Text, Where

_TEXTS = {where.value: where for where in Where if where is not Where.ANY}
_COMPARED = re.compile(r"(>=?|<=?|=)?\s*(\d{1,6})(d?)")
_AGES = "Write age:>30d for older than 30 days, age:<2w for younger than two weeks; units are h, d, w, mo, y"
_DAYS = "Write a day (2026-03-01, “1 mar”), a month (2026-03), yesterday, “last monday”, or 30d for 30 days ago"


class Unread(Exception):  # noqa: N818 - it becomes a QueryError where the place is known
    """A value is not understood.

    Args:
        message: what is wrong.
        hint: what is allowed.
        may_go_on: further letters may make it right.
    """

    def __init__(self, message: str, hint: str, *, may_go_on: bool = True) -> None:
        super().__init__(message)
        self.message, self.hint, self.may_go_on = message, hint, may_go_on


def read_term(operator: Operator, value: str, *, now: datetime, zone: tzinfo) -> Node:
    """Read an operator with its value.

    Raises:
        Unread: it is not understood.
    """
    name, value = operator.name, value.strip()
    if not value:
        allowed = f"It is one of {', '.join(operator.values())}" if operator.is_closed else f"As in {operator.example}"
        raise Unread(f"{name}: has no value", allowed)
    if operator.is_closed:
        return _fact(operator, value.lower())
    if name == "reason" and value.lower() in operator.values():
        return Or((Text(value, Where.REASON, is_phrase=True), Fact(name, value.lower())))
    if name in _TEXTS:
        return Text(value, _TEXTS[name], is_phrase=True)
    if name == "age":
        return _age(value, now, zone)
    if name in ("before", "after"):
        if (day := read_day(value, now, zone)) is None:
            raise Unread(f"{name}: knows no day {value}", _DAYS)
        return Came(before=day) if name == "before" else Came(since=day)
    return _number(name, value, operator.example)


def _fact(operator: Operator, value: str) -> Fact:
    values = operator.values()
    if value in values:
        return Fact(operator.name, value)
    near = nearest(value, values)
    hint = f"It is one of {', '.join(values)}"
    goes_on = any(known.startswith(value) for known in values)
    message = f"{operator.name}: knows no {value}"
    raise Unread(message, f"Did you mean {near}? {hint}" if near else hint, may_go_on=goes_on)


def _age(value: str, now: datetime, zone: tzinfo) -> Came:
    sign, rest = value[0], value[1:].removeprefix("=")
    ago = read_age(rest, now, zone) if sign in "<>" else None
    if ago is None:
        raise Unread(f"age: does not know {value}", _AGES)
    return Came(before=ago) if sign == ">" else Came(since=ago)


def _number(name: str, value: str, example: str) -> Number:
    found = _COMPARED.fullmatch(value.lower())
    weeks = re.fullmatch(r"([<>]=?)(\d{1,3})w", value.lower()) if name == "left" else None
    if weeks:
        found = _COMPARED.fullmatch(f"{weeks[1]}{int(weeks[2]) * timedelta(weeks=1).days}")
    if found is None or (found[3] and name != "left"):
        raise Unread(f"{name}: takes a number, not {value}", f"As in {example}")
    number = int(found[2])
    match found[1]:
        case ">":
            return Number(name, least=number + 1)
        case ">=":
            return Number(name, least=number)
        case "<":
            return Number(name, most=number - 1)
        case "<=":
            return Number(name, most=number)
        case _:
            return Number(name, number, number)
