"""The expansion of appraisals: parts with their weights, the score, grades by lower bounds, quotas by rank."""

from dataclasses import replace
from typing import NamedTuple

from app.domain.core.expressions import TRUE, Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    LastInstant,
    Law,
    Overlap,
    Rekey,
    Running,
    Sequence,
    Set,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.shapes import after
from app.domain.core.values import Kind, NotApplicable, Schema, Type, Unknown
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.eligibility import presence_steps
from app.domain.kinds.expansion import Expansion, figure, in_force_steps
from app.domain.kinds.grade_plan import grade_steps
from app.domain.kinds.line_plan import expand_line, line_table, total_table
from app.domain.kinds.links import link_column
from app.domain.kinds.part_plan import part_steps, share_parts
from app.domain.kinds.sheet import CORRECTED, Item, Line, Sheet
from app.domain.kinds.sheet_items import POINTS, rounded
from app.domain.kinds.spine import REF, Spine, spine_of, window_steps
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    MAYBE_INSTANT,
    NUMBER,
    at_least,
    both,
    choose,
    constant,
    divided,
    either,
    equal,
    known_here,
    name,
    negated,
    number,
    plus,
    times,
)

PASSED = Type(Kind.BOOLEAN, may_be_unknown=True, may_be_na=True)


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
    steps.append(Set((("score", score, POINTS), ("passed", _passed(item.parts, "part"), PASSED))))
    steps += _bonus(item, into)
    steps.append(Set((("score", rounded(name("score", POINTS), item.round), POINTS),)))
    steps += _eligible(item, spine)
    steps += _placed(spine)
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
        "passed",
        "place",
        *(f"part_{part.id}" for part in item.parts),
        "at",
        "start",
        "end",
    )
    steps.append(Rekey(("about", "period")))
    into.add(Derivation(item.id, tuple(steps), item.id, columns))


def _placed(spine: Spine) -> list[Step]:
    """Return the step that adds `place`: itself, or where whoever is assessed was as the window ended."""
    place = Type(REF, to="place", may_be_na=True)
    if spine.level is not None:
        return [Set((("place", name("subject", place), place),))]
    last = Aggregate("place", "at_last", name("place", place), place)
    time = TimeLink(Overlap.BEFORE, "start", "end", "start", "end")
    return [Tally(spine.spans, (("subject", spine.link),), (last,), time, spine.member)]


def _eligible(item: Appraisal, spine: Spine) -> list[Step]:
    """Return the steps that make the score n/a for those who aren't assessed, unknown where that isn't known."""
    if item.eligible is None:
        return [Set((("assessed", TRUE, BOOLEAN),))]
    conditions: list[Expression] = []
    steps = presence_steps(item.eligible, spine, conditions)
    nothing = constant(NotApplicable("not_eligible"), POINTS)
    fits = both(*conditions) if conditions else TRUE
    score = choose(fits, name("score", POINTS), nothing, POINTS)
    return [*steps, Set((("assessed", fits, PASSED), ("score", score, POINTS)))]


def _passed(parts: tuple[Part, ...], prefix: str) -> Expression:
    """Return whether every part, and each part of a part, reaches its minimum; one that doesn't apply asks for none."""
    found: list[Expression] = []
    for part in parts:
        column = f"{prefix}_{part.id}"
        score = name(column, POINTS)
        if part.minimum is not None:
            absent = negated(Call("applies", (score,), BOOLEAN))
            found.append(either(absent, at_least(score, name(f"{column}_minimum", NUMBER))))
        if part.parts:
            found.append(_passed(part.parts, column))
    return both(*found) if found else TRUE


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
    """Add the parts' columns to `steps`; return the weighted score under the policy for missing parts.

    What is carried over is carried once: a part that is weighed of its windows' shares as a whole, one that has parts
    by its parts where these say so. Else the value would hang on how far back one looks.
    """
    weighed: list[Weighed] = []
    for part in parts:
        column = f"{prefix}_{part.id}"
        within = part.missing or missing
        # Windows that are weighed by shares are one part still, whose own policy it is.
        own = missing if part.parts else within
        absent = item.not_applicable or own
        if part.parts or part.shares:
            inner_parts, policies = part.parts, item
            if part.shares:
                inner_parts = share_parts(part, column, item, into)
                absent_within = item.not_applicable and _without_carry(item.not_applicable)
                policies = replace(item, not_applicable=absent_within)
                within = _without_carry(within)
            inner = _composite(inner_parts, within, policies, spine, steps, into, column)
            steps.append(Set(((column, inner, POINTS),)))
            if part.parts and "carry" in {within, item.not_applicable}:
                own, absent = _without_carry(own), _without_carry(absent)
        else:
            steps += part_steps(part, column, spine, into, item.id)
        if part.correction is not None:
            steps += _corrected(part.correction, column, item, spine, into)
        if "carry" in {own, absent}:
            corrected = part.correction is not None
            steps += _carried(column, corrected=corrected, unknown=own == "carry", absent=absent == "carry")
        figures = [figure(f"{column}_weight", part.weight, 0, NUMBER)]
        if part.minimum is not None:
            figures.append(figure(f"{column}_minimum", part.minimum, 0, NUMBER))
        steps.append(Law("start", tuple(figures)))
        score, weight = name(column, POINTS), name(f"{column}_weight", NUMBER)
        weighed.append(Weighed(score, weight, _without_carry(own), _without_carry(absent)))
    return _weighted(weighed)


