"""Somebody who stands in several appraisals of a year sees each of them: score, reasons, year, appeal and print."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.appraisals import AppraisalsService
from app.services.appraising.score_views import ScoreView
from tests.fakes import year
from tests.fakes.working import PLACE
from tests.fakes.year import DIRECTOR, MA, STARTED, ZHOU, NoPrinter, WorkingYear
from tests.services.walking import Walk

PROMOTED = datetime(2025, 7, 1, tzinfo=UTC)
FILES: Mapping[str, str] = {
    **year.FILES,
    "config/roles/walker.yaml": """\
role: walker
title: {zh: 网格员, en: Grid worker, es: Trabajador}
level: grid
may: [record]
""",
    "rules/patrolled.yaml": """\
duty: patrolled
title: {zh: 巡查, en: Patrol, es: Ronda}
for_each: role walker
every: quarter
met_by: {form: report, link: by}
""",
    "rules/patrols.yaml": """\
sheet: patrols
title: {zh: 巡查分, en: Patrols, es: Rondas}
for_each: role walker
every: year
max: 100
items:
  patrols:
    title: {zh: 巡查, en: Patrols, es: Rondas}
    max: 100
    start: max
    lines: {missed: {deduct: 10, for_each: patrolled, where: {state: missed}}}
""",
    "rules/second.yaml": """\
