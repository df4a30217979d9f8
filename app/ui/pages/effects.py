"""After a submission: what it did, where the reader comes back to."""

from app.domain.kinds.duty import State
from app.services.work import WorkServices
from app.ui.pages.words import window_words
from app.ui.session import Session
from app.ui.widgets import Note, box


async def told_done(session: Session, work: WorkServices, entry: str) -> None:
    """Name the effect of the entry that was just stored: 第四季度·上门走访：已办."""
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
            Note(t("done-withdrawn" if receipt.withdrawn else "done-stored", form=form), "act")
