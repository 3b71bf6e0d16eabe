"""The direction of imports: nothing points up, no cycles, and nothing heavy where it is not asked for."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.syntax import tree_of

PACKAGE = Path(__file__).parent.parent / "linkinbox"
SHOWS = {
    "inbox", "decider", "finder", "reader", "keeping", "model", "query", "decisions", "signals", "errors", "text", "actions", "keymap", "tags", "pipes", "programs", "splits", "when", "zones", "links", "lifetime", "config", "store", "importers", "demo", "hits",
}  # fmt: skip
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "text": set(),
    "names": set(),
    "letters": set(),
    "hits": {"letters"},
    "alike": set(),
    "actions": {"model"},
    "keymap": {"actions", "errors", "text", "toml_lines"},
    "path": {"model"},
    "twins": {"model"},
    "selectivity": set(),
    "lifetime": {"model", "text"},
    "decisions": {"model"},
    "signals": {"errors", "decisions", "alike", "letters"},
    "standing": {"model", "decisions"},
    "tags": {"decisions", "errors"},
    "query": {"errors", "hits", "letters", "model", "signals", "when"},
    "splits": {"model", "errors", "query"},
    "when": {"errors"},
    "zones": set(),
    "toml_lines": set(),
    "links": {"errors"},
    "pipes": {"errors"},
    "programs": {"errors"},
    "config": {"errors", "importers", "lifetime", "pipes", "signals", "splits", "toml_lines"},
    "calls": {"model", "errors", "text", "links"},
    "importers": {"model", "errors", "text", "names"},
    "store": {
        "model",
        "decisions",
        "signals",
        "errors",
        "text",
        "names",
        "alike",
        "lifetime",
        "standing",
        "path",
        "twins",
        "selectivity",
        "importers",
        "calls",
        "links",
        "tags",
        "query",
    },
    "finder": {"model", "query", "signals", "store", "lifetime", "zones"},
    "reader": {"errors", "finder", "model", "signals", "selectivity", "twins", "store"},
    "decider": {"reader", "model", "decisions", "store"},
    "inbox": {"decider", "lifetime", "signals", "errors", "store", "calls", "importers"},
    "keeping": {"errors", "store"},
    "demo": {"inbox", "model", "decisions", "errors"},
    "looking": {"backlog", "finder", "hits", "inbox", "model", "query", "splits", "store"},
    "words": {
        "actions",
        "looking",
        "marked",
        "keymap",
        "model",
        "decisions",
        "signals",
        "errors",
        "tags",
        "text",
        "when",
        "twins",
        "store",
    },
    "backlog": {"inbox", "model", "store", "twins"},
    "marked": {"store"},
    "sitting": SHOWS | {"backlog", "looking", "marked", "path"},
    "tui": SHOWS
    | {"words", "sitting", "looking", "marked", "backlog", "opening", "path", "toml_lines", "twins", "selectivity"},
    "opening": {"inbox", "links", "model", "text"},
    "plain": SHOWS | {"words", "sitting", "looking", "marked", "opening", "selectivity", "twins"},
    "start": SHOWS | {"tui", "words"},
    "cli": SHOWS | {"words", "sitting", "plain", "tui", "start", "twins", "selectivity"},
}


def part(path: Path) -> str:
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path: Path) -> set[str]:
    """The modules of the package that a file imports, anywhere in it, types too."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "linkinbox":
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            found.update(name if is_module(name) else node.module for name in below)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names if alias.name.split(".")[0] == "linkinbox")
    return found


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_only_what_lies_below_it(path):
    here = part(path)
    if here in {"__init__", "__main__"}:
        return
    for module in imports(path):
        there = module.split(".")[1] if "." in module else "__init__"
        assert there in {here, "__init__"} or there in MAY_IMPORT[here], f"{here} may not import {module}"


def test_there_are_no_cycles():
    graph = {module_of(path): imports(path) for path in FILES}
    done: set[str] = set()

    def visit(module: str, trail: tuple[str, ...]) -> None:
        assert module not in trail, " → ".join((*trail, module))
        if module in done or module not in graph:
            return
        for other in graph[module]:
            visit(other, (*trail, module))
        done.add(module)

    for module in graph:
        visit(module, ())


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize(("library", "home"), [("textual", {"tui"}), ("rich", {"tui"}), ("sqlite3", {"store"}), ("sqlite_utils", {"store"})])  # fmt: skip
def test_a_library_is_spoken_to_in_one_place(library, home):
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            named += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(name.split(".")[0] == library for name in named):
                assert part(path) in home, f"{path} imports {library}"


def loaded_by(statement: str) -> set[str]:
    told = subprocess.run(
        [sys.executable, "-c", f"{statement}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.split(".")[0] for name in told.stdout.split()}


def test_the_service_loads_no_screen_and_nothing_heavy():
    heavy = {"textual", "rich", "sqlite_utils", "dateutil", "dateparser", "icalendar", "csv", "zipfile", "click"}
    assert not loaded_by("import linkinbox.inbox") & heavy


def test_the_screen_loads_nothing_that_it_does_not_need_at_start():
    heavy = {"sqlite_utils", "dateutil", "dateparser", "icalendar", "csv", "zipfile", "tzlocal"}
    assert not loaded_by("import linkinbox.tui.app") & heavy


def test_a_functions_length_and_a_files_length_stay_readable():
    for path in FILES:
        source = path.read_text()
        assert source.count("\n") <= 330, f"{path.name} is long: is it one thing?"
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 45, f"{path.name}: {node.name} is long"
