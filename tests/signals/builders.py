"""Subjects as sentences: what is not said is not known."""

from __future__ import annotations

from linkinbox.signals import Owner, Signal, SignalKind, Subject, judge

OWNER = Owner("Robin Hale", ("Northpier", "Halden Cold Stores"))


def a_note(text: str = "", **known) -> Subject:
    return Subject(known.pop("name", "Ana Ruiz"), text, OWNER, **known)


def flags(text: str = "", **known) -> dict[str, Signal]:
    return {signal.rule: signal for signal in judge(a_note(text, **known)) if signal.kind is SignalKind.FLAG}


def reasons(text: str = "", interests=None, **known) -> dict[str, Signal]:
    wanted = {"interests": interests} if interests else {}
    return {s.rule: s for s in judge(a_note(text, **known), **wanted) if s.kind is SignalKind.REASON}
