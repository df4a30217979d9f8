"""My score: what a person has so far, by section and item, and why."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.core.numbers import normal
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.domain.kinds.sheet import Item, Sheet
from app.domain.kinds.versions import whole_of
from app.domain.membership import HOLDER
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.domain.zones import date_of
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.appraising.closing import Closing
from app.services.appraising.composition import Composition
from app.services.appraising.held_back import held_back
from app.services.appraising.part_reasons import part_reason
from app.services.appraising.posts import held_posts
from app.services.appraising.score_views import ItemView, NextGrade, ScoreView, SheetView, StandingView
from app.services.appraising.wallet_views import wallets_of
from app.services.appraising.windows import MOST_WINDOWS, lies_in, named, read_name, windows_of, year_of
from app.services.evaluate import Evaluation
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.people import require, sees_place
from app.services.ports import Clock
from app.services.reasons.reasons import ItemReason, Reasons
from app.services.reasons.records import Record, as_record, number_or_none, records, text_or_none
from app.services.year_forms import PERIOD, sheets_of

MOST_YEARS = 5
"""How many years back a score can be asked for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An evaluation that an actor may look at; `since` is the day of the first record of work.

    Of a closed year it is the one that was closed, under its own regulation. `today` has the tables of the same year as
    they are now, where they are others: the course of a year goes on after its results stand. `ledger` is the hash of
    the entries that a closed year follows from.
    """

    actor: Actor
    community: Community
    evaluation: Evaluation
    period: str
    labels: Labels
    since: date | None = None
    today: Evaluation | None = None
    ledger: str = ""

    @property
    def regulation(self) -> Regulation:
        """The regulation in force, or under which the year was closed."""
        return self.community.regulation

    @property
    def at_work(self) -> Evaluation:
        """The tables of the year with all that has been recorded since."""
        return self.evaluation if self.today is None else self.today

    def holds(self, label: object) -> bool:
        """Whether an answer names this period, or a window in it."""
        return isinstance(label, str) and lies_in(label, self.evaluation.period, self.regulation.calendar)


@dataclass(frozen=True, slots=True)
class Standing:
    """An appraisal in which somebody stands, and whom it is about: the person, an appointment of theirs, a place."""

    appraisal: Appraisal
    about: str

    @property
    def key(self) -> str:
        """What names it in an address."""
        return f"{self.appraisal.id}:{self.about}"


class ScoresService:
    """Shows scores: one's own to everybody, those of others with SEE_SCORES at their place."""

    def __init__(
        self, live: LiveCommunities, resolve: Resolve, clock: Clock, closing: Closing | None = None
    ) -> None:
        """Keep the ports, and what knows of closed periods."""
        self._closing = closing
        self._live = live
        self._resolve = resolve
        self._clock = clock
        self._firsts: dict[tuple[str, int], date | None] = {}

    async def open(self, ref: ActorRef, period: str | None) -> Opened:
        """Return the evaluation of a year (None: the running one), or of that in which a window lies.

        A closed year is shown as it was closed. Raises DeniedError and ProblemError E511, E592.
        """
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        regulation = community.regulation
        label = community.evaluation.period.label
        if period:
            label = year_of(period, regulation.appraisals.values(), regulation.calendar)
        evaluation = await self._live.other_period(actor.community, label)
        first = self._first_work(community)
        return await as_shown(
            self._closing, Opened(actor, community, evaluation, label, Labels(evaluation, now), first), now
        )

    def held(self, opened: Opened) -> AbstractContextManager[None]:
        """Leave the tables as they are while a thread reads them."""
        return self._live.held(opened.evaluation)

    def _first_work(self, community: Community) -> date | None:
        """Return the day of the first record of work, files and appointments aside; kept until another entry comes."""
        key = (community.place, community.number)
        if key not in self._firsts:
            forms = community.regulation.forms
            files = {form.id for form in forms.values() if form.describes is not None}
            zone = community.regulation.calendar.zone
            days = [entry.at for entry in community.entries.values() if entry.form not in files]
            first = date_of(zone, min(days)) if days else None
            self._firsts = {**{k: v for k, v in self._firsts.items() if k[0] != key[0]}, key: first}
        return self._firsts[key]

    async def overview(
        self, ref: ActorRef, person: str | None = None, period: str | None = None, of: str = ""
    ) -> ScoreView:
        """Return a person's score (None: one's own). Raises DeniedError `not_permitted`, ProblemError E511.

        `of` names one of the appraisals that the person stands in, as `Standing.key` does; the first one where it
        names none of the year.
        """
        opened = await self.open(ref, period)
        who = person or opened.actor.person
        require_sight(opened, who)
        return score_view(opened, who, self._clock(), standing(opened, who, of))

    async def traced(self, ref: ActorRef, appraisal: str, about: str, period: str) -> tuple[str, str]:
        """Return whose a printed appraisal is, and the name of the standing: one's own person, or one that is seen.

        Raises DeniedError `not_permitted` for what the actor may not see, ProblemError E511.
        """
        opened = await self.open(ref, period)
        own = opened.actor.person
        who = own if about in abouts(opened, own) else worker_of(opened, about)
        if about in opened.regulation.places.places and who != own:
            zone = opened.regulation.calendar.zone
            until = opened.evaluation.period.end
            there = [row for row in records(opened.evaluation, HOLDER) if row["place"] == about]
            there = [row for row in there if date_of(zone, row["start"]) < until]
            who = max(there, key=lambda row: row["start"])["worker"] if there else about
        require_sight(opened, who)
        return who, f"{appraisal}:{about}"

    async def reason(
        self,
        ref: ActorRef,
        sheet: str,
        path: tuple[str, ...],
        person: str | None = None,
        period: str | None = None,
        of: str = "",
    ) -> ItemReason | None:
        """Return why an item of a sheet has its points; None when there is no such item. Raises as `overview`.

        `sheet` names one of several windows as `SheetView.name` does.
        """
        opened = await self.open(ref, period)
        who = person or opened.actor.person
        require_sight(opened, who)
        own, window = read_name(sheet, opened.period)
        stands = standing(opened, who, of)
        first = () if stands is None else (stands.about,)
        for about in dict.fromkeys((*first, *abouts(opened, who))):
            if own in opened.regulation.sheets and _row(opened.evaluation, own, about, window):
                return Reasons(opened.evaluation, own, about, window).reason(path)
        return None

    async def part(
        self,
        ref: ActorRef,
        path: tuple[str, ...],
        person: str | None = None,
        period: str | None = None,
        of: str = "",
    ) -> ItemReason | None:
        """Return why a part of a score has its points; None when there is no such part. Raises as `overview`."""
        opened = await self.open(ref, period)
        who = person or opened.actor.person
        require_sight(opened, who)
        found = standing(opened, who, of)
        if found is None:
            return None
        return part_reason(opened.evaluation, found.appraisal, found.about, opened.period, path)


