"""What becomes of the entries and places that there are when a draft comes into force."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from nicegui import ui

from app.domain.form_changes import MISSING, Fate, FormChange
from app.domain.place_changes import Left, PlaceChange, PlaceFate
from app.i18n import Translator
from app.services.ending_posts import EndingPost
from app.ui.frame import link
from app.ui.session import Session
from app.ui.widgets import Note, box, icon, text


def answers(t: Translator, changes: Sequence[FormChange]) -> None:
    """Tell how many entries a change of the forms touches, what becomes of them, and how it needn't."""
    if changes:
        text(t("studio-entries"), "strong")
        text(t("studio-entries-what"), "meta")
    for change in changes:
        text(
            t("cli-publish-form", form=t.text(change.title) or change.form, entries=change.entries), "strong"
        )
        for one in change.questions:
            if not one.question:
                text(t("cli-publish-form-gone", entries=one.entries))
                continue
            called = t.text(one.title) or one.question
            text(
                t("cli-publish-question", question=called, fate=one.fate.value, entries=one.entries),
            )
            if one.fate is Fate.LEFT_OUT:
                why = "missing" if one.reason == MISSING else "otherwise"
                text(t(f"studio-left-out-{why}"), "meta")


def lacks_answers(change: FormChange) -> bool:
    """Whether entries are left out for nothing but that they weren't asked what is required now."""
    left_out = [one for one in change.questions if one.fate is Fate.LEFT_OUT]
    return bool(left_out) and all(one.question and one.reason == MISSING for one in left_out)


def from_a_day(
    session: Session, change: FormChange, proposed: date, go: Callable[[str, date], Awaitable[None]]
) -> None:
    """Ask from which day a changed form is asked, so that what was recorded before goes on to count."""
    t = session.t
    form = t.text(change.title) or change.form
    with box("gb-note due sd-from"):
        icon("event")
        with box("grow stack"):
            text(t("studio-from-day", form=form), "strong")
            text(t("studio-from-day-what", n=change.left_out))
            told = box().props("role=alert")
            with box("row-c wrap"):
                day = ui.input(t("studio-from-day-label"), value=proposed.isoformat())
                day.props("outlined type=date stack-label")

                async def pressed() -> None:
                    told.clear()
                    try:
                        chosen = date.fromisoformat(day.value or "")
                    except ValueError:
                        with told:
                            text(t("studio-from-day-none"), "gb-fault")
                        return
                    await go(change.form, chosen)

                made = ui.button(t("studio-from-day-do"), color=None, on_click=pressed).classes("gb-btn-act")
                made.mark(f"from-{change.form}")


def once_known(t: Translator, change: FormChange, go: Callable[[str, str, str], Awaitable[None]]) -> None:
    """Ask of each question that may be an old one by another name whether it is, so that its answers go on to count."""
    for one in change.renamed:
        with box("gb-note due sd-from"):
            icon("swap_horiz")
            with box("grow stack"):
                called, former = (
                    t.text(title) or name
                    for title, name in ((one.title, one.question), (one.former, one.was))
                )
                text(
                    t("studio-once-same", question=called)
                    if called == former
                    else t("studio-once", question=called, former=former),
                    "strong",
                )
                text(t("studio-once-what"))

                async def pressed(question: str = one.question, was: str = one.was) -> None:
                    await go(change.form, question, was)

                with box("row-c wrap"):
                    made = ui.button(t("studio-once-do"), color=None, on_click=pressed)
                    made.classes("gb-btn-act").mark(f"was-{change.form}-{one.question}")


def places(t: Translator, changes: Sequence[PlaceChange], people: str) -> None:
    """Tell what becomes of places, and of whom and what they leave there; `people` is where posts are given up."""
    if changes:
        text(t("studio-places"), "strong")
    for change in changes:
        fate = t(f"studio-place-{change.fate}", day=_day(t, change.until))
        if change.fate is PlaceFate.GOES_ON and change.until is not None:
            fate = t("studio-place-goes-until", day=_day(t, change.until))
        elif change.fate is PlaceFate.NEW and change.since is not None:
            fate = t("studio-place-new-from", day=_day(t, change.since))
        elif change.into:
            fate = t("studio-place-moved", day=_day(t, change.until), to=t.text(change.into))
        text(t.dotted(t.text(change.title) or change.place, fate), "strong")
        if change.posts:
            Note(t("studio-place-posts", who=_left(t, change.posts)), "late")
            if people:
                link(t("people-title"), people, "gb-link")
        if change.entries:
            Note(t("studio-place-entries", n=change.entries), "late")
        if change.subjects:
            Note(t("studio-place-subjects", what=_left(t, change.subjects)), "due")


def posts(t: Translator, ending: Sequence[EndingPost], since: date | None, people: str) -> None:
    """Tell whose posts end since their role is gone, from `since` on where that is decided already."""
    for one in ending:
        who = t.listed(t.dotted(name, t.text(place)) for name, place in one.holders)
        day = _day(t, since) or t("studio-posts-then")
        Note(t("studio-posts-end", post=t.text(one.title) or one.role, who=who, day=day), "due")
    if ending and people:
        link(t("people-title"), people, "gb-link")


def _day(t: Translator, day: date | None) -> str:
    return "" if day is None else t.day_of_year(day)


def _left(t: Translator, left: Sequence[Left]) -> str:
    """Return what a place leaves in words: each by its title, with how many."""
    return t.listed(t("studio-place-many", what=t.text(one.title), n=one.many) for one in left)
