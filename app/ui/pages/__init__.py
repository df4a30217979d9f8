"""The pages. Each part registers its own with the shell; a new part adds one line here."""

from collections.abc import Callable

from app.ui.pages import account, accounts, invitation, ledger, login, welcome
from app.ui.shell import Shell

PAGES: tuple[Callable[[Shell], None], ...] = (
    welcome.register,
    login.register,
    invitation.register,
    account.register,
    accounts.register,
    ledger.register,
)
