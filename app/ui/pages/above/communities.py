"""The communities below a street or a district, side by side: where each one's year stands, in totals; the report."""

from fractions import Fraction
from urllib.parse import urlencode

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from app.domain.problem import Problem, ProblemError
from app.i18n import PRINT_LANGUAGES, PSEUDO
from app.services.above.below import AppraisalTotals, Below, CommunitiesBelow, CommunityYear, Lower
from app.services.above.reports import ComparisonReports
from app.services.actor import ActorRef, Permission
from app.services.ports import DecisionError
from app.services.prints.file_names import file_name
from app.services.prints.printing_jobs import PrintingJob
from app.ui.attachments import TYPES, Attachment, attached
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.printing_rows import LOOK_AGAIN, PrintingRows, file_button
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.session import Session, Visitor
from app.ui.shell import ABOVE, Shell
from app.ui.widgets import EmptyState, Note, Section, Skeleton, Tag, box, text


def register(shell: Shell) -> None:
    """Register `/communities` and the address of a report."""
    below, reports = shell.services.communities_below, shell.services.comparison_reports
    if below is None:
        return

    @shell.page(ABOVE, permission=Permission.SEE_SCORES, whose="above")
    async def page(session: Session, year: str = "") -> None:
        await CommunitiesPage(session, below, reports, year).build()

    async def give(request: Request, visitor: Visitor) -> Response:
        job = request.path_params["job"]

        async def make(ref: ActorRef) -> Attachment | None:
            found = None if reports is None else await reports.file(ref, job)
            if found is None:
                return None
            actor = await shell.services.resolve(ref, shell.services.clock())
            place = visitor.t.text(shell.services.place_title(actor.community)) or "report"
            return Attachment(file_name(f"{place}-{found[0]}", "pdf"), found[1], TYPES["pdf"])

        return await attached(request, visitor, make, refused=404)

    shell.document(ABOVE + "/{job}.pdf", give)


