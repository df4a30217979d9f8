"""In-memory stores for tests of what stands above them; tests/store_suite holds both to one behaviour."""

import unicodedata
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from app.domain.entry import RETRACTION, Entry, content_hash, entry_to_json
from app.domain.sandbox import is_sandbox
from app.ledger.instants import to_micros
from app.services.drafting.ports import DraftMark, DraftState, DraftStep, RegulationDraft
from app.services.ports import (
    Account,
    After,
    Appended,
    Belonging,
    Closed,
    Draft,
    Gone,
    IdTakenError,
    Job,
    LedgerPage,
    LedgerQuery,
    Remembered,
    Revision,
    Stored,
    Stretch,
    Ticket,
    nobody_is_gone,
)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _within(outer: str, inner: str) -> bool:
    return not outer or inner == outer or inner.startswith(outer + "/")


def _said(entry: Entry) -> str:
    """What the person said: the server's stamps may differ when a submission is repeated."""
    data = entry_to_json(entry)
    return content_hash({key: value for key, value in data.items() if key not in {"recorded_at", "revision"}})


def _scalars(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _scalars(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _scalars(item)]
    if value is None:
        return []
    return [str(value).lower() if isinstance(value, bool) else str(value)]


def _holds(value: Any, wanted: str) -> bool:
    items = value if isinstance(value, list | tuple) else [value]
    return any(not isinstance(item, list | tuple | Mapping) and wanted in _scalars(item) for item in items)


@dataclass(slots=True)
class FakeLedger:
    """A ledger in a list; keyed by id."""

    stored: list[Stored] = field(default_factory=list)
    sensitive: dict[str, frozenset[str]] = field(default_factory=dict)
    """Entry id → the fields that were stored apart."""

    async def append(
        self, entries: Sequence[Entry], sensitive: Mapping[str, frozenset[str]]
    ) -> list[Appended]:
        known = {stored.entry.id: stored.entry for stored in self.stored}
        results, fresh = [], []
        for entry in entries:
            there = known.get(entry.id)
            if there is not None and _said(there) != _said(entry):
                raise IdTakenError(entry.id)
            results.append(Appended(entry.id, new=there is None))
            if there is None:
                known[entry.id] = entry
                fresh.append(entry)
        for entry in fresh:
            self.stored.append(Stored(len(self.stored) + 1, entry))
            self.sensitive[entry.id] = sensitive.get(entry.form, frozenset())
        return results

    async def read(self, place: str, after: int = 0, *, below: bool = True) -> AsyncIterator[Stored]:
        for stored in list(self.stored):
            there = _within(place, stored.entry.place) if below else stored.entry.place == place
            if stored.number > after and there:
                yield stored

    async def get(self, entry_id: str) -> Entry | None:
        return next((stored.entry for stored in self.stored if stored.entry.id == entry_id), None)

    async def chain(self, entry_id: str) -> list[Entry]:
        if await self.get(entry_id) is None:
            return []
        linked = {entry_id}
        while True:
            more = {
                name
                for stored in self.stored
                for pair in [(stored.entry.id, stored.entry.supersedes)]
                if None not in pair and linked & set(pair)
                for name in pair
                if name is not None
            }
            if more <= linked:
                break
            linked |= more
        found = [stored for stored in self.stored if stored.entry.id in linked]
        found.sort(key=lambda stored: (stored.entry.recorded_at, stored.number))
        return [stored.entry for stored in found]

    async def find(self, query: LedgerQuery) -> LedgerPage:
        found = self._found(query)
        page = found[query.offset : query.offset + query.limit]
        return LedgerPage(tuple(entry for *_, entry in page), len(found))

    async def follow(self, query: LedgerQuery, after: After | None = None) -> Stretch:
        found = [
            row
            for row in self._found(query)
            if after is None or ((row[:2] < after) if query.descending else (row[:2] > after))
        ]
        page = found[: query.limit]
        more = len(page) == query.limit
        return Stretch(tuple(entry for *_, entry in page), page[-1][:2] if more else None)

    def _found(self, query: LedgerQuery) -> list[tuple[int, int, Entry]]:
        superseded = {stored.entry.supersedes for stored in self.stored}
        found = [
            (to_micros(getattr(stored.entry, query.order)), stored.number, shown)
            for stored in self.stored
            for shown in [self._shown(stored.entry)]
            if _matches(query, shown)
            and not (query.standing and (shown.id in superseded or shown.form == RETRACTION))
        ]
        found.sort(key=lambda row: row[:2], reverse=query.descending)
        return found

    async def set_apart(self, place: str, sensitive: Mapping[str, frozenset[str]]) -> int:
        moved = 0
        for stored in self.stored:
            entry, before = stored.entry, self.sensitive[stored.entry.id]
            more = (sensitive.get(entry.form, frozenset()) & entry.answers.keys()) - before
            if more and _within(place, entry.place):
                self.sensitive[entry.id] = before | more
                moved += 1
        return moved

    async def last_number(self, place: str) -> int:
        return max((s.number for s in self.stored if _within(place, s.entry.place)), default=0)

    def _shown(self, entry: Entry) -> Entry:
        hidden = self.sensitive[entry.id]
        return replace(
            entry, answers={key: value for key, value in entry.answers.items() if key not in hidden}
        )


def _matches(query: LedgerQuery, entry: Entry) -> bool:
    texts = [_fold(text) for text in _scalars(entry.answers)]
    return (
        _within(query.place, entry.place)
        and (not query.forms or entry.form in query.forms)
        and (not query.subjects or bool({entry.subject, *entry.subjects} & set(query.subjects)))
        and (not query.by or entry.by in query.by)
        and entry.id not in query.without
        and (query.since is None or entry.at >= query.since)
        and (query.until is None or entry.at < query.until)
        and (
            all(
                any(word in text for text in texts)
                or any(
                    entry.form == form and _holds(entry.answers.get(name), choice)
                    for form, name, choice in query.meant.get(word, ())
                )
                or bool({entry.subject, *entry.subjects} & set(query.called.get(word, ())))
                for word in _fold(query.search).split()
            )
            or bool({entry.subject, *entry.subjects} & set(query.named))
        )
        and (query.belonging is None or _belongs(query.belonging, entry))
        and all(_holds(entry.answers.get(name), wanted) for name, wanted in query.answers.items())
        and all(one.fits(entry.answers) for one in query.filters)
    )


def _belongs(part: Belonging, entry: Entry) -> bool:
    return (
        entry.place in part.places
        or bool({entry.subject, *entry.subjects} & set(part.subjects))
        or (entry.subject is None and entry.by in part.people)
        or entry.by == part.own
    )


@dataclass(slots=True)
class FakeAccounts:
    """Logins in a dict."""

    accounts: dict[str, Account] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    marks: dict[str, datetime] = field(default_factory=dict)
    failed: list[tuple[str, datetime]] = field(default_factory=list)

    async def by_id(self, account_id: str) -> Account | None:
        return self.accounts.get(account_id)

    async def by_login(self, login: str) -> Account | None:
        wanted = _fold(login)
        return next((found for found in self.accounts.values() if _fold(found.login) == wanted), None)

    async def of_place(self, place: str) -> list[Account]:
        found = [account for account in self.accounts.values() if account.place == place]
        return sorted(found, key=lambda account: _fold(account.login))

    async def any(self) -> bool:
        return any(not account.demo for account in self.accounts.values())

    async def save(self, account: Account) -> None:
        holder = await self.by_login(account.login)
        if holder is not None and holder.id != account.id:
            raise IdTakenError(account.id)
        self.accounts[account.id] = account

    async def save_ticket(self, ticket: Ticket) -> None:
        self.tickets[ticket.secret_hash] = ticket

    async def take_ticket(self, secret_hash: str, now: datetime) -> Ticket | None:
        ticket = self.tickets.pop(secret_hash, None)
        return ticket if ticket is not None and now < ticket.expires else None

    async def ticket(self, secret_hash: str, now: datetime) -> Ticket | None:
        ticket = self.tickets.get(secret_hash)
        return ticket if ticket is not None and now < ticket.expires else None

    async def tickets_until(self, accounts: Collection[str], now: datetime) -> Mapping[str, datetime]:
        found = sorted(self.tickets.values(), key=lambda ticket: ticket.expires)
        return {one.account: one.expires for one in found if one.account in accounts and now < one.expires}

    async def mark(self, key: str, now: datetime, until: datetime) -> bool:
        if await self.marked(key, now):
            return False
        self.marks[key] = until
        return True

    async def marked(self, key: str, now: datetime) -> bool:
        return key in self.marks and now < self.marks[key]

    async def unmark(self, key: str) -> None:
        self.marks.pop(key, None)

    async def failures(self, key: str, since: datetime) -> int:
        return sum(1 for name, at in self.failed if name == key and at >= since)

    async def note_failure(self, key: str, at: datetime) -> None:
        self.failed = [row for row in self.failed if row[1] >= at - timedelta(days=1)]
        self.failed.append((key, at))

    async def clear_failures(self, key: str) -> None:
        self.failed = [row for row in self.failed if row[0] != key]


@dataclass(slots=True)
class FakeRevisions:
    """Publications in a list, in the order in which they were added."""

    revisions: list[Revision] = field(default_factory=list)

    async def add(self, revision: Revision) -> None:
        newest = await self.all(revision.place)
        if not newest or newest[0].hash != revision.hash:
            self.revisions.append(revision)

    async def current(self, place: str, as_of: datetime) -> Revision | None:
        return next((found for found in await self.all(place) if found.holds_at(as_of)), None)

    async def get(self, place: str, revision_hash: str) -> Revision | None:
        return next((found for found in await self.all(place) if found.hash == revision_hash), None)

    async def all(self, place: str) -> list[Revision]:
        found = [revision for revision in reversed(self.revisions) if revision.place == place]
        return sorted(found, key=lambda revision: revision.published_at, reverse=True)


@dataclass(slots=True)
class FakeRegulationDrafts:
    """Drafts of regulations by id, their steps and marks, beside the revisions."""

    revisions: FakeRevisions
    drafts: dict[str, RegulationDraft] = field(default_factory=dict)
    chains: dict[str, list[DraftStep]] = field(default_factory=dict)
    made: list[DraftMark] = field(default_factory=list)

    async def open(self, draft: RegulationDraft) -> None:
        self.drafts[draft.id] = draft
        self.chains[draft.id] = [draft.step]

    async def get(self, draft_id: str) -> RegulationDraft | None:
        return self.drafts.get(draft_id)

    async def of_place(self, place: str) -> list[RegulationDraft]:
        found = [one for one in self.drafts.values() if (one.place, one.state) == (place, DraftState.OPEN)]
        return sorted(found, key=lambda one: (-one.opened_at.timestamp(), one.id))

    async def steps(self, draft_id: str) -> list[DraftStep]:
        chain = self.chains.get(draft_id, [])
        return [
            replace(step, files={path: text and "" for path, text in step.files.items()}) for step in chain
        ]

    async def step(self, draft_id: str, number: int) -> DraftStep | None:
        return next((step for step in self.chains.get(draft_id, []) if step.number == number), None)

    async def add(self, draft_id: str, step: DraftStep) -> bool:
        draft = self.drafts.get(draft_id)
        if draft is None or draft.state != DraftState.OPEN or draft.step.number != step.number - 1:
            return False
        self.drafts[draft_id] = replace(draft, step=step)
        self.chains[draft_id].append(step)
        return True

    async def close(self, draft_id: str, state: DraftState) -> bool:
        draft = self.drafts.get(draft_id)
        if draft is None or draft.state != DraftState.OPEN:
            return False
        self.drafts[draft_id] = replace(draft, state=state)
        return True

    async def publish(self, draft_id: str, number: int, revision: Revision) -> bool:
        newest = next(iter(await self.revisions.all(revision.place)), None)
        draft = self.drafts.get(draft_id)
        if (None if newest is None else newest.hash) != revision.based_on:
            return False
        if draft is None or draft.state != DraftState.OPEN or draft.step.number != number:
            return False
        self.drafts[draft_id] = replace(draft, state=DraftState.PUBLISHED)
        self.revisions.revisions.append(revision)
        return True

    async def mark(self, mark: DraftMark) -> None:
        key = (mark.draft, mark.kind, mark.content)
        self.made = [one for one in self.made if (one.draft, one.kind, one.content) != key] + [mark]

    async def marks(self, draft_id: str) -> list[DraftMark]:
        return sorted((one for one in self.made if one.draft == draft_id), key=lambda one: one.at)


@dataclass(slots=True)
class FakeClosings:
    """Closed periods by place and label."""

    closed: dict[tuple[str, str], Closed] = field(default_factory=dict)

    async def add(self, closed: Closed) -> bool:
        key = (closed.place, closed.period)
        is_new = key not in self.closed
        self.closed.setdefault(key, closed)
        return is_new

    async def get(self, place: str, period: str) -> Closed | None:
        return self.closed.get((place, period))

    async def periods(self, place: str) -> list[str]:
        return sorted(label for own, label in self.closed if own == place)


@dataclass(slots=True)
class FakeDrafts:
    """Drafts by account and key."""

    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)

    async def of_account(self, account: str) -> list[Draft]:
        return [draft for key, draft in sorted(self.drafts.items()) if key[0] == account]

    async def load(self, account: str, key: str) -> Draft | None:
        return self.drafts.get((account, key))

    async def save(self, draft: Draft) -> None:
        self.drafts[draft.account, draft.key] = draft

    async def drop(self, account: str, key: str | None = None) -> None:
        for name in [name for name in self.drafts if name[0] == account and key in {None, name[1]}]:
            del self.drafts[name]


