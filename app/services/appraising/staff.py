"""Staff: everybody who holds a post, with score, grade and what is owed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.core.values import Number
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import State
from app.domain.kinds.links import WORKER
from app.services.actor import ActorRef, Permission, Post
from app.services.appraising.opened import Opened, years_of
from app.services.appraising.person_score import score_view
from app.services.appraising.scores import ScoresService
from app.services.appraising.standings import Standing, abouts, posts_in, standings
from app.services.people import posts_at, require, sees_place
from app.services.ports import Clock
from app.services.reasons.records import records

OWED = (State.OVERDUE.value, State.MISSED.value, State.LATE.value)
"""What is counted for each person."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person in a post. `score` None and `scored` False: no sheet covers the post.

    `standing` names the appraisal that the post is assessed in, where the person stands in several; `unopened` as
    `ScoreView` has it.
    """

    person: str
    name: str
    role: Texts
    role_id: str
    place: Texts
    place_id: str
    score: Number | None
    most: Number | None
    grade: Texts | None
    state: str
    scored: bool
    standing: str
    unopened: bool
    overdue: int
    missed: int
    late: int


@dataclass(frozen=True, slots=True)
class StaffView:
    """The staff of a place in a period, by place and role."""

    place: Texts
    period: str
    years: tuple[str, ...]
    finished: bool
    as_of: datetime
    rows: tuple[StaffRow, ...]


class StaffService:
    """Lists the staff for those who may see scores."""

    def __init__(self, scores: ScoresService, clock: Clock) -> None:
        """Keep what opens evaluations."""
        self._scores = scores
        self._clock = clock

    async def list(self, ref: ActorRef, period: str | None = None) -> StaffView:
        """Return the staff that the actor sees. Raises DeniedError `not_permitted`, ProblemError E511."""
        opened = await self._scores.open(ref, period)
        require(opened.actor, Permission.SEE_SCORES)
        now = self._clock()
        owed = owed_by(opened)
        rows = []
        regulation = opened.regulation
        roles = list(regulation.roles)
        posts = sorted(
            posts_at(opened.community.evaluation, regulation, now),
            key=lambda item: (item[1].place, roles.index(item[1].role), item[0]),
        )
        finished = False
        views = {}
        for person, post in posts:
            if not sees_place(opened.actor, post.place, regulation):
                continue
            stands = _of_post(opened, person, post)
            key = (person, "" if stands is None else stands.key)
            if key not in views:
                views[key] = score_view(opened, person, now, stands)
            view = views[key]
            finished = view.finished
            counts: Counter[str] = Counter()
            for about in abouts(opened, person) if view.about != person else [person]:
                counts.update(owed.get(about, {}))
            rows.append(
                StaffRow(
                    person,
                    opened.labels.of(WORKER, person).name,
                    regulation.roles[post.role].heading.title,
                    post.role,
                    opened.labels.place(post.place),
                    post.place,
                    view.score,
                    view.most,
                    view.grade,
                    view.state,
                    bool(view.sheets),
                    view.standing,
                    view.unopened,
                    *(counts[state] for state in OWED),
                )
            )
        place = opened.labels.place(opened.actor.community)
        as_of = opened.evaluation.as_of or now
        return StaffView(place, opened.period, years_of(opened, now), finished, as_of, tuple(rows))


def _of_post(opened: Opened, person: str, post: Post) -> Standing | None:
    """Return the appraisal that a post is assessed in: one of its role before the first one; None for none."""
    every = standings(opened, person)
    own = (
        one
        for one in every
        if one.appraisal.for_each.role == post.role
        or any(row["role"] == post.role and row["place"] == post.place for row in posts_in(opened, one))
    )
    return next(own, next(iter(every), None))


def owed_by(opened: Opened) -> Mapping[str, Mapping[str, int]]:
    """Return for each person how many occurrences are overdue, missed, and were done late in the period."""
    found: dict[str, Counter[str]] = {}
    for duty in opened.regulation.duties:
        if not opened.evaluation.has(duty):
            continue
        for row in records(opened.evaluation, duty):
            if row["state"] in OWED and isinstance(row["owner"], str):
                found.setdefault(row["owner"], Counter())[row["state"]] += 1
    return found