appraisal: second
title: {zh: 网格员考核, en: Workers, es: Trabajadores}
for_each: role walker
every: year
parts: {duties: {title: {zh: 巡查, en: Patrols, es: Rondas}, weight: 100%, from: patrols}}
grades: {good: {title: {zh: 好, en: Good, es: Bien}, at_least: 95}, fair: {title: {zh: 可, en: Fair, es: Regular}}}
""",
}


def promoted(start: datetime) -> list[Entry]:
    """Zhou was a worker of the first grid until July 2025, and leads it since."""
    found = [entry for entry in year.founding(start) if entry.id != "p-w-1"]
    for number, (role, since, left) in enumerate(
        (("walker", STARTED, "2025-07-01"), ("leader", PROMOTED, None))
    ):
        post = {"worker": "w-1", "role": role, **({"left_on": left} if left else {})}
        name = f"p-w-1-{number}"
        found.append(Entry(name, f"{PLACE}/g1", "appointment", since, "w-3", since, post, name))
    return found


async def begun(folder: Path, texts: Mapping[str, str] = FILES) -> WorkingYear:
    here = WorkingYear(folder, texts=texts)
    here.founding = promoted
    await here.start()
    return here


def told(view: ScoreView) -> tuple[str | None, object, list[str], list[str]]:
    posts = [f"{post.title['zh']} {post.first:%m-%d}..{post.last:%m-%d}" for post in view.posts]
    return view.appraisal, view.score, [sheet.id for sheet in view.sheets], posts


async def test_each_appraisal_has_its_score_its_sheets_and_the_days_of_its_post(tmp_path: Path) -> None:
    here = await begun(tmp_path)
    first = await here.scores.overview(ZHOU, None, "2025")
    assert [(one.key, one.shown) for one in first.standings] == [("final:w-1", True), ("second:w-1", False)]
    assert [one.post["zh"] for one in first.standings] == ["网格长", "网格员"]
    assert told(first)[0] == "final"
    assert "patrols" not in [sheet.id for sheet in first.sheets]
    assert told(first)[3] == ["网格长 07-01..12-31"]
    second = await here.scores.overview(ZHOU, None, "2025", "second:w-1")
    assert told(second) == ("second", 100, ["patrols"], ["网格员 01-01..06-30"])
    assert second.standing == "second:w-1"
    assert (await here.scores.overview(MA, None, "2025")).standing == ""


async def test_what_names_no_appraisal_of_the_year_is_the_first_one_and_an_appeal_against_it_is_refused(
    tmp_path: Path,
) -> None:
    here = await begun(tmp_path)
    assert (await here.scores.overview(ZHOU, None, "2025", "gone:w-1")).appraisal == "final"
    with pytest.raises(ProblemError) as fault:
        await here.year.appeal(ZHOU, "2025", "score/reports", of="gone:w-1")
    assert fault.value.problems[0].code == "E707"
    with pytest.raises(ProblemError):  # it has no course for appeals
        await here.year.appeal(ZHOU, "2025", "patrols/patrols", of="second:w-1")


async def test_reasons_and_the_years_record_are_those_of_the_appraisal_that_is_asked_for(
    tmp_path: Path,
) -> None:
    here = await begun(tmp_path)
    reason = await here.scores.reason(ZHOU, "patrols", ("patrols",), None, "2025", "second:w-1")
    assert reason is not None
    person = await here.year.person(ZHOU, None, "2025", "second:w-1")
    assert person is not None
    assert person.reader.appraisal.id == "second"
    trend = await here.year.trend(ZHOU, None, "2025", "second:w-1")
    assert trend is not None
    assert trend.score == 100


async def test_each_is_printed_with_its_own_score_and_post(tmp_path: Path) -> None:
    here = await begun(tmp_path)
    prints = AppraisalsService(here.scores, NoPrinter(), here.clock, here.closing)
    made = {name: await prints.document(DIRECTOR, name, "w-1", "2025", "zh") for name in ("final", "second")}
    assert made["second"].score == "100"
    assert made["second"].post == "网格员"
    assert (made["final"].post, made["final"].score) != ("网格员", "100")
    assert {made[name].title for name in made} == {"年度考核", "网格员考核"}
    assert made["final"].check != made["second"].check


async def test_the_staff_list_shows_a_post_with_the_appraisal_of_its_role(tmp_path: Path) -> None:
    here = await begun(tmp_path)
    staff = here.services().staff
    assert staff is not None
    rows = {row.person: row for row in (await staff.list(DIRECTOR, "2025")).rows}
    assert rows["w-1"].standing == "final:w-1"  # the post that holds now
    assert rows["w-2"].standing == ""


async def test_an_appraisal_of_appointments_names_the_person_and_the_place_of_each(tmp_path: Path) -> None:
    line = "    lines: {missed: {deduct: 10, for_each: patrolled, where: {state: missed}}}\n"
    texts = {
        path: text if path.endswith("patrolled.yaml") else text.replace("role walker", "post walker")
        for path, text in FILES.items()
    }
    texts["rules/patrols.yaml"] = texts["rules/patrols.yaml"].replace(line, "")
    here = await begun(tmp_path, texts)
    view = await here.scores.overview(ZHOU, None, "2025", "second:p-w-1-0")
    assert told(view)[0] == "second"
    assert told(view)[2:] == (["patrols"], ["网格员 01-01..06-30"])
    assert [one.place.get("zh") for one in view.standings] == [None, "第一网格"]
    board = await AppraisalsService(here.scores, NoPrinter(), here.clock, here.closing).view(
        DIRECTOR, "second", "2025"
    )
    assert board is not None
    assert [(row.person, row.name, row.place["zh"]) for row in board.rows] == [("w-1", "周敏", "第一网格")]
    assert await here.scores.traced(ZHOU, "second", "p-w-1-0", "2025") == ("w-1", "second:p-w-1-0")
    assert await here.scores.traced(DIRECTOR, "second", "p-w-1-0", "2025") == ("w-1", "second:p-w-1-0")
    with pytest.raises(DeniedError):
        await here.scores.traced(MA, "second", "p-w-1-0", "2025")


async def test_a_year_that_is_over_and_that_nobody_opened_is_no_result_on_any_page(tmp_path: Path) -> None:
    here = await begun(tmp_path)
    staff = here.services().staff
    assert staff is not None
    assert [
        ((await here.scores.overview(MA, None, year)).unopened, row.unopened)
        for year in ("2025", "2026")
        for row in (await staff.list(DIRECTOR, year)).rows
        if row.person == "w-2"
    ] == [(True, True), (False, False)]
    assert not (await here.scores.overview(ZHOU, None, "2025", "second:w-1")).unopened  # which has no course
    walk = Walk(here)
    await walk.step("open")
    assert not (await here.scores.overview(MA, None, "2025")).unopened