@dataclass(slots=True)
class FakeJobs:
    """Jobs by id, oldest first."""

    jobs: dict[str, Job] = field(default_factory=dict)

    async def put(self, job: Job) -> None:
        self.jobs.setdefault(job.id, job)

    async def take(
        self, now: datetime, stale_before: datetime, taker: str = "", gone: Gone = nobody_is_gone
    ) -> Job | None:
        for job in sorted(self.jobs.values(), key=lambda job: job.created_at):
            over = job.beat is None or job.beat < stale_before or (job.taker != "" and gone(job.taker))
            if job.state == "queued" or (job.state == "running" and over):
                self.jobs[job.id] = replace(job, state="running", beat=now, taker=taker)
                return self.jobs[job.id]
        return None

    async def beat(self, job_id: str, now: datetime, done: int, total: int) -> None:
        if job_id in self.jobs and self.jobs[job_id].state == "running":
            self.jobs[job_id] = replace(self.jobs[job_id], beat=now, done=done, total=total)

    async def turn(
        self,
        job: Job,
        was: Collection[str],
        state: str,
        arguments: Mapping[str, Any],
        result: str | None,
        reached: tuple[int, int] = (0, 0),
    ) -> bool:
        known = self.jobs.get(job.id)
        if known is None or known.state not in was:
            return False
        self.jobs[job.id] = replace(
            known,
            state=state,
            arguments=arguments,
            result=result,
            problem=None,
            beat=None,
            done=reached[0],
            total=reached[1],
        )
        return True

    async def finish(self, job_id: str, result: str | None, problem: str | None) -> None:
        if job_id in self.jobs and self.jobs[job_id].state in {"queued", "running"}:
            state = "failed" if problem else "done"
            self.jobs[job_id] = replace(self.jobs[job_id], state=state, result=result, problem=problem)

    async def get(self, job_id: str) -> Job | None:
        return self.jobs.get(job_id)

    async def of_place(self, place: str, limit: int = 50) -> list[Job]:
        found = [job for job in reversed(self.jobs.values()) if job.place == place]
        return sorted(found, key=lambda job: job.created_at, reverse=True)[:limit]


