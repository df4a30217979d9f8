"""Steps of declared tables that look at the rows of another one: tallies and allotments."""

from dataclasses import replace

from app.declarations.build.aggregates import Aggregates
from app.declarations.build.table_columns import BOOLEAN, TEXT, Made, age_column, member, named
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.names import PLACE
from app.declarations.schema.tables import AllotIn, TallyIn, TimeMap
from app.domain.core.expressions import Call, Literal, Operator
from app.domain.core.plan import Overlap, TimeLink
from app.domain.core.types import incomparable, type_of
from app.domain.core.values import NUMERIC, Column, Kind, Schema, Type
from app.domain.kinds.links import PREFERRED, AmbiguousLinkError, link_column
from app.domain.kinds.table import Fill, Gather, Rows, TableStep

Pairs = tuple[tuple[str, str], ...]


def tally(made: Made, model: TallyIn, at: At) -> list[TableStep]:
    """Return the step that adds figures over the rows of another table to each row."""
    rows, other = made.rows(model.of, at / "of")
    on = _links(made, model.on, at, rows, other)
    rows, doubted = _decided(rows, model.undecided)
    reader = Aggregates(made.context, other, made.columns, age_column(other), model.undecided, doubted)
    reader.read(model.columns, at / "set")
    time = _time(made, model, at / "time", other)
    if not made.take(reader.types(), at / "set"):
        return []
    return [Gather(rows, on, time, tuple(reader.found), tuple(reader.made))]


def _decided(rows: Rows, undecided: str | None) -> tuple[Rows, bool]:
    """Return the rows with what is undecided left out or counted in, and whether it may be unknown which count."""
    source = rows.source
    if source is None or not type_of(source.where).may_be_unknown:
        return rows, False
    if undecided is None:
        return rows, True
    instead = Literal(undecided == "count_in", BOOLEAN)
    where = Call("or_else", (source.where, instead), replace(type_of(source.where), may_be_unknown=False))
    return replace(rows, source=replace(source, where=where)), False


def allot(made: Made, model: AllotIn, at: At) -> list[TableStep]:
    """Return the step that gives each row of another table to at most one row."""
    rows, other = made.rows(model.of, at / "of")
    on = _links(made, model.on, at, rows, other)
    opens, closes = (*model.open, "start", "end")[:2] if len(model.open) != 1 else ("", "")
    for name in (opens, closes):
        if made.columns.get(name, TEXT).kind is not Kind.INSTANT:
            made.context.unknown(name, at / "open", list(made.columns), "column")
            return []
    if "at" not in other:
        made.context.wrong("moment_table", (at / "of").where, "of")
    needed = made.context.expression(model.needed, at / "needed", made.columns, Kind.NUMBER, made.on)
    reader = Aggregates(made.context, other, made.columns, age_column(other))
    reader.read(model.columns, at / "set")
    if not made.take(reader.types(), at / "set") or needed is None:
        return []
    if type_of(needed).may_be_unknown or type_of(needed).may_be_na or type_of(needed).kind not in NUMERIC:
        made.context.note("E113", (at / "needed").where, what=model.needed, reason="undecided")
    return [Fill(rows, on, opens, closes, needed, tuple(reader.found), tuple(reader.made))]


def _links(made: Made, data: object, at: At, rows: Rows, other: Columns) -> Pairs:
    """Return the equal columns as declared, else the one reference that both have."""
    if not other:
        return ()
    if data is None:
        return _only_link(made, at, rows, other)
    names = named(data)
    found = []
    for own, others in names.items():
        where = at / "on"
        if own not in made.columns:
            made.context.unknown(own, where, made.columns, "column")
        elif others not in other:
            made.context.unknown(others, where, other, "column")
        elif not _alike(made, made.columns[own], member(other[others])):
            made.context.wrong("different_types", where.where, own)
        else:
            found.append((own, others))
    return tuple(found)


def _alike(made: Made, own: Type, other: Type) -> bool:
    """Whether values of the types may be equal; references to places of any level may."""
    places = {*made.context.names.levels, PLACE}
    if own.kind is other.kind is Kind.REF and own.to in places and other.to in places:
        return True
    return incomparable(Operator.EQUAL, own, other) is None


def _only_link(made: Made, at: At, rows: Rows, other: Columns) -> Pairs:
    mine = [
        name for name, own in made.columns.items() if own.kind is Kind.REF and own.to not in (None, "place")
    ]
    chosen = next((name for name in PREFERRED if name in mine), None) or (mine[0] if len(mine) == 1 else None)
    table = rows.source.table if rows.source is not None else rows.history or "each"
    if chosen is None:
        made.context.note(
            "E111",
            at.where,
            reason="many" if mine else "none",
            table=at.root,
            wanted="subject",
            candidates=", ".join(mine),
        )
        return ()
    wanted = made.columns[chosen].to or ""
    schema = Schema(tuple(Column(name, own) for name, own in other.items()), ())
    try:
        declared = rows.source.link if rows.source is not None else None
        return ((chosen, link_column(schema, wanted, declared=declared)),)
    except AmbiguousLinkError as fault:
        reason = "many" if fault.candidates else "none"
        made.context.note(
            "E111",
            (at / "of").where,
            reason=reason,
            table=table,
            wanted=wanted,
            candidates=", ".join(fault.candidates),
        )
        return ()


def _time(made: Made, model: TallyIn, at: At, other: Columns) -> TimeLink | None:
    if model.time is None:
        return None
    if isinstance(model.time, TimeMap):
        given = {
            "in": model.time.inside,
            "overlaps": model.time.overlaps,
            "longer_part": model.time.longer_part,
            "before": [model.time.before] if model.time.before else [],
            "holds": [model.time.holds] if model.time.holds else [],
        }
        words = [word for word, columns in given.items() if columns]
        if len(words) != 1:
            made.context.note("E106", at.where, name="in")
            return None
        (word,) = words
        columns = given[word]
    else:
        word, columns = model.time, []
    return _time_link(made, word, columns, at, other)


def _time_link(made: Made, word: str, columns: list[str], at: At, other: Columns) -> TimeLink | None:
    instants = [name for name, own in made.columns.items() if own.kind is Kind.INSTANT]
    bounds = word in ("in", "overlaps", "longer_part")
    if not columns:
        columns = ["start", "end"] if bounds else [made.on]
    if len(columns) != (2 if bounds else 1):
        made.context.wrong("pair", at.where, word)
        return None
    for column in columns:
        if column not in instants:
            made.context.unknown(column, at, instants, "column")
            return None
    spans = "start" in other and "end" in other
    moment = "at" if "at" in other else "start"
    if word not in {"in", "before"} and not spans:
        made.context.wrong("span_wanted", at.where, word)
        return None
    if moment not in other:
        made.context.wrong("moment_table", at.where, word)
        return None
    if word == "in":
        return TimeLink(Overlap.INSIDE, columns[0], columns[1], moment, "")
    if word == "before":
        return TimeLink(Overlap.BEFORE, "", columns[0], moment, "")
    if word == "holds":
        return TimeLink(Overlap.HOLDS, columns[0], "", "start", "end")
    overlap = Overlap.OVERLAPS if word == "overlaps" else Overlap.LONGER_PART
    return TimeLink(overlap, columns[0], columns[1], "start", "end")
