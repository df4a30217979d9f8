"""The report of a place for a period: rankings, indicators against their targets, what became of duties by place.

A community's report names its people and its grids; that of a street compares its communities by the same measure. Read
from the tables of one evaluation alone; nothing is checked here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from app.domain.core.json_values import outcome_json
from app.domain.core.values import NotApplicable
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Heading
from app.domain.kinds.duty import State
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.links import WORKER
from app.domain.kinds.sheet import Eligibility
from app.domain.membership import HOLDER
from app.domain.period import parse_period
from app.domain.place import Place
from app.domain.zones import date_of, start_of_day
from app.i18n import Translator
from app.services.appraising.ranking import AppraisalView, RankRow, appraisal_view
from app.services.appraising.scores import Opened, held
from app.services.canonical import canonical_json
from app.services.community import LEVEL
from app.services.occurrences import Occurrence, occurrences
from app.services.prints.record import posts_of
from app.services.prints.report import (
    COMMUNITY,
    STREET,
    PrintedAverage,
    PrintedCompared,
    PrintedCounts,
    PrintedDuty,
    PrintedFigure,
    PrintedGroup,
    PrintedIndicator,
    PrintedLeftOut,
    PrintedRank,
    PrintedRanking,
    ReportDocument,
)
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.reasons.records import Record, number_or_none, records
from app.services.reasons.sentences import Sentences
from app.services.registers.listing import natural

FORMAT: Final = 1
MOST_FIGURES: Final = 120
"""How many figures of an indicator are listed at most, those beside their target first."""
FEW_ABSENT: Final = 20
"""Up to how many figures that there is nothing to measure for are listed."""
_DONE: Final = (State.MET, State.LATE)
_PENDING: Final = (State.DUE, State.OVERDUE, State.UNDECIDED)
_NOTED: Final = frozenset({"over_quota", "undecided"})


@dataclass(frozen=True, slots=True)
class ReportSources:
    """What a report is made from; `ledger` is the hash of the entries."""

    opened: Opened
    ledger: str
    now: datetime


def report_of(sources: ReportSources, t: Translator) -> ReportDocument:
    """Return the report of the place at which the evaluation is."""
    return _Report(sources, t).document()


class _Report:
    """One report as it is made."""

    def __init__(self, sources: ReportSources, t: Translator) -> None:
        self.opened = sources.opened
        self.ledger = sources.ledger
        self.now = sources.now
        self.t = t
        self.regulation = self.opened.regulation
        self.evaluation = self.opened.evaluation
        self.place = self.regulation.place
        self.tree = self.regulation.places
        self.day = parse_period(self.opened.period, self.regulation.calendar).start
        self.sentences = Sentences(self.regulation, self.day)
        self.kind = COMMUNITY if self.place.level == LEVEL else STREET
        below = [one for one in self.tree.within(self.place.id) if one.parent == self.place.id]
        self.parts: list[Place] = sorted(below, key=lambda one: natural(one.id))

    def document(self) -> ReportDocument:
        t, opened = self.t, self.opened
        finished = date_of(self.regulation.calendar.zone, self.now) >= self.evaluation.period.end
        duties = tuple(self._duties())
        as_of = self.evaluation.as_of or self.now
        made = ReportDocument(
            kind=self.kind,
            title=t(f"print-report-{self.kind}"),
            place=self._title(self.place.id),
            period=t("score-year", year=opened.period),
            as_of=t("score-as-of", day=t.day_of_year(as_of)),
            expected="" if finished else t("print-report-unfinished"),
            parts=self._level(self.parts[0].level) if self.parts else "",
            rankings=tuple(self._rankings()),
            indicators=tuple(self._indicators()),
            total=self._duty(t("print-duties-all"), "", self._all_counts),
            duties=duties,
            regulation_hash=self.regulation.revision,
            ledger_hash=self.ledger,
            created=as_of,
            code="",
            template=self.kind,
            prints=self.regulation.prints,
            json=self._json(as_of),
        )
        return replace(made, code=_code(made))

    def _level(self, level: str) -> str:
        return self.t(f"level-{level}") if self.t.has(f"level-{level}") else level

    def _title(self, place: str) -> str:
        return self.t.text(self.opened.labels.place(place)) or place.rpartition("/")[2]

    def _in_force(self, items: Iterable[Any]) -> list[Any]:
        """Return the definitions that hold at any time of the period and have rows."""
        period = self.evaluation.period
        last = date.fromordinal(period.end.toordinal() - 1)
        return [
            item
            for item in items
            if item.heading.holds(period.start, last) and next(records(self.evaluation, item.id), None)
        ]

    def _clause(self, heading: Heading) -> str:
        clause = heading.clause
        return "" if clause is None else self.t.wording(self.t.dotted(clause.doc, clause.ref))

    # ---- rankings --------------------------------------------------------------------------------------------------
    def _rankings(self) -> Iterator[PrintedRanking]:
        """Yield the ranking of each appraisal, of one of shorter windows that of each of them."""
        for appraisal in self._in_force(self.regulation.appraisals.values()):
            for window in sorted({str(row["period"]) for row in records(self.evaluation, appraisal.id)}):
                yield self._ranking(appraisal, window)

    def _ranking(self, appraisal: Appraisal, window: str) -> PrintedRanking:
        t = self.t
        view = appraisal_view(replace(self.opened, period=window), appraisal, self.now)
        rows = {
            row["about"]: row for row in records(self.evaluation, appraisal.id) if row["period"] == window
        }
        title = t.text(view.title) or appraisal.id
        if window != self.opened.period:
            title = t.dotted(title, say(period_words(window, self.regulation.calendar), t))
        of_people = any(row.person is not None for row in view.rows)
        compared = self.kind == STREET and of_people
        ranked = [row for row in view.rows if row.score is not None]
        return PrintedRanking(
            title=title,
            clause=self._clause(appraisal.heading),
            grades=tuple(self._grades(view)),
            groups=() if compared else tuple(self._groups(appraisal, view, rows)),
            left_out=()
            if compared
            else tuple(self._left_out(appraisal, row) for row in view.rows if row.score is None),
            averages=tuple(self._averages(ranked, rows)) if compared else (),
            summary=self._summary(view, len(ranked)),
        )

    def _summary(self, view: AppraisalView, ranked: int) -> str:
        t = self.t
        if view.average is None or view.middle is None:
            return t("print-ranked-none", all=len(view.rows))
        average, middle = (t.number(Fraction(one)) for one in (view.average, view.middle))
        return t("print-ranked", n=ranked, all=len(view.rows), average=average, middle=middle)

    def _grades(self, view: AppraisalView) -> Iterator[tuple[str, str, str]]:
        t = self.t
        for band in view.bands:
            if band.title is None:
                continue
            bound = "" if band.at_least is None else t.number(Fraction(band.at_least))
            quota = "" if band.quota is None else t("print-quota", n=band.quota)
            yield (
                t.text(band.title),
                t.dotted(t("print-bound", points=bound) if bound else "", quota),
                t.number(len(band.rows)),
            )

    def _groups(
        self, appraisal: Appraisal, view: AppraisalView, rows: Mapping[str, Record]
    ) -> Iterator[PrintedGroup]:
        """Yield who is ranked, by the groups within which a grade has its quota."""
        t = self.t
        within = next((grade.quota.within for grade in appraisal.grades if grade.quota is not None), ())
        scores = Counter(row.score for row in view.rows if row.score is not None)
        groups: dict[tuple[str, ...], list[PrintedRank]] = {}
        for band in view.bands:
            grade = "" if band.title is None else t.text(band.title)
            for row in band.rows:
                if row.score is None:
                    continue
                notes = [t("print-tied", n=scores[row.score])] if scores[row.score] > 1 else []
                if row.state in _NOTED:
                    notes.append(t("score-" + row.state.replace("_", "-")))
                key = tuple(self._group(path, rows[row.about]) for path in within)
                groups.setdefault(key, []).append(
                    PrintedRank(
                        "" if row.rank is None else str(row.rank),
                        row.name or self._title(row.about),
                        t.text(row.place) if row.name else "",
                        t.number(Fraction(row.score)),
                        grade,
                        t.dotted(*notes),
                    )
                )
        for key, members in sorted(groups.items()):
            yield PrintedGroup(t.dotted(*key), tuple(sorted(members, key=lambda one: int(one.rank or 0))))

    def _group(self, path: str, row: Record) -> str:
        """Return in which group of a quota a row is: a column of it, its place, or what its place is said to be."""
        first, _, rest = path.partition(".")
        value = row.get(first)
        if first != "place" or not isinstance(value, str):
            return str(value) if isinstance(value, str | int | Fraction) else ""
        found = self.tree.places.get(value)
        if found is None or not rest:
            return self._title(value)
        of_place = {"level": found.level, "parent": found.parent or ""} | dict(found.profile)
        return str(of_place.get(rest, ""))

    def _left_out(self, appraisal: Appraisal, row: RankRow) -> PrintedLeftOut:
        t = self.t
        why = t("score-" + row.state.replace("_", "-"))
        if row.lacking and row.state == "not_computable":
            why = t("print-lacking", items=t.listed(t.text(one) for one in row.lacking))
        if row.state == "not_eligible" and appraisal.eligible is not None:
            why = t.dotted(why, self._not_eligible(appraisal.eligible, row.about))
        return PrintedLeftOut(row.name or self._title(row.about), t.text(row.place) if row.name else "", why)

    def _not_eligible(self, eligible: Eligibility, about: str) -> str:
        """Return what is asked for that somebody doesn't meet, and how long the posts were held."""
        t, zone, period = self.t, self.regulation.calendar.zone, self.evaluation.period

        def edge(which: str) -> str:
            return t.day_of_year(period.start if which == "window_start" else period.end)

        asked = []
        if eligible.on is not None:
            at = start_of_day(zone, period.start if eligible.on == "window_start" else period.end)
            before = eligible.on != "window_start"
            posts = held(self.opened, about)
            there = any(
                row["start"] <= at
                and (row["end"] is None or (row["end"] >= at if before else row["end"] > at))
                for row in posts
            )
            if not there:
                asked.append(t("print-asked-present", day=edge(eligible.on)))
        if eligible.in_post is not None and not asked:
            length = say(self.sentences.value(eligible.in_post), t)
            asked.append(t("print-asked-in-post", length=length, day=edge(eligible.at)))
        spans = t.listed(post.span for post in posts_of(self.opened, about, t))
        return t.dotted(*asked, t("print-in-post", spans=spans) if spans else "")

    def _averages(self, ranked: list[RankRow], rows: Mapping[str, Record]) -> Iterator[PrintedAverage]:
        t = self.t
        for part in [*self.parts, None]:
            found = [
                Fraction(row.score)
                for row in ranked
                if row.score is not None and (part is None or self._lies(rows[row.about].get("place"), part))
            ]
            name = t("print-all-places") if part is None else self._title(part.id)
            shown = (
                [t.number(one) for one in (sum(found, Fraction(0)) / len(found), min(found), max(found))]
                if found
                else ["—", "—", "—"]
            )
            yield PrintedAverage(name, t.number(len(found)), *shown)

    def _lies(self, place: object, part: Place) -> bool:
        return isinstance(place, str) and self.tree.contains(part.id, place)

    # ---- indicators ------------------------------------------------------------------------------------------------
    def _indicators(self) -> Iterator[PrintedIndicator]:
        for item in self._in_force(self.regulation.indicators.values()):
            yield self._indicator(item)

    def _indicator(self, item: Indicator) -> PrintedIndicator:
        t = self.t
        rows = list(records(self.evaluation, item.id))
        to = self.evaluation.schema(item.id).type_of("about").to or ""
        here = [row for row in rows if self.tree.contains(self.place.id, self._place_of(to, row["about"]))]
        windows = len({row["period"] for row in here}) > 1
        judged = [row["met"] for row in here if isinstance(row["met"], bool)]
        compared = self.kind == STREET and to not in {"place", self.place.level}
        order = sorted(
            here,
            key=lambda row: (
                row["met"] is not False,
                natural(self._name(to, row["about"])),
                str(row["period"]),
            ),
        )
        absent = [row for row in order if isinstance(row["value"], NotApplicable)]
        if len(absent) > FEW_ABSENT:
            order = [row for row in order if not isinstance(row["value"], NotApplicable)]
        summed = not compared and windows and len(order) > MOST_FIGURES
        listed = (
            () if compared or summed else tuple(self._figure(item, to, row) for row in order[:MOST_FIGURES])
        )
        more = "" if compared else self._left(order, absent, len(listed), summed=summed)
        target = None if item.target is None else item.target.value.on(self.day)
        return PrintedIndicator(
            title=t.text(item.heading.title) or item.id,
            clause=self._clause(item.heading),
            rule=say(self.sentences.indicator(item), t),
            target=""
            if item.target is None
            else t(
                f"print-target-{item.target.comparison.replace('_', '-')}", value=self._shown(item, target)
            ),
            figures=listed,
            whole=self._is_share(item),
            windows=windows,
            more=more,
            summary=t("print-reached", n=sum(judged), all=len(judged)) if judged else "",
            compared=tuple(self._compared(item, to, here)) if compared else (),
            summed=tuple(self._summed(item, order)) if summed else (),
        )

    def _left(self, order: list[Record], absent: list[Record], listed: int, *, summed: bool) -> str:
        """Return how many rows aren't listed and why: too many, or nothing to measure."""
        t = self.t
        told = []
        if summed:
            told.append(t("print-figures-summed", n=len(order)))
        elif listed < len(order):
            missed = sum(row["met"] is False for row in order[listed:])
            told.append(t("print-figures-more", n=len(order) - listed, missed=missed))
        if len(absent) > FEW_ABSENT:
            told.append(t("print-figures-absent", n=len(absent)))
        return t("print-stop").join(told)

    def _is_share(self, item: Indicator) -> bool:
        if item.roll_up is not None:
            source = self.regulation.indicators.get(self.regulation.latest(item.of.table))
            return source is not None and self._is_share(source)
        return item.measure == "share" or (item.measure == "rate" and item.per_each is None)

    def _shown(self, item: Indicator, value: object) -> str:
        """Return a figure: shares in percent, marks as a dash."""
        number = number_or_none(value)
        if number is None:
            return "—"
        if self._is_share(item):
            return f"{self.t.number(Fraction(number) * 100)}%"
        return self.t.number(Fraction(number))

    def _figure(self, item: Indicator, to: str, row: Record) -> PrintedFigure:
        t = self.t
        met = row["met"]
        reached = t("print-reached-yes" if met else "print-reached-no") if isinstance(met, bool) else ""
        return PrintedFigure(
            self._name(to, row["about"]),
            say(period_words(str(row["period"]), self.regulation.calendar), t),
            self._plain(row["part"]),
            self._plain(row["whole"]),
            self._shown(item, row["value"]),
            "" if number_or_none(row["target"]) is None else self._shown(item, row["target"]),
            reached,
        )

    def _plain(self, value: object) -> str:
        number = number_or_none(value)
        return "—" if number is None else self.t.number(Fraction(number))

    def _name(self, to: str, about: str) -> str:
        if about in self.tree.places:
            return self._title(about)
        label = self.opened.labels.of(to if self.opened.labels.form_of(to) is not None else WORKER, about)
        return " ".join(filter(None, (label.plate, label.name)))

    def _place_of(self, to: str, about: str) -> str:
        """Return where the subject of a figure belongs: itself, where it is at home, or where its last post was."""
        if about in self.tree.places:
            return about
        if to != WORKER and self.opened.labels.form_of(to) is not None:
            return self.opened.labels.of(to, about).place or self.place.id
        return self._posts.get(about, self.place.id)

    @cached_property
    def _posts(self) -> Mapping[str, str]:
        workers = {str(row["worker"]) for row in records(self.evaluation, HOLDER)}
        found = {}
        for worker in workers:
            posts = held(self.opened, worker)
            if posts:
                found[worker] = str(posts[-1]["place"])
        return found

    def _compared(self, item: Indicator, to: str, rows: list[Record]) -> Iterator[PrintedCompared]:
        t = self.t
        for part in [*self.parts, None]:
            own = [row for row in rows if part is None or self._lies(self._place_of(to, row["about"]), part)]
            yield self._together(item, t("print-all-places") if part is None else self._title(part.id), own)

    def _summed(self, item: Indicator, rows: list[Record]) -> Iterator[PrintedCompared]:
        """Yield the figures of each window together, where there are too many to list."""
        for window in sorted({str(row["period"]) for row in rows}):
            title = say(period_words(window, self.regulation.calendar), self.t)
            yield self._together(item, title, [row for row in rows if row["period"] == window])

    def _together(self, item: Indicator, title: str, rows: list[Record]) -> PrintedCompared:
        """Return how many figures there are, their average, and how many reach the target."""
        t = self.t
        values = [Fraction(one) for row in rows if (one := number_or_none(row["value"])) is not None]
        judged = [row["met"] for row in rows if isinstance(row["met"], bool)]
        return PrintedCompared(
            title,
            t.number(len(values)),
            self._shown(item, sum(values, Fraction(0)) / len(values) if values else None),
            t("print-of", n=sum(judged), all=len(judged)) if judged else "",
        )

    # ---- duties ----------------------------------------------------------------------------------------------------
    @cached_property
    def _counts(self) -> Mapping[str, Mapping[str, Counter[State]]]:
        """What became of each duty's occurrences, by place below; "" for those that are of the whole place.

        What is owed for an event is of the place where the one is at home whom it is about, else of the owner's post.
        """
        found: dict[str, dict[str, Counter[State]]] = {}
        for duty in self._in_force(self.regulation.duties.values()):
            own = found[duty.id] = {}
            for one in occurrences(self.evaluation, duty):
                if one.state is not State.UPCOMING:
                    own.setdefault(self._part_of(one), Counter())[one.state] += 1
        return found

    def _part_of(self, one: Occurrence) -> str:
        event = one.of_type in self.regulation.forms
        about = self.opened.labels.of(one.about_type, one.about).place if event and one.about else ""
        for place in (one.place, about, self._posts.get(one.owner, "") if event else ""):
            part = next((part.id for part in self.parts if self._lies(place, part)), "")
            if part:
                return part
        return ""

    @cached_property
    def _all_counts(self) -> Mapping[str, Counter[State]]:
        found: dict[str, Counter[State]] = {}
        for own in self._counts.values():
            for part, counted in own.items():
                found.setdefault(part, Counter()).update(counted)
        return found

    def _duties(self) -> Iterator[PrintedDuty]:
        for name, counted in self._counts.items():
            if counted:
                duty = self.regulation.duties[name]
                yield self._duty(self.t.text(duty.heading.title) or name, self._clause(duty.heading), counted)

    def _duty(self, title: str, clause: str, counted: Mapping[str, Counter[State]]) -> PrintedDuty:
        rows = [self._row(self._title(one.id), counted[one.id]) for one in self.parts if one.id in counted]
        if "" in counted and rows:
            rows.append(self._row(self.t("print-place-itself"), counted[""]))
        whole: Counter[State] = sum(counted.values(), Counter())
        return PrintedDuty(title, clause, (*rows, self._row(self.t("print-all-places"), whole)))

    def _row(self, name: str, counted: Counter[State]) -> PrintedCounts:
        t = self.t
        done = sum(counted[one] for one in _DONE)
        ended = done + counted[State.MISSED]
        return PrintedCounts(
            place=name,
            owed=t.number(counted.total()),
            met=t.number(counted[State.MET]),
            late=t.number(counted[State.LATE]),
            missed=t.number(counted[State.MISSED]),
            waived=t.number(counted[State.WAIVED]),
            open=t.number(sum(counted[one] for one in _PENDING)),
            share=f"{t.number(Fraction(done * 100, ended))}%" if ended else "—",
        )

    # ---- for machines ----------------------------------------------------------------------------------------------
    def _json(self, as_of: datetime) -> str:
        """Return the outcome's rows of appraisals and indicators, and what became of duties, as canonical JSON."""
        named = [*self.regulation.appraisals, *self.regulation.indicators]
        duties = {
            duty: {
                place or self.place.id: {str(state): n for state, n in own.items()}
                for place, own in counted.items()
            }
            for duty, counted in self._counts.items()
        }
        return canonical_json(
            {
                "format": FORMAT,
                "place": self.place.id,
                "period": self.opened.period,
                "as_of": outcome_json(as_of),
                "revision": self.regulation.revision,
                "ledger": self.ledger,
                "tables": {name: self._table(name) for name in named if self.evaluation.has(name)},
                "duties": duties,
            }
        )

    def _table(self, name: str) -> dict[str, Any]:
        columns = [column.name for column in self.evaluation.schema(name).columns]
        rows = ([outcome_json(value) for value in row] for row in self.evaluation.rows(name).values())
        return {"columns": columns, "rows": sorted(rows, key=str)}


def _code(document: ReportDocument) -> str:
    """Return a code that is the same for each print of the same report, in any language."""
    digest = sha256(document.json.encode()).hexdigest().upper()
    return "-".join(digest[at : at + 4] for at in (0, 4, 8))
