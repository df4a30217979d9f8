"""A year that is over and that nobody opened: the board says so and ranks nobody."""

from datetime import UTC, date, datetime

import pytest

from app.i18n import Translator
from app.services.appraising.ranking import AppraisalView
from app.ui.pages.year.appraisals import unopened


def year(*, unopened: bool, begun: date | None = None) -> AppraisalView:
    return AppraisalView(
        id="final",
        title={"zh": "年度考核"},
        place={"zh": "社区"},
        period="2025",
        years=("2026", "2025"),
        finished=True,
        ends=date(2026, 1, 1),
        as_of=datetime(2026, 2, 1, tzinfo=UTC),
        bands=(),
        bins=(),
        average=None,
        middle=None,
        findings=(),
        begun=begun,
        unopened=unopened,
    )


@pytest.mark.parametrize(
    ("unopened_", "begun", "said"),
    [
        (True, None, "没有公示、申诉和定案"),
        (True, date(2025, 9, 1), "台账从 2025年9月1日 才开始有记录"),
        (False, None, ""),
    ],
)
def test_a_year_that_is_over_and_was_never_opened_ranks_nobody_and_says_why(
    unopened_: bool, begun: date | None, said: str
) -> None:
    told = unopened(Translator("zh"), year(unopened=unopened_, begun=begun))
    assert said in told
    assert bool(told) == bool(said)
