"""What the source of a package tells without being run: who calls whom with what, and what a name stands for."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

# Types in which no stranger's letters travel; of our own classes those that hold our own words and figures only.
_OWN_TYPES = """
    SafeText int float bool None datetime date time timedelta tzinfo ZoneInfo Ink Scale Columns Counts View Kind State
    Verb CallOutcome FiledBecause Marks Content Line Piece Laid Action Group Theme Tone Literal Pane _Waits Visual
    ItemCounts Color Style Region Size
"""
_ENUM = re.compile(r"^class (\w+)\((?:Str|Int)?Enum\)", re.MULTILINE)
PACKAGE = Path(__file__).parent.parent / "linkinbox"
ENUMS = frozenset(name for path in PACKAGE.rglob("*.py") for name in _ENUM.findall(path.read_text()))
OWN_TYPES = frozenset(_OWN_TYPES.split()) | ENUMS

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Named = TypeVar("Named", ast.FunctionDef, ast.ClassDef)


@dataclass
class Package:
    """The syntax of a package: its functions by name, and the types that its classes declare for attributes."""

    trees: dict[str, ast.Module]
    functions: defaultdict[str, list[ast.FunctionDef]] = field(default_factory=lambda: defaultdict(list))
    attributes: defaultdict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))
    classes: defaultdict[str, list[ast.ClassDef]] = field(default_factory=lambda: defaultdict(list))
    calls: defaultdict[str, list[ast.Call]] = field(default_factory=lambda: defaultdict(list))
    handed_on: defaultdict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)
    modules: dict[ast.AST, ast.Module] = field(default_factory=dict)
    imported: dict[tuple[ast.Module, str], ast.Module | None] = field(default_factory=dict)
    assigned: defaultdict[str, list[ast.expr]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for tree in self.trees.values():
            for node in ast.walk(tree):
                self.modules[node] = tree
                self._note(node)

    def _note(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            self.parents[child] = node
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self.functions[name].append(node)  # type: ignore[arg-type]
            case ast.ClassDef(name=name):
                self.classes[name].append(node)
                for attribute, annotation in declared_by(node).items():
                    self.attributes[attribute].append(annotation)
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._note_assigned(target, value)
            case ast.ImportFrom(module=module, names=names) if module:
                for alias in names:
                    self.imported[self.modules[node], alias.asname or alias.name] = self.trees.get(
                        f"{module.replace('.', '/')}.py"
                    )
            case ast.AnnAssign(target=ast.Attribute(attr=name), annotation=annotation):
                self.attributes[name].append(annotation)
            case ast.Call(func=func):
                self.calls[called(func)].append(node)
                for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                    if isinstance(argument, ast.Name | ast.Attribute):
                        self.handed_on[called(argument)].append(argument)

    def _note_assigned(self, target: ast.expr, value: ast.expr) -> None:
        match target, value:
            case ast.Attribute(attr=name), _:
                self.assigned[name].append(value)
            case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
                for one, part in zip(targets, values, strict=True):
                    self._note_assigned(one, part)
            case ast.Tuple(elts=targets), _:
                for one in targets:
                    self._note_assigned(one, value)

    def module_of(self, node: ast.AST) -> ast.AST:
        """The module that a node stands in."""
        return self.modules[node]

    def functions_of(self, name: str, seen_from: ast.AST) -> list[ast.FunctionDef]:
        """The functions that a name may mean where it is seen."""
        return self._meant(self.functions.get(name, []), name, seen_from)

    def classes_of(self, name: str, seen_from: ast.AST) -> list[ast.ClassDef]:
        """The classes that a name may mean where it is seen."""
        return self._meant(self.classes.get(name, []), name, seen_from)

    def _meant(self, every: list[Named], name: str, seen_from: ast.AST) -> list[Named]:
        """Of all that have this name those of the same module, or the imported one; where that tells nothing, all."""
        module = self.module_of(seen_from)
        if own := [one for one in every if self.module_of(one) is module]:
            return own
        if (module, name) in self.imported:
            there = self.imported[module, name]
            return [one for one in every if there in (self.module_of(one), None)]  # None: a folder's, which hands it on
        said = seen_from.func if isinstance(seen_from, ast.Call) else seen_from
        return [] if isinstance(said, ast.Name) else every  # an attribute may be anybody's


def declared_by(node: ast.ClassDef) -> dict[str, ast.expr]:
    """The attributes and properties that a class declares, with their types."""
    declared: dict[str, ast.expr] = {}
    for statement in node.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                declared[name] = annotation
            case ast.FunctionDef(name=name, returns=returns, decorator_list=[_, *_]) if returns is not None:
                declared[name] = returns
    return declared


@cache
def tree_of(path: Path) -> ast.Module:
    """The source of a file; parsed once, so nobody changes it."""
    return ast.parse(path.read_text())


def package_of(folder: Path) -> Package:
    """The package in a folder."""
    paths = sorted(folder.rglob("*.py"))
    return Package({str(path.relative_to(folder.parent)): tree_of(path) for path in paths})


def called(func: ast.expr) -> str:
    """The last part of a name: ``click.echo`` is echo."""
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def is_own_type(annotation: ast.expr) -> bool:
    """Whether no part of a type can hold a stranger's text."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    match annotation:
        case ast.Constant(value=None):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in OWN_TYPES
        case ast.BinOp(left=left, right=right):
            return is_own_type(left) and is_own_type(right)
        case ast.Subscript(value=value, slice=inner):
            parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            if called(value) == "Literal":
                return True
            return all(is_own_type(part) for part in parts if not is_ellipsis(part))
        case _:
            return False


