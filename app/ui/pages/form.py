"""A form generated from its declaration: filled in for a subject, or correcting an entry."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from nicegui import ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.domain.contents import IMAGES
from app.domain.kinds.form import Field
from app.domain.problem import ProblemError
from app.services.submissions import FormView, Receipt, RefusedError, Submission, Wanted
from app.services.work import WorkServices
from app.ui.controls import Asked
from app.ui.errors import error_page
from app.ui.frame import Action, button, frame
from app.ui.pages.form_context import context
from app.ui.pages.form_why import opener
from app.ui.pages.saying import worked_out
from app.ui.pages.words import word
from app.ui.session import Session, Visitor
from app.ui.shell import Shell
from app.ui.widgets import ConditionalBlock, Note, Question, SaveBar, SyncNote, box, keeper, text

if TYPE_CHECKING:
    from nicegui.elements.mixins.text_element import TextElement

_PAUSE = 1.0
"""Seconds without a change after which the draft is saved."""


def register(shell: Shell) -> None:
    """Register `/fill/{form}`, `/correct/{entry}` and `/files/{sha256}`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/fill/{form}")
    async def fill(
        session: Session, form: str, subject: str = "", duty: str = "", of: str = "", window: str = ""
    ) -> None:
        view = await work.submissions.open(session.ref, Wanted(form, subject or None, duty, of, window))
        _page(session, work, view)

    @shell.page("/correct/{entry}")
    async def correct(session: Session, entry: str) -> None:
        _page(session, work, await work.submissions.open(session.ref, Wanted(entry=entry)))

    async def picture(request: Request, visitor: Visitor) -> Response:
        if visitor.ref is None:
            return RedirectResponse("/login", status_code=303)
        found = await work.files.show(visitor.ref, request.path_params["sha256"])
        if found is None:
            return error_page(request, visitor, 404, "not_found")
        # What isn't a picture is never shown inside of our own address. Phones are shared.
        how = "inline" if found.type in IMAGES else "attachment"
        headers = {"Cache-Control": "no-store", "Content-Disposition": how}
        return Response(found.content, media_type=found.type, headers=headers)

    shell.document("/files/{sha256}", picture)


def _page(session: Session, work: WorkServices, view: FormView) -> None:
    t = session.t
    title = t.text(view.form.heading.title)
    if view.corrects is not None:
        title = t("form-correct", form=title)
    sub = ""
    if view.why is not None:
        at = view.why.due
        due = t("form-held") if at is None else t("form-due", day=t.day(at.astimezone(t.zone)))
        sub = t.dotted(t.text(view.why.title), due)
    back = _back(view)
    with frame(title, sub=sub, back=back, tabs=False, active="today" if view.why else ""):
        FormPage(session, work, view, back).build()


def _back(view: FormView) -> str:
    about = view.form.describes or view.form.about
    if view.why is None and view.label is not None and view.label.name and about:
        return f"/subjects/{about}/{view.label.id}"
    return "/today"


