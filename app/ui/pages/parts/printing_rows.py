"""The list of jobs that print: each with its state, how far it is, why it stopped, and what can be done with it."""

from collections.abc import Callable, Sequence

from nicegui import ui

from app.i18n import Translator
from app.services.prints.printing_jobs import PAUSED, PrintingJob
from app.ui.frame import Action, button
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.pages.parts.saying import moment
from app.ui.widgets import Progress, box, icon, text

LOOK_AGAIN = 1.0
"""Seconds between two looks at how far jobs are."""
_SIGNS = {
    "queued": ("schedule", "due"),
    "running": ("print", "due"),
    PAUSED: ("pause_circle", "waived"),
    "done": ("check_circle", "met"),
    "failed": ("error", "missed"),
}


class PrintingRows:
    """A list that is drawn anew only where something of it has changed.

    `how_far` says what is being done of a job under way; `below` draws what a page has under a job of its own.
    """

    def __init__(
        self,
        t: Translator,
        how_far: Callable[[PrintingJob], str],
        below: Callable[[PrintingJob, str], None],
        empty: Callable[[], object] | None = None,
    ) -> None:
        """Draw the list, without rows yet; `empty` draws what stands there while there are none."""
        self._t = t
        self._how_far = how_far
        self._below = below
        self._empty = empty
        self._shown: tuple[object, ...] | None = None
        self._list = box("stack")

    def show(self, found: Sequence[PrintingJob], *, anew: bool = False) -> None:
        """Show these jobs; `anew` also where they look the same as before."""
        shown = tuple((one.id, one.state, one.done, one.total, one.resumes) for one in found)
        if not anew and shown == self._shown:
            return
        self._shown = shown
        self._list.clear()
        with self._list:
            if not found and self._empty is not None:
                self._empty()
            with box("gb-list", "ul"):
                for one in found:
                    with box("ex-row", "li"), box("grow stack"):
                        self._row(one)

    def _row(self, one: PrintingJob) -> None:
        t = self._t
        glyph, tone = _SIGNS.get(one.state, _SIGNS["queued"])
        name = t.dotted(
            t.text(one.title), t("score-year", year=one.period), t(f"language-name-{one.language}")
        )
        with box("row-c wrap"):
            text(name, "strong", "span")
            with box(f"gb-st {tone}", "span"):
                icon(glyph)
                text(t(f"prints-state-{one.state}"), tag="span")
        text(t.dotted(one.by, moment(t, one.at)), "meta")
        if one.under_way:
            Progress(name).show(one.done, one.total)
            said = t("job-resumes", n=one.resumes) if one.resumes else ""
            said = said or (t("prints-waiting") if one.state == "queued" else self._how_far(one))
            text(said, "meta").props("role=status")
        problem_notes(t, one.problems)
        self._below(one, name)


def file_button(name: str, label: str, address: str) -> ui.element:
    """Draw the button that fetches a file of the job that is called so."""
    made = button(Action(label, href=address, icon="download"))
    made.props["aria-label"] = f"{name} {label}"
    return made
