"""The shipped regulations: each text is carried whole, and each definition is tried from both sides."""

from functools import cache
from pathlib import Path

import pytest

from app.declarations.files import FileDeclarations
from app.domain.kinds.case import Expected
from app.domain.regulation import Regulation
from app.plugins.declared import declarations_of
from app.services.coverage import Shown, cases_by_definition, coverage, keeps, shown_by, unknown_items
from app.settings import Settings
from tests.services.item_tables import MARK, PAGE, tables

ROOT = Path(__file__).parents[2]
FEWEST = 2


@cache
def declarations() -> FileDeclarations:
    return declarations_of(Settings(files=ROOT))


PLACES = declarations().places()


@cache
def regulation(place: str) -> Regulation:
    loaded = declarations().load(place, declarations().read_files(place))
    errors = [f"{problem.where} {problem.code}" for problem in loaded.problems if problem.is_error]
    assert loaded.regulation is not None, errors
    return loaded.regulation


@pytest.mark.parametrize("place", PLACES)
def test_everything_that_is_worked_out_has_two_cases_one_of_them_negative(place: str) -> None:
    one = regulation(place)
    known = cases_by_definition(one)
    shown = {(expected.table.partition(".")[0], keeps(expected, one)) for expected in expectations(one)}
    lacking = {}
    assessed = (*one.duties, *one.indicators, *one.rules, *one.sheets, *one.appraisals)
    for name in (*assessed, *one.procedures, *one.tables, *one.flags):
        titles, negative = known.get(name, (set(), False))
        if len(titles) < FEWEST or not negative or (name, True) not in shown:
            lacking[name] = (len(titles), negative)
    assert lacking == {}


@pytest.mark.parametrize("place", PLACES)
def test_a_case_shows_each_duty_not_done_and_not_only_that_nobody_owes_it(place: str) -> None:
    one = regulation(place)
    undone = {
        expected.table
        for expected in expectations(one)
        if expected.rows != 0 and keeps(expected, one) is False
    }
    assert sorted(one.duties.keys() - undone) == []


def expectations(one: Regulation) -> list[Expected]:
    return [expected for case in one.cases for expected in case.expect]


@pytest.mark.parametrize("place", PLACES)
def test_every_case_is_named_by_a_sentence(place: str) -> None:
    titles = [case.title for case in regulation(place).cases]
    assert [title for title in titles if len(title.split()) < 5] == []
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("place", PLACES)
def test_every_definition_has_a_title_in_three_languages(place: str) -> None:
    one = regulation(place)
    kinds = (
        one.forms,
        one.classes,
        one.duties,
        one.indicators,
        one.rules,
        one.sheets,
        one.appraisals,
        one.roles,
    )
    lacking = [
        name
        for kind in kinds
        for name, definition in kind.items()
        if not {"zh", "en", "es"} <= definition.heading.title.keys() and name != one.place.id
    ]
    assert [name for name in lacking if name not in one.classes] == []


def test_every_item_of_every_document_is_carried_and_shown_kept_and_broken() -> None:
    inventory, problems = declarations().inventory()
    carriers, shown = [], Shown()
    for place in PLACES:
        carriers += declarations().carriers(place, declarations().read_files(place))
        shown |= shown_by(regulation(place))
    rows = coverage(inventory, carriers, shown)
    assert problems + unknown_items(inventory, carriers) == []
    assert [str(sorted(problem.values.items())) for row in rows for problem in row.problems] == []
    assert [row.item.id for row in rows if row.state == "missing"] == []
    assert len(rows) == 277


@pytest.mark.parametrize("place", PLACES)
def test_a_place_carries_every_item_of_the_document_that_it_follows(place: str) -> None:
    inventory, _ = declarations().inventory()
    carriers = declarations().carriers(place, declarations().read_files(place))
    followed = declarations().followed(place)
    rows = coverage(inventory, carriers, shown_by(regulation(place)))
    own = [row for row in rows if row.item.document == followed]
    assert own
    assert [row.item.id for row in own if row.problems or row.state == "missing"] == []


def test_the_page_about_the_regulations_tells_truly_what_carries_each_item() -> None:
    """`python -m tests.services.item_tables` writes its tables anew."""
    _, _, told = PAGE.read_text(encoding="utf-8").partition(MARK)
    assert told.strip().splitlines() == tables().strip().splitlines()
