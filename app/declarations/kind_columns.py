"""The columns of the tables that definitions make: duties, rules, indicators, sheets, procedures, appraisals."""

from typing import Protocol

from app.declarations.columns import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    NUMBER,
    PERIOD,
    STATE,
    TEXT,
    Columns,
    RowsOf,
    absent,
    ref,
    uncertain,
)
from app.declarations.documents import Document
from app.declarations.names import PLACE, Names, tiers_of
from app.declarations.schema.duties import DutyFile
from app.declarations.schema.figures import RUNS, AppraisalFile, IndicatorFile, RuleFile
from app.declarations.schema.forms import FormFile
from app.declarations.schema.procedures import ProcedureFile
from app.declarations.schema.sheets import SheetFile
from app.domain.core.values import Kind, Type
from app.domain.kinds.links import WORKER

SHEET_PARTS = ("items", "lines", "wallet", "moves")
"""Tables of a sheet beside its own, the last two where it has a wallet."""
_SCORE_STATES = ("computed", "not_computable", "not_applicable", "not_eligible", "over_quota", "undecided")


class Reach(Protocol):
    """What a definition's columns follow from: those of others."""

    names: Names

    def rows_of(self, each: object) -> RowsOf | None:
        """Return what `for_each` or `per` names, or None when nothing has this name."""
        ...

    def about(self, each: object) -> str:
        """Return whom the rows of a definition are about."""
        ...

    def subject(self, subject: str) -> Columns:
        """Return the columns of a described subject over time."""
        ...

    def source_columns(self, source: object) -> Columns:
        """Return the columns of a source's table."""
        ...


def columns_of(tables: Reach, document: Document, part: str) -> Columns | None:
    """Return the columns of a definition's table, or of one of its parts; None for what makes none here."""
    model = document.model
    match model:
        case DutyFile():
            return _duty(tables, document, model)
        case RuleFile():
            return _rule(tables, model)
        case IndicatorFile():
            return _indicator(tables, model)
        case SheetFile():
            return _sheet(tables, model, part)
        case AppraisalFile():
            return _appraisal(tables, model)
        case ProcedureFile():
            return _procedure(model, part)
        case FormFile() if part:
            return _quality(tables, model)
        case _:
            return None


def _is_source(tables: Reach, each: object) -> bool:
    """Whether `for_each` names rows, not those who are judged in windows."""
    return not isinstance(each, str) or not (
        " " in each or each in tables.names.subjects or each in tables.names.levels
    )


def _duty(tables: Reach, document: Document, model: DutyFile) -> Columns:
    rows = tables.rows_of(model.for_each)
    subject = rows.about if rows else None
    owner = WORKER if model.owed_by is not None or subject is None else subject
    tiers = tiers_of(document)
    return {
        "subject": ref(subject),
        "window": PERIOD,
        "tier": Type(Kind.CHOICE, choices=tiers) if tiers else absent(TEXT),
        "owner": absent(ref(owner)),
        "place": absent(ref(PLACE)),
        "start": INSTANT,
        "at": absent(INSTANT),
        "due": absent(INSTANT) if model.pauses or model.extended_by else INSTANT,
        "needed": INTEGER,
        "counted": NUMBER,
        "possible": NUMBER,
        "short": NUMBER,
        "met_at": absent(INSTANT),
        "state": STATE,
    }


def _rule(tables: Reach, model: RuleFile) -> Columns:
    rows = tables.rows_of(model.for_each)
    found: Columns = {
        "rule": TEXT,
        "about": absent(ref(tables.about(model.for_each))),
        "subject": ref(None),
        "at": INSTANT,
        "level": absent(TEXT),
    }
    if rows is not None:
        own = rows.columns.get("level") if _is_source(tables, model.for_each) else None
        if own is not None and model.then.level is None:
            found["level"] = own  # what the rule itself says goes before it
        found = {**rows.columns, **found}
        found["subject"] = rows.columns.get("subject", ref(rows.about))
    found.setdefault("id", ref(None))
    found.setdefault("place", absent(ref(PLACE)))
    if model.every is not None:
        found |= {"period": PERIOD, "start": INSTANT, "end": INSTANT}
    for name, fact in model.facts.items():
        if name == "level" and model.then.level is not None:
            continue
        found[name] = uncertain(INTEGER if fact.function in (None, "count", "distinct", *RUNS) else NUMBER)
    return found


