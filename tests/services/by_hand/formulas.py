"""Works a workbook's formulas out exactly, with fractions: the few functions that ours uses, and nothing else."""

import ast
import html
import re
import zipfile
from collections.abc import Mapping
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

Cells = Mapping[str, Any]
_SHEET = re.compile(r'<sheet name="([^"]+)"')
_CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_PLACE = re.compile(r"(?:([^\W\d]\w*)!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_TEXT = re.compile(r'("[^"]*")')


class Formulas:
    """The cells of a workbook: what each keeps, and what its formula gives."""

    def __init__(self, path: Path) -> None:
        """Read the file."""
        with zipfile.ZipFile(path) as held:
            names = _SHEET.findall(held.read("xl/workbook.xml").decode())
            shared = re.findall(r"<t[^>]*>(.*?)</t>", held.read("xl/sharedStrings.xml").decode(), re.DOTALL)
            self.kept: dict[tuple[str, str], Any] = {}
            self.formulas: dict[tuple[str, str], str] = {}
            for at, name in enumerate(names, 1):
                text = held.read(f"xl/worksheets/sheet{at}.xml").decode()
                for place, kind, inside in _CELL.findall(text):
                    self._cell((name, place), kind, inside, shared)
        self._known: dict[tuple[str, str], Any] = {}

    def _cell(self, key: tuple[str, str], kind: str, inside: str, shared: list[str]) -> None:
        formula, value = re.search("<f>(.*?)</f>", inside), re.search("<v>(.*?)</v>", inside)
        if formula:
            self.formulas[key] = html.unescape(formula[1])
        if value:
            text = html.unescape(value[1])
            is_text = 't="str"' in kind
            self.kept[key] = shared[int(text)] if 't="s"' in kind else text if is_text else Fraction(text)

    def value(self, sheet: str, place: str) -> Any:
        """Return what a cell's formula gives, or what it keeps; None for an empty one."""
        key = sheet, place
        if key not in self.formulas:
            return self.kept.get(key)
        if key not in self._known:
            self._known[key] = self._worked_out(sheet, self.formulas[key])
        return self._known[key]

    def _worked_out(self, sheet: str, formula: str) -> Any:
        parts = _TEXT.split(formula)
        plain = "".join(part if at % 2 else self._python(part) for at, part in enumerate(parts))
        return self._of(sheet, ast.parse(plain, mode="eval").body)

    def _python(self, part: str) -> str:
        """Return a piece of a formula as Python: places as a call, percent and equality as Python has them."""
        found = _PLACE.sub(lambda hit: f"_at({','.join(repr(group) for group in hit.groups())})", part)
        found = re.sub(r"(?<![<>=])=(?!=)", "==", found)
        return re.sub(r"\b(IF|AND)\(", r"\1_(", found)

    def _of(self, sheet: str, node: Any) -> Any:
        match node:
            case ast.Constant(str() as text):
                return text
            case ast.Constant(number):
                return Fraction(str(number))
            case ast.BinOp(left, operator, right):
                return _reckoned(operator, self._of(sheet, left), self._of(sheet, right))
            case ast.Compare(left, [operator], [right]):
                return _compared(operator, self._of(sheet, left), self._of(sheet, right))
            case ast.Call(ast.Name("IF_"), [condition, then, otherwise]):
                return self._of(sheet, then if self._of(sheet, condition) else otherwise)
            case ast.Call(ast.Name("AND_"), [first, *rest]):
                # A spreadsheet looks at all of them; ours may not be comparable once the first is false.
                return bool(self._of(sheet, first)) and all(self._of(sheet, part) for part in rest)
            case ast.Call(ast.Name("_at"), arguments):
                return self._range(sheet, *(ast.literal_eval(argument) for argument in arguments))
            case ast.Call(ast.Name(name), arguments):
                return _called(name, [self._of(sheet, argument) for argument in arguments])
            case _:
                raise NotImplementedError(ast.dump(node))

    def _range(self, here: str, sheet: str | None, column: str, row: str, to: str | None, end: str) -> Any:
        name = sheet or here
        if to is None:
            return self.value(name, f"{column}{row}")
        letters = [chr(code) for code in range(ord(column), ord(to) + 1)]
        return [
            self.value(name, f"{letter}{number}")
            for number in range(int(row), int(end) + 1)
            for letter in letters
        ]


def _reckoned(operator: Any, left: Fraction, right: Fraction) -> Fraction:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case _:
            return left / right


def _compared(operator: Any, left: Any, right: Any) -> bool:
    match operator:
        case ast.Eq():
            return bool(left == right)
        case ast.GtE():
            return bool(left >= right)
        case _:
            return bool(left > right)


def _called(name: str, arguments: list[Any]) -> Any:  # noqa: C901 - a line a function
    first = arguments[0]
    numbers = [one for one in first if isinstance(one, Fraction)] if isinstance(first, list) else []
    match name:
        case "SUM":
            return sum(numbers, Fraction(0))
        case "COUNT":
            return Fraction(len(numbers))
        case "COUNTA":
            return Fraction(sum(one is not None for one in first))
        case "AVERAGE":
            return sum(numbers, Fraction(0)) / len(numbers)
        case "COUNTIF":
            return Fraction(sum(one == arguments[1] for one in first))
        case "RANK":
            return Fraction(1 + sum(isinstance(one, Fraction) and one > first for one in arguments[1]))
        case "ROUND":
            steps = 10 ** int(arguments[1])
            return Fraction(floor(first * steps + Fraction(1, 2)), steps)
        case "INT":
            return Fraction(floor(first))
        case "MAX":
            return max(arguments)
        case "ISNUMBER":
            return isinstance(first, Fraction)
        case _:
            raise NotImplementedError(name)
