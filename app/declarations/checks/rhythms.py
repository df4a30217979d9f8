"""Titles and quoted clauses that speak of another rhythm than what is declared (W226).

Who changes “each quarter” to “each month” changes a figure; the title beside it goes on saying the quarter to everybody
who reads it on a list or a printed appraisal, and the quoted clause no longer bears the duty out.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from app.declarations.checks.surveyed import Surveyed, items_of, where_of
from app.declarations.located import At
from app.domain.kinds.common import Source, Texts
from app.domain.kinds.sheet import Item
from app.domain.problem import Problem
from app.domain.regulation import Regulation
from app.domain.workdays import Every
from app.i18n.rhythms import LANGUAGES, rhythms_in

_ONE: Final = {"working_day": "day", "half_day": "day"}
_UNITS: Final = frozenset({"day", "week", "month", "quarter", "half_year", "year"})
_SEVERAL: Final = {
    (7, "day"): "week",
    (3, "month"): "quarter",
    (6, "month"): "half_year",
    (12, "month"): "year",
    (2, "quarter"): "half_year",
    (4, "quarter"): "year",
    (2, "half_year"): "year",
}

Rhythms = frozenset[str]
"""Units: day, week, month, quarter, half_year, year. None in the place of it: one that no word names."""


def of_duty(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield what of a duty speaks of another rhythm: its title, those of its tiers, the clause that it quotes."""
    duty, at = surveyed.regulation.duties[name], surveyed.at(name)
    for tier in duty.tiers:
        own = _all([tier.every or duty.every])
        yield from _title(tier.title, own, at / "tiers" / tier.id, f"{name}/{tier.id}")
    declared = _of_duty(surveyed.regulation, name)
    yield from _title(duty.heading.title, declared, at, name)
    clause = duty.heading.clause
    if clause is not None and declared is not None:
        named = _named(clause.text)
        lacking = sorted(declared - named.keys())
        if named and lacking:
            values = {"what": name, "said": "、".join(named.values()), "every": lacking[0]}
            yield Problem("W226", where_of(at, "clause"), {"reason": "clause", **values})


def of_indicator(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield that the title of an indicator speaks of another rhythm than its own and that of what it measures."""
    heading = surveyed.regulation.indicators[name].heading
    yield from _title(heading.title, _read(surveyed.regulation, name), surveyed.at(name), name)


def of_sheet(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the items whose titles speak of another rhythm than the sheet, its duties and its indicators.

    An item that looks at anything else as well is left alone: its title may be about that.
    """
    regulation, at = surveyed.regulation, surveyed.at(name)
    sheet = regulation.sheets[name]
    for word, items in (("items", sheet.items), ("bonus", sheet.bonus)):
        for item, where in items_of(items, at / word):
            looked_at = [_all([sheet.every]), *(_source(regulation, one) for one in _sources(item))]
            yield from _title(item.title, _together(looked_at), where, f"{name}/{item.id}")


def _title(title: Texts, declared: Rhythms | None, at: At, name: str) -> Iterator[Problem]:
    """Yield the first language in which a title names rhythms of which none is declared."""
    for language, text in title.items() if declared else ():
        found = dict(rhythms_in(text, language))
        if found and declared and declared.isdisjoint(found.values()):
            values = {"what": name, "title": text, "said": "、".join(found), "every": min(declared)}
            yield Problem("W226", where_of(at, "title"), {"reason": "title", **values})
            return


def _named(text: str) -> dict[str, str]:
    """Return the rhythms of a clause by unit, with its words; a regulation may be written in any language."""
    return {unit: said for language in LANGUAGES for said, unit in rhythms_in(text, language)}


def _sources(item: Item) -> Iterator[Source | None]:
    for line in item.lines:
        yield line.source
    for inner in item.items:
        yield from _sources(inner)


def _source(regulation: Regulation, source: Source | None) -> Rhythms | None:
    return None if source is None else _read(regulation, regulation.latest(source.table))


def _read(regulation: Regulation, name: str) -> Rhythms | None:
    """Return the rhythms of a duty, or of an indicator with what it measures."""
    if name in regulation.duties:
        return _of_duty(regulation, name)
    indicator = regulation.indicators.get(name)
    if indicator is None:
        return None
    measured = [
        _read(regulation, regulation.latest(one.table)) or frozenset()
        for one in (indicator.of, indicator.against)
        if one is not None and regulation.latest(one.table) != name
    ]
    return _together([_all([indicator.every]), *measured])


def _of_duty(regulation: Regulation, name: str) -> Rhythms | None:
    duty = regulation.duties[name]
    own = [duty.every] if duty.every is not None else []
    return _all([*own, *(tier.every for tier in duty.tiers if tier.every is not None)])


def _all(spacings: Iterable[Every | None]) -> Rhythms | None:
    found = [None if every is None else _rhythm(every) for every in spacings]
    known = frozenset(one for one in found if one is not None)
    return known if known and known and None not in found else None


def _together(found: Iterable[Rhythms | None]) -> Rhythms | None:
    known: Rhythms = frozenset()
    for one in found:
        if one is None:
            return None
        known |= one
    return known


def _rhythm(every: Every) -> str | None:
    """Return the unit by which people call a spacing; None where one word doesn't."""
    if every.rolling is not None or every.method:
        return None
    unit = _ONE.get(every.unit, every.unit)
    found = unit if every.number == 1 else _SEVERAL.get((every.number, unit))
    return found if found in _UNITS else None
