"""What a new community still lacks, as its founder is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.entry import Entry
from app.services.first_steps import FirstSteps, Need
from tests.fakes.working import DIRECTOR, FILES, LEADER, PLACE, Working, founding

FOUNDER = {"worker_file-w-3", "appointment-p-w-3"}


async def founded(
    tmp_path: Path, wanted: Callable[[Entry], bool], texts: Mapping[str, str] = FILES, accounts: int = 1
) -> Working:
    """Return the community with the wanted ones of its entries, and this many accounts, the founder's first."""

    def first(since: datetime) -> list[Entry]:
        return [entry for entry in founding(since) if entry.id in FOUNDER or wanted(entry)]

    made = Working(tmp_path, texts=texts, founding=first)
    await made.start()
    kept = made.store.accounts.accounts
    ordered = sorted(kept.values(), key=lambda account: account.id != DIRECTOR.account)
    kept.clear()
    kept.update({account.id: account for account in ordered[:accounts]})
    return made


async def left(working: Working) -> FirstSteps | None:
    return await working.work.first_steps.left(DIRECTOR)


def done(steps: FirstSteps | None) -> dict[Need, bool]:
    return {step.need: step.done for step in steps.steps} if steps else {}


async def test_a_founder_alone_lacks_staff_subjects_and_accounts(tmp_path: Path) -> None:
    working = await founded(tmp_path, lambda _: False)
    assert done(await left(working)) == {Need.STAFF: False, Need.SUBJECTS: False, Need.ACCOUNTS: False}


async def test_a_file_alone_is_no_staff_and_an_appointment_is(tmp_path: Path) -> None:
    working = await founded(tmp_path, lambda entry: entry.id == "worker_file-w-1")
    assert not done(await left(working))[Need.STAFF]
    working = await founded(tmp_path, lambda entry: entry.id.endswith("w-1"))
    assert done(await left(working))[Need.STAFF]


async def test_an_appointment_that_ended_is_no_staff(tmp_path: Path) -> None:
    working = await founded(tmp_path, lambda entry: entry.id.endswith("w-1"))
    stored = working.store.ledger.stored
    for place, held in enumerate(stored):
        if held.entry.id == "appointment-p-w-1":
            answers = {**held.entry.answers, "left_on": "2026-03-01"}
            stored[place] = replace(held, entry=replace(held.entry, answers=answers))
    assert not done(await left(working))[Need.STAFF]


async def test_one_household_meets_the_second_step_and_a_disabled_account_not_the_third(
    tmp_path: Path,
) -> None:
    working = await founded(tmp_path, lambda entry: entry.id == "household-hh-1", accounts=2)
    accounts = working.store.accounts.accounts
    other = next(one for one in accounts.values() if one.id != DIRECTOR.account)
    assert done(await left(working)) == {Need.STAFF: False, Need.SUBJECTS: True, Need.ACCOUNTS: True}
    accounts[other.id] = replace(other, disabled=True)
    assert not done(await left(working))[Need.ACCOUNTS]


async def test_a_register_that_no_rule_reads_counts_too(tmp_path: Path) -> None:
    club = (
        "form: club\ndescribes: club\nlabel: [name]\nfilled_by: [director]\n"
        "fields: {name: {type: text, required: true}}\n"
    )
    working = await founded(tmp_path, lambda _: False, {**FILES, "forms/club.yaml": club})
    named = Entry("c-1", PLACE, "club", working.now, "w-3", working.now, {"name": "棋社"}, "c-1")
    await working.store.ledger.append([named], {})
    assert done(await left(working))[Need.SUBJECTS]


async def test_a_household_that_was_taken_back_is_none(tmp_path: Path) -> None:
    working = await founded(tmp_path, lambda entry: entry.id == "household-hh-1")
    assert done(await left(working))[Need.SUBJECTS]
    working.now += timedelta(minutes=1)
    await working.work.submissions.withdraw(DIRECTOR, "household-hh-1", "重复登记")
    assert not done(await left(working))[Need.SUBJECTS]


async def test_nothing_is_said_once_all_is_done_nor_to_those_who_do_not_administer(tmp_path: Path) -> None:
    working = await founded(tmp_path, lambda _: True, accounts=3)
    assert await left(working) is None
    working = await founded(tmp_path, lambda entry: entry.form != "household", accounts=3)
    assert done(await left(working)) == {Need.STAFF: True, Need.SUBJECTS: False, Need.ACCOUNTS: True}
    assert await working.work.first_steps.left(LEADER) is None


async def test_figures_that_wait_for_the_place_are_counted(tmp_path: Path) -> None:
    call = FILES["rules/phone_call.yaml"]
    counted = []
    for given in (call, call.replace("times: 1", "times: {value: 1, origin: assumed, why: 待定}")):
        working = await founded(tmp_path, lambda _: False, {**FILES, "rules/phone_call.yaml": given})
        steps = await left(working)
        assert steps is not None
        counted.append(steps.assumed)
    assert counted[1] == counted[0] + 1
