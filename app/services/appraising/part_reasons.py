"""Why a part of a score that is no sheet has its points: what was measured, of which rows, and what it hangs on."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from app.domain.core.values import Number
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.sheet import Item, Line, Sheet
from app.services.appraising.composition import HUNDRED, Composition, PartRow
from app.services.evaluate import Evaluation
from app.services.reasons.arithmetic import Share, Sum, Term, grouped
from app.services.reasons.evidence import Evidence
from app.services.reasons.figures_used import Figure
from app.services.reasons.period_words import period_title
from app.services.reasons.phrases import Percent, Phrase, Said
from app.services.reasons.reasons import ItemReason, Reasons
from app.services.reasons.records import Record, number_or_none
from app.services.reasons.sentences import text_or


def part_reason(
    evaluation: Evaluation, appraisal: Appraisal, about: str, period: str, path: tuple[str, ...]
) -> ItemReason | None:
    """Return why a part has its points; None when there is no such part. A part of parts has no rows of its own."""
    made = Composition(evaluation, appraisal, about, period)
    part = made.find(path)
    if part is None:
        return None
    rows = made.rows(part)
    item, reasons = _reasons(evaluation, appraisal, part, about, period)
    line = item.lines[0]
    score = made.score(path, part)
    found = tuple(_evidence(evaluation, appraisal, part, about, rows))
    given = made.corrections(path, part)
    corrected = () if part.correction is None else reasons.given(part.correction, given)
    return ItemReason(
        appraisal.id,
        about,
        period,
        path,
        _titles(made, path),
        made.state(path, part),
        score,
        HUNDRED,
        tuple(reasons.quotes(item)),
        (*_sentences(evaluation, reasons, line), *_corrected(part, given)),
        (*_weight(part, made), *reasons.figures(item)),
        _sum(made, path, part, rows, found),
        _policy(evaluation, made, part, score),
        {},
        (*corrected, *found),
    )


def _reasons(
    evaluation: Evaluation, appraisal: Appraisal, part: Part, about: str, period: str
) -> tuple[Item, Reasons]:
    """Return what reads a part as if it were an item of a sheet whose one line looks at the part's table."""
    item = Item(part.id, part.title, lines=(Line("value", part.title, share_of=part.table or ""),))
    sheet = Sheet(appraisal.heading, appraisal.for_each, appraisal.every, items=(item,))
    return item, Reasons(evaluation, sheet, about, period)


def _titles(made: Composition, path: tuple[str, ...]) -> tuple[Said, ...]:
    steps = [path[: at + 1] for at in range(len(path))]
    found = [(step, made.find(step)) for step in steps]
    return tuple(text_or(part.title, step[-1]) for step, part in found if part is not None)


def _sentences(evaluation: Evaluation, reasons: Reasons, line: Line) -> tuple[Said, ...]:
    found = list(reasons.measured(line))
    table = evaluation.regulation.latest(line.share_of or "")
    for kind in (evaluation.regulation.sheets, evaluation.regulation.appraisals):
        if not found and table in kind:
            found.append(kind[table].heading.title or table)
    return tuple(found)


def _weight(part: Part, made: Composition) -> Iterator[Figure]:
    value = number_or_none(part.weight.on(made.start))
    if value is not None:
        assumed = part.weight.origin.value == "assumed"
        yield Figure(Phrase("figure-weight"), Percent(value), None, assumed, part.weight.why)


def _corrected(part: Part, given: tuple[Record, ...]) -> tuple[Said, ...]:
    """Return the words of what corrected a part, if anything did."""
    return (
        () if part.correction is None or not given else (text_or(part.correction.title, part.correction.id),)
    )


def _sum(
    made: Composition,
    path: tuple[str, ...],
    part: Part,
    rows: tuple[PartRow, ...],
    found: tuple[Evidence, ...],
) -> Sum | None:
    """Return what adds up to a part's score, or None where that isn't a sum of its rows."""
    score = made.score(path, part)
    if score is None or not rows or any(row.score is None for row in rows):
        return None
    told = _of_one(rows[0], found) if len(rows) == 1 else _of_windows(made, part, rows)
    given = [
        points
        for row in made.corrections(path, part)
        if (points := number_or_none(row["points"])) is not None
    ]
    if told is not None and given and part.correction is not None:
        title = part.correction.title or {"zh": part.correction.id}
        most = max(told.raw, HUNDRED)
        told = replace(told, terms=(*told.terms, Term(title, grouped(given))), floor=0, ceiling=most)
    return told if told is not None and told.total == score else None


def _of_one(row: PartRow, found: tuple[Evidence, ...]) -> Sum | None:
    """Return the sum of one row: what it counts of how much, or the average of what was taken of each."""
    names = ("points", "max") if "points" in row.record else ("part", "whole")
    counted, whole = (number_or_none(row.record.get(name)) for name in names)
    if counted is None or not whole:
        return None
    if counted != row.score:
        return Sum((Term({}, share=Share(counted, whole, HUNDRED)),))
    values = [one.points for one in found if one.points is not None]
    return Sum((Term({}, grouped(values), over=len(values)),)) if values else None


def _of_windows(made: Composition, part: Part, rows: tuple[PartRow, ...]) -> Sum | None:
    values = [(row, row.score) for row in rows if row.score is not None]
    if part.shares:
        weighed = []
        for row, value in values:
            weight = made.share(part, row)
            if weight is None:
                return None
            weighed.append(Term(period_title(row.period), share=Share(value, HUNDRED, weight * HUNDRED)))
        return Sum(tuple(weighed))
    if part.roll_up == "average":
        return Sum((Term(part.title, grouped([value for _, value in values]), over=len(values)),))
    return Sum(tuple(Term(period_title(row.period), grouped([value])) for row, value in values))


def _policy(evaluation: Evaluation, made: Composition, part: Part, score: Number | None) -> Said | None:
    """Return why there is no score, or none that a sum leads to."""
    if score is not None:
        return None
    closed = [table for table, holds in made.gates(part) if holds is not True]
    if closed:
        kinds = (evaluation.regulation.indicators, evaluation.regulation.rules, evaluation.regulation.sheets)
        name = evaluation.regulation.latest(closed[0])
        title = next((kind[name].heading.title for kind in kinds if name in kind), {})
        said = text_or(title, name)
        if name in evaluation.regulation.indicators and (row := made.gate(closed[0])) is not None:
            reached, wanted = number_or_none(row["value"]), number_or_none(row["target"])
            if reached is not None and wanted is not None:
                item = evaluation.regulation.indicators[name]
                values = {"title": said, "reached": _shown(item, reached), "wanted": _shown(item, wanted)}
                return Phrase("policy-gate-figure", values)
        return Phrase("policy-gate", {"title": said})
    return Phrase("policy-not-computable")


def _shown(item: Indicator, value: Number) -> Said:
    """Return a figure of an indicator: a share as a percentage."""
    share = item.measure == "share" or (item.measure == "rate" and item.per_each is None)
    return Percent(value) if share else Fraction(value)


def _evidence(
    evaluation: Evaluation, appraisal: Appraisal, part: Part, about: str, rows: tuple[PartRow, ...]
) -> Iterator[Evidence]:
    """Yield the rows that a figure counted, window by window."""
    if evaluation.regulation.latest(part.table or "") not in evaluation.regulation.indicators:
        return
    for row in rows:
        item, reasons = _reasons(evaluation, appraisal, part, about, row.period)
        yield from reasons.counted(item.lines[0], row.record)