async def as_shown(closing: Closing | None, opened: Opened, now: datetime) -> Opened:
    """Return a year as it is shown: a closed one as it was closed. Raises ProblemError E592, DecisionError."""
    place = opened.community.place
    closed = None if closing is None else await closing.closed(place, opened.period)
    if closing is None or closed is None:
        return opened
    tables = await closing.tables(opened.community, closed)
    return replace(
        opened,
        community=replace(opened.community, regulation=tables.regulation),
        evaluation=tables,
        labels=Labels(tables, now),
        today=opened.evaluation,
        ledger=closed.ledger,
    )


# ---- who may see what ----------------------------------------------------------------------------------------------
def require_sight(opened: Opened, person: str) -> None:
    """Raise DeniedError unless it is oneself, or the actor sees scores at a place where the person holds a post."""
    if person == opened.actor.person:
        return
    require(opened.actor, Permission.SEE_SCORES)
    places = {row["place"] for row in records(opened.evaluation, HOLDER) if row["worker"] == person}
    if not any(sees_place(opened.actor, place, opened.regulation) for place in places):
        raise DeniedError("not_permitted")


def abouts(opened: Opened, person: str) -> list[str]:
    """Return whom sheets can be about: the person, the person's appointments in the period, the places they are at."""
    posts = held(opened, person)
    return list(dict.fromkeys([person, *(row["subject"] for row in posts), *(row["place"] for row in posts)]))


def worker_of(opened: Opened, about: str) -> str:
    """Return the person of an appointment; a person or a place as it is."""
    if about in opened.regulation.places.places or about in opened.labels.all(WORKER):
        return about  # nearly always: a ranking asks of everybody, and all appointments needn't be read each time
    key = next(
        (row["worker"] for row in records(opened.evaluation, HOLDER) if row["subject"] == about), about
    )
    return str(key)


