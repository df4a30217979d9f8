"""Who gave a mark that a regulation calls anonymous: told on no way through the app, to nobody but who gave it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.entry import RETRACTION, Entry
from app.exchange.registers import csv_of, xlsx_of
from app.i18n.translator import Translator
from app.services.actor import ActorRef
from app.services.books.bulk_views import Selection
from app.services.books.views import Wanted
from app.services.form_views import Wanted as Opening
from app.services.lists import Which
from app.services.reasons.phrases import say
from app.services.reasons.told_rows import Recording, ToldRows
from app.services.workbooks.export import table_of
from app.services.workbooks.register import Register
from tests.fakes import books
from tests.fakes.deciders import PlainDecider
from tests.fakes.year import DIRECTOR, FILES, HAN, MA, NOW, STREET, WorkingYear

GIVER, NAME = "w-4", "韩冬"
T = Translator("zh")
TEXTS: Mapping[str, str] = {
    **FILES,
    "rules/slow.yaml": "flag: slow\nof: vote\ncheck: late_entry\nwith: {days: 1}\n",
    "rules/roll.yaml": "layout: roll\ntitle: {zh: 测评表}\nform: vote\ncolumns: [at, by, subject, points]\n",
}
ALL = Wanted(form="vote", standing=False)


@pytest.fixture
async def here(tmp_path: Path) -> WorkingYear:
    """Give 马骏 a mark by 韩冬, corrected once, and one that was withdrawn, all recorded three days after."""
    made = WorkingYear(tmp_path, texts=TEXTS)
    await made.start()
    at = NOW - timedelta(days=3)
    said = {"period": "2025", "points": "55", "reason": "例会常缺席"}
    first = Entry("mark-1", "lakeside", "vote", at, GIVER, NOW, said, "w-2")
    second = replace(
        first, id="mark-2", answers={**said, "points": "58", "_reason": "写错"}, supersedes="mark-1"
    )
    other = replace(first, id="mark-3", subject="w-1")
    gone = replace(
        other, id="gone", form=RETRACTION, at=NOW, answers={"reason": "不该有"}, supersedes="mark-3"
    )
    await made.store.ledger.append([first, second, other, gone], {})
    return made


async def lines(here: WorkingYear, ref: ActorRef, wanted: Wanted) -> list[Any]:
    return [row async for row in books.ledger_views(here).rows(ref, wanted)]


def told(found: object) -> bool:
    """Whether somebody who reads this learns who it was."""
    return NAME in repr(found) or f"'{GIVER}'" in repr(found)


@pytest.mark.parametrize("reader", [DIRECTOR, STREET, MA])
async def test_the_ledger_shows_the_mark_and_nobody_beside_it(here: WorkingYear, reader: ActorRef) -> None:
    page = await books.ledger_views(here).page(reader, ALL)
    assert page.total >= 2
    assert not told(page)
    assert not told(await lines(here, reader, Wanted(standing=False, period="2026-01")))
    for entry in ("mark-1", "mark-2"):
        views = books.entry_views(here)
        detail = await views.entry(reader, entry)
        assert [link.state for link in detail.chain] == ["corrected", "correction"]
        assert not told(detail)
        assert not told(await views.versions(reader, entry))


async def test_asking_for_somebodys_entries_leaves_marks_out_and_does_not_count_them(
    here: WorkingYear,
) -> None:
    asked = Wanted(person=GIVER, standing=False)
    page = await books.ledger_views(here).page(DIRECTOR, asked)
    assert {row.form for row in page.rows} == {"report"}
    assert page.total == len(page.rows) == 3
    assert await lines(here, DIRECTOR, replace(asked, form="vote")) == []
    assert [row.by for row in await lines(here, DIRECTOR, replace(asked, search="例会"))] == []
    # A search for the name finds who the records are about, and says no more of the others.
    assert not told([row for row in await lines(here, DIRECTOR, Wanted(search=NAME)) if row.form == "vote"])


async def test_whoever_gave_a_mark_sees_it_as_the_own(here: WorkingYear) -> None:
    mine = await lines(here, HAN, Wanted(person=GIVER, form="vote", standing=False))
    assert [(row.id, row.by) for row in mine if row.id != "mark-3"] == [("mark-2", NAME), ("mark-1", NAME)]
    detail = await books.entry_views(here).entry(HAN, "mark-2")
    assert detail.row.by == NAME


async def test_lists_and_printed_registers_leave_the_name_out_and_the_operators_file_does_not(
    here: WorkingYear,
) -> None:
    lists = books.lists(here)
    csv = (await lists.file(DIRECTOR, "vote", Which(), "csv", T)).decode("utf-8-sig")
    assert "58" in csv
    assert NAME not in csv
    xlsx = await lists.file(DIRECTOR, "vote", Which(), "xlsx", T)
    printed = await lists.printed(DIRECTOR, "roll", Which(), T)
    assert [row[1:] for row in printed.rows] == [("匿名", "马骏", 58)]
    community = await here.live.fresh("lakeside")
    full = table_of(Register(community, NOW), community.regulation.forms["vote"], NOW, T, sensitive=False)
    assert NAME in csv_of(full).decode("utf-8-sig")
    assert xlsx != xlsx_of(full)


async def test_the_persons_page_the_form_and_what_is_changed_at_once_name_nobody(here: WorkingYear) -> None:
    card = await here.work.subjects.card(DIRECTOR, "worker", "w-2")
    marks = [moment for moment in card.moments if moment.form == "vote"]
    assert [moment.became for moment in marks] == ["corrected", ""]
    assert not told(marks)
    view = await here.work.submissions.open(DIRECTOR, Opening("vote", "w-2"))
    assert [last.who for last in view.last] == [""]
    count, refused = await books.bulk(here).refusals(DIRECTOR, Selection(("mark-1", "mark-2")))
    assert (count, len(refused)) == (1, 1)
    assert not told(refused)


async def test_a_flag_on_marks_and_an_explanation_name_nobody(here: WorkingYear) -> None:
    found = await books.flags(here).flags(DIRECTOR)
    assert found.rows
    assert not told(found)
    opened = await here.scores.open(DIRECTOR, "2025")
    for table in ("votes", "votes.items"):
        rows = list(opened.evaluation.rows(table).values())
        steps = ToldRows(opened.evaluation, Recording(PlainDecider())).of(table, rows, {})
        words = "\n".join(say(step.said, T) for step in steps)
        assert "points" in words
        assert "by:" not in words


async def test_marks_that_are_not_anonymous_name_their_giver(tmp_path: Path) -> None:
    texts = {
        **FILES,
        "rules/votes.yaml": FILES["rules/votes.yaml"].replace("anonymous: true", "anonymous: false"),
    }
    made = WorkingYear(tmp_path, texts=texts)
    await made.start()
    mark = Entry("mark-1", "lakeside", "vote", NOW, GIVER, NOW, {"period": "2025", "points": "70"}, "w-2")
    await made.store.ledger.append([mark], {})
    (row,) = await lines(made, DIRECTOR, Wanted(form="vote", person=GIVER))
    assert row.by == NAME
