"""Which forms belong to an appraisal's year, and what each is there for."""

from collections.abc import Iterator
from typing import Final

from app.domain.core.expressions import names_in
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.common import Texts
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.sheet import CORRECTED, Item, Line, Sheet
from app.domain.kinds.versions import whole_of
from app.domain.regulation import Regulation

PERIOD: Final = "period"
ITEM: Final = "item"
LINE: Final = "line"
WHOM: Final = "whom"
"""How the forms of a year name its period, those of an appeal what it is against, an excuse whom it leaves unmarked."""


def walk(sheet: Sheet) -> Iterator[tuple[tuple[str, ...], Item]]:
    """Yield every item of a sheet with its path, sections before what is in them, the bonus last."""

    def down(item: Item, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Item]]:
        yield path, item
        for child in item.items:
            yield from down(child, (*path, child.id))

    for item in sheet.items:
        yield from down(item, (item.id,))
    for item in sheet.bonus:
        yield from down(item, ("bonus", item.id))


def sheets_of(appraisal: Appraisal, regulation: Regulation) -> tuple[Sheet, ...]:
    """Return the sheets that an appraisal rests on, also through others that are its parts, in the parts' order."""
    found: dict[str, Sheet] = {}
    names = [part.table for part in every_part(appraisal.parts) if part.table is not None]
    names += [appraisal.bonus] if appraisal.bonus is not None else []
    for one in (version for name in dict.fromkeys(names) for version in regulation.versions(name)):
        if one in regulation.sheets:
            found[one] = regulation.sheets[one]
        elif one in regulation.appraisals:
            found |= {sheet.id: sheet for sheet in sheets_of(regulation.appraisals[one], regulation)}
    return tuple(found.values())


