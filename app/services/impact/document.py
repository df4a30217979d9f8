"""An impact in the reader's words: totals first, then each person, for page, print and terminal.

What a reader may not see is left out here, whoever asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from app.domain.core.numbers import normal
from app.domain.core.values import Number
from app.domain.impact import DutyTotal, ScoreChange, ScoreTotal, Touched
from app.domain.kinds.duty import State
from app.domain.row_changes import Whom
from app.domain.workload import Load
from app.domain.zones import date_of
from app.i18n import Translator
from app.services.drafting.definition_words import DefinitionWords
from app.services.impact.impact import Replayed, Sight
from app.services.impact.names import Names, signed
from app.services.impact.outside import days_outside, later_figures, years_of
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say

MOST_PATHS: Final = 5
MINUTES: Final = 60
WORSE_STATES: Final = frozenset({State.MISSED, State.LATE, State.OVERDUE})


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that differs, in words. `tone`: `worse`, `better` or "" where it is neither."""

    label: str
    sub: str
    before: str
    after: str
    more: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Figures under one heading."""

    id: str
    title: str
    rows: tuple[Moved, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody whom the draft touches: what moves most for them."""

    whom: Whom
    name: str
    post: str
    rows: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """A definition that the draft changes, in words: only the sentences that differ; none on a side: it isn't there."""

    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImpactDocument:
    """All that is told of a draft. `lose` have less than before, `gain` more, `others` are touched otherwise.

    `hidden` says that people are left out because the reader may not see others' results.
    """

    title: str
    place: str
    period: str
    as_of: str
    in_force: str
    draft: str
    files: tuple[tuple[str, str], ...]
    headlines: tuple[str, ...]
    parts: tuple[Part, ...]
    lose: tuple[PersonRow, ...]
    gain: tuple[PersonRow, ...]
    others: tuple[PersonRow, ...]
    notes: tuple[str, ...]
    created: datetime
    rerun: tuple[int, int]
    hidden: bool = False
    words: tuple[Worded, ...] = ()
    elsewhere: tuple[int, ...] = ()
    """The years, none of them in the period, in which days of the calendar become something else."""


def impact_document(replayed: Replayed, sight: Sight, t: Translator) -> ImpactDocument:
    """Return an impact in words."""
    return _Words(replayed, sight, t).document()


def impact_rows(replayed: Replayed, sight: Sight, t: Translator, touched: Touched) -> Iterator[Moved]:
    """Yield what moves for somebody: results, duties, findings."""
    yield from _Words(replayed, sight, t).rows_of(touched)


