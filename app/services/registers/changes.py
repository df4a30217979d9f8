"""Changing a register: out, back in, to another place, two records into one, one into two. First shown, then recorded.

What would be recorded are entries like any others; what would be owed afterwards is what the regulation makes of the
community's entries about these subjects with them. Nothing is stored before somebody says so, and then all of it is.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.domain.entry import Entry
from app.domain.identity import MERGED, SPLIT
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.membership import HOLDER
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.domain.submission import Fault
from app.domain.zones import date_of, start_of_day
from app.services.actor import ActorRef, DeniedError, Resolve
from app.services.clearance import NOTHING_SENSITIVE
from app.services.filling import RefusedError
from app.services.labels import SubjectLabel
from app.services.live import LiveCommunities
from app.services.ports import Clock, Ledger
from app.services.registers.facts import Subjects
from app.services.registers.history import SAYING, History, Moment, entries_about
from app.services.registers.kinds import BACK, MERGE, OUT, TRANSFER, kinds_for, may_fill, place_field
from app.services.registers.kinds import SPLIT as SPLIT_OFF
from app.services.registers.links import Dependent, dependents
from app.services.registers.preview import (
    Change,
    Preview,
    last_said,
    moment_of,
    own_answers,
    places_of,
    previewed,
)
from app.services.submissions import Submissions
from app.services.submitted import Submission
from app.services.together import act_id

LISTED: Final = 20
"""Records that are offered for a part of a name."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a change can be made with: the subject's label and form, the places, the records that could go along.

    `others` are the records of the register that could be absorbed; `moments` the entries that a split could take.
    """

    form: Form
    label: SubjectLabel
    kinds: tuple[str, ...]
    places: Mapping[str, Texts]
    along: Mapping[str, str]
    moments: tuple[Moment, ...]
    today: date
    key: str


class RecordRefusedError(RefusedError):
    """What the form of one of the records refuses: `label` and `form` say whose answers are to be mended first."""

    def __init__(self, form: Form, label: SubjectLabel, faults: tuple[Fault, ...]) -> None:
        """Keep whose they are."""
        super().__init__(*faults)
        self.form = form
        self.label = label


class RegisterChanges:
    """Makes changes of registers for one actor."""

    def __init__(
        self, live: LiveCommunities, ledger: Ledger, resolve: Resolve, clock: Clock, submissions: Submissions
    ) -> None:
        """Keep the ports; `submissions` checks what forms would refuse."""
        self._live = live
        self._ledger = ledger
        self._resolve = resolve
        self._clock = clock
        self._submissions = submissions

    async def options(self, ref: ActorRef, kind: str, about: str, subject: str) -> Options:
        """Return what the change can be made with. Raises DeniedError, ProblemError E707."""
        seen, form, label = await self._looking(ref, kind, about, subject)
        place = place_field(form, seen.regulation)
        found = [] if kind == MERGE else self._along(seen, kind, form, label.id)
        moments: tuple[Moment, ...] = ()
        if kind == SPLIT_OFF:
            history = History(seen, form, label.id, cleared=NOTHING_SENSITIVE)
            there = history.moments(entries_about(seen, about, label.id))
            moments = tuple(
                one
                for one in there
                if not one.became and one.form in seen.regulation.forms and not _says_who(one)
            )
        return Options(
            form,
            label,
            tuple(kinds_for(form, seen.actor, seen.regulation, present=label.present)),
            {} if place is None else places_of(seen, str(place.type.to)),
            {one.subject: _words(seen, one) for one in found},
            moments,
            date_of(seen.regulation.calendar.zone, seen.now),
            secrets.token_hex(8),
        )

    async def others(
        self, ref: ActorRef, about: str, subject: str, text: str, chosen: str = ""
    ) -> Mapping[str, str]:
        """Return records of the register by a part of their name or plate, but the subject itself: `LISTED` at most.

        The one that is `chosen` comes first, whatever is looked for; then who is called or grouped alike.
        """
        seen, _, label = await self._looking(ref, MERGE, about, subject)
        wanted = text.casefold().split()
        found: dict[str, str] = {}
        # Whoever bears the same name, or is listed in the same group, is looked for first.
        there = sorted(
            seen.labels.all(about).values(),
            key=lambda one: (
                one.id != chosen, one.name != label.name, one.groups != label.groups, one.name, one.plate
            ),
        )  # fmt: skip
        for one in there:
            words = " ".join(filter(None, (one.plate, one.name)))
            matches = one.id == chosen or all(word in words.casefold() for word in wanted)
            if one.id != label.id and matches and seen.exists(about, one.id):
                found[one.id] = words
                if len(found) == LISTED:
                    break
        return found

    async def preview(self, ref: ActorRef, change: Change) -> Preview:
        """Return what a change would come to. Raises DeniedError, ProblemError, RefusedError as `record`."""
        seen, form, label = await self._looking(ref, change.kind, change.about, change.subject)
        made = await self._entries(ref, seen, form, label, change)
        return await previewed(self._live, seen, change, made)

    async def record(self, ref: ActorRef, change: Change) -> tuple[str, ...]:
        """Record a change; return the ids of its entries, the one that says it first.

        Raises DeniedError; ProblemError E707 for what isn't there, E719 without a reason where one is wanted, E750 for
        two that are one, E751 for a change that changes nothing, E706 for a day to come; RecordRefusedError for what a
        record's form refuses.
        """
        seen, form, label = await self._looking(ref, change.kind, change.about, change.subject)
        there = await self._ledger.get(_id(change, 0))
        if there is not None:  # asked twice
            return (there.id,)
        entries = await self._entries(ref, seen, form, label, change)
        # One act, one moment: by it they are known to belong together, and each was prepared at one of its own.
        made = [replace(one, recorded_at=seen.now) for one in entries]
        await self._ledger.append(made, sensitive_fields(seen.regulation))
        await self._live.fresh(seen.community.place)
        return tuple(one.id for one in made)

    # ---- looking --------------------------------------------------------------------------------------------------
    async def _looking(
        self, ref: ActorRef, kind: str, about: str, subject: str
    ) -> tuple[Subjects, Form, SubjectLabel]:
        now = self._clock()
        actor = await self._resolve(ref, now)
        seen = Subjects(await self._live.fresh(actor.community), actor, now)
        form = seen.labels.form_of(about)
        label = (
            None
            if form is None
            else seen.labels.all(about).get(seen.evaluation.identity.lead(about, subject))
        )
        if form is None or label is None:
            raise ProblemError(Problem("E707"))
        if not seen.exists(about, label.id):
            raise DeniedError("not_permitted")
        # What is gone by now was changed already: the change itself says what is wrong with it.
        allowed = {
            *kinds_for(form, actor, seen.regulation, present=True),
            *kinds_for(form, actor, seen.regulation, present=False),
        }
        if kind not in allowed:
            raise DeniedError("not_permitted")
        return seen, form, label

    @staticmethod
    def _along(seen: Subjects, kind: str, form: Form, subject: str) -> list[Dependent]:
        """Return the records that refer to the subject and that could make the same change.

        With a split go those that the actor may say to refer to the new record.
        """
        found = []
        for one in dependents(seen.evaluation, str(form.describes), subject, seen.now):
            if kind == SPLIT_OFF:
                can = one.form.describes != HOLDER and may_fill(one.form, seen.actor)
            else:
                can = kind in kinds_for(one.form, seen.actor, seen.regulation, present=True)
            if can and seen.exists(str(one.form.describes), one.subject):
                found.append(one)
        return found

    # ---- entries --------------------------------------------------------------------------------------------------
    async def _entries(
        self, ref: ActorRef, seen: Subjects, form: Form, label: SubjectLabel, change: Change
    ) -> list[Entry]:
        if change.on is not None and change.on > date_of(seen.regulation.calendar.zone, seen.now):
            raise ProblemError(Problem("E706", field="on"))
        if change.kind in {MERGE, SPLIT_OFF} and not change.reason.strip():
            raise ProblemError(Problem("E719"))
        if change.kind == MERGE:
            return [self._merge(seen, label, change)]
        if change.kind == SPLIT_OFF:
            return await self._split(ref, seen, form, label, change)
        chosen = [
            one for one in self._along(seen, change.kind, form, label.id) if one.subject in change.along
        ]
        made = [await self._state(ref, seen, form, label, change, 0)]
        for number, one in enumerate(chosen, 1):
            own = seen.labels.of(str(one.form.describes), one.subject)
            made.append(await self._state(ref, seen, one.form, own, change, number))
        return made

    async def _state(
        self, ref: ActorRef, seen: Subjects, form: Form, label: SubjectLabel, change: Change, number: int
    ) -> Entry:
        """Return the entry by which one record makes a change: its answers as they are, and what is new."""
        zone, now = seen.regulation.calendar.zone, seen.now
        day = change.on or date_of(zone, now)
        old = seen.community.entries.get(label.entry)
        answers = own_answers(seen, form, old)
        at = now
        if change.kind == OUT:
            if form.ends is None or not label.present:
                raise ProblemError(Problem("E751"))
            answers[form.ends] = day.isoformat()
        else:
            last = last_said(seen, form, label.id)
            if last is not None:
                at = moment_of(zone, day, last, now)
            if change.kind == BACK:
                if label.present:
                    raise ProblemError(Problem("E751"))
                answers.pop(form.ends or "", None)
            place = place_field(form, seen.regulation)
            if change.kind == TRANSFER and (place is None or change.place in {"", answers.get(place.id)}):
                raise ProblemError(Problem("E751"))
            if place is not None and change.place:
                answers[place.id] = change.place
        wanted = Submission(_id(change, number), form.id, answers, label.id, at)
        return await self._prepared(ref, form, label, wanted)

    async def _prepared(self, ref: ActorRef, form: Form, label: SubjectLabel, wanted: Submission) -> Entry:
        try:
            return await self._submissions.prepare(ref, wanted)
        except RefusedError as fault:
            raise RecordRefusedError(form, label, fault.faults) from None

    def _merge(self, seen: Subjects, label: SubjectLabel, change: Change) -> Entry:
        """Return the entry that merges the other record into this one."""
        other = seen.evaluation.identity.lead(change.about, change.other)
        if not seen.exists(change.about, other):
            raise ProblemError(Problem("E707", field="other"))
        if other == label.id:
            raise ProblemError(Problem("E750"))
        answers = {"of": change.about, "kept": label.id, "absorbed": other}
        return self._said(seen, change, MERGED, answers, label.id, (other,))

    async def _split(
        self, ref: ActorRef, seen: Subjects, form: Form, label: SubjectLabel, change: Change
    ) -> list[Entry]:
        """Return the new record, and the entry that gives it what was told of it so far."""
        if not (change.along or change.entries or change.answers):
            raise ProblemError(Problem("E751"))  # it would be told of twice
        zone = seen.regulation.calendar.zone
        known = {one.id for one in entries_about(seen, change.about, label.id)}
        if not set(change.entries) <= known:
            raise ProblemError(Problem("E720"))
        own = own_answers(seen, form, seen.community.entries.get(label.entry))
        # Numbers of the one aren't the other's: what is sensitive is asked anew where it has to be.
        private = {item.id for item in form.fields if item.sensitive and not item.required}
        answers = {**{name: own[name] for name in own.keys() - private}, **change.answers}
        for name in (
            form.ends or "",
            *(name for name, given in change.answers.items() if given in (None, "")),
        ):
            answers.pop(name, None)
        at = seen.now if change.on is None else start_of_day(zone, change.on)
        wanted = Submission(_id(change, 1), form.id, answers, None, at)
        state = await self._prepared(ref, form, label, wanted)
        part = str(state.subject)
        said = {"of": change.about, "origin": label.id, "part": part, "entries": "\n".join(change.entries)}
        going = [one for one in self._along(seen, SPLIT_OFF, form, label.id) if one.subject in change.along]
        moved = [
            await self._moved(
                ref, seen, one, part, Submission(_id(change, number), one.form.id, {}, one.subject, at)
            )
            for number, one in enumerate(going, 2)
        ]
        return [self._said(seen, change, SPLIT, said, label.id, (part,)), state, *moved]

    async def _moved(
        self, ref: ActorRef, seen: Subjects, one: Dependent, part: str, wanted: Submission
    ) -> Entry:
        """Return the entry by which a record that referred to the one that is split refers to its new part."""
        own = seen.labels.of(str(one.form.describes), one.subject)
        answers = own_answers(seen, one.form, seen.community.entries.get(own.entry))
        # Checked as it stands: what it will refer to is stored with it, and isn't there yet.
        state = await self._prepared(ref, one.form, own, replace(wanted, answers=answers))
        return replace(state, answers={**state.answers, one.field: part})

    @staticmethod
    def _said(
        seen: Subjects,
        change: Change,
        form: str,
        answers: dict[str, Any],
        subject: str,
        others: tuple[str, ...],
    ) -> Entry:
        """Return an entry of the system that says who is who."""
        reason = {"reason": change.reason.strip()[:500]} if change.reason.strip() else {}
        return Entry(
            id=_id(change, 0),
            place=seen.community.place,
            form=form,
            at=seen.now,
            by=seen.actor.person,
            recorded_at=seen.now,
            answers={**answers, **reason},
            subject=subject,
            subjects=others,
            revision=seen.regulation.revision,
        )


def _says_who(moment: Moment) -> bool:
    return moment.form in SAYING


def _id(change: Change, number: int) -> str:
    return act_id(change.key or secrets.token_hex(8), number)


def _words(seen: Subjects, one: Dependent) -> str:
    label = seen.labels.of(str(one.form.describes), one.subject)
    return " ".join(filter(None, (label.plate, label.name)))
