"""The wallet on the page of scores: balance, level, moves with what they rest on, refusals."""

from datetime import UTC, datetime

from app.services.appraising.wallet_views import Move, WalletView
from app.ui.frame import frame
from app.ui.pages.year.wallet import wallet_panel
from app.ui.session import Session
from app.ui.shell import Shell
from tests.ui.conftest import Stage


def move(event: str, moved: int | None, refused: str = "", entry: str = "") -> Move:
    return Move(event, datetime(2025, 3, 1, tzinfo=UTC), {"zh": "杯子"}, 5, moved, refused, entry)


async def shown(stage: Stage, view: WalletView) -> None:
    async def page(session: Session) -> None:
        with frame("⟦test⟧"):
            wallet_panel(session, view)

    Shell(stage.community.services(), stage.settings).page("/one")(page)
    await stage.log_in()
    await stage.user.open("/one")


async def test_a_wallet_shows_what_is_left_and_every_move_that_led_there(stage: Stage) -> None:
    moves = (move("spent", 0, "balance"), move("spent", -5, "", "e2"), move("earned", 12, "", "e1"))
    await shown(stage, WalletView("shop", {"zh": "积分商城"}, 7, {"zh": "一星"}, moves))
    for words in (
        "积分商城",
        "账户余额 7",
        "等级：一星",
        "累计获得 12，已兑换 5，已过期 0，余 7",
        "未兑换：余额不足",
        "杯子",
    ):
        await stage.user.should_see(words)


async def test_a_balance_that_is_not_known_is_no_zero(stage: Stage) -> None:
    await shown(stage, WalletView("shop", {"zh": "积分商城"}, None, None, (move("earned", None),)))
    await stage.user.should_see("账户余额 —")
    await stage.user.should_see("余额现在算不出来")
