"""The app's source for tests that read it: each file is parsed, and each of its nodes visited, once a process."""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

APP = Path(__file__).parents[2] / "app"

_functions: dict[ast.AST, Sequence[ast.AST]] = {}


def python_files() -> Iterator[Path]:
    return iter(sorted(APP.rglob("*.py")))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def walked(tree: ast.AST) -> Sequence[ast.AST]:
    """Return a file's node and all below it; those of a function once its file was walked."""
    if tree in _functions:
        return _functions[tree]
    found: list[ast.AST] = []
    spans: list[tuple[ast.AST, int, int]] = []

    def visit(node: ast.AST) -> None:
        begun = len(found)
        found.append(node)
        for child in ast.iter_child_nodes(node):
            visit(child)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            spans.append((node, begun, len(found)))

    visit(tree)
    _functions.update({node: found[begun:end] for node, begun, end in spans})
    return found
