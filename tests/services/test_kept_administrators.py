"""No entry about a post leaves a community without anybody who can administer, whichever way it comes."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.submission import Fault
from app.services.actor import Actor
from app.services.administrators import Administrators
from app.services.books.bulk_views import Selection
from app.services.filling import RefusedError
from app.services.kept_administrators import PostsGate
from app.services.live import Community
from app.services.submitted import Submission
from tests.fakes.books import bulk, staffing
from tests.fakes.working import DIRECTOR, PLACE, Working


class Open:
    """A gate that holds nothing."""

    async def faults(
        self, community: Community, actor: Actor, entry: Entry, along: Sequence[Entry] = ()
    ) -> list[Fault]:
        return []

    async def before(self, community: Community, actor: Actor, entry: Entry) -> None:
        return None


def gate_of(working: Working) -> PostsGate:
    administrators = Administrators(working.store.accounts, working.live, working.clock)
    return PostsGate(Open(), administrators, working.clock)


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    made.work.submissions.guard(gate_of(made))
    made.work.doorstep.undoing.guard(gate_of(made))
    return made


def refusal(fault: BaseException) -> list[str]:
    assert isinstance(fault, RefusedError)
    return [one.problem.code for one in fault.faults]


async def test_the_appointment_of_the_last_administrator_is_not_withdrawn(working: Working) -> None:
    entry = await appointed(working, "w-3", "director")
    with pytest.raises(RefusedError) as fault:
        await working.work.submissions.withdraw(DIRECTOR, entry, "录错了")
    assert refusal(fault.value) == ["E942"]
    await working.work.submissions.withdraw(DIRECTOR, await appointed(working, "w-1", "leader"), "录错了")


async def test_it_is_not_corrected_to_another_role_either_until_somebody_else_administers(
    working: Working,
) -> None:
    entry = await appointed(working, "w-3", "director")
    said = Submission("corr-0000000001", "appointment", {"worker": "w-3", "role": "leader"})
    with pytest.raises(RefusedError) as fault:
        await working.work.submissions.correct(DIRECTOR, entry, said, "岗位录错")
    assert refusal(fault.value) == ["E942"]
    await staffing(working).appoint(DIRECTOR, "w-2", "director", PLACE)
    await working.work.submissions.correct(DIRECTOR, entry, said, "岗位录错")


async def test_a_handover_of_the_last_administrator_is_taken_back_as_one(working: Working) -> None:
    made = await staffing(working).appoint(
        DIRECTOR, "w-2", "director", PLACE, working.now.date() + timedelta(days=2), instead="p-w-3"
    )
    working.now += timedelta(seconds=5)
    await working.work.doorstep.undoing.undo(DIRECTOR, made, "按错了")
    assert (await staffing(working).view(DIRECTOR)).forsaken is None


async def test_two_administrators_are_not_withdrawn_in_one_batch(working: Working) -> None:
    service = bulk(working)
    service.guard(gate_of(working))
    first = await appointed(working, "w-3", "director")
    second = await staffing(working).appoint(DIRECTOR, "w-2", "director", PLACE)
    working.now += timedelta(minutes=2)
    count, refused = await service.refusals(DIRECTOR, Selection((first, second)))
    assert (count, [one.problem.code for one in refused]) == (1, ["E942"])


async def appointed(working: Working, worker: str, role: str) -> str:
    """Return the entry of an appointment that there is."""
    community = await working.live.fresh(PLACE)
    return next(
        one.id
        for one in community.entries.values()
        if one.form == "appointment" and one.answers == {"worker": worker, "role": role}
    )
