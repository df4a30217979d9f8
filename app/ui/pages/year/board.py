"""The parts of the year's board: the stages as a line, what is missing before the next step, the appeals."""

from contextlib import nullcontext
from urllib.parse import quote, urlencode

from nicegui import ui

from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.i18n import Translator
from app.services.year.views import MOST_NAMED, Missing, StageView
from app.services.year.year import Board
from app.ui.frame import Action, link
from app.ui.pages.year.stages import appeal_row
from app.ui.session import Session
from app.ui.widgets import Note, Section, box, icon, text

_MOST_WHOM = 6
"""How many of those whom an assessor has left to mark are named."""

_ICONS = {
    "form": "edit",
    "row": "error",
    "marks": "military_tech",
    "appeal": "forum",
    "stray": "error",
    "lasts": "event",
    "period": "hourglass_top",
}


def left_unopened(t: Translator, board: Board) -> None:
    """Point to the year before, where it was left unopened: a page that opens on the new year doesn't show it."""
    if not board.left_unopened:
        return
    with box("pad-desk"), Section(t("appraisal-unopened", year=board.left_unopened), padded=False):
        address = f"/appraisals/{board.appraisal}/{board.left_unopened}"
        _row(t, "event", t("year-left-what", year=board.left_unopened), "", address, t("appraisal-see"))


def steps_line(t: Translator, board: Board) -> None:
    """Draw the stages as a line: those that are over, the present one, those to come."""
    with box("yr-line pad-desk"), box("yr-steps", "ol") as made:
        made.style(f"grid-template-columns:repeat({len(board.stages)},minmax(0,1fr))")
        made.props["aria-label"] = t("year-stages")
        for number, stage in enumerate(board.stages, start=1):
            state = "done" if stage.now is False else "now" if stage.now else "ahead"
            with box(state, "li") as item:
                if stage.now:
                    item.props["aria-current"] = "step"
                with box("dot", "span").props("aria-hidden=true"):
                    if stage.now is False:
                        icon("check")
                    else:
                        text(str(number), tag="span")
                text(t.text(stage.title), "name", "span")
                text(_when(t, stage), "", "small")


def _when(t: Translator, stage: StageView) -> str:
    if stage.since is not None:
        day = t.day(stage.since.astimezone(t.zone))
        return t("year-since", day=day) if stage.now else day
    return t("year-days", n=stage.days) if stage.days else ""


def next_step(t: Translator, board: Board) -> Action | None:
    """Return the button of the step that leads on: disabled, with its reason, while something is missing."""
    base = f"/year/{board.appraisal}/{board.period}/step"
    if board.opening:
        return Action(t("year-open"), href=f"{base}/open", icon="event") if board.may_open else None
    step = next((one for one in board.steps if not one.back and one.id in board.may), None)
    if step is None:
        return None
    why_not = t("year-wait", n=len(step.missing)) if step.missing else ""
    return Action(t.text(step.title), href=f"{base}/{step.id}", icon="arrow_forward", why_not=why_not)


def missing_section(session: Session, board: Board) -> None:
    """List what is missing before the next step, each with a link to where it is done; then the way back."""
    t = session.t
    step = next((one for one in board.steps if not one.back), None)
    head = t("year-at-end")
    if step is not None:
        name = "year-missing" if board.missing else "year-next"
        head = t(name, step=t.text(step.title), n=len(board.missing))
    with Section(head, padded=False):
        if step is None and not board.sealed:
            _seal(session, board)
        elif not board.missing:
            words = t("year-ready") if step else t("year-verify", year=board.period)
            _row(t, "task_alt", words, "" if step else t("year-verify-what", year=board.period), "", "")
        for one in board.missing[:MOST_NAMED]:
            _row(t, _ICONS[one.sort], *_told(session, board, one), excuse=_excuse(session, board, one))
        if len(board.missing) > MOST_NAMED:
            with box("in"):
                text(t("year-more", n=len(board.missing) - MOST_NAMED), "meta")
        for way in board.steps:
            if way.back and way.id in board.may:
                address = f"/year/{board.appraisal}/{board.period}/step/{way.id}"
                _row(t, "undo", t.text(way.title), t("year-back-what"), address, t("year-back"))


def _excuse(session: Session, board: Board, one: Missing) -> str:
    """Return where an assessor who hasn't marked is excused; "" where nobody is, or not by the reader."""
    may = one.appraisal in board.may_excuse and one.sort == "marks" and one.person != session.actor.person
    return f"/year/{one.appraisal}/{board.period}/excuse/{quote(one.person)}" if may else ""


