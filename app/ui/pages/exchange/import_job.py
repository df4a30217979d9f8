"""One import, step by step: name the columns, look at what was found, store, take the faulty rows back."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from app.domain.problem import ProblemError
from app.services.workbooks.flat import mappable
from app.services.workbooks.import_views import Checked, Column, FaultCell, ImportJob, ImportView, PreviewRow
from app.services.workbooks.imports import Imports
from app.services.workbooks.mapping import AT, BY, SUBJECT
from app.services.workbooks.reading import fault_words
from app.services.workbooks.row_cells import Became
from app.ui.frame import Action, button, frame
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.pages.parts.saying import moment, said
from app.ui.session import Session
from app.ui.widgets import Note, Progress, Section, box, icon, text

LOOK_AGAIN = 0.7
"""Seconds between two looks at how far a job is."""
BECAME = {
    Became.NEW: ("add", "met"),
    Became.CHANGED: ("edit", "due"),
    Became.KNOWN: ("check_circle", "waived"),
    Became.FAULTY: ("error", "overdue"),
}
_MOST_WORDS = 60


class ImportPage:
    """One open view of an import; while a job goes on it looks again and again."""

    def __init__(self, session: Session, imports: Imports, job_id: str) -> None:
        """Keep which import it is."""
        self._session = session
        self._t = session.t
        self._imports = imports
        self._job_id = job_id
        self._columns: dict[str, str | None] = {}
        self._by = ""

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        job = await self._imports.job(self._session.ref, self._job_id)
        sub = t.dotted(t.text(job.form), job.by, moment(t, job.at))
        with frame(job.name, active="import", sub=sub, back="/import"):
            self._body = box("stack pad-desk im-page")
            self._told = box("pad").props("role=status")
            await self._draw(job)

    async def _again(self) -> None:
        job = await self._imports.job(self._session.ref, self._job_id)
        self._body.clear()
        self._told.clear()
        await self._draw(job)

    async def _draw(self, job: ImportJob) -> None:
        with self._body:
            if job.state in {"queued", "running"}:
                self._working(job)
            elif job.state == "failed":
                self._failed(job)
            elif job.step == "map":
                await self._mapping()
            elif job.checked is not None:
                self._found(job, job.checked)

    def _doing(self, act: Callable[[], Any]) -> Callable[[], Any]:
        """Return a handler that does something, says what is in its way, and draws what became of it."""

        async def do() -> None:
            try:
                await act()
            except ProblemError as fault:
                self._told.clear()
                with self._told:
                    problem_notes(self._t, fault.problems)
                return
            with self._body:
                await self._again()

        return do

    # ---- columns -------------------------------------------------------------------------------------------------
    async def _mapping(self) -> None:
        t = self._t
        view = await self._imports.view(self._session.ref, self._job_id)
        self._columns = {column.title: column.field or None for column in view.columns}
        self._by = view.by
        with Section(t("import-columns")):
            text(t("import-columns-what"), "muted")
            with box("im-cols", "ul"):
                for column in view.columns:
                    self._column(view, column)
            if view.form.describes is None:
                self._whom(view)
        self._shown = box("stack")
        self._preview(view)

    def _column(self, view: ImportView, column: Column) -> None:
        t = self._t
        special = {AT: "workbook-column-at", BY: "workbook-column-by", SUBJECT: "workbook-column-subject"}
        options = {"": t("import-skip")} | {name: t(words) for name, words in special.items()}
        options |= {item.id: t.text(item.title) or item.id for item in mappable(view.form)}
        with box("im-col", "li"):
            with box("im-title"):
                text(column.at, "im-at", "span")
                text(column.title, "strong", "span")
                if column.samples:
                    text(t("import-samples", samples=t.listed(column.samples)), "meta")

            async def choose(chosen: str) -> None:
                self._columns[column.title] = chosen or None
                await self._look()

            value = column.field if column.field in options else ""
            picked = ui.select(options, value=value, label=t("import-column-for", title=column.title))
            picked.on_value_change(lambda event: choose(event.value or ""))
            picked.props("dense options-dense hide-bottom-space").classes("im-field")
            picked.mark(f"column {column.title}")

    def _whom(self, view: ImportView) -> None:
        t = self._t

        async def choose(chosen: str) -> None:
            self._by = chosen
            await self._look()

        value = view.by if view.by in view.people else None
        made = ui.select(dict(view.people), value=value, label=t("import-by"), with_input=True)
        made.on_value_change(lambda event: choose(event.value or ""))
        made.props("hide-bottom-space").classes("im-by").mark("by")

    async def _look(self) -> None:
        self._preview(await self._imports.view(self._session.ref, self._job_id, self._columns, self._by))

    def _preview(self, view: ImportView) -> None:
        t = self._t
        self._shown.clear()
        with self._shown:
            problem_notes(t, view.problems)
            problem_notes(t, view.notices)
            if view.rows:
                end = t("import-preview-of", n=view.total)
                with Section(t("import-preview"), end, padded=False), box("gb-list", "ul"):
                    for row in view.rows:
                        self._row(row)
            with box("gb-act-row pad im-acts"):
                check = Action(
                    t("import-check", n=view.total),
                    on_click=self._doing(
                        lambda: self._imports.check(self._session.ref, self._job_id, self._columns, self._by)
                    ),
                    why_not=t("import-check-none") if view.problems else "",
                )
                button(check, "act").mark("check")
                self._forget_button()

    def _row(self, row: PreviewRow) -> None:
        t = self._t
        with box("im-row", "li"):
            with box("row-c"):
                text(t.dotted(row.sheet, t("import-row", n=row.number)), "meta", "span")
                glyph, tone = BECAME[row.became]
                with box(f"gb-st {tone}", "span"):
                    icon(glyph)
                    text(t(f"import-became-{row.became.value}"), tag="span")
            shown = [
                t("import-says", title=t.text(answer.title), value=_short(said(t, answer)))
                for answer in row.answers
                if answer.value not in (None, "", [])
            ]
            if shown:
                text(t.dotted(*shown))
            for fault in row.faults:
                text(t.dotted(str(fault.problem.where or ""), fault_words(fault, t)), "im-fault")

    # ---- working -------------------------------------------------------------------------------------------------
    def _working(self, job: ImportJob) -> None:
        t = self._t
        with Section(t(f"import-step-{job.step}")):
            bar = Progress(t(f"import-step-{job.step}"))
            words = text("", "meta").props("role=status")

            def show(found: ImportJob) -> None:
                bar.show(found.done, found.total)
                far = t("import-progress", done=found.done, of=found.total)
                words.set_text(t("job-resumes", n=found.resumes) if found.resumes else far)

            show(job)
            text(t("import-progress-what"), "muted")

            async def look() -> None:
                try:
                    found = await self._imports.job(self._session.ref, self._job_id)
                except ProblemError:  # forgotten meanwhile, in another tab
                    timer.deactivate()
                    ui.navigate.to("/import")
                    return
                if found.state in {"queued", "running"}:
                    show(found)
                    return
                timer.deactivate()
                with self._body:
                    await self._again()

            timer = ui.timer(LOOK_AGAIN, look)

    def _failed(self, job: ImportJob) -> None:
        t = self._t
        problem_notes(t, job.problems)
        with box("gb-act-row pad"):
            again = self._doing(lambda: self._imports.again(self._session.ref, self._job_id))
            button(Action(t("import-again"), on_click=again, icon="refresh"), "act").mark("again")
            self._forget_button()

    # ---- what was found ------------------------------------------------------------------------------------------
    def _found(self, job: ImportJob, checked: Checked) -> None:
        t = self._t
        stored = job.state == "done"
        good = checked.counts[Became.NEW.value] + checked.counts[Became.CHANGED.value]
        with Section(t("import-done" if stored else "import-found")):
            if stored:
                Note(t("import-stored-what"), "act")
            with box("im-counts", "dl"):
                for became, (glyph, tone) in BECAME.items():
                    with box(f"im-count {tone}"):
                        with box("", "dt"):
                            icon(glyph)
                            text(t(f"import-count-{became.value}"), tag="span")
                        text(t.number(checked.counts[became.value]), "figure", "dd")
        with box("gb-act-row pad im-acts"):
            if stored:
                button(Action(t("import-another"), href="/import", icon="upload"), "act")
            else:
                store = self._doing(lambda: self._imports.store(self._session.ref, self._job_id))
                back = self._doing(lambda: self._imports.again(self._session.ref, self._job_id))
                why_not = "" if good else t("import-store-none")
                button(Action(t("import-store", n=good), on_click=store, why_not=why_not), "act").mark(
                    "store"
                )
                button(Action(t("import-back"), on_click=back, icon="edit"), "line").mark("back")
            self._forget_button()
        if checked.found:
            self._faults(checked)

    def _faults(self, checked: Checked) -> None:
        t = self._t
        with Section(t("import-faults"), padded=False):
            with box("in"):
                text(t("import-faults-what"))
                if checked.found > checked.listed:
                    text(t("import-faults-first", n=checked.listed, all=checked.found), "meta")
                if checked.returned:
                    address = f"/import/{self._job_id}/faults.xlsx"
                    button(Action(t("import-returned"), href=address, icon="download"), "line")
            with box("gb-list", "ul"):
                for cell, fault in zip(checked.cells, checked.faults, strict=True):
                    with box("im-row", "li"):
                        text(self._where(cell) or str(fault.problem.where or ""), "meta")
                        text(fault_words(fault, t), "im-fault")

    def _where(self, cell: FaultCell) -> str:
        """Return where a fault is, as people look for it in their table."""
        t = self._t
        if not cell.row:
            return ""
        column = t("import-cell", column=cell.column, title=cell.title) if cell.column else ""
        return t.dotted(cell.sheet, t("import-row", n=cell.row), column)

    def _forget_button(self) -> None:
        async def forget() -> None:
            await self._imports.forget(self._session.ref, self._job_id)
            ui.navigate.to("/import")

        button(Action(self._t("import-forget"), on_click=forget, icon="delete"), "quiet").mark("forget")


def _short(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1]}…"
