"""The expansion of rules: rows with their facts, of which the rules engine says whether the clause applies."""

from dataclasses import replace

from app.domain.core.engine_form import engine_form
from app.domain.core.expressions import TRUE, Call, Expression, Name, parts_of, with_parts
from app.domain.core.plan import (
    Aggregate,
    Decide,
    Derivation,
    From,
    LastInstant,
    Law,
    Locate,
    Overlap,
    Reckon,
    Running,
    Sequence,
    Set,
    Step,
    Tag,
    Tally,
    TimeLink,
    Where,
    Within,
)
from app.domain.core.shapes import after
from app.domain.core.values import Kind, NotApplicable, Schema, Type
from app.domain.kinds.common import Heading
from app.domain.kinds.expansion import Expansion, figure, in_force_steps, prepared_source
from app.domain.kinds.links import WORKER, link_column
from app.domain.kinds.rank_plan import group_steps, kept, period_column, places_of, rank_steps
from app.domain.kinds.rule import Fact, Rule, Selection
from app.domain.kinds.spine import REF, spine_of, window_steps
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    INTEGER,
    NUMBER,
    TEXT,
    at_least,
    both,
    choose,
    constant,
    equal,
    name,
    negated,
    number,
    text,
)
from app.domain.membership import HOLDER
from app.domain.source_histories import history_table
from app.domain.workdays import Every

ABOUT = ("owner", "about", "subject", "by")
WHO = Type(REF, may_be_na=True)
FACT = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)
MAYBE = Type(Kind.BOOLEAN, may_be_na=True)
RUN = Type(Kind.INTEGER, may_be_unknown=True)
DAILY = Every("day")
RUNS = {"streak": "streak", "consecutive": "consecutive", "ordinal": "cumulative"}
"""The functions of a sequence by the word of the fact."""


def hits_table(rule: str) -> str:
    """Return the name of the table of the rows that meet a rule of a group, before it is said which of them count."""
    return f"{rule}.hits#"


def expand_rule(rule: Rule, into: Expansion) -> None:
    """Add the rule's table of findings: `rule, about, subject, at, level` and the columns of the row that it judges."""
    steps = _rows(rule, into)
    schema = _schema(steps, into)
    for fact in rule.facts:
        steps += _fact(rule.id, fact, schema, into, _begins(rule))
        schema = _schema(steps, into)
    if rule.goes_on:
        # Rows of the versions before have been counted by now, and are theirs to judge.
        steps += in_force_steps(rule.heading, _begins(rule))
    if rule.for_each.source is not None and "at" in schema:
        # Earlier rows have been counted by now, and are judged in their own period.
        steps.append(Within(DAILY, "at"))
    if rule.select is not None:
        select = replace(rule.select, where=_of_subject(rule.select.where, schema))
        steps += _select(rule, select, schema, into)
        schema = _schema(steps, into)
    unless = TRUE if rule.unless is None else negated(rule.unless)
    when = _of_subject(both(rule.when, unless), schema)
    form = engine_form(when, into.dotted(schema, when))
    steps += [Set(form.columns)] if form.columns else []
    steps.append(Decide(form.expression, rule.id))
    about = next((column for column in ABOUT if column in schema), None)
    whose = WHO if about is None else schema.type_of(about)
    who: Expression = constant(NotApplicable("nobody"), WHO) if about is None else name(about, whose)
    # What the rule itself says goes before a column of the row or a fact of this name; what neither says is empty.
    named = rule.for_each.source is not None or any(fact.id == "level" for fact in rule.facts)
    kept = rule.then.level is None and named and "level" in schema
    level = () if kept else (("level", text(rule.then.level or ""), TEXT),)
    steps += [
        Tag("row"),
        *(() if "id" in schema else (Tag("id", rule.id),)),
        Set(
            (
                ("rule", text(rule.id), TEXT),
                ("about", who, whose),
                *level,
                *(() if "subject" in schema else (("subject", who, whose),)),
            )
        ),
        *(() if "place" in schema else _placed(whose, schema, into)),
    ]
    if rule.group is not None:
        into.add(Derivation(hits_table(rule.id), tuple(steps), rule.id))
        steps = _hit(rule)
    into.add(Derivation(rule.id, tuple(steps), rule.id))


