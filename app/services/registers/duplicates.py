"""Records that may be of one subject: proposed with the reason, for somebody to merge or to say that they are two."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.entry import RETRACTION, Entry
from app.domain.identity import DISTINCT, distinct_of
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import present
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.domain.same import Pair, Proposed, masked, proposed
from app.services.actor import ActorRef, DeniedError, Resolve
from app.services.labels import SubjectLabel
from app.services.live import LiveCommunities
from app.services.ports import Clock, Ledger
from app.services.registers.facts import Subjects
from app.services.registers.kinds import may_fill, may_merge
from app.services.told import Word, answer_words

PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class Same:
    """What two records have in common: the question, and what was answered; of a sensitive one the last characters."""

    title: Texts
    one: tuple[Word, ...]
    other: tuple[Word, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Why:
    """A rule that proposes the two: its title (empty: none is declared) and what they have in common by it."""

    title: Texts
    same: tuple[Same, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """Two records that may be one: how they are shown, where they are, and why."""

    one: SubjectLabel
    other: SubjectLabel
    places: tuple[Texts, Texts]
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What too many records have in common to tell them apart: worth a look, since it can't be right for all."""

    title: Texts
    words: tuple[str, ...]
    records: int


@dataclass(frozen=True, slots=True)
class Twins:
    """A page of what is proposed in a register. `may_merge` and `may_tell` are what the reader may say to it."""

    title: Texts
    twins: tuple[Twin, ...]
    total: int
    shared: tuple[Shared, ...]
    may_merge: bool
    may_tell: bool


class Duplicates:
    """Looks for duplicates for one actor, among the records that it sees."""

    def __init__(self, live: LiveCommunities, ledger: Ledger, resolve: Resolve, clock: Clock) -> None:
        """Keep the ports."""
        self._live = live
        self._ledger = ledger
        self._resolve = resolve
        self._clock = clock
        self._found: dict[tuple[str, str], tuple[tuple[str, int, str], Proposed]] = {}

    async def proposed(self, ref: ActorRef, about: str, offset: int = 0) -> Twins:
        """Return a page of pairs, those that most speaks for first. Raises ProblemError E707, DeniedError."""
        seen, form = await self._looking(ref, about)
        labels = seen.labels.all(about)
        found = self._proposed(seen, form, about)
        visible = {
            label.id for label in labels.values() if seen.sees(label.place or seen.regulation.place.id)
        }
        pairs = [pair for pair in found.pairs if pair.one in visible and pair.other in visible]
        twins = tuple(self._twin(seen, form, pair) for pair in pairs[offset : offset + PAGE])
        whole = len(visible) == len(labels)
        shared = tuple(self._shared(form, found)) if whole else ()
        return Twins(
            form.heading.title,
            twins,
            len(pairs),
            shared,
            may_merge(form, seen.actor),
            may_fill(form, seen.actor),
        )

    async def tell_apart(self, ref: ActorRef, about: str, one: str, other: str, reason: str = "") -> str:
        """Record that two records are of two subjects; return the entry's id.

        Raises DeniedError unless the actor may fill the form in, ProblemError E707, E750 for two that are one.
        """
        seen, form = await self._looking(ref, about)
        if not may_fill(form, seen.actor):
            raise DeniedError("not_permitted")
        ids = sorted(seen.evaluation.identity.lead(about, record) for record in (one, other))
        if not all(seen.exists(about, record) for record in ids):
            raise ProblemError(Problem("E707"))
        if ids[0] == ids[1]:
            raise ProblemError(Problem("E750"))
        answers: dict[str, Any] = {"of": about, "one": ids[0], "other": ids[1]}
        if reason.strip():
            answers["reason"] = reason.strip()[:500]
        entry = Entry(
            id=f"reg-{secrets.token_hex(8)}-0",
            place=seen.community.place,
            form=DISTINCT,
            at=seen.now,
            by=seen.actor.person,
            recorded_at=seen.now,
            answers=answers,
            subject=ids[0],
            subjects=(ids[1],),
            revision=seen.regulation.revision,
        )
        await self._ledger.append([entry], sensitive_fields(seen.regulation))
        await self._live.fresh(seen.community.place)
        return entry.id

    async def _looking(self, ref: ActorRef, about: str) -> tuple[Subjects, Form]:
        now = self._clock()
        actor = await self._resolve(ref, now)
        seen = Subjects(await self._live.fresh(actor.community), actor, now)
        form = seen.labels.form_of(about)
        if form is None:
            raise ProblemError(Problem("E707"))
        return seen, form

    def _proposed(self, seen: Subjects, form: Form, about: str) -> Proposed:
        """Return what the whole register proposes; looked for anew after something was recorded, and each day."""
        community = seen.community
        key = (seen.regulation.revision, community.number, str(seen.now.date()))
        known = self._found.get((community.place, about))
        if known is not None and known[0] == key:
            return known[1]
        names = {name for rule in form.same_when for name in (*rule.same, *rule.alike)}
        records: dict[str, Mapping[str, object]] = {}
        for label in seen.labels.all(about).values():
            entry = community.entries.get(label.entry)
            given = {} if entry is None or not label.present else present(form, entry.answers)
            records[label.id] = {name: given[name] for name in names if given.get(name) not in (None, "", [])}
        gone = {one.supersedes for one in community.entries.values() if one.form == RETRACTION}
        said = (one for one in community.entries.values() if one.form == DISTINCT and one.id not in gone)
        distinct = frozenset(distinct_of(said, about, seen.evaluation.identity))
        found = proposed(records, form.same_when, distinct)
        self._found[community.place, about] = key, found
        return found

    @staticmethod
    def _twin(seen: Subjects, form: Form, pair: Pair) -> Twin:
        about = str(form.describes)
        labels = tuple(seen.labels.of(about, record) for record in (pair.one, pair.other))
        answers = tuple(present(form, _answers(seen, label)) for label in labels)
        rules = {rule.id: rule for rule in form.same_when}
        why = tuple(
            Why(rules[rule].title, tuple(_same(seen, form, answers, rules[rule].same, rules[rule].alike)))
            for rule in pair.rules
        )
        places = tuple(seen.labels.place(label.place) for label in labels)
        return Twin(labels[0], labels[1], (places[0], places[1]), why)

    @staticmethod
    def _shared(form: Form, found: Proposed) -> Iterator[Shared]:
        rules = {rule.id: rule for rule in form.same_when}
        for one in found.common:
            fields = [form.field(name) for name in rules[one.rule].same]
            words = tuple(
                masked(text) if field is None or field.sensitive else text
                for field, text in zip(fields, one.answers, strict=True)
            )
            titles = [field.title for field in fields if field is not None]
            yield Shared(rules[one.rule].title or titles[0], words, one.records)


def _answers(seen: Subjects, label: SubjectLabel) -> Mapping[str, Any]:
    entry = seen.community.entries.get(label.entry)
    return {} if entry is None else entry.answers


def _same(
    seen: Subjects,
    form: Form,
    answers: tuple[Mapping[str, Any], ...],
    equal: tuple[str, ...],
    alike: tuple[str, ...],
) -> Iterator[Same]:
    for name in (*equal, *alike):
        field = form.field(name)
        if field is None:
            continue
        told = []
        for one in answers:
            given = one.get(name)
            words: tuple[Word, ...] = ()
            if given not in (None, "", []):
                words = (masked(str(given)),) if field.sensitive else answer_words(field, given, seen.name)
            told.append(words)
        yield Same(field.title, told[0], told[1], name in equal)
