"""A demo's entries, generated from a declared scenario: invented people, a year of work, good and bad habits.

The generator knows no form, field, post or duty by name: the scenario names them. It draws from a seed, asks no
clock, and gives the same entries in any time zone and at any hash seed; a later `today` only adds to them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from heapq import merge

from app.domain.entry import Entry, entry_order
from app.services.scenario.activities import Activity, Setting
from app.services.scenario.acts import habits_of
from app.services.scenario.answers import Compiler
from app.services.scenario.people import Staffing
from app.services.scenario.reading import Node, ScenarioError
from app.services.scenario.subjects import Addresses, Population, Subject
from app.services.scenario.world import Draft, World

__all__ = ["Scenario", "ScenarioError", "World", "generate"]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario as it was read from its file (YAML 1.2, typed scalars)."""

    data: Mapping[str, object]

    @property
    def place(self) -> str:
        """The community that it plays in. Raises ScenarioError."""
        return Node(self.data)["place"].text()

    @property
    def order(self) -> int:
        """Where it stands among several scenarios, the lowest first. Raises ScenarioError."""
        order = Node(self.data).get("order")
        return order.whole() if order else 0

    @property
    def seed(self) -> int:
        """The seed that it is shown with. Raises ScenarioError."""
        return Node(self.data)["seed"].whole()


def generate(world: World, scenario: Scenario, today: date, seed: int | None = None) -> Iterator[Entry]:
    """Yield the scenario's entries by (`at`, `id`): what had happened and was recorded before `today` began.

    `today` is a day of the calendar's zone (exclusive). Raises ScenarioError, at the first entry, when the scenario
    can't be read or names what isn't there.
    """
    node = Node(scenario.data)
    seed = scenario.seed if seed is None else seed
    community = node["place"].text()
    if community not in world.places.places:
        raise node["place"].fault("this place isn't declared")

    def items(name: str) -> list[tuple[str, Node]]:
        """Return what there is of a part; a place without households needs none of them."""
        return list(node[name].items()) if name in node else []

    first, horizon = (
        node["from"].day(),
        node["until"].day(),
    )  # what happens is drawn up to a fixed day, then cut
    subjects: dict[str, list[Subject]] = {}
    compiler = Compiler(node.get("pools"), subjects)
    staff = Staffing(world, node["people"], compiler, seed, community, horizon)
    fixed: list[Draft] = list(staff.drafts)
    doors = {name: Addresses(world, one, seed, community) for name, one in items("addresses")}
    for name, one in items("subjects"):
        door = doors[one["address"].text()] if "address" in one else None
        hosts = subjects[one["each_of"].text()] if "each_of" in one else ()
        people = Population(world, one, compiler, staff.roster, door, hosts, seed, community, first, horizon)
        subjects[name] = people.subjects
        fixed += people.drafts
    streams: list[Iterator[Entry]] = [_in_order(fixed, world)]
    if "activities" in node:
        habits = habits_of(node["habits"], compiler)
        setting = Setting(world, compiler, staff.roster, habits, seed, community, first, today)
        for one in node["activities"].values():
            kind = one["for_each"].get("subject")
            streams.append(Activity(setting, one, subjects[kind.text()] if kind else []).entries())
    until = world.local(today).astimezone(UTC)
    for entry in merge(*streams, key=entry_order):
        if entry.at >= until:
            return
        if entry.recorded_at < until:
            yield entry


def _in_order(drafts: list[Draft], world: World) -> Iterator[Entry]:
    return iter(sorted((draft.entry(world.revision) for draft in drafts), key=entry_order))
