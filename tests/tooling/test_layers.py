"""What import-linter can't say: which third-party packages a layer may know."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.tooling.script import ROOT

APP = ROOT / "app"
ADAPTERS = ("declarations", "engine", "ledger", "printing", "exchange")


@cache
def imported(file: Path) -> list[str]:
    """Full dotted names of what a file imports, wherever in it."""
    return list(_imported(file))


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(*packages: str, outside: str) -> list[str]:
    """Files of the app, but for the layer `outside`, that import one of `packages`."""
    return [
        f"{file.relative_to(ROOT)}: {name}"
        for file in sorted(APP.rglob("*.py"))
        if file.relative_to(APP).parts[0] not in {outside, f"{outside}.py"}
        for name in imported(file)
        if any(name == package or name.startswith(f"{package}.") for package in packages)
    ]


def test_the_domain_imports_the_standard_library_and_itself_only() -> None:
    known = sys.stdlib_module_names | {"app.domain"}
    foreign = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in sorted((APP / "domain").rglob("*.py"))
        for name in imported(file)
        if name.partition(".")[0] not in known and not name.startswith("app.domain")
    ]
    assert foreign == []


@pytest.mark.parametrize(
    ("packages", "layer"),
    [
        (("durable", "durable_rules_engine"), "engine"),
        (("tortoise", "asyncpg", "aiosqlite"), "ledger"),
        (("weasyprint",), "printing"),
        (("ruamel",), "declarations"),
    ],
)
def test_a_library_is_known_to_the_one_layer_that_adapts_it(packages: tuple[str, ...], layer: str) -> None:
    assert importers(*packages, outside=layer) == []


def test_pages_know_no_adapter() -> None:
    adapters = tuple(f"app.{name}" for name in ADAPTERS)
    pages = sorted((APP / "ui").rglob("*.py"))
    found = [
        f"{file.relative_to(ROOT)}: {name}"
        for file in pages
        for name in imported(file)
        if any(name == adapter or name.startswith(f"{adapter}.") for adapter in adapters)
    ]
    assert found == []


def test_the_check_itself_sees_an_import_wherever_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text("import os\ndef f():\n    from durable import engine\n    import tortoise.models\n")
    assert imported(file) == ["os", "durable.engine", "tortoise.models"]


def test_the_bootstrap_needs_the_standard_library_only() -> None:
    files = [ROOT / "gridbook", *sorted((ROOT / "tooling").glob("*.py"))]
    names = {name.partition(".")[0] for file in files for name in imported(file)}
    assert names - sys.stdlib_module_names == {"tooling"}