def excuses_section(session: Session, board: Board) -> None:
    """List who was excused from marking, why and by whom, and what the lines give where nobody marks."""
    t = session.t
    if not board.excuses:
        return
    with Section(t("year-excused"), padded=False):
        for one in board.excuses:
            name, whom = _word(t, one.name), _word(t, one.whom_name)
            title = t("year-excused-of", who=name, whom=whom) if whom else t("year-excused-all", who=name)
            by = t("year-excused-by", who=one.by, day=t.day(one.at.astimezone(t.zone)))
            _row(
                t,
                "person_off",
                title,
                t.dotted(one.reason, by),
                f"/entry/{quote(one.entry)}",
                t("appraisal-see"),
            )
        with box("in"):
            for empty in board.without_marks:
                text(t("year-without-marks", empty=empty.replace("_", "-")), "meta")


def _seal(session: Session, board: Board) -> None:
    """Offer to keep the outcome of a year whose steps came by an import."""
    t, year = session.t, session.services.year

    async def seal() -> None:
        made.disable()
        if year is not None:
            await year.seal(session.ref, board.appraisal, board.period)
        ui.navigate.to(f"/appraisals/{board.appraisal}/{board.period}")

    with box("yr-todo"):
        icon("lock_open")
        with box():
            text(t("year-unsealed"), "strong")
            text(t("year-unsealed-what"), "meta")
        made = ui.button(t("year-seal"), color=None, on_click=seal).classes("gb-btn-line").mark("seal")


def _told(session: Session, board: Board, one: Missing) -> tuple[str, str, str, str]:
    """Return what is missing in words, what it is about, where it is done, and how that is called."""
    t = session.t
    who, title = _word(t, one.who), t.text(one.title)
    match one.sort:
        case "form":
            own = one.person == session.actor.person
            address = f"/year/{board.period}/summary/{one.key}" if own else _person(one, board)
            return (
                t("year-lacks-form", who=who, what=title),
                "",
                address,
                t("year-write" if own else "appraisal-see"),
            )
        case "marks":
            own = one.person == session.actor.person
            address = f"/year/{board.period}/marks" if own else f"/subjects/{WORKER}/{quote(one.person)}"
            named = t.listed(_word(t, each) for each in one.whom[:_MOST_WHOM])
            whom = t("year-marks-and-more", who=named) if len(one.whom) > _MOST_WHOM else named
            action = t("year-mark" if own else "appraisal-see")
            return t("year-lacks-marks", who=who, n=one.n), t.dotted(title, whom), address, action
        case "appeal":
            return t("year-lacks-answer", who=who), title, f"/year/appeals/{one.key}", t("year-answer")
        case "stray":
            told = t("year-stray", who=who, what=title)
            return told, t("year-stray-what"), f"/entry/{one.key}", t("appraisal-see")
        case "lasts":
            until = t.last(one.until) if one.until is not None else ""
            return t("year-lasts", stage=title), t("year-lasts-until", at=until), "", ""
        case "period":
            return t("appraisal-running"), t("year-period-what"), "", ""
        case _:
            address = (
                f"/entry/{one.key}"
                if one.of == "entry"
                else f"/subjects/{one.of}/{one.key}"
                if one.key
                else ""
            )
            return (
                t.dotted(who, title),
                t("year-row-what"),
                address or _person(one, board),
                t("appraisal-see"),
            )


def _person(one: Missing, board: Board) -> str:
    return f"/staff/{one.person}?" + urlencode({"year": board.period}) if one.person else ""


def _word(t: Translator, who: Texts | str) -> str:
    return who if isinstance(who, str) else t.text(who)


def appeals_section(session: Session, board: Board) -> None:
    """List the appeals, open ones first."""
    t = session.t
    open_ones = sum(one.is_open for one in board.appeals)
    with Section(t("year-appeals"), t("year-appeals-open", n=open_ones) if open_ones else "", padded=False):
        for record in sorted(board.appeals, key=lambda one: not one.is_open):
            own = session.actor.person in {record.entry.subject, record.entry.by}
            appeal_row(t, record, record.appeal.by, answers=board.may_decide and not own)


def public_section(t: Translator, board: Board) -> None:
    """Say to everybody that the results are public, and until when one can appeal."""
    with Section(t("year-public")):
        if board.appeals_until is not None:
            Note(t("year-appeal-until", at=t.last(board.appeals_until)))
        text(t("year-public-what"))


def _row(t: Translator, sign: str, title: str, what: str, href: str, action: str, excuse: str = "") -> None:
    with box("yr-todo"):
        icon(sign)
        with box():
            text(title, "strong")
            if what:
                text(what, "meta")
        with box("yr-two") if excuse else nullcontext():
            for words, address in ((action, href), (t("year-excuse"), excuse)):
                if address:
                    made = link(words, address, "gb-button gb-btn-line")
                    made.props["aria-label"] = t.dotted(words, title)
