"""The expansion of a register's quality: its subjects as each window ends, what is left open, what was confirmed when.

The subjects' states ▸ windows that they last to the end of ▸ the last confirmation before ▸ how far it reaches.
"""

from app.domain.core.expressions import Call, Expression, names_in
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    Expand,
    From,
    LastInstant,
    Law,
    Overlap,
    Reach,
    Rekey,
    Set,
    Step,
    Tally,
    TimeLink,
    Where,
)
from app.domain.core.values import Kind, Schema, Type
from app.domain.kinds.common import Source
from app.domain.kinds.expansion import Expansion, figure, prepared_source
from app.domain.kinds.form import Form
from app.domain.kinds.links import link_column
from app.domain.kinds.register import AT, CONFIRMED, FRESH, KNOWN, MISSING, WINDOW, Quality, quality_table
from app.domain.kinds.spine import class_table
from app.domain.kinds.tree import (
    ABSENT,
    BOOLEAN,
    INSTANT,
    INTEGER,
    MAYBE_INSTANT,
    at_least,
    both,
    choose,
    constant,
    either,
    less,
    name,
    negated,
    number,
    plus,
)

LENGTH = Type(Kind.LENGTH)
BEFORE = TimeLink(Overlap.BEFORE, "start", "end", "at", "at")


def expand_quality(form: Form, into: Expansion) -> None:
    """Add the table of how the register of `form` is kept, if it says what is wanted of it."""
    quality, subject = form.quality, form.describes
    if quality is None or subject is None:
        return
    states = class_table(subject, into.regulation)
    own = into.tables[states]
    until = name("until", MAYBE_INSTANT)
    lasting = either(negated(Call("applies", (until,), BOOLEAN)), at_least(until, name("end", INSTANT)))
    steps: list[Step] = [
        From((states,)),
        Set(
            (("since", name("start", INSTANT), INSTANT), ("until", name("end", MAYBE_INSTANT), MAYBE_INSTANT))
        ),
        Expand(quality.every, "since", "until"),
        Where(lasting),
        LastInstant(AT, "end"),
        Set(_known(form, quality, own)),
    ]
    if quality.within is not None:
        steps += _fresh(form, quality, subject, into)
    steps.append(Rekey(("subject", WINDOW)))
    added = (AT, KNOWN, MISSING, *((CONFIRMED, FRESH) if quality.within is not None else ()))
    columns = ("subject", WINDOW, *(one.name for one in own.columns if one.name != "subject"), *added)
    into.add(Derivation(quality_table(form.id), tuple(steps), form.id, columns))


def _known(form: Form, quality: Quality, own: Schema) -> tuple[tuple[str, Expression, Type], ...]:
    """Return the columns that say whether anything is left open, and how many answers are."""
    there = [_answered(form, column, own) for column in quality.known]
    open_ones: Expression = number(0)
    for one in there:
        open_ones = plus(open_ones, choose(one, number(0), number(1), INTEGER))
    whole = both(*there) if there else constant(value=True, type_=BOOLEAN)
    return (KNOWN, whole, BOOLEAN), (MISSING, open_ones, INTEGER)


def _answered(form: Form, column: str, own: Schema) -> Expression:
    """Return whether a question isn't left open: it is answered, or isn't asked of this subject.

    When it is asked by what no state of the subject tells (the day of an entry), it counts as asked.
    """
    answered = Call("known", (name(column, own.type_of(column)),), BOOLEAN)
    item = form.field(column)
    asked = None if item is None else item.relevant
    if asked is None or not set(names_in(asked)) <= {one.name for one in own.columns}:
        return answered
    surely = Call("or_else", (asked, constant(value=False, type_=BOOLEAN)), BOOLEAN)
    return either(answered, negated(surely))


def _fresh(form: Form, quality: Quality, subject: str, into: Expansion) -> list[Step]:
    """Return the steps that add when a record was confirmed last, and whether that reaches to the window's end."""
    steps: list[Step] = []
    found: list[Expression] = []
    for at, source in enumerate((Source(form.id), *quality.confirmed_by)):
        table = prepared_source(source, f"{quality_table(form.id)}.{at}#", into)
        schema = into.tables[table]
        link = link_column(schema, subject, declared=source.link)
        # Whether what isn't known confirms isn't known either: it doesn't, until it is.
        sure = Call("or_else", (source.where, constant(value=False, type_=BOOLEAN)), BOOLEAN)
        last = Aggregate(f"last{at}", "max", name("at", INSTANT), MAYBE_INSTANT, sure)
        steps.append(Tally(table, (("subject", link),), (last,), BEFORE))
        found.append(name(f"last{at}", MAYBE_INSTANT))
    latest = found[0]
    for one in found[1:]:
        later = both(
            Call("applies", (one,), BOOLEAN),
            either(negated(Call("applies", (latest,), BOOLEAN)), less(latest, one)),
        )
        latest = choose(later, one, latest, MAYBE_INSTANT)
    reach = name("reach", MAYBE_INSTANT)
    fresh = both(Call("applies", (reach,), BOOLEAN), less(name(AT, INSTANT), reach))
    return [
        *steps,
        Set(((CONFIRMED, latest, MAYBE_INSTANT),)),
        Law(AT, (figure("within", quality.within, ABSENT, LENGTH),)),
        Reach("reach", CONFIRMED, "within"),
        Set(((FRESH, fresh, BOOLEAN),)),
    ]
