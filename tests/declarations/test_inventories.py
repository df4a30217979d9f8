"""Inventories of documents, read with their faults located."""

import re
from pathlib import Path

from app.declarations.depicting import Depicting
from app.declarations.deployment import FIELD_TYPES
from app.declarations.files import FileDeclarations
from app.declarations.inventories import FOLDER, read_inventories
from app.i18n import LANGUAGES
from app.plugins.calendars import official_days
from tests.declarations.community import FILES, PLACE, loaded

ROOT = Path(__file__).parents[2]
KINDS = "kinds:\n  field: {carried_by: [form], exercised: true}\n  info: {carried_by: [place], information: true}\n"
ITEMS = """\
inventory: a
document: A
title: {zh: 甲, en: A, es: A}
items:
  A-1: {kind: field, says: a name is kept}
  A-2: {kind: info, says: there are eight grids, information: a fact}
"""


def told(*files: tuple[str, str]) -> list[str]:
    _, problems = read_inventories(files)
    return [f"{problem.where} {problem.code}" for problem in problems]


def test_items_are_read_with_their_kinds_and_places() -> None:
    inventory, problems = read_inventories([("a.yaml", ITEMS), ("kinds.yaml", KINDS)])
    assert problems == []
    assert [(one.id, one.document, str(one.where)) for one in inventory.items.values()] == [
        ("A-1", "A", "a.yaml:5:3"),
        ("A-2", "A", "a.yaml:6:3"),
    ]
    assert inventory.kinds["field"].exercised
    assert inventory.items["A-2"].information == "a fact"


def test_what_an_item_says_is_a_text_by_language_or_one_in_the_source_language() -> None:
    both = "  A-3: {kind: info, says: {zh: 八个网格, es: ocho cuadrículas}, information: x}\n"
    inventory, problems = read_inventories([("a.yaml", ITEMS + both), ("kinds.yaml", KINDS)])
    assert problems == []
    assert inventory.items["A-1"].says == {"zh": "a name is kept"}
    assert inventory.items["A-3"].says == {"zh": "八个网格", "es": "ocho cuadrículas"}


def test_each_shipped_item_says_what_it_says_in_three_languages() -> None:
    files = [(path.name, path.read_text("utf-8")) for path in (ROOT / FOLDER).glob("*.yaml")]
    inventory, problems = read_inventories(files)
    assert problems == []
    lacking = [
        name
        for name, one in inventory.items.items()
        if not all(one.says.get(language, "").strip() for language in LANGUAGES)
        or not re.search("[一-鿿]", one.says["zh"])
    ]
    assert lacking == []


def test_faults_of_inventories_are_told_with_their_place() -> None:
    bad = ITEMS.replace("kind: field", "kind: feld").replace("says: there", "sais: there")
    assert told(("a.yaml", bad), ("kinds.yaml", KINDS)) == [
        "a.yaml:6:3 E106",
        "a.yaml:6:21 E102",
        "a.yaml:5:15 E102",
    ]
    assert told(("a.yaml", "inventory: [")) == ["a.yaml:1:13 E104"]
    assert told(("a.yaml", "- a\n")) == []


def test_an_item_given_twice_and_one_that_equals_what_isnt_there_are_told() -> None:
    twice = "inventory: b\ndocument: B\nitems:\n  A-1: {kind: field, says: x}\n"
    twice += "  B-1: {kind: field, says: x, same_as: A-7}\n"
    chain = "  B-2: {kind: field, says: x, same_as: A-1}\n  B-3: {kind: field, says: x, same_as: B-2}\n"
    assert told(("a.yaml", ITEMS), ("b.yaml", twice + chain), ("kinds.yaml", KINDS)) == [
        "b.yaml:4:3 E101",
        "b.yaml:5:40 E102",
        "b.yaml:7:40 E102",
    ]