def every_part(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Yield the parts of an appraisal, each before those that it is made of."""
    for part in parts:
        yield part
        yield from every_part(part.parts)


def lines_by_mark(
    appraisal: Appraisal, regulation: Regulation
) -> Iterator[tuple[Sheet, tuple[str, ...], Item, Line]]:
    """Yield the lines by marks of the sheets that an appraisal rests on, with their items."""
    for sheet in sheets_of(appraisal, regulation):
        for path, item in walk(sheet):
            for line in item.lines:
                if line.mark is not None:
                    yield sheet, path, item, line


def course_of(appraisal: Appraisal, regulation: Regulation) -> Procedure | None:
    """Return the procedure that the year of an appraisal goes through, or None."""
    return _procedure(appraisal.course, regulation)


def appeals_of(appraisal: Appraisal, regulation: Regulation) -> Procedure | None:
    """Return the procedure that appeals go through, or None."""
    return _procedure(None if appraisal.appeal is None else appraisal.appeal.course, regulation)


def _procedure(name: str | None, regulation: Regulation) -> Procedure | None:
    return None if name is None else regulation.procedures.get(regulation.latest(name))


def given_back(appraisal: Appraisal, regulation: Regulation) -> tuple[str, ...]:
    """Return the answers of a decision from which scores take what it gives back."""
    for line in _corrections(appraisal, regulation):
        tree = None if line.amount is None else line.amount.expression
        if tree is not None:
            return tuple(names_in(tree))
    return ()


def _corrections(appraisal: Appraisal, regulation: Regulation) -> Iterator[Line]:
    for sheet in sheets_of(appraisal, regulation):
        for _, item in walk(sheet):
            yield from (line for line in item.lines if line.id == CORRECTED)
    for part in every_part(appraisal.parts):
        if part.correction is not None:
            yield part.correction


def part_at(appraisal: Appraisal, path: tuple[str, ...]) -> Part | None:
    """Return the part that `path` names, by its id and those of the parts that it stands in; None: there is none."""
    parts, found = appraisal.parts, None
    for name in path:
        found = next((part for part in parts if part.id == name), None)
        if found is None:
            return None
        parts = found.parts
    return found


def contested_parts(appraisal: Appraisal) -> Iterator[tuple[tuple[str, ...], Part]]:
    """Yield the parts of an appraisal that something corrects, so that they are contested as such, with their paths."""

    def down(parts: tuple[Part, ...], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Part]]:
        for part in parts:
            if part.correction is not None:
                yield (*above, part.id), part
            yield from down(part.parts, (*above, part.id))

    yield from down(appraisal.parts, ())


def contested_part(appraisal: Appraisal, item: str) -> tuple[tuple[str, ...], Part] | None:
    """Return the part of an appraisal that an appeal's item names as `appraisal/part`, with its path.

    None: the item names something else, or a part that nothing corrects.
    """
    name, _, rest = item.partition("/")
    path = tuple(rest.split("/"))
    part = part_at(appraisal, path) if name == whole_of(appraisal.id) else None
    return None if part is None or part.correction is None else (path, part)


def item_titles(appraisal: Appraisal, regulation: Regulation, item: str) -> tuple[Texts, ...]:
    """Return the words of what an appeal names as `sheet/section/item` or `appraisal/part`, from the section down.

    None of them: the item names nothing of this appraisal.
    """
    part = contested_part(appraisal, item)
    if part is not None:
        steps = [part[0][: at + 1] for at in range(len(part[0]))]
        parts = ((step, part_at(appraisal, step)) for step in steps)
        return tuple(one.title or {"zh": step[-1]} for step, one in parts if one is not None)
    known, path = _items(regulation, item)
    steps = [path[: at + 1] for at in range(len(path))]
    return tuple(known[step].title or {"zh": step[-1]} for step in steps if step in known)


def row_title(regulation: Regulation, item: str, row: str) -> Texts:
    """Return the words of the line that a row behind an item (`line/hash`) is of; empty where there is none."""
    known, path = _items(regulation, item)
    lines = known[path].lines if path in known else ()
    return next((line.title for line in lines if line.id == row.partition("/")[0]), {})


def _items(regulation: Regulation, item: str) -> tuple[dict[tuple[str, ...], Item], tuple[str, ...]]:
    """Return the items of the sheet that an item's name begins with, by path, and the path that it names."""
    name, _, rest = item.partition("/")
    sheet = regulation.sheets.get(regulation.latest(name))
    return {} if sheet is None else dict(walk(sheet)), tuple(rest.split("/"))


def contested_in(regulation: Regulation, form: str) -> Iterator[Appraisal]:
    """Yield the appraisals whose appeals, or the decisions on them, are entries of a form."""
    for appraisal in regulation.appraisals.values():
        course = appeals_of(appraisal, regulation)
        if course is not None and form in {course.matter, *(move.form for move in course.moves)}:
            yield appraisal


def summaries_of(appraisal: Appraisal) -> tuple[str, ...]:
    """Return the forms of which everybody assessed needs an entry, in the order of the stages."""
    return tuple(dict.fromkeys(form for stage in appraisal.stages for form in stage.each))


def excuses_of(appraisal: Appraisal) -> tuple[str, ...]:
    """Return the forms by whose entries assessors are excused from marking, in the order of the stages."""
    return tuple(
        dict.fromkeys(stage.excused_by for stage in appraisal.stages if stage.excused_by is not None)
    )


def marks_of(appraisal: Appraisal, regulation: Regulation) -> frozenset[str]:
    """Return the forms by which marks are given."""
    lines = lines_by_mark(appraisal, regulation)
    return frozenset(line.mark.form for _, _, _, line in lines if line.mark is not None)


def forms_of(appraisal: Appraisal, regulation: Regulation) -> frozenset[str]:
    """Return the forms whose entries belong to an appraisal's year: of its course, appeals, marks and summaries."""
    found = {*summaries_of(appraisal), *excuses_of(appraisal), *marks_of(appraisal, regulation)}
    for procedure in (course_of(appraisal, regulation), appeals_of(appraisal, regulation)):
        if procedure is not None:
            found |= {procedure.matter, *(move.form for move in procedure.moves)}
    return frozenset(found)