def name_of(opened: Opened, about: str) -> str | Texts:
    """Return what somebody who is assessed is called: by the person's name, a place by its titles."""
    if about in opened.regulation.places.places:
        return opened.labels.place(about)
    return opened.labels.of(WORKER, worker_of(opened, about)).name


def posts_in(opened: Opened, stands: Standing) -> list[Record]:
    """Return the appointments of the period that a standing is about, oldest first; all where it names no post."""
    posts = held(opened, worker_of(opened, stands.about))
    each = stands.appraisal.for_each
    if each.post is not None:
        return [row for row in posts if row["subject"] == stands.about]
    own = [row for row in posts if row["role"] == each.role]
    return own or posts


def held(opened: Opened, person: str) -> list[Record]:
    """Return the appointments of a person that overlap the period, oldest first."""
    period = opened.evaluation.period
    zone = opened.regulation.calendar.zone
    found = [
        row
        for row in records(opened.evaluation, HOLDER)
        if row["worker"] == person
        and date_of(zone, row["start"]) < period.end
        and (row["end"] is None or date_of(zone, row["end"]) > period.start)
    ]
    return sorted(found, key=lambda row: row["start"])


def answers_for(opened: Opened, person: str, place: str, sheet: Sheet) -> bool:
    """Whether a place's sheet is also the score of somebody there: of whose role a duty behind the sheet is owed."""
    roles = {row["role"] for row in held(opened, person) if row["place"] == place}
    regulation = opened.regulation
    tables = [line.source.table for item in sheet.items for line in item.lines if line.source is not None]
    behind = [version for table in tables for version in regulation.versions(table)]
    return any(regulation.duties[one].owed_by_role in roles for one in behind if one in regulation.duties)


# ---- the view ------------------------------------------------------------------------------------------------------
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
    row = _row(evaluation, stands.appraisal.id, own, period) if stands is not None else None
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
        if _row(opened.evaluation, sheet.id, about, window) is not None
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


def standings(opened: Opened, person: str) -> tuple[Standing, ...]:
    """Return the appraisals that somebody stands in: those about the person first, then by appointment and place.

    What nobody can be assessed in (`not_eligible`) comes last.
    """
    found = [
        (str(row["state"]) == "not_eligible", Standing(appraisal, about))
        for about in abouts(opened, person)
        for appraisal in opened.regulation.appraisals.values()
        if (row := _row(opened.evaluation, appraisal.id, about, opened.period)) is not None
        and (about not in opened.regulation.places.places or _answers(opened, person, about, appraisal))
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _answers(opened: Opened, person: str, place: str, appraisal: Appraisal) -> bool:
    """Whether the appraisal of a place is somebody's there, too: of any sheet of it, where it rests on some."""
    sheets = sheets_of(appraisal, opened.regulation)
    return person == place or not sheets or any(answers_for(opened, person, place, one) for one in sheets)


def standing(opened: Opened, person: str, of: str = "") -> Standing | None:
    """Return the appraisal that `of` names among those somebody stands in, else the first; None where there is none."""
    every = standings(opened, person)
    return next((one for one in every if one.key == of), next(iter(every), None))


def never_opened(opened: Opened, appraisal: Appraisal | None, now: datetime) -> bool:
    """Whether a year that is over never went through its appraisal's course: what is worked out of it is no result."""
    course = None if appraisal is None else opened.regulation.procedures.get(appraisal.course or "")
    if course is None or date_of(opened.regulation.calendar.zone, now) < opened.evaluation.period.end:
        return False
    return all(row.get(PERIOD) != opened.period for row in records(opened.at_work, course.matter))


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


def years_of(opened: Opened, now: datetime) -> tuple[str, ...]:
    """Return the years that can be looked at, the newest first: since the first record of work, five at most."""
    last = date_of(opened.regulation.calendar.zone, now).year
    since = opened.since.year if opened.since is not None else last
    first = max(min(since, last), last - MOST_YEARS + 1)
    return tuple(str(year) for year in range(last, first - 1, -1))


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


def _row(evaluation: Evaluation, table: str, about: str, period: str) -> Record | None:
    row = evaluation.rows(table).get((about, period)) if evaluation.has(table) else None
    return None if row is None else as_record(evaluation, table, row)


def _sheet(evaluation: Evaluation, sheet: Sheet, about: str, period: str) -> SheetView:
    row = _row(evaluation, sheet.id, about, period) or {}
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