def test_a_place_follows_the_document_of_its_clause_and_its_definitions_carry_items(tmp_path: Path) -> None:
    place = FILES["config/places/lakeside/place.yaml"] + "clause: {doc: A, items: [A-2]}\n"
    files = {**FILES, "config/places/lakeside/place.yaml": place, "config/inventories/a.yaml": ITEMS}
    files["rules/monthly_call.yaml"] += "clause: {doc: A, items: [A-1]}\n"
    for path, text in files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    adapter = FileDeclarations(tmp_path, official_days)
    assert [one.id for one in adapter.inventory()[0].items.values()] == ["A-1", "A-2"]
    found = adapter.carriers("lakeside", adapter.read_files("lakeside"))
    assert [(one.kind, one.id, one.items) for one in found] == [
        ("duty", "monthly_call", ("A-1",)),
        ("place", "lakeside", ("A-2",)),
    ]
    assert [adapter.followed(place) for place in ("lakeside", "nowhere", "..")] == ["A", None, None]


def test_an_item_without_a_name_is_a_fault_where_it_stands() -> None:
    call = FILES["rules/monthly_call.yaml"] + 'clause: {doc: A, items: [A-1, " "]}\n'
    [fault] = loaded({"rules/monthly_call.yaml": call}).problems
    assert (fault.code, fault.values["reason"]) == ("E103", "item")


def test_of_shared_documents_a_place_lists_those_that_its_own_file_names() -> None:
    """A definition of the base may carry an item of another community's text as well."""
    other = "inventory: b\ndocument: B\nitems:\n  B-1: {kind: field, says: of elsewhere}\n"
    shared = [("kinds.yaml", KINDS), ("a.yaml", ITEMS), ("b.yaml", other)]
    depicting = Depicting(FIELD_TYPES, lambda: shared)
    call = FILES["rules/monthly_call.yaml"] + "clause: {doc: A, items: [A-1, B-1]}\n"
    path = "config/places/lakeside/place.yaml"
    files = {**FILES, "rules/monthly_call.yaml": call}
    assert set(depicting.inventory(PLACE, files)[0].items) == {"A-1", "A-2", "B-1"}
    own = "config/places/lakeside/rules/yearly_call.yaml"  # what a community begun from B's has: its place says nothing
    files[own] = FILES["rules/monthly_call.yaml"].replace("monthly_call", "yearly_call")
    files[own] += "clause: {doc: B, items: [B-1]}\n"
    assert set(depicting.inventory(PLACE, files)[0].items) == {"B-1"}
    files[path] = FILES[path] + "clause: {doc: A, items: [A-2]}\n"
    assert set(depicting.inventory(PLACE, files)[0].items) == {"A-1", "A-2"}


def test_a_place_that_began_from_another_regulation_lists_the_documents_of_that_one() -> None:
    """Its own file still names the text that it followed before: the place is no part of what is begun from."""
    other = "inventory: b\ndocument: B\nitems:\n"
    other += "".join(f"  B-{n}: {{kind: field, says: of elsewhere}}\n" for n in (1, 2))
    own = "inventory: c\ndocument: C\nitems:\n"
    own += "".join(f"  C-{n}: {{kind: field, says: pasted}}\n" for n in (1, 2, 3))
    shared = [("kinds.yaml", KINDS), ("a.yaml", ITEMS), ("b.yaml", other)]
    depicting = Depicting(FIELD_TYPES, lambda: shared)
    folder = "config/places/lakeside"
    call = FILES["rules/monthly_call.yaml"]

    def listed(*clauses: str, **more: str) -> set[str]:
        files = {**FILES, **more, f"{folder}/place.yaml": FILES[f"{folder}/place.yaml"] + clause("A", "A-2")}
        files["rules/monthly_call.yaml"] = call + clause("A", "A-1")
        for number, said in enumerate(clauses):
            name = f"call_{number}"
            files[f"{folder}/rules/{name}.yaml"] = call.replace("monthly_call", name) + said
        return set(depicting.inventory(PLACE, files)[0].items)

    def clause(document: str, items: str) -> str:
        return f"clause: {{doc: {document}, items: [{items}]}}\n"

    assert listed(clause("B", "B-1")) == {"A-1", "A-2"}, "one of elsewhere among those of the place's"
    assert listed(clause("B", "B-1, B-2")) == {"B-1", "B-2"}
    assert listed(clause("B", "B-1, B-2"), clause("A", "A-1")) == {"A-1", "A-2"}
    pasted = {f"{folder}/inventories/c.yaml": own}
    assert listed(clause("C", "C-1, C-2, C-3"), **pasted) == {"A-1", "A-2", "C-1", "C-2", "C-3"}
