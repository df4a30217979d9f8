"""What a draft would change: begun here, worked out beside the page, then totals, people, and each row's reasons."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from app.domain.problem import ProblemError
from app.domain.row_changes import Whom
from app.services.actor import ActorRef
from app.services.impact.document import ImpactDocument, Moved, Part, PersonRow
from app.services.impact.impact import READERS, Stage
from app.services.impact.person import ItemMove, PersonDocument, Rows, TraceDocument
from app.services.impact.views import ImpactViews
from app.services.reasons.phrases import say
from app.services.reasons.told_rows import Step
from app.ui.attachments import TYPES, Attachment, attached, language_of
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.pages.studio.layer_impact import LayerImpactPage
from app.ui.session import Session, Visitor
from app.ui.shell import Shell
from app.ui.widgets import ClauseQuote, EmptyState, Note, Progress, Section, Skeleton, box, icon, text

LOOK_AGAIN = 0.7
"""Seconds between two looks at how far a replay is."""


def register(shell: Shell) -> None:
    """Register `/impact`, a replay's pages, and its print."""
    impacts = shell.services.impacts
    if impacts is None:
        return

    below = shell.services.layer_impact

    @shell.page("/impact", permission=READERS, whose="both")
    async def start(session: Session, draft: str = "") -> None:
        if session.actor.is_above and below is not None:
            await LayerImpactPage(session, below, draft).build()
        else:
            await _start(session, impacts, draft)

    @shell.page("/impact/{run}", permission=READERS)
    async def show(session: Session, run: str) -> None:
        stage = await impacts.stage(session.ref, run)
        if stage is not None and stage.state == "running":
            _working(session, impacts, stage)
            return
        document = None if stage is None else await impacts.document(session.ref, run, session.t)
        if document is None:
            _gone(session, stopped=stage is not None and stage.state == "off")
        else:
            missing = impacts.can_print()
            why_not = "" if missing is None else str(session.t.problem(missing))
            draw(session, run, document, why_not, "" if stage is None else stage.draft)

    @shell.page("/impact/{run}/who", permission=READERS)
    async def person(session: Session, run: str, sort: str = "", id: str = "") -> None:  # noqa: A002 - in addresses
        found = await impacts.person(session.ref, run, Whom(sort, id), session.t)
        if found is None:
            _gone(session)
        else:
            draw_person(session, run, Whom(sort, id), found)

    @shell.page("/impact/{run}/row", permission=READERS)
    async def row(session: Session, run: str, sort: str = "", id: str = "", n: int = 0) -> None:  # noqa: A002
        await _trace(session, impacts, run, Whom(sort, id), n)

    async def pdf(request: Request, visitor: Visitor) -> Response:
        run = request.path_params["run"]

        async def make(ref: ActorRef) -> Attachment | None:
            actor = await shell.services.resolve(ref, shell.services.clock())
            t = visitor.t.at(shell.services.zone(actor.community))
            content = await impacts.pdf(ref, run, language_of(visitor), t)
            return None if content is None else Attachment(f"impact-{run}.pdf", content, TYPES["pdf"])

        return await attached(request, visitor, make)

    shell.document("/impact/{run}/pdf", pdf)


def _who(run: str, whom: Whom) -> str:
    return f"/impact/{quote(run)}/who?" + urlencode({"sort": whom.sort, "id": whom.id})


# ---- before it -----------------------------------------------------------------------------------------------------
async def _start(session: Session, impacts: ImpactViews, draft: str) -> None:
    t = session.t
    years = await impacts.periods(session.ref)
    place = t.text(session.services.place_title(session.actor.community))
    with (
        frame(t("impact-title"), active="studio", sub=place, back="/studio"),
        box("stack pad-desk fx-page"),
        Section(t("impact-start")),
        box("stack"),
    ):
        text(t("impact-what"), "muted")
        whole = years[1] if len(years) > 1 else years[0]  # the last year that is over
        picked = ui.select(list(years), value=whole, label=t("impact-period"), new_value_mode="add-unique")
        picked.classes("fx-period").mark("period")
        told = box("stack")

        async def begin() -> None:
            told.clear()
            try:
                run = await impacts.start(session.ref, str(picked.value or ""), draft)
            except ProblemError as fault:
                with told:
                    problem_notes(t, fault.problems)
                return
            ui.navigate.to(f"/impact/{run}")

        button(Action(t("impact-start"), on_click=begin, icon="calculate"), "act").mark("start")


