"""The tables of docs/regulations.md: what carries each item. Run as a module, it writes them anew."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from app.domain.inventory import Carrier, Inventory
from app.plugins.declared import declarations_of
from app.services.coverage import Covered, Shown, coverage
from app.settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "regulations.md"
MARK = "<!-- items -->"


@cache
def carried() -> tuple[Inventory, list[Covered]]:
    """Return the inventory and what carries each item, at all places together."""
    declarations = declarations_of(Settings(files=ROOT))
    inventory, _ = declarations.inventory()
    found: list[Carrier] = []
    for place in declarations.places():
        found += declarations.carriers(place, declarations.read_files(place))
    return inventory, coverage(inventory, found, Shown())


def tables() -> str:
    """Return the tables of all documents."""
    inventory, rows = carried()
    documents = list(dict.fromkeys(row.item.document for row in rows))
    return "\n".join(
        _table(name, [row for row in rows if row.item.document == name], inventory) for name in documents
    )


def _table(document: str, rows: Sequence[Covered], inventory: Inventory) -> str:
    lines = [f"### {document}", "", "| item | kind | carried by |", "|---|---|---|"]
    for row in rows:
        kind = inventory.kinds[row.item.kind].title["en"].lower()
        lines.append(f"| {row.item.id} | {kind} | {_carried_by(row)} |")
    return "\n".join([*lines, ""])


def _carried_by(row: Covered) -> str:
    if row.item.same_as is not None:
        return f"as {row.item.same_as}"
    if row.state == "page":
        return f"waits for a page: {(row.item.page or {})['en']}"
    return ", ".join(f"`{carrier.where.path}`" for carrier in row.carriers)


if __name__ == "__main__":
    head, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    PAGE.write_text(head + MARK + "\n\n" + tables(), encoding="utf-8")
