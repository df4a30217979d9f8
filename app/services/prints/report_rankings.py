"""The rankings of a place's report: who stands where, who is left out and why, and how communities compare."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.sheet import Eligibility
from app.domain.zones import start_of_day
from app.services.appraising.ranking import AppraisalView, RankRow, appraisal_view
from app.services.appraising.standings import held, worker_of
from app.services.prints.record import posts_of
from app.services.prints.report import (
    STREET,
    PrintedAverage,
    PrintedGroup,
    PrintedLeftOut,
    PrintedRank,
    PrintedRanking,
)
from app.services.prints.report_scene import ScenePart
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.reasons.records import Record, records

_NOTED: Final = frozenset({"over_quota", "undecided"})


class Rankings(ScenePart):
    """The rankings of one scene."""

    def all(self) -> Iterator[PrintedRanking]:
        """Yield the ranking of each appraisal, of one of shorter windows that of each of them."""
        for appraisal in self.scene.in_force(self.regulation.appraisals.values()):
            for window in sorted({str(row["period"]) for row in records(self.evaluation, appraisal.id)}):
                yield self._ranking(appraisal, window)

    def _ranking(self, appraisal: Appraisal, window: str) -> PrintedRanking:
        t = self.t
        view = appraisal_view(replace(self.opened, period=window), appraisal, self.scene.now)
        rows = {
            row["about"]: row for row in records(self.evaluation, appraisal.id) if row["period"] == window
        }
        title = t.text(view.title) or appraisal.id
        if window != self.opened.period:
            title = t.dotted(title, say(period_words(window, self.regulation.calendar), t))
        of_people = any(row.person is not None for row in view.rows)
        compared = self.scene.kind == STREET and of_people
        ranked = [row for row in view.rows if row.score is not None]
        return PrintedRanking(
            title=title,
            clause=self.scene.clause(appraisal.heading),
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
                if row.held_back is not None:
                    notes.append(t(row.held_back.words, grade=t.text(row.held_back.title)))
                key = tuple(self._group(path, rows[row.about]) for path in within)
                groups.setdefault(key, []).append(
                    PrintedRank(
                        "" if row.rank is None else str(row.rank),
                        row.name or self.scene.title(row.about),
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
        found = self.scene.tree.places.get(value)
        if found is None or not rest:
            return self.scene.title(value)
        of_place = {"level": found.level, "parent": found.parent or ""} | dict(found.profile)
        return str(of_place.get(rest, ""))

    def _left_out(self, appraisal: Appraisal, row: RankRow) -> PrintedLeftOut:
        t = self.t
        why = t("score-" + row.state.replace("_", "-"))
        if row.lacking and row.state == "not_computable":
            why = t("print-lacking", items=t.listed(t.text(one) for one in row.lacking))
        if row.state == "not_eligible" and appraisal.eligible is not None:
            why = t.dotted(why, self._not_eligible(appraisal.eligible, row.about))
        return PrintedLeftOut(
            row.name or self.scene.title(row.about), t.text(row.place) if row.name else "", why
        )

    def _not_eligible(self, eligible: Eligibility, about: str) -> str:
        """Return what is asked for that somebody doesn't meet, and how long the posts were held."""
        t, zone, period = self.t, self.regulation.calendar.zone, self.evaluation.period

        def edge(which: str) -> str:
            return t.day_of_year(period.start if which == "window_start" else period.end)

        asked = []
        if eligible.on is not None:
            at = start_of_day(zone, period.start if eligible.on == "window_start" else period.end)
            before = eligible.on != "window_start"
            posts = held(self.opened, worker_of(self.opened, about))
            there = any(
                row["start"] <= at
                and (row["end"] is None or (row["end"] >= at if before else row["end"] > at))
                for row in posts
            )
            if not there:
                asked.append(t("print-asked-present", day=edge(eligible.on)))
        if eligible.in_post is not None and not asked:
            length = say(self.scene.sentences.value(eligible.in_post), t)
            asked.append(t("print-asked-in-post", length=length, day=edge(eligible.at)))
        spans = t.listed(post.span for post in posts_of(self.opened, posts, t))
        return t.dotted(*asked, t("print-in-post", spans=spans) if spans else "")

    def _averages(self, ranked: list[RankRow], rows: Mapping[str, Record]) -> Iterator[PrintedAverage]:
        t = self.t
        for part in [*self.scene.parts, None]:
            found = [
                Fraction(row.score)
                for row in ranked
                if row.score is not None
                and (part is None or self.scene.lies(rows[row.about].get("place"), part))
            ]
            name = t("print-all-places") if part is None else self.scene.title(part.id)
            shown = (
                [t.number(one) for one in (sum(found, Fraction(0)) / len(found), min(found), max(found))]
                if found
                else ["—", "—", "—"]
            )
            yield PrintedAverage(name, t.number(len(found)), *shown)
