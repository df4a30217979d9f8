"""The ranking of an appraisal: grades and who has them, what is missing, the distribution, the findings."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from statistics import median

from app.domain.core.numbers import normal
from app.domain.core.values import Number
from app.domain.kinds.appraisal import Appraisal, Grade, Quota
from app.domain.kinds.common import Clause, Texts
from app.domain.kinds.duty import State
from app.domain.kinds.links import WORKER
from app.domain.kinds.sheet_plan import items_table
from app.domain.period import parse_period
from app.domain.zones import date_of
from app.services.appraising.behind import items_by_duty
from app.services.appraising.held_back import HeldBack, held_back
from app.services.appraising.opened import Opened, never_opened, years_of
from app.services.appraising.posts import HeldPost, held_posts
from app.services.appraising.standings import Standing, posts_in, worker_of
from app.services.reasons.records import Record, number_or_none, records, text_or_none

BINS = 10
"""Bars of the distribution, over 0 to 100."""


@dataclass(frozen=True, slots=True)
class RankRow:
    """Somebody's place in the ranking. `score` None: not computable; `state` says why.

    `open` is how much of theirs that counts in the score is overdue, `item` the first item that it counts in, as the
    score's page calls it; "" where that is no item of the whole year. `held_back`: why there isn't the grade that the
    points reach.
    """

    about: str
    person: str | None
    name: str
    place: Texts
    rank: int | None
    score: Number | None
    state: str
    lacking: tuple[Texts, ...]
    open: int
    item: str = ""
    held_back: HeldBack | None = None
    posts: tuple[HeldPost, ...] = ()
    """The posts that it is about, where that isn't one alone that was held all of the period."""


