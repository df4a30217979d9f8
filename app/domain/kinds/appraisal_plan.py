"""The expansion of appraisals: parts with their weights, the score, grades by lower bounds, quotas by rank."""

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    LastInstant,
    Law,
    Overlap,
    Rekey,
    Set,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.shapes import after
from app.domain.core.values import Kind, Schema, Type, Unknown
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.expansion import Expansion, figure, in_force_steps
from app.domain.kinds.grade_plan import grade_steps
from app.domain.kinds.links import link_column
from app.domain.kinds.sheet_items import POINTS, rounded
from app.domain.kinds.spine import REF, Spine, place_steps, spine_of, window_steps
from app.domain.kinds.tree import (
    BOOLEAN,
    NUMBER,
    both,
    choose,
    constant,
    divided,
    either,
    less,
    name,
    negated,
    number,
    plus,
    times,
)

ROLL_UPS = {"average": "average", "sum": "sum", "best": "max", "worst": "min", "last": "last"}


def expand_appraisal(item: Appraisal, into: Expansion) -> None:
    """Add the appraisal's table: `about, period, score, grade, state`, the parts' scores, `rank` and `at`."""
    spine = spine_of(item.for_each, into.regulation)
    refers = Type(REF, to=spine.refers)
    steps: list[Step] = [
        *window_steps(spine, item.every),
        *in_force_steps(item.heading, "start"),
        LastInstant("at", "end"),
        Set((("about", name("subject", refers), refers), ("period", name("window"), Type(Kind.PERIOD)))),
    ]
    score = _composite(item.parts, item.missing, item, spine, steps, into, "part")
    steps.append(Set((("score", score, POINTS),)))
    steps += _bonus(item, into)
    steps.append(Set((("score", rounded(name("score", POINTS), item.round), POINTS),)))
    schema = Schema((), ())
    for step in steps:
        schema = after(step, schema, into.tables)
    steps += grade_steps(item, schema, into)
    columns = (
        "about",
        "period",
        "score",
        "grade",
        "state",
        "rank",
        "ranked",
        "bonus",
        *(f"part_{part.id}" for part in item.parts),
        "at",
        "start",
        "end",
    )
    steps.append(Rekey(("about", "period")))
    into.add(Derivation(item.id, tuple(steps), item.id, columns))


# ---- the score -----------------------------------------------------------------------------------------------------
def _composite(
    parts: tuple[Part, ...],
    missing: str,
    item: Appraisal,
    spine: Spine,
    steps: list[Step],
    into: Expansion,
    prefix: str,
) -> Expression:
    """Add the parts' columns to `steps`; return the weighted score under the policy for missing parts."""
    weights: list[Expression] = []
    scores: list[Expression] = []
    for part in parts:
        column = f"{prefix}_{part.id}"
        if part.parts:
            inner = _composite(part.parts, part.missing or missing, item, spine, steps, into, column)
            steps.append(Set(((column, inner, POINTS),)))
        else:
            steps += _part(part, column, spine, into)
        steps.append(Law("start", (figure(f"{column}_weight", part.weight, 0, NUMBER),)))
        weights.append(name(f"{column}_weight", NUMBER))
        scores.append(name(column, POINTS))
    return _weighted(scores, weights, missing, item.not_applicable or missing)


def _weighted(scores: list[Expression], weights: list[Expression], missing: str, absent: str) -> Expression:
    """Return Σ weight × score. A missing part is one whose score is unknown; an absent one is n/a."""
    total: Expression = number(0)
    present: Expression = number(0)
    here: list[Expression] = []
    blocked: list[Expression] = []
    for score, weight in zip(scores, weights, strict=True):
        known, applies = Call("known", (score,), BOOLEAN), Call("applies", (score,), BOOLEAN)
        there = both(known, applies)
        here.append(there)
        total = plus(total, choose(there, times(score, weight), number(0), POINTS))
        present = plus(present, choose(there, weight, number(0), NUMBER))
        if missing == "not_computable":
            blocked.append(negated(known))
        if absent == "not_computable":
            blocked.append(both(known, negated(applies)))
        if missing == "zero":
            present = plus(present, choose(known, number(0), weight, NUMBER))
        if absent == "zero":
            present = plus(present, choose(both(known, negated(applies)), weight, number(0), NUMBER))
    value: Expression = total
    if "renormalise" in {missing, absent}:
        value = divided(total, present)
    unknown = constant(Unknown("missing_part"), POINTS)
    if blocked:
        value = choose(either(*blocked), unknown, value, POINTS)
    return choose(either(*here), value, unknown, POINTS)


