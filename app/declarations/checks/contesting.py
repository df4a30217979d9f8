"""What of a score can't be contested, or marked, though its year lets people appeal (W223)."""

from collections.abc import Iterable, Iterator

from app.declarations.checks.surveyed import Surveyed, parts_of, where_of
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.sheet import CORRECTED, Sheet
from app.domain.kinds.versions import whole_of
from app.domain.problem import Problem
from app.services.year_forms import appeals_of, every_part, walk

PERIOD = "period"
"""The question by which entries of a year say which part of it they are about."""


def marks(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the forms of marks whose question for the period doesn't take a sheet's own."""
    sheet = surveyed.regulation.sheets[name]
    forms = [line.mark.form for _, item in walk(sheet) for line in item.lines if line.mark is not None]
    yield from _unsaid(surveyed, sheet, forms)


def appeals(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield what an appeal can't name, or what no decision could give back, of an appraisal with a course for them.

    Questions for the period that don't take a sheet's own; sheets, and parts that are none, that nothing corrects.
    """
    appraisal = surveyed.regulation.appraisals[name]
    course = appeals_of(appraisal, surveyed.regulation)
    if course is None:
        return
    for sheet in _sheets(surveyed, appraisal):
        if _is_corrected(sheet):
            yield from _unsaid(surveyed, sheet, _forms(course))
        elif surveyed.sound(sheet.id):
            yield Problem("W223", surveyed.at(sheet.id).key, {"reason": "sheet", "what": sheet.id})
    for part, where in parts_of(appraisal.parts, surveyed.at(name) / "parts"):
        if not part.parts and part.correction is None and not _is_sheet(surveyed, part.table):
            yield Problem("W223", where.key, {"reason": "part", "what": where.name})


def _sheets(surveyed: Surveyed, appraisal: Appraisal) -> Iterator[Sheet]:
    """Yield the sheets that are parts of an appraisal itself, or its bonus."""
    names = [part.table for part in every_part(appraisal.parts)] + [appraisal.bonus]
    for name in dict.fromkeys(one for one in names if one is not None):
        for version in surveyed.regulation.versions(name):
            if version in surveyed.regulation.sheets:
                yield surveyed.regulation.sheets[version]


def _is_sheet(surveyed: Surveyed, table: str | None) -> bool:
    return any(one in surveyed.regulation.sheets for one in surveyed.regulation.versions(table or ""))


def _is_corrected(sheet: Sheet) -> bool:
    return any(line.id == CORRECTED for _, item in walk(sheet) for line in item.lines)


def _forms(course: Procedure) -> Iterator[str]:
    yield course.matter
    yield from (move.form for move in course.moves)


def _unsaid(surveyed: Surveyed, sheet: Sheet, forms: Iterable[str]) -> Iterator[Problem]:
    """Yield the forms whose question for the period takes no window of a sheet."""
    for name in dict.fromkeys(forms):
        form = surveyed.regulation.forms.get(name)
        for field in form.fields if form is not None and surveyed.sound(name) else ():
            offered = field.options.get("unit") if field.id == PERIOD else None
            if isinstance(offered, str) and offered != sheet.every.unit:
                at = surveyed.at(name) / "fields" / PERIOD
                said = {"form": name, "offered": offered, "wanted": sheet.every.unit}
                yield Problem(
                    "W223", where_of(at, "unit"), {"reason": "unit", "what": whole_of(sheet.id), **said}
                )
