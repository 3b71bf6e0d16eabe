"""What makes the tests quick: what is the same in all of them is made once, and the disk is not waited for.

The long tests, which are about the disk, are left as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from linkinbox.store import connection, opening
from linkinbox.store.schema import migrate


@pytest.fixture(scope="session")
def is_short(pytestconfig: pytest.Config) -> bool:
    """Whether it is the run without the long tests."""
    return "not soak" in pytestconfig.option.markexpr


@pytest.fixture(scope="session", autouse=True)
def one_empty_store(tmp_path_factory: pytest.TempPathFactory, is_short: bool) -> Iterator[None]:
    """A new store is a copy of the first, which the migrations made; one of an older version is still brought up by them."""
    if not is_short:
        yield
        return
    made = tmp_path_factory.mktemp("made-once") / "inbox.db"

    def copied(path: Path) -> None:
        if opening.version_of(path):
            migrate(path)
            return
        if not made.exists():
            migrate(made)
        with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(path)) as target:
            target.execute("PRAGMA synchronous = OFF")
            source.backup(target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "migrate", copied)
        yield


SYNCED = connection._PRAGMAS


@pytest.fixture(scope="session", autouse=True)
def nothing_synced(is_short: bool) -> Iterator[None]:
    """The power is not cut while a test runs in this process; programs that are started sync as they always do."""
    if not is_short:
        yield
        return
    assert "synchronous = FULL" in SYNCED
    with pytest.MonkeyPatch.context() as patch:
        unsynced = (pragma.replace("synchronous = FULL", "synchronous = OFF") for pragma in SYNCED)
        patch.setattr(connection, "_PRAGMAS", tuple(unsynced))
        yield


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stores are synced as for a person."""
    monkeypatch.setattr(connection, "_PRAGMAS", SYNCED)


@pytest.fixture(scope="session", autouse=True)
def style_sheets_read_once() -> Iterator[None]:
    """Textual keeps the rules of a style sheet for one app; here for all that have the same variables."""
    from textual.css.stylesheet import RuleSet, Stylesheet

    read = Stylesheet._parse_rules
    reader = cache(lambda variables: Stylesheet(variables=dict(variables)))
    rules_of = cache(lambda variables, *sheet: read(reader(variables), *sheet))

    def parse_rules(
        self: Stylesheet, css: str, read_from: tuple[str, str], is_default_rules=False, tie_breaker=0, scope=""
    ) -> list[RuleSet]:
        of, variables = vars(self).get("_known", (None, frozenset()))
        if of is not self._variables:  # they are exchanged with the theme
            variables = frozenset(self._variables.items())
            self._known = (self._variables, variables)
        return rules_of(variables, css, read_from, is_default_rules, tie_breaker, scope)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_rules)
        yield
