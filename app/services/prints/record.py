"""What a printed appraisal tells beside the score table: posts, the median's chart, summary, comments, appeals."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from app.domain.core.values import Number
from app.i18n import Translator
from app.services.appraising.opened import Opened
from app.services.appraising.posts import held_posts
from app.services.appraising.record_views import AppealRecord, AppraisalRecord, Written
from app.services.ports import PrintedBar, PrintedNote, PrintedPost
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.reasons.reason_words import window_of
from app.services.reasons.records import Record
from app.services.told_words import words_of
from app.services.year_forms import ITEM, LINE, PERIOD

BINDING: Final = frozenset({PERIOD, ITEM, LINE, "appeal"})
"""Answers that bind an entry to its year, item and appeal: the heading says that, and people don't read ids."""


def bars_of(record: AppraisalRecord, t: Translator) -> Iterator[PrintedBar]:
    """Yield the items at the top with the median of those that the person is held against, in percent of their most."""
    for one in record.items:
        if one.points is None:
            continue
        most = one.most or max(one.points, one.median, 1)
        window = "" if one.period == record.period else say(period_words(one.period), t)
        yield PrintedBar(
            t.dotted(window, t.text(one.title)),
            t.number(Fraction(one.points)),
            t.number(Fraction(one.median)),
            _percent(one.points, most),
            _percent(one.median, most),
            t("print-median-of", place=t.text(one.place), n=one.count),
        )


def _percent(points: Number, most: Number) -> int:
    """Return a share in tenths of a percent, between 0 and 1000."""
    return max(0, min(1000, int(Fraction(points) * 1000 / Fraction(most))))


def posts_of(opened: Opened, rows: Iterable[Record], t: Translator) -> Iterator[PrintedPost]:
    """Yield posts that somebody held in the period, in their order, with the part of the period that each took."""
    for one in held_posts(rows, opened.evaluation.period, opened.regulation, opened.labels):
        yield PrintedPost(t.text(one.title), t.text(one.place), one.days(t), one.whole)


def summaries_of(record: AppraisalRecord, t: Translator) -> Iterator[PrintedNote]:
    """Yield what the person wrote about the year."""
    for one in record.summaries:
        yield _note(one, t)


def comments_of(record: AppraisalRecord, t: Translator) -> Iterator[PrintedNote]:
    """Yield the assessors' marks with their reasons, then who was excused; named only where the rules let it be."""
    for mark in record.marks:
        points = "—" if mark.points is None else t.number(Fraction(mark.points))
        window = "" if mark.period == record.period else say(period_words(mark.period), t)
        lines = [(t.dotted(window, t.text(mark.title)), f"{points} / {t.number(Fraction(mark.most))}")]
        if mark.reason:
            lines.append((t("print-reason"), mark.reason))
        if not mark.counts:
            lines.append(("", t("print-not-counted")))
        yield PrintedNote(mark.by or t("print-anonymous"), t.day_of_year(mark.at), tuple(lines))
    for one in record.excused:
        who = one.name if isinstance(one.name, str) else t.text(one.name)
        reason = [(t("print-reason"), one.reason)] if one.reason else []
        yield PrintedNote(
            who or t("print-anonymous"), t.day_of_year(one.at), (("", t("print-excused")), *reason)
        )


def appeals_of(record: AppraisalRecord, t: Translator) -> Iterator[PrintedNote]:
    """Yield each appeal with its item, its state, the decision and what it changed."""
    for one in record.appeals:
        lines = [*_lines(one.appeal, t)]
        if one.row is not None:
            title = " ".join(filter(None, (one.row.plate, one.row.name))) or t.text(one.row.title)
            lines.insert(0, (t("print-contested"), t.dotted(title, window_of(t, one.row))))
        if one.decision is not None:
            who = t.dotted(one.decision.by, t.day_of_year(one.decision.at))
            lines += [(t("print-decision"), who), *_lines(one.decision, t)]
        if one.change is not None:
            lines.append((t("print-change"), t.number(Fraction(one.change))))
        yield PrintedNote(_title(one, t), t.day_of_year(one.entry.at), tuple(lines))


def _title(one: AppealRecord, t: Translator) -> str:
    return t.dotted(" / ".join(t.text(title) for title in one.titles), t.text(one.state_title))


def _note(written: Written, t: Translator) -> PrintedNote:
    who = t.dotted(t.text(written.form), written.by)
    return PrintedNote(who, t.day_of_year(written.at), tuple(_lines(written, t)))


def _lines(written: Written, t: Translator) -> Iterator[tuple[str, str]]:
    for fact in written.facts:
        if not fact.hidden and fact.field not in BINDING:
            yield t.text(fact.title), words_of(fact, t)
