"""Which problems the code can tell: every code, and every reason that a code is told with."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from app.domain.core.values import Kind
from tests.i18n.source import APP, parsed, python_files, walked

CODE = re.compile(r"[EW]\d{3}")

_REASONED = {
    # how a maker of problems is called: the code, and where its reason stands (position, keyword)
    "wrong_value": ("E103", 0, "reason"),
    "wrong": ("E103", 0, "reason"),
    "unknown_name": ("E102", 3, "what"),
    "unknown": ("E102", 3, "what"),
    "ScalarError": ("E103", 0, "expected"),
    "_text": ("E103", 1, "expected"),
}
_BY_FILE = {
    "declarations/checks/ranges.py": {"_told": ("W212", 0, "reason")},
    "declarations/checks/states.py": {"never": ("W202", 2, "reason")},
    "declarations/checks/reach.py": {"never": ("W202", 2, "reason"), "_first_fit": ("W202", 1, "kind")},
    "declarations/cel.py": {"_refused": ("E105", 1, "reason"), "_TextError": ("E105", 0, "reason")},
    "declarations/conditions.py": {"refuse": ("E105", 1, "reason")},
    "declarations/checks/versions.py": {"_fault": ("E132", 0, "reason")},
    "declarations/checks/form_versions.py": {"_fault": ("E134", 0, "reason")},
    "declarations/overlays.py": {"_fault": ("E131", 0, "reason")},
    "declarations/gains.py": {"NoGain": ("E131", 0, "reason")},
    "declarations/reader.py": {"fault": ("E104", 0, "reason")},
    "declarations/prints.py": {"_saying": ("E137", 0, "reason")},
    "domain/core/typecheck.py": {"refuse": ("E103", 1, "reason"), "Fault": ("E103", 0, "reason")},
    "domain/core/signatures.py": {"refuse": ("E103", 1, "reason"), "Fault": ("E103", 0, "reason")},
    "domain/source_answers.py": {"UnreadableError": ("E564", 0, "reason")},
    "domain/source_rows.py": {"UnreadableError": ("E564", 0, "reason")},
    "domain/core/aggregates.py": {"Registry": ("E102", 0, "sort")},
    "domain/core/methods.py": {"Registry": ("E102", 0, "sort")},
    "domain/kinds/counting.py": {"Registry": ("E102", 0, "sort")},
    "printing/sandbox.py": {"TemplateFaultError": ("E574", 0, "reason")},
    "printing/setting.py": {"TemplateFaultError": ("E574", 0, "reason")},
    "printing/child.py": {"TemplateFaultError": ("E574", 0, "reason")},
    "domain/plausibility.py": {"Registry": ("E102", 0, "sort")},
    "services/procedures.py": {"_fault": ("E721", 0, "reason")},
    "services/workbooks/cells.py": {"CellError": ("E462", 9, "reason")},
    "services/workbooks/mapping.py": {"_wrong": ("E459", 1, "reason")},
    "services/workbooks/rows.py": {"CellError": ("E462", 9, "reason")},
    "services/coverage.py": {"_problem": ("E580", 1, "reason")},
    "services/year/changes.py": {"_change_fault": ("E785", 0, "reason")},
    "services/year/holds.py": {
        "_step_fault": ("E781", 0, "reason"),
        "_mark_fault": ("E782", 0, "reason"),
        "_appeal_fault": ("E783", 0, "reason"),
        "_decision_fault": ("E784", 0, "reason"),
        "_excuse_fault": ("E786", 0, "reason"),
    },
    "domain/source_forms.py": {"Exclusion": ("E564", 1, "reason")},
}
_READERS = ("domain/core/json_values.py", "domain/core/numbers.py")
"""Their ValueErrors are codes: as the fault of a literal (E103) and of an answer (E564)."""

_NOT_FOR_PEOPLE = {"bad_rounding"}
"""What only a caller's own mistake gives."""


@cache
def reasons() -> dict[str, set[str]]:
    """The reasons by code, as far as they stand in the source as words."""
    found: dict[str, set[str]] = {}
    for path in python_files():
        name = path.relative_to(APP).as_posix()
        tree = parsed(path)
        makers = {**(_REASONED if name.startswith("declarations/") else {}), **_BY_FILE.get(name, {})}
        for code, reason in [*_given(tree), *_made(tree, makers)]:
            found.setdefault(code, set()).add(reason)
        if name in _READERS:
            for reason in set(_raised(tree)) - _NOT_FOR_PEOPLE:
                for code in ("E103", "E564"):
                    found.setdefault(code, set()).add(reason)
        if name == "domain/core/types.py":
            found.setdefault("E103", set()).update(_returned(tree, "incomparable"))
        if name == "declarations/faults.py":
            found.setdefault("E103", set()).update(_values_of(tree, "_EXPECTED"))
        if name == "declarations/cel.py":
            found.setdefault("E105", set()).update(_values_of(tree, "_FORBIDDEN"))
        if name.startswith("declarations/schema/"):
            found.setdefault("E103", set()).update(_of_key(tree, "expected"))
    return found


