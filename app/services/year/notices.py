"""Notices of a year: what it asks or no longer asks of somebody, what a decision changed, which appeal waits for whom.

They are told for a while and go once they were seen, or done. What changed is worked out for those alone whom it
touches.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.core.values import Number
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.procedure import Procedure
from app.domain.zones import date_of
from app.i18n import LANGUAGES, Translator
from app.services.actor import Actor, ActorRef
from app.services.live import Community, LiveCommunities
from app.services.notices import Link, Notice
from app.services.ports import Clock
from app.services.year.effects import Touched
from app.services.year.own_tasks import OwnTask
from app.services.year.year import AppealView, YearService
from app.services.year_forms import PERIOD

TOLD_FOR: Final = timedelta(days=60)
"""How long a decision is told of."""


class YearNotices:
    """What somebody is told of a year."""

    def __init__(self, year: YearService, live: LiveCommunities, clock: Clock) -> None:
        """Keep what reads years."""
        self._year = year
        self._live = live
        self._clock = clock

    async def of(self, ref: ActorRef, actor: Actor, community: Community) -> Sequence[Notice]:
        """Return what is asked of the actor, the decisions that touch it, the open appeals on which it decides."""
        now = self._clock()
        found: list[Notice] = []
        for period in _under_way(community, now - TOLD_FOR):
            tasks = await self._year.own_tasks(ref, period)
            found += [_asked(community, task) for task in tasks]
        for course, entry in _recent(community, now - TOLD_FOR):
            view = await self._year.seen_by(ref, entry.id)
            if view is None:
                continue
            record = view.record
            if record.decision is not None:
                own = (one for one in view.touched if one.about == actor.person)
                found += [_decided(community, course, view, one) for one in own]
                if view.person == actor.person and not view.touched:
                    found.append(_stays(community, course, view))
            elif view.may_decide:
                found.append(_waits(community, course, view))
        return found


def _recent(community: Community, since: datetime) -> Iterator[tuple[Procedure, Entry]]:
    """Yield the appeals since an instant, and those decided since then."""
    regulation = community.regulation
    names = dict.fromkeys(
        one.appeal.course
        for one in regulation.appraisals.values()
        if one.appeal is not None and one.appeal.course
    )
    for name in names:
        course = regulation.procedures[regulation.latest(name)]
        schema = community.evaluation.schema(course.id)
        matter, start = schema.position("matter"), schema.position("start")
        ids = {row[matter] for row in community.evaluation.rows(course.id).values() if row[start] >= since}
        yield from ((course, community.entries[one]) for one in sorted(ids) if one in community.entries)


def _under_way(community: Community, since: datetime) -> Iterator[str]:
    """Yield the years, by label, whose course went on since an instant."""
    regulation = community.regulation
    names = dict.fromkeys(one.course for one in regulation.appraisals.values() if one.course)
    labels: dict[str, None] = {}
    for name in names:
        course = regulation.procedures[regulation.latest(name)]
        schema = community.evaluation.schema(course.id)
        matter, start = schema.position("matter"), schema.position("start")
        for row in community.evaluation.rows(course.id).values():
            entry = community.entries.get(str(row[matter]))
            label = None if entry is None or row[start] < since else entry.answers.get(PERIOD)
            if isinstance(label, str):
                labels[label] = None
    yield from sorted(labels)


def _asked(community: Community, task: OwnTask) -> Notice:
    """Return the notice of something that a year asks of somebody."""
    zone = ZoneInfo(community.regulation.calendar.zone)
    name = f"{task.year}\0{task.appraisal.id}\0{task.sort}\0{task.form}\0{task.at.isoformat()}"
    links = {
        "form": Link("summary", task.period, task.form),
        "marks": Link("marks", task.period),
        "excused": Link("marks", task.period),
        "public": Link("year", task.period),
    }
    return Notice(
        id=hashlib.sha256(name.encode()).hexdigest()[:32],
        rule=task.appraisal.id,
        title={language: _asked_words(Translator(language).at(zone), task) for language in LANGUAGES},
        whom="",
        door="",
        place=community.regulation.place.title,
        at=task.at,
        day=date_of(community.regulation.calendar.zone, task.at),
        clause=task.appraisal.heading.clause,
        link=links[task.sort],
    )


def _asked_words(t: Translator, task: OwnTask) -> str:
    year = t("score-year", year=task.period)
    if task.sort == "form":
        return t("year-notice-form", year=year, form=t.text(task.title or {}))
    if task.sort == "marks":
        return t("year-notice-marks", year=year, n=task.n)
    if task.sort == "excused":
        whom = task.whom if isinstance(task.whom, str) else t.text(task.whom)
        return (
            t("year-notice-excused-of", year=year, whom=whom) if whom else t("year-notice-excused", year=year)
        )
    return t("year-notice-public", year=year, at="" if task.until is None else t.last(task.until))


def _notice(
    community: Community, course: Procedure, view: AppealView, at: datetime, title: Texts, sort: str
) -> Notice:
    entry = view.record.entry
    name = f"{course.id}\0{entry.id}\0{sort}\0{at.isoformat()}"
    whom = view.name
    return Notice(
        id=hashlib.sha256(name.encode()).hexdigest()[:32],
        rule=course.id,
        title=title,
        whom=whom,
        door="",
        place=community.regulation.place.title,
        at=at,
        day=date_of(community.regulation.calendar.zone, at),
        clause=course.heading.clause,
        link=Link("appeal", entry.id),
    )


def _decided(community: Community, course: Procedure, view: AppealView, one: Touched) -> Notice:
    decision = view.record.decision
    at = view.record.entry.at if decision is None else decision.at
    title = {language: _why_words(Translator(language), view, one) for language in LANGUAGES}
    return _notice(community, course, view, at, title, f"touched {one.about}")


def _why_words(t: Translator, view: AppealView, one: Touched) -> str:
    """Return what changed for somebody and why: one's own appeal, or another's, whose name isn't told."""
    name = "year-notice-own" if one.about == view.person else "year-notice-other"
    return t(name, state=t.text(view.record.state_title), changes=changed_words(t, one))