@dataclass(slots=True)
class FakeMemory:
    """What was set up, by id."""

    items: dict[str, Remembered] = field(default_factory=dict)

    async def of_place(self, place: str, kind: str) -> list[Remembered]:
        found = [item for item in self.items.values() if (item.place, item.kind) == (place, kind)]
        return sorted(found, key=lambda item: (item.name, item.id))

    async def get(self, remembered_id: str) -> Remembered | None:
        return self.items.get(remembered_id)

    async def save(self, item: Remembered) -> None:
        self.items[item.id] = item

    async def drop(self, remembered_id: str) -> None:
        self.items.pop(remembered_id, None)


class FakeSandboxes:
    """Takes everything of a sandbox out of a fake store."""

    def __init__(self, store: "FakeStore") -> None:
        self._store = store

    async def drop(self, place: str) -> None:
        if not is_sandbox(place):
            raise ValueError(place)
        store = self._store
        store.ledger.stored[:] = [one for one in store.ledger.stored if not _within(place, one.entry.place)]
        gone = {one.id for one in store.accounts.accounts.values() if one.place == place}
        store.drafts.drafts = {
            key: one for key, one in store.drafts.drafts.items() if one.account not in gone
        }
        store.accounts.accounts = {
            key: one for key, one in store.accounts.accounts.items() if one.place != place
        }
        store.revisions.revisions[:] = [one for one in store.revisions.revisions if one.place != place]


@dataclass(slots=True)
class FakeStore:
    """All ports, as `app.ledger.open_store` gives them."""

    ledger: FakeLedger = field(default_factory=FakeLedger)
    accounts: FakeAccounts = field(default_factory=FakeAccounts)
    revisions: FakeRevisions = field(default_factory=FakeRevisions)
    drafts: FakeDrafts = field(default_factory=FakeDrafts)
    jobs: FakeJobs = field(default_factory=FakeJobs)
    closings: FakeClosings = field(default_factory=FakeClosings)
    memory: FakeMemory = field(default_factory=FakeMemory)
    regulation_drafts: FakeRegulationDrafts = field(init=False)
    sandboxes: FakeSandboxes = field(init=False)

    def __post_init__(self) -> None:
        self.regulation_drafts = FakeRegulationDrafts(self.revisions)
        self.sandboxes = FakeSandboxes(self)
