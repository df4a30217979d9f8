"""Why somebody hasn't the grade that the points reach: a quota, the minimum of a part, a finding."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.core.values import Kind, Type
from app.domain.kinds.appraisal import Appraisal, Grade, Override, Quota
from app.domain.kinds.common import Each, Heading, Parameter
from app.domain.workdays import Every
from app.services.appraising.held_back import held_back


def figure(value: int) -> Parameter:
    return Parameter("", ((None, value),), Type(Kind.INTEGER))


GRADES = (
    Grade("best", {"zh": "优秀"}, figure(90), Quota(figure(1))),
    Grade("good", {"zh": "良好"}, figure(80), Quota(figure(1))),
    Grade("pass", {"zh": "合格"}, figure(60)),
    Grade("fail", {"zh": "不合格"}),
)
YEAR = Appraisal(Heading("year"), Each(role="leader"), Every("year", 1), (), grades=GRADES)
MINIMUM = replace(YEAR, grades=(replace(GRADES[0], passed=True), *GRADES[1:]))
FINDING = replace(YEAR, overrides=(Override("fail", "grave"),))


@pytest.mark.parametrize(
    ("year", "score", "grade", "passed", "expected"),
    [
        (YEAR, 93, "good", None, ("优秀", "quota")),
        (YEAR, 93, "pass", None, ("优秀", "quota")),
        (YEAR, 93, "best", None, None),
        (YEAR, 85, "good", None, None),
        (YEAR, 50, "fail", None, None),
        (YEAR, None, None, None, None),
        (MINIMUM, 93, "good", False, ("优秀", "minimum")),
        (MINIMUM, 93, "good", True, ("优秀", "quota")),
        (FINDING, 93, "fail", None, ("优秀", "finding")),
        (FINDING, 93, "good", None, ("优秀", "quota")),
    ],
)
def test_what_keeps_from_a_grade_is_told(
    year: Appraisal,
    score: int | None,
    grade: str | None,
    passed: bool | None,
    expected: tuple[str, str] | None,
) -> None:
    row: dict[str, Any] = {"score": score, "grade": grade, "passed": passed}
    found = held_back(year, row, date(2025, 1, 1))
    assert (None if found is None else (found.title["zh"], found.why)) == expected
