"""Reports and certificates: who prints them, and when somebody's praise is settled enough to be written on paper."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.kinds.appraisal import Stage as YearStage
from app.domain.kinds.print_template import PrintTemplate
from app.domain.problem import Problem, ProblemError
from app.services.actor import DeniedError, Permission
from app.services.prints.certificates import praises_of
from app.services.prints.places import PlacePrints
from app.services.prints.report import Printable
from tests.services.declared import told
from tests.services.test_scores import ALL, GIVEN, RULES, SIMPLE, Stage

LATER = datetime(2026, 2, 1, tzinfo=UTC)
YEAR = GIVEN + "".join(f"- {{form: report, at: 2025-{month:02}-10, by: w1}}\n" for month in range(7, 13))


class FakeDocuments:
    """Prints titles."""

    def __init__(self) -> None:
        self.problem: Problem | None = None

    def available(self) -> Problem | None:
        return self.problem

    def document(self, document: Printable, language: str) -> bytes:
        return f"{document.kind} {document.heading} {language}".encode()


@pytest.fixture
async def stage() -> Stage:
    return await Stage(told(RULES, YEAR)).begin()


def prints_of(stage: Stage) -> PlacePrints:
    return PlacePrints(stage.scores, FakeDocuments(), lambda: stage.now)


async def test_a_report_is_printed_by_who_appraises_all_of_the_place(stage: Stage) -> None:
    prints = prints_of(stage)
    found = await prints.report_pdf(stage.as_("w9", ALL, "c1"), "2025", "en")
    assert found == "community The community’s year in grid work · 湖畔社区 · 2025 en".encode()
    for may, place in (
        (SIMPLE, "c1"),
        (ALL - {Permission.SEE_PLACE}, "c1/g2"),
        (ALL - {Permission.APPRAISE}, "c1"),
    ):
        with pytest.raises(DeniedError):
            await prints.report(stage.as_("w1", may, place), "2025", "zh")


async def test_a_praise_is_printed_once_the_period_is_over_by_the_office_and_by_whom_it_is_about(
    stage: Stage,
) -> None:
    prints = prints_of(stage)
    assert await prints.praises(stage.as_("w9", ALL, "c1"), "2025") == ()
    stage.now = LATER
    (praise,) = await prints.praises(stage.as_("w9", ALL, "c1"), "2025")
    assert (praise.rule, praise.about) == ("praised", "w1")
    own = stage.as_("w1", SIMPLE, "c1/g1")
    assert [one.about for one in await prints.praises(own, "2025")] == ["w1"]
    made = await prints.certificate(own, "2025", praise.finding, "zh", "https://grid.example.org/")
    assert (made.person, made.praise, made.clause, made.template) == ("w1", "表扬", "D·第五条", "certificate")
    assert made.result == "年度考核·好"
    assert made.trace == "https://grid.example.org/appraisals/year/2025/trace/w1"
    again = await prints.certificate(stage.as_("w9", ALL, "c1"), "2025", praise.finding, "zh-Hant")
    assert (again.number, again.title, again.trace) == (made.number, "榮譽證書", "")
    other = stage.as_("w2", SIMPLE, "c1/g2")
    assert await prints.praises(other, "2025") == ()
    for finding in (praise.finding, "nothing"):
        with pytest.raises(DeniedError):
            await prints.certificate(other, "2025", finding, "zh")
    with pytest.raises(ProblemError) as caught:
        await prints.certificate(stage.as_("w9", ALL, "c1"), "2025", "nothing", "zh")
    assert [one.code for one in caught.value.problems] == ["E578"]
    assert b"certificate" in await prints.certificate_pdf(own, "2025", praise.finding, "zh")


async def test_results_that_arent_public_give_no_certificate(stage: Stage) -> None:
    stage.now = LATER
    opened = await stage.scores.open(stage.as_("w9", ALL, "c1"), "2025")
    year = replace(opened.regulation.appraisals["year"], stages=(YearStage("shown", public=True),))
    regulation = replace(opened.regulation, appraisals={"year": year})
    opened = replace(opened, community=replace(opened.community, regulation=regulation))
    assert praises_of(opened, stage.now) == ()


async def test_a_rule_may_have_a_certificate_of_its_own(stage: Stage) -> None:
    stage.now = LATER
    prints = prints_of(stage)
    own = {"certificate_praised.html": PrintTemplate("print/certificate_praised.html", "<p>")}
    community = await stage.scores.open(stage.as_("w9", ALL, "c1"), "2025")
    community.community.regulation = replace(community.regulation, prints=own)
    (praise,) = await prints.praises(stage.as_("w9", ALL, "c1"), "2025")
    made = await prints.certificate(stage.as_("w9", ALL, "c1"), "2025", praise.finding, "zh")
    assert made.template == "certificate_praised"


async def test_what_keeps_pdfs_from_being_made_is_said(stage: Stage) -> None:
    printer = FakeDocuments()
    printer.problem = Problem("E572")
    prints = PlacePrints(stage.scores, printer, lambda: stage.now)
    with pytest.raises(ProblemError) as caught:
        await prints.report_pdf(stage.as_("w9", ALL, "c1"), "2025", "zh")
    assert [one.code for one in caught.value.problems] == ["E572"]


async def test_a_certificate_says_what_is_awarded_where_the_finding_says_what_the_office_is_to_do() -> None:
    rules = RULES.replace("praise: true", "praise: true, certificate: {zh: 先进个人, en: Commended worker}")
    assert rules != RULES
    stage = await Stage(told(rules, YEAR)).begin()
    stage.now = LATER
    actor = stage.as_("w9", ALL, "c1")
    (praise,) = await prints_of(stage).praises(actor, "2025")
    assert (await prints_of(stage).certificate(actor, "2025", praise.finding, "zh")).praise == "先进个人"
