"""What can be searched for: the grammar of a query, read into a tree. Pure: neither SQL nor a screen."""

from linkinbox.query.completing import Completion, Completions, completions
from linkinbox.query.lexing import without_view
from linkinbox.query.operators import OPERATORS, Operator
from linkinbox.query.parsing import QueryError, parse
from linkinbox.query.tree import And, Came, Fact, Node, Not, Number, Or, Query, Text, Where

__all__ = [
    "OPERATORS",
    "And",
    "Came",
    "Completion",
    "Completions",
    "Fact",
    "Node",
    "Not",
    "Number",
    "Operator",
    "Or",
    "Query",
    "QueryError",
    "Text",
    "Where",
    "completions",
    "parse",
    "without_view",
]