@cache
def codes() -> set[str]:
    """Every code that stands in the source."""
    return {
        node.value
        for path in python_files()
        for node in walked(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


Set = dict[str, list[ast.expr]]
"""What names are set to."""


def scopes(tree: ast.AST) -> Iterator[tuple[ast.AST, Set]]:
    """The functions of a file, each with what its names are set to, and the file itself without them."""
    functions = [node for node in walked(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    yield from ((function, settings(function)) for function in functions)
    yield tree, {}


def settings(tree: ast.AST) -> Set:
    found: Set = {}
    for node in walked(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found.setdefault(name, []).append(value)
    return found


def words(node: ast.expr | None, names: Set | None = None) -> list[str]:
    """The words that an argument can be: itself, each side of a choice, or what its name is set to."""
    match node:
        case ast.Constant(value=str(word)):
            return [word]
        case ast.IfExp(body=one, orelse=other):
            return [*words(one, names), *words(other, names)]
        case ast.Name(id=name) if names is not None:
            return [word for value in names.get(name, []) for word in words(value)]
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value="_wanted")]):
            return [f"{kind.value}_wanted" for kind in Kind]
        case _:
            return []


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def argument(node: ast.Call, position: int, keyword: str) -> ast.expr | None:
    if len(node.args) > position:
        return node.args[position]
    return next((given.value for given in node.keywords if given.arg == keyword), None)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in walked(tree) if isinstance(node, ast.Call))


def _given(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """`Problem("E101", …, {"reason": "form"})`, also with the values under a name; `note("E113", …, reason="…")`."""
    for scope, names in scopes(tree):
        yield from _given_in(scope, names)


def _given_in(scope: ast.AST, names: Set) -> Iterator[tuple[str, str]]:
    for node in _calls(scope):
        if called(node) not in {"Problem", "note"}:
            continue
        told = [code for item in node.args for code in words(item) if CODE.fullmatch(code)]
        given = [item.value for item in node.keywords if item.arg == "reason"]
        for item in [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "values")]:
            tables = names.get(item.id, []) if isinstance(item, ast.Name) else [item]
            given += [value for table in tables for value in _under(table, "reason")]
        yield from ((code, word) for code in told for value in given for word in words(value, names))


def _under(node: ast.expr, wanted: str) -> Iterator[ast.expr]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == wanted:
                yield value


def _made(tree: ast.AST, makers: dict[str, tuple[str, int, str]]) -> Iterator[tuple[str, str]]:
    for scope, names in scopes(tree):
        for node in _calls(scope):
            if called(node) in makers:
                code, position, keyword = makers[called(node)]
                # A maker may be told another code than its usual one.
                code = next(
                    (word for item in node.args for word in words(item) if CODE.fullmatch(word)), code
                )
                yield from ((code, word) for word in words(argument(node, position, keyword), names))
    for function in walked(tree):
        if isinstance(function, ast.FunctionDef) and function.name in makers:
            code, _, keyword = makers[function.name]
            yield from ((code, word) for word in words(_default(function, keyword)))


def _default(node: ast.FunctionDef, name: str) -> ast.expr | None:
    """What a function takes for an argument that isn't given."""
    given = node.args.args[len(node.args.args) - len(node.args.defaults) :]
    pairs = zip(given, node.args.defaults, strict=True)
    return next((value for argument, value in pairs if argument.arg == name), None)


def _raised(tree: ast.AST) -> Iterator[str]:
    for node in _calls(tree):
        if called(node) == "ValueError":
            yield from words(argument(node, 0, ""))


def _returned(tree: ast.AST, function: str) -> Iterator[str]:
    for node in walked(tree):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            for inner in walked(node):
                if isinstance(inner, ast.Return):
                    yield from words(inner.value)


def _values_of(tree: ast.AST, table: str) -> Iterator[str]:
    for node in walked(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == table:
            assert isinstance(node.value, ast.Dict)
            for value in node.value.values:
                yield from words(value)


def _of_key(tree: ast.AST, wanted: str) -> Iterator[str]:
    for node in walked(tree):
        if isinstance(node, ast.Dict):
            yield from (word for value in _under(node, wanted) for word in words(value))


def register() -> str:
    """The register of problems that people read."""
    return (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
