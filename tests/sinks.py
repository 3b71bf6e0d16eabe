"""Judges, by the source alone, whether what is handed to a place that shows text was made safe.

An expression is safe if all it is made of is: words of our own, numbers and times, `SafeText`, and what the package's
own functions make of such. Everything else is a stranger's until proven otherwise: a parameter that is a `str` is as
safe as the worst that any caller hands over, and an attribute as its class declares it.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from tests.syntax import (
    OWN_TYPES,
    Function,
    Package,
    argument_of,
    bindings,
    called,
    declared_by,
    given_by,
    handed_over,
    is_own_type,
)

# What they give is as safe as what they take.
_CARRIERS = """
    str SafeText content format list tuple set sorted reversed enumerate zip chain islice groupby filter pairwise iter
    next set_cell_size chop_cells max min partial dict
"""
_STRING_METHODS = """
    join ljust rjust center lower upper capitalize title strip lstrip rstrip removeprefix removesuffix replace split
    splitlines format_map format items values keys get rpartition partition expandtabs
"""
_FIGURES = "len int round sum range abs bool cells cell_len width_of divmod float"
_TIME_METHODS = "astimezone isoformat fromisoformat total_seconds timestamp strftime weekday count index"
_OF_FIGURES = "x y width height day month year hour minute days seconds"
CARRIERS, STRING_METHODS, FIGURES, TIME_METHODS, OF_FIGURES = (
    frozenset(words.split()) for words in (_CARRIERS, _STRING_METHODS, _FIGURES, _TIME_METHODS, _OF_FIGURES)
)
MAKERS = frozenset({"safe_text", "safe_name", "safe_body", "excerpt", "age"})
CHECKED = frozenset(
    {"openable", "key_label", "key_of", "keys_of", "keys_table", "keys_text", "keys_toml"}
)  # LinkedIn's addresses; names of our keys


class Fault(NamedTuple):
    """Text that reaches a sink without having been made safe."""

    file: str
    line: int
    source: str


class Judge:
    """Tells whether expressions of a package are safe to be shown."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._known: dict[ast.AST, bool] = {}

    def is_safe(self, node: ast.AST) -> bool:
        """Whether nothing in it can be a stranger's."""
        if node not in self._known:
            self._known[node] = True  # what refers to itself is as safe as the rest of it
            self._known[node] = self._judged(node)
        return self._known[node]

    def _all(self, *nodes: ast.AST | None) -> bool:
        return all(self.is_safe(node) for node in nodes if node is not None)

    def _judged(self, node: ast.AST) -> bool:
        match node:
            case ast.Constant() | ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return True
            case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return self._all(*parts)
            case ast.BoolOp(op=ast.And(), values=parts):
                return self._all(parts[-1])
            case ast.BoolOp(values=parts):
                return self._all(*parts)
            case ast.FormattedValue(value=value, format_spec=spec):
                return is_of_a_figure(spec) or self.is_safe(value)
            case ast.Starred(value=value) | ast.Await(value=value) | ast.NamedExpr(value=value):
                return self.is_safe(value)
            case ast.UnaryOp(operand=value) | ast.Subscript(value=value):
                return self.is_safe(value)
            case ast.BinOp(left=left, right=right):
                return self._all(left, right)
            case ast.IfExp(body=body, orelse=orelse):
                return self._all(body, orelse)
            case ast.Dict(values=values):
                return self._all(*values)
            case ast.ListComp(elt=element) | ast.GeneratorExp(elt=element) | ast.SetComp(elt=element):
                return self.is_safe(element)
            case ast.DictComp(key=key, value=value):
                return self._all(key, value)
            case ast.Attribute(value=ast.Name(id="self"), attr=attribute) if self._set_by_its_class(node, attribute):
                return self._all(*self._set_by_its_class(node, attribute))
            case ast.Attribute(value=owner, attr=attribute):
                return attribute in OF_FIGURES or self._is_own(owner, attribute) or self.is_safe(owner)
            case ast.Name():
                return self._is_safe_name(node)
            case ast.Call():
                return self._is_safe_call(node)
            case _:
                return False

    def _is_own(self, owner: ast.expr, attribute: str) -> bool:
        """Whether an attribute holds our own words only: as its class declares it, or by what it is set to.

        Of an owner whose class is not known, every class counts.
        """
        if declared := self._declared(owner, attribute) or self.package.attributes.get(attribute):
            return all(map(is_own_type, declared))
        assigned = self.package.assigned.get(attribute, [])
        return bool(assigned) and self._all(*assigned)

    def _declared(self, owner: ast.expr, attribute: str) -> list[ast.expr]:
        declared = [declared_by(node) for node in self._classes_of(owner)]
        return [types[attribute] for types in declared if attribute in types]

    def _classes_of(self, node: ast.AST, depth: int = 8) -> set[ast.ClassDef]:
        """The classes of the package that a value may be of, or hold."""
        if not depth:
            return set()
        match node:
            case ast.Name():
                found = [self._classes_of(bound, depth - 1) for bound in self._bound(node)]
                return set().union(*found)
            case ast.arg(annotation=annotation) if annotation is not None:
                return self._named_in(annotation)
            case ast.Attribute(value=owner, attr=attribute):
                return set().union(*(self._named_in(declared) for declared in self._declared(owner, attribute)))
            case ast.Subscript(value=value) | ast.Starred(value=value):
                return self._classes_of(value, depth - 1)
            case ast.Call(func=ast.Name(id=name), args=[only]) if name in CARRIERS:
                return self._classes_of(only, depth - 1)
            case _:
                return set()

    def _named_in(self, annotation: ast.expr) -> set[ast.ClassDef]:
        names = {called(node) for node in ast.walk(annotation) if isinstance(node, ast.Name | ast.Attribute)}
        return {node for name in names for node in self.package.classes_of(name, annotation)}

    def _bound(self, node: ast.Name) -> list[ast.AST]:
        """The parameter, or the values, that a name stands for."""
        scope: ast.AST | None = node
        while (scope := self.package.parents.get(scope)) is not None:
            if isinstance(scope, Function) and (argument := argument_of(scope, node.id)):
                return [argument]
            if isinstance(scope, Function | ast.Module) and (bound := list(bindings(scope, node.id))):
                return bound
        return []

    def _set_by_its_class(self, node: ast.AST, attribute: str) -> list[ast.expr]:
        """What the class that ``self`` stands in sets an attribute to, unless it declares it."""
        while node in self.package.parents and not isinstance(node, ast.ClassDef):
            node = self.package.parents[node]
        found: list[ast.expr] = []
        for inner in ast.walk(node):
            match inner:
                case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)], value=value):
                    found += [value] if name == attribute else []
                case ast.AnnAssign(target=ast.Attribute(attr=name) | ast.Name(id=name)) if name == attribute:
                    return []
        return found

    # ── calls ──

    def _is_safe_call(self, node: ast.Call) -> bool:
        name, func = called(node.func), node.func
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        if name in MAKERS | CHECKED or name in FIGURES or name in TIME_METHODS or name in OWN_TYPES - {"SafeText"}:
            return True
        if name == "dumps" or name in {"now", "marks", "zone"}:  # JSON is ASCII
            return True
        if name == "map":
            by = called(arguments[0])
            return by in MAKERS | FIGURES or self._returns_safe(by, node) or self._all(*arguments[1:])
        if name in CARRIERS and isinstance(func, ast.Name):
            return self._all(*carried(node))
        if isinstance(func, ast.Attribute) and name in STRING_METHODS:
            return self._all(func.value, *arguments)
        return self._returns_safe(name, node)

    def _returns_safe(self, name: str, seen_from: ast.AST) -> bool:
        functions = self.package.functions_of(name, seen_from)
        return bool(functions) and all(self._gives_safe(function) for function in functions)

    def _gives_safe(self, function: ast.FunctionDef) -> bool:
        if function.returns is not None and is_own_type(function.returns):
            return True
        return all(self.is_safe(value) for value in given_by(function))

    # ── names ──

    def _is_safe_name(self, node: ast.Name) -> bool:
        if node.id in OWN_TYPES:
            return True
        bound = self._bound(node)
        if bound and isinstance(bound[0], ast.arg):
            return self._is_safe_argument(bound[0])
        return self._all(*bound) if bound else self._is_safe_constant(node.id)

    def _is_safe_constant(self, name: str) -> bool:
        """A name from another module: safe if every constant of that name is."""
        bound = [value for tree in self.package.trees.values() for value in bindings(tree, name)]
        return bool(bound) and self._all(*bound)

    def _is_safe_argument(self, argument: ast.arg) -> bool:
        function = self.package.parents[self.package.parents[argument]]
        if argument.annotation is not None and is_own_type(argument.annotation):
            return True
        if isinstance(function, ast.Lambda) or self._is_handed_on(function):  # type: ignore[arg-type]
            return False
        named = self.package.calls.get(function.name, [])  # type: ignore[attr-defined]
        calls = [call for call in named if function in self.package.functions_of(called(call.func), call)]
        handed = [handed_over(call, function, argument) for call in calls]  # type: ignore[arg-type]
        return bool(handed) and all(value is not None and self.is_safe(value) for value in handed)

    def _is_handed_on(self, function: ast.FunctionDef) -> bool:
        """Whether a function is given to another one, so that who calls it with what is not known."""
        return any(
            function in self.package.functions_of(function.name, node)
            and not (isinstance(node, ast.Name) and self._bound(node))
            and not (of_self(node) and isinstance(self.package.parents[function], ast.Module))
            for node in self.package.handed_on[function.name]
        )


def of_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"


def carried(call: ast.Call) -> list[ast.expr]:
    """What goes into the result of a call of a carrier: what it sorts, groups or filters by does not."""
    match called(call.func):
        case "filter":
            return call.args[1:]
        case "groupby" | "islice":
            return call.args[:1]
        case _:
            return [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg not in {"key", "strict"})]


def is_of_a_figure(spec: ast.expr | None) -> bool:
    """Whether a format such as ``:,`` or ``:%H:%M`` takes nothing but a number or a time."""
    if not isinstance(spec, ast.JoinedStr):
        return False
    words = "".join(str(part.value) for part in spec.values if isinstance(part, ast.Constant))
    return words.endswith((",", "d", "f", "g")) or "%" in words
