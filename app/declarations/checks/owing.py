"""Who owes what: duties that nobody owes (W214), windows between two tiers (W204), quotas that invite invention (W206).

Also entries that are counted twice in one sheet (W207), and definitions that nothing can feed (W208).
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Final

from app.declarations.checks.surveyed import Surveyed, lines_of, sources_of, where_of
from app.domain.core.regions import Demand, TooManyCellsError, possible
from app.domain.core.values import Kind
from app.domain.kinds.common import Each, Parameter, Source
from app.domain.kinds.counting import adding_up
from app.domain.kinds.duty import Duty, MetBy
from app.domain.kinds.form import Field, Form
from app.domain.kinds.role import Role
from app.domain.kinds.versions import whole_of
from app.domain.problem import Problem, Where
from app.domain.regulation import Regulation

if TYPE_CHECKING:
    from app.declarations.located import At

_EVIDENCE: Final = frozenset({"photo", "file", "signature", "location", "scan"})
"""Types of field that show something happened: filled in by the world, not by the person."""

_LEAVES_GAPS: Final = frozenset({"half", "all", "at_start", "at_end"})
_COUNTED: Final = frozenset({"count", "distinct", "sum"})


# ---- nobody
def nobody(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield that a duty, a sheet or the like is for a post that no place has, or that nobody may hold."""
    regulation, at = surveyed.regulation, surveyed.at(name)
    duty = regulation.duties.get(name)
    if duty is not None and duty.owed_by_role is not None:
        yield from _role(regulation, duty.owed_by_role, name, (at / "owed_by").where)
    indicator = regulation.indicators.get(name)
    if indicator is not None:
        yield from _each(regulation, indicator.per, name, (at / "per").where)
    groups = (regulation.duties, regulation.rules, regulation.sheets, regulation.appraisals)
    for group in groups:
        one = group.get(name)
        if one is not None:
            yield from _each(regulation, one.for_each, name, (at / "for_each").where)


