"""A year that is over and that nobody opened: the board says so and ranks nobody."""

from datetime import UTC, date, datetime

import pytest

from app.i18n import Translator
from app.services.appraising.ranking import AppraisalView
from app.services.year.year import Board
from app.ui.pages.year.appraisals import unopened


def year(*, finished: bool, begun: date | None = None) -> AppraisalView:
    return AppraisalView(
        id="final",
        title={"zh": "年度考核"},
        place={"zh": "社区"},
        period="2025",
        years=("2026", "2025"),
        finished=finished,
        ends=date(2026, 1, 1),
        as_of=datetime(2026, 2, 1, tzinfo=UTC),
        bands=(),
        bins=(),
        average=None,
        middle=None,
        findings=(),
        begun=begun,
    )


def board(opening: str) -> Board:
    return Board(
        appraisal="final",
        period="2025",
        stages=(),
        state="",
        missing=(),
        steps=(),
        may=frozenset(),
        may_open=True,
        opening=opening,
        appeals=(),
        may_decide=False,
        appeals_until=None,
        frozen=False,
    )


@pytest.mark.parametrize(
    ("finished", "begun", "opening", "said"),
    [
        (True, None, "opened", "没有公示、申诉和定案"),
        (True, date(2025, 9, 1), "opened", "台账从 2025年9月1日 才开始有记录"),
        (False, None, "opened", ""),
        (True, None, "", ""),
    ],
)
def test_a_year_that_is_over_and_was_never_opened_ranks_nobody_and_says_why(
    finished: bool, begun: date | None, opening: str, said: str
) -> None:
    told = unopened(Translator("zh"), year(finished=finished, begun=begun), board(opening))
    assert said in told
    assert bool(told) == bool(said)
