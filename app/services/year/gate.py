"""What the year of an appraisal forbids: said before anything is stored, whichever way an entry comes.

A new entry, a correction, a withdrawal and what undoes one are held alike; rows of a workbook are held to what they may
say, not to the order in which they come (ADR 138).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.domain.entry import RETRACTION, Entry
from app.domain.kinds.appraisal import Appraisal
from app.domain.submission import Fault
from app.services.actor import Actor, Post
from app.services.appraising.closing import Closing
from app.services.appraising.opened import Opened
from app.services.appraising.windows import year_of
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities
from app.services.ports import Clock
from app.services.year.changes import Changed
from app.services.year.holds import Held
from app.services.year.reading import YearReader
from app.services.year_forms import PERIOD, forms_of

NOBODY: Final = Actor("", "", "", "", "zh", Post("", "", "", frozenset()), ())
"""Who acts where rows are read in: nothing that is asked of a year depends on it."""


class YearGate:
    """Holds entries that belong to an appraisal's year against it, and closes a period whose stage freezes it."""

    def __init__(self, live: LiveCommunities, clock: Clock, closing: Closing | None = None) -> None:
        """Keep what evaluates years, and what closes them."""
        self._live = live
        self._clock = clock
        self._closing = closing

    async def faults(
        self,
        community: Community,
        actor: Actor,
        entry: Entry,
        along: Sequence[Entry] = (),  # noqa: ARG002 - each is held by itself
    ) -> list[Fault]:
        """Return why an entry can't be stored: E781 to E784 for what it says, E785 for what it changes.

        An entry that supersedes another changes it; one of the system's form for withdrawals takes it back.
        """
        old = _standing(community, entry)
        new = None if entry.form == RETRACTION else entry
        faults: list[Fault] = []
        for reader in await self._readers(community, actor, new or old):
            found = [] if old is None else Changed(reader, actor, old).faults(new)
            if new is not None and not found:
                found = Held(reader, new, old).faults()
            faults += found
        return _each_once(faults)

    async def before(self, community: Community, actor: Actor, entry: Entry) -> None:
        """Close the year whose stage an entry begins, if that stage freezes it. Raises as `Closing.close`.

        The outcome is there before the step is: where the process dies in between, the step is taken again.
        """
        for reader in await self._readers(community, actor, entry):
            held = Held(reader, entry)
            if self._closing is not None and held.freezes():
                await self._closing.close(community.place, held.period, actor.person)
                return

    def rows(self, community: Community, form: str) -> "RowGate | None":
        """Return what holds the rows of one file: a row may contradict an earlier one. None: the form is of no year."""
        regulation = community.regulation
        held = any(form in forms_of(one, regulation) for one in regulation.appraisals.values())
        return RowGate(self, community) if held else None

    async def _readers(self, community: Community, actor: Actor, entry: Entry | None) -> list["YearReader"]:
        """Return the readers of the appraisals to whose year an entry belongs."""
        if entry is None:
            return []
        regulation = community.regulation
        found = [one for one in regulation.appraisals.values() if entry.form in forms_of(one, regulation)]
        own = period_of(community, found, entry)
        if not found or not own:
            return []
        period = year_of(own, found, regulation.calendar)
        evaluation = await self._live.other_period(community.place, period)
        now = self._clock()
        opened = Opened(actor, community, evaluation, period, Labels(evaluation, now))
        return [YearReader(opened, one, now) for one in found]

    async def row_faults(
        self, community: Community, entry: Entry, readers: dict[str, list["YearReader"]]
    ) -> list[Fault]:
        """Return why a row of a file can't be stored; `readers` keeps what was opened for its year."""
        year = str(entry.answers.get(PERIOD, ""))
        if year not in readers:
            readers[year] = await self._readers(community, NOBODY, entry)
        return _each_once([fault for one in readers[year] for fault in Held(one, entry).on_paper()])


@dataclass(slots=True)
class RowGate:
    """Holds the rows of one file, in their order; what an earlier row said is remembered."""

    gate: YearGate
    community: Community
    _readers: dict[str, list["YearReader"]] = field(default_factory=dict)
    _said: dict[tuple[object, ...], str] = field(default_factory=dict)

    async def faults(self, entries: Iterable[Entry]) -> Mapping[str, list[Fault]]:
        """Return what is wrong with rows, by their entries' ids; rows without a fault aren't named."""
        found: dict[str, list[Fault]] = {}
        for entry in entries:
            faults = await self.gate.row_faults(self.community, entry, self._readers)
            readers = self._readers.get(str(entry.answers.get(PERIOD, "")), [])
            for key, fault in () if faults else (pair for one in readers for pair in Held(one, entry).once()):
                if self._said.setdefault(key, entry.id) != entry.id:
                    faults = [fault]
            if faults:
                found[entry.id] = faults
        return found


def period_of(community: Community, appraisals: list[Appraisal], entry: Entry) -> str:
    """Return the year that an entry is of: as it says itself, or as the matter says of which it is a step; "" none."""
    own = entry.answers.get(PERIOD)
    if isinstance(own, str):
        return own
    for appraisal in appraisals:
        procedure = community.regulation.procedures.get(community.regulation.latest(appraisal.course or ""))
        for move in procedure.moves if procedure is not None else ():
            matter = community.entries.get(str(entry.answers.get(move.link)))
            found = None if matter is None else matter.answers.get(PERIOD)
            if move.form == entry.form and isinstance(found, str):
                return found
    return ""


def _standing(community: Community, entry: Entry) -> Entry | None:
    """Return the entry that another changes; None for a new one, and for one that takes a withdrawal back."""
    old = community.entries.get(entry.supersedes or "")
    return None if old is None or old.form == RETRACTION else old


def _each_once(faults: list[Fault]) -> list[Fault]:
    return [fault for number, fault in enumerate(faults) if fault not in faults[:number]]
