"""An open form: its answers so far, the questions that they make relevant, and what becomes of them."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from nicegui import ui

from app.domain.files import files_in
from app.domain.problem import ProblemError
from app.domain.submission import Asked
from app.services.filling import RefusedError
from app.services.form_views import FormView, Wanted
from app.services.own_drafts import begun_of
from app.services.submitted import Receipt, Submission
from app.services.work import WorkServices
from app.ui.frame import Action, button, link
from app.ui.pages.forms.context import context
from app.ui.pages.forms.host import BESIDE, Questions
from app.ui.pages.forms.late import Late
from app.ui.pages.forms.left import Left
from app.ui.pages.forms.refusal import go_to, tell_faults
from app.ui.pages.forms.sheet import Sheet
from app.ui.pages.parts.words import word
from app.ui.session import Session
from app.ui.widgets import Lookup, Note, Question, SaveBar, SyncNote, box, keeper, text
from app.ui.widgets.lookup import lookup, shipped

_PAUSE = 1.0
"""Seconds without a change after which the draft is saved; a file is saved at once."""


class FormPage:
    """One open form."""

    def __init__(
        self, session: Session, work: WorkServices, view: FormView, back: str, ask: str = ""
    ) -> None:
        """Start from the view's answers; `ask` is the question that it was opened for."""
        self.work = work
        self.session = session
        self.view = view
        self.back = back
        self.ask = ask
        self.t = session.t
        self.controls = work.controls
        self.answers: dict[str, Any] = dict(view.answers)
        self.subject = view.subject
        self.changed = 0
        self.reason = ""
        self.waiting = ""
        """What is said while it is stored, where that takes long."""
        self._why: Callable[[str], object] = lambda _: None
        """Puts a reason that was typed before into its place."""
        self.at: datetime | None = None
        self.late = Late(self)
        self.beside: Callable[[], None] | None = None
        """Draws what else the answers rest upon, beside the questions."""

    # ---- building -------------------------------------------------------------------------------------------------
    def build(self) -> None:
        """Draw the subject, the questions and the bar."""
        self.whole = box()
        self._build()

    def _build(self) -> None:
        with self.whole:
            for to, options in self.view.options.items():
                shipped(to, {key: word(self.t, name) for key, name in options.items()})
            with box("fm-cols"):
                self._context()
                self.body = box("gb-sheet fm-body", "form")
                self.body.props["autocomplete"] = "off"
                self.body.on("submit", lambda: None, js_handler="(e) => e.preventDefault()")
                keeper.late(self.body, self.late.take)
                with self.body:
                    self._draw()
            ui.timer(0.1, self._start, once=True)

    def _context(self) -> None:
        context(self.session, self.view, self.beside)

    def _draw(self) -> None:
        self.summary = box("fm-summary")
        self.left = Left(self)
        keeper.stray_files(self.t)
        self._before()
        if self.view.pick and self.subject is None:
            self._pick()
        elif self.view.lacks is not None:
            self._nobody_yet()
        if self.view.others:
            self._ask_others()
        if self.view.corrects is not None:
            self._ask_reason()
        self.holder = box()
        self._questions()
        self._ask_when()
        self.bar = SaveBar(self.t("form-submit"), self._pressed)
        if self.view.draft_at is not None:
            draft_at = self.t.time(self.view.draft_at)
            self.bar.note(lambda: SyncNote("draft", draft_at))

    def _before(self) -> None:
        """Offer to take over the answers of the last time, where there are some."""
        if not self.view.again:
            return

        async def take_over() -> None:
            self.answers = {**self.answers, **deepcopy(dict(self.view.again))}
            self._questions()
            keeper.chosen(self.answers)
            await self._save(self._mark())

        with box("fm-again"):
            again = Action(self.t("form-again"), on_click=take_over, icon="history")
            button(again, "line").mark("again")

    def _questions(self) -> None:
        """Draw the questions with the answers as they are now."""
        self.holder.clear()
        self.narrowed: Mapping[str, Any] = self.view.narrowed()
        self.sheet = Sheet(self, self.view.form.fields, self.answers)
        with self.holder:
            keeper.told(self.narrowed, self.view.opening())
            self.sheet.draw()
        self._show()

    def _show(self) -> None:
        asked = self.view.logic.asked(self.answers, self.view.facts)
        gone = self._ruled_out(asked)
        if gone:
            self._follow(gone)
            asked = self.view.logic.asked(self.answers, self.view.facts)
        self.sheet.show(asked, numbered=True)

    # ---- whom it is about -----------------------------------------------------------------------------------------
    def _pick(self) -> None:
        options = {key: word(self.t, name) for key, name in self.view.pick.items()}
        shipped("_pick", options)
        with Question(self.t("form-pick"), required=True) as place, place:
            lookup(lambda: Lookup("_pick", options, [], self.t("form-pick")), self._picked)

    def _nobody_yet(self) -> None:
        """Lead to the form that registers whom this one is about: there is nobody yet, so nothing could be stored."""
        if self.view.lacks is not None:
            form, title = self.view.lacks[0], self.t.text(self.view.lacks[1])
            Note(self.t("form-nobody", form=title), "due")
            if form:
                link(title, f"/fill/{form}", "gb-button gb-btn-line")

    async def _picked(self, subject: object) -> None:
        """Open the form for the subject, with what has been typed: its defaults follow, nothing typed is lost."""
        if not isinstance(subject, str) or not subject:
            return
        before, typed = self.view, self.answers
        await self.work.submissions.drop_draft(self.session.ref, before)
        self.view = await self.work.submissions.open(self.session.ref, Wanted(before.form.id, subject))
        await keeper.move_files(before.key, self.view.key, {})
        keeper.done()
        self.subject = self.view.subject
        follows = before.logic.followed(typed, typed, self.view.facts, before.facts)
        kept = {**self.view.answers, **typed} if self.view.draft_at is not None else {**typed, **follows}
        self.answers = {name: value for name, value in kept.items() if value is not None}
        self.view = replace(self.view, left=before.left or self.view.left)
        self.whole.clear()
        self._build()
        address = f"/fill/{self.view.form.id}?" + urlencode({"subject": subject})
        with self.whole:  # what was picked in is gone, and this ran within it
            ui.run_javascript(f"history.replaceState(history.state, '', {address!r})")
            await self._save(self._mark())

    def _ask_others(self) -> None:
        """Let the reader name further subjects that the entry is about."""
        t = self.t
        options = dict(self.view.others)
        shipped("_others", options)

        def chosen(value: object) -> None:
            self.changing(lambda: self.answers.update({keeper.SUBJECTS: value}))

        with Question(t("form-others"), t("form-others-hint"), required=False, field=keeper.SUBJECTS):
            picked = [one for one in self.answers.get(keeper.SUBJECTS) or () if one in options]
            lookup(lambda: Lookup("_others", options, picked, t("form-others"), many=True), chosen)

    def _ask_reason(self) -> None:
        def typed(event: Any) -> None:  # noqa: ANN401 - NiceGUI's event
            self.reason = event.value or ""

        with Question(self.t("form-reason"), self.t("form-reason-hint"), required=True):
            with box().props("data-reason"):
                made = ui.input(on_change=typed).classes("w-full")
            made.props["aria-label"] = self.t("form-reason")
            self._why = made.set_value

    def _ask_when(self) -> None:
        """Let the reader say that it happened earlier; closed, it happened now (or when the corrected entry says)."""
        t = self.t
        old = self.view.corrects

        async def typed(event: Any) -> None:  # noqa: ANN401 - NiceGUI's event
            try:
                self.at = datetime.fromisoformat(event.value or "").replace(tzinfo=t.zone)
            except ValueError:
                self.at = None
            await self._on_its_day()

        with box("fm-q fm-when", "details"):
            with box("", "summary"):
                text(t("form-when") if old is None else t("form-when-was", at=t.moment(old.at)), tag="span")
            shown = "" if old is None else old.at.astimezone(t.zone).strftime("%Y-%m-%dT%H:%M")
            with box().props("data-when"):
                made = ui.input(value=shown, on_change=typed).classes("w-full")
            made.props["type"] = "datetime-local"
            made.props["aria-label"] = t("form-when-label")
            text(t("form-when-hint"), "meta")

    async def _on_its_day(self) -> None:
        """Ask what was asked on the day that the reader names, where that was something else than now."""
        at = self.at or (self.view.corrects.at if self.view.corrects else self.view.facts.now)
        with suppress(ProblemError):  # a day that can't be is told when it is submitted
            view = await self.work.submissions.on_day(self.session.ref, self.view, at, self.answers)
            if view is not self.view:
                self.view = view
                self.answers = dict(view.answers)
                self.left.draw()
                self._questions()

    # ---- answering ------------------------------------------------------------------------------------------------
    async def _start(self) -> None:
        """Once the browser is there: let it keep what is filled in, and take up what it alone holds."""
        view = self.view
        name = "" if view.label is None else self.t.dotted(view.label.plate, view.label.name)
        begun = {} if view.begun is None else asdict(view.begun)
        title = self.t.text(view.form.heading.title)
        opened = keeper.Opened(
            view.key, view.entry_id, self.answers, self.back, self._target(), begun, title, name
        )
        if (asked := self.sheet.find(self.ask)) is not None:
            go_to(asked.id)
        kept = await keeper.start(opened, self.body)
        if kept is None:
            return
        dirty = keeper.answers_of(kept.get("dirty"), self.t.zone)
        if kept.get("id") != view.entry_id and await self._is_stored(str(kept.get("id")), dirty):
            keeper.forget()  # it was stored, and the browser never heard of it
            return
        changed = {
            key: value
            for key, value in dirty.items()
            if (key in BESIDE or not key.startswith("_")) and value != self.answers.get(key, "")
        }
        if changed:
            with suppress(
                ProblemError
            ):  # a drawing that can't be kept is refused with the others, when submitted
                changed = await self.work.files.take_inline(self.session.ref, changed)
            blank = {key for key, value in changed.items() if value in ("", None)}
            answers = {key: value for key, value in (self.answers | changed).items() if key not in blank}
            since = begun_of(kept.get("begun"), self.session.actor.community, view.key)
            self.view = await self.work.submissions.taken_up(self.session.ref, view, answers, since)
            self.answers = dict(self.view.answers)
            self.left.draw()
            self._taken_up()
            await self._save(self._mark())
        if kept.get("refused"):
            if reason := str(kept.get("reason") or ""):
                self._why(reason)
            await self._tell_refusal()

    async def _tell_refusal(self) -> None:
        """Say at its place what kept from being stored what this device sent by itself."""
        try:
            await self._try()
        except RefusedError as fault:
            self._refused(fault)

    async def _try(self) -> None:
        """Let it be checked as if it was sent now. Raises RefusedError."""
        old = self.view.corrects
        await self.work.submissions.prepare(
            self.session.ref, self._submission(), "" if old is None else old.id, self.reason
        )

    def _target(self) -> dict[str, Any]:
        """Return what a submission names besides its answers."""
        corrects = self.view.corrects
        return {
            "form": self.view.form.id,
            "subject": self.subject,
            "corrects": corrects.id if corrects else None,
        }

    def _taken_up(self) -> None:
        """Show what the browser had kept."""
        self._questions()

    async def _is_stored(self, entry: str, dirty: Mapping[str, Any]) -> bool:
        return await self.work.submissions.is_stored(self.session.ref, self.view, entry, dirty)

    def changing(self, change: Callable[[], None]) -> None:
        """Carry a change of the answers out, and show what follows from it."""
        before = deepcopy(self.answers)
        change()
        self._follow(self.view.logic.followed(before, self.answers, self.view.facts))
        self._show()
        keeper.chosen(self.answers)
        number = self._mark()
        pause = _PAUSE if _files(before) == _files(self.answers) else 0.0
        with self.whole:  # a question that is drawn anew would take the timer along
            ui.timer(pause, lambda: self._save(number), once=True)

    def _follow(self, changes: dict[str, Any]) -> None:
        """Take in answers that change along with others, and show them."""
        for name, value in changes.items():
            if value is None:
                self.answers.pop(name, None)
            else:
                self.answers[name] = value
            self.sheet.redraw(name)

    def _ruled_out(self, asked: Asked) -> dict[str, Any]:
        """Return the answers that other answers rule out by now, as None: they are asked for anew."""
        gone: dict[str, Any] = {}
        for item in self.view.form.fields:
            value = self.answers.get(item.id)
            if value in (None, "", []) or item.id not in asked.relevant or item.columns:
                continue
            allowed: Collection[str] | None = asked.offered.get(item.id)
            if item.where is not None:
                allowed = self.view.fitting(item.id, self.answers)
            named = value if isinstance(value, list) else [value]
            left = [one for one in named if allowed is None or one in allowed]
            if len(left) < len(named) and self._is_new(item.id):
                gone[item.id] = left if isinstance(value, list) and left else None
        return gone

    def _is_new(self, name: str) -> bool:
        """Whether an answer isn't the corrected entry's own, which may stay as it was."""
        old = self.view.corrects
        return old is None or old.answers.get(name) != self.answers.get(name)

    def show_changed(self, names: Collection[str], follows: Mapping[str, Any]) -> None:
        """Show answers that changed otherwise than by their questions, and what `follows` from them."""
        self._follow(dict(follows))
        rows = {item.id for item in self.view.form.fields if item.columns}
        if not rows.isdisjoint(names) or not set(names).isdisjoint(BESIDE):
            self._taken_up()  # there may be more rows than before
            return
        for name in names:
            self.sheet.redraw(name)
        self._show()

    async def drawn(self, sheet: Questions, name: str, value: dict[str, Any]) -> None:
        """Take in a drawing, which is a file from then on."""
        try:
            taken = await self.work.files.take_inline(self.session.ref, {name: value})
        except ProblemError as fault:
            told = [self.t.problem(problem) for problem in fault.problems]
            sheet.questions[name].fault(
                self.t.sentences(*(part for one in told for part in (one.what, one.remedy)))
            )
            return
        sheet.set(name, None if "inline" in taken[name] else taken[name])

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

    async def keep_draft(self) -> None:
        """Save what is there now as the draft."""
        await self._save(self._mark())

    async def keep_file(self, name: str, accepted: Collection[str], content: bytes) -> dict[str, Any]:
        """Keep an uploaded file. Raises ProblemError."""
        return await self.work.files.keep(self.session.ref, name, content, accepted)

    # ---- submitting -----------------------------------------------------------------------------------------------
    async def _pressed(self) -> None:
        """Submit what the browser has told by now, also what it tells once more since the connection was away."""
        await self.late.taken()
        await self._submit()

    async def _submit(self) -> None:
        if self.left.holds(self._submit):
            keeper.answered()
            return
        self.bar.button.disable()
        self.bar.wait(self.waiting)
        try:
            # Let an answer that is on its way arrive first: a field tells its change as it loses the focus.
            await asyncio.sleep(0.05)
            receipt = await self._send()
        except RefusedError as fault:
            self._refused(fault)
            return
        finally:
            self.bar.button.enable()
            self.bar.wait("")
            keeper.answered()
        self.changed += 1
        keeper.done()
        back = self._next(receipt)
        joined = "&" if "?" in back else "?"
        ui.navigate.to(back + joined + urlencode({"done": receipt.entry.id}))

    def _next(self, receipt: Receipt) -> str:
        """Return where the reader comes to once it is stored."""
        del receipt
        return self.back

    async def _send(self) -> Receipt:
        submissions = self.work.submissions
        submission = self._submission()
        if self.view.corrects is not None:
            return await submissions.correct(
                self.session.ref, self.view.corrects.id, submission, self.reason, self.view.key
            )
        return await submissions.submit(self.session.ref, submission, self.view.key)

    def _submission(self) -> Submission:
        known = {item.id for item in self.view.form.fields if not item.is_worked_out}
        answers = {key: value for key, value in self.answers.items() if key in known}
        others = tuple(str(one) for one in self.answers.get(keeper.SUBJECTS) or ())
        return Submission(self.view.entry_id, self.view.form.id, answers, self.subject, self.at, others)

    def _refused(self, fault: RefusedError) -> None:
        """Say beside each field what is wrong, at the top what concerns none, and go to the first."""
        tell_faults(self.t, self.sheet, self.summary, fault.faults)


def _files(answers: Mapping[str, Any]) -> list[Mapping[str, object]]:
    """Return the files that answers refer to: the browser keeps what is typed, but none that has been uploaded."""
    return [one for answer in answers.values() for one in files_in(answer)]
