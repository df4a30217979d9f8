"""What can never be reached (W202): classes, tiers, rules, lines and answers that no row could have."""

from collections.abc import Iterator, Mapping, Sequence

from app.declarations.checks.surveyed import Surveyed, items_of, sources_of, where_of
from app.declarations.located import At, LocatedList, LocatedMap
from app.domain.core.expressions import All, Expression, Not
from app.domain.core.regions import Between, Demand, TooManyCellsError, Truth, possible
from app.domain.kinds.common import Each
from app.domain.kinds.rule import Rule
from app.domain.kinds.table import Group, Keep, Table
from app.domain.problem import Problem, Where

Bounds = Mapping[str, Between]


def classes(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the cases of a class that no subject can have."""
    item, at = surveyed.regulation.classes[name], surveyed.at(name) / "first_of"
    cases = [(case.id, case.condition, (at / case.id).key) for case in item.first_of]
    yield from _first_fit(name, "class", cases, surveyed.subject_bounds(item.of))


def tiers(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the tiers of a duty that no subject or event can be in, and that nothing can owe it at all."""
    duty, at = surveyed.regulation.duties[name], surveyed.at(name)
    bounds = surveyed.each_bounds(duty.for_each)
    given = [Demand(duty.condition)]
    yield from never(given, name, "never", (at / "where").where, bounds)
    cases = [(tier.id, tier.condition, (at / "tiers" / tier.id).key) for tier in duty.tiers]
    yield from _first_fit(name, "tier", cases, bounds, given)


def _first_fit(
    name: str,
    kind: str,
    cases: Sequence[tuple[str, Expression, Where]],
    bounds: Bounds,
    given: Sequence[Demand] = (),
) -> Iterator[Problem]:
    """Yield the cases of a first-fit list that can't come true, or only after an earlier one has."""
    for number, (case, condition, where) in enumerate(cases):
        what = f"{name}/{case}"
        if number and told_possible([*given, Demand(condition)], bounds):
            earlier = [Demand(other, Truth.FALSE) for _, other, _ in cases[:number]]
            yield from never([*given, Demand(condition), *earlier], what, kind, where, bounds)
        else:
            yield from never([*given, Demand(condition)], what, "never", where, bounds)


def rules(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield that a rule applies to no row."""
    where = where_of(surveyed.at(name), "when", "unless")
    demands = [Demand(applies(surveyed.regulation.rules[name]))]
    yield from never(demands, name, "never", where, surveyed.bounds(name))


def applies(rule: Rule) -> Expression:
    """Return what must be true for a rule to apply to a row."""
    source = rule.for_each.source
    parts = [rule.when] if source is None else [source.where, rule.when]
    parts += [] if rule.unless is None else [Not(rule.unless)]
    parts += [] if rule.select is None else [rule.select.where]
    return All(tuple(parts))


def alike(rule: Rule) -> tuple[object, ...]:
    """Return what two rules must have in common for their conditions to be about the same rows and facts."""
    return _rows(rule.for_each), rule.every, rule.facts, rule.then.finding


def _says(rule: Rule) -> tuple[object, ...]:
    """Return what a rule's findings do beside being there: one that does more than another's repeats nothing."""
    then = rule.then
    return then.level, frozenset(then.notify), then.praise, then.duty


def _rows(each: Each) -> object:
    return each if each.source is None else each.source.table


def saying_the_same(surveyed: Surveyed) -> Iterator[tuple[str, ...]]:
    """Yield the rules of each group that give the same finding about the same rows and facts, of two rules at least."""
    groups: dict[object, list[str]] = {}
    for name, rule in surveyed.regulation.rules.items():
        if surveyed.sound(name) and rule.select is None:
            groups.setdefault((*alike(rule), *_says(rule)), []).append(name)
    yield from (tuple(group) for group in groups.values() if len(group) > 1)


def shadowed(surveyed: Surveyed, group: Sequence[str]) -> Iterator[Problem]:
    """Yield the rules of a group that only repeat another's finding: whenever they apply, the other one does.

    Of two that apply to the same rows the later one repeats.
    """
    given = [(name, surveyed.regulation.rules[name]) for name in group]
    for number, (name, rule) in enumerate(given):
        bounds = surveyed.bounds(name)
        if not told_possible([Demand(applies(rule))], bounds):
            continue
        for other_number, (other_name, other) in enumerate(given):
            if other_number == number or not _covers(other, rule, bounds):
                continue
            if other_number < number or not _covers(rule, other, bounds):
                where = where_of(surveyed.at(name), "when")
                yield Problem("W202", where, {"what": name, "reason": "shadowed", "by": other_name})
                break


def _covers(other: Rule, rule: Rule, bounds: Bounds) -> bool:
    """Whether a rule applies wherever another does."""
    return not told_possible([Demand(applies(rule)), Demand(applies(other), Truth.NOT_TRUE)], bounds)


def sources(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the sources of a definition's rows, lines included, that no row can meet."""
    for source, at in sources_of(surveyed, name):
        given = [Demand(source.where)]
        yield from never(given, at.name, "never", where_of(at, "where"), surveyed.bounds(source.table))


def shares(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield that no row of an indicator's whole can be its part."""
    indicator, at = surveyed.regulation.indicators[name], surveyed.at(name)
    bounds = surveyed.bounds(indicator.of.table)
    whole = Demand(indicator.of.where)
    if told_possible([whole], bounds):
        yield from never(
            [whole, Demand(indicator.part)], f"{at.name}/part", "never", (at / "part").where, bounds
        )


def tables(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the steps of a table that leave no row: alone, or after the ones before them."""
    table = surveyed.regulation.tables[name]
    places = iter(_kept_at(table, surveyed.at(name)))
    sources = [rows.source for rows in table.rows if rows.source is not None]
    one = sources[0] if len(table.rows) == len(sources) == 1 else None
    given = [] if one is None else [Demand(one.where)]
    bounds = {} if one is None else surveyed.bounds(one.table)
    for step in table.steps:
        if isinstance(step, Group):
            given, bounds = [], {}
        elif isinstance(step, Keep):
            where = next(places)
            found = list(never([*given, Demand(step.condition)], where.name, "never", where.where, bounds))
            yield from found
            given += [] if found else [Demand(step.condition)]


def _kept_at(table: Table, at: At) -> list[At]:
    """Return where the conditions of a table's steps stand: one step of the file may be several."""
    written = at.data.get("steps") if isinstance(at.data, LocatedMap) else None
    listed = written if isinstance(written, LocatedList) else []
    found = [
        at / "steps" / number / "where"
        for number, step in enumerate(listed)
        if isinstance(step, LocatedMap) and "where" in step
    ]
    wanted = sum(isinstance(step, Keep) for step in table.steps)
    return found if len(found) == wanted else [at / "steps"] * wanted


def vetoes(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the vetoes of items and the conditions of a sheet that can never be true."""
    sheet, at = surveyed.regulation.sheets[name], surveyed.at(name)
    bounds = surveyed.each_bounds(sheet.for_each)
    for word, items in (("items", sheet.items), ("bonus", sheet.bonus)):
        for item, where in items_of(items, at / word):
            place = (where / "applies").where
            yield from never([Demand(item.applies)], f"{where.name}/applies", "never", place, bounds)
            if item.veto is not None:
                place = (where / "veto").where
                yield from never([Demand(item.veto)], f"{where.name}/veto", "never", place, bounds)
    if sheet.eligible is not None:
        where = at / "eligible" / "where"
        yield from never([Demand(sheet.eligible.where)], where.name, "never", where.where, bounds)


def answers(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the questions of a form that are never asked, or that no answer can satisfy."""
    at = surveyed.at(name) / "fields"
    for field in surveyed.regulation.forms[name].fields:
        where = at / field.id
        if field.relevant is not None:
            yield from never([Demand(field.relevant)], where.name, "asked", (where / "relevant").where, {})
        demands = [Demand(constraint.condition) for constraint in field.constraints]
        yield from never(demands, where.name, "answer", where.key, {})


def never(
    demands: Sequence[Demand], what: str, reason: str, where: Where, bounds: Bounds
) -> Iterator[Problem]:
    """Yield W202 where the demands can't come true together, W209 where that can't be decided."""
    try:
        if possible(demands, bounds) is None:
            yield Problem("W202", where, {"what": what, "reason": reason, "by": ""})
    except TooManyCellsError:
        yield Problem("W209", where, {"what": what})


def told_possible(demands: Sequence[Demand], bounds: Bounds) -> bool:
    """Whether the demands may come true together; what is too large to decide may."""
    try:
        return possible(demands, bounds) is not None
    except TooManyCellsError:
        return True
