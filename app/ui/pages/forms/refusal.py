"""What is wrong with answers, told beside the questions that it concerns, and at the top where it concerns none."""

from collections.abc import Iterable

from nicegui import ui

from app.domain.asked import Fault
from app.i18n import Translator
from app.ui.pages.forms.sheet import Sheet
from app.ui.widgets import Note, Question


def tell_faults(t: Translator, sheet: Sheet, summary: ui.element, faults: Iterable[Fault]) -> None:
    """Say beside each question what is wrong, in `summary` what concerns none, and go to the first."""
    sheet.clear_faults()
    first: Question | None = None
    marked, general = 0, list[str]()
    for one in faults:
        told = t.problem(one.problem)
        sentence = t.text(one.message) or t.sentences(told.what, told.remedy)
        field = sheet.fault(one.problem.field or "", sentence)
        if field is None:
            general.append(sentence)
        else:
            marked += 1
        first = first or field
    summary.clear()
    with summary:
        if marked:
            Note(t("form-refused", n=marked), "late")
        for sentence in general:
            Note(sentence, "late")
    go_to((first or summary).id)


def go_to(element: int) -> None:
    """Bring an element of the page into the middle of the window, ready to be typed into."""
    ui.run_javascript(
        f"const e = document.getElementById('c{element}');"
        "e?.scrollIntoView({block: 'center'});"
        "e?.querySelector('input, textarea, [tabindex]')?.focus({preventScroll: true});"
    )