def _stays(community: Community, course: Procedure, view: AppealView) -> Notice:
    decision = view.record.decision
    at = view.record.entry.at if decision is None else decision.at
    title = {
        language: Translator(language)(
            "year-notice-stays", state=Translator(language).text(view.record.state_title)
        )
        for language in LANGUAGES
    }
    return _notice(community, course, view, at, title, "stays")


def _waits(community: Community, course: Procedure, view: AppealView) -> Notice:
    title = {
        language: Translator(language)(
            "year-notice-waits",
            item=Translator(language).dotted(*map(Translator(language).text, view.record.titles)),
        )
        for language in LANGUAGES
    }
    return _notice(community, course, view, view.record.entry.at, title, "waits")


def changed_words(t: Translator, one: Touched) -> str:
    """Return what changed for somebody: score, grade, rank and money, each before and after."""
    parts = [t("year-changed-score", before=_points(t, one.before), after=_points(t, one.after))]
    if one.grade_before != one.grade_after:
        before, after = (t.text(grade) if grade else "—" for grade in (one.grade_before, one.grade_after))
        parts.append(t("year-changed-grade", before=before, after=after))
    if one.rank_before != one.rank_after:
        parts.append(
            t("year-changed-rank", before=str(one.rank_before or "—"), after=str(one.rank_after or "—"))
        )
    parts += [
        t(
            "year-changed-money",
            what=t.text(money.title),
            before=_points(t, money.before),
            after=_points(t, money.after),
            unit=money.unit,
        )
        for money in one.money
    ]
    if one.before == one.after:
        del parts[0]
    return t.dotted(*parts)


def _points(t: Translator, value: Number | None) -> str:
    return "—" if value is None else t.number(Fraction(value))
