"""The score of one person: what there is by sheet and item, which grade it makes, and what the next one takes."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.core.numbers import normal
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.domain.kinds.sheet import Item, Sheet
from app.domain.kinds.versions import whole_of
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.appraising.composition import Composition
from app.services.appraising.held_back import held_back
from app.services.appraising.opened import Opened, never_opened, years_of
from app.services.appraising.posts import held_posts
from app.services.appraising.score_views import ItemView, NextGrade, ScoreView, SheetView, StandingView
from app.services.appraising.standings import Standing, abouts, answers_for, held, posts_in, standings
from app.services.appraising.wallet_views import wallets_of
from app.services.appraising.windows import MOST_WINDOWS, named, windows_of
from app.services.evaluate import Evaluation
from app.services.reasons.reasons import Reasons
from app.services.reasons.records import Record, number_or_none, record_of, text_or_none
from app.services.year_forms import sheets_of


def score_view(opened: Opened, person: str, now: datetime, stands: Standing | None = None) -> ScoreView:
    """Return what a person has; nothing is checked here. `stands`: in which appraisal (None: the first one)."""
    evaluation, regulation, period = opened.evaluation, opened.regulation, opened.period
    every = standings(opened, person)
    stands = stands or next(iter(every), None)
    known = _known(opened, person, stands)
    own = stands.about if stands is not None else known[0][0] if known else person
    first = _order(stands.appraisal if stands is not None else None, regulation)
    sheets = sorted(
        ((sheet, window) for about, sheet, window in known if about == own),
        key=lambda pair: first(whole_of(pair[0].id)),
    )
    views = tuple(_sheet(evaluation, sheet, own, window) for sheet, window in sheets)
    row = record_of(evaluation, stands.appraisal.id, own, period) if stands is not None else None
    top = views[0] if views else None
    window = parse_period(period, regulation.calendar)
    head = (None, {}, "not_applicable", None) if top is None else (top.total, top.title, top.state, top.most)
    score, title, state, most = head
    if row is not None and stands is not None:
        score, title, state = (
            number_or_none(row["score"]),
            stands.appraisal.heading.title,
            str(row["state"]),
        )
        most = 100
    posts = held(opened, person) if stands is None else posts_in(opened, stands)
    return ScoreView(
        about=own,
        person=person,
        name=opened.labels.of(WORKER, person).name,
        period=period,
        finished=date_of(regulation.calendar.zone, now) >= window.end,
        as_of=evaluation.as_of or now,
        ends=window.end,
        years=years_of(opened, now),
        appraisal=stands.appraisal.id if stands is not None else None,
        title=title or {"zh": stands.appraisal.id if stands is not None else ""},
        score=score,
        most=most,
        bonus=number_or_none(row["bonus"]) if row is not None else None,
        state=state,
        grade=grade_title(stands.appraisal, row) if stands is not None and row is not None else None,
        next=_next_grade(stands.appraisal, row, window.start)
        if stands is not None and row is not None
        else None,
        sheets=views,
        wallets=tuple(wallet for about in abouts(opened, person) for wallet in wallets_of(evaluation, about)),
        parts=() if stands is None else Composition(evaluation, stands.appraisal, own, period).parts(),
        posts=held_posts(posts, evaluation.period, regulation, opened.labels),
        unopened=never_opened(opened, None if stands is None else stands.appraisal, now),
        standings=tuple(_standing_view(opened, one, shown=one == stands) for one in every),
    )


def _known(opened: Opened, person: str, stands: Standing | None) -> list[tuple[str, Sheet, str]]:
    """Return the sheets that somebody has, with whom each is about and its window.

    A sheet on which another of the person's appraisals rests, and this one doesn't, is shown with that one; and so is a
    sheet that rests on another one, such as its reward.
    """
    regulation = opened.regulation
    rests = {
        one.id: {sheet.id for sheet in sheets_of(one, regulation)} for one in regulation.appraisals.values()
    }
    own = rests.get(stands.appraisal.id, set()) if stands is not None else set()
    away = {one.appraisal.id for one in standings(opened, person)} - (
        {stands.appraisal.id} if stands is not None else set()
    )
    others = {name for one in away for name in rests[one]} - own
    shown = [
        (sheet, shown_windows(opened, sheet, appraised=any(sheet.id in one for one in rests.values())))
        for sheet in regulation.sheets.values()
        if stands is None or (sheet.id not in others and away.isdisjoint(_rests_on(sheet)))
    ]
    return [
        (about, sheet, window)
        for about in abouts(opened, person)
        for sheet, windows in shown
        for window in windows
        if record_of(opened.evaluation, sheet.id, about, window) is not None
        and (
            about not in opened.regulation.places.places
            or about == person
            or answers_for(opened, person, about, sheet)
        )
    ]


def _rests_on(sheet: Sheet) -> set[str]:
    """Return the tables that the lines of a sheet go through."""
    found, items = set(), list(sheet.items)
    while items:
        item = items.pop()
        items += item.items
        found |= {line.source.table for line in item.lines if line.source is not None}
    return found


def _standing_view(opened: Opened, stands: Standing, *, shown: bool) -> StandingView:
    each = stands.appraisal.for_each
    posts = posts_in(opened, stands) if each.post is not None or each.role is not None else []
    role = opened.regulation.roles.get(posts[-1]["role"]) if posts else None
    place = stands.about if stands.about in opened.regulation.places.places else ""
    place = posts[-1]["place"] if each.post is not None and posts else place
    return StandingView(
        stands.key,
        stands.appraisal.heading.title or {"zh": stands.appraisal.id},
        {} if role is None else role.heading.title,
        opened.labels.place(place) if place else {},
        shown,
    )


def shown_windows(opened: Opened, sheet: Sheet, *, appraised: bool) -> tuple[str, ...]:
    """Return the windows of a sheet that a score of the year shows; of one that nothing rests on no short ones."""
    found = windows_of(sheet, opened.evaluation.period, opened.regulation.calendar)
    return found if appraised or len(found) <= MOST_WINDOWS else ()


def grade_title(appraisal: Appraisal, row: Record) -> Texts | None:
    """Return the title of the grade that a row has; None when it has none."""
    grade = text_or_none(row["grade"])
    return next((item.title or {"zh": item.id} for item in appraisal.grades if item.id == grade), None)


def _next_grade(appraisal: Appraisal, row: Record, day: date) -> NextGrade | None:
    """Return the grade above the one that a row has; None for the best one, or without a grade."""
    ids = [item.id for item in appraisal.grades]
    grade, score = text_or_none(row["grade"]), number_or_none(row["score"])
    if grade not in ids or score is None or ids.index(grade) == 0:
        return None
    above = appraisal.grades[ids.index(grade) - 1]
    bound = number_or_none(above.at_least.on(day)) if above.at_least is not None else None
    if bound is None:
        return None
    return NextGrade(
        above.title or {"zh": above.id}, bound, normal(bound - score), held_back(appraisal, row, day)
    )


def _order(appraisal: Appraisal | None, regulation: Regulation) -> "_Order":
    """Return an order of sheets: the appraisal's parts, then its bonus, then the others as they are declared."""
    order: list[str] = []
    if appraisal is not None:
        order = [whole_of(sheet.id) for sheet in sheets_of(appraisal, regulation)]
    return _Order(tuple(order))


