"""The demo: invented communities with invented people side by side, each built from a declared scenario."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.entry import Entry
from app.domain.kinds.links import WORKER
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation, sensitive_fields
from app.domain.zones import date_of
from app.services.actor import Permission
from app.services.collecting import uncollected
from app.services.community import Communities
from app.services.labels import Labels
from app.services.live import LiveCommunities
from app.services.people import posts_at
from app.services.ports import DEMO_MAKER, Account, Accounts, Clock, IdTakenError, Ledger, Progress
from app.services.scenario.scenario import Scenario, ScenarioError, generate
from app.services.scenario.world import World
from app.services.starting import DemoPerson

BATCH = 2_000
ReadScenarios = Callable[[], Sequence[Mapping[str, object]] | None]
"""Reads the scenarios, one a community; None when one of them can't be read."""


@dataclass(frozen=True, slots=True)
class DemoPorts:
    """What the demo is built with."""

    communities: Communities
    accounts: Accounts
    ledger: Ledger
    live: LiveCommunities
    clock: Clock
    read_scenarios: ReadScenarios


class Demo:
    """Builds the demo and tells who can be entered as. Building it again adds what is missing."""

    def __init__(self, ports: DemoPorts) -> None:
        """Keep the ports."""
        self._ports = ports

    async def start(self, progress: Progress) -> None:
        """Publish each community's regulation, store its entries, make its accounts.

        Every step can be repeated: an interrupted start is mended by the next. Raises ProblemError E520 when a
        scenario can't be read or there is none, and what is wrong with the declared files; E521, after everything
        else was made, with the places whose entries are of an older version's demo: they stay as they are.
        """
        ports = self._ports
        scenarios = await self._scenarios()
        if not scenarios:
            raise ProblemError(Problem("E520"))
        made: list[tuple[Regulation, list[Entry]]] = []
        for scenario in scenarios:
            try:
                regulation = await ports.communities.publish_first(scenario.place, DEMO_MAKER)
                made.append((regulation, await asyncio.to_thread(self._entries, regulation, scenario)))
            except ScenarioError as fault:
                raise ProblemError(Problem("E520")) from fault
        done, total = 0, sum(len(entries) for _, entries in made)
        older: list[str] = []
        for regulation, entries in made:
            sensitive = sensitive_fields(regulation)
            # Where the demo was whole, at once or not at all: two versions mixed would be nobody's year.
            was_made = any(one.demo for one in await ports.accounts.of_place(regulation.place.id))
            size = max(len(entries), 1) if was_made else BATCH
            for first in range(0, len(entries), size):
                batch = entries[first : first + size]
                try:
                    await ports.ledger.append(batch, sensitive)
                except IdTakenError:
                    older.append(regulation.place.id)
                    done += len(entries) - first
                    progress(done, total)
                    break
                done += len(batch)
                progress(done, total)
        ports.live.forget([scenario.place for scenario in scenarios])
        for scenario in scenarios:
            await self._make_accounts(scenario.place)
        if older:
            raise ProblemError(Problem("E521", values={"places": ", ".join(older)}))

    async def _scenarios(self) -> list[Scenario]:
        """Return the scenarios in the order in which they want to stand; none when one can't be read."""
        found = [Scenario(data) for data in await asyncio.to_thread(self._ports.read_scenarios) or ()]
        try:
            return sorted(found, key=lambda one: (one.order, one.place))
        except ScenarioError as fault:
            raise ProblemError(Problem("E520")) from fault

    def _entries(self, regulation: Regulation, scenario: Scenario) -> list[Entry]:
        world = World(regulation.places, regulation.calendar, regulation.revision)
        today = date_of(regulation.calendar.zone, self._ports.clock())
        with uncollected():
            return list(generate(world, scenario, today))

    async def _make_accounts(self, place: str) -> None:
        """Make an account without a password for each person who holds a post now."""
        told = await self._ports.live.told(place)
        now = self._ports.clock()
        labels = Labels(told, now)
        holders = {worker for worker, _ in posts_at(told, told.regulation, now)}
        for worker in sorted(holders):
            name = labels.of(WORKER, worker).name
            await self._ports.accounts.save(
                Account(f"demo-{worker}", f"demo-{worker}", worker, name, place, None, demo=True)
            )

    async def people(self) -> Sequence[DemoPerson]:
        """Return whom a visitor can be: community by community, one person of each role first, then the others."""
        return [
            person for scenario in await self._scenarios() for person in await self._people(scenario.place)
        ]

    async def _people(self, place: str) -> Sequence[DemoPerson]:
        accounts = {
            account.person: account for account in await self._ports.accounts.of_place(place) if account.demo
        }
        if not accounts:
            return ()
        told = await self._ports.live.told(place)
        now = self._ports.clock()
        labels = Labels(told, now)
        seen: dict[str, int] = {}
        found: list[tuple[int, int, str, DemoPerson]] = []
        roles = list(told.regulation.roles)
        title = labels.place(place)
        for worker, post in sorted(
            posts_at(told, told.regulation, now),
            key=lambda item: (item[1].place, item[0]),
        ):
            account = accounts.get(worker)
            if account is None:
                continue
            role = told.regulation.roles[post.role].heading.title
            person = DemoPerson(
                account.id,
                account.name,
                role,
                labels.place(post.place),
                title,
                rules=Permission.PUBLISH in post.may,
                appraises=Permission.APPRAISE in post.may,
            )
            number = seen[post.role] = seen.get(post.role, 0) + 1
            found.append((number, _rank(roles, post.role, len(post.may)), worker, person))
        return [person for _, _, _, person in sorted(found, key=lambda item: item[:3])]


def _rank(roles: Sequence[str], role: str, permissions: int) -> int:
    """Return where a role stands in the list: those who may most first, then in declared order."""
    return -permissions * len(roles) + roles.index(role)
