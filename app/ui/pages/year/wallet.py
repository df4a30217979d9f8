"""Wallets on the page of scores: what is left, the level, and the moves that led there."""

from fractions import Fraction
from urllib.parse import quote

from app.services.appraising.wallet_views import Move, WalletView
from app.ui.session import Session
from app.ui.widgets import box, text

FIRST = 20
"""How many moves are listed."""


def wallet_panel(session: Session, wallet: WalletView) -> None:
    """Draw a wallet."""
    t = session.t
    with box("in stack"):
        with box("row-b gb-wrap"):
            text(t.text(wallet.title), "title strong", "h2")
            shown = "—" if wallet.balance is None else t.number(Fraction(wallet.balance))
            text(f"{t('score-wallet')} {shown}", "title strong", "span")
        if wallet.level is not None:
            text(t("score-wallet-level", level=t.text(wallet.level)), "strong")
        if wallet.balance is None:
            text(t("score-wallet-unknown"), "meta")
        else:
            figures = {
                name: t.number(Fraction(value))
                for name, value in (
                    ("earned", wallet.earned),
                    ("spent", wallet.spent),
                    ("expired", wallet.expired),
                    ("balance", wallet.balance),
                )
            }
            text(t("score-wallet-sum", **figures), "meta")
        for move in wallet.moves[:FIRST]:
            _move(session, move)


def _move(session: Session, move: Move) -> None:
    t = session.t
    with box("row-b gb-wrap"):
        words = t.dotted(
            t.day(move.at), t(f"score-move-{move.event}"), t.text(move.title) if move.title else ""
        )
        if move.entry and "/entry/{entry}" in session.paths:
            text(words, "gb-link", "a").props["href"] = f"/entry/{quote(move.entry)}"
        else:
            text(words, tag="span")
        if move.refused:
            text(t(f"score-refused-{move.refused}"), "meta", "span")
        shown = "—" if move.moved is None else t.number(Fraction(move.moved))
        text(shown, "num strong" if move.moved else "num muted", "span")
