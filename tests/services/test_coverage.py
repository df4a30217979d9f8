"""What carries the items of a document, and what the cases of a regulation show of them."""

from collections.abc import Mapping

import pytest

from app.domain.core.values import NotApplicable, Unknown
from app.domain.inventory import Carrier, Inventory, Item, ItemKind
from app.domain.kinds.case import Expected
from app.domain.problem import Where
from app.services.coverage import (
    Covered,
    Shown,
    cases_by_definition,
    count_by_kind,
    coverage,
    keeps,
    shown_by,
    unknown_items,
)
from tests.declarations.community import loaded, told

KINDS = {
    "visit": ItemKind("visit", {}, ("duty",), exercised=True),
    "field": ItemKind("field", {}, ("form",)),
    "step": ItemKind("step", {}, ("form", "duty"), page=True),
    "info": ItemKind("info", {}, ("place",), information=True),
}


def item(name: str, kind: str, **options: object) -> Item:
    return Item(name, name.partition("-")[0], kind, "", Where("inventory.yaml", 3), **options)  # type: ignore[arg-type]


def inventory(*items: Item) -> Inventory:
    return Inventory({one.id: one for one in items}, KINDS)


def carrier(kind: str, name: str, *items: str) -> Carrier:
    return Carrier(kind, name, {}, Where(f"{name}.yaml", 1), items)


def only(items: Inventory, *carriers: Carrier, shown: Shown | None = None) -> Covered:
    (row,) = coverage(items, carriers, shown or Shown())
    return row


def reasons(row: Covered) -> list[object]:
    return [problem.values["reason"] for problem in row.problems]


def test_an_item_that_nothing_names_is_missing() -> None:
    row = only(inventory(item("S1-01", "field")), carrier("form", "visit", "S1-02"))
    assert (row.state, reasons(row), row.carriers) == ("missing", ["nothing"], ())


def test_an_item_carried_by_another_kind_than_its_own_asks_for_is_missing() -> None:
    row = only(inventory(item("S1-01", "field")), carrier("duty", "call", "S1-01"))
    assert (row.state, reasons(row)) == ("missing", ["kind"])


def test_a_duty_of_the_text_must_be_shown_kept_and_broken_on_what_carries_it() -> None:
    items, call = inventory(item("S1-01", "visit")), carrier("duty", "call", "S1-01")
    pair = frozenset({("S1-01", "call")})
    elsewhere = frozenset({("S1-01", "other"), ("S1-02", "call")})
    assert reasons(only(items, call)) == ["kept", "broken"]
    assert reasons(only(items, call, shown=Shown(pair, elsewhere))) == ["broken"]
    assert reasons(only(items, call, shown=Shown(elsewhere, pair))) == ["kept"]
    assert reasons(only(items, call, shown=Shown(pair) | Shown(broken=pair))) == []


def test_information_only_and_waiting_for_a_page_are_open_to_kinds_that_say_so() -> None:
    assert only(inventory(item("S1-01", "info", information="a fact"))).state == "information"
    assert only(inventory(item("S1-01", "step", page={"en": "Requests"}))).state == "page"
    refused = only(inventory(item("S1-01", "visit", information="too hard")))
    assert (refused.state, reasons(refused)) == ("missing", ["information"])
    refused = only(inventory(item("S1-01", "field", page={"en": "Files"})))
    assert (refused.state, reasons(refused)) == ("missing", ["page"])


def test_an_item_that_says_the_same_is_carried_through_the_other_and_lacks_what_that_lacks() -> None:
    items = inventory(item("S0-01", "visit", same_as="S1-01"), item("S1-01", "visit"))
    rows = coverage(items, [carrier("duty", "call", "S1-01")], Shown())
    assert [row.state for row in rows] == ["carried", "carried"]
    assert [problem.values["item"] for row in rows for problem in row.problems] == ["S0-01"] * 2 + [
        "S1-01"
    ] * 2
    assert [row.state for row in coverage(items, [], Shown())] == ["missing", "missing"]


def test_a_kind_that_isnt_declared_adds_no_second_fault() -> None:
    items = inventory(item("S1-01", "odd"))
    assert (only(items).state, only(items).problems) == ("missing", ())
    assert only(items, carrier("form", "visit", "S1-01")).state == "carried"


