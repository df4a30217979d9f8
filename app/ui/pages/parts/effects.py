"""After a submission: what it did, where the reader comes back to, and what can be done about it at once."""

from datetime import timedelta
from urllib.parse import urlencode

from nicegui import ui

from app.domain.kinds.duty import State
from app.domain.problem import ProblemError
from app.services.several import following
from app.services.submitted import Stored
from app.services.today import Item
from app.services.window_words import window_words
from app.services.work import WorkServices
from app.ui.frame import Action, button, link
from app.ui.session import Session
from app.ui.widgets import Note, box, icon, text


async def told_done(session: Session, work: WorkServices, entry: str) -> None:
    """Name the effect of the entry that was just stored (第四季度·上门走访：已办); offer to undo it for a minute."""
    if not entry:
        return
    receipt = await work.submissions.receipt(session.ref, entry)
    if receipt is None:
        return
    t = session.t
    form = t.text(receipt.form)
    with box("pad gb-done"):
        met = [effect for effect in receipt.effects if effect.state in {State.MET, State.LATE}]
        for effect in met:
            told = t.dotted(window_words(t, effect.window), t.text(effect.title))
            Note(t("done-met", what=told, state=t(f"state-{effect.state.value}")), "act")
        if not met:
            Note(t(_stored(receipt), form=form), "act")
        await _offers(session, work, entry, receipt)


async def told_several(session: Session, work: WorkServices, several: str, opening: str) -> None:
    """Say for how many something was stored at once; offer to undo it for a minute. `opening` is the form's."""
    number = _number(several)
    if number is None:
        return
    left = await work.doorstep.undoing.left_of_several(session.ref, opening)
    with box("pad gb-done"):
        Note(session.t("several-stored", n=number), "act")
        if left is not None:
            told = box().props("role=alert")
            with box("row-c wrap"):
                _undo_several(session, work, opening, left, told)


def told_undone(session: Session, undone: str) -> None:
    """Say for how many what was stored at once has been undone."""
    number = _number(undone)
    if number is not None:
        with box("pad gb-done"):
            Note(session.t("several-undone", n=number), "act")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("10000") else None


def _undo_several(
    session: Session, work: WorkServices, opening: str, left: timedelta, told: ui.element
) -> None:
    t = session.t

    async def undo() -> None:
        try:
            number = await work.doorstep.undoing.undo_several(session.ref, opening, t("undo-reason"))
        except ProblemError as fault:
            _refuse(session, told, fault)
        else:
            ui.navigate.to("/today?" + urlencode({"undone": number}))

    _for_a_moment(button(Action(t("undo-do"), on_click=undo, icon="undo"), "line").mark("undo"), left)


def _refuse(session: Session, told: ui.element, fault: ProblemError) -> None:
    told.clear()
    with told:
        for problem in fault.problems:
            Note(session.t.problem(problem).what, "late")


def _for_a_moment(pressed: ui.element, left: timedelta) -> None:
    ui.timer(left.total_seconds(), pressed.delete, once=True)


def _stored(receipt: Stored) -> str:
    if receipt.withdrawn:
        return "done-withdrawn"
    if receipt.added:
        return "done-supplemented"
    return "done-corrected" if receipt.corrected else "done-stored"


async def _offers(session: Session, work: WorkServices, entry: str, receipt: Stored) -> None:
    left = await work.doorstep.undoing.left(session.ref, entry)
    attach = not receipt.withdrawn and await work.doorstep.attaching.may(session.ref, entry)
    after = None
    if receipt.group and not receipt.withdrawn:
        after = following(await work.today.today(session.ref), receipt.group, receipt.subject)
    told = box().props("role=alert")
    with box("row-c wrap"):
        if left is not None:
            _undo(session, work, entry, left, told, withdrawn=receipt.withdrawn)
        if attach:
            with link("", attach_address(entry, session.path), "gb-button gb-btn-line"):
                icon("add_a_photo")
                text(session.t("attach-open"), tag="span")
        if after is not None:
            _following(session, after)


def _undo(
    session: Session, work: WorkServices, entry: str, left: timedelta, told: ui.element, *, withdrawn: bool
) -> None:
    t = session.t

    async def undo() -> None:
        try:
            made = await work.doorstep.undoing.undo(session.ref, entry, t("undo-reason"))
        except ProblemError as fault:
            made = ""
            _refuse(session, told, fault)
        if made:
            ui.navigate.to(session.path.partition("?")[0] + "?" + urlencode({"done": made}))

    label = t("undo-restore" if withdrawn else "undo-do")
    _for_a_moment(button(Action(label, on_click=undo, icon="undo"), "line").mark("undo"), left)


def _following(session: Session, item: Item) -> None:
    t = session.t
    name = item.name if isinstance(item.name, str) else t.text(item.name)
    plate = item.subject.plate if item.subject else ""
    with link("", fill_address(item), "gb-button gb-btn-line"):
        icon("arrow_forward")
        text(t("several-next", who=t.dotted(plate, name), what=t.text(item.title)), tag="span")


def attach_address(entry: str, path: str) -> str:
    """Return where photos are added to an entry; one comes back to `path`."""
    return f"/attach/{entry}?" + urlencode({"back": path.partition("?")[0]})


def fill_address(item: Item) -> str:
    """Return the address of the form that meets an open item, opened for it."""
    form = item.target.form if item.target is not None else ""
    return f"/fill/{form}?" + urlencode({"duty": item.duty, "of": item.of, "window": item.window})
