"""docs/first-regulation.md: the files that stand on it are a whole regulation, in every language of the page."""

import re
from pathlib import Path

from app.services.cases import run_cases
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider
from tests.fakes.loading import load

ROOT = Path(__file__).parents[2]
PAGES = ("first-regulation.md", "first-regulation.zh-CN.md")
FILE = re.compile(r"^`(config/places/[^`]+)`\n\n```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
LENT = (
    "forms/household.yaml",
    "forms/appointment.yaml",
    "forms/worker_file.yaml",
    "config/calendars/cn.yaml",
    "rules/documents.yaml",
)


def files(page: str) -> dict[str, str]:
    return dict(FILE.findall((ROOT / "docs" / page).read_text("utf-8")))


def test_every_language_of_the_page_has_the_same_files() -> None:
    first, *others = map(files, PAGES)
    assert len(first) == 11
    assert all(other == first for other in others)


def test_every_block_of_yaml_is_one_of_the_files() -> None:
    for page in PAGES:
        assert (ROOT / "docs" / page).read_text("utf-8").count("```yaml") == len(files(page))


def test_the_files_have_no_fault_and_no_warning_and_their_cases_pass() -> None:
    lent = [*map(ROOT.joinpath, LENT), *ROOT.glob("config/roles/*.yaml")]
    shipped = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in lent}
    found = load("maple", {**shipped, **files(PAGES[0])}, official)
    assert [(str(problem.where), problem.code) for problem in found.problems] == []
    assert found.regulation is not None
    results = run_cases(found.regulation, found.regulation.cases, PlainDecider())
    assert [problem for result in results for problem in result.problems] == []
    assert len(results) == 4


def test_the_text_of_the_page_is_carried_article_by_article() -> None:
    told = "".join(files(PAGES[0]).values())
    for article in "一二三四五六":
        assert f"ref: 第{article}条" in told
