"""Words and parts that the registers' pages share: days as of which one looks, what changed, addresses."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from nicegui import ui

from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.services.labels import SubjectLabel
from app.services.registers.history import Act, Difference
from app.ui.pages.parts.words import words
from app.ui.widgets import box, icon, text

ACT_ICONS: Mapping[Act, str] = {
    Act.CAME: "login",
    Act.BACK: "login",
    Act.CHANGED: "edit",
    Act.MOVED: "swap_horiz",
    Act.CONFIRMED: "task_alt",
    Act.LEFT: "logout",
    Act.MERGED: "merge",
    Act.SPLIT: "call_split",
    Act.DISTINCT: "groups",
}


def day_of(text_of_day: str) -> date | None:
    """Return the day of an address's parameter, None for what is none."""
    try:
        return date.fromisoformat(text_of_day) if text_of_day else None
    except ValueError:
        return None


def card_address(about: str, subject: str, on: date | None = None, known: date | None = None) -> str:
    """Return the address of a card, as of the days."""
    days = {"on": on, "known": known}
    given = {name: day.isoformat() for name, day in days.items() if day is not None}
    return f"/subjects/{about}/{subject}" + (f"?{urlencode(given)}" if given else "")


def named(label: SubjectLabel) -> str:
    """Return plate and name."""
    return " ".join(filter(None, (label.plate, label.name)))


def moves_word(moves: bool) -> str:  # noqa: FBT001 - it is what the words go by
    """Return what messages call a register whose records move in and out, and one whose records begin and end."""
    return "yes" if moves else "no"


def as_of_words(t: Translator, on: date | None, known: date | None) -> str:
    """Return as of when one looks: what was so at the end of one day, as far as it was known by that of another."""
    if on is None and known is None:
        return t("register-as-of-now")
    shown = t("register-as-of", day=t.day_of_year(on)) if on is not None else t("register-as-of-now")
    return shown if known is None else t.dotted(shown, t("register-as-known", day=t.day_of_year(known)))


def plain_day(name: str, label: str, value: date | None, most: date) -> None:
    """Make a day's field of a plain form."""
    with box("gb-field", "label"):
        text(label, "label", "span")
        field = ui.element("input")
        field.props["type"] = "date"
        field.props["name"] = name
        field.props["max"] = most.isoformat()
        if value is not None:
            field.props["value"] = value.isoformat()


def differences(t: Translator, changes: tuple[Difference, ...]) -> None:
    """Draw what changed: each answer before and after."""
    for change in changes:
        with box("en-diff"):
            text(t.text(change.title), "meta")
            if change.hidden:
                text(t("register-hidden-change"), "muted")
                continue
            with box("lg-who"):
                text(words(t, change.before) or t("entry-unanswered"), "en-before", "del")
                icon("arrow_forward", "muted")
                text(words(t, change.after) or t("entry-unanswered"), "en-after", "ins")


def day_field(
    label: str, value: date | None, mark: str, most: date | None = None, hint: str = ""
) -> ui.input:
    """Make a field for a day, with its label over it, and a word on it below that."""
    with box("gb-field"):
        text(label, "label")
        if hint:
            text(hint, "hint")
        made = (
            ui.input(value=value.isoformat() if value else "").props("type=date hide-bottom-space").mark(mark)
        )
        made.props["aria-label"] = label
        if most is not None:
            made.props["max"] = most.isoformat()
    return made


def day_picked(typed: str | None, field: str) -> date | None:
    """Return the day of such a field, None for none. Raises ProblemError E702 (with the field) for what is none."""
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise ProblemError(Problem("E702", field=field)) from None
