"""Described subjects (households, tenancies, …): the list of them, and the card of one with its history."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from app.domain.entry import RETRACTION
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import present
from app.domain.kinds.links import WORKER
from app.domain.membership import HOLDER
from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of
from app.services.actor import ActorRef, DeniedError, Resolve
from app.services.as_known import KnownRegisters, Tables, end_of
from app.services.clearance import clearance
from app.services.filling import may_fill_in
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.ports import Clock, Ledger
from app.services.registers.card import Card, keeper_of, owed_to, phone_of
from app.services.registers.facts import Subjects
from app.services.registers.history import History, entries_about
from app.services.registers.kinds import kinds_for, may_fill, moves
from app.services.registers.left_behind import left_behind
from app.services.registers.links import links_of
from app.services.registers.listing import PAGE, Page, Query, Register, class_titles, worst
from app.services.told import answer_words, facts

MOMENTS: Final = 60
_REMEMBERED: Final = 2
"""How many registers as they were known earlier are kept in memory."""


class SubjectsService:
    """Reads described subjects for one actor."""

    def __init__(self, live: LiveCommunities, ledger: Ledger, resolve: Resolve, clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._ledger = ledger
        self._resolve = resolve
        self._clock = clock
        self._known: OrderedDict[tuple[str, str, int, datetime], KnownRegisters] = OrderedDict()

    async def types(self, ref: ActorRef) -> Mapping[str, Texts]:
        """Return the registers with the title of their file: those that something is owed to or told of first."""
        actor = await self._resolve(ref, self._clock())
        community = await self._live.fresh(actor.community)
        regulation = community.regulation
        about = {form.about for form in regulation.forms.values()}
        owed = {
            community.evaluation.schema(duty).type_of("subject").to
            for duty in regulation.duties
            if community.evaluation.has(duty)
        }
        found = [
            form
            for form in regulation.forms.values()
            if form.describes not in {None, WORKER, HOLDER} and (form.plate or form.label)
        ]
        found.sort(key=lambda form: (form.describes not in owed, form.describes not in about))
        return {str(form.describes): form.heading.title for form in found}

    async def first(self, ref: ActorRef) -> str | None:
        """Return the type to look at first: the first one of which the actor sees somebody.

        While all are empty it is the first that the actor may add to, else the first one.
        """
        types = await self.types(ref)
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        seen = Subjects(community, actor, now)

        def has_some(about: str) -> bool:
            labels = seen.labels.all(about).values()
            return any(label.present and seen.sees(label.place or community.place) for label in labels)

        def may_add(about: str) -> bool:
            form = seen.labels.form_of(about)
            return form is not None and may_fill(form, actor)

        for suits in (has_some, may_add):
            found = next(filter(suits, types), None)
            if found is not None:
                return found
        return next(iter(types), None)

    async def find(self, ref: ActorRef, query: Query) -> Page:
        """Return a page of the subjects that the actor sees, by group and plate. Raises ProblemError E707."""
        now = self._clock()
        seen, form = await self._looking(ref, query.about, now)
        community, actor = seen.community, seen.actor
        past = query.on is not None or query.known is not None
        tables = self._tables(community, query.known, now)
        at = now if query.on is None else end_of(query.on, community.regulation, now)
        register = Register(seen, query.about, tables, at, past=past)
        visible = register.visible()
        owed = {} if past else worst(seen, query.about, now)
        found = register.found(visible, query, owed)
        places = register.places(visible)
        return Page(
            tuple(
                register.row(label, owed.get(label.id)) for label in found[query.offset : query.offset + PAGE]
            ),
            len(found),
            form.heading.title,
            form.id,
            may_fill(form, actor),
            places if len(places) > 1 else {},
            actor.post.place if actor.post.place in places else "",
            class_titles(seen, query.about) if query.known is None else {},
            date_of(community.regulation.calendar.zone, now),
            register.counts(visible),
            past,
            bool(form.same_when),
            form.quality is not None,
            () if past else left_behind(seen, visible),
            moves(form),
        )

    async def card(
        self, ref: ActorRef, about: str, subject: str, on: date | None = None, known: date | None = None
    ) -> Card:
        """Return one subject's card, as of a day's end and as far as it was known by another's.

        An absorbed subject's is that of the one that stands for it. Raises ProblemError E707 for an unknown one, or one
        that wasn't there yet, DeniedError outside one's place.
        """
        now = self._clock()
        seen, form = await self._looking(ref, about, now)
        subject = seen.evaluation.identity.lead(about, subject)
        if subject not in seen.labels.all(about):
            raise ProblemError(Problem("E707"))
        if not seen.exists(about, subject):
            raise DeniedError("not_permitted")
        regulation, actor = seen.regulation, seen.actor
        past = on is not None or known is not None
        tables = self._tables(seen.community, known, now)
        at = now if on is None else end_of(on, regulation, now)
        known_by = now if known is None else end_of(known, regulation, now)
        label = Labels(tables, at).all(about).get(subject)
        if label is None:
            raise ProblemError(Problem("E707"))
        cleared = clearance(actor, form, subject=subject)
        answers = present(form, answers_of_state(seen.community, label.entry))
        told = facts(form, answers, seen.name, cleared)
        tagged = [item for item in form.fields if item.type.kind.value == "choices" and answers.get(item.id)]
        tags = [
            word
            for item in tagged
            if cleared.reads(item)
            for word in answer_words(item, answers[item.id], seen.name)
        ]
        history = History(seen, form, subject)
        entries = entries_about(seen, about, subject, known_by)
        moments = history.moments(one for one in entries if one.at <= at or one.form == RETRACTION)
        fillable = tuple(
            item for item in regulation.forms.values() if item.about == about and may_fill_in(item, actor)
        )
        return Card(
            label=label,
            about=about,
            place=seen.labels.place(label.place),
            keeper="" if past else keeper_of(seen, about, subject),
            form=form,
            tags=tuple(tags),
            hidden=sum(fact.hidden for fact in told),
            facts=tuple(fact for fact in told if fact.field not in {item.id for item in tagged}),
            owed=() if past else owed_to(seen, about, subject, now),
            moments=tuple(moments[:MOMENTS]),
            more=max(len(moments) - MOMENTS, 0),
            fillable=fillable if not past else (),
            today=date_of(regulation.calendar.zone, now),
            phone="" if past else phone_of(form, answers, cleared),
            can_edit=may_fill(form, actor) and not past,
            links=links_of(seen, tables, form, subject, dict(answers), at),
            on=on,
            known=known,
            changes=() if past else tuple(kinds_for(form, actor, regulation, present=label.present)),
            aliases=len(tables.identity.group(about, subject)) - 1,
        )

    async def _looking(self, ref: ActorRef, about: str, now: datetime) -> tuple[Subjects, Form]:
        actor = await self._resolve(ref, now)
        seen = Subjects(await self._live.fresh(actor.community), actor, now)
        form = seen.labels.form_of(about)
        if form is None:
            raise ProblemError(Problem("E707"))
        return seen, form

    def _tables(self, community: Community, known: date | None, now: datetime) -> Tables:
        """Return the tables at work, or the registers as they were known by the end of a day."""
        if known is None:
            return community.evaluation
        instant = end_of(known, community.regulation, now)
        if instant >= now:
            return community.evaluation
        key = (community.place, community.regulation.revision, community.number, instant)
        found = self._known.pop(key, None)
        if found is None:
            found = KnownRegisters(community.regulation, community.entries.values(), instant)
        self._known[key] = found
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return found


def answers_of_state(community: Community, entry_id: str) -> Mapping[str, Any]:
    """Return the answers of the entry that tells a state; none for one that isn't there."""
    entry = community.entries.get(entry_id)
    return {} if entry is None else entry.answers
