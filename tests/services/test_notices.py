"""Notices: findings reach the holders of the post that their rule names, and a note that one was seen is an entry."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.entry import RETRACTION, Entry
from app.services.actor import ActorRef, DeniedError
from app.services.notices import MOST, SEEN_FORM, Link, Notices
from app.services.ports import Account
from app.services.submitted import Submission
from tests.fakes import shipped
from tests.fakes.working import DIRECTOR, FILES, LEADER, NEIGHBOUR, NOW, Working, founding

S3 = "demo/xinglin"
PERSON = {"grid": f"{S3}/g1", "born": "1950-05-05", "tags": [], "social_worker": "w-1", "resident": True}
WARNED = """\
rule: request_overdue
title: {zh: 超时预警, en: Overdue, es: Vencida}
clause: {doc: 办法, ref: 第九条}
for_each: request_handled
when: {state: overdue}
then: {finding: request_overdue, title: {zh: 求助超时, en: Overdue request, es: Solicitud vencida}, notify: [director]}
"""
WORRY = """\
rule: worry
for_each: visit
when: {condition: attention}
then: {finding: worry, notify: [leader, director]}
"""
MONTH = """\
rule: visited
for_each: role leader
every: month
facts: {visits: {count: visit}}
when: {visits: {at_least: 1}}
then: {finding: visited, notify: [director]}
"""


async def working(folder: Path, **rules: str) -> Working:
    files = {**FILES, **{f"rules/{name}.yaml": text for name, text in rules.items()}}
    made = Working(folder, texts=files)
    await made.start()
    return made


async def notices(made: Working, ref: ActorRef) -> Notices:
    return await made.work.notices.notices(ref)


async def request(made: Working, name: str = "request-1", household: str = "hh-2") -> None:
    submission = Submission(name, "request", {"summary": "灯坏了"}, household)
    await made.work.submissions.submit(LEADER, submission)


async def visit(made: Working, name: str, household: str = "hh-1", by: ActorRef = LEADER) -> None:
    answers = {"channel": "home", "condition": "attention", "concern": ["illness"]}
    await made.work.submissions.submit(by, Submission(name, "visit", answers, household))


async def test_an_overdue_request_warns_the_director_and_nobody_else(tmp_path: Path) -> None:
    made = await working(tmp_path, request_overdue=WARNED)
    await request(made)
    assert await notices(made, DIRECTOR) == Notices((), (), 0)
    made.now += timedelta(days=3)
    told = await notices(made, DIRECTOR)
    (notice,) = told.unseen
    assert (notice.title["en"], notice.whom, told.count) == ("Overdue request", "周敏", 1)
    assert notice.door == "1-1-201 何建国"
    assert notice.clause is not None
    assert notice.clause.ref == "第九条"
    assert notice.link == Link("entry", "request-1")
    assert notice.at < made.now
    assert (await notices(made, LEADER)).count == 0


async def test_what_is_mended_is_no_longer_told(tmp_path: Path) -> None:
    made = await working(tmp_path, request_overdue=WARNED)
    await request(made)
    made.now += timedelta(days=3)
    step = Submission("step-0001", "step", {"request": "request-1", "solved": True})
    await made.work.submissions.submit(LEADER, step)
    assert (await notices(made, DIRECTOR)).count == 0


async def test_a_post_is_told_of_findings_at_its_place_and_below_alone(tmp_path: Path) -> None:
    made = await working(tmp_path, worry=WORRY)
    await visit(made, "visit-0001")
    assert [one.link for one in (await notices(made, LEADER)).unseen] == [Link("entry", "visit-0001")]
    assert (await notices(made, NEIGHBOUR)).count == 0
    assert (await notices(made, DIRECTOR)).count == 1


async def test_no_answer_stands_in_a_notice(tmp_path: Path) -> None:
    made = await working(tmp_path, worry=WORRY)
    await visit(made, "visit-0001")
    assert "illness" not in repr(await notices(made, DIRECTOR))
    assert "生病" not in repr(await notices(made, DIRECTOR))


async def test_a_finding_of_a_window_is_told_when_the_window_is_over(tmp_path: Path) -> None:
    made = await working(tmp_path, visited=MONTH)
    await visit(made, "visit-0001")
    assert (await notices(made, DIRECTOR)).count == 0
    made.now += timedelta(days=10)
    (notice,) = (await notices(made, DIRECTOR)).unseen
    assert (notice.whom, notice.link) == ("周敏", Link("person", "w-1"))


async def test_seen_is_an_entry_of_the_person_who_has_seen_it(tmp_path: Path) -> None:
    made = await working(tmp_path, worry=WORRY)
    await visit(made, "visit-0001")
    (notice,) = (await notices(made, DIRECTOR)).unseen
    assert await made.work.notices.see(DIRECTOR, notice.id)
    assert await made.work.notices.see(DIRECTOR, notice.id)
    after = await notices(made, DIRECTOR)
    assert (after.unseen, after.count, [one.id for one in after.seen]) == ((), 0, [notice.id])
    community = await made.live.fresh(made.place)
    (entry,) = [one for one in community.entries.values() if one.form == SEEN_FORM]
    assert (entry.by, entry.answers) == ("w-3", {"rule": "worry", "notice": notice.id})
    assert (await notices(made, LEADER)).count == 1


async def test_several_are_seen_in_one_step_and_strangers_among_them_are_told(tmp_path: Path) -> None:
    made = await working(tmp_path, worry=WORRY)
    for name in ("visit-0001", "visit-0002", "visit-0003"):
        await visit(made, name)
    first, *others = (await notices(made, DIRECTOR)).unseen
    assert await made.work.notices.see(DIRECTOR, first.id)
    assert not await made.work.notices.see(DIRECTOR, *(one.id for one in others), first.id, "no-such-notice")
    after = await notices(made, DIRECTOR)
    assert (after.unseen, after.count, len(after.seen)) == ((), 0, 3)
    community = await made.live.fresh(made.place)
    assert len([one for one in community.entries.values() if one.form == SEEN_FORM]) == 3


async def test_a_withdrawn_note_of_having_seen_brings_the_notice_back_and_can_be_made_again(
    tmp_path: Path,
) -> None:
    made = await working(tmp_path, worry=WORRY)
    await visit(made, "visit-0001")
    (notice,) = (await notices(made, DIRECTOR)).unseen
    await made.work.notices.see(DIRECTOR, notice.id)
    community = await made.live.fresh(made.place)
    (entry,) = [one for one in community.entries.values() if one.form == SEEN_FORM]
    gone = Entry("gone-0001", entry.place, RETRACTION, made.now, "w-3", made.now, {}, supersedes=entry.id)
    await made.store.ledger.append([gone], {})
    assert (await notices(made, DIRECTOR)).count == 1
    await made.work.notices.see(DIRECTOR, notice.id)
    assert (await notices(made, DIRECTOR)).count == 0


async def test_a_notice_of_another_post_can_not_be_seen(tmp_path: Path) -> None:
    made = await working(tmp_path, worry=WORRY)
    await visit(made, "visit-0001")
    (notice,) = (await notices(made, DIRECTOR)).unseen
    assert not await made.work.notices.see(NEIGHBOUR, notice.id)
    assert not await made.work.notices.see(DIRECTOR, "no-such-notice")
    community = await made.live.fresh(made.place)
    assert not [one for one in community.entries.values() if one.form == SEEN_FORM]
    with pytest.raises(DeniedError):
        await made.work.notices.see(ActorRef("nobody"), notice.id)


async def test_the_newest_come_first_and_the_list_is_bounded(tmp_path: Path) -> None:
    made = await working(tmp_path, worry=WORRY)
    place = f"{made.place}/g1"
    answers = {"channel": "home", "condition": "attention", "concern": ["illness"]}
    entries = [
        Entry(f"v-{n:03}", place, "visit", at, "w-1", at, answers, "hh-1")
        for n in range(MOST + 3)
        for at in [NOW - timedelta(hours=n)]
    ]
    await made.store.ledger.append(entries, {})
    told = await notices(made, DIRECTOR)
    assert (len(told.unseen), told.count) == (MOST, MOST + 3)
    days = [one.at for one in told.unseen]
    assert days == sorted(days, reverse=True)
    assert days[0] == NOW


async def test_the_shipped_rule_warns_the_head_of_the_station_by_itself(tmp_path: Path) -> None:
    """S3-62: what isn't handled in time is told to the head, in the community that is governed by S3."""
    declarations = shipped.declarations()
    head = ActorRef("a-head")
    post = {"worker": "w-head", "role": "station_head"}
    asked = {"class": "general", "channel": "app", "assigned_to": "w-1", "summary": "灯坏了"}
    entries = [
        Entry("p-head", S3, "appointment", NOW, "w-head", NOW, post, "p-1"),
        Entry("person-x1", S3, "person", NOW, "w-head", NOW, PERSON, "x1"),
        Entry("d1", S3, "demand", NOW, "w-9", NOW, asked, "x1"),
    ]
    made = Working(tmp_path, declarations=declarations, place=S3, founding=lambda _: entries)
    await made.start()
    await made.store.accounts.save(Account("a-head", "head", "w-head", "Head", S3, None))
    assert (await notices(made, head)).count == 0
    made.now += timedelta(days=20)
    (notice,) = (await notices(made, head)).unseen
    assert (notice.rule, notice.title["en"]) == ("demand_overdue", "Work order overdue")
    assert notice.link == Link("entry", "d1")


QUIET = """\
rule: quiet
for_each: grid
every: month
facts: {visits: {count: visit}}
when: {visits: {at_most: 0}}
then: {finding: quiet, notify: [director]}
"""


async def test_of_what_was_before_the_ledger_begins_nobody_is_told(tmp_path: Path) -> None:
    began = NOW - timedelta(days=40)
    files = {**FILES, "rules/quiet.yaml": QUIET}
    made = Working(tmp_path, texts=files, founding=lambda _: founding(began))
    await made.start()
    community = await made.live.fresh("lakeside")
    at = community.evaluation.schema("quiet").position("at")
    assert any(row[at] < began for row in community.evaluation.rows("quiet").values())
    told = (await notices(made, DIRECTOR)).unseen
    assert told != ()
    assert all(one.at >= began for one in told)
