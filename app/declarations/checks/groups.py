"""Rules of one group: two that apply to one row where only one may (E130), one that never counts (W202)."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from app.declarations.checks.reach import applies
from app.declarations.checks.surveyed import Surveyed, where_of
from app.domain.core.expressions import All, Binary, Call, Expression, Name, Not, Some
from app.domain.core.regions import Between, Demand, TooManyCellsError, Truth, possible
from app.domain.kinds.rule import Rule
from app.domain.problem import Problem

Group = list[tuple[str, Rule]]


def grouped(surveyed: Surveyed) -> Iterator[tuple[str, ...]]:
    """Yield the rules of each group."""
    groups: dict[str, list[str]] = {}
    for name, rule in surveyed.regulation.rules.items():
        if rule.group is not None and surveyed.sound(name):
            groups.setdefault(rule.group, []).append(name)
    yield from map(tuple, groups.values())


def of_rules(surveyed: Surveyed, names: Iterable[str]) -> Iterator[Problem]:
    """Yield what is wrong between the rules of a group."""
    group = [(name, surveyed.regulation.rules[name]) for name in names]
    yield from _overlaps(surveyed, group)
    yield from _replaced(surveyed, group)


def _overlaps(surveyed: Surveyed, group: Group) -> Iterator[Problem]:
    """Yield the pairs of a group of which only one may apply that aren't shown to exclude each other."""
    for (name, rule), (other_name, other) in combinations(group, 2):
        if rule.hit != "one" or other.hit != "one":
            continue
        bounds = _bounds(surveyed, group)
        where = where_of(surveyed.at(other_name), "when")
        values: dict[str, str | int] = {"what": other_name, "other": name}
        try:
            example = possible([Demand(_applies(rule)), Demand(_applies(other))], bounds)
        except TooManyCellsError:
            yield Problem("W209", where, {"what": other_name})
            continue
        if example is not None:
            shown = ", ".join(f"{term.partition('#')[0]} {value}" for term, value in example.items())
            yield Problem("E130", where, {**values, "example": shown or "–"})


def _replaced(surveyed: Surveyed, group: Group) -> Iterator[Problem]:
    """Yield the rules of a group that never count: whenever they apply, one that goes before does."""
    by_name = dict(group)
    for name, rule in group:
        before = [by_name[other] for other in rule.before if other in by_name]
        if not before or rule.select is not None or any(other.select is not None for other in before):
            continue
        bounds = _bounds(surveyed, group)
        own = Demand(_applies(rule))
        others = [Demand(_applies(other), Truth.NOT_TRUE) for other in before]
        try:
            counts = possible([own], bounds) is None or possible([own, *others], bounds) is not None
        except TooManyCellsError:
            continue
        if not counts:
            where = where_of(surveyed.at(name), "when")
            by = ", ".join(other.id for other in before)
            yield Problem("W202", where, {"what": name, "reason": "first", "by": by})


def _bounds(surveyed: Surveyed, group: Group) -> dict[str, Between]:
    found: dict[str, Between] = {}
    for name, rule in group:
        own = surveyed.bounds(name)
        facts = {fact.id for fact in rule.facts}
        found |= {_fact(rule, key) if key in facts else key: between for key, between in own.items()}
    return found


def _applies(rule: Rule) -> Expression:
    """Return what must be true for a rule to apply, its facts named apart from those of other rules."""
    return _own(applies(rule), rule, {fact.id for fact in rule.facts})


def _fact(rule: Rule, name: str) -> str:
    """Return a name for a fact by what it counts: the same in rules that count the same."""
    own = next(fact for fact in rule.facts if fact.id == name)
    return f"{name}#{own.function}#{own.source}#{own.argument}#{own.streak}#{own.by}#{own.every}#{own.within}"


def _own(tree: Expression, rule: Rule, facts: set[str]) -> Expression:
    match tree:
        case Name((column,), own) if column in facts:
            return Name((_fact(rule, column),), own)
        case Binary(operator, left, right, own):
            return Binary(operator, _own(left, rule, facts), _own(right, rule, facts), own)
        case All(parts):
            return All(tuple(_own(part, rule, facts) for part in parts))
        case Some(parts):
            return Some(tuple(_own(part, rule, facts) for part in parts))
        case Not(part):
            return Not(_own(part, rule, facts))
        case Call(function, arguments, own):
            return Call(function, tuple(_own(part, rule, facts) for part in arguments), own)
        case _:
            return tree
