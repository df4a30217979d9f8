"""Whom a form is about: plate and name, the last time as a sentence, on the desk the times before."""

from collections.abc import Callable
from datetime import date

from app.services.form_views import FormView
from app.services.window_words import window_words
from app.ui.frame import link
from app.ui.pages.parts.words import words
from app.ui.session import Session
from app.ui.widgets import DoorPlate, StateChip, box, icon, text


def context(session: Session, view: FormView, beside: Callable[[], None] | None = None) -> None:
    """Draw it; for a form about nobody in particular it names the place. `beside` draws what comes below."""
    t = session.t
    with box("fm-ctx", "aside") as made:
        made.props["aria-label"] = t("form-about")
        subject, about = view.label, view.label_type
        with box("row-c"):
            if subject is not None and subject.plate:
                DoorPlate(subject.plate, "solid")
            with box("grow"):
                place = session.services.place_title(subject.place) if subject else view.place
                groups = subject.groups if subject else ()
                where = t.dotted(*groups, t.text(place))
                if subject is not None and subject.name:
                    text(subject.name, "lead strong")
                    text(where, "meta")
                else:  # the page's title says already which form it is
                    text(where, "strong")
        if view.why is not None:
            with box("row-c fm-why"):
                StateChip(view.why.state.value)
                tier = t.text(view.why.tier) or t.text(view.why.title)
                text(t.dotted(tier, window_words(t, view.why.window)), "meta")
        if view.event is not None:
            day = t.near_day(view.event.at.astimezone(t.zone).date(), _today(session))
            text(t("form-event", day=day, told=words(t, view.event.words) or "—"))
        if view.last:
            first = view.last[0]
            text(
                t(
                    "form-last",
                    day=t.near_day(first.at.astimezone(t.zone).date(), _today(session)),
                    told=words(t, first.words) or "—",
                )
            )
            with box("only-desk"):
                if view.last[1:]:
                    text(t("form-before"), "st-lab")
                for last in view.last[1:]:
                    with box("fm-last"):
                        text(t.day(last.at.astimezone(t.zone).date()), "muted", "span")
                        text(words(t, last.words) or "—", tag="span")
        elif (
            view.subject is not None
            and view.form.about
            and view.form.plate is None
            and subject
            and subject.name
        ):
            text(t("form-first"), "muted")
        if subject is not None and subject.name and about:
            with link("", f"/subjects/{about}/{subject.id}", "gb-button gb-btn-line only-desk"):
                icon("home")
                text(t("subject-open"), tag="span")
        if beside is not None:
            beside()


def _today(session: Session) -> date:
    return session.services.clock().astimezone(session.t.zone).date()
