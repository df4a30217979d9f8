"""A name that stands at the place of a fault becomes another one, and no other characters do."""

import pytest

from app.declarations.renaming import renamed_at
from app.domain.problem import Problem, Where


def fault(line: int, column: int, what: str = "born") -> Problem:
    return Problem("E102", Where("forms/person.yaml", line, column), {"what": what})


@pytest.mark.parametrize(
    ("text", "problem", "wanted"),
    [
        ('a: "born == id_card.born"  # born\n', fault(1, 4), 'a: "NEW == id_card.born"  # born\n'),
        ('a: "born == id_card.born"\n', fault(1, 12, "id_card.born"), 'a: "born == id_card.NEW"\n'),
        ("a: born(born) == 'born'\n", fault(1, 4), "a: born(NEW) == 'born'\n"),
        ("a:\n  born: {at_least: 3}\n", fault(2, 3), "a:\n  NEW: {at_least: 3}\n"),
        ("span: [born, died]\n", fault(1, 7), "span: [NEW, died]\n"),
        ("label: [name, born]\n", fault(1, 15), "label: [name, NEW]\n"),
        ("where: {born: {one_of: [x, y]}}\n", fault(1, 28, "y"), "where: {NEW: {one_of: [x, y]}}\n"),
        ("path: born/fields/born/from/born\n", fault(1, 7), "path: born/fields/NEW/from/born\n"),
        ("a: >-\n  born\n  and born\n", fault(1, 4), "a: >-\n  NEW\n  and NEW\n"),
        ("a: reborn\n", fault(1, 4), "a: reborn\n"),
        ("a: [\n", fault(1, 4), "a: [\n"),
        ("a: born\n", fault(9, 1), "a: born\n"),
        ("a: born\n", Problem("E102"), "a: born\n"),
    ],
)
def test_a_name_at_the_place_of_a_fault_becomes_another(text: str, problem: Problem, wanted: str) -> None:
    assert renamed_at(text, problem, "born", "NEW") == wanted
