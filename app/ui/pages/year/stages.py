"""The tasks of an appraisal's year: the next step, one's summary, an appeal and the decision on it.

Each is a declared form, opened with the answers that it begins with; the page adds what it is about.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from urllib.parse import quote, urlencode

from nicegui import ui

from app.i18n import Translator
from app.services.appraising.record_views import AppealRecord, Written
from app.services.form_views import Wanted
from app.services.reasons.evidence import Evidence
from app.services.reasons.reason_words import window_of
from app.services.work import WorkServices
from app.services.year.effects import Touched
from app.services.year.notices import changed_words
from app.services.year.year import AppealView, YearService
from app.ui.frame import Action, button, frame, link
from app.ui.pages.forms.page import FormPage
from app.ui.pages.parts.effects import told_done
from app.ui.pages.parts.words import words
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import Note, Section, box, icon, text

_MARKS = {"upheld": "check_circle", "rejected": "cancel"}


def register(shell: Shell) -> None:
    """Register `/year/…`: step, summary, appeal, an appeal's page, decision."""
    year, work = shell.services.year, shell.services.work
    if year is None or work is None:
        return

    @shell.page("/year/{appraisal}/{period}/step/{step}")
    async def step(session: Session, appraisal: str, period: str, step: str) -> None:
        wanted = await year.step(session.ref, appraisal, period, step)
        board = await year.board(session.ref, appraisal, period)
        one = next((each for each in board.steps if each.id == step), None) if board is not None else None
        t = session.t
        about = t.dotted(t("score-year", year=period), t.text(one.title) if one is not None else "")
        freezes = one is not None and one.freezes
        await _form(session, work, wanted, f"/appraisals/{appraisal}/{period}", about, freezes=freezes)

    @shell.page("/year/{appraisal}/{period}/excuse/{assessor}")
    async def excuse(session: Session, appraisal: str, period: str, assessor: str) -> None:
        wanted = await year.excuse(session.ref, appraisal, period, assessor)
        await _form(session, work, wanted, f"/appraisals/{appraisal}/{period}", session.t("year-excuse-what"))

    @shell.page("/year/{period}/summary/{form}")
    async def summary(session: Session, period: str, form: str) -> None:
        await _form(session, work, await year.summary(session.ref, period, form), own_address(period))

    @shell.page("/year/{period}/appeal")
    async def appeal(session: Session, period: str, item: str = "", line: str = "", of: str = "") -> None:
        wanted, titles, points, row = await year.appeal(session.ref, period, item, line, of)
        standing = await year.standing_appeal(session.ref, period, item, line, of)
        if standing:
            ui.navigate.to(f"/year/appeals/{quote(standing)}")
            return
        t = session.t
        about = t(
            "year-appeal-about", item=t.dotted(*map(t.text, titles)), points=t.number(Fraction(points or 0))
        )
        about = about if row is None else row_words(t, row, t.text(titles[-1]))
        await _form(session, work, wanted, own_address(period, of), about)

    @shell.page("/year/appeals/{entry}")
    async def appealed(session: Session, entry: str, done: str = "") -> None:
        await _appeal(session, year, work, entry, done)

    @shell.page("/year/appeals/{entry}/decide")
    async def decide(session: Session, entry: str) -> None:
        wanted = await year.decision(session.ref, entry)
        view = await year.appealed(session.ref, entry)
        t = session.t
        name = view.name if isinstance(view.name, str) else t.text(view.name)
        row = view.record.row
        item = t.dotted(*map(t.text, view.record.titles))
        about = t.dotted(name, row_words(t, row, item) if row else item, most_words(t, view))

        def beside() -> None:
            _written(session, view.record.appeal, t("year-appeal"), "")

        await _form(session, work, wanted, f"/year/appeals/{entry}", about, beside=beside)


async def _form(
    session: Session,
    work: WorkServices,
    wanted: Wanted,
    back: str,
    about: str = "",
    *,
    freezes: bool = False,
    beside: Callable[[], None] | None = None,
) -> None:
    view = await work.submissions.open(session.ref, wanted)
    with frame(session.t.text(view.form.heading.title), sub=about, back=back, tabs=False):
        if freezes:
            with box("pad"):
                Note(session.t("year-freezes"), "due")
        page = FormPage(session, work, view, back)
        page.waiting, page.beside = session.t("year-freezing") if freezes else "", beside
        page.build()


def own_address(period: str, of: str = "") -> str:
    """Return where one's own score of a year stands; `period` may be a window of it, `of` names an appraisal."""
    return "/score?" + urlencode({"year": period, **({"of": of} if of else {})})


