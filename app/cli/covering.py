"""`coverage`: which definition carries each item of the documents that the regulations come from."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.declared import places_of
from app.declarations.place_folders import is_inventory
from app.domain.inventory import Carrier, Inventory
from app.plugins.declared import declarations_of
from app.services.coverage import Covered, Shown, count_by_kind, coverage, shown_by, unknown_items
from app.settings import load_settings

if TYPE_CHECKING:
    from app.domain.problem import Problem


def coverage_(options: argparse.Namespace, console: Console) -> Exit:
    """Print what carries each item: of the document that one place follows, or of all documents at all places."""
    settings = load_settings()
    declarations = declarations_of(settings)
    problems: list[Problem] = []
    own: dict[str, str] = {}
    carriers: list[Carrier] = []
    shown = Shown()
    followed: set[str | None] = set()
    for place in places_of(options.place, settings, declarations):
        files = declarations.read_files(place)
        loaded = declarations.load(place, files)
        problems += [one for one in loaded.problems if one.is_error]
        carriers += declarations.carriers(place, files)
        if loaded.regulation is not None:
            shown |= shown_by(loaded.regulation)
        followed.add(declarations.followed(place))
        own |= {path: text for path, text in files.items() if is_inventory(path)}
    inventory, faults = declarations.inventory(own)
    problems = [*faults, *problems]
    rows = coverage(inventory, carriers, shown)
    if options.place:
        rows = [row for row in rows if row.item.document in followed or row.item.where.path in own]
    problems += unknown_items(inventory, carriers)
    problems += [problem for row in rows for problem in row.problems]
    _tell(rows, inventory, console)
    console.problems(problems)
    return Exit.PROBLEMS if problems else Exit.OK


def _tell(rows: Sequence[Covered], inventory: Inventory, console: Console) -> None:
    titles = {name: console.t.text(kind.title) or name for name, kind in inventory.kinds.items()}
    for row in rows:
        item = row.item
        same = f" = {item.same_as}" if item.same_as else ""
        console.result(f"{item.id}{same}  {titles.get(item.kind, item.kind)}")
        console.result(f"    {console.t.text(item.says)}")
        for carrier in row.carriers:
            title = console.t.text(carrier.title) or carrier.id
            console.result(f"    {carrier.kind}  {carrier.where.path}:{carrier.where.line}  {title}")
        if row.state != "carried":
            page = console.t.text(inventory.items.get(item.same_as or item.id, item).page or {})
            console.result("    " + console.t(f"cli-coverage-{row.state}", page=page))
    for kind, done, number in count_by_kind(rows):
        console.result(console.t("cli-coverage-kind", kind=titles.get(kind, kind), done=done, all=number))
    states = [row.state for row in rows]
    counts = {state: states.count(state) for state in ("carried", "information", "page", "missing")}
    console.result(console.t("cli-coverage-done", all=len(rows), **counts))
