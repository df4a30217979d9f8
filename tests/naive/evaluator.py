"""Everything together: all tables of a regulation, each after those that it reads."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tests.naive.appraisals import appraisal_rows
from tests.naive.duties import duty_rows
from tests.naive.figures import indicator_rows
from tests.naive.matters import procedure_rows
from tests.naive.rules import rule_rows
from tests.naive.sheets import sheet_rows
from tests.naive.tables import table_rows
from tests.naive.wallets import wallet_rows
from tests.naive.world import Row, World, versions_of

ORDER = ("procedure", "table", "duty", "indicator", "rule", "sheet", "appraisal")


def evaluate(
    files: Mapping[str, str], entries: Iterable[Row], period: str, as_of: datetime
) -> dict[str, list[Row]]:
    """Return the rows of every table by its name; of a sheet also `<id>.items` and `<id>.lines`.

    Definitions of one kind are worked out in declared order, kinds in the order of ORDER: what is read comes first.
    """
    world = World(files, list(entries), period, as_of)
    tables: dict[str, list[Row]] = {}
    for kind in ORDER:
        for declared in world.declared.get(kind, {}).values():
            for version in versions_of(declared):
                for table, rows in _made(world, kind, version, tables).items():
                    tables[table] = [*tables.get(table, []), *rows]
    timeless = {
        *(name for kind in ("procedure",) for name in world.declared.get(kind, {})),
        *(f"{name}.out_of_order" for name in world.declared.get("procedure", {})),
        *(
            name
            for name in world.declared.get("table", {})
            if not any("window" in row for row in tables[name])
        ),
    }
    return {
        # A wallet's moves are told from the first on; so is what stands in entries and in no window.
        name: rows
        if name.endswith(".moves") or name in timeless
        else [row for row in rows if world.is_shown(row)]
        for name, rows in tables.items()
    }


def _made(world: World, kind: str, declared: Row, tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the tables of a definition, or of one of its versions."""
    name = declared[kind]
    match kind:
        case "procedure":
            states, stray = procedure_rows(world, declared)
            return {name: states, f"{name}.out_of_order": stray}
        case "table":
            return {name: table_rows(world, declared, tables)}
        case "duty":
            rows = duty_rows(world, declared, tables)
            for row in rows:
                row["key"] = (row["subject"], row["window"], row["tier"])
            return {name: rows}
        case "indicator":
            return {name: indicator_rows(world, declared, tables)}
        case "rule":
            return {name: rule_rows(world, declared, tables)}
        case "sheet":
            rows, items, lines = sheet_rows(world, declared, tables)
            found = {name: rows, f"{name}.items": items, f"{name}.lines": lines}
            if "wallet" in declared:
                left, moves = wallet_rows(world, declared, tables)
                found |= {f"{name}.wallet": left, f"{name}.moves": moves}
            return found
        case _:
            return {name: appraisal_rows(world, declared, tables)}
