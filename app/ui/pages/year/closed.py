"""What came after a year was closed: the published results stand, and later entries would change this of them.

After a correction the year is worked out once more, which takes a while: the page is there meanwhile.
"""

from fractions import Fraction

from nicegui import ui

from app.i18n import Translator
from app.services.appraisals import Cause, ClosedNote, LaterChange
from app.services.appraising.ranking import AppraisalView
from app.ui.frame import link
from app.ui.pages.year.waiting import Waiting
from app.ui.session import Session
from app.ui.widgets import Section, box, icon, text

_MOST_CAUSES = 3
"""How many causes of a change are linked; the count tells of all."""


def closed_section(session: Session, view: AppraisalView) -> None:
    """Say that the year is closed, and fill in what later entries would change once that is known."""
    t, appraisals = session.t, session.services.appraisals
    title = t("appraisal-closed", year=t("score-year", year=view.period))
    waiting = Waiting(t, "appraisal-later", "appraisal-later-working")

    async def fill() -> None:
        if appraisals is None:
            return
        note = await appraisals.closed(session.ref, view.id, view.period, waiting.tell)
        with waiting.over():
            if note is not None:
                _note(t, title, note)

    ui.timer(0.1, fill, once=True)


def _note(t: Translator, title: str, note: ClosedNote) -> None:
    day = t.day_of_year(note.at)
    with Section(title, padded=False):
        name = "appraisal-closed-what"
        if not note.changes:
            name = "appraisal-closed-others" if note.others else "appraisal-closed-same"
        with box("yr-todo"):
            icon("lock")
            with box():
                text(t("appraisal-closed-on", day=day), "strong")
                text(t(name, n=note.others), "meta")
        for change in note.changes:
            with box("yr-todo"):
                icon("history")
                with box():
                    text(change.name, "strong")
                    text(_became(t, change), "meta")
                    _causes(t, change.causes)


def _causes(t: Translator, causes: tuple[Cause, ...]) -> None:
    """Link the entries that a change comes from."""
    if not causes:
        return
    with box("row-c wrap"):
        text(t("appraisal-later-because"), "meta", "span")
        for one in causes[:_MOST_CAUSES]:
            words = t.dotted(t.text(one.title), t.day_of_year(one.at))
            link(words, f"/entry/{one.entry}", "gb-link")
        if len(causes) > _MOST_CAUSES:
            text(t("year-more", n=len(causes) - _MOST_CAUSES), "meta", "span")


def _became(t: Translator, change: LaterChange) -> str:
    """Return a result before and after; a part that stays as it is isn't named."""
    parts = []
    if (change.before, change.grade_before) != (change.after, change.grade_after) or change.rank is None:
        parts.append(t("appraisal-became", before=_told(t, change, 0), after=_told(t, change, 1)))
    if change.rank is not None:
        before, after = (str(one or "—") for one in change.rank)
        parts.append(t("year-changed-rank", before=before, after=after))
    return t.dotted(*parts)


def _told(t: Translator, change: LaterChange, side: int) -> str:
    score = (change.before, change.after)[side]
    grade = (change.grade_before, change.grade_after)[side]
    shown = "—" if score is None else t.number(Fraction(score))
    return shown if grade is None else t.dotted(shown, t.text(grade))
