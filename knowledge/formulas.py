"""The formulas of a worksheet worked out in Decimal, and as a spreadsheet writes them.

The notation is a small part of Python's own arithmetic, read with the standard parser; a
name or function it does not know is an error of the model's author (ValueError), never
silently nothing.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache

from knowledge.money import rounded
from knowledge.worksheet import Worksheet, Worth

_SIGNS: Mapping[type, str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.LtE: "<=", ast.Lt: "<",
    ast.GtE: ">=", ast.Gt: ">", ast.Eq: "=", ast.NotEq: "<>",
}  # fmt: skip
_DO: Mapping[type, Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_HOLDS: Mapping[type, Callable[[Decimal, Decimal], bool]] = {
    ast.LtE: operator.le, ast.Lt: operator.lt, ast.GtE: operator.ge, ast.Gt: operator.gt,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_SPREADSHEET = frozenset(["IF", "AND", "MIN", "MAX", "SUM", "ROUND"])


class Worked:
    """The values of one worksheet, each worked out when it is first asked for."""

    def __init__(self, sheet: Worksheet) -> None:
        self._given = {each.name: each.value for each in sheet.inputs}
        self._steps = {each.name: each.formula for each in sheet.steps}
        self._columns = {
            column.name: (grid, column) for grid in sheet.grids for column in grid.columns
        }
        self._known: dict[tuple[str, int], Worth] = {}

    def step(self, name: str) -> Worth:
        """The value of a step or an input."""
        return self._value(name, -1)

    def number(self, name: str) -> Decimal:
        """The value of a step that is a number; ValueError for words."""
        value = self.step(name)
        if isinstance(value, str):
            raise ValueError(f"{name} is no number but {value!r}")
        return value

    def cell(self, column: str, row: int) -> Worth:
        """The value of a column in a row, the first being 0."""
        return self._value(column, row)

    def _value(self, name: str, row: int) -> Worth:
        if name in self._given:
            return self._given[name]
        if name in self._columns:
            grid, column = self._columns[name]
            if not 0 <= row < grid.rows:
                raise ValueError(f"{name} is a column and stands outside its grid")
            if not column.formula:
                return column.values[row]
            formula, place = column.formula, (name, row)
        elif name in self._steps:
            formula, place = self._steps[name], (name, -1)
        else:
            raise ValueError(f"no input, step or column is called {name}")
        if place not in self._known:
            self._known[place] = self._work(parsed(formula), place[1])
        return self._known[place]

    def _work(self, node: ast.expr, row: int) -> Worth:
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, str) else Decimal(str(node.value))
        if isinstance(node, ast.Name):
            return self._value(node.id, row)
        if isinstance(node, ast.UnaryOp):
            return -self._amount(node.operand, row)
        if isinstance(node, ast.BinOp):
            return _DO[type(node.op)](self._amount(node.left, row), self._amount(node.right, row))
        if isinstance(node, ast.Compare):
            return Decimal(int(self._true(node, row)))
        if isinstance(node, ast.Call):
            return self._called(node, row)
        raise ValueError(f"{ast.unparse(node)} is no formula")

    def _called(self, node: ast.Call, row: int) -> Worth:
        name, parts = _function(node), node.args
        if name == "IF":
            return self._work(parts[1] if self._true(parts[0], row) else parts[2], row)
        if name == "AND":
            return Decimal(int(all(self._true(part, row) for part in parts)))
        if name == "ROUND":
            return rounded(self._amount(parts[0], row), int(self._amount(parts[1], row)))
        if name == "before":
            return self._value(_column(parts[0]), row - 1) if row > 0 else Decimal(0)
        numbers = [n for part in parts for n in self._numbers(part, row)]
        if name == "SUM":
            return sum(numbers, Decimal(0))
        return min(numbers) if name == "MIN" else max(numbers)

    def _numbers(self, node: ast.expr, row: int) -> list[Decimal]:
        if isinstance(node, ast.Call) and _function(node) == "all":
            name = _column(node.args[0])
            grid, _ = self._columns[name]
            found = [self._value(name, at) for at in range(grid.rows)]
            return [each for each in found if isinstance(each, Decimal)]
        return [self._amount(node, row)]

    def _amount(self, node: ast.expr, row: int) -> Decimal:
        value = self._work(node, row)
        if isinstance(value, str):
            raise ValueError(f"{ast.unparse(node)} is no number")
        return value

    def _true(self, node: ast.expr, row: int) -> bool:
        if isinstance(node, ast.Compare):
            sides = self._amount(node.left, row), self._amount(node.comparators[0], row)
            return _HOLDS[type(node.ops[0])](*sides)
        return self._amount(node, row) != 0


def spreadsheet(
    formula: str, cell: Callable[[str], str], whole: Callable[[str], str],
    above: Callable[[str], str],
) -> str:  # fmt: skip
    """The formula as a workbook holds it, with its leading equals sign.

    cell, whole, above: where a name stands, all of a column, and a column's row above.
    """

    def text(node: ast.expr) -> str:
        if isinstance(node, ast.Constant):
            return f'"{node.value}"' if isinstance(node.value, str) else str(node.value)
        if isinstance(node, ast.Name):
            return cell(node.id)
        if isinstance(node, ast.UnaryOp):
            return f"-{_wrapped(node.operand)}"
        if isinstance(node, ast.BinOp):
            return f"{_wrapped(node.left)}{_SIGNS[type(node.op)]}{_wrapped(node.right)}"
        if isinstance(node, ast.Compare):
            return f"{text(node.left)}{_SIGNS[type(node.ops[0])]}{text(node.comparators[0])}"
        assert isinstance(node, ast.Call)
        name = _function(node)
        if name == "all":
            return whole(_column(node.args[0]))
        if name == "before":
            return above(_column(node.args[0]))
        return f"{name}({','.join(text(part) for part in node.args)})"

    def _wrapped(node: ast.expr) -> str:
        return f"({text(node)})" if isinstance(node, ast.BinOp | ast.UnaryOp) else text(node)

    return "=" + text(parsed(formula))


@cache
def parsed(formula: str) -> ast.expr:
    """The formula read; ValueError where it is none."""
    try:
        return ast.parse(formula, mode="eval").body
    except SyntaxError as wrong:
        raise ValueError(f"{formula!r} is no formula") from wrong


def _function(node: ast.Call) -> str:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in _SPREADSHEET and name not in ("all", "before"):
        raise ValueError(f"{ast.unparse(node)}: no function of that name may be used")
    return name


def _column(node: ast.expr) -> str:
    if not isinstance(node, ast.Name):
        raise ValueError(f"{ast.unparse(node)} is no column")
    return node.id
