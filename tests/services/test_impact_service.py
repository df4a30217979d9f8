"""Replays in the background: who may begin and see one, progress, calling off, and what is kept."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.problem import Problem, ProblemError
from app.domain.row_changes import Whom
from app.i18n import Translator
from app.services.actor import Actor, ActorRef, DeniedError
from app.services.impact.impact import REMEMBERED, CalledOffError, Doing, ImpactService
from app.services.ports import Revision
from tests.fakes.drafts import DUTY, MONTHLY, ROLE, TEXTS, Drafting
from tests.fakes.working import DIRECTOR, LEADER, codes

EN = Translator("en")
W1 = Whom("worker", "w-1")


@pytest.fixture
async def drafting(tmp_path: Path) -> Drafting:
    made = Drafting(tmp_path)
    await made.start()
    return made


async def test_a_draft_is_replayed_and_shown_down_to_the_reasons(drafting: Drafting) -> None:
    views = drafting.views
    assert await views.periods(DIRECTOR) == ("2026",)
    run = await views.start(DIRECTOR, "2026")
    assert await views.document(DIRECTOR, run, EN) is None
    assert await views.person(DIRECTOR, run, W1, EN) is None
    assert await views.trace(DIRECTOR, run, W1, 0, EN) is None
    assert await views.pdf(DIRECTOR, run, "en", EN) is None
    told: list[tuple[int, int]] = []
    replayed = await drafting.impact.wait(run, lambda done, of: told.append((done, of)))
    assert told
    stage = await views.stage(DIRECTOR, run)
    assert stage is not None
    assert (stage.state, stage.period, stage.done == stage.total > 0) == ("done", "2026", True)
    assert (stage.doing, stage.since) == (Doing.COMPARING, drafting.working.now)
    document = await views.document(DIRECTOR, run, EN)
    assert document is not None
    assert document.files == ((DUTY, "changed"),)
    assert [row.name for row in document.lose] == ["周敏", "马骏"]
    person = await views.person(DIRECTOR, run, W1, EN)
    assert person is not None
    number = person.groups[0].rows[0].number
    assert "陈桂芳" in person.groups[0].rows[0].label
    assert await views.trace(DIRECTOR, run, W1, number, EN) is not None
    assert await views.trace(DIRECTOR, run, W1, len(replayed.impact.changes), EN) is None
    other = next(n for n, one in enumerate(replayed.impact.changes) if W1 not in one.concerns)
    assert await views.trace(DIRECTOR, run, W1, other, EN) is None
    assert await views.person(DIRECTOR, run, Whom("worker", "nobody"), EN) is None
    assert (await views.pdf(DIRECTOR, run, "en", EN) or b"").startswith(b"en\n")


async def test_one_that_waits_for_another_says_so(drafting: Drafting) -> None:
    async with drafting.impact._one_at_a_time:
        run = await drafting.views.start(DIRECTOR, "2026")
        stage = await drafting.views.stage(DIRECTOR, run)
        assert stage is not None
        assert (stage.state, stage.doing, stage.total) == ("running", Doing.WAITING, 0)
    assert (await drafting.impact.wait(run)).impact.changes


async def test_the_same_is_not_worked_out_twice_and_a_new_entry_or_draft_is_another(
    drafting: Drafting,
) -> None:
    first = await drafting.views.start(DIRECTOR, "2026")
    assert await drafting.views.start(DIRECTOR, "2026") == first
    drafting.drafts["d"] = {**TEXTS, DUTY: TEXTS[DUTY].replace("every: quarter", "every: half_year")}
    second = await drafting.views.start(DIRECTOR, "2026", "d")
    assert second != first
    assert (await drafting.impact.wait(second)).impact.duties[0].count.more < 0
    assert (await drafting.impact.wait(first)).impact.duties[0].count.more > 0


async def test_that_a_drafts_impact_was_seen_is_noted_for_its_content(drafting: Drafting) -> None:
    for draft in ("d", "old"):
        drafting.drafts[draft] = {**TEXTS, DUTY: MONTHLY + f"# {draft}\n"}
        run = await drafting.views.start(DIRECTOR, "2026", draft)
        after = (await drafting.impact.wait(run)).after.regulation.revision
        assert await drafting.views.document(DIRECTOR, run, EN) is not None
        if draft == "d":
            assert drafting.seen == [("d", after)]
    assert len(drafting.seen) == 1  # one that says something else by now isn't seen


async def test_only_the_last_are_kept(drafting: Drafting) -> None:
    runs = []
    for number in range(REMEMBERED + 2):
        drafting.here.files = {**TEXTS, DUTY: MONTHLY + f"# {number}\n"}
        runs.append(await drafting.views.start(DIRECTOR, "2026"))
        await drafting.impact.wait(runs[-1])
    assert await drafting.views.stage(DIRECTOR, runs[0]) is None
    assert await drafting.views.stage(DIRECTOR, runs[-1]) is not None


async def test_who_may_not_publish_neither_begins_nor_sees_one(drafting: Drafting) -> None:
    run = await drafting.views.start(DIRECTOR, "2026")
    await drafting.impact.wait(run)
    views = drafting.views
    for call in (
        views.start(LEADER, "2026"),
        views.periods(LEADER),
        views.stage(LEADER, run),
        views.call_off(LEADER, run),
        views.document(LEADER, run, EN),
        views.person(LEADER, run, W1, EN),
        views.trace(LEADER, run, W1, 0, EN),
        views.pdf(LEADER, run, "en", EN),
    ):
        with pytest.raises(DeniedError):
            await call


async def test_a_replay_is_of_its_community_alone(drafting: Drafting) -> None:
    run = await drafting.views.start(DIRECTOR, "2026")
    await drafting.impact.wait(run)
    actor = await drafting.working.people.resolve(DIRECTOR, drafting.working.now)

    async def elsewhere(ref: ActorRef, now: object) -> Actor:
        del ref, now
        return replace(actor, community="elsewhere")

    drafting.impact._resolve = elsewhere
    assert await drafting.views.stage(DIRECTOR, run) is None
    assert await drafting.views.document(DIRECTOR, run, EN) is None
    await drafting.views.call_off(DIRECTOR, run)


async def test_without_sight_of_results_there_are_totals_and_no_person(tmp_path: Path) -> None:
    texts = {**TEXTS, ROLE: TEXTS[ROLE].replace("see_scores, ", "")}
    made = Drafting(tmp_path, texts)
    await made.start()
    run = await made.views.start(DIRECTOR, "2026")
    await made.impact.wait(run)
    document = await made.views.document(DIRECTOR, run, EN)
    assert document is not None
    assert document.hidden
    assert document.lose == ()
    with pytest.raises(DeniedError):
        await made.views.person(DIRECTOR, run, W1, EN)


async def test_one_that_goes_on_can_be_called_off_and_begun_again(drafting: Drafting) -> None:
    run = await drafting.views.start(DIRECTOR, "2026")
    await drafting.views.call_off(DIRECTOR, run)
    with pytest.raises(CalledOffError):
        await drafting.impact.wait(run)
    stage = await drafting.views.stage(DIRECTOR, run)
    assert stage is not None
    assert stage.state == "off"
    assert await drafting.views.document(DIRECTOR, run, EN) is None
    assert await drafting.views.start(DIRECTOR, "2026") == run
    assert (await drafting.impact.wait(run)).impact.changes
    await drafting.views.call_off(DIRECTOR, run)  # what is done stays
    assert await drafting.views.document(DIRECTOR, run, EN) is not None


async def test_what_fails_is_told_to_whoever_asks(drafting: Drafting) -> None:
    class Broken:
        def decide(self, questions: object) -> list[object]:
            raise ProblemError(Problem("E479"))

    impact = ImpactService(
        drafting.working.live,
        drafting.here,
        Broken,  # type: ignore[arg-type]
        drafting.working.people.resolve,
        drafting.working.clock,
    )
    run = await impact.start(DIRECTOR, "2026", "not asked for without drafts")
    with pytest.raises(ProblemError):
        await impact.wait(run)
    with pytest.raises(ProblemError):
        await impact.result(DIRECTOR, run)


async def test_files_at_fault_and_periods_that_are_none_are_refused(drafting: Drafting) -> None:
    with pytest.raises(ProblemError) as fault:
        await drafting.views.start(DIRECTOR, "yesterday")
    assert codes(fault.value) == ["E511"]
    drafting.here.files = {**TEXTS, DUTY: MONTHLY.replace("every: month", "every: moon")}
    with pytest.raises(ProblemError):
        await drafting.views.start(DIRECTOR, "2026")


async def test_without_printing_there_is_no_pdf(drafting: Drafting) -> None:
    drafting.printer.problem = Problem("E571")
    assert drafting.views.can_print() == Problem("E571")
    with pytest.raises(ProblemError):
        await drafting.views.pdf(DIRECTOR, "any", "en", EN)


async def test_a_publication_that_waits_for_its_day_is_named_where_a_draft_has_its_change_too(
    drafting: Drafting,
) -> None:
    half_year = {**TEXTS, DUTY: TEXTS[DUTY].replace("every: quarter", "every: half_year")}
    now = drafting.working.now
    waiting = Revision(
        "f" * 64, drafting.working.place, half_year, now, "w-3", "7 号", starts=now + timedelta(days=2)
    )
    await drafting.working.store.revisions.add(waiting)
    beside = next(one for one in TEXTS if one != DUTY and one.startswith("rules/"))
    drafting.drafts |= {"upon": half_year, "before": {**TEXTS, beside: TEXTS[beside] + "# looked at\n"}}
    said = {}
    for draft in drafting.drafts:
        run = await drafting.views.start(DIRECTOR, "2026", draft)
        await drafting.impact.wait(run)
        document = await drafting.views.document(DIRECTOR, run, EN)
        assert document is not None
        said[draft] = document.headlines[0]
    assert said["upon"].startswith("Compared with what is in force today: what is published and waits")
    assert "7 号" in said["upon"]
    assert not said["before"].startswith("Compared")
