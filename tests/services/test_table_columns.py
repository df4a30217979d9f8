"""The columns that the checker promises are those that the tables have."""

from pathlib import Path
from typing import Any

import pytest

import app.declarations.load as loading
from app.declarations.build.context import Context
from app.declarations.files import FileDeclarations
from app.domain.core.shapes import schemas
from app.domain.core.values import Kind, Type
from app.domain.kinds.flag import LOOKED_AT
from app.domain.kinds.planning import definitions, plan_of
from app.domain.sources import SourceTables
from app.plugins.calendars import official_days

ROOT = Path(__file__).parents[2]
PLACE = "demo/liuan"
ALIKE = ({Kind.INTEGER, Kind.NUMBER, Kind.MONEY}, {Kind.TEXT, Kind.CHOICE})
"""Kinds that a condition may use alike: a count is a number, a tier's name a text."""


def fits(promised: Type, actual: Type) -> bool:
    """Whether a condition typed against `promised` holds good over `actual`: the same kind, and no mark unforeseen."""
    alike = promised.kind is actual.kind or any({promised.kind, actual.kind} <= kinds for kinds in ALIKE)
    unknown = promised.may_be_unknown or not actual.may_be_unknown
    return alike and unknown and (promised.may_be_na or not actual.may_be_na)


def test_what_the_checker_promises_of_the_shipped_tables_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    class Watched(Context):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            seen.append(self.tables)

    monkeypatch.setattr(loading, "Context", Watched)
    files = FileDeclarations(ROOT, official_days)
    loaded = loading.load(PLACE, files.read_files(PLACE), official_days)
    regulation = loaded.regulation
    assert regulation is not None
    found = schemas(plan_of(regulation, SourceTables(regulation).plan))
    wrong = []
    tables = [*regulation.forms, *definitions(regulation), *(f"{sheet}.items" for sheet in regulation.sheets)]
    for table in tables:
        promised = seen[0].columns(table)
        if promised is None:
            assert table == LOOKED_AT, "nothing else is kept from the definitions"
            continue
        for column, type_ in promised.items():
            if column not in found[table]:
                wrong.append(f"{table}.{column}: there is none")
            elif not fits(type_, found[table].type_of(column)):
                wrong.append(f"{table}.{column}: {type_} is {found[table].type_of(column)}")
    assert not wrong, "\n".join(wrong)