def _working(session: Session, impacts: ImpactViews, stage: Stage) -> None:
    t = session.t
    with (
        frame(t("impact-title"), active="studio", back="/impact"),
        box("stack pad-desk fx-page"),
        Section(t("impact-running")),
    ):
        words = text("", "strong").props("role=status")
        bar = Progress(t("impact-running"))
        figures = text("", "meta num")
        text(t("impact-leave"), "muted")
        clock = session.services.clock

        def show(found: Stage) -> None:
            said = t(f"impact-doing-{found.doing}", period=found.period)
            if words.text != said:  # what is said aloud is said once
                words.set_text(said)
            bar.show(found.done, found.total)
            minutes, seconds = divmod(max(0, int((clock() - found.since).total_seconds())), 60)
            share = t("impact-share", percent=100 * found.done // found.total) if found.total else ""
            figures.set_text(t.dotted(share, t("impact-elapsed", minutes=minutes, seconds=seconds)))

        show(stage)

        async def look() -> None:
            found = await impacts.stage(session.ref, stage.id)
            if found is not None and found.state == "running":
                show(found)
                return
            timer.deactivate()
            ui.navigate.to(f"/impact/{stage.id}")

        async def stop() -> None:
            await impacts.call_off(session.ref, stage.id)

        timer = ui.timer(LOOK_AGAIN, look)
        button(Action(t("impact-stop"), on_click=stop, icon="cancel"), "line").mark("stop")


def _gone(session: Session, *, stopped: bool = False) -> None:
    t = session.t
    with frame(t("impact-title"), active="studio", back="/impact"):
        with box("pad-desk"):
            state = EmptyState(
                t("impact-title"), t("impact-stopped" if stopped else "impact-gone"), "hourglass_empty"
            )
        with state:
            button(Action(t("impact-again"), href="/impact", icon="refresh"), "act")


# ---- the whole -----------------------------------------------------------------------------------------------------
def draw(session: Session, run: str, document: ImpactDocument, why_not: str, draft: str = "") -> None:
    """Draw a replay: what is said of it first, totals, and beside them whom it touches; the way on of a draft."""
    t = session.t
    sub = t("impact-sub", place=document.place, period=document.period, day=document.as_of)
    download = Action(t("impact-download"), href=f"/impact/{run}/pdf", icon="download", why_not=why_not)
    query = f"?{urlencode({'draft': draft})}" if draft else ""
    again = Action(t("impact-again"), href=f"/impact{query}", icon="refresh")
    onward = f"/studio/{quote(draft)}/publish" if draft and "/studio/{draft}/publish" in session.paths else ""
    with frame(document.title, active="studio", sub=sub, back=onward or "/studio"):
        with box("gb-act-row pad fx-acts"):
            if onward:
                button(Action(t("impact-on"), href=onward, icon="gavel"), "act").mark("onward")
            button(download, "line" if onward else "act").mark("pdf")
            button(again, "line")
        with box("fx-heads pad", "ul"):
            for line in document.headlines:
                text(line, "title strong", "li")
        with box("fx-cols"):
            with box("stack"):
                for part in document.parts:
                    _part(part)
                _words(session, document)
                _files(session, document)
            with box("stack"):
                for message, people in (
                    ("impact-lose", document.lose),
                    ("impact-gain", document.gain),
                    ("impact-others", document.others),
                ):
                    if people:
                        _people(session, run, t(message, n=len(people)), people)
                for note in document.notes:
                    Note(note)
                _elsewhere(session, document, draft)


def _elsewhere(session: Session, document: ImpactDocument, draft: str) -> None:
    """Offer to replay each year in which a draft changes days, where this one shows nothing of them."""
    t, impacts = session.t, session.services.impacts
    if impacts is None or not document.elsewhere:
        return
    with box("row-c wrap"):
        for year in document.elsewhere:

            async def begin(year: int = year) -> None:
                told.clear()
                try:
                    run = await impacts.start(session.ref, str(year), draft)
                except ProblemError as fault:
                    with told:
                        problem_notes(t, fault.problems)
                    return
                ui.navigate.to(f"/impact/{run}")

            action = Action(t("impact-year", year=str(year)), on_click=begin, icon="calculate")
            button(action, "line").mark(f"year-{year}")
    told = box("stack")


def _part(part: Part) -> None:
    with Section(part.title, padded=False):
        _figures(part.rows)
        for note in part.notes:
            text(note, "meta in")


def _figures(rows: Sequence[Moved]) -> None:
    with box("gb-list", "ul"):
        for row in rows:
            with box("fx-row", "li"):
                _figure(row)


def _figure(row: Moved) -> None:
    with box("fx-what"):
        text(row.label, "strong", "span")
        if row.sub:
            text(row.sub, "meta", "span")
    with box("fx-vals"):
        text(row.before, "num", "span")
        icon("arrow_forward")
        text(row.after, "num strong", "span")
    text(row.more, f"fx-more {row.tone}".strip(), "span")


def _people(session: Session, run: str, title: str, people: Sequence[PersonRow]) -> None:
    del session
    with Section(title, padded=False), box("gb-list", "ul"):
        for person in people:
            with box("", "li"):
                with link("", _who(run, person.whom), "fx-person"):
                    text(person.name, "strong lead", "span")
                    text(person.post, "meta", "span")
                    icon("chevron_right")
                for row in person.rows[:3]:
                    with box("fx-row"):
                        _figure(row)


def _words(session: Session, document: ImpactDocument) -> None:
    """Draw what the draft says otherwise, sentence by sentence."""
    t = session.t
    if not document.words:
        return
    with Section(t("studio-words")):
        for one in document.words:
            text(one.title, "strong")
            with box("sd-sides"):
                for label, side in (("studio-before", one.before), ("studio-after", one.after)):
                    with box("sd-was" if label == "studio-before" else ""):
                        text(t(label), "meta")
                        for words in side:
                            text(words, "sd-said")
                        if not side:
                            text(t("studio-said-nothing"), "muted")


def _files(session: Session, document: ImpactDocument) -> None:
    t = session.t
    with Section(t("impact-files")):
        for path, kind in document.files:
            text(t.dotted(path, kind), "fx-path")
        rerun, whole = document.rerun
        text(t("impact-compared", rerun=rerun, all=whole), "meta")


# ---- one person ----------------------------------------------------------------------------------------------------
def draw_person(session: Session, run: str, whom: Whom, document: PersonDocument) -> None:
    """Draw what changes for somebody."""
    t = session.t
    with frame(document.name, active="studio", sub=document.post, back=f"/impact/{run}"), box("fx-cols"):
        with box("stack"):
            if document.rows:
                with Section(t("impact-title"), padded=False):
                    _figures(document.rows)
            if document.items:
                with Section(t("impact-items"), padded=False), box("gb-list", "ul"):
                    for item in document.items:
                        _item(session, run, whom, item)
        with box("stack"):
            for group in document.groups:
                _group(session, run, whom, group)


def _item(session: Session, run: str, whom: Whom, item: ItemMove) -> None:
    t = session.t
    with box("", "li"):
        with box("fx-row"):
            _figure(item.moved)
        with box("fx-sums"):
            for side, told in (("impact-in-force", item.sum_before), ("impact-after", item.sum_after)):
                if told:
                    text(t("impact-sum", side=t(side), sum=told), "meta")
            link(t("impact-why"), _row(run, whom, item.number), "gb-link")


def _group(session: Session, run: str, whom: Whom, group: Rows) -> None:
    with Section(group.title, padded=False), box("gb-list", "ul"):
        for row in group.rows:
            with box("", "li"), link("", _row(run, whom, row.number), "fx-row"):
                with box("fx-what"):
                    text(row.label, "", "span")
                with box("fx-vals"):
                    text(row.before, "", "span")
                    icon("arrow_forward")
                    text(row.after, f"strong {row.tone}".strip(), "span")
                icon("chevron_right")
        if group.more:
            text(session.t("impact-rows-more", n=group.more), "meta in", "li")


def _row(run: str, whom: Whom, number: int) -> str:
    return f"/impact/{quote(run)}/row?" + urlencode({"sort": whom.sort, "id": whom.id, "n": number})


# ---- one row -------------------------------------------------------------------------------------------------------
async def _trace(session: Session, impacts: ImpactViews, run: str, whom: Whom, number: int) -> None:
    """Draw why a row is what it is on both sides: following it back through a large table takes its time."""
    t = session.t
    if await impacts.stage(session.ref, run) is None:
        _gone(session)
        return
    with frame(t("impact-trace"), active="studio", back=_who(run, whom)), box("stack pad-desk") as body:
        Skeleton()

    async def fill() -> None:
        found = await impacts.trace(session.ref, run, whom, number, t)
        body.clear()
        with body:
            if found is None:
                Note(t("impact-gone"))
            else:
                draw_trace(session, found)

    ui.timer(0, fill, once=True)


def draw_trace(session: Session, document: TraceDocument) -> None:
    """Draw the clause, and the steps of both sides."""
    t = session.t
    with Section(document.title):
        for words, source in document.clauses:
            ClauseQuote(words or source, source)
    for title, steps in (
        (t("impact-trace-before"), document.before),
        (t("impact-trace-after"), document.after),
    ):
        with Section(title):
            _steps(session, steps)


def _steps(session: Session, steps: Sequence[Step]) -> None:
    t = session.t
    if not steps:
        text(t("impact-trace-none"), "muted")
        return
    with box("fx-steps", "ol"):
        for step in steps:
            with box("", "li").style(f"margin-inline-start:{step.depth * 1.25}rem"):
                text(say(step.said, t))
                if step.where is not None:
                    text(str(step.where), "meta")