@dataclass(frozen=True, slots=True)
class GradeBand:
    """Those who have a grade. `title` None: no grade. `quota`: how many may have it, None without a quota."""

    title: Texts | None
    at_least: Number | None
    quota: int | None
    rows: tuple[RankRow, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding on somebody, from the rules that judge this appraisal."""

    title: Texts
    about: str
    name: str
    praise: bool
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class AppraisalView:
    """An appraisal of a period. `bins` count scores by tenths of the maximum; no scores, no `average`.

    `begun` is the day of the first record of work where that isn't before the period: of it nothing whole is known.
    `unopened` as in `ScoreView`: the year is over and nobody opened it, so this ranking is no result.
    """

    id: str
    title: Texts
    place: Texts
    period: str
    years: tuple[str, ...]
    finished: bool
    ends: date
    as_of: datetime
    bands: tuple[GradeBand, ...]
    bins: tuple[int, ...]
    average: Number | None
    middle: Number | None
    findings: tuple[FindingView, ...]
    begun: date | None = None
    unopened: bool = False

    @property
    def rows(self) -> tuple[RankRow, ...]:
        """Everybody, best first."""
        return tuple(row for band in self.bands for row in band.rows)

    @property
    def decimals(self) -> int:
        """How many decimals the scores are told with, two at most, so that their points stand one below the other."""
        scores = [Fraction(row.score) for row in self.rows if row.score is not None]
        return max(
            (next((n for n in (0, 1) if (one * 10**n).denominator == 1), 2) for one in scores), default=0
        )


# ---- the view ------------------------------------------------------------------------------------------------------
def appraisal_view(opened: Opened, appraisal: Appraisal, now: datetime) -> AppraisalView:
    """Return an appraisal's ranking and what belongs to it; nothing is checked here."""
    period = parse_period(opened.period, opened.regulation.calendar)
    rows = [row for row in records(opened.evaluation, appraisal.id) if row["period"] == opened.period]
    items = items_by_duty(opened.regulation, appraisal, period.start)
    owed = _overdue(opened, items)
    lacking = _lacking(opened, appraisal)
    made = {
        row["about"]: replace(
            _rank_row(opened, appraisal, row, lacking, owed, items),
            held_back=held_back(appraisal, row, period.start),
        )
        for row in rows
    }
    bands = tuple(_bands(appraisal, rows, made, period.start))
    scores = [Fraction(row.score) for row in made.values() if row.score is not None]
    bins = [0] * BINS
    for score in scores:
        bins[max(0, min(BINS - 1, int(score * BINS / 100)))] += 1
    return AppraisalView(
        appraisal.id,
        appraisal.heading.title or {"zh": appraisal.id},
        opened.labels.place(opened.actor.community),
        opened.period,
        years_of(opened, now),
        date_of(opened.regulation.calendar.zone, now) >= period.end,
        period.end,
        opened.evaluation.as_of or now,
        bands,
        tuple(bins),
        normal(sum(scores, Fraction(0)) / len(scores)) if scores else None,
        normal(Fraction(median(scores))) if scores else None,
        tuple(findings_of(opened, appraisal)),
        opened.since if opened.since is not None and opened.since > period.start else None,
        never_opened(opened, appraisal, now),
    )


def _rank_row(
    opened: Opened,
    appraisal: Appraisal,
    row: Record,
    lacking: dict[str, list[Texts]],
    owed: Mapping[str, Mapping[str, int]],
    items: Mapping[str, str],
) -> RankRow:
    about = row["about"]
    is_place = about in opened.regulation.places.places
    posts = [] if is_place else posts_in(opened, Standing(appraisal, about))
    place = about if is_place else posts[-1]["place"] if posts else ""
    name = "" if is_place else opened.labels.of(WORKER, worker_of(opened, about)).name
    rank = number_or_none(row["rank"])
    held = held_posts(posts, opened.evaluation.period, opened.regulation, opened.labels)
    return RankRow(
        about,
        None if is_place else worker_of(opened, about),
        name,
        opened.labels.place(place) if place else {},
        int(rank) if rank is not None else None,
        number_or_none(row["score"]),
        str(row["state"]),
        tuple(lacking.get(about, ())),
        sum(owed.get(about, {}).values()),
        next((items[duty] for duty in owed.get(about, {}) if items[duty]), ""),
        posts=() if len(held) == 1 and held[0].whole else held,
    )


def _overdue(opened: Opened, duties: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
    """Return for each person how many occurrences of which duties are overdue."""
    found: dict[str, Counter[str]] = {}
    for duty in duties:
        for row in records(opened.evaluation, duty) if opened.evaluation.has(duty) else ():
            if row["state"] == State.OVERDUE.value and isinstance(row["owner"], str):
                found.setdefault(row["owner"], Counter())[duty] += 1
    return found


def _lacking(opened: Opened, appraisal: Appraisal) -> dict[str, list[Texts]]:
    """Return by person the titles of the items that can't be computed."""
    found: dict[str, list[Texts]] = {}
    tables = [version for part in appraisal.parts for version in opened.regulation.versions(part.table or "")]
    for table in tables:
        sheet = opened.regulation.sheets.get(table)
        if sheet is None:
            continue
        titles = {item.id: item.title or {"zh": item.id} for item in sheet.items}
        for row in records(opened.evaluation, items_table(sheet.id)):
            lacks = row["state"] == "not_computable" and row["item"] in titles
            if lacks and opened.holds(row["period"]):
                known = found.setdefault(row["about"], [])
                known += [titles[row["item"]]] if titles[row["item"]] not in known else []
    return found


def _bands(
    appraisal: Appraisal, rows: list[Record], made: dict[str, RankRow], day: date
) -> Iterator[GradeBand]:
    """Yield the grades, best first, with who has them; then those without a grade."""
    ranked = sum(row.score is not None for row in made.values())
    for grade in appraisal.grades:
        members = sorted(
            (made[row["about"]] for row in rows if text_or_none(row["grade"]) == grade.id), key=_by_rank
        )
        bound = number_or_none(grade.at_least.on(day)) if grade.at_least is not None else None
        counted = ranked if grade.quota is None else _counted(appraisal, grade.quota, rows, ranked)
        yield GradeBand(grade.title or {"zh": grade.id}, bound, quota_of(grade, counted, day), tuple(members))
    ids = {grade.id for grade in appraisal.grades}
    rest = sorted((made[row["about"]] for row in rows if text_or_none(row["grade"]) not in ids), key=_by_rank)
    if rest:
        yield GradeBand(None, None, None, tuple(rest))


def _counted(appraisal: Appraisal, quota: Quota, rows: list[Record], ranked: int) -> int:
    """Return of how many people a quota is a share: of all with a score, or of those with a grade or a better one."""
    if quota.of is None:
        return ranked
    ids = [grade.id for grade in appraisal.grades]
    better = ids[: ids.index(quota.of) + 1]
    return sum(text_or_none(row["grade"]) in better for row in rows)


def quota_of(grade: Grade, ranked: int, day: date) -> int | None:
    """Return how many of `ranked` people may have a grade; None without a quota, or where each group has its own."""
    if grade.quota is None or grade.quota.within:
        return None
    top = number_or_none(grade.quota.top.on(day))
    if top is None:
        return None
    places = Fraction(top) * (1 if top >= 1 else ranked)
    whole = -(-places.numerator // places.denominator) if grade.quota.round_up else int(places)
    return max(whole, grade.quota.at_least)


def _by_rank(row: RankRow) -> tuple[int, str]:
    return (row.rank if row.rank is not None else 10**9, row.about)


def findings_of(opened: Opened, appraisal: Appraisal, about: str | None = None) -> Iterator[FindingView]:
    """Yield what the rules over this appraisal found in the period, on everybody or on one."""
    for rule in opened.regulation.rules.values():
        source = rule.for_each.source
        if source is None or source.table != appraisal.id:
            continue
        for row in records(opened.evaluation, rule.id):
            if row.get("period") != opened.period or about not in {None, row["about"]}:
                continue
            yield FindingView(
                rule.then.title or rule.heading.title or {"zh": rule.id},
                row["about"],
                opened.labels.of(WORKER, worker_of(opened, row["about"])).name,
                rule.then.praise,
                rule.heading.clause,
            )
