"""One entry as a reader may see it: all that it says, what it counted for, and what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from app.domain.entry import RETRACTION, Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.duty import State
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import present
from app.domain.kinds.links import WORKER
from app.domain.zones import date_of
from app.services.actor import Actor, ActorRef, DeniedError, Resolve
from app.services.answers import MADE, AnswerView, answers_of, name_of, same
from app.services.books.versions import Version, Versions, versions_of
from app.services.books.views import EntryRow, replaced_by, row_of
from app.services.clearance import Clearance, clearance_of, least
from app.services.doers import Doers
from app.services.evaluate import Evaluation
from app.services.former import as_read
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.occurrences import occurrences
from app.services.parts import may_change, may_see
from app.services.ports import Clock, Ledger


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer differs from the entry's before; None: not answered."""

    title: Texts
    before: AnswerView | None
    after: AnswerView | None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of the chain, oldest first. `hidden` counts changes of sensitive answers that the reader may not see.

    `by` is who made it ("" where the reader isn't told), `reason` why; `moved` says that the entry's time changed.
    """

    id: str
    state: str
    at: datetime
    recorded_at: datetime
    by: str
    reason: str = ""
    changes: tuple[Change, ...] = ()
    hidden: int = 0
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """An occurrence that the entry counts for. `state` is the occurrence's; `owner` who owed it."""

    duty: str
    title: Texts
    about: Texts
    window: str
    state: State
    owner: str
    due: datetime | None
    met_at: datetime | None


@dataclass(frozen=True, slots=True)
class EntryDetail:
    """Everything that the entry's page shows. `hidden` counts sensitive answers that the reader may not see.

    `period` is the running year, whose occurrences `counted` lists; `other_period` is the entry's own year when that is
    another one.
    """

    row: EntryRow
    answers: tuple[AnswerView, ...]
    hidden: int
    mentions: tuple[Texts, ...]
    subject: str
    subject_kind: str
    source: str
    revision: str
    chain: tuple[Link, ...]
    counted: tuple[Counted, ...]
    period: str
    other_period: str
    may_change: bool


_STANDING: Final = frozenset({"stands", "correction", "supplement", "restored"})


class EntryViews:
    """Reads single entries; rights are looked up anew at every call."""

    def __init__(self, resolve: Resolve, live: LiveCommunities, ledger: Ledger, clock: Clock) -> None:
        """Keep the ports."""
        self._resolve = resolve
        self._live = live
        self._ledger = ledger
        self._clock = clock

    async def entry(self, ref: ActorRef, entry_id: str) -> EntryDetail:
        """Return an entry. Raises DeniedError, also for one that isn't there: nobody learns which ids exist."""
        actor, community, labels, entry = await self._looking(ref, entry_id)
        regulation = community.regulation
        form = regulation.forms.get(entry.form)
        replaced = replaced_by(community)
        chain = await self._ledger.chain(entry_id)
        said = await as_read(self._live, community, chain, entry, form)
        row = row_of(entry, community, Doers(community.entries, labels, actor.person), replaced, said)
        answers = answers_of(entry, said, labels, clearance_of(actor, form, entry))
        kind = "" if form is None else form.about or form.describes or ""
        year = f"{date_of(regulation.calendar.zone, entry.at).year:04}"
        period = community.evaluation.period.label
        return EntryDetail(
            row=row,
            answers=answers,
            hidden=sum(not name.startswith(MADE) for name in _present(form, entry)) - len(answers),
            mentions=tuple(name_of(regulation, labels, kind, item) for item in entry.subjects),
            subject=entry.subject or "",
            subject_kind=kind,
            source=entry.source,
            revision=entry.revision or "",
            chain=tuple(_links(chain, actor, community, labels, await self._words(community, chain, entry))),
            counted=tuple(counted_for(entry_id, community.evaluation, labels)),
            period=period,
            other_period="" if year == period else year,
            may_change=row.state in {"stands", "correction", "supplement", "restored"}
            and may_change(actor, entry, form),
        )

    async def versions(self, ref: ActorRef, entry_id: str) -> Versions:
        """Return an entry's versions side by side. Raises DeniedError as `entry`."""
        actor, community, labels, entry = await self._looking(ref, entry_id)
        chain = await self._ledger.chain(entry_id)
        told = []
        words = await self._words(community, chain, entry)
        for one, link in zip(chain, _links(chain, actor, community, labels, words), strict=True):
            told.append((one, Version(link.id, link.state, link.at, link.recorded_at, link.by, link.reason)))
        return versions_of(told, words, actor, labels)

    async def counted(self, ref: ActorRef, entry_id: str, period: str) -> tuple[Counted, ...]:
        """Return the occurrences of another period that the entry counts for; this can take a while.

        Raises DeniedError, ProblemError E511.
        """
        _, community, labels, _ = await self._looking(ref, entry_id)
        evaluation = await self._live.other_period(community.place, period)
        return tuple(counted_for(entry_id, evaluation, labels))

    async def _words(self, community: Community, chain: list[Entry], entry: Entry) -> Form | None:
        """Return the form in whose words all of a chain is read."""
        forms = community.regulation.forms
        name = next((one.form for one in chain if one.form != RETRACTION), entry.form)
        words = forms.get(name)
        for one in chain:
            if one.form == name:
                words = await as_read(self._live, community, (one,), one, words)
        return words

    async def _looking(self, ref: ActorRef, entry_id: str) -> tuple[Actor, Community, Labels, Entry]:
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        labels = Labels(community.evaluation, now)
        entry = community.entries.get(entry_id)
        if entry is None or not may_see(actor, entry, community.evaluation, labels):
            raise DeniedError("not_permitted")
        return actor, community, labels, entry


def counted_for(entry_id: str, evaluation: Evaluation, labels: Labels) -> Iterator[Counted]:
    """Yield the occurrences that name the entry among those which count for them, by duty in declared order."""
    regulation = evaluation.regulation
    for duty in regulation.duties.values():
        for found in occurrences(evaluation, duty):
            if entry_id in found.entries:
                yield Counted(
                    duty=duty.id,
                    title=duty.heading.title,
                    about=name_of(regulation, labels, found.of_type, found.of),
                    window=found.window,
                    state=found.state,
                    owner=labels.of(WORKER, found.owner).name if found.owner else "",
                    due=found.due,
                    met_at=found.met_at,
                )


# ---- the chain of corrections -------------------------------------------------------------------------------------
def _links(
    chain: list[Entry], actor: Actor, community: Community, labels: Labels, words: Form | None
) -> Iterator[Link]:
    replaced = replaced_by(community)
    known = {entry.id: entry for entry in chain}
    doers = Doers(community.entries, labels, actor.person)
    for entry in chain:
        row = row_of(entry, community, doers, replaced)
        before = known.get(entry.supersedes or "")
        made = Link(
            entry.id,
            row.state,
            entry.at,
            entry.recorded_at,
            labels.of(WORKER, _said(entry, "_by")).name
            if _said(entry, "_by") and not doers.hides(entry)
            else row.by,
            _said(entry, "reason" if entry.form == RETRACTION else "_reason"),
        )
        # What is restored is held against what it was.
        while before is not None and before.form == RETRACTION:
            before = known.get(before.supersedes or "")
        if entry.form == RETRACTION or before is None:
            yield made
            continue
        cleared = least(clearance_of(actor, words, one) for one in (entry, before))
        changes, hidden = differences(before, entry, words, labels, cleared)
        yield replace(made, changes=changes, hidden=hidden, moved=before.at != entry.at)


def _present(form: Form | None, entry: Entry) -> Mapping[str, Any]:
    return entry.answers if form is None else present(form, entry.answers)


def _said(entry: Entry, name: str) -> str:
    value = entry.answers.get(name)
    return value if isinstance(value, str) else ""


def differences(
    before: Entry, after: Entry, form: Form | None, labels: Labels, cleared: Clearance
) -> tuple[tuple[Change, ...], int]:
    """Return the answers that differ, in the form's order, and how many more the reader may not see."""
    old = {answer.field: answer for answer in answers_of(before, form, labels, cleared)}
    new = {answer.field: answer for answer in answers_of(after, form, labels, cleared)}
    was, now = _present(form, before), _present(form, after)
    differing = [
        name
        for name in dict.fromkeys([*was, *now])
        if not same(was.get(name), now.get(name)) and not name.startswith(MADE)
    ]
    order = [] if form is None else [field.id for field in form.fields]
    shown = sorted(
        (name for name in differing if name in old or name in new),
        key=lambda name: order.index(name) if name in order else len(order),
    )
    changes = tuple(
        Change((new.get(name) or old[name]).title, old.get(name), new.get(name)) for name in shown
    )
    return changes, len(differing) - len(changes)
