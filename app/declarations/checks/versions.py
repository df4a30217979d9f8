"""Whether the versions of a definition follow one another, and make the same sort of rows (E132, W205, W217)."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from app.declarations.checks.figures import starts_window
from app.declarations.checks.form_versions import form_faults
from app.declarations.documents import Document
from app.declarations.schema.common import Titled
from app.declarations.schema.duties import DutyFile
from app.declarations.schema.figures import AppraisalFile, IndicatorFile, RuleFile
from app.declarations.schema.forms import ClassFile, FormFile
from app.declarations.schema.sheets import SheetFile
from app.declarations.tables import Tables
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.duty import Duty
from app.domain.kinds.form_versions import in_order
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.rule import Rule
from app.domain.kinds.sheet import Sheet
from app.domain.problem import Problem, Where
from app.domain.regulation import Regulation


def version_faults(document: Document, tables: Tables) -> Iterator[Problem]:
    """Yield what keeps the versions of a file from being one definition over time."""
    for earlier, later in pairwise(document.versions):
        yield from _time(earlier, later)
        yield from _unlike(document, later, tables)


def _fault(reason: str, version: Document, where: Where | None = None) -> Problem:
    return Problem("E132", where or version.data.where, {"what": version.id, "reason": reason})


def _time(earlier: Document, later: Document) -> Iterator[Problem]:
    """Yield where one version doesn't end as the next begins."""
    _, until = times_of(earlier)
    since, _ = times_of(later)
    where = (later.at / "in_force").where
    if since is None or until is None or until > since:
        yield _fault("overlap", later, where)
    elif until < since:
        values = {"what": later.id, "until": until.isoformat(), "from": since.isoformat()}
        yield Problem("W217", where, values)


def times_of(version: Document) -> tuple[date | None, date | None]:
    """Return the day from which a definition holds and the day until which (exclusive); None: ever."""
    force = version.model.in_force if isinstance(version.model, Titled) else None
    return (force.since, force.until) if force is not None else (None, None)


def _unlike(document: Document, later: Document, tables: Tables) -> Iterator[Problem]:
    """Yield in what a version makes other rows than the first one."""
    match document.model, later.model:
        case IndicatorFile(measure=first), IndicatorFile(measure=measure) if first != measure:
            yield _fault("measure", later)
        case SheetFile(unit=first), SheetFile(unit=unit) if first != unit:
            yield _fault("unit", later)
        case FormFile(), FormFile() if later is document.versions[-1]:
            yield from form_faults(document, tables)
        case ClassFile() as first, ClassFile() as then if not in_order([*first.first_of], [*then.first_of]):
            yield _fault("order", later)
        case _:
            pass
    if _about(document.model, tables) != _about(later.model, tables):
        yield _fault("about", later)


def _about(model: object, tables: Tables) -> tuple[str, str]:
    """Return what a definition has rows for, and whom they are about."""
    if isinstance(model, IndicatorFile):
        each: object = model.per
    elif isinstance(model, FormFile):
        return model.describes or "", model.about or ""
    elif isinstance(model, ClassFile):
        return model.of, ""
    elif isinstance(model, DutyFile | RuleFile | SheetFile | AppraisalFile):
        each = model.for_each
    else:
        return "", ""
    rows = tables.rows_of(each)
    return ("" if rows is None else rows.about), tables.about(each)


def changes_inside(regulation: Regulation) -> Iterator[Problem]:
    """Yield a warning (W205) where a version ends inside a window: the window is reckoned by it to its end."""
    for succession in regulation.successions.values():
        for name in succession.versions[:-1]:
            definition = _definition(regulation, name)
            until = None if definition is None else definition.heading.until
            every = None if definition is None else definition.every
            if (
                definition is not None
                and until is not None
                and every is not None
                and not starts_window(every, until)
            ):
                values = {"what": name, "date": until.isoformat()}
                yield Problem("W205", definition.heading.where, values)


def _definition(regulation: Regulation, name: str) -> Duty | Indicator | Rule | Sheet | Appraisal | None:
    return (
        regulation.duties.get(name)
        or regulation.indicators.get(name)
        or regulation.rules.get(name)
        or regulation.sheets.get(name)
        or regulation.appraisals.get(name)
    )