def is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def given_by(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a function returns or yields."""
    for node in within(function):
        if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) and node.value is not None:
            yield node.value


@cache
def within(scope: ast.AST) -> list[ast.AST]:
    """The nodes of a scope, without those of the functions in it."""
    inner, found = list(ast.iter_child_nodes(scope)), []
    while inner:
        node = inner.pop()
        found.append(node)
        if not isinstance(node, Function | ast.ClassDef):
            inner.extend(ast.iter_child_nodes(node))
    return found


def argument_of(function: ast.AST, name: str) -> ast.arg | None:
    """The parameter of this name."""
    arguments = function.args  # type: ignore[attr-defined]
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return next((argument for argument in every if argument and argument.arg == name), None)


def handed_over(call: ast.Call, function: ast.FunctionDef, argument: ast.arg) -> ast.expr | None:
    """What a call hands over for a parameter; its default where it says nothing."""
    for keyword in call.keywords:
        if keyword.arg == argument.arg:
            return keyword.value
    places = [*function.args.posonlyargs, *function.args.args]
    if places and places[0].arg in {"self", "cls"}:
        places = places[1:]
    if argument in places and (place := places.index(argument)) < len(call.args):
        value = call.args[place]
        return None if isinstance(value, ast.Starred) else value
    defaults = dict(zip(reversed(places), reversed(function.args.defaults), strict=False))
    defaults |= {
        key: value for key, value in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True) if value
    }
    return defaults.get(argument)


def bindings(scope: ast.AST, name: str) -> Iterator[ast.AST]:
    """Every value that a name is bound to in a scope; for one of several it is the whole they come from."""
    for node in within(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from bound_in(target, value, name)
            case ast.AnnAssign(target=target, value=value, annotation=annotation) if value is not None:
                if isinstance(target, ast.Name) and target.id == name and is_own_type(annotation):
                    yield ast.Constant("")
                else:
                    yield from bound_in(target, value, name)
            case (
                ast.AugAssign(target=ast.Name(id=bound), value=value)
                | ast.NamedExpr(target=ast.Name(id=bound), value=value)
            ):
                if bound == name:
                    yield value
            case (
                ast.For(target=target, iter=value)
                | ast.AsyncFor(target=target, iter=value)
                | ast.comprehension(target=target, iter=value)
            ):
                yield from bound_in(target, value, name)
            case ast.withitem(context_expr=value, optional_vars=target) if target is not None:
                yield from bound_in(target, value, name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=bound), attr="append" | "extend" | "insert"), args=args):
                if bound == name:
                    yield from args
            case ast.Match(subject=subject):
                yield from (subject for case in node.cases if captures(case.pattern, name))


def captures(pattern: ast.pattern, name: str) -> bool:
    return any(isinstance(node, ast.MatchAs | ast.MatchStar) and node.name == name for node in ast.walk(pattern))


def bound_in(target: ast.expr, value: ast.AST, name: str) -> Iterator[ast.AST]:
    match target, value:
        case ast.Name(id=bound), _ if bound == name:
            yield value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for one, part in zip(targets, values, strict=True):
                yield from bound_in(one, part, name)
        case ast.Tuple(elts=targets), _:
            for one in targets:
                yield from bound_in(one, value, name)
        case ast.Starred(value=inner), _:
            yield from bound_in(inner, value, name)
        case _:
            return
