"""Everything together: all tables of a regulation, each after those that it reads."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tests.naive.appraisals import appraisal_rows
from tests.naive.duties import duty_rows
from tests.naive.figures import indicator_rows, rule_rows
from tests.naive.sheets import sheet_rows
from tests.naive.wallets import wallet_rows
from tests.naive.world import Row, World

ORDER = ("duty", "indicator", "rule", "sheet", "appraisal")


def evaluate(
    files: Mapping[str, str], entries: Iterable[Row], period: str, as_of: datetime
) -> dict[str, list[Row]]:
    """Return the rows of every table by its name; of a sheet also `<id>.items` and `<id>.lines`.

    Definitions of one kind are worked out in declared order, kinds in the order of ORDER: what is read comes first.
    """
    entries = list(entries)
    world = World(files, entries, period, as_of)
    world.again = lambda other: evaluate(files, entries, other, as_of)
    tables: dict[str, list[Row]] = {}
    for kind in ORDER:
        for name, declared in world.declared.get(kind, {}).items():
            match kind:
                case "duty":
                    tables[name] = duty_rows(world, declared, tables)
                    for row in tables[name]:
                        row["key"] = (row["subject"], row["window"], row["tier"])
                case "indicator":
                    tables[name] = indicator_rows(world, declared, tables)
                case "rule":
                    tables[name] = rule_rows(world, declared, tables)
                case "sheet":
                    rows, items, lines = sheet_rows(world, declared, tables)
                    tables |= {name: rows, f"{name}.items": items, f"{name}.lines": lines}
                    if "wallet" in declared:
                        left, moves = wallet_rows(world, declared, tables)
                        tables |= {f"{name}.wallet": left, f"{name}.moves": moves}
                case _:
                    tables[name] = appraisal_rows(world, declared, tables)
    return tables
