"""The pages. Each part registers its own with the shell; a new part adds one line here."""

from collections.abc import Callable

from app.ui.pages import (
    account,
    accounts,
    appraisals,
    attach,
    entry,
    form,
    imports,
    invitation,
    ledger,
    login,
    outbox,
    people,
    rules,
    score,
    several,
    staff,
    subject,
    subjects,
    today,
    welcome,
)
from app.ui.shell import Shell

PAGES: tuple[Callable[[Shell], None], ...] = (
    welcome.register,
    login.register,
    invitation.register,
    account.register,
    accounts.register,
    people.register,
    today.register,
    form.register,
    attach.register,
    several.register,
    outbox.register,
    subjects.register,
    subject.register,
    ledger.register,
    entry.register,
    score.register,
    staff.register,
    appraisals.register,
    rules.register,
    imports.register,
)
