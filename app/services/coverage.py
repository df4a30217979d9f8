"""Which definition carries each item of the documents, and which cases show it kept and broken."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from app.domain.core.values import NotApplicable, Unknown, Value
from app.domain.inventory import Carrier, Inventory, Item
from app.domain.kinds.case import Case, Expected
from app.domain.kinds.common import Texts
from app.domain.kinds.procedure import out_of_order
from app.domain.problem import Problem
from app.domain.regulation import Regulation

_BROKEN_DUTY = frozenset({"missed", "late", "overdue", "undecided", "waived"})
_OPEN_DUTY = frozenset({"upcoming", "due"})
_OUT_OF_ORDER = out_of_order("")
_NO_SCORE = frozenset({"not_computable", "over_quota"})


@dataclass(frozen=True, slots=True)
class Shown:
    """What the cases of a place show: for an item and a definition, whether it's kept, broken, or both."""

    kept: frozenset[tuple[str, str]] = frozenset()
    broken: frozenset[tuple[str, str]] = frozenset()

    def __or__(self, other: "Shown") -> "Shown":
        """Return what either shows."""
        return Shown(self.kept | other.kept, self.broken | other.broken)


@dataclass(frozen=True, slots=True)
class Covered:
    """An item, what carries it (through the item that says the same, if there is one), and what is lacking.

    `state` is `carried`, `information`, `page` or `missing`; `title` is that of the item's document, and
    `aside` whether it may be said that nothing has to carry it.
    """

    item: Item
    carriers: tuple[Carrier, ...]
    state: str
    problems: tuple[Problem, ...] = ()
    title: Texts = field(default_factory=dict)
    aside: bool = False


def coverage(inventory: Inventory, carriers: Iterable[Carrier], shown: Shown) -> list[Covered]:
    """Return each item in declared order with what carries it."""
    by_item: dict[str, list[Carrier]] = {}
    for carrier in _distinct(carriers):
        for item in carrier.items:
            by_item.setdefault(item, []).append(carrier)
    found = []
    for one in inventory.items.values():
        kind = inventory.kinds.get(one.kind)
        covered = _covered(one, inventory, by_item, shown)
        title = inventory.titles.get(one.document, {})
        found.append(replace(covered, title=title, aside=kind is not None and kind.information))
    return found


def unknown_items(inventory: Inventory, carriers: Iterable[Carrier]) -> list[Problem]:
    """Return a problem for each item that a definition names and no inventory of its document has."""
    documents = {item.document for item in inventory.items.values()}
    return [
        Problem("E580", carrier.where, {"reason": "unknown", "item": item, "kind": carrier.id, "wanted": ""})
        for carrier in _distinct(carriers)
        for item in carrier.items
        if item not in inventory.items and item.partition("-")[0] in documents
    ]


def _distinct(carriers: Iterable[Carrier]) -> Iterable[Carrier]:
    """Return each definition once: several places share the base's."""
    return {(one.kind, one.id, one.where): one for one in carriers}.values()


def count_by_kind(rows: Sequence[Covered]) -> list[tuple[str, int, int]]:
    """Return for each kind how many of its items are carried, or need not be, and how many there are."""
    whole = Counter(row.item.kind for row in rows)
    done = Counter(row.item.kind for row in rows if row.state != "missing")
    return [(kind, done[kind], number) for kind, number in whole.items()]


