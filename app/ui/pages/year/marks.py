"""Marks: whom the reader still has to mark, a card each with points and reason; what is half typed is kept."""

from fractions import Fraction
from functools import partial
from typing import Any

from nicegui import ui

from app.domain.problem import ProblemError
from app.services.filling import RefusedError
from app.services.form_views import FormView, Wanted
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import say
from app.services.submitted import Submission
from app.services.work import WorkServices
from app.services.year.marks_to_give import MarkSheet, ToMark
from app.services.year.year import YearService
from app.ui.frame import frame, link
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import Count, CountFilter, EmptyState, Note, box, icon, text

_PAUSE = 0.8
"""Seconds without a change after which what is typed is kept."""


def register(shell: Shell) -> None:
    """Register `/year/{period}/marks`."""
    year, work = shell.services.year, shell.services.work
    if year is None or work is None:
        return

    @shell.page("/year/{period}/marks")
    async def page(session: Session, period: str) -> None:
        await MarksPage(session, year, work, period).build()


class MarksPage:
    """The marks that one assessor gives in a year."""

    def __init__(self, session: Session, year: YearService, work: WorkServices, period: str) -> None:
        """Keep the services."""
        self._session = session
        self._t = session.t
        self._year = year
        self._work = work
        self._period = period
        self._filter = "open"
        self._open: dict[tuple[str, str, str], list[ui.element]] = {}

    async def build(self) -> None:
        """Draw whom there is to mark, those without a mark first."""
        t = self._t
        self._sheets = await self._year.marks(self._session.ref, self._period)
        sub = t("score-year", year=self._period)
        with frame(t("marks-title"), sub=sub, back="/score", active="score", tabs=False):
            self._counts = box("mk pad")
            self._place = box("mk pad-desk")
            self._end = box("mk pad")
        await self._draw()

    async def _draw(self) -> None:
        t = self._t
        self._place.clear()
        self._end.clear()
        self._open.clear()
        self._told_left()
        with self._place:
            if not self._people():
                EmptyState(t("marks-none"), t("marks-none-what"), "task_alt")
                return
            for sheet in self._sheets:
                await self._sheet(sheet)

    def _people(self) -> list[ToMark]:
        return [one for sheet in self._sheets for one in sheet.people]

    def _told_left(self) -> None:
        """Say how many are left: alone, for what is typed into the cards below stays as it is."""
        t, people = self._t, self._people()
        self._counts.clear()
        if not people:
            return
        left = sum(one.waits for one in people)
        given = sum(one.given for one in people)
        with self._counts:
            counts = [
                Count("open", t("marks-left"), left, "due", "schedule"),
                Count("given", t("marks-given"), given, "met", "check_circle"),
                Count("all", t("marks-all"), len(people)),
            ]
            CountFilter(counts, self._filter, self._select, t("marks-title"))

    async def _select(self, key: str) -> None:
        self._filter = key
        await self._draw()

    async def _sheet(self, sheet: MarkSheet) -> None:
        t = self._t
        shown = [
            one
            for one in sheet.people
            if self._filter == "all" or (one.given if self._filter == "given" else one.waits)
        ]
        with box("gb-section", "section"):
            with box("gb-sec"):
                window = "" if sheet.period == self._period else say(period_words(sheet.period), t)
                text(t.dotted(t.text(sheet.title), window, t.text(sheet.line)), tag="h2")
            with box("gb-sheet in stack"):
                text(self._rules(sheet), "meta")
                if sheet.anonymous:
                    Note(t("marks-anonymous"))
                if not sheet.open:
                    Note(t("marks-closed"), "due")
            if not shown:
                excused = sum(one.excused and not one.given for one in sheet.people)
                told = (
                    t("marks-excused-n", n=excused) if excused and self._filter == "open" else t("marks-done")
                )
                with box("gb-sheet in"):
                    Note(told, "act")
            for one in shown:
                await self._card(sheet, one)

    def _rules(self, sheet: MarkSheet) -> str:
        t = self._t
        least, most = (t.number(Fraction(one)) for one in (sheet.least, sheet.most))
        told = t("marks-bounds", least=least, most=most)
        if sheet.decimals is not None:
            told = t.dotted(told, t("marks-decimals", n=sheet.decimals))
        if sheet.plain is None:
            return told
        low, high = (t.number(Fraction(one)) for one in sheet.plain)
        return t.dotted(told, t("marks-plain", least=low, most=high))

    async def _card(self, sheet: MarkSheet, one: ToMark) -> None:
        t = self._t
        name = one.name if isinstance(one.name, str) else t.text(one.name)
        with box("gb-sheet in mk-card") as card:
            card.props["data-about"] = one.about
            with box("row-b"), box():
                text(name, "strong lead", "h3")
                text(t.text(one.place), "meta")
            if one.given:
                self._given(sheet, one)
                return
            if one.excused:
                Note(t("marks-excused"))
            if not sheet.open:
                return
            wanted = Wanted(sheet.form, one.about, answers={"period": sheet.period})
            view = await self._work.submissions.open(self._session.ref, wanted)
            with box() as inner:
                _Card(self, sheet, one, view, name).build()
            self._open.setdefault(_key(sheet, one), []).append(inner)

    def _given(self, sheet: MarkSheet, one: ToMark) -> None:
        """Draw the mark that somebody has, with the way to correct it while marks are taken."""
        t = self._t
        name = one.name if isinstance(one.name, str) else t.text(one.name)
        with box("row-b gb-wrap"):
            with box("row-c mk-given", "span"):
                icon("check_circle")
                text(t("marks-given-points", points=t.number(Fraction(one.points or 0))), tag="span")
            if sheet.open:
                made = link(t("marks-correct"), f"/entry/{one.entry}", "gb-button gb-btn-line")
                made.props["aria-label"] = t.dotted(t("marks-correct"), name)
        if one.reason:
            text(one.reason)

    async def send(self, view: FormView, answers: dict[str, Any], about: str) -> None:
        """Give a mark, say how many are left, and show it as it stands. Raises RefusedError.

        The other cards aren't drawn anew: somebody types the next mark while this one is stored.
        """
        given = {**view.answers, **answers}
        sent = Submission(
            view.entry_id, view.form.id, {k: v for k, v in given.items() if v not in (None, "")}, about
        )
        await self._work.submissions.submit(self._session.ref, sent, view.key)
        self._sheets = await self._year.marks(self._session.ref, self._period)
        self._told_left()
        self._end.clear()
        if all(one.given for one in self._people()):
            with self._end:
                Note(self._t("marks-done"), "act")
        for sheet in self._sheets:
            for one in sheet.people:
                for place in self._open.pop(_key(sheet, one), []) if one.given else []:
                    place.clear()
                    with place:
                        self._given(sheet, one)

    async def keep(self, view: FormView, answers: dict[str, Any]) -> str:
        """Keep what is typed; return when."""
        at = await self._work.submissions.save_draft(self._session.ref, view, {**view.answers, **answers})
        return self._t.time(at)

    @property
    def t(self) -> Any:  # noqa: ANN401 - the session's translator
        """The words of the page's language."""
        return self._t


