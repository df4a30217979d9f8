"""The ledger as a reader may see it: a page of it, what it can be narrowed by, and all of it as a table.

The store answers without sensitive answers: lists and exports never hold one, whoever asks.
"""

import csv
import io
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from app.domain.entry import RETRACTION, Entry
from app.domain.folding import fold
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.period import period_of
from app.domain.regulation import Regulation
from app.domain.supplements import only_adds_files
from app.domain.zones import date_of
from app.services.actor import Actor, ActorRef, DeniedError, Resolve
from app.services.answers import AnswerView, about_of, answers_of, name_of
from app.services.books.fields import Asked, FieldFilter, conditions, filters_of
from app.services.books.hits import Hit, hits_of, meant_by, words_of
from app.services.books.span import bounds
from app.services.clearance import NOTHING_SENSITIVE
from app.services.csv_cells import guarded
from app.services.doers import Doers
from app.services.former import as_read
from app.services.labels import Labels, SubjectLabel
from app.services.live import Community, LiveCommunities
from app.services.parts import Part, covers_all, part_of
from app.services.ports import After, Belonging, Clock, Ledger, LedgerQuery

MOST_NAMED: Final = 500
"""Subjects that a search may mean by name; a search that fits more is about words."""

EXPORT_PAGE: Final = 2_000
SIZES: Final = (25, 50, 100)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants to see. Ids only; `search` is free text and stays out of addresses.

    `period` is a label such as 2026-Q4, or two days such as 2026-11-01..2026-11-15 of which either may be lacking,
    empty for all time; `fields` are conditions on answers of the chosen form (see fields.py). `standing` leaves out
    what was corrected or withdrawn.
    """

    form: str = ""
    place: str = ""
    person: str = ""
    subject: str = ""
    period: str = ""
    search: str = ""
    fields: Asked = ()
    standing: bool = True
    order: str = "at"
    descending: bool = True
    page: int = 1
    size: int = SIZES[0]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in a list, `late_days` after its day.

    `state`: stands, correction, supplement (files were added), restored (after a withdrawal), corrected, supplemented,
    withdrawn, withdrawal. `by` is "" where the reader isn't told. `hits` is where the words of a search stand, `span`
    the questions between which an entry lasts. `also` names whom it is about beside `about`.
    """

    id: str
    at: datetime
    recorded_at: datetime
    form: str
    title: Texts
    icon: str
    about: SubjectLabel | None
    by: str
    place: Texts
    answers: tuple[AnswerView, ...]
    state: str
    late_days: int
    hits: tuple[Hit, ...] = ()
    span: tuple[str, str] | None = None
    also: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerList:
    """One page of what was wanted; `total` counts all pages, `page` is the one that was given (from 1)."""

    rows: tuple[EntryRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Option:
    """Something to narrow by; `was` are the names that it had, `gone` says that the regulation has it no more."""

    id: str
    title: Texts
    was: tuple[str, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods to choose from, newest first: quarters and months of the running year, then the years."""

    years: tuple[str, ...]
    quarters: tuple[str, ...]
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What this reader can narrow the ledger by. `columns` are the fields of each form that lists may show.

    `filters` are those of its questions that one can narrow by, by form.
    """

    forms: tuple[Option, ...]
    places: tuple[Option, ...]
    people: tuple[Option, ...]
    periods: Periods
    columns: Mapping[str, tuple[Option, ...]]
    whole: bool
    filters: Mapping[str, tuple[FieldFilter, ...]] = field(default_factory=dict)


class LedgerViews:
    """Reads the ledger for one who asks; rights are looked up anew at every call."""

    def __init__(self, resolve: Resolve, live: LiveCommunities, ledger: Ledger, clock: Clock) -> None:
        """Keep the ports."""
        self._resolve = resolve
        self._live = live
        self._ledger = ledger
        self._clock = clock

    async def choices(self, ref: ActorRef) -> Choices:
        """Return what the reader can narrow by. Raises DeniedError."""
        actor, community, labels = await self._looking(ref)
        regulation = community.regulation
        whole = covers_all(actor, regulation)
        root = regulation.place.id if whole else actor.post.place
        people = labels.all(WORKER) if whole else part_of(root, community.evaluation, labels).people
        seen = None if whole else part_of(root, community.evaluation, labels).subjects
        named = sorted((labels.of(WORKER, person) for person in people), key=lambda label: label.name)
        gone = await self._gone(community)
        forms = [Option(form.id, form.heading.title) for form in regulation.forms.values()]
        forms += [Option(name, form.heading.title, gone=True) for name, form in gone.items()]
        places = regulation.places.within(root)
        known: dict[str, Mapping[str, Texts]] = {}
        columns = {
            form.id: tuple(
                Option(item.id, item.title, item.was) for item in form.fields if not item.sensitive
            )
            for form in (*regulation.forms.values(), *gone.values())
        }
        return Choices(
            tuple(forms),
            tuple(Option(place.id, labels.place(place.id)) for place in places if place.id != root),
            tuple(Option(label.id, {"zh": label.name}) for label in named),
            self._periods(community),
            columns,
            whole,
            {form.id: filters_of(form, labels, seen, known) for form in regulation.forms.values()},
        )

    async def page(self, ref: ActorRef, wanted: Wanted) -> LedgerList:
        """Return one page; one past the end is the last. Raises DeniedError, ProblemError E511 for no period."""
        actor, community, labels = await self._looking(ref)
        size = wanted.size if wanted.size in SIZES else SIZES[0]
        query = self._query(actor, community, labels, wanted)
        page = max(wanted.page, 1)
        found = await self._ledger.find(replace(query, offset=(page - 1) * size, limit=size))
        pages = max(1, -(-found.total // size))
        if page > pages:
            page = pages
            found = await self._ledger.find(replace(query, offset=(page - 1) * size, limit=size))
        replaced = replaced_by(community)
        doers = Doers(community.entries, labels, actor.person)
        rows = [
            row_of(entry, community, doers, replaced, await self._said(community, entry))
            for entry in found.entries
        ]
        if wanted.search:
            rows = [_with_hits(row, entry, wanted) for row, entry in zip(rows, found.entries, strict=True)]
        return LedgerList(tuple(rows), found.total, page, pages)

    async def rows(self, ref: ActorRef, wanted: Wanted) -> AsyncIterator[EntryRow]:
        """Yield all that was wanted, a stretch at a time, each once whatever comes in meanwhile.

        Raises DeniedError as soon as the reader may no longer look.
        """
        after: After | None = None
        while True:
            actor, community, labels = await self._looking(ref)
            query = self._query(actor, community, labels, wanted)
            found = await self._ledger.follow(replace(query, limit=EXPORT_PAGE), after)
            replaced = replaced_by(community)
            doers = Doers(community.entries, labels, actor.person)
            for entry in found.entries:
                yield row_of(entry, community, doers, replaced, await self._said(community, entry))
            after = found.after
            if after is None:
                return

    async def about(self, ref: ActorRef, subject: str) -> SubjectLabel | None:
        """Return the label of a subject that the ledger is narrowed to, if the reader may see it."""
        actor, community, labels = await self._looking(ref)
        if not covers_all(actor, community.regulation):
            part = part_of(actor.post.place, community.evaluation, labels)
            if subject not in part.subjects:
                return None
        return next((found[subject] for found in _registers(labels) if subject in found), None)

    # ---- inside ---------------------------------------------------------------------------------------------------
    async def _looking(self, ref: ActorRef) -> tuple[Actor, Community, Labels]:
        now = self._clock()
        actor = await self._resolve(ref, now)
        community = await self._live.fresh(actor.community)
        return actor, community, Labels(community.evaluation, now)

    async def _gone(self, community: Community) -> Mapping[str, Form]:
        """Return the forms of which there are entries and which the regulation has no more, as they were last."""
        known = community.regulation.forms
        last = {
            entry.form: entry
            for entry in community.entries.values()
            if entry.form not in known and entry.form != RETRACTION
        }
        read = {name: await self._said(community, entry) for name, entry in last.items()}
        return {name: form for name, form in read.items() if form is not None}

    async def _said(self, community: Community, entry: Entry) -> Form | None:
        """Return the form in whose words an entry is read."""
        form = community.regulation.forms.get(entry.form)
        return await as_read(self._live, community, (entry,), entry, form)

    @staticmethod
    def _query(actor: Actor, community: Community, labels: Labels, wanted: Wanted) -> LedgerQuery:
        regulation = community.regulation
        since, until = bounds(wanted.period, community)
        return LedgerQuery(
            place=regulation.place.id,
            forms=(wanted.form,) if wanted.form else (),
            subjects=(wanted.subject,) if wanted.subject else (),
            by=(wanted.person,) if wanted.person else (),
            without=tuple(Doers(community.entries, labels, actor.person).of(wanted.person)),
            since=since,
            until=until,
            search=wanted.search,
            filters=conditions(regulation.forms.get(wanted.form), wanted.fields),
            named=_named(labels, wanted.search),
            called=_called(labels, wanted.search),
            meant=meant_by(_forms(regulation, wanted.form), wanted.search),
            belonging=_belonging(actor, community, labels, wanted.place),
            standing=wanted.standing,
            order="recorded_at" if wanted.order == "recorded_at" else "at",
            descending=wanted.descending,
        )

    def _periods(self, community: Community) -> Periods:
        zone = community.regulation.calendar.zone
        today = date_of(zone, self._clock())
        first = min((entry.at for entry in community.entries.values()), default=self._clock())
        years = range(today.year, min(date_of(zone, first).year, today.year) - 1, -1)
        months = [date(today.year, month, 1) for month in range(today.month, 0, -1)]
        quarters = dict.fromkeys(period_of(day, "quarter").label for day in months)
        return Periods(
            tuple(f"{year:04}" for year in years),
            tuple(quarters),
            tuple(period_of(day, "month").label for day in months),
        )


def _belonging(actor: Actor, community: Community, labels: Labels, place: str) -> Belonging | None:
    """Return the part that the reader may see and wants to see; None for the whole community.

    Raises DeniedError for a place that isn't the reader's.
    """
    regulation = community.regulation
    whole = covers_all(actor, regulation)
    tree = regulation.places
    if place and (place not in tree.places or not tree.contains(regulation.place.id, place)):
        raise DeniedError("not_permitted")
    if whole and place in {"", regulation.place.id}:
        return None
    if not whole and place and not tree.contains(actor.post.place, place):
        raise DeniedError("not_permitted")
    part: Part = part_of(place or actor.post.place, community.evaluation, labels)
    own = actor.person if not whole and place in {"", actor.post.place} else ""
    return Belonging(
        tuple(sorted(part.places)), tuple(sorted(part.subjects)), tuple(sorted(part.people)), own
    )


def _registers(labels: Labels) -> list[Mapping[str, SubjectLabel]]:
    kinds = dict.fromkeys(form.describes for form in labels.regulation.forms.values() if form.describes)
    return [labels.all(kind) for kind in kinds]


def _named(labels: Labels, search: str) -> tuple[str, ...]:
    """Return the subjects whose name or plate holds every word of the search."""
    words = words_of(search)
    if not words:
        return ()
    found = [
        label.id
        for register in _registers(labels)
        for label in register.values()
        if all(word in fold(f"{label.plate} {label.name}") for word in words)
    ]
    return tuple(found) if len(found) <= MOST_NAMED else ()


def _called(labels: Labels, search: str) -> Mapping[str, tuple[str, ...]]:
    """Return the subjects that each of several words may name: a name beside what was done."""
    words = words_of(search)
    return {word: _named(labels, word) for word in dict.fromkeys(words)} if len(words) > 1 else {}


def _forms(regulation: Regulation, form: str) -> Mapping[str, Form]:
    return {form: regulation.forms[form]} if form in regulation.forms else regulation.forms


def _with_hits(row: EntryRow, entry: Entry, wanted: Wanted) -> EntryRow:
    named = "" if row.about is None else f"{row.about.plate} {row.about.name}"
    return replace(row, hits=hits_of(entry, row.answers, named, wanted.search))


def replaced_by(community: Community) -> dict[str, list[Entry]]:
    """Return, by the id of an entry, those that supersede it."""
    found: dict[str, list[Entry]] = {}
    for entry in community.entries.values():
        if entry.supersedes is not None:
            found.setdefault(entry.supersedes, []).append(entry)
    return found


def state_of(entry: Entry, known: Mapping[str, Entry], replaced: Mapping[str, list[Entry]]) -> str:
    """Return what became of an entry, in a word. `known` are the entries by id: of what it stands for."""
    if entry.form == RETRACTION:
        return "withdrawal"
    whole = known.get(entry.id, entry)  # lists leave sensitive answers out
    later = replaced.get(entry.id)
    if later:
        if all(one.form == RETRACTION for one in later):
            return "withdrawn"
        return "supplemented" if all(only_adds_files(whole, one) for one in later) else "corrected"
    if entry.supersedes is None:
        return "stands"
    before = known.get(entry.supersedes)
    if before is not None and before.form == RETRACTION:
        return "restored"
    return "supplement" if before is not None and only_adds_files(before, whole) else "correction"


def row_of(
    entry: Entry,
    community: Community,
    doers: Doers,
    replaced: Mapping[str, list[Entry]],
    said: Form | None = None,
) -> EntryRow:
    """Return an entry as lists show it, without sensitive answers; `said` is the form in whose words it is read."""
    regulation, labels = community.regulation, doers.labels
    form = said or regulation.forms.get(entry.form)
    zone = regulation.calendar.zone
    about = about_of(entry, form, regulation, labels)
    place = (
        entry.subject if entry.subject in regulation.places.places else about.place if about else entry.place
    )
    return EntryRow(
        id=entry.id,
        at=entry.at,
        recorded_at=entry.recorded_at,
        form=entry.form,
        title={"zh": entry.form} if form is None else form.heading.title,
        icon="description" if form is None else form.icon,
        about=about,
        by=doers.name(entry),
        place=labels.place(place or entry.place),
        answers=answers_of(entry, form, labels, cleared=NOTHING_SENSITIVE),
        state=state_of(entry, community.entries, replaced),
        late_days=max(0, (date_of(zone, entry.recorded_at) - date_of(zone, entry.at)).days),
        span=None if form is None else form.span,
        also=tuple(name_of(regulation, labels, (form and form.about) or "", one) for one in entry.subjects),
    )


def csv_line(cells: list[str]) -> str:
    """Return one line of a CSV file, every cell guarded and quoted."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return line.getvalue()
