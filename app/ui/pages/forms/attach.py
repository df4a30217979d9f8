"""A photo later: the questions of an entry of today that take photos and files, and nothing else."""

from app.services.form_views import FormView
from app.services.submitted import Receipt
from app.services.work import WorkServices
from app.ui.frame import frame
from app.ui.pages.forms.page import FormPage
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import Note


def register(shell: Shell) -> None:
    """Register `/attach/{entry}`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/attach/{entry}")
    async def attach(session: Session, entry: str, back: str = "") -> None:
        view = await work.doorstep.attaching.open(session.ref, entry)
        t = session.t
        home = back if back.startswith("/") and not back.startswith("//") else f"/entry/{entry}"
        with frame(t("attach-title"), sub=t.text(view.form.heading.title), back=home, tabs=False):
            AttachPage(session, work, view, home, entry).build()


class AttachPage(FormPage):
    """The form with its photos alone."""

    def __init__(self, session: Session, work: WorkServices, view: FormView, back: str, entry: str) -> None:
        """Remember which entry the photos are for."""
        super().__init__(session, work, view, back)
        self.entry = entry

    def _before(self) -> None:
        Note(self.t("attach-what"))

    def _ask_when(self) -> None:
        """The entry says when it was."""

    async def _start(self) -> None:
        """Files need the connection: the phone keeps none of them."""

    def _next(self, receipt: Receipt) -> str:
        """Return the page one came from; of the entry itself that of the new one, which has the photos."""
        old = f"/entry/{self.entry}"
        return f"/entry/{receipt.entry.id}" if self.back == old else self.back

    async def _send(self) -> Receipt:
        own = {item.id for item in self.view.form.fields}
        files = {name: value for name, value in self.answers.items() if name in own}
        return await self.work.doorstep.attaching.save(
            self.session.ref, self.entry, self.view.entry_id, files, self.t("attach-reason")
        )