class _Card:
    """The two lines of one mark."""

    def __init__(self, page: MarksPage, sheet: MarkSheet, one: ToMark, view: FormView, name: str) -> None:
        self._page, self._sheet, self._one, self._view, self._name = page, sheet, one, view, name
        self._answers = {"points": view.answers.get("points"), sheet.reason: view.answers.get(sheet.reason)}
        self._changed = 0

    def build(self) -> None:
        """Draw them, with the button and the place where faults are said."""
        t = self._page.t
        with box("mk-lines"):
            points = ui.input(
                t("marks-points"),
                value=str(self._answers["points"] or ""),
                on_change=partial(self._typed, "points"),
            ).classes("mk-points")
            points.props["inputmode"] = "decimal"
            points.props["aria-label"] = t.dotted(t("marks-points"), self._name)
            reason = ui.input(
                t("marks-reason"),
                value=str(self._answers[self._sheet.reason] or ""),
                on_change=partial(self._typed, self._sheet.reason),
            ).classes("grow")
            reason.props["aria-label"] = t.dotted(t("marks-reason"), self._name)
        self._told = box("mk-told")
        with box("mk-end"):
            self._kept = text(
                t("marks-kept", time=t.time(self._view.draft_at)) if self._view.draft_at else "", "meta"
            )
            self._kept.props("role=status")
            self._button = ui.button(t("marks-give"), color=None, on_click=self._give).classes("gb-btn-act")
            self._button.props["aria-label"] = t.dotted(t("marks-give"), self._name)
            self._button.mark(f"give-{self._one.about}")

    def _typed(self, name: str, event: Any) -> None:  # noqa: ANN401 - NiceGUI's event
        self._answers[name] = (event.value or "").strip() or None
        self._changed += 1
        number = self._changed
        ui.timer(_PAUSE, lambda: self._keep(number), once=True)

    async def _keep(self, number: int) -> None:
        if number != self._changed:
            return
        time = await self._page.keep(self._view, self._answers)
        self._kept.set_text(self._page.t("marks-kept", time=time))

    async def _give(self) -> None:
        self._changed += 1
        self._button.disable()
        try:
            await self._page.send(self._view, self._answers, self._one.about)
        except (RefusedError, ProblemError) as fault:
            t = self._page.t
            self._button.enable()
            self._told.clear()
            problems = (
                [one.problem for one in fault.faults] if isinstance(fault, RefusedError) else fault.problems
            )
            await self._keep(self._changed)  # what was refused is to be mended, and not to be typed again
            with self._told:
                for problem in problems:
                    told = t.problem(problem)
                    Note(t.sentences(told.what, told.remedy), "late")


def _key(sheet: MarkSheet, one: ToMark) -> tuple[str, str, str]:
    """Return what a mark stands for: two lines may take theirs from one."""
    return sheet.form, sheet.period, one.about