def _of_subject(tree: Expression, schema: Schema) -> Expression:
    """Return a condition that reads of the subject what isn't the row's own: as of the row's last instant."""
    if isinstance(tree, Name):
        return tree if tree.path[0] in schema else Name(("subject", *tree.path), tree.type)
    parts = parts_of(tree)
    return with_parts(tree, [_of_subject(part, schema) for part in parts]) if parts else tree


def _placed(whose: Type, schema: Schema, into: Expansion) -> list[Step]:
    """Return the step that adds `place`: where whom a finding is about was by then."""
    place = Type(REF, to="place", may_be_na=True)
    spans = None
    if whose.to == WORKER and "at" in schema:
        spans = (HOLDER, "worker")
    elif whose.to is not None and history_table(whose.to) in into.tables and "at" in schema:
        spans = (history_table(whose.to), "subject")
    if spans is not None:
        last = Aggregate("place", "at_last", name("place", place), place)
        before = TimeLink(Overlap.BEFORE, "start", "at", "start", "end")
        return [Tally(spans[0], (("about", spans[1]),), (last,), before)]
    is_place = whose.to == "place" or whose.to in {
        one.level for one in into.regulation.places.places.values()
    }
    here: Expression = name("about", place) if is_place else constant(NotApplicable("nowhere"), place)
    return [Set((("place", here, place),))]


def _hit(rule: Rule) -> list[Step]:
    """Return the steps that keep the rows to which no rule applies that goes before this one."""
    steps: list[Step] = [From((hits_table(rule.id),))]
    for other in rule.before:
        before = Aggregate(f"{other}_applies", "count", None, INTEGER)
        steps += [
            Tally(hits_table(other), (("row", "row"),), (before,)),
            Where(equal(name(f"{other}_applies", INTEGER), number(0))),
        ]
    return steps


def _schema(steps: list[Step], into: Expansion) -> Schema:
    schema = Schema((), ())
    for step in steps:
        schema = after(step, schema, into.tables)
    return schema


def _rows(rule: Rule, into: Expansion) -> list[Step]:
    source = rule.for_each.source
    if source is not None:
        steps: list[Step] = [From((source.table,))]
        if source.set:
            steps.append(Set(source.set))
        if source.where != TRUE:
            steps.append(Where(source.where))
        return [*steps, *in_force_steps(_counted_time(rule), "at")]
    spine = spine_of(rule.for_each, into.regulation)
    refers = Type(REF, to=spine.refers)
    return [
        *window_steps(spine, rule.every),
        *in_force_steps(_counted_time(rule), "start"),
        LastInstant("at", "end"),
        Set((("about", name("subject", refers), refers), ("period", name("window"), Type(Kind.PERIOD)))),
    ]


def _begins(rule: Rule) -> str:
    """Return the column with the instant by which a row belongs to a version."""
    return "start" if rule.for_each.source is None else "at"


def _counted_time(rule: Rule) -> Heading:
    """Return the time of the rows that a rule counts: its own, and that of the versions that it goes on from."""
    if not rule.goes_on:
        return rule.heading
    begun = [since for fact in rule.facts for since, _ in fact.earlier[:1]]
    return Heading("", since=None if None in begun else min(filter(None, begun)), until=rule.heading.until)


def _fact(rule: str, fact: Fact, schema: Schema, into: Expansion, at: str) -> list[Step]:
    """Return the step that adds a fact: an aggregate over a source's rows in the row's time, or a streak."""
    if fact.streak is not None:
        return _run(fact, _of_subject(fact.streak, schema), schema, at)
    if fact.source is None:
        message = "a fact has a source or a streak"
        raise ValueError(message)
    table = prepared_source(fact.source, f"{rule}.{fact.id}#", into)
    other = into.tables[table]
    about = next(column for column in ABOUT if column in schema)
    wanted = schema.type_of(about).to or ""
    link = link_column(other, wanted, declared=fact.source.link)
    # The condition stands in the aggregate: a row of which it isn't known whether it counts makes the fact unknown.
    column = Aggregate(fact.id, fact.function, fact.argument, FACT, fact.source.where)
    if fact.within is not None:
        since, until, span = (f"{fact.id}{part}" for part in ("_since", "_until", "_within"))
        return [
            Law(at, (figure(span, fact.within, ABSENT, Type(Kind.LENGTH)),)),
            Reckon(since, "span_start", ("at", span), INSTANT),
            Reckon(until, "instant_after", ("at",), INSTANT),
            Tally(table, ((about, link),), (column,), TimeLink(Overlap.INSIDE, since, until)),
        ]
    steps, time = _window_of(fact, schema) if "at" in other else ([], None)
    return [*steps, Tally(table, ((about, link),), (column,), time)]