class FormPage:
    """One open form: its answers so far, and the questions that they make relevant."""

    def __init__(self, session: Session, work: WorkServices, view: FormView, back: str) -> None:
        """Start from the view's answers."""
        self.work = work
        self.session = session
        self.view = view
        self.back = back
        self.t = session.t
        self.answers: dict[str, Any] = dict(view.answers)
        self.subject = view.subject
        self.questions: dict[str, Question] = {}
        self.outputs: dict[str, TextElement] = {}
        self.blocks: list[tuple[ui.element, list[str]]] = []
        self.changed = 0
        self.reason = ""
        self.at: datetime | None = None

    # ---- building -------------------------------------------------------------------------------------------------
    def build(self) -> None:
        """Draw the subject, the questions and the bar."""
        with box("fm-cols"):
            self._context()
            self.body = box("gb-sheet fm-body", "form")
            self.body.props["autocomplete"] = "off"
            self.body.on("submit", lambda: None, js_handler="(e) => e.preventDefault()")
            with self.body:
                self._draw()
        ui.timer(0.1, self._start, once=True)

    def _context(self) -> None:
        context(self.session, self.view)

    def _draw(self) -> None:
        self.summary = box("fm-summary")
        self._before()
        if self.view.pick and self.subject is None:
            self._pick()
        if self.view.corrects is not None:
            self._ask_reason()
        self.holder = box()
        self._questions()
        self._ask_when()
        self.bar = SaveBar(self.t("form-submit"), self._submit)
        if self.view.draft_at is not None:
            draft_at = self.t.time(self.view.draft_at)
            self.bar.note(lambda: SyncNote("draft", draft_at))

    def _before(self) -> None:
        """Offer to take over the answers of the last time, where there are some."""
        if not self.view.again:
            return

        async def take_over() -> None:
            self.answers = {**self.answers, **self.view.again}
            self.holder.clear()
            self._questions()
            keeper.chosen(self.answers)
            await self._save(self._mark())

        with box("fm-again"):
            again = Action(self.t("form-again"), on_click=take_over, icon="history")
            button(again, "line").mark("again")

    def _questions(self) -> None:
        self.questions.clear()
        self.outputs.clear()
        self.blocks.clear()
        fields = list(self.view.form.fields)
        with self.holder:
            at = 0
            while at < len(fields):
                reason = opener(self.t, self.view.form, fields[at])
                together = [fields[at]]
                while at + len(together) < len(fields) and fields[at].relevant is not None:
                    following = fields[at + len(together)]
                    if following.relevant is None or opener(self.t, self.view.form, following) != reason:
                        break
                    together.append(following)
                at += len(together)
                if reason:
                    with ConditionalBlock(reason) as block:
                        for item in together:
                            self._question(item)
                    self.blocks.append((block, [item.id for item in together]))
                else:
                    for item in together:
                        self._question(item)
        self._show()

    def _question(self, item: Field) -> None:
        t = self.t
        label = t.text(item.title) or item.id
        hint = t.text(item.hint)
        question = Question(
            label, hint, required=item.required or item.calculation is not None, field=item.id
        )
        with question:
            control = self.work.controls.get(item.widget)
            if item.calculation is not None:
                self.outputs[item.id] = text("", "fm-out", "output")
                self.outputs[item.id].props["aria-label"] = label
            elif control is not None:
                control(self._asked(item, label, question.fault))
        self.questions[item.id] = question

    def _asked(self, item: Field, label: str, say_fault: Callable[[str], None]) -> Asked:
        options = self.view.options.get(item.type.to or "", {})
        return Asked(
            field=item,
            value=self.answers.get(item.id),
            label=label,
            t=self.t,
            on_change=lambda value: self._change(item.id, value),
            options={key: word(self.t, name) for key, name in options.items()},
            keep_file=self._keep_file,
            say_fault=say_fault,
        )

    def _pick(self) -> None:
        with Question(self.t("form-pick"), required=True), box():
            picked = ui.select(
                {key: word(self.t, name) for key, name in self.view.pick.items()},
                with_input=True,
                on_change=lambda event: self._picked(event.value),
            ).classes("w-full")
            picked.props["aria-label"] = self.t("form-pick")

    def _picked(self, subject: str | None) -> None:
        """Open the form anew for the subject: its page says who lives there and what happened last."""
        if subject:
            ui.navigate.to(f"/fill/{self.view.form.id}?" + urlencode({"subject": subject}))

    def _ask_reason(self) -> None:
        def typed(event: Any) -> None:  # noqa: ANN401 - NiceGUI's event
            self.reason = event.value or ""

        with Question(self.t("form-reason"), self.t("form-reason-hint"), required=True):
            with box().props("data-reason"):
                made = ui.input(on_change=typed).classes("w-full")
            made.props["aria-label"] = self.t("form-reason")

    def _ask_when(self) -> None:
        """Let the reader say that it happened earlier; closed, it happened now (or when the corrected entry says)."""
        t = self.t
        old = self.view.corrects

        def typed(event: Any) -> None:  # noqa: ANN401 - NiceGUI's event
            try:
                self.at = datetime.fromisoformat(event.value or "").replace(tzinfo=t.zone)
            except ValueError:
                self.at = None

        with box("fm-q fm-when", "details"):
            with box("", "summary"):
                text(t("form-when") if old is None else t("form-when-was", at=t.moment(old.at)), tag="span")
            shown = "" if old is None else old.at.astimezone(t.zone).strftime("%Y-%m-%dT%H:%M")
            with box().props("data-when"):
                made = ui.input(value=shown, on_change=typed).classes("w-full")
            made.props["type"] = "datetime-local"
            made.props["aria-label"] = t("form-when-label")
            text(t("form-when-hint"), "meta")

    # ---- answering ------------------------------------------------------------------------------------------------
    async def _start(self) -> None:
        """Once the browser is there: let it keep what is filled in, and take up what it alone holds."""
        view = self.view
        target = {
            "form": view.form.id,
            "subject": self.subject,
            "corrects": view.corrects.id if view.corrects else None,
        }
        opened = keeper.Opened(view.key, view.entry_id, self.answers, self.back, target)
        kept = await keeper.start(opened, self.body)
        if kept is None:
            return
        if kept.get("id") != view.entry_id and await self._is_stored(str(kept.get("id"))):
            keeper.forget()  # it was stored, and the browser never heard of it
            return
        known = {item.id for item in view.form.fields}
        changed = {
            key: value
            for key, value in keeper.answers_of(kept.get("dirty"), self.t.zone).items()
            if key in known and value != self.answers.get(key, "")
        }
        if changed:
            with suppress(
                ProblemError
            ):  # a drawing that can't be kept is refused with the others, when submitted
                changed = await self.work.files.take_inline(self.session.ref, changed)
            blank = {key for key, value in changed.items() if value in ("", None)}
            self.answers = {key: value for key, value in (self.answers | changed).items() if key not in blank}
            self.holder.clear()
            self._questions()
            await self._save(self._mark())

    async def _is_stored(self, entry: str) -> bool:
        return await self.work.submissions.receipt(self.session.ref, entry) is not None

    def _change(self, field: str, value: Any) -> Awaitable[None] | None:  # noqa: ANN401 - JSON is any of its types
        if isinstance(value, dict) and "inline" in value:
            return self._drawn(field, value)
        if value is None or value == "":
            self.answers.pop(field, None)
        else:
            self.answers[field] = value
        if field in self.questions:
            self.questions[field].fault("")
        self._show()
        keeper.chosen(self.answers)
        number = self._mark()
        ui.timer(_PAUSE, lambda: self._save(number), once=True)
        return None

    async def _drawn(self, field: str, value: dict[str, Any]) -> None:
        try:
            taken = await self.work.files.take_inline(self.session.ref, {field: value})
        except ProblemError as fault:
            told = [self.t.problem(problem) for problem in fault.problems]
            self.questions[field].fault(" ".join(f"{one.what} {one.remedy}" for one in told))
            return
        self._change(field, None if "inline" in taken[field] else taken[field])

    def _mark(self) -> int:
        self.changed += 1
        return self.changed

    async def _save(self, number: int) -> None:
        """Save the draft unless something has changed since."""
        if number != self.changed:
            return
        try:
            at = await self.work.submissions.save_draft(self.session.ref, self.view, self.answers)
        except ProblemError:
            self.bar.note(lambda: SyncNote("failed"))
            return
        keeper.saved(self.answers)
        self.bar.note(lambda: SyncNote("draft", self.t.time(at)))

    def _show(self) -> None:
        """Show what is asked now, numbered."""
        logic = self.view.logic
        asked = logic.asked(logic.values(self.answers), self.view.facts)
        number = 0
        for item in self.view.form.fields:
            question = self.questions[item.id]
            output = self.outputs.get(item.id)
            # What is worked out is shown where the form has words for it.
            seen = item.id in asked.relevant and (output is None or bool(item.title))
            question.set_visibility(seen)
            if output is not None:
                output.set_text(worked_out(self.t, item, asked.values[item.id]) or self.t("form-not-yet"))
            elif seen:
                number += 1
                label = self.t.text(item.title) or item.id
                question.say(self.t("form-numbered", n=str(number), question=label))
        for block, members in self.blocks:
            block.set_visibility(any(member in asked.relevant for member in members))

    async def _keep_file(self, name: str, accepted: Collection[str], content: bytes) -> dict[str, Any]:
        return await self.work.files.keep(self.session.ref, name, content, accepted)

    # ---- submitting -----------------------------------------------------------------------------------------------
    async def _submit(self) -> None:
        self.bar.button.disable()
        try:
            # Let an answer that is on its way arrive first: a field tells its change as it loses the focus.
            await asyncio.sleep(0.05)
            receipt = await self._send()
        except RefusedError as fault:
            self._refused(fault)
            return
        finally:
            self.bar.button.enable()
            keeper.answered()
        self.changed += 1
        keeper.done()
        ui.navigate.to(self.back + "?" + urlencode({"done": receipt.entry.id}))

    async def _send(self) -> Receipt:
        submissions = self.work.submissions
        known = {item.id for item in self.view.form.fields if item.calculation is None}
        answers = {key: value for key, value in self.answers.items() if key in known}
        submission = Submission(self.view.entry_id, self.view.form.id, answers, self.subject, self.at)
        if self.view.corrects is not None:
            return await submissions.correct(
                self.session.ref, self.view.corrects.id, submission, self.reason, self.view.key
            )
        return await submissions.submit(self.session.ref, submission, self.view.key)

    def _refused(self, fault: RefusedError) -> None:
        """Say beside each field what is wrong, at the top what concerns none, and go to the first."""
        t = self.t
        for question in self.questions.values():
            question.fault("")
        first: Question | None = None
        general: list[str] = []
        for one in fault.faults:
            told = t.problem(one.problem)
            sentence = t.text(one.message) or f"{told.what}{'' if t.language == 'zh' else ' '}{told.remedy}"
            field = self.questions.get(one.problem.field or "")
            if field is None or not field.visible:
                general.append(sentence)
                continue
            field.fault(sentence)
            first = first or field
        self.summary.clear()
        with self.summary:
            marked = len(fault.faults) - len(general)
            if marked:
                Note(t("form-refused", n=marked), "late")
            for sentence in general:
                Note(sentence, "late")
        target = first or self.summary
        ui.run_javascript(
            f"const e = document.getElementById('c{target.id}');"
            "e?.scrollIntoView({block: 'center'});"
            "e?.querySelector('input, textarea, [tabindex]')?.focus({preventScroll: true});"
        )