class _Words:
    def __init__(self, replayed: Replayed, sight: Sight, t: Translator) -> None:
        self._replayed = replayed
        self._impact = replayed.impact
        self._sight = sight
        self._t = t
        self._names = Names(replayed, sight, t)

    def document(self) -> ImpactDocument:
        after, base, t = self._replayed.after, self._replayed.base, self._t
        people = [] if not self._sight.scores else [self._person(one) for one in self._seen()]
        as_of = base.as_of
        return ImpactDocument(
            t("impact-title"),
            say(self._names.place(after.regulation.place.id), t),
            say(period_words(after.period.label, after.regulation.calendar), t),
            t.day_of_year(as_of),
            base.regulation.revision,
            after.regulation.revision,
            tuple((one.path, t(f"rules-{one.kind}")) for one in self._replayed.files),
            (*self._waiting(), *self._headlines()),
            tuple(part for part in self._parts() if part.rows),
            tuple(row for sign, row in people if sign < 0),
            tuple(row for sign, row in people if sign > 0),
            tuple(row for sign, row in people if sign == 0),
            tuple(self._notes()),
            as_of,
            (len(after.rerun), len(after.plan.derivations)),
            hidden=not self._sight.scores,
            words=tuple(self._reworded()),
            elsewhere=years_of(self._days_outside()),
        )

    def _reworded(self) -> Iterator[Worded]:
        """Yield what the definitions say otherwise, by title: what the meeting decides on."""
        t, replayed = self._t, self._replayed
        zone = replayed.after.regulation.calendar.zone
        day = date_of(zone, replayed.base.as_of)
        old, new = (
            DefinitionWords(one, day) for one in (replayed.base.regulation, replayed.after.regulation)
        )
        for one in new.reworded(old):
            before, after = (tuple(say(words, t) for words in side) for side in (one.before, one.after))
            yield Worded(say(one.title, t) or one.name, before, after)

    # ---- totals ------------------------------------------------------------------------------------------------------
    def _waiting(self) -> Iterator[str]:
        waits, t = self._replayed.waits, self._t
        if waits is not None and waits.starts is not None:
            day = date_of(self._replayed.base.regulation.calendar.zone, waits.starts)
            yield t(
                "impact-head-waits", resolution=waits.resolution or waits.hash[:12], day=t.day_of_year(day)
            )

    def _headlines(self) -> Iterator[str]:
        t, impact = self._t, self._impact
        more_work = False
        for load in impact.workload.loads:
            more = load.each_month(load.more)
            if more:
                more_work = True
                name = "impact-head-more-work" if more > 0 else "impact-head-less-work"
                yield t(
                    name, role=say(self._names.role(load.role), t), hours=self._hours(abs(Fraction(more)))
                )
        owed = sum(int(total.count.more) for total in impact.duties)
        if owed:
            yield t("impact-head-more-duties" if owed > 0 else "impact-head-fewer-duties", n=abs(owed))
        lower, higher = ([one.whom for one in self._seen() if _sign(one) == sign] for sign in (-1, 1))
        if lower:
            yield t("impact-head-lower", whom=self._how_many(lower))
        if higher:
            yield t("impact-head-higher", whom=self._how_many(higher))
        found = sum(int(one.count.more) for one in impact.findings)
        if found:
            yield t("impact-head-more-findings" if found > 0 else "impact-head-fewer-findings", n=abs(found))
        if not impact.changes:
            yield t("impact-head-nothing")
        elif not (more_work or owed or lower or higher or found):
            yield t("impact-head-otherwise", whom=self._how_many([one.whom for one in impact.touched]))

    def _how_many(self, touched: Sequence[Whom]) -> str:
        """Return how many people these are, and how many that are no people in posts: places, what registers hold."""
        t = self._t
        people = sum(1 for whom in touched if self._names.is_person(whom))
        counts = (("impact-people", people), ("impact-things", len(touched) - people))
        return t.listed(t(word, n=n) for word, n in counts if n)

    def _parts(self) -> Iterator[Part]:
        t, impact = self._t, self._impact
        loads = tuple(self._load(load) for load in impact.workload.loads if load.more)
        without = impact.workload.without
        lacking = [self._title(duty) for duty in without]
        notes = []
        if loads and len(loads) < len(impact.workload.loads):
            same = (say(self._names.role(load.role), t) for load in impact.workload.loads if not load.more)
            notes.append(t("impact-work-same", roles=t.listed(same)))
        if without:
            notes.append(t("impact-no-minutes", n=len(without), duties=t.listed(lacking[:MOST_PATHS])))
        yield Part("work", t("impact-part-work"), loads, tuple(notes))
        yield Part("duties", t("impact-part-duties"), tuple(map(self._duty, impact.duties)))
        findings = tuple(
            self._counted(self._title(one.rule), one.count.before, one.count.after)
            for one in impact.findings
            if one.count.more
        )
        yield Part("findings", t("impact-part-findings"), findings)
        for kind in ("appraisal", "sheet", "indicator"):
            rows = tuple(self._score(one) for one in impact.scores if one.kind == kind)
            yield Part(kind, t(f"impact-part-{kind}"), rows)

    def _load(self, load: Load) -> Moved:
        t = self._t
        before, after = load.each_month(load.before), load.each_month(load.after)
        sub = t("impact-work-sub", people=load.people, hours=self._hours(Fraction(load.more), sign=True))
        if before is None or after is None:
            return Moved(say(self._names.role(load.role), t), sub, "—", "—", "")
        return Moved(
            say(self._names.role(load.role), t),
            sub,
            self._hours(before),
            self._hours(after),
            self._hours(Fraction(after) - Fraction(before), sign=True),
        )

    def _hours(self, minutes: Number, *, sign: bool = False) -> str:
        value = Fraction(round(Fraction(minutes) / MINUTES * 10), 10)
        return signed(self._t, normal(value)) if sign else self._t.number(value, 1)

    def _duty(self, total: DutyTotal) -> Moved:
        t = self._t
        states = t.listed(
            t(
                "impact-state",
                state=t(f"state-{state}"),
                before=t.number(Fraction(pair.before)),
                after=t.number(Fraction(pair.after)),
            )
            for state, pair in total.states
        )
        title = self._title(total.duty)
        tier = self._names.tier(total.duty, total.tier)
        worse = sum(
            (Fraction(pair.more) for state, pair in total.states if state in WORSE_STATES), Fraction(0)
        )
        label = t.dotted(title, tier) if tier else title
        return self._counted(label, total.count.before, total.count.after, states, _tone(-worse))

    def _counted(self, label: str, before: Number, after: Number, sub: str = "", tone: str = "") -> Moved:
        t = self._t
        more = normal(Fraction(after) - Fraction(before))
        return Moved(label, sub, t.number(Fraction(before)), t.number(Fraction(after)), signed(t, more), tone)

    def _score(self, total: ScoreTotal) -> Moved:
        t = self._t
        moved = [t("impact-lower", n=total.lower)] if total.lower else []
        moved += [t("impact-higher", n=total.higher)] if total.higher else []
        grades = [
            t(
                "impact-state",
                state=self._names.grade(total.table, grade),
                before=t.number(Fraction(pair.before)),
                after=t.number(Fraction(pair.after)),
            )
            for grade, pair in total.grades
            if pair.more
        ]
        sub = t.dotted(*(words for words in (t.listed(moved), t.listed(grades)) if words))
        if self._names.is_money(total.unit):
            sides: list[Number | None] = [total.sum.before, total.sum.after]
        else:
            sides = [
                normal(Fraction(whole) / Fraction(count)) if count else None
                for whole, count in (
                    (total.sum.before, total.count.before),
                    (total.sum.after, total.count.after),
                )
            ]
        return self._values(total.table, total.unit, sides[0], sides[1], (self._title(total.table), sub))

    def _values(
        self, table: str, unit: str, before: Number | None, after: Number | None, words: tuple[str, str]
    ) -> Moved:
        names = self._names
        more = None if before is None or after is None else normal(Fraction(after) - Fraction(before))
        return Moved(
            *words,
            names.value(table, unit, before),
            names.value(table, unit, after),
            "" if more is None else names.value(table, unit, more, sign=True),
            "" if more is None else _tone(Fraction(more)),
        )

    # ---- people ------------------------------------------------------------------------------------------------------
    def _seen(self) -> list[Touched]:
        """Return whom the reader may see: people in posts and places, subjects of registers where they may."""
        return [one for one in self._impact.touched if self._sight.subjects or self._names.is_staff(one.whom)]

    def _person(self, touched: Touched) -> tuple[int, PersonRow]:
        rows = tuple(self.rows_of(touched))
        name, post = self._names.whom(touched.whom)
        return _sign(touched), PersonRow(touched.whom, name, post, rows)

    def rows_of(self, touched: Touched) -> Iterator[Moved]:
        """Yield what moves for somebody: appraisals first, then sheets, duties and findings."""
        t = self._t
        for kind in ("appraisal", "sheet", "indicator"):
            for score in touched.scores:
                if score.kind == kind:
                    yield self._moved(score)
        if touched.owed.before != touched.owed.after:
            yield self._counted(t("impact-owed"), touched.owed.before, touched.owed.after)
        if touched.missed.more:
            before, after = touched.missed.before, touched.missed.after
            tone = _tone(-Fraction(touched.missed.more))
            yield self._counted(t("state-missed"), before, after, tone=tone)
        for rule, pair in touched.findings:
            yield self._counted(self._title(rule), pair.before, pair.after)

    def _moved(self, score: ScoreChange) -> Moved:
        t = self._t
        notes = []
        if score.grades[0] != score.grades[1]:
            old, new = (self._names.grade(score.table, grade or "") or "—" for grade in score.grades)
            notes.append(t("impact-became", before=old, after=new))
        if score.ranks[0] != score.ranks[1]:
            old, new = ("—" if rank is None else str(rank) for rank in score.ranks)
            notes.append(t("impact-rank", before=old, after=new))
        period = score.period
        if period and period != self._replayed.after.period.label:
            notes.insert(0, say(period_words(period, self._replayed.after.regulation.calendar), t))
        words = (self._title(score.table), t.dotted(*notes))
        return self._values(score.table, score.unit, score.before, score.after, words)

    # ---- notes -------------------------------------------------------------------------------------------------------
    def _notes(self) -> Iterator[str]:
        t, after = self._t, self._replayed.after
        if not self._sight.scores:
            yield t("impact-people-hidden")
        before = self._replayed.base.regulation
        later = later_figures(before, after.regulation, after.period)
        for day, paths in later.items():
            shown = t.listed(paths[:MOST_PATHS])
            yield t("impact-later", day=t.day_of_year(day), n=len(paths), paths=shown)
        days = self._days_outside()
        if days:
            shown = t.listed(t.day_of_year(day) for day in days[:MOST_PATHS])
            years = t.listed(map(str, years_of(days)))
            yield t("impact-days-outside", n=len(days), days=shown, years=years)
        elif not self._impact.changes and self._replayed.files and not later:
            yield t("impact-no-effect")

    def _days_outside(self) -> tuple[date, ...]:
        replayed = self._replayed
        old, new = (one.regulation.calendar for one in (replayed.base, replayed.after))
        return days_outside(old, new, replayed.after.period)

    def _title(self, table: str) -> str:
        return self._names.title(table)


def _tone(more: Fraction) -> str:
    return "" if not more else "better" if more > 0 else "worse"


def _sign(touched: Touched) -> int:
    """Return −1 for somebody who loses, 1 for who gains, 0 for others."""
    loss = Fraction(touched.loss)
    return (loss < 0) - (loss > 0)
