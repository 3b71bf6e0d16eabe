"""Which reader is for which subject: the columns that its table must have, and what makes records of rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from linkinbox.errors import NotAnExportError
from linkinbox.importers import connections, invitations, messages, profile, vouching
from linkinbox.importers.archive import Member
from linkinbox.importers.files import base_name
from linkinbox.importers.limits import Limits
from linkinbox.importers.records import Owner
from linkinbox.importers.tables import Anew, Build, Columns, Table


@dataclass(frozen=True, slots=True)
class Reader:
    """How the table of one subject is read; one of the headers has to be there."""

    headers: tuple[tuple[str, ...], ...]
    build: Callable[[Columns, Owner], Build]
    anew: Callable[[Columns], Anew] = lambda _: lambda _: False  # which rows are read in each export


READERS = {
    "profile": Reader(profile.PROFILE_HEADERS, lambda columns, _: profile.build(columns, "profile")),
    "emails": Reader(profile.EMAIL_HEADERS, lambda columns, _: profile.build(columns, "email")),
    "positions": Reader(profile.POSITION_HEADERS, lambda columns, _: profile.build(columns, "position")),
    "connections": Reader(connections.HEADERS, lambda columns, _: connections.build(columns)),
    "endorsements": Reader(vouching.ENDORSEMENT_HEADERS, lambda columns, _: vouching.build_endorsement(columns)),
    "recommendations": Reader(
        vouching.RECOMMENDATION_HEADERS, lambda columns, _: vouching.build_recommendation(columns)
    ),
    "invitations": Reader(invitations.HEADERS, lambda columns, _: invitations.build(columns)),
    "messages": Reader(messages.HEADERS, messages.build, messages.told_apart_by_others),
}


_BY_NAME_ONLY = {"recommendations"}  # those that were given have the same columns


def open_table(member: Member, subject: str, limits: Limits) -> Table:
    """The table of a member, its header found.

    Raises:
        NotAnExportError: it is another table than its name says.
    """
    return Table(member.open(), READERS[subject].headers, base_name(member.name), limits)


def subject_by_header(member: Member, limits: Limits) -> str | None:
    """What a renamed file is about, by its columns; None when it has none of the headers that are read."""
    for subject in READERS.keys() - _BY_NAME_ONLY:
        try:
            table = open_table(member, subject, limits)
        except NotAnExportError:
            continue
        with closing(table):
            if table.columns.width:
                return subject
    return None
