"""Whom a sensitive answer is kept for reads it, and nobody else: neither on a card nor in its history."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.services.actor import Actor, Permission, Post
from app.services.clearance import EVERYTHING, NOTHING_SENSITIVE, Clearance, clearance, clearance_of, least
from app.services.form_views import Wanted
from app.services.submitted import Submission
from tests.fakes.working import DIRECTOR, FILES, LEADER, Working

KEPT = {
    **FILES,
    "forms/household.yaml": FILES["forms/household.yaml"].replace(
        "phone: {title: {zh: 电话}, type: phone, sensitive: true}",
        "phone: {title: {zh: 电话}, type: phone, sensitive_for: [director]}",
    ),
}


def actor(role: str, *may: Permission) -> Actor:
    post = Post("p", role, "c/g1", frozenset(may))
    return Actor("a-1", "w-1", "马骏", "c", "zh", post, (post,))


async def test_an_answer_that_is_kept_for_a_post_is_hidden_from_others_who_see_sensitive_ones(
    tmp_path: Path,
) -> None:
    working = Working(tmp_path, texts=KEPT)
    await working.start()
    form = (await working.live.fresh("lakeside")).regulation.forms["household"]
    phone, card = form.field("phone"), form.field("id_card")
    assert phone is not None
    assert card is not None
    assert phone.sensitive  # whoever an answer is kept for, it is one
    leader, director = actor("leader", Permission.SEE_SENSITIVE), actor("director", Permission.SEE_SENSITIVE)
    assert [clearance(one, form).reads(phone) for one in (leader, director)] == [False, True]
    assert clearance(leader, form).reads(card)
    assert not clearance(actor("director"), form).reads(phone)  # the post sees nothing sensitive at all
    assert clearance(leader, form, by="w-1").reads(phone)  # who gave it


async def test_a_card_and_its_history_show_it_to_nobody_else(tmp_path: Path) -> None:
    working = Working(tmp_path, texts=KEPT)
    await working.start()
    there = (await working.live.fresh("lakeside")).entries.values()
    known = next(entry for entry in there if entry.subject == "hh-1" and entry.form == "household")
    number = "13800138000"
    later = Entry(
        "changed",
        known.place,
        "household",
        working.now,
        "w-3",
        working.now,
        {**known.answers, "phone": number},
        "hh-1",
    )
    await working.store.ledger.append([later], {"household": frozenset({"phone"})})
    told = {
        ref: repr(await working.work.subjects.card(ref, "household", "hh-1")) for ref in (LEADER, DIRECTOR)
    }
    assert number in told[DIRECTOR]
    assert number not in told[LEADER]


async def test_who_corrects_a_form_begins_without_what_is_kept_for_others_and_leaves_it_as_it_is(
    tmp_path: Path,
) -> None:
    working = Working(tmp_path, texts=KEPT)
    await working.start()
    there = (await working.live.fresh("lakeside")).entries.values()
    known = next(entry for entry in there if entry.subject == "hh-1" and entry.form == "household")
    answers = {**known.answers, "phone": "13800138000"}
    later = Entry("changed", known.place, "household", working.now, "w-3", working.now, answers, "hh-1")
    await working.store.ledger.append([later], {"household": frozenset({"phone"})})
    submissions = working.work.submissions
    seen = await submissions.open(DIRECTOR, Wanted("household", "hh-1"))
    assert (seen.answers.get("phone"), seen.kept) == ("13800138000", frozenset())
    view = await submissions.open(LEADER, Wanted("household", "hh-1"))
    assert "13800138000" not in repr((view.answers, view.again, view.last, view.options, view.left))
    assert view.kept == {"phone"}
    for typed, stands in (({}, "13800138000"), ({"phone": "13900139000"}, "13900139000")):
        sent = Submission(f"refilled-{len(typed)}", "household", {**view.answers, **typed}, "hh-1")
        receipt = await submissions.submit(LEADER, sent, view.key)
        assert receipt.entry.answers["phone"] == stands
        form = (await working.live.fresh("lakeside")).regulation.forms["household"]
        item = form.field("phone")
        assert item is not None
        who = actor("leader", Permission.SEE_SENSITIVE)  # who made the entry, and reads of it what was typed
        made = replace(receipt.entry, by=who.person)
        assert clearance_of(who, form, made).reads(item) == bool(typed)


async def test_ones_own_file_is_read_whole(tmp_path: Path) -> None:
    texts = {
        **FILES,
        "forms/worker_file.yaml": FILES["forms/worker_file.yaml"]
        + "  salary: {title: {zh: 月工资}, type: money, currency: CNY, sensitive_for: [director]}\n",
    }
    working = Working(tmp_path, texts=texts)
    await working.start()
    form = (await working.live.fresh("lakeside")).regulation.forms["worker_file"]
    salary = form.field("salary")
    assert salary is not None
    me = actor("leader", Permission.SEE_SENSITIVE)
    assert clearance(me, form, subject="w-1").reads(salary)
    assert not clearance(me, form, subject="w-2").reads(salary)


@pytest.mark.parametrize(
    ("cleared", "found"),
    [
        ([EVERYTHING, EVERYTHING], EVERYTHING),
        ([EVERYTHING, NOTHING_SENSITIVE], NOTHING_SENSITIVE),
        ([EVERYTHING, Clearance(True, frozenset({"a"}))], Clearance(True, frozenset({"a"}))),
    ],
)
def test_of_several_versions_the_least_is_read(cleared: list[Clearance], found: Clearance) -> None:
    assert least(cleared) == found
