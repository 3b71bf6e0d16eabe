"""Nothing but safe text reaches a place that shows it: the source itself is held to that, line by line."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.sinks import Fault, Judge
from tests.syntax import PACKAGE, Package, called, package_of, tree_of

# The first argument is what is shown. `SafeText` is no cast of whatever one likes: what goes in is judged as well.
_SHOWS = "SafeText content Static Label Button Option Segment Content styled notify copy_to_clipboard echo secho print"
_SET_AND_SHOWN = "placeholder tooltip border_title border_subtitle sub_title"
_NEVER = "Markdown MarkdownViewer RichLog Log DataTable Pretty Tree TextArea Select from_markup"
SHOWS, SET_AND_SHOWN = frozenset(_SHOWS.split()), frozenset(_SET_AND_SHOWN.split())
NEVER = frozenset(_NEVER.split())  # they parse what they are given, or pass escapes on whatever one does
SHOWS_ALL = frozenset({"assemble"})
MAKES_SAFE = frozenset({"linkinbox/text.py", "linkinbox/tui/safe_text.py"})
NOT_SHOWN_TO_A_PERSON = frozenset({
    "kinds[shell](ctx.find_root().command, {}, 'linkinbox', '_LINKINBOX_COMPLETE').source()",  # a shell's
    "*renderables",  # into memory: the crash file makes it safe
})  # fmt: skip


def shown_by(node: ast.AST, file: str) -> Iterator[ast.expr]:
    """The expressions that a statement or call shows."""
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            name = called(func)
            if name in SHOWS_ALL:
                yield from args
            elif name in SHOWS or is_a_stream(func) or (name == "update" and is_a_widget(func, file)):
                yield from args[:1]
            yield from (keyword.value for keyword in keywords if name == "notify" and keyword.arg == "title")
        case ast.Assign(targets=[ast.Attribute(attr=attribute)], value=value) if attribute in SET_AND_SHOWN:
            yield value


def is_a_stream(func: ast.expr) -> bool:
    match func:
        case ast.Attribute(attr="write" | "writelines", value=ast.Attribute(attr="stderr" | "stdout")):
            return True
        case _:
            return False


def is_a_widget(func: ast.expr, file: str) -> bool:
    """Dicts and sets of the screen are local names; its widgets are attributes of it."""
    return "/tui/" in file and isinstance(func, ast.Attribute) and isinstance(func.value, ast.Attribute)


def faults(package: Package) -> list[Fault]:
    """Whatever is shown and was not made safe."""
    judge = Judge(package)
    return [
        Fault(file, shown.lineno, ast.unparse(shown))
        for file, tree in package.trees.items()
        for node in ast.walk(tree)
        for shown in shown_by(node, file)
        if file not in MAKES_SAFE and not judge.is_safe(shown) and ast.unparse(shown) not in NOT_SHOWN_TO_A_PERSON
    ]


def of(source: str, file: str = "linkinbox/tui/x.py") -> list[str]:
    """The faults in a piece of source beside the model."""
    model = ast.parse("class Person:\n    name: str\n    id: int\n    at: datetime\n")
    return [fault.source for fault in faults(Package({"linkinbox/model.py": model, file: ast.parse(source)}))]


def test_nothing_but_safe_text_reaches_a_place_that_shows_it(gate):
    package = package_of(PACKAGE)
    sinks = sum(1 for file, tree in package.trees.items() for node in ast.walk(tree) for _ in shown_by(node, file))
    found = faults(package)
    assert not found, "\n".join(f"{fault.file}:{fault.line}: {fault.source}" for fault in found)
    assert sinks > 150
    gate(3, "no raw sink", f"{sinks} places where text is shown: 0 take anything but safe text or our own words")


def test_what_parses_text_is_not_used_at_all():
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            assert not (isinstance(node, ast.Call) and called(node.func) in NEVER), f"{path}, line {node.lineno}"


def test_a_toast_is_never_parsed():
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and called(node.func) == "notify":
                assert any(keyword.arg == "markup" for keyword in node.keywords), f"{path}, line {node.lineno}"


@pytest.mark.parametrize(
    "source",
    [
        "self.notify(row.person.name)",
        "click.echo(item.title)",
        "click.echo(f'{row.person.name}: {row.id}')",
        "sys.stderr.write(str(error))",
        "Static(person.name)",
        "self.news.update(text)",
        "self.input.placeholder = person.name",
        "SafeText(person.name)",
        "SafeText(f'{person.name:>20}')",
        "def show(text: str):\n    yield Segment(text)\nshow(person.name)",
        "def show(person):\n    name = person.name or 'nobody'\n    click.echo(name.upper())",
        "def words(person) -> str:\n    return f'{person.name}!'\ndef show(person):\n    click.echo(words(person))",
        "def words(person) -> Iterator[str]:\n    yield 'a'\n    yield person.name\nclick.echo('\\n'.join(words(p)))",
        "for name in [person.name]:\n    click.echo(name)",
        "click.echo(', '.join(person.name for person in people))",
        "self.app.copy_to_clipboard(f'{person.name} {link}')",
        "self.notify('fine', title=person.name, markup=False)",
        "hook = lambda text: Static(text)",
        "def show(person):\n    lines = []\n    lines.append(person.name)\n    click.echo(lines[0])",
    ],
)
def test_a_strangers_text_is_found_whichever_way_it_goes(source):
    assert of(source)


@pytest.mark.parametrize(
    "source",
    [
        "self.notify(safe_text(row.person.name), markup=False)",
        "click.echo(f'{safe_name(person.name)}: {person.id:,} of {person.at:%H:%M}')",
        "def show(count: int, words: SafeText):\n    click.echo(f'{count} {words}'.ljust(9))",
        "def show(text: str):\n    yield Segment(text)\nshow('ours')",
        "def words(person) -> str:\n    return f'{safe_text(person.name)}!'\ndef show(person):\n    click.echo(words(person))",
        "WORDS = ('a', 'b')\nfor word in WORDS:\n    click.echo(word if word else 'none')",
        "click.echo(json.dumps(person.name))",
        "drafts.update({1: person.name})",
    ],
)
def test_what_was_made_safe_is_let_through(source):
    assert of(source) == []