class Weighed(NamedTuple):
    """A part's score and weight, and what becomes of the whole where it is unknown (missing) or n/a (absent)."""

    score: Expression
    weight: Expression
    missing: str
    absent: str


def _without_carry(policy: str) -> str:
    """Return the policy for what is missing even after it was looked for in the window before."""
    return "not_computable" if policy == "carry" else policy


def corrections_table(appraisal: str, path: tuple[str, ...]) -> str:
    """Return the name of the table of the rows by which a part is corrected afterwards."""
    return line_table(appraisal, (column_of(path), CORRECTED))


def column_of(path: tuple[str, ...]) -> str:
    """Return the column of a part's score, by its id and those of the parts that it stands in."""
    return "_".join(("part", *path))


def _corrected(line: Line, column: str, item: Appraisal, spine: Spine, into: Expansion) -> list[Step]:
    """Return the steps that add to a part's score what was given to it afterwards, which stands in `{column}_given`.

    Whether a correction applies the rules engine decides, as of each line of a sheet.
    """
    own = Item(column, lines=(line,))
    sheet = Sheet(item.heading, item.for_each, item.every, items=(own,))
    expand_line(line, (column, line.id), sheet, spine, own, into)
    given = Aggregate(f"{column}_given", "sum", name("points", POINTS), POINTS)
    total = total_table(item.id, (column, line.id))
    score = name(column, POINTS)
    return [
        Tally(total, (("about", "about"), ("period", "period")), (given,)),
        Set(((column, choose(known_here(score), _added(score, column), score, POINTS), POINTS),)),
    ]


def _added(score: Expression, column: str) -> Expression:
    """Return a score with what was given to it; within 0 and 100, but for one that was beyond that before."""
    whole = plus(score, name(f"{column}_given", POINTS))
    most = Call("max", (score, number(100)), POINTS)
    return Call("min", (Call("max", (whole, number(0)), POINTS), most), POINTS)


def _carried(column: str, *, corrected: bool, unknown: bool, absent: bool) -> list[Step]:
    """Return the steps that take a missing part from the adjoining window before, as it was measured there.

    What is taken over can be corrected in this window too.
    """
    score, earlier, reach = (
        name(column, POINTS),
        name(f"{column}_earlier", POINTS),
        name(f"{column}_reach", MAYBE_INSTANT),
    )
    before = (
        Running(f"{column}_earlier", "previous", (score,), POINTS),
        Running(f"{column}_reach", "previous", (name("end", INSTANT),), MAYBE_INSTANT),
    )
    known, applies = Call("known", (score,), BOOLEAN), Call("applies", (score,), BOOLEAN)
    lacking: list[Expression] = [negated(known)] if unknown else []
    if absent:
        lacking.append(both(known, negated(applies)))
    adjoins = both(Call("applies", (reach,), BOOLEAN), equal(reach, name("start", INSTANT)))
    takes = both(either(*lacking), adjoins, known_here(earlier))
    taken = _added(earlier, column) if corrected else earlier
    return [
        Sequence(("subject",), (("start", False),), before),
        Set(((column, choose(takes, taken, score, POINTS), POINTS),)),
    ]


def _weighted(parts: list[Weighed]) -> Expression:
    """Return Σ weight × score. A missing part is one whose score is unknown; an absent one is n/a."""
    total: Expression = number(0)
    present: Expression = number(0)
    here: list[Expression] = []
    blocked: list[Expression] = []
    for score, weight, missing, absent in parts:
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
    if any("renormalise" in {part.missing, part.absent} for part in parts):
        value = divided(total, present)
    unknown = constant(Unknown("missing_part"), POINTS)
    if blocked:
        value = choose(either(*blocked), unknown, value, POINTS)
    return choose(either(*here), value, unknown, POINTS)


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