def test_an_item_that_no_inventory_of_its_document_has_is_told_and_one_of_another_document_isnt() -> None:
    found = unknown_items(
        inventory(item("S1-01", "field")), [carrier("form", "visit", "S1-01", "S1-99", "X-1")]
    )
    assert [problem.values["item"] for problem in found] == ["S1-99"]


def test_counts_tell_for_each_kind_how_many_need_nothing_more() -> None:
    items = inventory(
        item("S1-01", "field"), item("S1-02", "field"), item("S1-03", "info", information="a fact")
    )
    rows = coverage(items, [carrier("form", "visit", "S1-01")], Shown())
    assert count_by_kind(rows) == [("field", 1, 2), ("info", 1, 1)]


RULES = {
    "rules/missed.yaml": "rule: missed\nfor_each: monthly_call\nwhen: {state: missed}\nthen: {finding: missed}\n",
    "rules/calls.yaml": "indicator: calls\nper: household\nevery: month\nmeasure: count\nof: visit\nempty: zero\n",
    "rules/points.yaml": "sheet: points\nfor_each: role grid_leader\nevery: year\nmax: 10\nlines:\n"
    "  bad: {deduct: 1, for_each: monthly_call, where: {state: missed}}\n",
    "rules/year.yaml": "appraisal: year\nfor_each: role grid_leader\nevery: year\nparts:\n"
    "  points: {weight: 100%, from: points}\ngrades:\n  good: {at_least: 60}\n  bad: {}\n",
}


@pytest.mark.parametrize(
    ("table", "wanted", "rows", "outcome"),
    [
        ("monthly_call", {"state": "met"}, None, True),
        ("monthly_call", {"state": "missed"}, 3, False),
        ("monthly_call", {"state": "late"}, None, False),
        ("monthly_call", {"state": "upcoming"}, None, None),
        ("monthly_call", {}, 2, True),
        ("monthly_call", {"state": "met"}, 0, False),
        ("missed", {}, 1, True),
        ("missed", {}, 0, False),
        ("calls", {"value": 2}, None, True),
        ("calls", {"value": 0}, None, False),
        ("calls", {"value": "empty"}, None, False),
        ("calls", {"value": NotApplicable()}, None, False),
        ("calls", {"value": Unknown()}, None, False),
        ("calls", {"value": 2, "met": False}, None, False),
        ("calls", {"value": 0, "met": True}, None, True),
        ("points", {"points": 3}, None, True),
        ("points.lines", {"points": -1}, None, False),
        ("points", {"state": "not_computable"}, None, False),
        ("year", {"grade": "good"}, None, True),
        ("year", {"grade": "bad"}, None, False),
        ("year", {"state": "not_computable"}, None, False),
        ("year", {"score": 61}, None, True),
        ("course", {"state": "open"}, None, True),
        ("course.out_of_order", {}, 0, True),
        ("course.out_of_order", {}, 1, False),
    ],
)  # fmt: skip
def test_an_expected_row_shows_its_definition_kept_or_broken(
    table: str, wanted: Mapping[str, object], rows: int | None, outcome: bool | None
) -> None:
    result = loaded(RULES)
    assert result.regulation is not None, told(result)
    expected = Expected(table, tuple(wanted.items()), rows, Where(""))  # type: ignore[arg-type]
    assert keeps(expected, result.regulation) is outcome


CASES = """\
clause: {doc: A, items: [A-1]}
cases:
  - case: a call that was made is kept and one that wasn't is missed
    clause: {doc: A, items: [A-2]}
    as_of: 2025-04-01
    period: 2025
    expect:
      - {in: monthly_call, subject: h1, state: met}
      - {in: monthly_call, subject: h2, state: due}
  - case: nobody called
    as_of: 2025-04-01
    period: 2025
    expect:
      - {in: monthly_call, subject: h1, state: missed}
"""


def test_a_case_shows_the_items_that_it_and_its_file_name() -> None:
    result = loaded({"rules/monthly_call.case.yaml": CASES})
    assert result.regulation is not None, told(result)
    shown = shown_by(result.regulation)
    assert shown.kept == {("A-1", "monthly_call"), ("A-2", "monthly_call")}
    assert shown.broken == {("A-1", "monthly_call")}
    (titles, negative) = cases_by_definition(result.regulation)["monthly_call"]
    assert (len(titles), negative) == (2, True)