# ---- an appeal -----------------------------------------------------------------------------------------------------
async def _appeal(session: Session, year: YearService, work: WorkServices, entry: str, done: str) -> None:
    view = await year.appealed(session.ref, entry)
    t, record = session.t, view.record
    name = view.name if isinstance(view.name, str) else t.text(view.name)
    sub = t.dotted(name, t("score-year", year=view.period))
    decide = Action(t("year-decide"), href=f"/year/appeals/{entry}/decide", icon="rule", only_desk=True)
    primary = decide if view.may_decide else None
    own = view.person == session.actor.person
    back = own_address(view.period) if own else f"/appraisals/{view.appraisal}/{view.period}"
    with frame(t.dotted(*map(t.text, record.titles)), sub=sub, back=back, active="score", primary=primary):
        await told_done(session, work, done)
        with box("en-cols pad-desk"):
            with box("stack"):
                if record.row is not None:
                    _contested(session, record.row)
                _written(session, record.appeal, t("year-appeal"), state_words(t, record))
                if record.decision is not None:
                    _written(session, record.decision, t("year-decision"), "")
            with box("stack"):
                _effect(session, view)
                if view.may_decide and (most := most_words(t, view)):
                    text(most, "muted ap-most")
        if primary is not None:
            with box("pad only-phone"):
                button(decide, "act")


def _contested(session: Session, row: Evidence) -> None:
    """Draw the row that an appeal is against, with the way to its record."""
    t = session.t
    with Section(t("year-row"), padded=False), box("yr-todo"):
        icon("rule")
        with box():
            text(row_title(t, row), "strong")
            text(t.dotted(t.text(row.line), window_of(t, row)), "meta")
        if row.entries:
            made = link(t("year-row-entry"), f"/entry/{quote(row.entries[-1])}", "gb-button gb-btn-line")
            made.props["aria-label"] = t.dotted(t("year-row-entry"), row_title(t, row))
        text("—" if row.points is None else t.number(Fraction(row.points)), "strong num")


def most_words(t: Translator, view: AppealView) -> str:
    """Return how many points a decision can give back; "" where nothing bounds it, or it stands."""
    if view.most is None:
        return ""
    if view.most <= 0:
        return t("year-decide-full")
    name = "year-decide-most-part" if view.of_part else "year-decide-most"
    return t(name, most=t.number(Fraction(view.most)))


def row_title(t: Translator, row: Evidence) -> str:
    """Return what a row behind an item is about: plate and name, else what it is a row of."""
    return " ".join(filter(None, (row.plate, row.name))) or t.text(row.title)


def row_words(t: Translator, row: Evidence, item: str = "") -> str:
    """Return a row behind an item in a line: what it is about, when, and what it cost; each word once."""
    points = "" if row.points is None else t("year-row-points", points=t.number(Fraction(row.points)))
    return t.dotted(*dict.fromkeys((item, row_title(t, row), window_of(t, row), points)))


def _written(session: Session, one: Written, title: str, end: str) -> None:
    """Draw an entry in words, its files as links."""
    t = session.t
    with Section(title, end):
        text(t.dotted(one.by, t.moment(one.at)), "meta")
        for fact in one.facts:
            if fact.field not in {"item", "line", "appeal", "period"}:
                text(t.text(fact.title), "meta")
                text(words(t, fact.words), "gb-pre")
        for file in one.files:
            with link("", f"/files/{file.sha256}", "gb-link row-c"):
                icon("attach_file")
                text(file.name, tag="span")


def _effect(session: Session, view: AppealView) -> None:
    """Say what the decision changed, for everybody whom it touches."""
    t = session.t
    if view.record.is_open:
        with Section(t("year-effect")):
            text(t(f"year-open-{view.why_not or 'may'}"))
        return
    with Section(
        t("year-effect"), t("year-effect-n", n=len(view.touched)) if view.touched else "", padded=False
    ):
        if not view.touched:
            with box("in"):
                text(t("year-effect-none"))
        touched_rows(t, view.touched)


def touched_rows(t: Translator, touched: Sequence[Touched]) -> None:
    """Draw whom a decision touched, a row each with what changed."""
    for one in touched:
        name = one.name if isinstance(one.name, str) else t.text(one.name)
        with box("yr-todo"):
            icon("history")
            with box():
                text(name, "strong")
                text(changed_words(t, one))


def state_words(t: Translator, record: AppealRecord) -> str:
    """Return the state of an appeal, with the points that it gave back."""
    state = t.text(record.state_title)
    return (
        state
        if record.change is None
        else t("year-gave-back", state=state, points=t.number(Fraction(record.change)))
    )


def appeal_row(t: Translator, record: AppealRecord, name: str, *, answers: bool) -> None:
    """Draw a row that leads to an appeal; `answers`: the reader is one who decides on it."""
    with box("yr-todo"):
        icon("hourglass_top" if record.is_open else _MARKS.get(record.state, "task_alt"))
        with box():
            text(t.dotted(name, *map(t.text, record.titles)), "strong")
            if record.row is not None:
                text(row_words(t, record.row), "meta")
            text(
                t.dotted(state_words(t, record), t.day_of_year(record.entry.at.astimezone(t.zone).date())),
                "meta",
            )
        label = t("year-answer") if record.is_open and answers else t("appraisal-see")
        made = link(label, f"/year/appeals/{record.entry.id}", "gb-button gb-btn-line")
        made.props["aria-label"] = t.dotted(label, name, *map(t.text, record.titles))


def appeal_address(period: str, item: str, line: str = "", of: str = "") -> str:
    """Return where one appeals against an item of one's own score, `sheet/section/item`, or against a row there.

    `of` names the appraisal where one stands in several.
    """
    told = {"item": item, "line": line, "of": of}
    return f"/year/{quote(period)}/appeal?" + urlencode(
        {name: value for name, value in told.items() if value}
    )