@dataclass(frozen=True, slots=True)
class _Order:
    """Where a sheet stands."""

    named: tuple[str, ...]

    def __call__(self, sheet: str) -> int:
        return self.named.index(sheet) if sheet in self.named else len(self.named)


def _sheet(evaluation: Evaluation, sheet: Sheet, about: str, period: str) -> SheetView:
    row = record_of(evaluation, sheet.id, about, period) or {}
    reasons = Reasons(evaluation, sheet.id, about, period)
    items = tuple(
        _item(item, path, found)
        for path, item in reasons.rows.walk()
        if (found := reasons.rows.row(path)) is not None
    )
    return SheetView(
        sheet.id,
        period,
        named(sheet.id, period, evaluation.period.label),
        sheet.heading.title or {"zh": sheet.id},
        number_or_none(row.get("points")),
        number_or_none(row.get("bonus")),
        number_or_none(row.get("total")),
        number_or_none(row.get("max")),
        str(row.get("state")),
        items,
        sheet.unit if sheet.unit.isupper() else "",
    )


def _item(item: Item, path: tuple[str, ...], row: Record) -> ItemView:
    depth = len(path) - (2 if path[0] == "bonus" and len(path) > 1 else 1)
    return ItemView(
        path,
        item.title or {"zh": item.id},
        number_or_none(row["points"]),
        number_or_none(row["max"]),
        str(row["state"]),
        depth,
        not item.items,
    )
