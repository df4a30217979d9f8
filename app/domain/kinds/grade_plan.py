"""Grades of an appraisal: by lower bounds, by findings that override, held to quotas by rank."""

from typing import Final

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Law,
    Overlap,
    Running,
    Sequence,
    Set,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.values import Kind, NotApplicable, Schema, Type, Unknown
from app.domain.kinds.appraisal import Appraisal, Grade, Quota
from app.domain.kinds.expansion import Expansion, figure
from app.domain.kinds.rank_plan import group_steps, places_of, rank_steps, within
from app.domain.kinds.sheet_items import MAYBE, POINTS
from app.domain.kinds.tree import (
    BOOLEAN,
    NUMBER,
    at_least,
    both,
    choose,
    constant,
    either,
    equal,
    less,
    name,
    negated,
    number,
    text,
)

STATES = Type(
    Kind.CHOICE, ("computed", "not_computable", "not_applicable", "not_eligible", "over_quota", "undecided")
)

WAITS: Final = "quota"
"""Why a grade isn't known: whether there is a place depends on somebody whose grade isn't known."""


# ---- grades --------------------------------------------------------------------------------------------------------
def grade_steps(item: Appraisal, schema: Schema, into: Expansion) -> list[Step]:
    """Return the steps that add `rank`, `ranked`, `grade` and `state` to rows with a score."""
    grades = Type(Kind.CHOICE, tuple(grade.id for grade in item.grades), may_be_unknown=True, may_be_na=True)
    score = name("score", POINTS)
    steps: list[Step] = [
        Law(
            "start",
            tuple(
                figure(f"bound_{grade.id}", grade.at_least, NotApplicable("none"), POINTS)
                for grade in item.grades
            ),
        ),
        Sequence(
            ("period",),
            (("score", True),),
            (
                Running("rank", "rank", (score,), Type(Kind.INTEGER, may_be_unknown=True, may_be_na=True)),
                Running("tied", "tied", (score,), Type(Kind.INTEGER, may_be_unknown=True, may_be_na=True)),
                Running("ranked", "total", (score,), Type(Kind.INTEGER)),
            ),
        ),
        Set(
            (
                ("grade", _by_bound(item.grades, grades), grades),
                ("over", constant(value=False, type_=BOOLEAN), BOOLEAN),
            )
        ),
    ]
    for at, override in enumerate(item.overrides):
        flag = f"override{at}"
        time = TimeLink(Overlap.INSIDE, "start", "end", "at")
        steps.append(
            Tally(
                override.finding, (("about", "about"),), (Aggregate(flag, "count_sure", None, NUMBER),), time
            )
        )
        overridden = choose(
            less(number(0), name(flag, NUMBER)),
            constant(override.grade, grades),
            name("grade", grades),
            grades,
        )
        steps.append(Set((("grade", overridden, grades),)))
    for at, grade in enumerate(item.grades):
        if grade.quota is not None:
            steps += _quota(item, at, grade.quota, schema, into)
    steps.append(Set((("state", _state(grades), STATES),)))
    return steps


def _by_bound(grades: tuple[Grade, ...], type_: Type) -> Expression:
    if not grades:
        return constant(NotApplicable("no_grades"), type_)
    found: Expression = constant(NotApplicable("below_all"), type_)
    for grade in reversed(grades):
        here = constant(grade.id, type_)
        if grade.at_least is None:
            found = choose(
                Call("known", (name("score", POINTS),), BOOLEAN),
                here,
                constant(Unknown("score"), type_),
                type_,
            )
        else:
            reached = at_least(name("score", POINTS), name(f"bound_{grade.id}", POINTS))
            if grade.passed:
                reached = both(reached, name("passed", MAYBE))
            found = choose(reached, here, found, type_)
    # Who isn't assessed has no grade, whatever is known of the parts.
    assessed = Call("applies", (name("score", POINTS),), BOOLEAN)
    return choose(assessed, found, constant(NotApplicable("not_eligible"), type_), type_)