def _covered(
    item: Item, inventory: Inventory, by_item: Mapping[str, Sequence[Carrier]], shown: Shown
) -> Covered:
    meant = inventory.items.get(item.same_as or item.id, item)
    kind = inventory.kinds.get(meant.kind)
    found = tuple(by_item.get(meant.id, ()))
    if kind is None:  # told where the inventory is read
        return Covered(item, found, "carried" if found else "missing")
    fitting = [carrier for carrier in found if carrier.kind in kind.carried_by]
    if fitting:
        return Covered(
            item, found, "carried", tuple(_unshown(item, meant, fitting, shown)) if kind.exercised else ()
        )
    if meant.information is not None:
        if kind.information:
            return Covered(item, found, "information")
        return Covered(item, found, "missing", (_problem(item, "information", meant.kind),))
    if meant.page is not None:
        if kind.page:
            return Covered(item, found, "page")
        return Covered(item, found, "missing", (_problem(item, "page", meant.kind),))
    if found:
        return Covered(
            item, found, "missing", (_problem(item, "kind", meant.kind, ", ".join(kind.carried_by)),)
        )
    return Covered(item, found, "missing", (_problem(item, "nothing", meant.kind),))


def _unshown(item: Item, meant: Item, fitting: Sequence[Carrier], shown: Shown) -> list[Problem]:
    pairs = {(meant.id, carrier.id) for carrier in fitting}
    kept = [] if pairs & shown.kept else [_problem(item, "kept", meant.kind)]
    broken = [] if pairs & shown.broken else [_problem(item, "broken", meant.kind)]
    return kept + broken


def _problem(item: Item, reason: str, kind: str, wanted: str = "") -> Problem:
    return Problem("E580", item.where, {"reason": reason, "item": item.id, "kind": kind, "wanted": wanted})


# ---- what cases show
def shown_by(regulation: Regulation) -> Shown:
    """Return what the regulation's cases show of the items that they name, by definition."""
    kept: set[tuple[str, str]] = set()
    broken: set[tuple[str, str]] = set()
    for case in regulation.cases:
        for expected in case.expect:
            outcome = keeps(expected, regulation)
            if outcome is not None:
                (kept if outcome else broken).update((item, _definition(expected)) for item in case.items)
    return Shown(frozenset(kept), frozenset(broken))


def cases_by_definition(regulation: Regulation) -> dict[str, tuple[set[str], bool]]:
    """Return for each definition that a case looks at the titles of its cases, and whether one is negative."""
    found: dict[str, tuple[set[str], bool]] = {}
    for case in regulation.cases:
        for expected in case.expect:
            titles, negative = found.get(_definition(expected), (set(), False))
            found[_definition(expected)] = (
                {*titles, _name(case)},
                negative or keeps(expected, regulation) is False,
            )
    return found


def _name(case: Case) -> str:
    return f"{case.where}: {case.title}"


def _definition(expected: Expected) -> str:
    return expected.table.partition(".")[0]


def keeps(expected: Expected, regulation: Regulation) -> bool | None:
    """Return whether an expected row shows its definition kept (a finding made, points earned) or broken.

    None for a duty that is still open. A step out of order breaks a procedure. No row, a mark, zero and the lowest
    grade are the negative side of their kind.
    """
    if expected.table.endswith(_OUT_OF_ORDER):
        return expected.rows == 0
    if expected.rows == 0:
        return False
    wanted = dict(expected.wanted)
    name = regulation.latest(_definition(expected))
    if name in regulation.duties:
        state = wanted.get("state", "met")
        return None if state in _OPEN_DUTY else state not in _BROKEN_DUTY
    if name in regulation.indicators:
        return _reached(wanted)
    if name in regulation.sheets:
        return wanted.get("state") not in _NO_SCORE and not _at_most_zero(wanted.get("points", 1))
    if name in regulation.appraisals:
        grades = regulation.appraisals[name].grades
        lowest = grades[-1].id if grades else None
        graded = wanted.get("grade")
        return wanted.get("state") not in _NO_SCORE and (graded is None or graded != lowest)
    return True


def _reached(wanted: Mapping[str, Value]) -> bool:
    if "met" in wanted:
        return wanted["met"] is True
    return not _at_most_zero(wanted.get("value", 1))


def _at_most_zero(value: Value) -> bool:
    """Whether a figure is nothing or less; a mark, or the reason of one, is nothing."""
    return isinstance(value, str | Unknown | NotApplicable) or (
        isinstance(value, int | Fraction) and value <= 0
    )
