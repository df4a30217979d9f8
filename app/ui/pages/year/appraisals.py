"""The yearly appraisal: who stands where, what is still missing, the distribution, the findings, and the prints."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.i18n import Translator
from app.i18n.citing import cited_shortly
from app.services.actor import ActorRef, DeniedError, Permission
from app.services.appraising.ranking import AppraisalView, FindingView, GradeBand, RankRow
from app.services.year.year import Board
from app.ui.attachments import TYPES, Attachment, attached, language_of
from app.ui.errors import denied, login_address
from app.ui.frame import frame, link
from app.ui.pages.parts.effects import told_done
from app.ui.pages.prints.files import report_address
from app.ui.pages.year.board import (
    appeals_section,
    excuses_section,
    left_unopened,
    missing_section,
    next_step,
    public_section,
    steps_line,
)
from app.ui.pages.year.closed import closed_section
from app.ui.pages.year.staff import score_address, switch
from app.ui.pages.year.stages import own_address
from app.ui.security import origin_of
from app.ui.session import Session, Visitor
from app.ui.shell import Shell
from app.ui.widgets import CapBar, EmptyState, Note, box, icon, text


def register(shell: Shell) -> None:
    """Register `/appraisals`, `/appraisals/{appraisal}/{year}` and the address of a printed appraisal."""
    appraisals, year_service, scores = shell.services.appraisals, shell.services.year, shell.services.scores
    if appraisals is None or scores is None:
        return

    async def show(session: Session, appraisal: str, year: str, done: str = "", show: str = "") -> None:
        manages = session.actor.may(Permission.APPRAISE)
        titles = await appraisals.titles(session.ref) if manages else ()
        wanted = appraisal or (titles[0].id if titles else "")
        view = await appraisals.view(session.ref, wanted, year or None) if wanted else None
        t = session.t
        if view is None:
            with frame(t("appraisal-title"), active="appraisals"), box("pad-desk"):
                EmptyState(t("appraisal-empty-title"), t("appraisal-empty-what"), "leaderboard")
            return
        missing = appraisals.can_print()
        why_not = str(t.problem(missing)) if missing is not None else ""
        others = [(item.id, t.text(item.title)) for item in titles] if len(titles) > 1 else []
        closed = await appraisals.closed_at(session.ref, view.period) if manages else None
        board = None if year_service is None else await year_service.board(session.ref, view.id, view.period)
        await draw(session, view, Around(others, why_not, closed, board, done, show, manages=manages))

    @shell.page("/appraisals", permission=Permission.APPRAISE)
    async def first(session: Session) -> None:
        await show(session, "", "")

    @shell.page("/appraisals/{appraisal}/{year}")
    async def one(session: Session, appraisal: str, year: str, done: str = "", who: str = "") -> None:
        await show(session, appraisal, year, done, who)

    async def pdf(request: Request, visitor: Visitor) -> Response:
        values = request.path_params
        appraisal, year = values["appraisal"], values["year"]
        language = language_of(visitor, request.query_params.get("language", ""))

        async def make(ref: ActorRef) -> Attachment:
            address = origin_of(request.scope, shell.settings.public_url)
            content = await appraisals.pdf(ref, appraisal, values["about"], year, language, address)
            return Attachment(f"{appraisal}-{year}.pdf", content, TYPES["pdf"])

        return await attached(request, visitor, make)

    async def trace(request: Request, visitor: Visitor) -> Response:
        """Lead from a printed code to the score: one's own page, or the person's for whoever may see it."""
        values = request.path_params
        if visitor.ref is None:
            return RedirectResponse(login_address(request), status_code=303)
        try:
            actor = await shell.services.resolve(visitor.ref, shell.services.clock())
            appraisal, about, year = values["appraisal"], values["about"], values["year"]
            whose, of = await scores.traced(visitor.ref, appraisal, about, year)
        except DeniedError as fault:
            return denied(request, visitor, fault)
        own = actor.person == whose
        return RedirectResponse(own_address(year, of) if own else score_address(whose, year, of), 303)

    shell.document("/appraisals/{appraisal}/{year}/pdf/{about:path}", pdf)
    shell.document("/appraisals/{appraisal}/{year}/trace/{about:path}", trace)


@dataclass(frozen=True, slots=True)
class Around:
    """What the page shows beside the ranking.

    `others` are further appraisals, `why_not` says why nothing can be printed, `closed` when the period was closed,
    `board` where the year stands, `done` the entry that was just stored, `show` which of the people are listed.
    """

    others: list[tuple[str, str]]
    why_not: str
    closed: datetime | None
    board: Board | None
    done: str
    show: str
    manages: bool


async def draw(session: Session, view: AppraisalView, around: Around) -> None:
    """Draw the page."""
    t, board = session.t, around.board
    title = t("appraisal-of", year=view.period, title=t.text(view.title))
    day = t.day(view.as_of)
    sub = t("appraisal-sub", place=t.text(view.place), n=len(view.rows), day=day)
    primary = None if board is None else next_step(t, board)
    back = "" if around.manages else "/score"
    with frame(title, active="appraisals", sub=sub, primary=primary, back=back):
        if session.services.work is not None:
            await told_done(session, session.services.work, around.done)
        if around.why_not and around.manages:
            with box("pad"):
                Note(around.why_not)
        _bars(session, view, around)
        if board is not None:
            left_unopened(t, board)
            steps_line(t, board)
        if what := unopened(t, view):
            with box("pad-desk"):
                EmptyState(t("appraisal-unopened", year=view.period), what, "event")
            return
        with box("yr-cols"):
            with box("yr-main", "section"):
                _head(t("appraisal-ranking"), t("appraisal-most", most=100))
                _filters(session, view, around)
                with box("gb-sheet"):
                    for band in view.bands:
                        _band(session, view, band, around)
            with box("yr-side"):
                if around.closed is not None:
                    closed_section(session, view)
                if around.manages:
                    _missing(session, view, board)
                    if board is not None:
                        excuses_section(session, board)
                    if board is not None and board.appeals:
                        appeals_section(session, board)
                elif board is not None:
                    public_section(t, board)
                _distribution(session, view)
                if around.manages:
                    _findings(session, view)


def unopened(t: Translator, view: AppraisalView) -> str:
    """Return why a year that is over and was never opened ranks nobody; "" for every other one."""
    if not view.unopened:
        return ""
    if view.begun is None:
        return t("appraisal-unopened-whole")
    return t("appraisal-unopened-what", day=t.day_of_year(view.begun))


def _bars(session: Session, view: AppraisalView, around: Around) -> None:
    """Draw the switches of appraisals and years, and what leads to prints."""
    t = session.t
    with box("gb-bars pad"):
        if around.others:
            options = [(key, words, f"/appraisals/{key}/{view.period}") for key, words in around.others]
            switch(options, view.id, t("appraisal-title"))
        if len(view.years) > 1 and around.manages:
            years = [(year, year, f"/appraisals/{view.id}/{year}") for year in view.years]
            switch(years, view.period, t("score-years"))
        if not around.why_not and around.manages and "/prints" in session.paths:
            link(t("prints-all"), f"/prints?year={view.period}", "gb-button gb-btn-line")
            if session.services.place_prints is not None:
                link(t("prints-report"), report_address(view.period), "gb-button gb-btn-line")


def _head(title: str, end: str = "") -> None:
    with box("gb-sec yr-sec row-b"):
        text(title, tag="h2")
        if end:
            text(end, "meta end", "span")


# ---- the ranking ---------------------------------------------------------------------------------------------------
def _filters(session: Session, view: AppraisalView, around: Around) -> None:
    """Let the reader see those alone of whom something is open."""
    t = session.t
    if not around.manages:
        return
    marked = sum(bool(_flags(t, row, around.board)) for row in view.rows)
    base = f"/appraisals/{view.id}/{view.period}"
    options = [
        ("", t("year-show-all", n=len(view.rows)), base),
        ("open", t("year-show-open", n=marked), f"{base}?who=open"),
    ]
    with box("pad yr-filters"):
        switch(options, around.show, t("year-show"))


def _flags(t: Translator, row: RankRow, board: Board | None) -> list[tuple[str, str]]:
    """Return what is open about somebody, as icon and words."""
    found: list[tuple[str, str]] = []
    if row.state != "computed":
        found.append(("error", t(f"score-{row.state.replace('_', '-')}")))
    if board is not None:
        if any(one.sort == "form" and one.person == row.person for one in board.missing):
            found.append(("hourglass_top", t("year-flag-form")))
        if any(one.is_open and one.entry.subject == row.person for one in board.appeals):
            found.append(("forum", t("year-flag-appeal")))
    if row.open and (board is None or not board.frozen):
        found.append(("schedule", t("year-flag-open", n=row.open)))
    return found


def _band(session: Session, view: AppraisalView, band: GradeBand, around: Around) -> None:
    t = session.t
    rows = [row for row in band.rows if around.show != "open" or _flags(t, row, around.board)]
    if not rows and around.show:
        return
    with box("yr-band"):
        text(t("appraisal-no-grade") if band.title is None else t.text(band.title), "strong", "span")
        text(_bounds(t, band), "meta", "span")
    for row in rows:
        _rank(session, view, row, around)


def _bounds(t: Translator, band: GradeBand) -> str:
    n = len(band.rows)
    if band.at_least is None:
        return t("appraisal-band-rest", n=n)
    points = t.number(Fraction(band.at_least))
    if band.quota is None:
        return t("appraisal-band", points=points, n=n)
    return t("appraisal-band-quota", points=points, n=n, quota=band.quota)


def _rank(session: Session, view: AppraisalView, row: RankRow, around: Around) -> None:
    t = session.t
    score = Fraction(row.score) if row.score is not None else None
    with box("yr-rank"):
        text("" if row.rank is None else str(row.rank), "rk", "span")
        name = row.name or t.text(row.place)
        with box("yr-who"):
            if row.person is not None and around.manages and "/staff/{person}" in session.paths:
                link(name, _to(session, view, row), "gb-link strong")
            else:
                text(name, "strong", "span")
            if not row.posts:
                text(t.text(row.place) if row.name else "", "meta", "span")
            for post in row.posts:
                title = t.text(post.title) if len(row.posts) > 1 else ""
                text(t.dotted(title, t.text(post.place), post.days(t)), "meta", "span")
            if row.held_back is not None:
                text(t(row.held_back.words, grade=t.text(row.held_back.title)), "meta", "span")
        if score is None:
            text("", "gb-bar none")
        else:
            CapBar(score, Fraction(100), Fraction(100))
        text("—" if score is None else t.number(score, least=view.decimals), "pt", "span")
        with box("fl"):
            for sign, words in _flags(t, row, around.board):
                with box("yr-flag" if sign == "error" else "yr-flag soft", "span"):
                    icon(sign)
                    text(words, tag="span")
            if not around.why_not and around.manages:
                address = f"/appraisals/{view.id}/{view.period}/pdf/{quote(row.about)}"
                with link("", address, "gb-link yr-print") as made:
                    made.props["aria-label"] = t("appraisal-print-of", name=name)
                    icon("print")
                    text(t("appraisal-print"), tag="span")


# ---- beside it -----------------------------------------------------------------------------------------------------
def _missing(session: Session, view: AppraisalView, board: Board | None) -> None:
    t = session.t
    if board is not None and not board.opening:
        missing_section(session, board)
        _catch_up(session, view, board)
        return
    lacking = [row for row in view.rows if row.lacking or row.score is None]
    open_ones = [row for row in view.rows if row.open]
    count = len(lacking) + len(open_ones) + (0 if view.finished else 1)
    with box("", "section"):
        _head(t("appraisal-missing", n=count) if count else t("appraisal-complete"))
        with box("gb-sheet"):
            if not count:
                _todo("task_alt", t("appraisal-complete-what"), "", "", "")
            if not view.finished:
                what = t("appraisal-running-what", day=t.day_of_year(view.ends - timedelta(days=1)))
                _todo("hourglass_top", t("appraisal-running"), what, "", "")
            for row in lacking:
                name = row.name or t.text(row.place)
                items = t.listed(t.text(item) for item in row.lacking)
                see, told = t("appraisal-see"), t("appraisal-lacks", name=name)
                _todo("error", told, items, _to(session, view, row), see, t.dotted(see, told))
            _open_ones(session, view, open_ones)


def _catch_up(session: Session, view: AppraisalView, board: Board) -> None:
    """List what can still be done late: no step waits for it, and after the year is frozen it changes nothing."""
    rows = [row for row in view.rows if row.open]
    if rows and not board.frozen:
        with box("", "section"):
            _head(session.t("year-catch-up"))
            with box("gb-sheet"):
                _open_ones(session, view, rows)


def _open_ones(session: Session, view: AppraisalView, rows: list[RankRow]) -> None:
    t = session.t
    for row in rows:
        title = t("appraisal-open", name=row.name or t.text(row.place), n=row.open)
        see, address = t("appraisal-see"), _to(session, view, row)
        if address and row.item:
            address += f"&item={quote(row.item, safe='')}"
        _todo("schedule", title, t("appraisal-open-what"), address, see, t.dotted(see, title))


def _to(session: Session, view: AppraisalView, row: RankRow) -> str:
    if row.person is None or "/staff/{person}" not in session.paths:
        return ""
    return score_address(row.person, view.period, f"{view.id}:{row.about}")


def _todo(icon_name: str, title: str, what: str, href: str, action: str, label: str = "") -> None:
    """Draw a line with what leads on, if anything does; `label` is what that is called where it is read aloud."""
    with box("yr-todo"):
        icon(icon_name)
        with box():
            text(title, "strong")
            if what:
                text(what, "meta")
        if href:
            made = link(action, href, "gb-button gb-btn-line")
            made.props["aria-label"] = label or action


def _distribution(session: Session, view: AppraisalView) -> None:
    t = session.t
    if view.average is None or view.middle is None:
        return
    end = t(
        "appraisal-average",
        average=t.number(Fraction(view.average), 1),
        median=t.number(Fraction(view.middle), 1),
    )
    width = 100 // len(view.bins)
    highest = max(view.bins)
    columns = f"grid-template-columns:repeat({len(view.bins)},1fr)"
    with box("", "section"):
        _head(t("appraisal-distribution"), end)
        with box("gb-sheet in"):
            with box("yr-hist", "ul").style(columns):
                for at, n in enumerate(view.bins):
                    with box("", "li") as bar:
                        words = t("appraisal-bin", **{"from": at * width, "to": (at + 1) * width, "n": n})
                        bar.props["aria-label"] = words
                        if n:
                            text(str(n), tag="b")
                            box("", "i").style(f"height:{n * 100 // highest * 8 // 10}%")
            with box("yr-ax").style(columns).props("aria-hidden=true"):
                for at in range(len(view.bins)):
                    text(str(at * width), tag="span")


def _findings(session: Session, view: AppraisalView) -> None:
    t = session.t
    with box("", "section"):
        _head(t("appraisal-findings"))
        with box("gb-sheet"):
            if not view.findings:
                _todo("info", t("appraisal-findings-none"), "", "", "")
            for finding in view.findings:
                sign = "military_tech" if finding.praise else "report"
                title = t.dotted(t.text(finding.title), finding.name)
                _todo(sign, title, _clause(t, finding), "", "")


def _clause(t: Translator, finding: FindingView) -> str:
    """Return where the clause stands by which somebody is praised or reprimanded, and what it says."""
    return "" if finding.clause is None else t.dotted(cited_shortly(t, finding.clause), finding.clause.text)