def _quota(item: Appraisal, at: int, quota: Quota, schema: Schema, into: Expansion) -> list[Step]:
    """Return the steps that hold a grade to its quota: by rank among those with the grade, of all that have a score.

    Whoever may have the grade may take a place: rows with a score of which the grade isn't known are left out of one
    ranking and stand in another. Where the two disagree it isn't known who has a place.
    """
    grade = item.grades[at]
    type_ = Type(Kind.CHOICE, tuple(one.id for one in item.grades), may_be_unknown=True, may_be_na=True)
    prefix, best = f"{grade.id}_", f"{grade.id}_best_"
    groups = ("period", *quota.within)
    steps: list[Step] = group_steps(quota.within, schema, into)
    unsure = negated(Call("known", (name("grade", type_),), BOOLEAN))
    may = both(Call("known", (name("score", POINTS),), BOOLEAN), unsure)
    steps.append(Set(((f"{best}grade", choose(may, text(grade.id), name("grade", type_), type_), type_),)))
    places: Expression = name(f"quota_{grade.id}", NUMBER)
    if not quota.number:
        # Who may be counted is: one more of them takes a place, and gives at most one.
        of = f"{prefix}of"
        among: Expression = name("score", POINTS)
        if quota.of is not None:
            beneath = constant(NotApplicable("beneath"), POINTS)
            among = choose(_from_grade(item, quota.of, f"{best}grade", type_), among, beneath, POINTS)
        counted = Running(of, "total", (among,), Type(Kind.INTEGER))
        steps.append(Sequence(groups, (("score", True),), (counted,)))
        places = places_of(places, name(of, NUMBER), round_up=quota.round_up)
    places = Call("max", (places, number(quota.at_least)), NUMBER)
    table = f"{item.id}.{grade.id}"
    steps += rank_steps("score", (*groups, "grade"), quota.ties, schema, into, (prefix, table))
    steps += rank_steps("score", (*groups, f"{best}grade"), quota.ties, schema, into, (best, f"{table}.best"))
    steps.append(Law("start", (figure(f"quota_{grade.id}", quota.top, 0, NUMBER),)))
    held = equal(name("grade", type_), text(grade.id))
    beyond = both(held, negated(within(places, quota.ties, prefix)))
    perhaps = both(held, negated(within(places, quota.ties, best)))
    if quota.over == "next_grade" and at + 1 < len(item.grades):
        lower = constant(item.grades[at + 1].id, type_)
        open_ = choose(perhaps, constant(Unknown(WAITS), type_), name("grade", type_), type_)
        return [*steps, Set((("grade", choose(beyond, lower, open_, type_), type_),))]
    may_be = choose(perhaps, constant(Unknown(WAITS), MAYBE), constant(value=False, type_=BOOLEAN), MAYBE)
    over = either(name("over", BOOLEAN), choose(beyond, constant(value=True, type_=BOOLEAN), may_be, MAYBE))
    return [*steps, Set((("over", over, MAYBE),))]


def _from_grade(item: Appraisal, lowest: str, column: str, type_: Type) -> Expression:
    """Return whether a row has in `column` the grade `lowest` or a better one."""
    ids = [grade.id for grade in item.grades]
    better = ids[: ids.index(lowest) + 1]
    return either(*(equal(name(column, type_), text(one)) for one in better))


def _state(type_: Type) -> Expression:
    """Return what became of a row: undecided while its grade or its place in a quota waits for a draw."""
    score, grade, over = name("score", POINTS), name("grade", type_), name("over", MAYBE)

    def state(value: str) -> Expression:
        return constant(value, STATES)

    known = Call("known", (score,), BOOLEAN)
    decided = both(Call("known", (grade,), BOOLEAN), Call("known", (over,), BOOLEAN))
    counted = choose(over, state("over_quota"), state("computed"), STATES)
    counted = choose(decided, counted, state("undecided"), STATES)
    there = both(known, Call("applies", (score,), BOOLEAN))
    missing = choose(known, state("not_applicable"), state("not_computable"), STATES)
    found = choose(there, counted, missing, STATES)
    assessed = name("assessed", MAYBE)
    found = choose(assessed, found, state("not_eligible"), STATES)
    return choose(Call("known", (assessed,), BOOLEAN), found, state("not_computable"), STATES)
