"""Why an item has its points, as the page of scores shows it: where one appeals against it."""

from dataclasses import replace

from app.services.reasons.arithmetic import Sum, Term
from app.services.reasons.reasons import ItemReason
from app.ui.frame import frame
from app.ui.pages.year.reason import reason_panel
from app.ui.session import Session
from app.ui.shell import Shell
from tests.ui.conftest import Stage

TWO_LINES = Sum((Term({"zh": "成功率"}), Term({"zh": "申诉更正"})))
REASON = ItemReason(
    "score", "w1", "2025", ("talks",), (), "ok", 20, 25, (), (), (), TWO_LINES, None, {}, ()
)  # fmt: skip


async def shown(stage: Stage, reason: ItemReason) -> None:
    async def page(session: Session) -> None:
        with frame("⟦test⟧"):
            reason_panel(
                session, reason, everything=False, link="/score", appeal="/year/2025/appeal?item=score/talks"
            )

    Shell(stage.community.services(), stage.settings).page("/one")(page)
    await stage.log_in()
    await stage.user.open("/one")


async def test_an_item_of_two_lines_without_a_row_can_be_contested(stage: Stage) -> None:
    await shown(stage, REASON)
    await stage.user.should_see("申诉更正")
    await stage.user.should_see("对这一项申诉")


async def test_a_section_is_contested_item_by_item(stage: Stage) -> None:
    await shown(stage, replace(REASON, section=True))
    await stage.user.should_not_see("对这一项申诉")


async def test_an_item_at_its_full_points_offers_no_appeal(stage: Stage) -> None:
    await shown(stage, replace(REASON, points=25))
    await stage.user.should_see("申诉更正")
    await stage.user.should_not_see("对这一项申诉")