def _indicator(tables: Reach, model: IndicatorFile) -> Columns:
    found: Columns = {"about": ref(tables.about(model.per)), "period": PERIOD}
    of = tables.source_columns(model.of)
    for column in model.per[1:] if isinstance(model.per, list) else []:
        found[column] = of.get(column, TEXT)
    value = uncertain(NUMBER)
    return {
        **found,
        "value": value,
        "part": value,
        "whole": value,
        "target": absent(NUMBER),
        "met": uncertain(BOOLEAN),
    }


def _wallet(tables: Reach, model: SheetFile, part: str) -> Columns | None:
    """Return the columns of a wallet, or of what moves in it; None for a sheet that has none."""
    if model.wallet is None:
        return None
    about = ref(tables.about(model.for_each))
    moved = {"event": TEXT, "refused": uncertain(TEXT), "line": TEXT, "at": INSTANT}
    if part == "moves":
        return {
            "about": about,
            **moved,
            **dict.fromkeys(("points", "moved", "balance"), uncertain(NUMBER)),
        }
    level = Type(Kind.CHOICE, tuple(model.wallet.levels), ordered=True)
    sums = ("balance", "earned", "spent", "expired", "earned_so_far")
    own: Columns = {"about": about, "period": PERIOD, "day": Type(Kind.DATE), "at": INSTANT}
    return {**own, **dict.fromkeys(sums, uncertain(NUMBER)), "level": uncertain(level)}


def _sheet(tables: Reach, model: SheetFile, part: str) -> Columns | None:
    if part in ("wallet", "moves"):
        return _wallet(tables, model, part)
    head: Columns = {"about": ref(tables.about(model.for_each)), "period": PERIOD}
    points = uncertain(Type(Kind.MONEY, currency=model.unit) if model.unit.isupper() else NUMBER)
    tail: Columns = {"points": points, "max": absent(NUMBER)}
    state = Type(Kind.CHOICE, choices=_SCORE_STATES)
    if part:
        middle: Columns = {"item": TEXT} | ({"line": TEXT, "row": TEXT} if part == "lines" else {})
        return {**head, **middle, **tail, "state": state}
    more = {} if model.prorate is None else {"part": uncertain(NUMBER)}
    return {**head, **tail, "bonus": uncertain(NUMBER), "total": points, **more, "state": state}


def _procedure(model: ProcedureFile, part: str) -> Columns:
    matter, who, place = ref(model.matter), absent(ref(WORKER)), absent(ref(PLACE))
    if part:
        state = Type(Kind.TEXT, may_be_unknown=True, may_be_na=True)
        head: Columns = {"entry": ref(None), "matter": matter, "rule": TEXT, "about": who}
        return {**head, "place": place, "at": INSTANT, "state": state}
    return {
        "matter": matter,
        "nth": INTEGER,
        "state": Type(Kind.CHOICE, choices=tuple(model.states)),
        "step": absent(TEXT),
        "entry": ref(None),
        "by": who,
        "handler": absent(ref(WORKER)),
        "place": place,
        "at": INSTANT,
        "start": INSTANT,
        "end": absent(INSTANT),
    }


def _appraisal(tables: Reach, model: AppraisalFile) -> Columns:
    grades = Type(Kind.CHOICE, choices=tuple(reversed(model.grades)), ordered=True)
    return {
        "about": ref(tables.about(model.for_each)),
        "period": PERIOD,
        "score": uncertain(NUMBER),
        "grade": uncertain(grades),
        "state": Type(Kind.CHOICE, choices=_SCORE_STATES),
        "passed": uncertain(BOOLEAN),
        "rank": uncertain(INTEGER),
        "place": absent(ref(PLACE)),
        "bonus": uncertain(NUMBER),
        **{f"part_{part}": uncertain(NUMBER) for part in model.parts},
    }


def _quality(tables: Reach, model: FormFile) -> Columns | None:
    """Return the columns of how a form's register is kept; None where it doesn't say what is wanted of it."""
    if model.quality is None or model.describes is None:
        return None
    own = {"window": PERIOD, "at": INSTANT, "known": BOOLEAN, "missing": INTEGER}
    if model.quality.fresh is not None:
        own |= {"confirmed_at": absent(INSTANT), "fresh": BOOLEAN}
    return {**tables.subject(model.describes), **own}
