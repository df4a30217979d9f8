"""Grades of an appraisal: by lower bounds, by findings that override, held to quotas by rank."""

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
from app.domain.core.values import Kind, NotApplicable, Type, Unknown
from app.domain.kinds.appraisal import Appraisal, Grade, Quota
from app.domain.kinds.expansion import figure
from app.domain.kinds.rule_plan import rank_of_last
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
    number,
    text,
    times,
)

STATES = Type(Kind.CHOICE, ("computed", "not_computable", "not_applicable", "over_quota"))


# ---- grades --------------------------------------------------------------------------------------------------------
def grade_steps(item: Appraisal) -> list[Step]:
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
            steps += _quota(item, at, grade.quota, grades)
    steps.append(Set((("state", _state(), STATES),)))
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
            found = choose(
                at_least(name("score", POINTS), name(f"bound_{grade.id}", POINTS)), here, found, type_
            )
    return found


def _quota(item: Appraisal, at: int, quota: Quota, type_: Type) -> list[Step]:
    """Return the steps that hold a grade to its quota: by rank among those with the grade, of all that have a score."""
    grade = item.grades[at]
    score = name("score", POINTS)
    rank, tied = f"rank_{grade.id}", "tied"
    ranked = Sequence(
        ("period", "grade"),
        (("score", True),),
        (
            Running(rank, "rank", (score,), Type(Kind.INTEGER, may_be_unknown=True, may_be_na=True)),
            Running(tied, "tied", (score,), Type(Kind.INTEGER, may_be_unknown=True, may_be_na=True)),
        ),
    )
    share = name(f"quota_{grade.id}", NUMBER)
    places: Expression = Call(
        "ceil" if quota.round_up else "floor", (times(share, name("ranked", NUMBER)),), NUMBER
    )
    places = Call("max", (places, number(quota.at_least)), NUMBER)
    last = name(rank, NUMBER) if quota.ties == "all" else rank_of_last(name(rank, NUMBER))
    beyond = both(equal(name("grade", type_), text(grade.id)), less(places, last))
    steps: list[Step] = [ranked, Law("start", (figure(f"quota_{grade.id}", quota.top, 0, NUMBER),))]
    if quota.over == "next_grade" and at + 1 < len(item.grades):
        lower = constant(item.grades[at + 1].id, type_)
        return [*steps, Set((("grade", choose(beyond, lower, name("grade", type_), type_), type_),))]
    over = either(name("over", BOOLEAN), beyond)
    return [*steps, Set((("over", over, MAYBE),))]


def _state() -> Expression:
    score = name("score", POINTS)

    def state(value: str) -> Expression:
        return constant(value, STATES)

    there = both(Call("known", (score,), BOOLEAN), Call("applies", (score,), BOOLEAN))
    counted = choose(name("over", BOOLEAN), state("over_quota"), state("computed"), STATES)
    return choose(
        there,
        counted,
        choose(Call("known", (score,), BOOLEAN), state("not_applicable"), state("not_computable"), STATES),
        STATES,
    )
