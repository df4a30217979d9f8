"""One visit to a stairwell: the same answers for several that are due at one place, each its own entry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.problem import Problem, ProblemError
from app.domain.submission import Fault
from app.services.actor import ActorRef
from app.services.drafts import id_of
from app.services.filling import RefusedError
from app.services.form_views import FormView, Wanted
from app.services.occurrences import OPEN, Target
from app.services.submissions import Submissions
from app.services.submitted import Receipt, Submission
from app.services.today import Item, Today, TodayService


@dataclass(frozen=True, slots=True)
class Several:
    """The form as it starts, and whom it can be filled in for: `items` stand in one group, the first one asked for.

    `ids` holds by subject the id that its entry will have, so that what is sent twice is stored once.
    """

    view: FormView
    items: tuple[Item, ...]
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of several: its receipt, or what is wrong with it."""

    subject: str
    receipt: Receipt | None
    faults: tuple[Fault, ...] = ()


class SeveralService:
    """Finds those that are due together and stores an entry for each."""

    def __init__(self, today: TodayService, submissions: Submissions) -> None:
        """Keep the services that do the work."""
        self._today = today
        self._submissions = submissions

    async def open(self, ref: ActorRef, duty: str, of: str, window: str) -> Several:
        """Return whoever is due with `of` by the same duty and form at the same place.

        Raises DeniedError, ProblemError E707 when it isn't due any more.
        """
        today = await self._today.today(ref)
        items = (*today.late, *today.soon, *today.later)
        first = next((i for i in items if (i.duty, i.of, i.window) == (duty, of, window)), None)
        if first is None or first.target is None or first.target.subject is None:
            raise ProblemError(Problem("E707"))
        found = together(first, items)
        wanted = Wanted(first.target.form, None, duty, of, window, batch="several")
        view = await self._submissions.open(ref, wanted)
        ids = {subject: id_of(view.entry_id, subject) for subject in map(subject_of, found)}
        return Several(view, tuple(found), ids)

    async def take(
        self, ref: ActorRef, submission: Submission, chosen: Sequence[str], draft_key: str
    ) -> tuple[Outcome, ...]:
        """Store what a phone sent for several later on: `submission` names the opening, its ids follow from that.

        Raises DeniedError.
        """
        outcomes = []
        for subject in dict.fromkeys(chosen):
            own = replace(submission, id=id_of(submission.id, subject), subject=subject)
            outcomes.append(await self._outcome(ref, own))
        if outcomes and all(outcome.receipt is not None for outcome in outcomes):
            await self._submissions.drop_key(ref, draft_key)
        return tuple(outcomes)

    async def _outcome(self, ref: ActorRef, submission: Submission) -> Outcome:
        try:
            receipt = await self._submissions.submit(ref, submission)
        except RefusedError as refused:
            return Outcome(submission.subject or "", None, refused.faults)
        return Outcome(submission.subject or "", receipt)

    async def refused(
        self,
        ref: ActorRef,
        several: Several,
        chosen: Sequence[str],
        answers: Mapping[str, Any],
        at: datetime | None = None,
    ) -> tuple[Outcome, ...]:
        """Return which of the chosen subjects would be refused, and why; nothing is stored. Raises DeniedError."""
        found = []
        for submission in _submissions(several, chosen, answers, at):
            try:
                await self._submissions.prepare(ref, submission)
            except RefusedError as fault:
                found.append(Outcome(submission.subject or "", None, fault.faults))
        return tuple(found)

    async def submit(
        self,
        ref: ActorRef,
        several: Several,
        chosen: Sequence[str],
        answers: Mapping[str, Any],
        at: datetime | None = None,
    ) -> tuple[Outcome, ...]:
        """Store an entry for each chosen subject; one that is refused hinders no other. Raises DeniedError."""
        outcomes = [
            await self._outcome(ref, submission) for submission in _submissions(several, chosen, answers, at)
        ]
        if outcomes and all(outcome.receipt is not None for outcome in outcomes):
            await self._submissions.drop_draft(ref, several.view)
        return tuple(outcomes)


def _submissions(
    several: Several, chosen: Iterable[str], answers: Mapping[str, Any], at: datetime | None
) -> Iterator[Submission]:
    """Yield what is sent for each of the chosen that can be; the others aren't offered any more."""
    for subject in chosen:
        if subject in several.ids:
            yield Submission(several.ids[subject], several.view.form.id, answers, subject, at)


def subject_of(item: Item) -> str:
    """Return the subject that an item's form is about; empty for a form about nobody."""
    return (item.target.subject or "") if item.target is not None else ""


def together(first: Item, items: Sequence[Item]) -> list[Item]:
    """Return the open items of `items` that the same form with the same answers meets, at one place; `first` first."""
    mine = _kind(first)
    found = [item for item in items if mine is not None and _kind(item) == mine]
    return sorted(found, key=lambda item: (item is not first, item.subject.plate if item.subject else ""))


def following(today: Today, group: str, subject: str) -> Item | None:
    """Return what is due next in a group: late ones first, then by day and door; None when that is all."""
    items = [item for item in (*today.late, *today.soon, *today.later) if item.group == group]
    return next(
        (item for item in items if item.target is not None and item.subject and item.subject.id != subject),
        None,
    )


def _kind(item: Item) -> tuple[str, str, str, Target] | None:
    """Return what those have in common that can be answered at once; None for what stands alone."""
    if item.target is None or not item.target.subject or not item.group or item.state not in OPEN:
        return None
    return item.duty, item.window, item.group, replace(item.target, subject=None)
