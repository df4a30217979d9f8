"""The first steps on *Today*, until a new community has people, registers and accounts."""

from typing import Final

from app.services.first_steps import FirstSteps, Need, Step
from app.ui.frame import link
from app.ui.session import Session
from app.ui.widgets import Section, box, icon, text

_DOORS: Final = {
    Need.STAFF: (("/people", "first-staff-do"),),
    Need.SUBJECTS: (("/import", "first-subjects-import"), ("/households", "first-subjects-do")),
    Need.ACCOUNTS: (("/accounts", "first-accounts-do"),),
}


def first_steps(session: Session, steps: FirstSteps) -> None:
    """Draw the steps in their order, each with its doors while it is open."""
    t = session.t
    done = sum(step.done for step in steps.steps)
    with (
        box("fs"),
        Section(t("first-title"), t("first-count", done=done, n=len(steps.steps)), padded=False),
    ):
        with box("", "ol"):
            for step in steps.steps:
                _step(session, step)
        with box("fs-row fs-rules"):
            icon("rule")
            with box("grow"):
                text(t("first-rules"), "strong")
                text(t("first-rules-what", n=steps.assumed), "meta")
            link(t("first-rules-do"), "/studio", "gb-button gb-btn-line")


def _step(session: Session, step: Step) -> None:
    t = session.t
    with box("fs-row done" if step.done else "fs-row", "li"):
        icon("check_circle" if step.done else "radio_button_unchecked")
        with box("grow"):
            text(t(f"first-{step.need.value}"), "strong")
            text(t("first-done") if step.done else t(f"first-{step.need.value}-what"), "meta")
        if not step.done:
            with box("fs-doors"):
                for n, (href, label) in enumerate(_DOORS[step.need]):
                    link(t(label), href, "gb-button gb-btn-line" if n == 0 else "gb-button gb-btn-quiet")