def _part(part: Part, column: str, spine: Spine, into: Expansion) -> list[Step]:
    """Return the steps that add a part's score out of 100."""
    table = part.table or ""
    schema = into.tables[table]
    value = _out_of_hundred(table, into)
    link = link_column(schema, spine.refers)
    time = TimeLink(Overlap.INSIDE, "start", "end", "at")
    function = ROLL_UPS.get(part.roll_up or "", "first")
    steps: list[Step] = []
    if part.roll_up == "pool":
        columns = (
            Aggregate("pool_part", "sum", name("part", POINTS), POINTS),
            Aggregate("pool_whole", "sum", name("whole", POINTS), POINTS),
        )
        steps.append(Tally(table, (("about", link),), columns, time, part.where))
        pooled = times(divided(name("pool_part", POINTS), name("pool_whole", POINTS)), number(100))
        steps.append(Set(((column, pooled, POINTS),)))
    elif part.roll_up is None:
        on = (("about", link), ("period", "period"))
        steps.append(Tally(table, on, (Aggregate(column, "first", value, POINTS),), None, part.where))
    else:
        steps.append(
            Tally(table, (("about", link),), (Aggregate(column, function, value, POINTS),), time, part.where)
        )
    for at, (other, condition) in enumerate(part.only_if):
        steps += _only_if(other, condition, f"{column}_if{at}", column, spine, into)
    return steps


def _out_of_hundred(table: str, into: Expansion) -> Expression:
    """Return a row's score out of 100: a sheet in percent of its maximum, a share times 100, else the value itself."""
    regulation = into.regulation
    if table in regulation.sheets:
        points, most = name("points", POINTS), name("max", POINTS)
        return times(divided(points, most), number(100))
    if table in regulation.indicators:
        value = name("value", POINTS)
        return (
            times(value, number(100)) if regulation.indicators[table].measure in {"share", "rate"} else value
        )
    return name("score", POINTS)


def _only_if(
    other: str, condition: Expression, flag: str, column: str, spine: Spine, into: Expansion
) -> list[Step]:
    """Return the steps that make a part unknown unless the row of another table, about the same or its place, fits."""
    schema = into.tables[other]
    refers = schema.type_of("about").to
    seen = Aggregate(flag, "count_sure", None, NUMBER)
    steps: list[Step] = []
    left = "about"
    indicator = into.regulation.indicators.get(other)
    level = None if indicator is None else indicator.per.level
    if level is not None and refers != spine.refers:
        steps += place_steps(spine, level, into.tables[spine.spans])
        left = "post_place"
    steps.append(Tally(other, ((left, "about"), ("period", "period")), (seen,), None, condition))
    unknown = constant(Unknown(other), POINTS)
    steps.append(
        Set(
            (
                (
                    column,
                    choose(less(number(0), name(flag, NUMBER)), name(column, POINTS), unknown, POINTS),
                    POINTS,
                ),
            )
        )
    )
    return steps


def _bonus(item: Appraisal, into: Expansion) -> list[Step]:
    """Return the steps that add `bonus`, the total of a sheet outside the weights; nothing there counts as none."""
    if item.bonus is None:
        return [Set((("bonus", number(0), POINTS),))]
    link = link_column(
        into.tables[item.bonus], into.tables[item.bonus].type_of("about").to or "", declared="about"
    )
    column = Aggregate("bonus", "sum_sure", name("total", POINTS), POINTS)
    return [
        Tally(item.bonus, (("about", link), ("period", "period")), (column,)),
        Set((("score", plus(name("score", POINTS), name("bonus", POINTS)), POINTS),)),
    ]