class CommunitiesPage:
    """One open view: a table of all, then each community, filled in one after the other as it is worked out."""

    def __init__(
        self, session: Session, below: CommunitiesBelow, reports: ComparisonReports | None, year: str
    ) -> None:
        """Keep what the page speaks with, and which year is looked at."""
        self._session = session
        self._t = session.t
        self._below = below
        self._reports = reports
        self._year = year
        self._language = "en" if session.t.language == PSEUDO else session.t.language

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        view = await self._below.view(self._session.ref)
        if self._year not in view.years:
            self._year = view.years[0]
        place = t.text(self._session.services.place_title(self._session.actor.community))
        sub = t("above-sub", place=place, n=len(view.communities))
        with frame(t("nav-communities"), active="communities", sub=sub), box("stack pad-desk ab-page"):
            self._years(view)
            if not view.communities:
                EmptyState(t("above-none"), t("above-none-what"), "domain")
            else:
                with Section(t("above-together"), padded=False), box("gb-scroll"):
                    self._table = box("ab-table", "table")
                self._head()
                self._cells = {one.place: self._line(one) for one in view.communities}
            if view.may_print and self._reports is not None and view.communities:
                self._report(self._reports)
            with box("ab-grid"):
                self._cards = {one.place: self._card(one) for one in view.communities}
        published = [one for one in view.communities if one.published]
        if published:
            ui.timer(0.05, lambda: self._fill(published), once=True)
        if view.may_print and self._reports is not None:
            ui.timer(LOOK_AGAIN, self._draw_reports)

    def _years(self, view: Below) -> None:
        with box("ly-pad"), box("gb-seg", "nav") as made:
            made.props["aria-label"] = self._t("score-years")
            for year in view.years:
                one = link(
                    self._t("score-year", year=year),
                    f"{ABOVE}?" + urlencode({"year": year}),
                    "on" if year == self._year else "",
                )
                if year == self._year:
                    one.props["aria-current"] = "page"

    # ---- the table of all --------------------------------------------------------------------------------------------
    def _head(self) -> None:
        with self._table, box("", "thead"), box("", "tr"):
            for name in ("place", "share", "missed", "appeals"):
                text(self._t(f"above-{name}"), "" if name == "place" else "num", "th")
        with self._table:
            self._lines = box("", "tbody")

    def _line(self, one: Lower) -> ui.element:
        with self._lines, box("", "tr") as made:
            text(self._t.text(one.title), "strong", "td")
            for _ in range(3):
                text("…" if one.published else "—", "num", "td")
        return made

    def _fill_line(self, one: Lower, year: CommunityYear | None) -> None:
        t = self._t
        made = self._cells[one.place]
        made.clear()
        with made:
            text(t.text(one.title), "strong", "td")
            total = year.duties[-1] if year is not None and year.duties else None
            appeals = t.number(sum(item.appeals for item in year.appraisals)) if year is not None else "—"
            for said in (
                "—" if total is None else total.share,
                "—" if total is None else total.missed,
                appeals,
            ):
                text(said, "num", "td")

    # ---- each of them ------------------------------------------------------------------------------------------------
    def _card(self, one: Lower) -> ui.element:
        with Section(self._t.text(one.title)), box("stack") as made:
            if one.published:
                Skeleton(3)
            else:
                Tag(self._t("promote-unpublished"), "warning")
        return made

    async def _fill(self, communities: list[Lower]) -> None:
        for one in communities:
            year: CommunityYear | None = None
            problems: tuple[Problem, ...] = ()
            try:
                year = await self._below.year(self._session.ref, one.place, self._year, self._t)
            except ProblemError as fault:
                problems = fault.problems
            except DecisionError:
                problems = (Problem("E479"),)
            self._fill_line(one, year)
            made = self._cards[one.place]
            made.clear()
            with made:
                problem_notes(self._t, problems)
                if year is not None:
                    self._draw(year)

    def _draw(self, year: CommunityYear) -> None:
        t = self._t
        if not year.appraisals:
            text(t("above-no-appraisal"), "muted")
        for one in year.appraisals:
            self._appraisal(one)
        if len(year.duties) > 1:
            self._duties(year)

    def _appraisal(self, one: AppraisalTotals) -> None:
        t = self._t
        with box("ab-appraisal"):
            with box("row-c wrap"):
                text(t.text(one.title), "strong", "h3")
                if one.frozen:
                    Tag(t("above-frozen"), "lock")
                else:
                    Tag((t.text(one.stage) if one.opened else "") or t("above-not-opened"))
                if one.appeals:
                    Tag(t("above-open-appeals", n=one.appeals), "forum")
            said = [t("above-scored", n=one.scored, of=one.assessed)]
            if one.average is not None:
                said.append(t("above-average", points=t.number(Fraction(one.average), 1)))
            text(t.dotted(*said), "meta")
            if one.scored:
                self._bars(one.bins)

    def _bars(self, bins: tuple[int, ...]) -> None:
        t, width, highest = self._t, 100 // len(bins), max(bins)
        columns = f"grid-template-columns:repeat({len(bins)},1fr)"
        with box("yr-hist ab-hist", "ul").style(columns):
            for at, n in enumerate(bins):
                with box("", "li") as bar:
                    bar.props["aria-label"] = t(
                        "appraisal-bin", **{"from": at * width, "to": (at + 1) * width, "n": n}
                    )
                    if n:
                        text(str(n), tag="b")
                        box("", "i").style(f"height:{n * 100 // highest * 8 // 10}%")
        with box("yr-ax").style(columns).props("aria-hidden=true"):
            for at in range(len(bins)):
                text(str(at * width), tag="span")

    def _duties(self, year: CommunityYear) -> None:
        t = self._t
        with box("sc-more", "details") as made:
            if not year.appraisals:
                made.props["open"] = True
            text(t("above-duties"), tag="summary")
            with box("gb-scroll"), box("ab-table", "table"):
                with box("", "thead"), box("", "tr"):
                    for name in ("grid", "owed", "late", "missed", "share"):
                        text(t(f"above-{name}"), "" if name == "grid" else "num", "th")
                with box("", "tbody"):
                    for row in year.duties:
                        with box("", "tr"):
                            text(row.place, "", "td")
                            for said in (row.owed, row.late, row.missed, row.share):
                                text(said, "num", "td")

    # ---- the report --------------------------------------------------------------------------------------------------
    def _report(self, reports: ComparisonReports) -> None:
        t = self._t
        missing = reports.can_print()
        with Section(t("print-report-street")), box("stack"):
            text(t("above-report-what"), "muted")
            with box("gb-act-row"):
                options = {one: t(f"language-name-{one}") for one in PRINT_LANGUAGES}
                picked = ui.select(options, value=self._language, label=t("prints-language"))
                picked.props("hide-bottom-space").classes("ex-select").mark("language")
                picked.on_value_change(lambda event: self._speak(str(event.value)))
                start = Action(
                    t("above-report-start", year=self._year),
                    on_click=lambda: self._start(reports),
                    icon="print",
                    why_not="" if missing is None else str(t.problem(missing)),
                )
                button(start, "act").mark("report")
            self._told = box("stack").props("role=status")
            self._rows = PrintingRows(t, lambda _: t("above-report-working"), self._below_row)

    def _speak(self, language: str) -> None:
        self._language = language

    async def _start(self, reports: ComparisonReports) -> None:
        self._told.clear()
        try:
            await reports.start(self._session.ref, self._year, self._language)
        except ProblemError as fault:
            with self._told:
                problem_notes(self._t, fault.problems)
        await self._draw_reports()

    async def _draw_reports(self) -> None:
        if self._reports is None:
            return
        self._rows.show(await self._reports.all(self._session.ref))

    def _below_row(self, one: PrintingJob, name: str) -> None:
        if one.state == "failed":
            Note(self._t("above-report-again"), "plain")
        if one.made:
            with box("gb-act-row"):
                file_button(name, self._t("prints-pdf-one"), f"{ABOVE}/{one.id}.pdf")
