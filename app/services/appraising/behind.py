"""What stands behind the lines of a score's sheets: which duties they count or measure, and in which item."""

from collections.abc import Iterator, Mapping
from datetime import date

from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.sheet import Line
from app.domain.kinds.versions import whole_of
from app.domain.regulation import Regulation
from app.services.year_forms import every_part, sheets_of, walk


def behind(regulation: Regulation, line: Line) -> Iterator[str]:
    """Yield the tables of whose rows a line makes points."""
    if line.source is not None:
        yield line.source.table
    yield from measured(regulation, line.share_of or "")


def measured(regulation: Regulation, table: str) -> Iterator[str]:
    """Yield what an indicator counts, down to what the last of those that it rolls up does."""
    for name in regulation.versions(table):
        indicator = regulation.indicators.get(name)
        while indicator is not None:
            yield indicator.of.table
            if indicator.roll_up is None:
                break
            indicator = regulation.indicators.get(regulation.latest(indicator.of.table))


def items_by_duty(regulation: Regulation, appraisal: Appraisal, day: date) -> Mapping[str, str]:
    """Return by duty that counts the first item in which it does as of `day`, as a score's page calls it.

    That is `sheet:section/item`; "" where a duty stands in several windows of the year, or in a part that is no sheet.
    """
    found: dict[str, str] = {}
    for sheet in sheets_of(appraisal, regulation):
        whole = sheet.every == appraisal.every and regulation.on(whole_of(sheet.id), day) == sheet.id
        for path, item in walk(sheet):
            for table in (name for line in item.lines for name in behind(regulation, line)):
                for duty in regulation.versions(table):
                    if duty in regulation.duties:
                        name = f"{sheet.id}:{'/'.join(path)}" if whole else ""
                        found[duty] = found.get(duty) or name
    for part in every_part(appraisal.parts):
        for table in measured(regulation, part.table or ""):
            for duty in regulation.versions(table):
                if duty in regulation.duties:
                    found.setdefault(duty, "")
    return found
