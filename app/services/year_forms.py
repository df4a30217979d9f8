"""Which forms belong to an appraisal's year, and what each is there for."""

from collections.abc import Iterable, Iterator

from app.domain.core.expressions import names_in
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.sheet import CORRECTED, Item, Line, Sheet
from app.domain.regulation import Regulation


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


def given_back(sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """Return the answers of a decision from which sheets take what it gives back."""
    for sheet in sheets:
        for _, item in walk(sheet):
            for line in item.lines:
                tree = None if line.amount is None else line.amount.expression
                if line.id == CORRECTED and tree is not None:
                    return tuple(names_in(tree))
    return ()


def summaries_of(appraisal: Appraisal) -> tuple[str, ...]:
    """Return the forms of which everybody assessed needs an entry, in the order of the stages."""
    return tuple(dict.fromkeys(form for stage in appraisal.stages for form in stage.each))


def marks_of(appraisal: Appraisal, regulation: Regulation) -> frozenset[str]:
    """Return the forms by which marks are given."""
    lines = lines_by_mark(appraisal, regulation)
    return frozenset(line.mark.form for _, _, _, line in lines if line.mark is not None)


def forms_of(appraisal: Appraisal, regulation: Regulation) -> frozenset[str]:
    """Return the forms whose entries belong to an appraisal's year: of its course, appeals, marks and summaries."""
    found = {*summaries_of(appraisal), *marks_of(appraisal, regulation)}
    for procedure in (course_of(appraisal, regulation), appeals_of(appraisal, regulation)):
        if procedure is not None:
            found |= {procedure.matter, *(move.form for move in procedure.moves)}
    return frozenset(found)