def handlers(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the posts of a procedure that nobody here can hold: a matter would wait for them."""
    for role in surveyed.regulation.procedures[name].roles():
        yield from _role(surveyed.regulation, role, name, surveyed.at(name).where)


def _each(regulation: Regulation, each: Each, name: str, where: Where) -> Iterator[Problem]:
    role = each.role or each.post
    if role is not None:
        yield from _role(regulation, role, name, where)
    elif each.level is not None and not _has_level(regulation, each.level):
        yield Problem("W214", where, {"what": name, "reason": "no_place", "name": each.level})


def _role(regulation: Regulation, role_id: str, name: str, where: Where) -> Iterator[Problem]:
    role = regulation.roles.get(role_id)
    if role is None:
        return  # it has a fault of its own
    if not _has_level(regulation, role.level):
        yield Problem("W214", where, {"what": name, "reason": "no_level", "name": role_id})
    elif _never_held(role):
        yield Problem("W214", where, {"what": name, "reason": "no_headcount", "name": role_id})


def _has_level(regulation: Regulation, level: str) -> bool:
    """Whether the place, one in it or one that it lies in is of a level; a case brings places of its own."""
    tree, own = regulation.places, regulation.place.id
    here = [*tree.within(own), *tree.ancestors(own)]
    return not here or level == "place" or any(place.level == level for place in here)


def _never_held(role: Role) -> bool:
    most = role.headcount_most
    return most is not None and all(value == 0 for _, value in most.values)


# ---- windows between two tiers
def between_tiers(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield that the tiers of a duty fall due in unlike windows: who changes tier may be due in neither."""
    duty = surveyed.regulation.duties[name]
    if duty.membership.rule in _LEAVES_GAPS and duty.for_each.source is None:
        spacings = {tier.every or duty.every for tier in duty.tiers}
        if len(spacings) > 1:
            yield Problem("W204", (surveyed.at(name) / "tiers").key, {"what": name})


# ---- quotas of raw counts
def quotas(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the figures of a duty that ask for many entries which nobody but their author could know to be true."""
    duty = surveyed.regulation.duties[name]
    role = duty.for_each.role or duty.for_each.post
    if role is None:
        return
    variants = [(duty.times, duty.met_by), *((t.times, t.met_by or duty.met_by) for t in duty.tiers)]
    for times, met_by in variants:
        sources = (met.source for met in met_by if adding_up(met) is None)
        form = _invented(surveyed.regulation, role, sources)
        if form is not None and times is not None and _more_than(times, 1):
            yield Problem("W206", times.where, {"what": name, "form": form})


def targets(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield that the target of an indicator asks for many such entries."""
    indicator = surveyed.regulation.indicators[name]
    role = indicator.per.role or indicator.per.post
    target = indicator.target
    if role is None or target is None or target.comparison != "at_least":
        return
    form = _invented(surveyed.regulation, role, [indicator.of])
    if form is not None and indicator.measure in _COUNTED and _more_than(target.value, 1):
        yield Problem("W206", target.value.where, {"what": name, "form": form})


def _more_than(figure: Parameter, least: int) -> bool:
    return any(isinstance(value, int) and value > least for _, value in figure.values)


def _invented(regulation: Regulation, role: str, sources: Iterable[Source]) -> str | None:
    """Return the first form among the sources whose entries the role itself writes, and nothing bears out."""
    for source in sources:
        form = regulation.forms.get(source.table.partition(".")[0])
        if form is not None and (not form.filled_by or role in form.filled_by) and not _borne_out(form):
            return form.id
    return None


def _borne_out(form: Form) -> bool:
    """Whether an entry names somebody or something that exists apart from it, or must show a proof."""
    return form.about is not None or any(
        field.required and field.relevant is None and _is_evidence(field) for field in form.fields
    )


def _is_evidence(field: Field) -> bool:
    return field.widget in _EVIDENCE or (
        field.type.kind in (Kind.REF, Kind.REFS)
        and field.type.to not in ("worker", "role", "place", "holder")
    )


# ---- one entry, two duties
def twice(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the lines of a sheet over a duty that the entries of another of its duties meet as well."""
    regulation, at = surveyed.regulation, surveyed.at(name)
    judged: dict[str, At] = {}
    for line, where, _ in lines_of(regulation.sheets[name].items, at / "items", at):
        for duty in regulation.versions(line.source.table) if line.source is not None else ():
            if duty in regulation.duties:
                judged.setdefault(duty, where)
    for one, other in combinations(judged, 2):
        if whole_of(one) == whole_of(other):
            continue  # versions aren't in force together
        form = _shared(surveyed, regulation.duties[one], regulation.duties[other])
        if form is not None:
            where_at = judged[other]
            values = {"what": where_at.name, "one": one, "other": other, "form": form}
            yield Problem("W207", where_of(where_at, "for_each"), values)


def _shared(surveyed: Surveyed, one: Duty, other: Duty) -> str | None:
    """Return the form whose entries can meet both duties, or None."""
    if one.for_each != other.for_each or one.id in other.before or other.id in one.before:
        return None
    for met in _met_by(one):
        for also in _met_by(other):
            if met.source.table == also.source.table and not met.source.set and not also.source.set:
                demands = [Demand(met.source.where), Demand(also.source.where)]
                try:
                    if possible(demands, surveyed.bounds(met.source.table)) is not None:
                        return met.source.table
                except TooManyCellsError:
                    continue
    return None


def _met_by(duty: Duty) -> list[MetBy]:
    return [*duty.met_by, *(met for tier in duty.tiers for met in tier.met_by)]


# ---- nothing feeds it
def unfed(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield where a definition reads a form that nobody may fill in: every role that may is never held here."""
    regulation = surveyed.regulation
    for source, at in sources_of(surveyed, name):
        form = regulation.forms.get(source.table)
        if form is not None and _closed(regulation, form):
            where = where_of(at, "form", "table")
            values = {"reason": "nobody", "what": at.name, "form": source.table}
            yield Problem("W208", where, values)


def _closed(regulation: Regulation, form: Form) -> bool:
    roles = [regulation.roles[role] for role in form.filled_by if role in regulation.roles]
    given = len(roles) == len(form.filled_by) and bool(roles)
    return given and all(not _has_level(regulation, role.level) or _never_held(role) for role in roles)
