"""The pages. Each part registers its own with the shell; a new part adds one line here."""

from collections.abc import Callable

from app.ui.pages.above import communities
from app.ui.pages.administration import account, accounts, people, places
from app.ui.pages.compose import page as compose
from app.ui.pages.doorstep import drafts, outbox, today
from app.ui.pages.entrance import invitation, login, welcome
from app.ui.pages.exchange import exports, imports
from app.ui.pages.forms import attach, draft, form, several
from app.ui.pages.ledger import entry, flags, versions
from app.ui.pages.ledger import page as ledger
from app.ui.pages.prints import files as print_files
from app.ui.pages.prints import jobs as prints
from app.ui.pages.registers import change as register_change
from app.ui.pages.registers import duplicates, mend, moves, subject, subjects
from app.ui.pages.studio import draft as studio_draft
from app.ui.pages.studio import file as studio_file
from app.ui.pages.studio import home as studio
from app.ui.pages.studio import impact, layers, plugins, rules, sandbox
from app.ui.pages.studio import publish as studio_publish
from app.ui.pages.year import appraisals, marks, score, staff, stages
from app.ui.shell import Shell

PAGES: tuple[Callable[[Shell], None], ...] = (
    welcome.register,
    login.register,
    invitation.register,
    account.register,
    accounts.register,
    people.register,
    places.register,
    communities.register,
    today.register,
    form.register,
    attach.register,
    several.register,
    drafts.register,
    draft.register,
    outbox.register,
    subjects.register,
    subject.register,
    register_change.register,
    duplicates.register,
    mend.register,
    moves.register,
    ledger.register,
    entry.register,
    versions.register,
    flags.register,
    score.register,
    staff.register,
    appraisals.register,
    stages.register,
    marks.register,
    prints.register,
    print_files.register,
    rules.register,
    compose.register,
    sandbox.register,
    impact.register,
    studio.register,
    studio_file.register,
    studio_publish.register,
    layers.register,
    plugins.register,
    studio_draft.register,
    imports.register,
    exports.register,
)