def _window_of(fact: Fact, schema: Schema) -> tuple[list[Step], TimeLink | None]:
    """Return when the rows of a fact lie: in the row's own window, or in the period that it is the result of.

    A row that is neither, an entry or an occurrence, says no time: then all count.
    """
    if "start" in schema and "end" in schema:
        return [], TimeLink(Overlap.INSIDE)
    if "period" not in schema or schema.type_of("period").kind is not Kind.PERIOD:
        return [], None
    since, until = f"{fact.id}_since", f"{fact.id}_until"
    bounds: list[Step] = [
        Reckon(since, "period_start", ("period",), INSTANT),
        Reckon(until, "period_end", ("period",), INSTANT),
    ]
    return bounds, TimeLink(Overlap.INSIDE, since, until)


def _run(fact: Fact, streak: Expression, schema: Schema, begins: str) -> list[Step]:
    """Return the steps that count the rows up to each one, of equal `by` columns, that meet a condition.

    A row of the time of an earlier version is counted by what that one said.
    """
    steps: list[Step] = []
    condition = streak
    if fact.earlier:
        version = f"{fact.id}_version"
        days = [since for since, _ in fact.earlier[1:]]
        numbers = (
            (None, 0),
            *((day, number_) for number_, day in enumerate(days, 1)),
            (fact.since, len(days) + 1),
        )
        steps.append(Law(begins, ((version, numbers, NUMBER),)))
        for number_, (_, before) in enumerate(fact.earlier):
            condition = choose(equal(name(version, NUMBER), number(number_)), before, condition, MAYBE)
        steps.append(Set(((f"{fact.id}_counts", condition, MAYBE),)))
        condition = name(f"{fact.id}_counts", MAYBE)
    sure = Call("or_else", (condition, constant(value=False, type_=BOOLEAN)), MAYBE)

    def counted(column: str, truth: Expression) -> Running:
        arguments: tuple[Expression, ...] = (truth,)
        if fact.function == "consecutive":
            at = period_column(schema) or "at"
            arguments = (name(at, schema.type_of(at)), truth)
        return Running(column, RUNS[fact.function], arguments, RUN)

    groups = fact.by
    if fact.every is not None:
        anew = f"{fact.id}_in"
        # Of all time: the year in which a count starts anew may end long after the period.
        steps.append(Locate(fact.every, "at", anew, stays=True, anywhere=True))
        groups = (*groups, anew)
    run, least = name(fact.id, RUN), name(f"{fact.id}_least", RUN)
    columns = (counted(fact.id, condition), counted(f"{fact.id}_least", sure))
    steps.append(Sequence(groups, (("at", False),), columns if fact.enough is not None else columns[:1]))
    if fact.enough is not None:
        decided = both(negated(Call("known", (run,), BOOLEAN)), at_least(least, number(fact.enough)))
        steps.append(Set(((fact.id, choose(decided, least, run, RUN), RUN),)))
    return steps


def _select(rule: Rule, selection: Selection, schema: Schema, into: Expansion) -> list[Step]:
    """Return the steps that rank the rows of a window and keep the top (or bottom) of them."""
    period = period_column(schema)
    groups = (*(() if period is None else (period,)), *selection.within)
    ranked = rank_steps(
        selection.by,
        groups,
        selection.ties,
        schema,
        into,
        ("", rule.id),
        descending=not selection.bottom,
    )
    places: Expression = name("share_or_number", NUMBER)
    if selection.share is not None:
        places = places_of(places, name("ranked", NUMBER), round_up=selection.round_up)
    places = Call("max", (places, number(selection.at_least)), NUMBER)
    steps: list[Step] = [] if selection.where == TRUE else [Where(selection.where)]
    return [
        *steps,
        *group_steps(selection.within, schema, into),
        *ranked,
        Law("at", (figure("share_or_number", selection.share or selection.number, 0, NUMBER),)),
        kept(places, selection.ties),
    ]
