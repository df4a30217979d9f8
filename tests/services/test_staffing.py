"""Who holds which post, where one is vacant; appointing, ending, and what a session may do afterwards."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.actor import ActorRef, DeniedError
from app.services.administrators import Administrators
from app.services.books.views import Wanted
from app.services.ports import Revision
from app.services.reasons.phrases import say
from app.services.staffing import Seat
from tests.fakes.books import ledger_views, staffing
from tests.fakes.working import DIRECTOR, FILES, LEADER, PLACE, Working, codes

G1, G2 = f"{PLACE}/g1", f"{PLACE}/g2"


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    return made


async def seat(working: Working, role: str, place: str) -> Seat:
    view = await staffing(working).view(DIRECTOR)
    return next(found for found in view.seats if (found.role, found.place) == (role, place))


async def names(working: Working, role: str, place: str) -> list[str]:
    return [holder.name for holder in (await seat(working, role, place)).holders]


async def refused(working: Working, worker: str, role: str, place: str, on: date | None = None) -> list[str]:
    before = len(working.store.ledger.stored)
    with pytest.raises(ProblemError) as fault:
        await staffing(working).appoint(DIRECTOR, worker, role, place, on)
    assert len(working.store.ledger.stored) == before, "nothing is stored"
    return codes(fault.value)


async def test_the_list_is_for_those_who_administer(working: Working) -> None:
    for act in (
        staffing(working).view(LEADER),
        staffing(working).appoint(LEADER, "w-1", "director", PLACE),
        staffing(working).end(LEADER, "p-w-2"),
    ):
        with pytest.raises(DeniedError) as fault:
            await act
        assert fault.value.code == "not_permitted"


async def test_seats_show_their_holders_and_people_their_posts(working: Working) -> None:
    assert await names(working, "leader", G1) == ["周敏"]
    view = await staffing(working).view(DIRECTOR)
    assert [(person.id, person.posts[0][0]["zh"]) for person in view.people if person.posts] == [
        ("w-1", "网格长"),
        ("w-3", "主任"),
        ("w-2", "网格长"),
    ]
    assert view.worker_form == "worker_file"


async def test_an_appointment_is_an_entry_that_gives_the_post_at_once(working: Working) -> None:
    entry_id = await staffing(working).appoint(DIRECTOR, "w-1", "leader", G2)
    entry = working.store.ledger.stored[-1].entry
    assert (entry.id, entry.form, entry.place, entry.by) == (entry_id, "appointment", G2, "w-3")
    assert entry.answers == {"worker": "w-1", "role": "leader"}
    assert await names(working, "leader", G2) == ["马骏", "周敏"]


async def test_somebody_with_two_posts_switches_and_loses_one_when_it_ends(working: Working) -> None:
    await staffing(working).appoint(DIRECTOR, "w-1", "leader", G2)
    actor = await working.people.resolve(LEADER, working.now)
    second = next(post for post in actor.posts if post.place == G2)
    in_second = ActorRef(LEADER.account, second.entry)
    assert (await working.people.resolve(in_second, working.now)).post.place == G2
    await ledger_views(working).page(in_second, Wanted(place=G2))
    working.now += timedelta(minutes=1)
    await staffing(working).end(DIRECTOR, second.entry)
    assert (await working.people.resolve(in_second, working.now)).post.place == G1
    with pytest.raises(DeniedError):
        await ledger_views(working).page(in_second, Wanted(place=G2))


async def test_after_the_only_appointment_ends_the_next_call_is_refused(working: Working) -> None:
    await ledger_views(working).page(LEADER, Wanted())
    working.now += timedelta(minutes=1)
    await staffing(working).end(DIRECTOR, "p-w-1")
    with pytest.raises(DeniedError) as fault:
        await ledger_views(working).page(LEADER, Wanted())
    assert fault.value.code == "no_post"
    assert await names(working, "leader", G1) == []


async def test_an_appointment_that_ends_on_a_later_day_counts_until_then(working: Working) -> None:
    await staffing(working).end(DIRECTOR, "p-w-1", date(2026, 11, 25))
    assert await names(working, "leader", G1) == ["周敏"]
    working.now += timedelta(days=3)
    assert await names(working, "leader", G1) == []


async def test_the_last_one_who_administers_can_not_be_ended(working: Working) -> None:
    with pytest.raises(ProblemError) as fault:
        await staffing(working).end(DIRECTOR, "p-w-3")
    assert codes(fault.value) == ["E942"]
    await staffing(working).appoint(DIRECTOR, "w-2", "director", PLACE)
    working.now += timedelta(minutes=1)
    await staffing(working).end(DIRECTOR, "p-w-3")
    with pytest.raises(DeniedError):
        await staffing(working).view(DIRECTOR)


async def test_appointing_refuses_what_is_not_there_at_the_wrong_level_or_twice(working: Working) -> None:
    assert await refused(working, "w-99", "leader", G1) == ["E707"]
    assert await refused(working, "w-1", "mayor", G1) == ["E707"]
    assert await refused(working, "w-1", "leader", PLACE) == ["E707"]
    assert await refused(working, "w-1", "leader", "hilltop/g1") == ["E707"]
    assert await refused(working, "w-1", "leader", G1) == ["E941"]
    assert await refused(working, "w-1", "leader", G2, date(2028, 1, 1)) == ["E706"]


async def test_somebody_who_will_not_end_administers_after_the_others_have(working: Working) -> None:
    service = staffing(working)
    await service.appoint(DIRECTOR, "w-2", "director", PLACE)
    working.now += timedelta(minutes=1)  # of two entries of one instant the id says which stands
    second = next(one for one in (await seat(working, "director", PLACE)).holders if one.worker == "w-2")
    await service.end(DIRECTOR, second.post, date(2026, 12, 24))
    held = {one.worker: one.until for one in (await seat(working, "director", PLACE)).holders}
    assert (held["w-3"], held["w-2"] and held["w-2"].date()) == (None, date(2026, 12, 23))  # 24th 00:00 there
    with pytest.raises(ProblemError) as fault:
        await service.end(DIRECTOR, "p-w-3", date(2027, 1, 1))
    assert codes(fault.value) == ["E942"]


async def test_a_post_does_not_end_before_it_began(working: Working) -> None:
    service = staffing(working)
    await service.appoint(DIRECTOR, "w-1", "leader", G2, date(2026, 11, 10))
    held = next(one for one in (await seat(working, "leader", G2)).holders if one.worker == "w-1")
    await service.end(DIRECTOR, held.post, date(2026, 12, 24))
    working.now += timedelta(minutes=1)
    with pytest.raises(ProblemError) as fault:
        await service.end(DIRECTOR, held.post, date(2026, 11, 9))
    assert [(one.code, one.field, one.values) for one in fault.value.problems] == [
        ("E946", "on", {"day": "2026-11-10"})]  # fmt: skip
    await service.end(DIRECTOR, held.post, date(2026, 11, 11))
    assert "w-1" not in [one.worker for one in (await seat(working, "leader", G2)).holders]


async def test_a_post_that_is_not_held_now_can_not_be_ended(working: Working) -> None:
    with pytest.raises(ProblemError) as fault:
        await staffing(working).end(DIRECTOR, "p-never")
    assert codes(fault.value) == ["E707"]


async def test_a_vacancy_is_what_the_roles_headcount_lacks_and_a_full_seat_takes_nobody(
    working: Working,
) -> None:
    role = "config/roles/leader.yaml"
    files = {**FILES, role: FILES[role] + "headcount: {exactly: 1}\n"}
    await working.store.revisions.add(Revision("bounded", PLACE, files, working.now, "w-3"))
    full = await seat(working, "leader", G1)
    assert (full.missing, full.room) == (0, False)
    assert await refused(working, "w-3", "leader", G1) == ["E941"]
    working.now += timedelta(minutes=1)
    await staffing(working).end(DIRECTOR, "p-w-1")
    vacant = await seat(working, "leader", G1)
    assert (vacant.holders, vacant.missing, vacant.room) == ((), 1, True)


# ---- before the day
BOUNDED = FILES["config/roles/leader.yaml"] + "headcount: {exactly: 1}\n"
TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)


@pytest.fixture
async def bounded(tmp_path: Path) -> Working:
    made = Working(tmp_path, texts={**FILES, "config/roles/leader.yaml": BOUNDED})
    await made.start()
    return made


async def test_somebody_appointed_for_a_later_day_has_the_post_from_then_on(working: Working) -> None:
    await staffing(working).appoint(DIRECTOR, "w-1", "leader", G2, TOMORROW)
    coming = next(one for one in (await seat(working, "leader", G2)).holders if one.worker == "w-1")
    assert (coming.coming, coming.since.isoformat()) == (True, "2026-11-22T16:00:00+00:00")
    assert [post.place for post in (await working.people.resolve(LEADER, working.now)).posts] == [G1]
    assert await refused(working, "w-1", "leader", G2, date(2026, 12, 1)) == ["E941"]
    working.now += timedelta(days=1)
    posts = (await working.people.resolve(LEADER, working.now)).posts
    assert sorted(post.place for post in posts) == [G1, G2]
    assert not any(one.coming for one in (await seat(working, "leader", G2)).holders)


async def test_an_appointment_that_has_not_begun_can_be_called_off(working: Working) -> None:
    service = staffing(working)
    await service.appoint(DIRECTOR, "w-1", "leader", G2, TOMORROW)
    coming = next(one for one in (await seat(working, "leader", G2)).holders if one.worker == "w-1")
    await service.end(DIRECTOR, coming.post)
    working.now += timedelta(days=2)
    assert await names(working, "leader", G2) == ["马骏"]


async def test_a_full_seat_says_from_when_it_is_free_and_takes_somebody_from_then_on(
    bounded: Working,
) -> None:
    full = await seat(bounded, "leader", G1)
    assert (full.room, full.frees, full.most) == (False, None, 1)
    assert await refused(bounded, "w-3", "leader", G1, TOMORROW) == ["E941"]
    await staffing(bounded).end(DIRECTOR, "p-w-1", date(2026, 12, 1))
    freed = await seat(bounded, "leader", G1)
    assert (freed.room, freed.frees) == (False, date(2026, 12, 1))
    assert await refused(bounded, "w-3", "leader", G1, date(2026, 11, 30)) == ["E941"]
    await staffing(bounded).appoint(DIRECTOR, "w-3", "leader", G1, date(2026, 12, 1))
    assert (await seat(bounded, "leader", G1)).frees is None
    bounded.now += timedelta(days=12)
    assert await names(bounded, "leader", G1) == ["沈若兰"]
    assert [one.since.date() for one in (await seat(bounded, "leader", G1)).holders] == [date(2026, 11, 30)]


async def test_a_handover_ends_one_post_as_the_other_begins_and_is_taken_back_as_one(
    bounded: Working,
) -> None:
    service = staffing(bounded)
    before = (await seat(bounded, "leader", G1)).holders[0]
    made = await service.appoint(DIRECTOR, "w-3", "leader", G1, TOMORROW, instead="p-w-1")
    old, new = (await seat(bounded, "leader", G1)).holders
    assert (old.name, old.since, old.until) == ("周敏", before.since, new.since)
    assert (new.name, new.coming) == ("沈若兰", True)
    work = bounded.services().work
    assert work is not None
    bounded.now += timedelta(seconds=5)
    await work.doorstep.undoing.undo(DIRECTOR, made, "按错了")
    assert await names(bounded, "leader", G1) == ["周敏"]
    assert (await seat(bounded, "leader", G1)).holders[0].until is None


async def test_a_post_is_handed_over_on_the_day_itself_and_only_within_its_seat(bounded: Working) -> None:
    service = staffing(bounded)
    for wrong in ("p-w-2", "p-never"):
        with pytest.raises(ProblemError) as fault:
            await service.appoint(DIRECTOR, "w-3", "leader", G1, TOMORROW, instead=wrong)
        assert codes(fault.value) == ["E707"]
    with pytest.raises(ProblemError) as fault:
        await service.appoint(DIRECTOR, "w-3", "leader", G1, date(1999, 1, 1), instead="p-w-1")
    assert codes(fault.value) == ["E946"]
    await service.appoint(DIRECTOR, "w-3", "leader", G1, TODAY, instead="p-w-1")
    assert await names(bounded, "leader", G1) == ["沈若兰"]


async def test_whoever_alone_administers_hands_the_post_over(tmp_path: Path) -> None:
    role = "config/roles/director.yaml"
    made = Working(tmp_path, texts={**FILES, role: FILES[role] + "headcount: {exactly: 1}\n"})
    await made.start()
    await staffing(made).appoint(DIRECTOR, "w-2", "director", PLACE, TOMORROW, instead="p-w-3")
    await staffing(made).view(DIRECTOR)
    made.now += timedelta(days=1)
    with pytest.raises(DeniedError):
        await staffing(made).view(DIRECTOR)


async def test_whoever_administers_may_end_the_own_post_for_when_somebody_else_does(working: Working) -> None:
    service = staffing(working)
    await service.appoint(DIRECTOR, "w-2", "director", PLACE, TOMORROW)
    with pytest.raises(ProblemError) as fault:
        await service.end(DIRECTOR, "p-w-3", TODAY)
    assert codes(fault.value) == ["E942"]
    await service.end(DIRECTOR, "p-w-3", TOMORROW)


async def test_a_seat_tells_what_its_role_asks_of_the_file_before_somebody_is_refused(tmp_path: Path) -> None:
    role = "config/roles/leader.yaml"
    made = Working(tmp_path, texts={**FILES, role: FILES[role] + "eligible: {name: 周敏}\n"})
    await made.start()
    asked = (await seat(made, "leader", G1)).asks
    assert asked is not None
    assert "周敏" in say(asked, Translator("zh"))
    assert (await seat(made, "director", PLACE)).asks is None
    assert await refused(made, "w-2", "leader", G1) == ["E943"]


# ---- whoever is left can log in, too
@pytest.fixture
async def alone(tmp_path: Path) -> Working:
    role = "config/roles/director.yaml"
    made = Working(tmp_path, texts={**FILES, role: FILES[role] + "headcount: {exactly: 1}\n"})
    await made.start()
    return made


async def account(working: Working, login: str, **changed: object) -> None:
    found = working.store.accounts.accounts[f"a-{login}"]
    await working.store.accounts.save(replace(found, **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize("day", [TODAY, TOMORROW])
@pytest.mark.parametrize("changed", [{"disabled": True}, {"password_hash": None}, {"person": "w-nobody"}])
async def test_the_last_one_who_administers_hands_over_to_nobody_who_can_not_log_in(
    alone: Working, changed: dict[str, object], day: date
) -> None:
    await account(alone, "majun", **changed)
    with pytest.raises(ProblemError) as fault:
        await staffing(alone).appoint(DIRECTOR, "w-2", "director", PLACE, day, instead="p-w-3")
    assert [(one.code, one.field, one.values) for one in fault.value.problems] == [
        ("E947", "worker", {"name": "马骏"})]  # fmt: skip
    await staffing(alone).appoint(
        DIRECTOR, "w-2", "leader", G1, day, instead="p-w-1"
    )  # isn't needed for that


async def test_a_post_that_somebody_else_can_log_in_with_is_not_ended_for_one_who_can_not(
    working: Working,
) -> None:
    service = staffing(working)
    await service.appoint(DIRECTOR, "w-2", "director", PLACE, TOMORROW)
    await account(working, "majun", disabled=True)
    with pytest.raises(ProblemError) as fault:
        await service.end(DIRECTOR, "p-w-3", date(2026, 12, 1))
    assert codes(fault.value) == ["E942"]
    await account(working, "majun", disabled=False)
    await service.end(DIRECTOR, "p-w-3", date(2026, 12, 1))


async def test_the_account_of_whoever_alone_will_administer_is_not_disabled(alone: Working) -> None:
    accounts = alone.services().accounts
    await accounts.set_disabled(DIRECTOR, "a-zhoumin", disabled=True)
    await staffing(alone).appoint(DIRECTOR, "w-2", "director", PLACE, TOMORROW, instead="p-w-3")
    with pytest.raises(ProblemError) as fault:
        await accounts.set_disabled(DIRECTOR, "a-majun", disabled=True)
    assert codes(fault.value) == ["E942"]
    assert not alone.store.accounts.accounts["a-majun"].disabled


async def test_the_list_says_from_which_day_nobody_could_administer(alone: Working) -> None:
    assert (await staffing(alone).view(DIRECTOR)).forsaken is None
    await staffing(alone).appoint(DIRECTOR, "w-2", "director", PLACE, TOMORROW, instead="p-w-3")
    assert (await staffing(alone).view(DIRECTOR)).forsaken is None
    await account(alone, "majun", disabled=True)  # as it may have been before this was looked at
    assert (await staffing(alone).view(DIRECTOR)).forsaken == TOMORROW


async def test_no_regulation_comes_into_force_under_which_nobody_could_administer(working: Working) -> None:
    regulation = (await working.live.fresh(PLACE)).regulation
    looking = Administrators(working.store.accounts, working.live, working.clock)
    assert await looking.under(PLACE, regulation) is None
    roles = regulation.roles
    mere = {**roles, "director": replace(roles["director"], may=("record",))}
    gone = {name: role for name, role in roles.items() if name != "director"}
    for others in (mere, gone):
        found = await looking.under(PLACE, replace(regulation, roles=others))
        assert found is not None
        assert found.code == "E948"
    held = {**gone, "leader": replace(roles["leader"], may=("record", "administer"))}
    assert await looking.under(PLACE, replace(regulation, roles=held)) is None
