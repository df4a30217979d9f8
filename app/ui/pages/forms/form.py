"""The addresses of forms: filled in for a subject, or correcting an entry; and of the files in them."""

from starlette.requests import Request
from starlette.responses import Response

from app.domain.contents import IMAGES
from app.domain.kinds.links import WORKER
from app.services.actor import ActorRef, Permission
from app.services.form_views import FormView, Wanted
from app.services.work import WorkServices
from app.ui.attachments import Attachment, attached
from app.ui.frame import frame
from app.ui.pages.forms.page import FormPage
from app.ui.session import Session, Visitor
from app.ui.shell import Shell

PEOPLE = "/people"
"""Where whoever administers sees the people with a file."""


def register(shell: Shell) -> None:
    """Register `/fill/{form}`, `/correct/{entry}` and `/files/{sha256}`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/fill/{form}")
    async def fill(
        session: Session,
        form: str,
        subject: str = "",
        duty: str = "",
        of: str = "",
        window: str = "",
        ask: str = "",
    ) -> None:
        view = await work.submissions.open(session.ref, Wanted(form, subject or None, duty, of, window))
        form_page(session, work, view, ask)

    @shell.page("/correct/{entry}")
    async def correct(session: Session, entry: str) -> None:
        form_page(session, work, await work.submissions.open(session.ref, Wanted(entry=entry)))

    async def picture(request: Request, visitor: Visitor) -> Response:
        sha256 = request.path_params["sha256"]

        async def make(ref: ActorRef) -> Attachment | None:
            found = await work.files.show(ref, sha256)
            # What isn't a picture is never shown inside of our own address.
            if found is None:
                return None
            return Attachment(found.name or sha256, found.content, found.type, shown=found.type in IMAGES)

        return await attached(request, visitor, make)

    shell.document("/files/{sha256}", picture)


def form_page(session: Session, work: WorkServices, view: FormView, ask: str = "") -> None:
    """Build the page of an opened form; `ask` is the question that it was opened for."""
    t = session.t
    title = t.text(view.form.heading.title)
    if view.corrects is not None:
        title = t("form-correct", form=title)
    sub = ""
    if view.why is not None:
        at = view.why.due
        due = t("form-held") if at is None else t("form-due", day=t.day(at.astimezone(t.zone)))
        sub = t.dotted(t.text(view.why.title), due)
    back = _back(session, view)
    with frame(title, sub=sub, back=back, tabs=False, active="today" if view.why else ""):
        FormPage(session, work, view, back, ask).build()


def _back(session: Session, view: FormView) -> str:
    """Return where one comes back to: whom it was about, people for a new file of theirs, else what is due."""
    about = view.form.describes or view.form.about
    if view.why is None and view.label is not None and view.label.name and about:
        return f"/subjects/{about}/{view.label.id}"
    if about == WORKER and PEOPLE in session.paths and session.actor.may(Permission.ADMINISTER):
        return PEOPLE
    return "/today"
