"""Importing a list: what was imported, and a new file. What becomes of it stands on the page of its job."""

from urllib.parse import quote

from nicegui import events, ui
from starlette.requests import Request
from starlette.responses import Response

from app.domain.problem import Problem, ProblemError
from app.services.actor import ActorRef, Permission
from app.services.workbooks.import_views import ImportJob
from app.services.workbooks.imports import Imports
from app.ui.attachments import TYPES, Attachment, attached
from app.ui.frame import Action, button, frame, link
from app.ui.pages.exchange.import_job import ImportPage
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.pages.parts.saying import moment
from app.ui.session import Session, Visitor
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Note, Section, box, icon, text

IMPORT = "/import"
BLANK = "/blank-list"
_ACCEPTED = ".xlsx,.csv,.tsv,.txt"
_STEPS = {"stored": ("check_circle", "met"), "failed": ("error", "late"), "check": ("schedule", "due")}


def register(shell: Shell) -> None:
    """Register `/import`, the page of each import, and the address of its faulty rows."""
    imports, blanks = shell.services.imports, shell.services.blanks
    if imports is None or blanks is None:
        return

    @shell.page(IMPORT, permission=Permission.ADMINISTER)
    async def listed(session: Session) -> None:
        await draw(session, imports)

    @shell.page(IMPORT + "/{job}", permission=Permission.ADMINISTER)
    async def one(session: Session, job: str) -> None:
        await ImportPage(session, imports, job).build()

    async def returned(request: Request, visitor: Visitor) -> Response:
        async def make(ref: ActorRef) -> Attachment:
            name, content = await imports.returned(ref, request.path_params["job"])
            return Attachment(name, content, TYPES["xlsx"])

        return await attached(request, visitor, make, refused=404)

    async def blank(request: Request, visitor: Visitor) -> Response:
        async def make(ref: ActorRef) -> Attachment:
            name, content = await blanks.blank(ref, request.path_params["form"], visitor.t)
            return Attachment(f"{name}.xlsx", content, TYPES["xlsx"])

        return await attached(request, visitor, make, refused=404)

    shell.document(IMPORT + "/{job}/faults.xlsx", returned)
    shell.document(BLANK + "/{form}", blank)


async def draw(session: Session, imports: Imports) -> None:
    """Draw the list of imports and the place for a new file."""
    t = session.t
    forms = {name: t.text(title) for name, title in await imports.forms(session.ref)}
    jobs = await imports.all(session.ref)
    with frame(t("import-title"), active="import", sub=t("import-sub")), box("stack pad-desk im-page"):
        with Section(t("import-new")):
            limit = imports.largest // 1024 // 1024
            text(t("import-new-what", limit=limit), "muted")
            _new(session, imports, forms)
        with Section(t("import-list"), padded=False):
            if not jobs:
                EmptyState(t("import-none"), t("import-none-what"), "upload")
            with box("gb-list", "ul"):
                for job in jobs:
                    with box("", "li"):
                        _row(session, job)


def _new(session: Session, imports: Imports, forms: dict[str, str]) -> None:
    t = session.t
    with box("im-new"):
        chosen = ui.select(forms, value=next(iter(forms), None), label=t("import-form"))
        chosen.props("hide-bottom-space").classes("im-form").mark("form")
        chosen.props["aria-label"] = t("import-form")
        with box("im-blank"):
            text(t("import-blank-what"), "meta")
            blank = link(t("import-blank"), "", "gb-button gb-btn-quiet").mark("blank")
            blank.props["download"] = True
        chosen.on_value_change(lambda picked: _lead(blank, picked.value))
        _lead(blank, chosen.value)
        told = box("stack").props("role=status")

        def say(*problems: Problem) -> None:
            told.clear()
            with told:
                problem_notes(t, problems)

        def refused(event: events.GenericEventArguments) -> None:
            """Say why the browser doesn't send a file: its ending, or its size."""
            if event.args == "accept":
                say(Problem("E452"))
            else:
                say(Problem("E453", values={"limit": imports.largest // 1024 // 1024}))

        def lost() -> None:
            told.clear()
            with told:
                Note(t("import-lost"), "late")

        async def take(event: events.UploadEventArguments) -> None:
            told.clear()
            with told:
                Note(t("import-reading"))
            try:
                content = await event.file.read()
                job = await imports.take(session.ref, chosen.value or "", event.file.name, content)
            except ProblemError as fault:
                say(*fault.problems)
                return
            ui.navigate.to(f"{IMPORT}/{job}")

        upload = ui.upload(on_upload=take, auto_upload=True, max_file_size=imports.largest)
        upload.on("rejected", refused, js_handler="(files) => emit(files[0]?.failedPropValidation ?? '')")
        upload.props(f'accept="{_ACCEPTED}"').classes("hidden")
        upload.on("failed", lost)
        # Not before it is finished: the list of files is emptied by breaking off what is still on its way.
        upload.on("finish", js_handler=f"() => getElement({upload.id}).$refs.qRef.reset()")
        pick = button(Action(t("import-choose"), icon="upload"), "act").mark("choose")
        pick.on("click", js_handler=f"() => getElement({upload.id}).$refs.qRef.pickFiles()")


def _lead(blank: ui.element, form: str | None) -> None:
    """Let the link lead to the blank list of the form that is chosen."""
    blank.props["href"] = f"{BLANK}/{quote(form or '', safe='')}"


def _row(session: Session, job: ImportJob) -> None:
    t = session.t
    with box("lg-item im-job", "a") as made:
        made.props["href"] = f"{IMPORT}/{job.id}"
        icon("description", "muted")
        text(job.name, "strong lead im-name", "span")
        step = "failed" if job.state == "failed" else job.step
        glyph, tone = _STEPS.get(step, ("schedule", "due"))
        with box(f"gb-st {tone}", "span"):
            icon(glyph)
            text(t(f"import-step-{step}"), tag="span")
        text(t.dotted(t.text(job.form), job.by, moment(t, job.at)), "meta")
