"""The expansion of rules: rows with their facts, of which the rules engine says whether the clause applies."""

from app.domain.core.engine_form import engine_form
from app.domain.core.expressions import TRUE, Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Decide,
    Derivation,
    From,
    LastInstant,
    Law,
    Overlap,
    Running,
    Sequence,
    Set,
    Step,
    Tag,
    Tally,
    TimeLink,
    Where,
)
from app.domain.core.shapes import after
from app.domain.core.values import Kind, NotApplicable, Schema, Type
from app.domain.kinds.expansion import Expansion, figure, in_force_steps, prepared_source
from app.domain.kinds.links import link_column
from app.domain.kinds.rule import Fact, Rule, Selection
from app.domain.kinds.spine import REF, spine_of, window_steps
from app.domain.kinds.tree import (
    NUMBER,
    TEXT,
    at_least,
    both,
    constant,
    minus,
    name,
    negated,
    number,
    plus,
    text,
    times,
)

ABOUT = ("owner", "about", "subject", "by")
WHO = Type(REF, may_be_na=True)
FACT = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)


def expand_rule(rule: Rule, into: Expansion) -> None:
    """Add the rule's table of findings: `rule, about, subject, at, level` and the columns of the row that it judges."""
    steps = _rows(rule, into)
    schema = _schema(steps, into)
    for fact in rule.facts:
        steps += _fact(rule.id, fact, schema, into)
        schema = _schema(steps, into)
    if rule.select is not None:
        steps += _select(rule.select)
        schema = _schema(steps, into)
    unless = TRUE if rule.unless is None else negated(rule.unless)
    when = both(rule.when, unless)
    form = engine_form(when, into.dotted(schema, when))
    steps += [Set(form.columns)] if form.columns else []
    steps.append(Decide(form.expression, rule.id))
    about = next((column for column in ABOUT if column in schema), None)
    whose = WHO if about is None else schema.type_of(about)
    who: Expression = constant(NotApplicable("nobody"), WHO) if about is None else name(about, whose)
    level = rule.then.level or ""
    steps += [
        Tag("row"),
        Set(
            (
                ("rule", text(rule.id), TEXT),
                ("about", who, whose),
                ("level", text(level), TEXT),
                *(() if "subject" in schema else (("subject", who, whose),)),
            )
        ),
    ]
    into.add(Derivation(rule.id, tuple(steps), rule.id))


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
        return [*steps, *in_force_steps(rule.heading, "at")]
    spine = spine_of(rule.for_each, into.regulation)
    refers = Type(REF, to=spine.refers)
    return [
        *window_steps(spine, rule.every),
        *in_force_steps(rule.heading, "start"),
        LastInstant("at", "end"),
        Set((("about", name("subject", refers), refers), ("period", name("window"), Type(Kind.PERIOD)))),
    ]


def _fact(rule: str, fact: Fact, schema: Schema, into: Expansion) -> list[Step]:
    """Return the step that adds a fact: an aggregate over a source's rows in the row's time, or a streak."""
    if fact.streak is not None:
        streak = Running(fact.id, "streak", (fact.streak,), Type(Kind.INTEGER, may_be_unknown=True))
        return [Sequence(fact.by, (("at", False),), (streak,))]
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
    time = None
    if "at" in other and "start" in schema and "end" in schema:
        time = TimeLink(Overlap.INSIDE)
    return [Tally(table, ((about, link),), (column,), time)]


def _select(selection: Selection) -> list[Step]:
    """Return the steps that rank the rows of a window and keep the top (or bottom) of them.

    Ties at the cut: `all` are taken, or `none`.
    """
    value = name(selection.by, Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True))
    ranked = Sequence(
        ("period",),
        ((selection.by, not selection.bottom),),
        (
            Running("rank", "rank", (value,), Type(Kind.INTEGER, may_be_na=True)),
            Running("tied", "tied", (value,), Type(Kind.INTEGER, may_be_na=True)),
            Running("ranked", "total", (value,), Type(Kind.INTEGER)),
        ),
    )
    places: Expression = name("share_or_number", NUMBER)
    if selection.share is not None:
        whole = times(places, name("ranked", NUMBER))
        places = Call("ceil" if selection.round_up else "floor", (whole,), NUMBER)
    places = Call("max", (places, number(selection.at_least)), NUMBER)
    rank = name("rank", NUMBER)
    position = rank if selection.ties == "all" else rank_of_last(rank)
    steps: list[Step] = [] if selection.where == TRUE else [Where(selection.where)]
    return [
        *steps,
        ranked,
        Law("at", (figure("share_or_number", selection.share or selection.number, 0, NUMBER),)),
        Where(at_least(places, position)),
    ]


def rank_of_last(rank: Expression) -> Expression:
    """Return the place that the last of those tied with the row takes."""
    return minus(plus(rank, name("tied", NUMBER)), number(1))
